/** What one person has not got away, on this device: one step after the other, so that it ends up as it was meant. */
import type { DeviceStorage } from './device-storage.ts';
import type { KeptHint } from './kept-hint.ts';
import type { PendingMessage } from './thread-window.ts';

/** How `KeptMessages` are made. */
export interface KeptMessagesOptions {
  readonly storage: DeviceStorage;
  /** Prefix of all keys: server and inbox. */
  readonly scope: string;
  /** Tells the next page that something is unsent; visitors only. */
  readonly hint?: KeptHint;
}

/** Keeps unsent messages, by person. */
export class KeptMessages {
  /** Whose they are. */
  owner = '';
  readonly #options: KeptMessagesOptions;
  #steps: Promise<unknown> = Promise.resolve();

  constructor(options: KeptMessagesOptions) {
    this.#options = options;
  }

  /** Resolves when all that was asked for until now is done. */
  get settled(): Promise<unknown> {
    return this.#steps;
  }

  /** From now on they are this person's. With `adopt`, what there is moves over. */
  async setOwner(owner: string, adopt: boolean): Promise<void> {
    const { storage } = this.#options;
    const from = this.#prefix;
    this.owner = owner;
    const to = this.#prefix;
    if (!adopt) return;
    await this.#next(async () => {
      // One by one: what another tab keeps there meanwhile stays.
      for (const message of await storage.list<PendingMessage>(from)) {
        await storage.set(to + message.clientId, message);
        await storage.delete(from + message.clientId);
      }
    });
  }

  keep(message: PendingMessage): Promise<void> {
    const { storage, hint } = this.#options;
    const key = this.#prefix + message.clientId;
    return this.#next(async () => {
      await storage.set(key, message);
      hint?.give();
    });
  }

  forget(clientId: string): Promise<void> {
    const key = this.#prefix + clientId;
    return this.#next(() => this.#options.storage.delete(key));
  }

  /** Sorted by clientId. */
  list(): Promise<PendingMessage[]> {
    const prefix = this.#prefix;
    return this.#next(() => this.#options.storage.list<PendingMessage>(prefix));
  }

  /** Forgets those of everybody. */
  clear(): Promise<void> {
    const { storage, scope } = this.#options;
    return this.#next(() => storage.deleteAll(`${scope} unsent `));
  }

  get #prefix(): string {
    return `${this.#options.scope} unsent ${this.owner} `;
  }

  #next<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#steps.then(work);
    this.#steps = done;
    return done;
  }
}
