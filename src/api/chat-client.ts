/** The visitor's client: everything a chat needs, without a screen. */
import type { ChatClientEvents, ChatClientOptions } from './chat-client-options.ts';
import { ChatError, isDisbelief } from './chat-error.ts';
import { applyFields, applyLoading, applyNobody, findConversation } from './chat-state.ts';
import type { ConversationLog } from './conversation-log.ts';
import { isNamed, type Identity, type TokenProvider, type VisitorDescription } from './identity.ts';
import { InboxSettings } from './inbox-settings.ts';
import { Listeners } from './listeners.ts';
import { LiveClient, notLoaded } from './live-client.ts';
import {
  PROTOCOL_VERSION,
  type Contact,
  type Conversation,
  type ErrorCode,
  type HelloFrame,
  type MessageEntry,
  type ServerFrame,
} from './protocol.ts';
import {
  isExpired,
  isSame,
  keyOfSlot,
  ownerOf,
  type Change,
  type Persist,
  type SessionRecord,
} from './session-record.ts';
import type { Session, SessionHolder, SessionWork } from './session.ts';
import { TabChannel, type TabMessage } from './tabs.ts';
import type { SendOptions } from './thread-client.ts';
import { uuid } from './uuid.ts';

export type { ChatClientEvents, ChatClientOptions } from './chat-client-options.ts';
export type { Identity, TokenProvider } from './identity.ts';

/** The visitor's side of a chat. */
export class ChatClient extends LiveClient implements SessionHolder {
  /** Asked once for a fresh proof when the page's own is over, wrong or missing; another may be given at any time. */
  tokenProvider?: TokenProvider;
  readonly #options: ChatClientOptions;
  readonly #events = new Listeners<ChatClientEvents>();
  readonly #tabs: TabChannel<TabMessage>;
  /** Whoever opens the panel for the first time needs none yet, and whoever comes back goes on with what is kept. */
  #loading?: Promise<Session>;
  #session?: Session;
  /** Sessions that other tabs make are this one's too. */
  #wanted = false;
  #restoring?: Promise<void>;
  /** The session that state and outbox are of. */
  #shown?: SessionRecord;
  /** The token that the socket said hello with. */
  #token?: string;
  /** What the settings were refused with. Of a socket that is refused for it, a browser says nothing. */
  #refusal?: ChatError;
  readonly #inbox: InboxSettings;
  /** Conversations begun here that have no message yet. */
  readonly #fresh = new Set<string>();

