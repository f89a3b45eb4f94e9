/**
 * Whom this device stands for: when a session is made, used again, changed and ended. Loaded when more is needed of one
 * than to go on with it.
 */
import { ChatError, isDisbelief } from './chat-error.ts';
import { forgetNote } from './device-notes.ts';
import { HeldSession, type HeldSessionOptions } from './held-session.ts';
import type { Identification, IdentificationOptions } from './identification.ts';
import { isNamed, type Identity } from './identity.ts';
import { isExpired, isProven, ownerOf, slotOf, type Persist, type SessionRecord } from './session-record.ts';
import type { Contact } from './protocol.ts';
import type { TabMessage } from './tabs.ts';

/** A session that the server ended so shortly before its time counts as expired, not as revoked, ms. */
const LEEWAY_MS = 60_000;

/** How a `Session` is made. */
export interface SessionOptions extends Omit<HeldSessionOptions, 'sessions'>, IdentificationOptions {
  /** Shares the session with the other hosts of this domain. */
  readonly cookieDomain?: string;
  /** Something failed that no promise tells. */
  readonly onError: (error: unknown) => void;
}

/** Something that is done with the session, in turn. */
export type SessionWork<T> = (held: HeldSession, options: SessionOptions) => Promise<T>;

/** Whoever has a session that something can be done with. */
export interface SessionHolder {
  /** @param isNeeded it is made if there is none; default true */
  withSession<T>(work: SessionWork<T>, isNeeded?: boolean): Promise<T>;
}

/** The session of one inbox on this device, in agreement with the other tabs. */
export class Session {
  readonly #options: SessionOptions;
  readonly #held: HeldSession;
  /** From the first time on that the page says something of the visitor. */
  #identification?: Promise<Identification>;

  constructor(options: SessionOptions) {
    const { cookieDomain: domain, storage } = options;
    const sessions = domain
      ? import('./shared-sessions.ts').then(
          ({ shareSessions }) => shareSessions({ ...options, domain }),
          // Its code could not be loaded: as if this host were alone.
          () => storage,
        )
      : Promise.resolve(storage);
    this.#options = options;
    this.#held = new HeldSession({ ...options, sessions });
  }

  get current(): SessionRecord | undefined {
    return this.#held.current;
  }

  /** What the person's unsent messages are kept under. */
  get owner(): string {
    return ownerOf(this.current, this.#held.lapsed);
  }

  /** Takes up the kept session of pages that say nobody, if there is one. An identified one waits for its identity. Rejects with ChatError. */
  restore(): Promise<SessionRecord | undefined> {
    return this.#held.inTurn(async () => {
      await this.#takeUp();
      await (await this.#identification)?.describe();
      return this.current;
    });
  }

  /** The session; made if there is none: of the identity that the page gave, else anonymous. Rejects with ChatError. */
  async ensure(): Promise<SessionRecord> {
    const held = this.#held;
    for (;;) {
      const identification = await this.#identification;
      try {
        while (identification?.settling) await identification.settling.catch(() => {});
        if (!held.usable && identification?.mayProve) await identification.settle();
      } catch (error) {
        if (!isDisbelief(error)) throw error;
        this.#options.onError(error);
      }
      const record = await held.inTurn(async () => {
        // Whether it is over is for the server to say: this device's clock may be wrong by years.
        if (held.usable) return held.usable;
        if (identification?.settling || identification?.mayProve) return undefined;
        return (await this.#takeUp()) ?? this.#askAnonymously();
      });
      if (record) return record;
    }
  }

  /** See `ChatClient.identify`. */
  async identify(identity: Identity): Promise<SessionRecord | undefined> {
    const identification = await (this.#identification ??= this.#load());
    identification.note(identity);
    if (isNamed(identity)) await identification.identify(identity);
    return this.#held.inTurn(async () => {
      await identification.describe();
      return this.current;
    });
  }

