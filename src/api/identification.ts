/**
 * From what the page says to a session: which one fits, what the server is asked, what is done when it does not believe.
 * Loaded when a page says something.
 */
import { ChatError, isDisbelief, type ChatErrorCode } from './chat-error.ts';
import type { Clock } from './clock.ts';
import { tellUnknown, type HeldSession } from './held-session.ts';
import type { Http } from './http.ts';
import type { Identity, Subject, TokenProvider } from './identity.ts';
import { isExpired, type SessionRecord } from './session-record.ts';
import type { SessionAnswer, SessionRequest } from './protocol.ts';
import {
  agrees,
  claimOf,
  fingerprint,
  fingerprintOfEmail,
  isSamePerson,
  proofOf,
  requestOf,
  subjectOf,
} from './subject.ts';

/** How an `Identification` is made. */
export interface IdentificationOptions {
  readonly inbox: string;
  /** `/v1/widget/{inbox}` */
  readonly path: string;
  readonly http: Http;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** How the page gets a fresh proof, if it does. */
  readonly tokenProvider: () => TokenProvider | undefined;
}

/** Who the page says the visitor is, and how far that has come. */
export class Identification {
  /** Asked again when the session expires. */
  identity?: Identity;
  /** On its way to the server, or to the page for a proof. Never rejects unhandled. */
  settling?: Promise<SessionRecord | undefined>;
  readonly #options: IdentificationOptions;
  readonly #held: HeldSession;
  /** What the page says about the visitor. */
  #data: Pick<SessionRequest, 'visitor' | 'visitorHash'> = {};
  /** The identity that was found not to be proven: the visitor goes on without. */
  #unproven?: Identity;
  /** The proof that the server found wrong or too old. */
  #refused?: string;
  #failures = 0;
  #cancelRetry = () => {};

