import { asShown, controlsIn, described, outwards, rendered } from '../flat-tree.ts';

/** 1280 px at 400 %: where nothing is to be scrolled sideways. */
const NARROW_PX = 320;
/** Below what can be seen. */
const SLACK_PX = 1;

/**
 * What a narrow page costs: what has to be scrolled sideways, words that stand outside, and controls that cannot be
 * brought into sight (1.4.10). Code keeps its lines: it is content of two dimensions.
 */
export function lostInReflow(root: Element, isNarrow = innerWidth <= NARROW_PX): string[] {
  const scrollers = isNarrow ? [document.documentElement, ...rendered(root)] : [];
  const wide = scrollers.filter((element) => {
    const { overflowX } = getComputedStyle(element);
    const scrolls = element === document.documentElement || /auto|scroll/.test(overflowX);
    // An empty field is as wide as its placeholder in some engines; its label says the same.
    if (element.matches('pre, textarea:placeholder-shown')) return false;
    return scrolls && element.scrollWidth > element.clientWidth + SLACK_PX;
  });
  const hidden = controlsIn(root).filter((control) => !canBeSeen(control));
  return [
    ...wide.map((element) => `${described(element)}: ${element.scrollWidth} px in ${element.clientWidth} px`),
    ...hidden.map((control) => `${described(control)} cannot be brought into sight`),
  ];
}

/** Something of it, scrolled to, stands within all that clips it. */
function canBeSeen(control: HTMLElement): boolean {
  const shown = control.matches('.unseen') ? (control.closest('label') ?? control) : control;
  shown.scrollIntoView({ block: 'nearest', inline: 'nearest', behavior: 'instant' });
  let { left, top, right, bottom } = shown.getBoundingClientRect();
  const [width, height] = [right - left, bottom - top];
  for (const each of outwards(shown)) {
    // What is fixed stands in the window, whatever is around it.
    if (getComputedStyle(each).position === 'fixed') break;
    if (!clips(each)) continue;
    const room = each.getBoundingClientRect();
    left = Math.max(left, room.left);
    top = Math.max(top, room.top);
    right = Math.min(right, room.right);
    bottom = Math.min(bottom, room.bottom);
  }
  const inside = [Math.min(right, innerWidth) - Math.max(left, 0), Math.min(bottom, innerHeight) - Math.max(top, 0)];
  return inside[0]! >= Math.min(width, 24) - SLACK_PX && inside[1]! >= Math.min(height, 24) - SLACK_PX;
}

const clips = (element: Element) => !/^visible/.test(getComputedStyle(element).overflow);

/** Elements whose own words are cut off, or stand outside of the window. */
export function cutWords(root: Element): Set<Element> {
  const cut = new Set<Element>();
  for (const element of rendered(root)) {
    const texts = [...element.childNodes].filter((node) => node instanceof Text && node.data.trim());
    if (!texts.length || !asShown(element) || element.closest('.unseen')) continue;
    // What is shortened there opens in full with a press.
    if (element.closest('a, button') && getComputedStyle(element).textOverflow === 'ellipsis') continue;
    const range = document.createRange();
    range.setStartBefore(texts[0]!);
    range.setEndAfter(texts.at(-1)!);
    const words = range.getBoundingClientRect();
    for (const each of [element, ...outwards(element)]) {
      const { overflowX, overflowY } = getComputedStyle(each);
      const room = each.getBoundingClientRect();
      const isCutX = /hidden|clip/.test(overflowX) && (words.left < room.left - 1 || words.right > room.right + 1);
      const isCutY = /hidden|clip/.test(overflowY) && (words.top < room.top - 2 || words.bottom > room.bottom + 2);
      if (isCutX || isCutY) cut.add(element);
      // What scrolls hides nothing for good.
      if (/auto|scroll/.test(overflowX + overflowY)) break;
    }
  }
  return cut;
}

/** WCAG 2.2, 1.4.12 */
const SPACING = `
  * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
  p { margin-block-end: 2em !important }
`;
export { SPACING };
