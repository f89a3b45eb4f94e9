/** Looking at a console as a person does: through all its shadow roots, by role and name. */
import { until } from '../../support/until.ts';

export { until };

/** Every element below `root` that matches, shadow roots included, in tree order. */
export function all<E extends HTMLElement = HTMLElement>(root: ParentNode, selector: string): E[] {
  const found: E[] = [];
  for (const element of root.querySelectorAll<HTMLElement>('*')) {
    if (element.matches(selector)) found.push(element as E);
    if (element.shadowRoot) found.push(...all<E>(element.shadowRoot, selector));
  }
  return found;
}

/** What a screen reader calls it, near enough: `aria-label`, else the text without decoration. */
export function nameOf(element: HTMLElement): string {
  return element.getAttribute('aria-label') ?? textOf(element);
}

/** The text of an element, shadow roots included, decoration left out, as one line. */
export function textOf(element: HTMLElement): string {
  const read = (node: Node): string => {
    if (node instanceof HTMLElement && (node.hidden || node.ariaHidden === 'true')) return '';
    if (node instanceof HTMLStyleElement || node instanceof Comment) return '';
    if (node instanceof Text) return node.data;
    const children = node instanceof HTMLElement && node.shadowRoot ? node.shadowRoot.childNodes : node.childNodes;
    return [...children].map(read).join(' ');
  };
  return read(element).replace(/\s+/g, ' ').trim();
}

/** The first element that matches, is on screen and bears this name, as soon as there is one. */
export async function find<E extends HTMLElement = HTMLElement>(
  root: HTMLElement,
  selector: string,
  name: string | RegExp = /^/,
): Promise<E> {
  let found: E | undefined;
  const fits = (each: string) => (typeof name === 'string' ? each === name : name.test(each));
  await until(
    () =>
      (found = all<E>(root.shadowRoot!, selector).find((each) => each.checkVisibility() && fits(nameOf(each)))) !==
      undefined,
    () => `no ${selector} named ${String(name)} in: ${textOf(root).slice(0, 400)}`,
  );
  return found!;
}

/** Waits until these words are on screen. */
export async function sees(root: HTMLElement, words: string | RegExp): Promise<void> {
  const there = () => (typeof words === 'string' ? textOf(root).includes(words) : words.test(textOf(root)));
  await until(there, () => `"${String(words)}" did not appear in: ${textOf(root).slice(0, 400)}`);
}

/** Waits until these words are no longer on screen. */
export async function seesNoMore(root: HTMLElement, words: string): Promise<void> {
  await until(() => !textOf(root).includes(words), `"${words}" stayed`);
}
