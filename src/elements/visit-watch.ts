/** What a visitor does on a page, as far as triggers ask for it. */
export class VisitWatch {
  readonly #onChange: () => void;
  #url = location.href;
  #since = performance.now();
  #depth = 0;
  #leaves = false;

  /**
   * @param onChange something that a trigger may wait for has happened
   * @param signal ends it
   */
  constructor(onChange: () => void, signal: AbortSignal) {
    this.#onChange = onChange;
    addEventListener('scroll', () => this.#onScroll(), { passive: true, signal });
    // Out of the page, upwards: to the tabs, the address, the button that closes.
    document.documentElement.addEventListener('mouseleave', (event) => event.clientY <= 0 && this.#onLeave(), {
      signal,
    });
    this.#onScroll();
  }

  /** A router has gone to another page since this was asked last. */
  turn(): boolean {
    if (location.href === this.#url) return false;
    this.#url = location.href;
    this.#since = performance.now();
    this.#leaves = false;
    this.#depth = depthNow();
    return true;
  }

  /** Since when somebody looks at this page, s. */
  get seconds(): number {
    return (performance.now() - this.#since) / 1_000;
  }

  /** How far down the page the visitor has been, percent. */
  get depth(): number {
    return this.#depth;
  }

  /** The pointer has been about to leave it. */
  get leaves(): boolean {
    return this.#leaves;
  }

  #onScroll(): void {
    const depth = depthNow();
    if (depth <= this.#depth) return;
    this.#depth = depth;
    this.#onChange();
  }

  #onLeave(): void {
    this.#leaves = true;
    this.#onChange();
  }
}

/** A page that fits into its window has been seen to its end. */
function depthNow(): number {
  const { scrollTop, clientHeight, scrollHeight } = document.scrollingElement ?? document.documentElement;
  return scrollHeight ? Math.min(100, Math.round(((scrollTop + clientHeight) / scrollHeight) * 100)) : 100;
}