  /**
   * The server ended the session of this token, or says that it is somebody else's than is kept here. Resolves with the
   * one to go on with, if there is one. Rejects with ChatError.
   */
  async recheck(token: string, isForeign = false): Promise<SessionRecord | undefined> {
    const held = this.#held;
    const identification = await this.#identification;
    /** Something is left behind of who was here: somebody proven, or not. */
    let left: { readonly isProven: boolean } | undefined;
    await held.inTurn(async () => {
      const { current } = held;
      if (current?.token !== token) return;
      const kept = await held.kept.read(slotOf(current));
      const next = kept && kept.token !== token ? kept : await this.#joined(current);
      if (next) {
        await identification?.follow(next);
        await held.goOnWith(next);
        return;
      }
      const ranOut = isExpired(current, this.#options.clock, LEEWAY_MS);
      // Another tab that signs out forgets the session before it ends it.
      const isEnded = kept !== undefined || !held.kept.keeps(current);
      const isOver = !isForeign && (ranOut || isEnded);
      const isOwed = isOver && !current.subject && (await this.#isOwed());
      if (isOwed || (isOver && !ranOut && isProven(current))) left = { isProven: isProven(current) };
      if (isOver) held.over = token;
      else {
        // Who was signed out on purpose is not signed in again behind his back.
        if (!isForeign) identification?.forget();
        await held.drop(current, 'other');
        if (isForeign) held.revoke(token).catch(() => {});
      }
      if (identification?.identity) void identification.settle();
      else if (isOwed) await this.#askAnonymously();
      else await held.lapse();
    });
    const next = (await identification?.settling) ?? held.current;
    if (left && left.isProven !== (next !== undefined && isProven(next))) {
      this.#options.onError(new ChatError('unauthorized', 'The server ended the session of this visitor.'));
    }
    return next;
  }

  /** See `ChatClient.setPersist`. */
  setPersist(persist: Persist): Promise<void> {
    return this.#held.inTurn(() => this.#held.kept.setPersist(persist, this.current));
  }

  /** Forgets every session of this device, tells the other tabs, revokes them on the server. Rejects with ChatError when that was not reached. */
  async end(): Promise<void> {
    const held = this.#held;
    held.ending = true;
    forgetNote('unrated');
    forgetNote('triggers');
    try {
      const identification = await this.#identification;
      await held.inTurn(async () => {
        const { current } = held;
        identification?.forget();
        held.lapsed = undefined;
        const kept = await held.kept.forgetAll();
        const ended = current ? [current, ...kept] : kept;
        await held.become(undefined, 'other');
        for (const record of ended) held.tell('out', record);
        const tokens = new Set(ended.map(({ token }) => token));
        if (held.over) tokens.delete(held.over);
        await Promise.all([...tokens].map((token) => held.revoke(token)));
      });
    } finally {
      held.ending = false;
    }
  }

  /**
   * The server told who the contact is now.
   *
   * @param isForAll it told all of the contact's sessions: how this one is proven, it did not say
   */
  async refresh(told: Contact, isForAll = false): Promise<void> {
    await this.#held.inTurn(async () => {
      const { contact: before } = this.current ?? {};
      if (before?.id !== told.id) return;
      const isNamed = told.verification !== 'anonymous' && before.verification === 'anonymous';
      const verification = isNamed ? 'claimed' : before.verification;
      const contact = isForAll ? { ...told, verification } : told;
      if (JSON.stringify(before) !== JSON.stringify(contact)) await this.#held.amend({ contact });
    });
  }

  /** See `ChatClient.withSession`. */
  async with<T>(work: SessionWork<T>, isNeeded = true): Promise<T> {
    if (isNeeded) await this.ensure();
    return this.#held.inTurn(() => work(this.#held, this.#options));
  }

  async #load(): Promise<Identification> {
    const { Identification } = await import('./identification.ts').catch((error: unknown) => {
      this.#identification = undefined;
      // Code that is not there cannot be told from a server that is not.
      throw new ChatError('offline', `The chat could not be loaded: ${String(error)}`);
    });
    return new Identification(this.#options, this.#held);
  }

  async #takeUp(): Promise<SessionRecord | undefined> {
    const held = this.#held;
    const { current } = held;
    if (held.usable || (current && slotOf(current) === 'identified')) return undefined;
    const kept = await held.kept.read('anonymous');
    if (!kept || kept.token === current?.token) return undefined;
    await held.goOnWith(kept);
    return kept;
  }

  async #askAnonymously(): Promise<SessionRecord> {
    const identification = await this.#identification;
    return identification?.anonymous() ?? this.#held.ask('/sessions', {}, { was: this.#held.lapsed });
  }

  /** The session of whoever this visitor has turned out to be in another tab. */
  async #joined({ contact }: SessionRecord): Promise<SessionRecord | undefined> {
    const identified = await this.#held.kept.read('identified');
    return identified?.from?.contactId === contact.id ? identified : undefined;
  }

  /** This device keeps something of the visitor's that is not sent, or not written to its end. */
  async #isOwed(): Promise<boolean> {
    const { storage, scope } = this.#options;
    const kinds = [`${scope} unsent ${this.owner} `, `${scope} draft `];
    const kept = await Promise.all(kinds.map((each) => storage.list(each)));
    return kept.flat().length > 0;
  }

  /** Another tab has said something of its session. */
  hear(message: TabMessage): Promise<void> {
    return this.#held.inTurn(() => this.#follow(message));
  }

  /** Goes where another tab went. */
  async #follow({ type, identified, contactId }: TabMessage): Promise<void> {
    const held = this.#held;
    const { current } = held;
    const identification = await this.#identification;
    if (type === 'out') {
      if (current?.contact.id !== contactId) return;
      identification?.forget();
      await held.drop(current, 'other');
      // Where sessions are kept in memory, each tab has its own.
      if (!held.kept.isCommon) held.revoke(current.token).catch(() => {});
      return;
    }
    if (current && slotOf(current) === 'identified' && !identified) return;
    const kept = await held.kept.read(identified ? 'identified' : 'anonymous');
    if (!kept || kept.token === current?.token) return;
    await identification?.follow(kept);
    if (!current && held.lapsed) await held.become(kept, 'other');
    else await held.goOnWith(kept);
  }
}
