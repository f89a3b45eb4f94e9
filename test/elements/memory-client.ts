import { amended, isAmendment } from '../../src/api/amendments.ts';
import { ChatError } from '../../src/api/chat-error.ts';
import {
  applyFields,
  applyLoading,
  applyPending,
  applySettled,
  findPending,
  initialState,
  type ChatState,
  type PendingMessage,
} from '../../src/api/chat-state.ts';
import { applyConversation, applyEntry, applyPage, applyRead, applyTyping } from '../../src/api/log-state.ts';
import { moveWindow } from '../../src/api/page-around.ts';
import type { Author, Conversation, Entry, MessageEntry } from '../../src/api/protocol.ts';
import type { SendOptions, ThreadClient } from '../../src/api/thread-client.ts';

export const ada: Author = { kind: 'agent', id: '0190a000-0000-7000-8000-0000000000a1', name: 'Ada Lovelace' };
export const visitor: Author = { kind: 'contact', id: '0190a000-0000-7000-8000-0000000000c1', name: 'Grace' };

const PAGE = 50;

/**
 * A client whose server is an array: the real state and its real transitions, without a network. Time and what the
 * other side does are the test's to say.
 */
export class MemoryClient implements ThreadClient {
  state: ChatState = applyFields(initialState, {
    booted: true,
    connection: 'open',
    contact: { id: visitor.id, number: 1, name: visitor.name, email: null, verification: 'anonymous' },
  });
  /** What a test may want to count. */
  readonly calls = {
    sent: [] as (SendOptions | undefined)[],
    open: 0,
    loadOlder: 0,
    loadNewer: 0,
    markRead: 0,
    typing: [] as boolean[],
  };
  /** The next load fails with this. */
  failNext: ChatError | undefined;
  /** So does the next edit, deletion or reaction. */
  refuseNext: ChatError | undefined;
  /** Loads wait for `release()`. */
  held = false;

  /** There is no server for files. */
  readonly parts = {
    server: '',
    path: '',
    http: { request: () => Promise.reject(new ChatError('offline', 'There is no server.')) },
  };
  readonly conversationId: string;
  readonly log: Entry[] = [];
  readonly #listeners = new Set<() => void>();
  #waiting: (() => void)[] = [];
  #now = new Date(2026, 10, 20, 9, 0).getTime();

  constructor(conversationId = '0190b000-0000-7000-8000-000000000001') {
    this.conversationId = conversationId;
  }

  get listeners(): number {
    return this.#listeners.size;
  }

  token(): undefined {
    return undefined;
  }

  /** It is now, not some morning. */
  startNow(): this {
    this.#now = Date.now();
    return this;
  }

  /** Lets time pass. */
  wait(minutes: number): this {
    this.#now += minutes * 60_000;
    return this;
  }

  /** Somebody says something: it is stored, and arrives where the thread is open. */
  says(
    author: Author,
    text: string,
    clientId = `client-${this.log.length + 1}`,
    more: Partial<MessageEntry> = {},
  ): MessageEntry {
    const seq = this.log.length + 1;
    const { conversationId } = this;
    const entry: MessageEntry = {
      type: 'message',
      id: `message-${seq}`,
      clientId,
      conversationId,
      seq,
      at: this.#now,
      author,
      text,
      ...more,
    };
    this.#store(entry);
    return entry;
  }

  happens(type: 'joined' | 'left' | 'resolved' | 'reopened', author: Author): void {
    this.#store({ type, conversationId: this.conversationId, seq: this.log.length + 1, at: this.#now, author });
  }

  /** An entry of any other type. */
  adds(entry: Pick<Entry, 'type' | 'author'> & Record<string, unknown>): void {
    this.#store({ conversationId: this.conversationId, seq: this.log.length + 1, at: this.#now, ...entry } as Entry);
  }

  types(author: Author, typing: boolean): void {
    this.set((state) => applyTyping(state, { conversationId: this.conversationId, author, typing }));
  }

  /** The other side has read up to `seq`. */
  reads(by: 'contact' | 'agent', seq: number): void {
    this.set((state) => applyRead(state, 'contact', { conversationId: this.conversationId, by, seq }));
  }

  /** The server has stored what was pending. */
  echo(clientId: string): void {
    const pending = findPending(this.state, clientId);
    if (!pending) return;
    const { replyTo, answer } = pending;
    this.says(visitor, pending.text, clientId, { replyTo, answer });
  }

  /** The server has refused what was pending. */
  refuse(clientId: string, why: Partial<PendingMessage> = {}): void {
    this.#amend(clientId, { status: 'failed', ...why });
  }

  /** The server takes what is pending at `until`, and not before. */
  postpone(clientId: string, until: number, error?: PendingMessage['error']): void {
    this.#amend(clientId, { until, error });
  }

