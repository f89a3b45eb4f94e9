/** The session that this device holds now: asked of the server, kept, told to the other tabs, one change at a time. */
import { ChatError } from './chat-error.ts';
import type { Http } from './http.ts';
import { keyOf, type Subject } from './identity.ts';
import { KeptSessions, type KeptSessionsOptions } from './kept-sessions.ts';
import { isProven, slotOf, type Change, type SessionRecord } from './session-record.ts';
import type { SessionAnswer } from './protocol.ts';
import { exclusive, type TabChannel, type TabMessage } from './tabs.ts';

/** A request that another tab makes for all of them is waited for this long, ms. */
const TURN_MS = 8_000;

/** How a `HeldSession` is made. */
export interface HeldSessionOptions extends KeptSessionsOptions {
  /** `/v1/widget/{inbox}` */
  readonly path: string;
  readonly http: Http;
  readonly signal: AbortSignal;
  /** There is another session now, or none. */
  readonly onChange: (record: SessionRecord | undefined, change: Change) => Promise<void>;
  /** The one that was taken up. */
  readonly current?: SessionRecord;
  /** The line to the other tabs. */
  readonly tabs: TabChannel<TabMessage>;
}

/** At most one session at a time, and the same in all tabs. */
export class HeldSession {
  readonly kept: KeptSessions;
  /** Signed in while signing out: only to be revoked, never to be shown. */
  ending = false;
  /** The token whose session ran out. */
  over?: string;
  /** Whose session ran out, while nobody's has taken its place. */
  lapsed?: Subject;
  readonly #options: HeldSessionOptions;
  #current?: SessionRecord;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: HeldSessionOptions) {
    this.#options = options;
    this.#current = options.current;
    this.kept = new KeptSessions(options);
  }

  get current(): SessionRecord | undefined {
    return this.#current;
  }

  /** The current session, unless it ran out. */
  get usable(): SessionRecord | undefined {
    return this.#current?.token === this.over ? undefined : this.#current;
  }

  /** One thing at a time, in all tabs. */
  inTurn<T>(work: () => Promise<T>): Promise<T> {
    const { scope, signal, storage } = this.#options;
    const guarded = async () => {
      if (signal.aborted) throw new ChatError('closed', 'The client was closed.');
      return storage.shared ? exclusive(`${scope} session`, TURN_MS, work) : work();
    };
    const done = this.#turn.then(guarded, guarded);
    this.#turn = done.catch(() => {});
    return done;
  }

  /**
   * Asks the server for a session in the place of the current one, and goes on with it. Rejects with ChatError.
   */
  async ask(address: string, body: object, about: Omit<SessionRecord, keyof SessionAnswer>): Promise<SessionRecord> {
    const { http, path } = this.#options;
    const before = this.#current;
    const request = { method: 'POST', body, token: before?.token } as const;
    const { unknownAttributes, ...answer } = await http.request<SessionAnswer>(path + address, request);
    tellUnknown(unknownAttributes);
    const made: SessionRecord = { ...answer, ...about };
    const change = before ? changeOf(before, made, before.token === this.over) : 'same';
    const isContact = before?.contact.id === made.contact.id;
    const from = isContact ? before.from : before && { contactId: before.contact.id, change };
    const record = { ...made, from };
    if (before && slotOf(before) !== slotOf(record)) await this.kept.forget(slotOf(before));
    await this.kept.write(record);
    await this.become(record, change);
    this.tell('in', record);
    return record;
  }

  /** Goes on with a session that another tab, or an earlier page, has made. */
  async goOnWith(kept: SessionRecord): Promise<void> {
    const { contact } = this.#current ?? {};
    const isContact = !contact || kept.contact.id === contact.id;
    await this.become(kept, isContact ? 'same' : kept.from?.contactId === contact.id ? kept.from.change : 'other');
  }

  /** Goes on with a session that was made before. */
  async become(record: SessionRecord | undefined, change: Change): Promise<void> {
    this.#current = record;
    if (!record || !this.ending) await this.#options.onChange(record, change);
  }

  /** More is known of the current session. */
  async amend(more: Partial<SessionRecord>): Promise<void> {
    const current = this.#current;
    if (!current) return;
    const next = { ...current, ...more };
    await this.become(next, 'same');
    await this.kept.write(next);
  }

  /** Forgets it here; it lives on at the server. */
  async drop(record: SessionRecord, change: Change): Promise<void> {
    await this.kept.forget(slotOf(record));
    if (record.token === this.#current?.token) await this.become(undefined, change);
  }

  /** The session ran out, and there is none to take its place. */
  async lapse(): Promise<void> {
    const current = this.#current;
    if (!current || current.token !== this.over) return;
    this.lapsed = current.subject;
    // Nobody in particular stays nobody in particular.
    await this.drop(current, current.subject ? 'lapsed' : 'anew');
  }

  /** Ends it at the server. Rejects with ChatError when that was not reached. */
  async revoke(token: string): Promise<void> {
    const { http, path } = this.#options;
    try {
      await http.request(`${path}/session`, { method: 'DELETE', token });
    } catch (error) {
      if ((error as ChatError).code !== 'unauthorized') throw error;
    }
  }

  tell(type: TabMessage['type'], record: SessionRecord): void {
    const identified = slotOf(record) === 'identified';
    this.#options.tabs.post({ type, identified, contactId: record.contact.id });
  }
}

/** The page's author should know what was said of the visitor in vain. */
export function tellUnknown(keys?: readonly string[]): void {
  if (keys) void import('./unknown-attributes.ts').then(({ warnOfUnknown }) => warnOfUnknown(keys)).catch(() => {});
}

/** @param isOver the server knew the session before no more, and so has joined nothing */
function changeOf(before: SessionRecord, after: SessionRecord, isOver: boolean): Change {
  const [one, other] = [before.contact, after.contact];
  if (one.id === other.id) return 'same';
  const isAnew = keyOf(before.subject) === keyOf(after.subject) && isProven(before) === isProven(after);
  if (isOver) return isAnew ? 'anew' : 'lapsed';
  // An anonymous visitor may turn out to be anybody; one who claimed an e-mail, only its owner.
  if (one.verification === 'anonymous') return 'same';
  return one.verification === 'claimed' && one.email?.toLowerCase() === other.email?.toLowerCase() ? 'same' : 'other';
}
