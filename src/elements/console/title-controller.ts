import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Puts a count before the page's title, `(3) Chat console`, for those who are looking at another tab. */
export class TitleController implements ReactiveController {
  readonly #count: () => number;
  #title = '';
  #shown = 0;

  constructor(host: ReactiveControllerHost, count: () => number) {
    this.#count = count;
    host.addController(this);
  }

  hostConnected(): void {
    this.#title = document.title;
    this.#shown = 0;
  }

  hostUpdated(): void {
    const count = this.#count();
    if (count === this.#shown) return;
    this.#shown = count;
    document.title = count ? `(${count}) ${this.#title}` : this.#title;
  }

  hostDisconnected(): void {
    document.title = this.#title;
  }
}
