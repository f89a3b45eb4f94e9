/** In `history.state`: the entry that an open chat has added. */
const MARK = 'chatWidget';
/** So long a browser may take to go back, ms; where it may not, nobody waits for ever. */
const BACK_MS = 1_000;

/** What an entry tells: the visitor has gone. */
interface BackEntryHost {
  /** Back: closed is what the visitor wants. */
  readonly close: () => void;
  /** Forward again. */
  readonly show: () => void;
}

/**
 * The entry of the browser's history that an open full-screen chat has, so that Back closes the chat instead of leaving
 * the page. It has the page's address and state, and the page's own router hears nothing of these steps.
 *
 * Source: HTML, “Session history and navigation”: popstate is fired at the window, where a capturing listener comes first.
 */
export class BackEntry {
  readonly #host: BackEntryHost;
  readonly #ending = new AbortController();
  /** The chat is open, and has its entry. */
  #entered = false;
  /** The address when the chat was opened, or closed. */
  #address = '';
  /** Told when the browser has gone back. */
  #left?: () => void;
  /** Until then. */
  #leaving?: Promise<void>;

  constructor(host: BackEntryHost) {
    this.#host = host;
    const { signal } = this.#ending;
    addEventListener('popstate', (event) => this.#onStep(event), { capture: true, signal });
  }

  /** The chat is open. */
  enter(): void {
    if (this.#entered) return;
    this.#note(true);
    // Kept by a reload, or reached by Forward.
    if (isMarked(history.state)) return;
    try {
      history.pushState({ ...(history.state as object | null), [MARK]: true }, '');
    } catch {
      // A page in a sandbox, or too many entries at once: Back leaves the page.
    }
  }

  /** The chat is closed otherwise than by Back. Resolves when the entry is gone. */
  async leave(): Promise<void> {
    if (!this.#entered) return;
    this.#note(false);
    // The page went on meanwhile: what is last is its own.
    if (isMarked(history.state)) await (this.#leaving = this.#goBack());
  }

  /** Lets go of the history as it is, where another one goes on with it; what it has begun to leave, it leaves. */
  async end(): Promise<void> {
    await this.#leaving;
    this.#ending.abort();
  }

  async #goBack(): Promise<void> {
    let patience: ReturnType<typeof setTimeout> | undefined;
    await new Promise<void>((resolve) => {
      this.#left = resolve;
      patience = setTimeout(resolve, BACK_MS);
      history.back();
    });
    clearTimeout(patience);
    this.#left = undefined;
  }

  #note(entered: boolean): void {
    this.#entered = entered;
    this.#address = location.href;
  }

  #onStep(event: PopStateEvent): void {
    const isHere = isMarked(event.state);
    const isSamePage = location.href === this.#address;
    const left = this.#left;
    const was = this.#entered;
    this.#address = location.href;
    // Only the chat was opened or closed: nothing to render for a router.
    if (isSamePage && (left || was !== isHere)) event.stopImmediatePropagation();
    if (left) return left();
    if (was === isHere) return;
    if (was) {
      this.#note(false);
      this.#host.close();
    } else if (isSamePage) {
      this.#host.show();
    } else {
      // From a page that was opened from the chat, which is closed by now: an entry like any other.
      const { [MARK]: _, ...rest } = event.state as Record<string, unknown>;
      history.replaceState(rest, '');
    }
  }
}

function isMarked(state: unknown): boolean {
  return typeof state === 'object' && state !== null && MARK in state;
}
