/** The sessions that this device keeps for one inbox: at most one anonymous and one identified. */
import type { Clock } from './clock.ts';
import { takeNotesOffDisk } from './device-notes.ts';
import type { DeviceStorage } from './device-storage.ts';
import type { KeptHint } from './kept-hint.ts';
import { isExpired, keyOfSlot, slotOf, type Persist, type SessionRecord, type Slot } from './session-record.ts';

/** How `KeptSessions` are made. */
export interface KeptSessionsOptions {
  readonly inbox: string;
  /** Prefix of all keys: server and inbox. */
  readonly scope: string;
  readonly persist: Persist;
  readonly storage: DeviceStorage;
  readonly hint: KeptHint;
  readonly clock: Clock;
  /** Where they are kept: in `storage`, or for other hosts of the site as well. */
  readonly sessions: Promise<SessionStorage>;
}

/** A place for sessions. */
export interface SessionStorage {
  get(key: string): Promise<SessionRecord | undefined>;
  set(key: string, record: SessionRecord): Promise<void>;
  delete(key: string): Promise<void>;
}

const SLOTS = ['identified', 'anonymous'] as const;

/** Reads and writes them, and keeps the loader's hint right. */
export class KeptSessions {
  readonly #options: KeptSessionsOptions;
  #persist: Persist;

  constructor(options: KeptSessionsOptions) {
    this.#options = options;
    this.#persist = options.persist;
  }

  /** Tabs have the identified session in common. */
  get isCommon(): boolean {
    return this.#persist === 'all';
  }

  /** This device keeps such a session, where all tabs see it. */
  keeps({ subject }: SessionRecord): boolean {
    // A visitor who has proven their own e-mail is identified as well.
    return this.#mayHold(subject ? 'identified' : 'anonymous');
  }

  /** From now on this device keeps so much; where that is nothing, what it has is deleted. */
  async setPersist(persist: Persist, current: SessionRecord | undefined): Promise<void> {
    const { storage, scope } = this.#options;
    this.#persist = persist;
    storage.offDisk = false;
    const emptied = persist === 'none' && storage.deleteAll(`${scope} `);
    storage.offDisk = persist === 'none';
    if (storage.offDisk) takeNotesOffDisk();
    await emptied;
    for (const slot of SLOTS) if (!this.#mayHold(slot)) await this.forget(slot);
    if (current) await this.write(current);
  }

  /** The session kept in this slot, unless it is over. Rejects with ChatError only when another host's cannot be looked up. */
  async read(slot: Slot): Promise<SessionRecord | undefined> {
    if (!this.#mayHold(slot)) return undefined;
    const record = await (await this.#options.sessions).get(this.#key(slot));
    return record && !isExpired(record, this.#options.clock) ? record : undefined;
  }

  /** Keeps it, as far as `persist` allows. */
  async write(record: SessionRecord): Promise<void> {
    const sessions = await this.#options.sessions;
    const key = this.#key(slotOf(record));
    if (this.keeps(record)) await sessions.set(key, record);
    else await sessions.delete(key);
    await this.#options.hint.review();
  }

  async forget(slot: Slot): Promise<void> {
    await (await this.#options.sessions).delete(this.#key(slot));
    await this.#options.hint.review();
  }

  /** Forgets everything. Resolves with what there was, over or not, for it is to be revoked. */
  async forgetAll(): Promise<readonly SessionRecord[]> {
    const sessions = await this.#options.sessions;
    const records: SessionRecord[] = [];
    for (const slot of SLOTS) {
      const record = await sessions.get(this.#key(slot)).catch(() => undefined);
      if (record) records.push(record);
      await this.forget(slot);
    }
    return records;
  }

  #mayHold(slot: Slot): boolean {
    return this.isCommon || this.#persist === slot;
  }

  #key(slot: Slot): string {
    return keyOfSlot(this.#options.scope, slot);
  }
}
