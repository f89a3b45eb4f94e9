import { Refusal } from '../refusal.ts';
import { StoreUnavailable } from '../store/store-unavailable.ts';

/** What has to come again before anything else of its conversation. */
interface Awaited {
  readonly clientId: string;
  readonly code: 'rate_limited' | 'unavailable';
  readonly retryAfterMs: number;
  /** From then on (ms) it is not waited for any more: its writer may have thrown it away. */
  readonly until: number;
}

/** Longer than anything can be on its way to a socket that still answers its pings, ms. */
const PATIENCE_MS = 60_000;
/** Most conversations of one socket that wait. */
const MOST_AWAITED = 100;
/** When to try again, where nobody says otherwise, ms. */
const RETRY_MS = 1_000;

/**
 * Keeps what one socket says in a conversation in the order in which it was said. A client sends the next message
 * without waiting for the last one; so when one is refused for now, those behind it are on their way already, and would
 * be stored before it. They are refused like it until it has come again.
 */
export class SendOrder {
  /** By conversation; most sockets never need it. */
  #awaited: Map<string, Awaited> | undefined;

  /**
   * Stores a message, or refuses it because an earlier one is waited for.
   *
   * @param message which one
   * @param now the clock, ms
   * @param store calls `check` when nothing but the store is left to wait for: an earlier message may have been refused
   *   while something else was
   * @throws Refusal, and whatever `store` throws
   */
  async keep<Result>(
    { conversationId, clientId }: { readonly conversationId: string; readonly clientId: string },
    now: () => number,
    store: (check: () => void) => Promise<Result>,
  ): Promise<Result> {
    const check = (): void => {
      const awaited = this.#awaited?.get(conversationId);
      if (!awaited || awaited.clientId === clientId || awaited.until <= now()) return;
      const { code, retryAfterMs } = awaited;
      throw new Refusal(
        code,
        'A message before it in this conversation was refused for now: send that one again first.',
        { retryAfterMs },
      );
    };
    check();
    this.#awaited?.delete(conversationId);
    try {
      return await store(check);
    } catch (error) {
      const forNow = refusalForNow(error);
      if (forNow && !this.#awaited?.has(conversationId)) {
        this.#await(conversationId, { ...forNow, clientId, until: now() + PATIENCE_MS });
      }
      throw error;
    }
  }

  #await(conversationId: string, awaited: Awaited): void {
    this.#awaited ??= new Map();
    this.#awaited.set(conversationId, awaited);
    if (this.#awaited.size > MOST_AWAITED) this.#awaited.delete(this.#awaited.keys().next().value!);
  }
}

/** Whether the same again, unchanged, may be taken later. */
function refusalForNow(error: unknown): Pick<Awaited, 'code' | 'retryAfterMs'> | undefined {
  if (error instanceof StoreUnavailable) return { code: 'unavailable', retryAfterMs: RETRY_MS };
  if (!(error instanceof Refusal)) return undefined;
  const { code, details } = error;
  if (code !== 'rate_limited' && code !== 'unavailable') return undefined;
  return { code, retryAfterMs: details.retryAfterMs ?? RETRY_MS };
}
