/** A tag that takes the place of another: routers that swap whole pages bring a new one with each. */
import type { WidgetProperties } from './widget-properties.ts';
import { CLIENT_NAMES, IDENTITY_NAMES } from './widget-options.ts';

/** What makes it the same chat. */
const SAME = [...CLIENT_NAMES, 'mode'];
/** What only a script can have said, and says once. */
const SAID = [...IDENTITY_NAMES, 'tokenProvider', 'labels'];

/** The widget that came, in the same task, for one that has just gone; it is told what scripts had said to that. */
export function findHeir(gone: HTMLElement): Element | undefined {
  const read = (widget: HTMLElement, name: string) => (widget as unknown as Record<string, unknown>)[name];
  const heir = [...document.querySelectorAll<WidgetProperties & { readonly ready: boolean }>(gone.localName)].find(
    (other) => !other.ready && SAME.every((name) => read(other, name) === read(gone, name)),
  );
  for (const name of heir ? SAID : []) {
    const { attribute } = (gone.constructor as typeof WidgetProperties).getPropertyOptions(name);
    const isWritten = typeof attribute === 'string' ? attribute : name;
    if (!gone.hasAttribute(isWritten) && !read(heir!, name)) Object.assign(heir!, { [name]: read(gone, name) });
  }
  return heir;
}

/** What in an element has the focus, also when it has just been taken out of the page: told of no more than the browser tells. */
export class FocusWatch {
  #focused: HTMLElement | undefined;

  constructor(element: HTMLElement, signal: AbortSignal) {
    element.shadowRoot!.addEventListener('focusin', (event) => this.#note(event.composedPath()[0]), { signal });
    // Some tell of a focus that is taken away with its element.
    element.shadowRoot!.addEventListener('focusout', () => setTimeout(() => this.#look()), { signal });
  }

  /** Gives it back. */
  restore(): void {
    const { activeElement, body } = document;
    if (!activeElement || activeElement === body) this.#focused?.focus({ preventScroll: true });
  }

  #note(target: EventTarget | undefined): void {
    if (target instanceof HTMLElement) this.#focused = target;
  }

  #look(): void {
    if (!this.#focused?.matches(':focus')) this.#focused = undefined;
  }
}
