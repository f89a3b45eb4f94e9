import { controlsIn, described } from '../flat-tree.ts';

/** WCAG 2.2, 2.5.8 */
const LEAST_PX = 24;

/** Targets that are smaller than 24 × 24 px. Links within a line of text may be (2.5.8, "Inline"). */
export function smallTargets(root: Element): string[] {
  return controlsIn(root)
    .filter((control) => control.matches('a, button, input, select, textarea, summary') && !isInline(control))
    .flatMap((control) => {
      const { width, height } = boxOf(control);
      const fits = Math.min(width, height) >= LEAST_PX - 0.01;
      return fits ? [] : [`${described(control)}: ${width.toFixed(1)} × ${height.toFixed(1)} px`];
    });
}

/** With the label of a box to tick: it is pressed as well. */
function boxOf(control: HTMLElement): { width: number; height: number } {
  const isTicked = control instanceof HTMLInputElement && /^(checkbox|radio)$/.test(control.type);
  const labels = isTicked ? [...(control.labels ?? [])] : [];
  const boxes = [control, ...labels].map((element) => element.getBoundingClientRect());
  const width = Math.max(...boxes.map(({ right }) => right)) - Math.min(...boxes.map(({ left }) => left));
  const height = Math.max(...boxes.map(({ bottom }) => bottom)) - Math.min(...boxes.map(({ top }) => top));
  return { width, height };
}

function isInline(control: HTMLElement): boolean {
  if (control.localName !== 'a' || getComputedStyle(control).display !== 'inline') return false;
  const { parentNode } = control;
  return [...(parentNode?.childNodes ?? [])].some((node) => node instanceof Text && node.data.trim() !== '');
}