  set(change: (state: ChatState) => ChatState): void {
    const before = this.state;
    this.state = change(before);
    if (before !== this.state) for (const listener of this.#listeners) listener();
  }

  /** Ends the waiting of held loads. */
  release(): void {
    this.held = false;
    for (const go of this.#waiting.splice(0)) go();
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async open(id: string): Promise<void> {
    this.calls.open++;
    await this.#load(id, 'newest', () => this.log.slice(-PAGE));
  }

  async loadOlder(id: string): Promise<void> {
    this.calls.loadOlder++;
    const first = this.state.threads[id]?.entries[0]?.seq ?? 1;
    await this.#load(id, 'older', () => this.log.slice(Math.max(0, first - 1 - PAGE), first - 1));
  }

  async loadNewer(id: string): Promise<void> {
    this.calls.loadNewer++;
    const last = this.state.threads[id]?.entries.at(-1)?.seq ?? 0;
    await this.#load(id, 'newer', () => this.log.slice(last, last + PAGE));
  }

  async loadAround(id: string, messageId: string): Promise<void> {
    await this.#answer();
    const at = this.log.findIndex((entry) => entry.type === 'message' && entry.id === messageId);
    if (at < 0) throw new ChatError('not_found', 'There is no such message.');
    const first = Math.max(0, at - PAGE / 2);
    this.set((state) => moveWindow(state, id, { entries: this.log.slice(first, first + PAGE), more: first > 0 }));
  }

  send(conversationId: string, text: string, options?: SendOptions): Promise<MessageEntry> {
    this.calls.sent.push(options);
    const clientId = `pending-${this.log.length + 1}-${Object.keys(this.state.threads).length}-${text}`;
    const message: PendingMessage = { ...options, conversationId, clientId, text, at: this.#now, status: 'pending' };
    this.set((state) => applyPending(state, message));
    return new Promise(() => {});
  }

  async edit(_id: string, messageId: string, text: string): Promise<void> {
    await this.#answer();
    this.adds({ type: 'edited', author: visitor, messageId, text });
  }

  async remove(_id: string, messageId: string): Promise<void> {
    await this.#answer();
    this.adds({ type: 'deleted', author: visitor, messageId });
  }

  async react(_id: string, messageId: string, emoji: string, on: boolean): Promise<void> {
    await this.#answer();
    this.adds({ type: 'reacted', author: visitor, messageId, emoji, on });
  }

  retry(clientId: string): void {
    const pending = findPending(this.state, clientId);
    if (pending) this.set((state) => applyPending(state, { ...pending, status: 'pending' }));
  }

  discard(clientId: string): void {
    this.set((state) => applySettled(state, this.conversationId, clientId));
  }

  setTyping(_id: string, typing: boolean): void {
    this.calls.typing.push(typing);
  }

  markRead(): void {
    this.calls.markRead++;
  }

  async #answer(): Promise<void> {
    await Promise.resolve();
    const refusal = this.refuseNext;
    this.refuseNext = undefined;
    if (refusal) throw refusal;
  }

  #amend(clientId: string, fields: Partial<PendingMessage>): void {
    const pending = findPending(this.state, clientId);
    if (pending) this.set((state) => applyPending(state, { ...pending, ...fields }));
  }

  #store(entry: Entry): void {
    if (isAmendment(entry)) this.log.splice(0, Infinity, ...this.log.map((each) => amended(each, entry)));
    this.log.push(entry);
    const { conversationId: id } = this;
    const known = this.state.conversations.find((conversation) => conversation.id === id);
    this.set((state) =>
      applyEntry(known ? state : applyConversation(state, 'contact', this.#conversation()), 'contact', entry),
    );
  }

  async #load(id: string, where: 'newest' | 'older' | 'newer', read: () => Entry[]): Promise<void> {
    this.set((state) => applyLoading(state, id, true));
    if (this.held) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else await Promise.resolve();
    const failure = this.failNext;
    this.failNext = undefined;
    this.set((state) => applyLoading(state, id, false));
    if (failure) throw failure;
    const entries = read();
    const more = where === 'newer' ? (entries.at(-1)?.seq ?? Infinity) < this.log.length : (entries[0]?.seq ?? 1) > 1;
    this.set((state) => applyPage(state, 'contact', id, where, { entries, more }));
  }

  #conversation(): Conversation {
    return {
      id: this.conversationId,
      number: 1,
      inboxId: 'demo',
      state: 'open',
      createdAt: this.#now,
      updatedAt: this.#now,
      lastSeq: this.log.length - 1,
      lastMessage: null,
      contactReadSeq: 0,
      agentReadSeq: 0,
      unread: 0,
      agents: [],
    };
  }
}
