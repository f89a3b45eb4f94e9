import type { ReactiveController, ReactiveControllerHost } from 'lit';

/**
 * Lets Escape put a tooltip away (`data-tip`, console.styles.ts) without moving pointer or focus, until they are elsewhere.
 * https://www.w3.org/WAI/WCAG22/Understanding/content-on-hover-or-focus
 */
export class TipController implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  #listeners: AbortController | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.#listeners = new AbortController();
    const { signal } = this.#listeners;
    // Inherited by all parts of the console, whatever shadow root they stand in.
    const show = (display: string) => this.#host.style.setProperty('--tip', display);
    let over: EventTarget | undefined;
    const onKeydown = ({ key }: KeyboardEvent) => show(key === 'Escape' ? 'none' : '');
    // What is entered within one shadow root is told to nobody outside of it.
    const onMove = (event: PointerEvent) => {
      const [target] = event.composedPath();
      if (target !== over) show('');
      over = target;
    };
    addEventListener('keydown', onKeydown, { signal, capture: true });
    this.#host.addEventListener('pointermove', onMove, { signal, passive: true });
  }

  hostDisconnected(): void {
    this.#listeners?.abort();
  }
}
