import type { FastifyBaseLogger } from 'fastify';
import type { Inbox, InboxDirectory } from '../inbox-directory.ts';
import { Refusal } from '../refusal.ts';
import { StoreUnavailable } from '../store/store-unavailable.ts';

/** A socket that has to comply with its inbox's rules. */
export interface Guest {
  /** Leaves if the rules refuse it. */
  comply(inbox: Inbox): void;
}

interface Watched {
  readonly guests: Set<Guest>;
  /** The rules that all of them were last held to. */
  rules?: string;
}

/** A lost bus message must not leave this node's sockets with old rules for longer than this. */
const ROUND_MS = 15_000;

/**
 * Holds this node's visitors to the rules of their inboxes as long as their sockets are open. Whichever node saves new
 * rules, each node hears of it, reads them once and asks its own sockets, for only it knows where they came from.
 */
export class RuleWatch {
  readonly #inboxes: InboxDirectory;
  readonly #log: FastifyBaseLogger;
  readonly #watched = new Map<string, Watched>();
  readonly #stop: () => void;
  readonly #timer: NodeJS.Timeout;

  constructor({ inboxes, log }: { readonly inboxes: InboxDirectory; readonly log: FastifyBaseLogger }) {
    this.#inboxes = inboxes;
    this.#log = log;
    this.#stop = inboxes.onSaved((inboxId) => void this.#check(inboxId));
    this.#timer = setInterval(() => {
      for (const inboxId of this.#watched.keys()) void this.#check(inboxId);
    }, ROUND_MS);
    this.#timer.unref();
  }

  add(inboxId: string, guest: Guest): void {
    const watched = this.#watched.get(inboxId);
    if (watched) watched.guests.add(guest);
    else this.#watched.set(inboxId, { guests: new Set([guest]) });
  }

  remove(inboxId: string, guest: Guest): void {
    const watched = this.#watched.get(inboxId);
    if (watched?.guests.delete(guest) && watched.guests.size === 0) this.#watched.delete(inboxId);
  }

  /** Inboxes that somebody here is a guest of. */
  get inboxIds(): Iterable<string> {
    return this.#watched.keys();
  }

  close(): void {
    clearInterval(this.#timer);
    this.#stop();
  }

  async #check(inboxId: string): Promise<void> {
    try {
      const inbox = await this.#inboxes.get(inboxId);
      const watched = this.#watched.get(inboxId);
      const rules = JSON.stringify(inbox.settings.security);
      if (!watched || watched.rules === rules) return;
      watched.rules = rules;
      for (const guest of [...watched.guests]) guest.comply(inbox);
    } catch (error) {
      // The next round comes soon.
      const isExpected = error instanceof StoreUnavailable || error instanceof Refusal;
      if (!isExpected) this.#log.error({ err: error }, 'open sockets were not held to new rules');
    }
  }
}
