/** A page as it is rendered: through shadow roots and slots. */

/** What somebody can operate; a `tabindex` alone makes a region that scrolls, which is no target. */
const CONTROLS =
  'a[href], button, input:not([type=hidden]), select, textarea, summary, audio[controls], video[controls], [tabindex="0"], [role=article][tabindex]';

export const asShown = (element: Element): boolean =>
  element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true });

/** Everything below `root` in the order in which it is rendered, `root` first; what is not displayed is left out. */
export function* rendered(root: Element): Generator<HTMLElement> {
  if (getComputedStyle(root).display === 'none') return;
  if (root instanceof HTMLElement) yield root;
  const slotted = root instanceof HTMLSlotElement ? root.assignedElements() : [];
  const children = root.shadowRoot?.children ?? (slotted.length ? slotted : root.children);
  for (const child of children) yield* rendered(child);
}

/** The element around this one, as it is rendered. */
export function around(element: Element): Element | null {
  if (element.assignedSlot) return element.assignedSlot;
  const parent = element.parentNode;
  if (parent instanceof ShadowRoot) return parent.host;
  return parent instanceof Element ? parent : null;
}

/** All around this one, nearest first. */
export function* outwards(element: Element): Generator<Element> {
  for (let each = around(element); each; each = around(each)) yield each;
}

/** Every shadow root below `root`, and the document. */
export function rootsBelow(root: Element): (Document | ShadowRoot)[] {
  const roots = [...rendered(root)].flatMap(({ shadowRoot }) => shadowRoot ?? []);
  return [document, ...new Set(roots)];
}

/** What can be operated now, in the order of the keyboard: beside a modal dialog, nothing can. */
export function controlsIn(root: Element): HTMLElement[] {
  const modal = [...rendered(root)].findLast((element) => element.matches('dialog:modal'));
  return [...rendered(modal ?? root)].filter(
    (element) => element.matches(CONTROLS) && !element.closest('[inert]') && asShown(element),
  );
}

/** The element in its own words, for a report. */
export function described(element: Element): string {
  const localName = [element.localName, element.getAttribute('type')].filter(Boolean).join(' ');
  const words = element.getAttribute('aria-label') ?? element.textContent.trim().replace(/\s+/g, ' ').slice(0, 40);
  const host = (element.getRootNode() as ShadowRoot).host?.localName;
  return `${host ? `${host} ` : ''}${localName}${element.className ? `.${String(element.className).trim().replace(/\s+/g, '.')}` : ''} "${words}"`;
}

/** What moves has arrived. */
export const STILL = '*, *::before, *::after { transition: none !important; animation: none !important }';

/** Lays a style sheet over every part of `root`. Returns how to take it off again. */
export function restyle(root: Element, css: string): () => void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  const roots = rootsBelow(root);
  for (const each of roots) each.adoptedStyleSheets.push(sheet);
  return () => {
    for (const each of roots) each.adoptedStyleSheets = each.adoptedStyleSheets.filter((other) => other !== sheet);
  };
}
