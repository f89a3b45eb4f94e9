/** A person who has nothing but a keyboard. */
import { nameOf } from '../elements/console/screen.ts';
import { focused } from '../elements/widgets.ts';
import { press } from '../support/browser.ts';
import { until } from '../support/until.ts';

/** Nobody presses Tab more often to get somewhere. */
const PATIENCE = 40;

/** What has the focus, in words: the label of a field, the name of all else. */
export function here(): string {
  const element = focused();
  if (!(element instanceof HTMLElement) || element === document.body) return '';
  const [label] = 'labels' in element ? ((element as HTMLInputElement).labels ?? []) : [];
  return (element.ariaLabel ?? (label ? nameOf(label) : nameOf(element))).replace(/\s+/g, ' ').trim();
}

/** Presses Tab until this has the focus. */
export async function tabTo(name: string | RegExp, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<HTMLElement> {
  const way: string[] = [here()];
  for (let presses = 0; presses < PATIENCE; presses++) {
    if (isHere(name)) return focused() as HTMLElement;
    await press(key);
    way.push(here());
  }
  throw new Error(`Tab never came to ${String(name)}: ${way.join(' → ')}`);
}

/** Waits until this has the focus. */
export async function isAt(name: string | RegExp): Promise<void> {
  await until(
    () => isHere(name),
    () => `the focus is at "${here()}", not at "${String(name)}"`,
  );
}

/** Goes with an arrow key to one of several, such as an item of a menu. */
export async function arrowTo(name: string | RegExp, key = 'ArrowDown'): Promise<void> {
  const way: string[] = [here()];
  for (let presses = 0; presses < PATIENCE; presses++) {
    if (isHere(name)) return;
    await press(key);
    way.push(here());
  }
  throw new Error(`${key} never came to ${String(name)}: ${way.join(' → ')}`);
}

const isHere = (name: string | RegExp) => (typeof name === 'string' ? here() === name : name.test(here()));
