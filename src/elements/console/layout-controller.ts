import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** How many panes there is room for: list, thread and details; list and thread; one at a time. */
export type Layout = 'wide' | 'medium' | 'narrow';

const WIDE_PX = 1100;
const MEDIUM_PX = 700;

/** Follows the width of its host, which need not be the window's. */
export class LayoutController implements ReactiveController {
  #layout: Layout;
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #sizes: ResizeObserver;

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    this.#layout = layoutOf(globalThis.innerWidth);
    this.#sizes = new ResizeObserver(([entry]) => entry && this.#set(layoutOf(entry.contentRect.width)));
    host.addController(this);
  }

  /** Before the host has a size: what the window has room for. */
  get value(): Layout {
    return this.#layout;
  }

  hostConnected(): void {
    this.#sizes.observe(this.#host);
  }

  hostDisconnected(): void {
    this.#sizes.disconnect();
  }

  #set(layout: Layout): void {
    if (layout === this.#layout) return;
    this.#layout = layout;
    this.#host.requestUpdate();
  }
}

function layoutOf(width: number): Layout {
  return width >= WIDE_PX ? 'wide' : width >= MEDIUM_PX ? 'medium' : 'narrow';
}
