/**
 * What a person finds on a page, by role and name, through shadow roots.
 *
 * `look` runs inside the page, in every engine alike: it is sent there as source text, so it uses nothing from outside of
 * itself. Roles and names follow the parts of HTML-AAM and the accessible name computation (accname-1.2) that these
 * pages need; that the pages get them right by the book is checked elsewhere, with axe.
 */

/** Which elements are meant. */
export interface Selector {
  readonly role: string;
  /** All of the accessible name; or a pattern, as its source and flags. */
  readonly name?: string | readonly [source: string, flags: string];
  /** Only inside of one that matches this. */
  readonly within?: Selector;
}

/** One element that was found. */
export interface Sighting {
  readonly name: string;
  /** All that can be read in it, the rendered text of nested shadow roots included. */
  readonly text: string;
  /** Of a text field. */
  readonly value: string;
  /** Its middle, in CSS pixels of the viewport. */
  readonly x: number;
  readonly y: number;
  /** A click in its middle would reach it: enabled, on screen, under nothing else, and nothing moves it. */
  readonly isReachable: boolean;
  readonly hasFocus: boolean;
}

/** Everything on the page that matches, in the order of reading. */
export function look(selector: Selector): Sighting[] {
  const ROLES: Record<string, string> = {
    article: 'article',
    aside: 'complementary',
    body: 'document',
    button: 'button',
    dialog: 'dialog',
    h1: 'heading',
    h2: 'heading',
    h3: 'heading',
    li: 'listitem',
    main: 'main',
    nav: 'navigation',
    ol: 'list',
    textarea: 'textbox',
    ul: 'list',
  };
  const NAMED_BY_CONTENT = ['button', 'heading', 'link', 'listitem', 'menuitem', 'menuitemcheckbox', 'option', 'tab'];
  const TEXT_INPUTS = ['text', 'email', 'password', 'search', 'tel', 'url'];

  /** Children as rendered: a shadow root's instead of the host's own, a slot's assigned nodes instead of its default. */
  const childrenOf = (node: Node): Node[] => {
    if (node instanceof HTMLSlotElement && node.assignedNodes().length) return node.assignedNodes();
    return [...((node as Element).shadowRoot ?? node).childNodes];
  };
  const parentOf = (node: Node): Node | null =>
    (node as Element).assignedSlot ?? (node.parentNode instanceof ShadowRoot ? node.parentNode.host : node.parentNode);
  const isWithin = (node: Node | null, ancestor: Node): boolean => {
    for (let at = node; at; at = parentOf(at)) if (at === ancestor) return true;
    return false;
  };
  const isHidden = (element: Element) =>
    element.getAttribute('aria-hidden') === 'true' ||
    element.hasAttribute('inert') ||
    // A slot and a host with `display: contents` have no box, but what is in them has.
    (!element.checkVisibility({ visibilityProperty: true }) && getComputedStyle(element).display !== 'contents');
  const isDisplayedInline = (element: Element) => /^(inline|contents|none)/.test(getComputedStyle(element).display);
  const tidy = (text: string) =>
    text
      .replace(/[^\S\n]+/g, ' ')
      .replace(/ ?\n[ \n]*/g, '\n')
      .trim();

  const textOf = (node: Node): string => {
    if (node instanceof Text) return node.data.replace(/\s+/g, ' ');
    if (!(node instanceof Element) || isHidden(node) || /^(script|style|template)$/.test(node.localName)) return '';
    const text = childrenOf(node).map(textOf).join('');
    return isDisplayedInline(node) ? text : `\n${text}\n`;
  };

  const roleOf = (element: Element): string => {
    const given = element.getAttribute('role')?.trim().split(/\s+/)[0];
    if (given) return given;
    if (element.localName === 'a') return element.hasAttribute('href') ? 'link' : '';
    if (element.localName === 'img') return element.getAttribute('alt') === '' ? '' : 'img';
    if (element instanceof HTMLInputElement) {
      if (TEXT_INPUTS.includes(element.type)) return 'textbox';
      return /^(button|submit|reset)$/.test(element.type) ? 'button' : element.type;
    }
    return ROLES[element.localName] ?? '';
  };

  const nameOf = (element: Element): string => {
    const root = element.getRootNode() as Document | ShadowRoot;
    const labelledBy = element.getAttribute('aria-labelledby')?.trim().split(/\s+/) ?? [];
    const labels = labelledBy.map((id) => root.getElementById(id)).filter((label) => label !== null);
    const named = labels.map((label) => label.getAttribute('aria-label') ?? contentOf(label)).join(' ');
    const ownLabels = 'labels' in element ? [...((element.labels as NodeListOf<HTMLElement> | null) ?? [])] : [];
    return tidy(
      named ||
        element.getAttribute('aria-label') ||
        ownLabels.map(contentOf).join(' ') ||
        element.getAttribute('alt') ||
        (NAMED_BY_CONTENT.includes(roleOf(element)) ? contentOf(element) : '') ||
        element.getAttribute('title') ||
        element.getAttribute('placeholder') ||
        '',
    ).replaceAll('\n', ' ');
  };
  /** Text for a name: what is nested contributes by its own name where it has one. */
  const contentOf = (node: Node): string =>
    childrenOf(node)
      .map((child) => {
        if (!(child instanceof Element)) return textOf(child);
        if (isHidden(child)) return '';
        const own = child.getAttribute('aria-label') ?? child.getAttribute('alt');
        return own ?? (isDisplayedInline(child) ? contentOf(child) : ` ${contentOf(child)} `);
      })
      .join('');

  const matches = (element: Element, { role, name }: Selector): boolean => {
    if (roleOf(element) !== role) return false;
    if (name === undefined) return true;
    const actual = nameOf(element);
    return typeof name === 'string' ? actual === name : new RegExp(name[0], name[1]).test(actual);
  };
  const findIn = (node: Node, wanted: Selector): Element[] => {
    if (!(node instanceof Element || node instanceof Document)) return [];
    if (node instanceof Element && isHidden(node)) return [];
    const found = node instanceof Element && matches(node, wanted) ? [node] : [];
    return [...found, ...childrenOf(node).flatMap((child) => findIn(child, wanted))];
  };
  const find = (wanted: Selector): Element[] => {
    const roots = wanted.within ? find(wanted.within) : [document];
    return [...new Set(roots.flatMap((root) => childrenOf(root).flatMap((child) => findIn(child, wanted))))];
  };

  const deepest = (x: number, y: number): Element | null => {
    let hit = document.elementFromPoint(x, y);
    for (;;) {
      const inner = hit?.shadowRoot?.elementFromPoint(x, y);
      if (!inner || inner === hit) return hit;
      hit = inner;
    }
  };
  const focused = (): Element | null => {
    let active = document.activeElement;
    while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
    return active;
  };

  // On a busy machine two looks can fall into one frame: where a thing stands does not tell that it rests.
  const isMoved = (element: Element): boolean => {
    const isFinite = ({ effect }: Animation) => effect?.getComputedTiming().endTime !== Infinity;
    for (let at: Node | null = element; at instanceof Element; at = parentOf(at))
      if (at.getAnimations().some((animation) => animation.playState === 'running' && isFinite(animation))) return true;
    return false;
  };

  return find(selector).map((element) => {
    element.scrollIntoView({ block: 'nearest', inline: 'nearest', behavior: 'instant' });
    const { left, top, width, height } = element.getBoundingClientRect();
    const [x, y] = [left + width / 2, top + height / 2];
    const isDisabled = element.matches(':disabled, [aria-disabled="true"]');
    return {
      name: nameOf(element),
      text: tidy(textOf(element)),
      value: 'value' in element ? String(element.value) : '',
      x,
      y,
      isReachable: !isDisabled && isWithin(deepest(x, y), element) && !isMoved(element),
      hasFocus: focused() === element,
    };
  });
}
