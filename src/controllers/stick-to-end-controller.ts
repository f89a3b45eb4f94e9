import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Nearer to the end than this, in px, counts as being there. */
const NEAR_PX = 48;

/**
 * Keeps a reader's place in a list that grows at both ends: who is at the end stays at the end; who is not keeps the
 * same words at the same height, whatever comes or goes above and below.
 * (`overflow-anchor` does half of it, does nothing at the very top, and Safari lacks it: it is off on the scroller.)
 */
export class StickToEndController implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #scroller: () => HTMLElement | null;
  readonly #itemSelector: string;
  readonly #resize: ResizeObserver;
  #observed: HTMLElement | null = null;
  #atEnd = true;
  #size = '';
  /** Where it was scrolled to last. */
  #top = 0;
  #anchor: { readonly key: string; readonly top: number } | undefined;

  /**
   * `scroller` is what scrolls, null while it is not rendered; `itemSelector` finds its items, each with a `data-key` of
   * its own. The host calls `onScroll` at each scroll event of the scroller.
   */
  constructor(
    host: ReactiveControllerHost & HTMLElement,
    scroller: () => HTMLElement | null,
    itemSelector = '[data-key]',
  ) {
    this.#host = host;
    this.#scroller = scroller;
    this.#itemSelector = itemSelector;
    // Its first call tells no change: the reader may have scrolled by then.
    this.#resize = new ResizeObserver(() => {
      if (this.#atEnd && sizeOf(this.#scroller()) !== this.#size) this.toEnd();
    });
    host.addController(this);
  }

  /** The reader is at the end; true before anything was rendered. */
  get atEnd(): boolean {
    return this.#atEnd;
  }

  hostUpdate(): void {
    this.#remember();
  }

  hostUpdated(): void {
    const scroller = this.#scroller();
    if (scroller !== this.#observed) {
      this.#resize.disconnect();
      // What is in the list may grow by itself: a picture, a form.
      for (const each of scroller ? [scroller, ...scroller.children] : []) this.#resize.observe(each);
      this.#observed = scroller;
    }
    this.#restore();
  }

  hostDisconnected(): void {
    this.#resize.disconnect();
    this.#observed = null;
  }

  hostConnected(): void {
    // Moved in the document: scroll positions did not come along.
    if (this.#scroller()) this.hostUpdated();
  }

  /** Goes to the end now, or with the next update when the list is about to change. */
  toEnd(): void {
    this.#atEnd = true;
    this.#anchor = undefined;
    this.#restore();
  }

  /**
   * Takes note of where the reader went, and updates the host when being at the end begins or ends.
   * `complete`: the list's end is the real one; at the end of a window into something longer nobody sticks.
   */
  onScroll(complete = true): void {
    const scroller = this.#scroller();
    if (!scroller) return;
    const { scrollTop, scrollHeight, clientHeight } = scroller;
    // An event may come late, when the list has grown since: only a reader goes up.
    const hasGrown = this.#atEnd && scrollTop >= this.#top;
    this.#top = scrollTop;
    const atEnd = complete && (hasGrown || scrollHeight - scrollTop - clientHeight < NEAR_PX);
    if (atEnd === this.#atEnd) return;
    this.#atEnd = atEnd;
    this.#host.requestUpdate();
  }

  /** The first item in view, and where it is. */
  #remember(): void {
    this.#anchor = undefined;
    const scroller = this.#scroller();
    if (!scroller || this.#atEnd) return;
    const { top } = scroller.getBoundingClientRect();
    for (const item of scroller.querySelectorAll<HTMLElement>(this.#itemSelector)) {
      const box = item.getBoundingClientRect();
      if (box.bottom <= top) continue;
      this.#anchor = { key: item.dataset['key'] ?? '', top: box.top - top };
      return;
    }
  }

  #restore(): void {
    const scroller = this.#scroller();
    if (!scroller) return;
    this.#size = sizeOf(scroller);
    if (this.#atEnd) {
      scroller.scrollTop = scroller.scrollHeight;
      this.#top = scroller.scrollTop;
      return;
    }
    const anchor = this.#anchor;
    if (!anchor) return;
    const item = [...scroller.querySelectorAll<HTMLElement>(this.#itemSelector)].find(
      (other) => other.dataset['key'] === anchor.key,
    );
    if (!item) return;
    const moved = item.getBoundingClientRect().top - scroller.getBoundingClientRect().top - anchor.top;
    if (moved) scroller.scrollTop += moved;
  }
}

function sizeOf(scroller: HTMLElement | null): string {
  return `${scroller?.clientHeight} ${scroller?.scrollHeight}`;
}
