/**
 * Watches a page from its first frame on: everything that stands on it, in shadow roots too, everything that goes wrong,
 * and every address that is asked for.
 */
import type { Page } from './page.ts';

const PATIENCE_MS = 30_000;

interface Testimony {
  /** What stood on the page, frame by frame, each different one once: texts, names of controls, contents of fields. */
  readonly shown: readonly string[];
  /** Errors that nobody caught, and what was written to the console as one. */
  readonly wrong: readonly string[];
  /** In full, sockets included. */
  readonly addresses: readonly string[];
}

/** Runs in the page, sent there as source text: uses nothing from outside of itself. */
function watch(): void {
  const shown = new Set<string>();
  const wrong: string[] = [];
  const sockets: string[] = [];

  const textOf = (node: Node): string => {
    if (node instanceof Text) return node.data;
    if (node instanceof HTMLScriptElement || node instanceof HTMLStyleElement) return '';
    const said = node instanceof Element ? (node.getAttribute('aria-label') ?? '') : '';
    const typed = node instanceof HTMLTextAreaElement || node instanceof HTMLInputElement ? node.value : '';
    const shadow = node instanceof Element && node.shadowRoot ? [...node.shadowRoot.childNodes] : [];
    return [said, typed, ...[...shadow, ...node.childNodes].map(textOf)].filter(Boolean).join(' ');
  };
  const look = () => {
    if (document.body) shown.add(textOf(document.body));
    requestAnimationFrame(look);
  };
  look();

  addEventListener('error', ({ message }) => wrong.push(message));
  addEventListener('unhandledrejection', ({ reason }) => wrong.push(String(reason)));
  const logError = console.error.bind(console);
  console.error = (...words: unknown[]) => {
    wrong.push(words.map(String).join(' '));
    logError(...words);
  };
  window.WebSocket = class extends WebSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      sockets.push(this.url);
    }
  };
  Object.assign(window, {
    testimony: (): Testimony => {
      look();
      const loaded = performance.getEntriesByType('resource').map(({ name }) => name);
      return { shown: [...shown], wrong, addresses: [location.href, ...loaded, ...sockets] };
    },
    untilGone: async (words: string, patienceMs: number) => {
      const deadline = performance.now() + patienceMs;
      while (textOf(document.body).includes(words)) {
        if (performance.now() > deadline) throw new Error(`"${words}" still stands on the page.`);
        // Between two looks only; a tab in the background has no frames to wait for.
        // eslint-disable-next-line no-restricted-syntax
        await new Promise((done) => setTimeout(done, 40));
      }
    },
  });
}

interface WatchedWindow {
  testimony(): Testimony;
  untilGone(words: string, patienceMs: number): Promise<void>;
}

/** For the head of a page, before anything else. */
export function witness(attributes = ''): string {
  return `<script ${attributes}>(${watch.toString()})()</script>`;
}

/** What the page's witness has seen so far. */
export function testimonyOf(page: Page): Promise<Testimony> {
  return page.evaluate(() => (window as unknown as WatchedWindow).testimony(), null);
}

/** Waits until these words do not stand on the page any more. */
export function untilGone(page: Page, words: string): Promise<void> {
  return page.evaluate(({ text, patienceMs }) => (window as unknown as WatchedWindow).untilGone(text, patienceMs), {
    text: words,
    patienceMs: PATIENCE_MS,
  });
}