  constructor(options: ChatClientOptions) {
    const { inbox, persist } = options;
    const path = `/v1/widget/${encodeURIComponent(inbox)}`;
    super({ ...options, side: 'contact', credentials: 'omit', path, socketPath: `${path}/socket` });
    this.#options = options;
    this.tokenProvider = options.tokenProvider;
    const { scope, storage, signal } = this.parts;
    storage.offDisk = persist === 'none';
    this.#tabs = new TabChannel(scope, (message) => void this.#onTab(message).catch(() => {}));
    signal.addEventListener('abort', () => this.#tabs.close(), { once: true });
    this.#inbox = new InboxSettings({
      ...this.parts,
      settingsFor: options.settingsFor,
      isIdle: () => this.connection.status === 'idle' && this.state.connection !== 'closed',
      show: (connection, why) => this.show(connection, why),
      onMiss: (error) => void this.fail(error),
      onRefused: (reason) => {
        this.#refusal = reason;
        this.connection.stop();
        this.#refuse(reason);
      },
    });
  }

  /** Listens for one kind of event. Returns how to stop. */
  on<K extends keyof ChatClientEvents>(type: K, listener: (detail: ChatClientEvents[K]) => void): () => void {
    return this.#events.on(type, listener);
  }

  /**
   * Reads the kept session, compares it with `identity` (clearing what is somebody else's), loads the settings, and
   * connects when there is a session to resume or something unsent. `state.booted` is set as soon as it is known whose
   * state this is. Never rejects: what fails is an `error` event, and the visitor goes on as far as possible.
   */
  async boot(identity?: Identity): Promise<void> {
    const { session = 'lazy', handover } = this.#options;
    const settings = this.#inbox.load();
    let wanted = session === 'auto';
    try {
      if (identity) await (await this.#want()).identify(identity);
      if (session !== 'manual' && !(identity && isNamed(identity))) await (this.#restoring = this.#restore());
      if (handover) await import('./handover.ts').then(({ takeOver }) => takeOver(this, handover));
    } catch (error) {
      wanted = this.fail(error as ChatError) || wanted;
    }
    await this.#setOwner('same');
    this.parts.state.update(applyFields, { booted: true });
    if (wanted || !this.sender.empty) this.connection.start();
    await settings;
  }

  /** The page says something else of looks: see `settingsFor`. */
  resettle(): void {
    this.#inbox.resettle();
  }

  /** Without a socket, which would tell: asks again what the inbox looks like and whether somebody is there. Never rejects. */
  async refresh(): Promise<void> {
    await this.#inbox.refresh();
  }

  /** While somebody looks at the chat, `refresh` from time to time. Returns how to stop. */
  watch(): () => void {
    return this.#inbox.watch();
  }

  override reconnect(): void {
    super.reconnect();
    void this.refresh();
  }

  override close(): void {
    this.#inbox.end();
    super.close();
  }

  /** The session now: the kept one, else a new anonymous one. With `session: 'manual'` nothing is resumed before. Rejects with ChatError. */
  async startSession(): Promise<Contact> {
    return (await (await this.#want()).ensure()).contact;
  }

  /** A fresh conversation id. Nothing exists until the first `send` to it. */
  startConversation(): string {
    const id = uuid();
    this.#fresh.add(id);
    this.parts.state.update(applyLoading, id, false);
    this.log?.start(id);
    return id;
  }

  /**
   * Says who the visitor is, or something about whoever it is. No request when the kept session already is theirs and
   * proven. A proof that is missing, wrong or too old is asked of `tokenProvider`; without a valid one this rejects with
   * `invalid_proof` or `proof_expired`, and the visitor goes on with the e-mail as a claim, or anonymously. Rejects with
   * ChatError; one that is `temporary` is tried again with the next connection. Resolves with the contact; null while
   * there is no session, which a mere description does not make.
   */
  identify(identity: Exclude<Identity, VisitorDescription>): Promise<Contact>;
  identify(identity: Identity): Promise<Contact | null>;
  async identify(identity: Identity): Promise<Contact | null> {
    try {
      return (await (await this.#want()).identify(identity))?.contact ?? null;
    } catch (error) {
      if (this.fail(error as ChatError)) this.connection.start();
      throw error;
    }
  }

  /** Runs `work` on the session, made if there is none, while nothing else changes it. For code that comes later. @internal */
  async withSession<T>(work: SessionWork<T>, isNeeded?: boolean): Promise<T> {
    return (await this.#want()).with(work, isNeeded);
  }

  /**
   * Ends the session on the server, here and in the other tabs: screen, storage and unread are empty before it resolves.
   * Rejects with ChatError when the server could not be told; here everything is cleared all the same.
   */
  async logout(): Promise<void> {
    this.#empty(true);
    await this.sender.clear();
    await (await this.#load()).end();
  }

  /** From now on this device keeps so much: what it has beyond that is deleted, and the chat goes on in memory. */
  async setPersist(persist: Persist): Promise<void> {
    await (await this.#load()).setPersist(persist);
  }

  /** Loads older conversations into `state.conversations`. Resolves with whether there are more. Rejects with ChatError. */
  async loadConversations(): Promise<boolean> {
    const log = await this.loadLog();
    if (log.cursor) log.cursor = (await log.loadConversations({ before: log.cursor })).cursor;
    return log.cursor !== undefined;
  }

  /** Loads one of the visitor's conversations, by id or number. Somebody else's is `not_found`. Rejects with ChatError. */
  async loadConversation(idOrNumber: string): Promise<Conversation> {
    return (await this.loadLog()).loadConversation(idOrNumber);
  }

  override async send(conversationId: string, text: string, options?: SendOptions): Promise<MessageEntry> {
    const { connection, closeReason, threads } = this.state;
    // Without a reason it is not for good: the session has just been replaced, and its successor connects next.
    if (connection === 'closed' && closeReason) {
      throw new ChatError(closeReason, 'This visitor is refused.');
    }
    const thread = threads[conversationId];
    const begun = this.#fresh.has(conversationId) || thread?.pending.some(({ start }) => start);
    const start = (begun && !findConversation(this.state, conversationId)) || undefined;
    const pageUrl = this.#options.pageUrl ? this.#options.pageUrl() : globalThis.location?.href;
    const trigger = start && this.state.invitation?.id;
    const entry = (await this.put(conversationId, text, { ...options, start, trigger, pageUrl })) as MessageEntry;
    if (this.#fresh.delete(conversationId)) {
      this.#events.emit('started', { conversationId, visitorId: entry.author.id });
    }
    return entry;
  }

  override prepare(): void {
    super.prepare();
    if (!this.#shown) this.#load().catch(() => {});
  }

  override token(): string | undefined {
    return this.#shown?.token;
  }

  protected override async hello(): Promise<HelloFrame> {
    if (this.#refusal) throw this.#refusal;
    const { token } = (!this.#session && this.#shown) || (await (await this.#want()).ensure());
    this.#token = token;
    return { type: 'hello', version: PROTOCOL_VERSION, token, ...(await this.loadLog()).held };
  }

  protected override onLog(log: ConversationLog): void {
    for (const id of this.#fresh) log.start(id);
  }

  protected override onMessage(message: MessageEntry): void {
    this.#events.emit('message', { message, own: message.author.kind === 'contact' });
  }

  protected override onFrame(frame: ServerFrame): void {
    if (this.#inbox.receive(frame)) return;
    if (frame.type === 'contact') {
      this.#refresh(frame.contact, true);
    } else if (frame.type === 'welcome') {
      if (frame.contact?.id !== this.#shown?.contact.id) {
        // Somebody has tampered with what is kept: not one more frame of whoever it is.
        this.connection.stop();
        void this.#recheck(true);
        return;
      }
      if (frame.contact) this.#refresh(frame.contact);
      this.log?.receive(frame);
      this.sender.resume();
      if (!this.state.settings) void this.#inbox.load();
    } else {
      this.log?.receive(frame);
    }
  }

  protected override onRefused(reason: ChatError): void {
    if (reason.code !== 'unauthorized' || !this.#token) {
      this.#refuse(reason);
      this.fail(reason);
      return;
    }
    // What is written while a session that ran out is made anew goes out with the new one.
    this.show('waiting');
    void this.#recheck();
  }

  /** Takes up a kept session: to go on with it takes no more than to read it. Rejects with ChatError. */
  async #restore(): Promise<void> {
    const { storage, scope, clock } = this.parts;
    this.#wanted = true;
    const kept = await storage.get<SessionRecord>(keyOfSlot(scope, 'anonymous'));
    if (this.#loading || this.#options.cookieDomain) await (await this.#load()).restore();
    else if (kept && !isExpired(kept, clock)) await this.#onSession(kept, 'same');
  }

  /** What the server says of the contact is kept. */
  #refresh(told: Contact, isForAll?: boolean): void {
    if (JSON.stringify(told) === JSON.stringify(this.#shown?.contact)) return;
    this.#load()
      .then((session) => session.refresh(told, isForAll))
      .catch(() => {});
  }

  async #onTab(message: TabMessage): Promise<void> {
    await this.#restoring?.catch(() => {});
    if (message.type === 'in' ? this.#wanted : this.#shown) await (await this.#load()).hear(message);
  }

  #want(): Promise<Session> {
    this.#wanted = true;
    return this.#load();
  }

  /** Rejects with ChatError. */
  #load(): Promise<Session> {
    const { inbox, persist = 'all', cookieDomain } = this.#options;
    return (this.#loading ??= import('./session.ts').then(
      ({ Session }) =>
        (this.#session = new Session({
          ...this.parts,
          ...{ inbox, persist, cookieDomain, hint: this.parts.hint!, tabs: this.#tabs, current: this.#shown },
          tokenProvider: () => this.tokenProvider,
          onChange: (record, change) => this.#onSession(record, change),
        })),
      (error: unknown) => {
        this.#loading = undefined;
        throw notLoaded(error);
      },
    ));
  }

  async #recheck(isForeign?: boolean): Promise<void> {
    try {
      const next = await (await this.#load()).recheck(this.#token!, isForeign);
      if (next || !this.sender.empty) this.connection.start();
    } catch (error) {
      if (this.fail(error as ChatError)) this.connection.start();
      else if (!isDisbelief(error)) this.#refuse(error as ChatError);
    }
  }

  #refuse(reason: ChatError): void {
    this.show('closed', reason.code as ErrorCode);
    this.sender.refusedAll(reason);
  }

  async #onSession(record: SessionRecord | undefined, change: Change): Promise<void> {
    const before = this.#shown?.contact;
    this.#shown = record;
    if (change === 'anew') {
      this.connection.stop();
      this.log?.renew();
    } else if (change !== 'same') this.#empty(change === 'other');
    const isLapsed = change === 'lapsed' ? before?.verification === 'verified' : this.state.lapsed;
    const lapsed = isLapsed && record?.contact.verification !== 'verified';
    this.parts.state.update(applyFields, { contact: record?.contact ?? null, lapsed });
    await this.#setOwner(change);
    if (!record) return;
    if (this.#token && this.#token !== record.token) this.connection.restart();
    this.connection.start();
    const { contact } = record;
    if (contact.verification !== 'anonymous' && !isSame(before, contact)) this.#events.emit('identified', { contact });
  }

  /** What this device keeps is from now on that of the one who sits there. */
  async #setOwner(change: Change): Promise<void> {
    const owner = this.#session?.owner ?? ownerOf(this.#shown);
    await Promise.all([
      this.drafts.setOwner(owner, true),
      this.sender.setOwner(owner, change === 'same' || change === 'anew'),
    ]);
  }

  /**
   * Nothing of whom this state was of stays on the screen, on its way, or under way.
   *
   * @param isOther whoever sits there now is somebody else: what is half written is not theirs
   */
  #empty(isOther: boolean): void {
    if (isOther) void this.drafts.clear();
    this.stop();
    this.#token = undefined;
    this.#fresh.clear();
    this.parts.state.update(applyNobody, isOther);
  }

  /** Unless there is nobody to tell. */
  protected override fail(error: ChatError): boolean {
    const { code, temporary } = error;
    if (code !== 'closed') this.#events.emit('error', error);
    return temporary;
  }
}
