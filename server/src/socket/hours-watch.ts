import type { FastifyBaseLogger } from 'fastify';
import type { OfficeHours } from '../../../src/api/protocol.ts';
import type { InboxDirectory } from '../inbox-directory.ts';
import { Refusal } from '../refusal.ts';
import { StoreUnavailable } from '../store/store-unavailable.ts';
import { hoursOf } from '../widget-answer.ts';

export interface HoursWatchOptions {
  readonly inboxes: InboxDirectory;
  readonly log: FastifyBaseLogger;
  /** ms since 1970. */
  readonly now: () => number;
  /** The inboxes that somebody here has a widget of open. */
  readonly watched: () => Iterable<string>;
  readonly tell: (inboxId: string, hours: OfficeHours) => void;
}

/** How often the clock is looked at, ms. */
const TICK_MS = 1_000;
const DAY_MS = 24 * 60 * 60_000;

/**
 * Tells open widgets when the office hours of their inbox begin and end. Each node tells its own. When in doubt it tells
 * once more: what is known already is no news.
 */
export class HoursWatch {
  readonly #options: HoursWatchOptions;
  /** By inbox: until when (ms) all has been told. */
  readonly #toldUntil = new Map<string, number>();
  readonly #stop: () => void;
  readonly #timer: NodeJS.Timeout;

  constructor(options: HoursWatchOptions) {
    this.#options = options;
    this.#stop = options.inboxes.onSaved((inboxId) => void this.#toldUntil.delete(inboxId));
    this.#timer = setInterval(() => this.#look(), TICK_MS);
    this.#timer.unref();
  }

  close(): void {
    clearInterval(this.#timer);
    this.#stop();
  }

  #look(): void {
    const watched = new Set(this.#options.watched());
    for (const inboxId of this.#toldUntil.keys()) if (!watched.has(inboxId)) this.#toldUntil.delete(inboxId);
    for (const inboxId of watched) {
      if (this.#options.now() >= (this.#toldUntil.get(inboxId) ?? 0)) void this.#tell(inboxId);
    }
  }

  async #tell(inboxId: string): Promise<void> {
    const { inboxes, now, tell, log } = this.#options;
    // Saved meanwhile? Then this is forgotten, and looked at again.
    this.#toldUntil.set(inboxId, Infinity);
    try {
      const hours = hoursOf(await inboxes.get(inboxId), now());
      if (!this.#toldUntil.has(inboxId)) return;
      if (!hours) return;
      this.#toldUntil.set(inboxId, hours.changesAt ?? now() + DAY_MS);
      tell(inboxId, hours);
    } catch (error) {
      this.#toldUntil.delete(inboxId);
      const isExpected = error instanceof StoreUnavailable || error instanceof Refusal;
      if (!isExpected) log.error({ err: error }, 'open widgets were not told of office hours');
    }
  }
}
