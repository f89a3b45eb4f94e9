/** So long a page needs to have its title, and a redirect to be over, ms. */
const SETTLE_MS = 300;

/** What changes the address without a new document. */
const STEPS = ['pushState', 'replaceState'] as const;

/** The page as the browser shows it; a fragment counts only where it is a route (`#/bags`, `#!bags`). */
export function addressNow(): string {
  const { href, hash } = location;
  return /^#[/!]/.test(hash) ? href : href.split('#')[0];
}

/** `isAgain`: the visitor has come back to it from another document. */
type PageListener = (url: string, isAgain: boolean) => void;

/**
 * Tells which page is shown, now and after each navigation, also where a router swaps pages within one document.
 *
 * Source: HTML, “Navigation API” (`currententrychange`). Where there is none yet, the steps of `history` are heard.
 */
export class PageWatch {
  readonly #onPage: PageListener;
  readonly #ending = new AbortController();
  #address = '';
  #timer?: ReturnType<typeof setTimeout>;

  /** @param onPage called when a page has been there for a moment */
  constructor(onPage: PageListener) {
    this.#onPage = onPage;
    const { signal } = this.#ending;
    const look = () => this.#look();
    const { navigation } = globalThis as { readonly navigation?: EventTarget };
    if (navigation) navigation.addEventListener('currententrychange', look, { signal });
    else listenToHistory(look, signal);
    // The browser may have kept the page as it was when it was left.
    addEventListener('pageshow', ({ persisted }) => persisted && this.#look(true), { signal });
    look();
  }

  /** What is under way counts no more: the page says itself which one it is. */
  settle(): void {
    clearTimeout(this.#timer);
    this.#address = addressNow();
  }

  end(): void {
    this.settle();
    this.#ending.abort();
  }

  #look(isAgain = false): void {
    const address = addressNow();
    if (address === this.#address && !isAgain) return;
    this.settle();
    this.#timer = setTimeout(() => this.#onPage(address, isAgain), SETTLE_MS);
  }
}

/** Nobody tells of the steps that scripts take: they are heard where they are taken. Whoever wraps them too is not disturbed. */
function listenToHistory(look: () => void, signal: AbortSignal): void {
  for (const name of STEPS) {
    const step = Reflect.get(history, name);
    const heard: typeof step = (...words) => {
      step.apply(history, words);
      if (!signal.aborted) look();
    };
    history[name] = heard;
    signal.addEventListener('abort', () => {
      if (history[name] === heard) history[name] = step;
    });
  }
  for (const type of ['popstate', 'hashchange']) addEventListener(type, look, { signal });
}
