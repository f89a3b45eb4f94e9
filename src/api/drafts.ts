/** What is half written: kept on this device for the one who wrote it, and told to nobody. */
import type { DeviceStorage } from './device-storage.ts';
import { TabChannel } from './tabs.ts';

/** Where `Drafts` are kept. */
export interface DraftsOptions {
  readonly storage: DeviceStorage;
  /** Prefix of all keys: server and inbox. */
  readonly scope: string;
  readonly signal: AbortSignal;
  /** Resolves when what is on its way until now is on the disk: a draft is what is left of it until then. */
  readonly settled: () => Promise<unknown>;
  /** A draft that stands here was sent in another tab, and is gone. */
  readonly onGone: () => void;
}

interface Draft {
  readonly owner: string;
  readonly conversationId: string;
  readonly text: string;
}

/** A draft is gone from where it stood. */
interface Gone {
  readonly owner: string;
  readonly conversationId: string;
  /** What it was when it was sent, and when it was found: whoever holds just that holds what was sent. */
  readonly texts: readonly (string | undefined)[];
}

/**
 * The drafts of one person, by conversation; '' stands for the one that is not begun yet. What this tab holds counts for
 * this tab: what another one writes into the same conversation is found by the next page. What another one sends is gone
 * from here too, and what it deletes, where it stands as it was found; what somebody has gone on writing here stays.
 */
export class Drafts {
  readonly #options: DraftsOptions;
  readonly #texts = new Map<string, string>();
  /** As an earlier page, or another tab, had left them. */
  readonly #found = new Map<string, string>();
  readonly #unsaved = new Set<string>();
  readonly #tabs: TabChannel<Gone>;
  #owner?: string;
  #saving = false;

  constructor(options: DraftsOptions) {
    this.#options = options;
    this.#tabs = new TabChannel(`${options.scope} drafts`, ({ owner, conversationId, texts }) => {
      const text = this.get(conversationId);
      if (owner !== this.#owner || !text || ![...texts, this.#found.get(conversationId)].includes(text)) return;
      this.offer(conversationId, '');
      options.onGone();
    });
    options.signal.addEventListener('abort', () => this.#tabs.close(), { once: true });
  }

  get(conversationId: string): string {
    return this.#texts.get(conversationId) ?? '';
  }

  /** What stands here is on its way: it is not to be sent again from another tab. */
  sent(conversationId: string): void {
    this.set(conversationId, '', [this.get(conversationId), this.#found.get(conversationId)]);
  }

  /** A person has written this; nothing: it is gone, also from tabs that hold it as it was found, or as one of `texts`. */
  set(conversationId: string, text: string, texts: Gone['texts'] = []): void {
    if (!text && this.get(conversationId)) this.#tabs.post({ owner: this.#owner ?? '', conversationId, texts });
    this.offer(conversationId, text);
    this.#unsaved.add(conversationId);
    void this.#save();
  }

  /** The page offers this: it stands there, and is not kept. */
  offer(conversationId: string, text: string): void {
    this.#texts.set(conversationId, text);
  }

  /**
   * From now on this person writes here, and finds what they left; what anybody else left is deleted. With `adopt` it is
   * the same person under another name, whose drafts move over. Nobody ('') leaves alone what is there.
   */
  async setOwner(owner: string, adopt: boolean): Promise<void> {
    const { storage } = this.#options;
    if (owner === this.#owner) return;
    const before = adopt ? (this.#owner ?? '') : owner;
    this.#owner = owner;
    if (!adopt) this.#empty();
    for (const { owner: writer, conversationId, text } of await storage.list<Draft>(this.#keyOf(''))) {
      if (owner !== this.#owner) return;
      const isTheirs = writer === owner || writer === before;
      if (isTheirs && !this.#texts.has(conversationId)) {
        this.offer(conversationId, text);
        this.#found.set(conversationId, text);
      }
      if (isTheirs ? writer !== owner : owner) this.#unsaved.add(conversationId);
    }
    await this.#save();
  }

  /** Forgets what anybody left on this device. */
  async clear(): Promise<void> {
    this.#empty();
    await this.#options.storage.deleteAll(this.#keyOf(''));
  }

  #empty(): void {
    this.#texts.clear();
    this.#found.clear();
    this.#unsaved.clear();
  }

  #draftOf(conversationId: string): Draft {
    return { owner: this.#owner ?? '', conversationId, text: this.get(conversationId) };
  }

  #keyOf(conversationId: string): string {
    return `${this.#options.scope} draft ${conversationId}`;
  }

  /** One after the other, so that the last one stays; while a text is being written, only its newest version waits. */
  async #save(): Promise<void> {
    const { storage, settled } = this.#options;
    if (this.#saving) return;
    this.#saving = true;
    for (const conversationId of this.#unsaved) {
      await settled();
      this.#unsaved.delete(conversationId);
      const key = this.#keyOf(conversationId);
      const draft = this.#draftOf(conversationId);
      await (draft.text ? storage.set(key, draft, 'relaxed') : storage.delete(key));
    }
    this.#saving = false;
  }
}
