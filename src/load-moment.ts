/** When a chat begins that its page wants later than at once. */

/** How long `idle` and `event` wait at most where the page does not say it, ms. */
const DELAY_MS = 5_000;

/** What a page says on its tag of when the chat begins, by the names of attributes. */
export interface LoadWish {
  /** `visible`, `idle`, `event`, `manual`; anything else: at once. */
  readonly load: string | null | undefined;
  /** Of `event`: its name. Default: `load`. */
  readonly event?: string | null;
  /** At most so long, ms. Default: 5,000 for `idle` and `event`, for ever otherwise. */
  readonly delay?: unknown;
  /** The chat has a box of its own in the page, and is visible when that is. Else it is when the page is. */
  readonly hasBox: boolean;
}

/** Resolves when it is time; not any more once `signal` is aborted. */
export function loadMoment(tag: Element, { load, event, delay, hasBox }: LoadWish, signal: AbortSignal): Promise<void> {
  const ended = new AbortController();
  return new Promise((resolve) => {
    if (signal.aborted) return;
    const end = () => ended.abort();
    const begin = () => {
      // Idle time cannot be called off.
      if (ended.signal.aborted) return;
      end();
      resolve();
    };
    signal.addEventListener('abort', end, { signal: ended.signal });
    const most = delay === undefined || delay === null || delay === '' ? NaN : Number(delay);
    const isTimed = load === 'idle' || load === 'event';
    const ms = most >= 0 ? most : isTimed ? DELAY_MS : undefined;
    if (ms !== undefined) {
      const timer = setTimeout(begin, ms);
      ended.signal.addEventListener('abort', () => clearTimeout(timer));
    }
    if (load === 'visible') watch(tag, hasBox, begin, ended.signal);
    else if (load === 'idle') whenIdle(begin);
    else if (load === 'event') whenFired(event || 'load', begin, ended.signal);
    else if (load !== 'manual') begin();
  });
}

function watch(tag: Element, hasBox: boolean, begin: () => void, signal: AbortSignal): void {
  if (hasBox) {
    const observer = new IntersectionObserver((seen) => seen.some(({ isIntersecting }) => isIntersecting) && begin());
    observer.observe(tag);
    signal.addEventListener('abort', () => observer.disconnect());
  } else if (document.visibilityState === 'visible') begin();
  else addEventListener('visibilitychange', begin, { signal });
}

/** Safari has no idle time; it has tasks after the page's own. */
function whenIdle(begin: () => void): void {
  const ask = () => void (typeof requestIdleCallback === 'function' ? requestIdleCallback(begin) : setTimeout(begin));
  if (document.readyState === 'complete') ask();
  else addEventListener('load', ask, { once: true });
}

/** Of the window; what has fired before counts as fired. */
function whenFired(name: string, begin: () => void, signal: AbortSignal): void {
  const { readyState } = document;
  const isPast =
    (name === 'load' && readyState === 'complete') || (name === 'DOMContentLoaded' && readyState !== 'loading');
  if (isPast) begin();
  else addEventListener(name, begin, { signal });
}