  constructor(options: IdentificationOptions, held: HeldSession) {
    this.#options = options;
    this.#held = held;
    options.signal.addEventListener('abort', () => this.#cancelRetry(), { once: true });
  }

  /** There is an identity that may be proven: the server has not refused it. */
  get mayProve(): boolean {
    return this.identity !== this.#unproven;
  }

  /** The page says who it is. Rejects with ChatError. */
  identify(identity: Identity): Promise<SessionRecord | undefined> {
    this.forget();
    this.identity = identity;
    this.settling = undefined;
    return this.settle();
  }

  /** Becomes who the page says; when that is under way, the same. */
  settle(): Promise<SessionRecord | undefined> {
    if (this.settling) return this.settling;
    const settling = this.#prove(this.identity!).finally(() => {
      if (this.settling === settling) this.settling = undefined;
    });
    settling.catch(() => {});
    return (this.settling = settling);
  }

  /** The page says more about whoever it is. */
  note({ visitor, visitorHash }: SessionRequest): void {
    if (visitor) this.#data = { visitor, visitorHash };
  }

  /** In turn: tells the server what it does not know yet about the visitor. Rejects with ChatError. */
  async describe(): Promise<void> {
    const { current } = this.#held;
    const { data, ...body } = await this.#dataFor(current);
    if (!current || !data) return;
    try {
      if (body.visitorHash) return void (await this.#ask({}, current));
      const { http, path } = this.#options;
      const request = { method: 'PATCH', token: current.token, body } as const;
      const answer = await http.request<Omit<SessionAnswer, 'token'>>(`${path}/session`, request);
      const { contact, unknownAttributes } = answer;
      tellUnknown(unknownAttributes);
      await this.#held.amend({ contact, data });
    } catch (error) {
      if (!(error as ChatError).temporary) this.#data = {};
      throw error;
    }
  }

  /** In turn: a session of nobody. */
  anonymous(): Promise<SessionRecord> {
    return this.#ask({}, { was: this.#held.lapsed });
  }

  /** Another tab goes on with this session: it may be of somebody else than this page says. */
  async follow({ subject }: SessionRecord): Promise<void> {
    const said = this.identity && (await subjectOf(this.#options.inbox, this.identity));
    if (!said || !subject || !isSamePerson(said, subject)) this.forget();
  }

  /** Nobody says who it is any more. */
  forget(): void {
    this.#cancelRetry();
    this.#failures = 0;
    this.identity = this.#unproven = this.#refused = undefined;
  }

  async #prove(identity: Identity): Promise<SessionRecord | undefined> {
    let said: Identity | undefined = identity;
    let failure: ChatError | undefined;
    let isWorthRetrying = false;
    for (const isFresh of [false, true]) {
      try {
        if (isFresh) said = await this.#freshProof(identity, failure?.code);
        if (!said) break;
        const proven = said;
        const record = await this.#held.inTurn(() => this.#take(proven, true));
        if (record) return record;
      } catch (error) {
        if (!isDisbelief(error)) throw error;
        failure = error;
        const isOver = error.code === 'proof_expired';
        if (!isOver && error.code !== 'invalid_proof') break;
        this.#refused = proofOf(said ?? identity);
        isWorthRetrying = isFresh && isOver;
      }
    }
    // Not proven is not nobody: the visitor goes on, and agents see the e-mail as a claim.
    const record = await this.#held.inTurn(() => this.#goOn(said ?? identity, failure));
    if (isWorthRetrying) this.#retryLater();
    if (failure) throw failure;
    return record;
  }

  /** The identity with a proof that the page has just got; undefined when it has none. Rejects with ChatError. */
  async #freshProof(identity: Identity, code?: ChatErrorCode): Promise<Identity | undefined> {
    const { clock, tokenProvider } = this.#options;
    const provider = tokenProvider();
    if (!provider) return undefined;
    const { freshProof } = await import('./proof-source.ts').catch((error: unknown) => {
      throw new ChatError('offline', `The chat could not be loaded: ${String(error)}`);
    });
    const fresh = await freshProof(provider, identity, this.#refused, clock, code);
    this.#stillSaid(identity);
    if (fresh) this.note((this.identity = fresh));
    return fresh;
  }

  #retryLater(): void {
    const { identity } = this;
    void import('./proof-source.ts').then(({ pauseMs }) => {
      if (this.identity !== identity) return;
      this.#cancelRetry = this.#options.clock.after(pauseMs(++this.#failures), () => {
        if (this.#held.current?.contact.verification !== 'verified') this.settle().catch(() => {});
      });
    });
  }

  /**
   * In turn: the session that fits, else the one that the server makes of the proof. Whoever else was here goes before
   * anything is asked or shown. Undefined: there is none, and no proof to ask with.
   *
   * @param isProven false: a claim fits as well, and nobody is asked
   */
  async #take(said: Identity, isProven: boolean): Promise<SessionRecord | undefined> {
    const held = this.#held;
    const subject = await subjectOf(this.#options.inbox, said);
    const kept = await held.kept.read('identified');
    const own = await held.kept.read('anonymous');
    const [current, ...others] = await this.#withoutStrangers(subject, [held.current, kept, own]);
    const proof = proofOf(said);
    const mayAsk = isProven && proof !== undefined && proof !== this.#refused;
    const { data } = await this.#dataFor(undefined);
    const fits = (record: SessionRecord | undefined) =>
      record?.subject !== undefined &&
      record.token !== held.over &&
      !isExpired(record, this.#options.clock) &&
      agrees(record.subject, subject) &&
      // Signed data need not prove an e-mail: then it is enough that the server has it.
      (record.contact.verification === 'verified' || !isProven || (proof === said.visitorHash && record.data === data));

    if (fits(current)) return current;
    const fitting = others.find(fits);
    // An anonymous session is there because somebody wrote: the server must hear of it, to join the conversations.
    const base = current ?? others[1] ?? others[0];
    if (!fitting || (mayAsk && base && !base.subject)) {
      if (!mayAsk) return undefined;
      if (base && base !== current) await held.become(base, 'same');
      try {
        return await this.#ask(requestOf(said), { subject });
      } catch (error) {
        if (!fitting || !isDisbelief(error)) throw error;
      }
    }
    if (others[1]) await held.kept.forget('anonymous');
    const record: SessionRecord = { ...fitting, own: undefined, subject: { ...fitting.subject, ...subject } };
    if (fitting.own) await held.kept.write(record);
    const before = held.current;
    await held.become(record, !before || before.contact.id === record.contact.id ? 'same' : 'other');
    return record;
  }

  /** In turn: whom of them it is about, or who never said who they are. The others end, here and on the server. */
  async #withoutStrangers(
    subject: Subject,
    records: readonly (SessionRecord | undefined)[],
  ): Promise<readonly (SessionRecord | undefined)[]> {
    const held = this.#held;
    const { inbox } = this.#options;
    const left: (SessionRecord | undefined)[] = [];
    for (const record of records) {
      const { email, verification } = record?.contact ?? {};
      const known = email ? { email: await fingerprintOfEmail(inbox, email) } : undefined;
      const whose = record?.subject ?? record?.was ?? known;
      // Somebody may have tampered with what is kept.
      const isForged = verification === 'verified' && whose?.email !== undefined && whose.email !== known?.email;
      const isStranger = whose !== undefined && (isForged || !isSamePerson(whose, subject));
      left.push(isStranger ? undefined : record);
      if (!record || !isStranger) continue;
      await held.drop(record, 'other');
      held.revoke(record.token).catch(() => {});
    }
    if (held.lapsed && !isSamePerson(held.lapsed, subject) && !held.current) await held.become(undefined, 'other');
    held.lapsed = undefined;
    return left;
  }

  /** In turn: goes on without a proof. */
  async #goOn(identity: Identity, failure: ChatError | undefined): Promise<SessionRecord | undefined> {
    this.#stillSaid(identity);
    this.#unproven = identity;
    // What was signed wrongly is never taken as unsigned.
    if (failure && this.#data.visitorHash) this.#data = {};
    const kept = await this.#take(identity, false);
    if (kept) return kept;
    const claim = claimOf(identity);
    try {
      if (claim) return await this.#ask(claim, { subject: await subjectOf(this.#options.inbox, claim) });
    } catch (error) {
      if (!(error as ChatError).temporary) await this.#held.lapse();
      throw error;
    }
    await this.#held.lapse();
    return this.#held.current;
  }

  #stillSaid(identity: Identity): void {
    if (this.identity !== identity) throw new ChatError('closed', 'The page has said somebody else meanwhile.');
  }

  /** In turn: asks for a session, with what is to be said about the visitor. */
  async #ask(request: SessionRequest, about: Partial<SessionRecord>): Promise<SessionRecord> {
    const { current } = this.#held;
    const { data = current?.data, ...news } = await this.#dataFor(current);
    const { subject, own, was } = about;
    return this.#held.ask('/sessions', { ...request, ...news }, { subject, own, was, data });
  }

  /** What the server does not know yet, and its fingerprint. */
  async #dataFor(record: SessionRecord | undefined): Promise<SessionRequest & { data?: string }> {
    if (!this.#data.visitor) return {};
    const data = await fingerprint(this.#options.inbox, JSON.stringify(this.#data));
    return data === record?.data ? {} : { ...this.#data, data };
  }
}
