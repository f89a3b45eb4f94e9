/** What visitors' and agents' clients have in common: conversations and their threads, kept in step with the server. */
import { ChatError } from './chat-error.ts';
import {
  applyFields,
  applyForgotten,
  applyLoading,
  applySettled,
  findConversation,
  type ChatState,
} from './chat-state.ts';
import { applyConversation, applyEntry, applyPage, applyRenewed, areNews, isBehind } from './log-state.ts';
import type { ConversationLogOptions } from './conversation-log-options.ts';
import { ConversationReader, type AnyConversation, type Query } from './conversation-reader.ts';
import { MessageNews } from './message-news.ts';
import type { Observable } from './observable.ts';
import {
  LIMITS,
  type ConversationPage,
  type Entry,
  type EntryFrame,
  type EntryPage,
  type HelloFrame,
  type AssignedEntry,
  type NoteEntry,
  type ServerFrame,
  type WelcomeFrame,
} from './protocol.ts';
import { ReadMarks } from './read-marks.ts';
import { lastSeqOf, PAGE_SIZE } from './thread-growth.ts';
import { TypingSigns } from './typing-signs.ts';

/** Threads kept live at a time; the one opened longest ago is let go. */
const OPEN_THREADS = 10;
/** Who missed more than this starts again from the newest page. */
const CATCH_UP_LIMIT = 200;
/** After this a failed catching up is tried again, ms. */
const AGAIN_MS = 3_000;
/** Most conversations named in a `hello`, so that it stays well below `LIMITS.frameBytes`. */
const SINCE_LIMIT = 1_000;
/** Most conversations that a `welcome` names: with fewer, nothing else has moved. */
const WELCOME_LIMIT = 50;

/** Applies what the server says, and asks for what is missing. */
export class ConversationLog {
  readonly #options: ConversationLogOptions;
  readonly #state: Observable<ChatState>;
  /** Where the conversations held end; undefined when there are no more. */
  cursor?: string;
  readonly typing: TypingSigns;
  readonly reads: ReadMarks;
  readonly #reader: ConversationReader;
  readonly #news: MessageNews;
  /** Conversations that were opened, longest ago first. */
  readonly #opened = new Set<string>();
  /** How far each main log is known to reach. */
  readonly #reach = new Map<string, number>();
  readonly #catching = new Set<string>();

  constructor(options: ConversationLogOptions) {
    this.#options = options;
    this.#state = options.state;
    this.#reader = new ConversationReader(options);
    this.typing = new TypingSigns(options);
    this.reads = new ReadMarks(options);
    this.#news = new MessageNews(options.onMessage);
    options.signal.addEventListener('abort', () => this.clear(), { once: true });
  }

  /** What `hello` says of the main logs that are held, newest activity first. */
  get held(): Pick<HelloFrame, 'since' | 'epoch'> {
    const { conversations, epoch } = this.#state.value;
    const held = conversations.slice(0, SINCE_LIMIT);
    return { since: Object.fromEntries(held.map(({ id, lastSeq }) => [id, lastSeq])), epoch };
  }

  /** Forgets what belongs to the state that is about to be emptied. */
  clear(): void {
    this.#reader.renew();
    this.cursor = undefined;
    for (const each of [this.#opened, this.#reach, this.#catching, this.#news, this.typing, this.reads]) each.clear();
  }

  receive(frame: ServerFrame): void {
    if (frame.type === 'entry') this.#onEntry(frame);
    else if (frame.type === 'conversation') this.#onConversations([frame.conversation]);
    else if (frame.type === 'read') {
      // Should this fail, the next change or reconnect brings the number.
      if (!this.reads.receive(frame)) this.loadConversation(frame.conversationId).catch(() => {});
    } else if (frame.type === 'typing') this.typing.receive(frame);
    else if (frame.type === 'welcome') this.#onWelcome(frame);
    else if (frame.type === 'error') {
      if (frame.clientId) this.#options.sender.refused(frame);
      else this.#options.onError(new ChatError(frame.code, frame.message, { retryAfterMs: frame.retryAfterMs }));
    }
  }

  /** See `ThreadClient.open`. */
  async open(id: string): Promise<void> {
    const { value } = this.#state;
    const thread = value.threads[id];
    const known = findConversation(value, id);
    const again = this.#opened.delete(id);
    this.#opened.add(id);
    if (again && thread && !thread.hasNewer && (thread.entries.length || thread.loading)) return;
    // Begun here, and nobody else knows it yet.
    if (!known && (again || thread?.pending.some(({ start }) => start))) return;
    this.#letGo();
    const { signal } = this.#reader;
    this.#state.update(applyLoading, id, true);
    try {
      if (!known) await this.loadConversation(id);
      await this.#loadPage(id, 'newest');
    } catch (error) {
      this.#opened.delete(id);
      if (signal.aborted) throw error;
      const keep = known ?? this.#state.value.threads[id].pending.length;
      this.#state.update((state) => (keep ? applyLoading(state, id, false) : applyForgotten(state, id)));
      throw error;
    }
  }

  /** A conversation that nobody else knows yet. */
  start(id: string): void {
    this.#opened.add(id);
    this.#news.passOver(id, 0);
    this.#state.update(applyLoading, id, false);
  }

  /** See `ThreadClient.loadOlder`. */
  async loadOlder(id: string): Promise<void> {
    const thread = this.#state.value.threads[id];
    if (thread?.hasOlder && !thread.loading) await this.#loadPage(id, 'older', { before: thread.entries[0]?.seq });
  }

  /** See `ThreadClient.loadNewer`. */
  async loadNewer(id: string): Promise<void> {
    const thread = this.#state.value.threads[id];
    if (thread?.hasNewer && !thread.loading) await this.#loadPage(id, 'newer', { after: lastSeqOf(thread) });
  }

  /**
   * Loads a page of conversations.
   *
   * @param history what was said in them is old news
   */
  async loadConversations(query: Query, history = true): Promise<ConversationPage<AnyConversation>> {
    const page = await this.#reader.conversations(query);
    this.#onConversations(page.conversations, history);
    return page;
  }

  /**
   * Loads one conversation, by id or number.
   *
   * @param history what was said in it is old news
   */
  async loadConversation(idOrNumber: string, history = true): Promise<AnyConversation> {
    const conversation = await this.#reader.conversation(idOrNumber);
    this.#onConversations([conversation], history);
    return findConversation(this.#state.value, conversation.id)!;
  }

  #onWelcome({ now, epoch, conversations, cursor }: WelcomeFrame): void {
    const open = this.#begin(epoch);
    const held = this.#state.value;
    this.cursor ??= cursor;
    const isFirst = !this.#news.begun;
    this.#news.begin(now);
    this.#onConversations(conversations, isFirst);
    this.reads.resend();
    if (cursor && conversations.length === WELCOME_LIMIT && areNews(held, conversations)) {
      void this.#catchUpBeyond(cursor, held);
    }
    for (const id of open) void this.#openAgain(id);
  }

  /** The server knows nothing any more of whoever sits there. */
  renew(): void {
    for (const id of this.#begin(undefined, true)) void this.#openAgain(id);
  }

  /** In another epoch than before nothing that is held fits any more. Returns what was open, to be opened again. */
  #begin(epoch = this.#state.value.epoch, isOther = (this.#state.value.epoch ?? epoch) !== epoch): readonly string[] {
    const { side, sender } = this.#options;
    const open = isOther ? [...this.#opened] : [];
    this.#state.update(applyFields, { epoch });
    if (!isOther) return open;
    this.clear();
    this.#state.update(applyRenewed);
    if (side === 'contact') sender.startAnew();
    return open;
  }

  async #openAgain(id: string): Promise<void> {
    const { signal } = this.#reader;
    try {
      await this.open(id);
    } catch (error) {
      this.#later(error, signal, () => void this.#openAgain(id));
    }
  }

  /** What failed for now is tried again, for whoever sits there now. */
  #later(error: unknown, signal: AbortSignal, again: () => void): void {
    if (signal.aborted || !(error as ChatError).temporary) return;
    signal.addEventListener('abort', this.#options.clock.after(AGAIN_MS, again), { once: true });
  }

  /** Follows a `welcome` that could not name all that moved, up to a page with something that did not. */
  async #catchUpBeyond(cursor: string, held: ChatState): Promise<void> {
    const { signal } = this.#reader;
    try {
      for (let before: string | undefined = cursor; before;) {
        const page: ConversationPage<AnyConversation> = await this.loadConversations({ before }, false);
        before = areNews(held, page.conversations) ? page.cursor : undefined;
      }
    } catch (error) {
      if (!signal.aborted) this.#options.onError(error as ChatError);
    }
  }

  #onConversations(conversations: readonly AnyConversation[], history = false): void {
    const { side } = this.#options;
    for (const conversation of conversations) {
      const { id, lastSeq } = conversation;
      this.#state.update(applyConversation, side, conversation);
      if (history) this.#news.passOver(id, lastSeq);
      else this.#news.meet(conversation);
      this.#reached(id, lastSeq);
    }
  }

  #onEntry({ log, entry }: EntryFrame): void {
    const { side, sender, onNote } = this.#options;
    if ('clientId' in entry) sender.stored(entry);
    if (log === 'notes') return onNote?.(entry as NoteEntry | AssignedEntry);
    const { conversationId: id, seq } = entry;
    this.#state.update(applyEntry, side, entry);
    this.#news.passOver(id, seq - 1);
    if (!isBehind(this.#state.value, id, seq)) this.#news.tell(entry);
    this.#reached(id, seq);
  }

  /** A main log is known to reach `seq`. */
  #reached(id: string, seq: number): void {
    const reach = Math.max(seq, this.#reach.get(id) ?? 0);
    this.#reach.set(id, reach);
    const isQuiet = this.#news.reach(id) >= reach && !isBehind(this.#state.value, id, reach);
    if (this.#opened.has(id) || !isQuiet) void this.#catchUp(id);
  }

  /** Asks for what this state follows and does not have, and for what has not been told. */
  async #catchUp(id: string): Promise<void> {
    const { signal } = this.#reader;
    if (this.#catching.has(id)) return;
    this.#catching.add(id);
    try {
      for (let before = ''; before !== this.#held(id) && !signal.aborted;) {
        before = this.#held(id);
        const thread = this.#state.value.threads[id];
        const reach = this.#reach.get(id) ?? 0;
        const missing = reach - lastSeqOf(thread);
        const follows = this.#opened.has(id) && thread && !thread.hasNewer && !thread.loading;
        if (follows && missing > CATCH_UP_LIMIT) await this.#loadPage(id, 'newest');
        else if (follows && missing > 0) await this.#loadMissed(id, lastSeqOf(thread));
        else if (isBehind(this.#state.value, id, reach) && !thread?.loading) await this.loadConversation(id, false);
        else if (this.#news.reach(id) < reach) await this.#tellMissed(id, reach);
      }
    } catch (error) {
      this.#later(error, signal, () => void this.#catchUp(id));
    } finally {
      if (!signal.aborted) this.#catching.delete(id);
    }
  }

  /** How far this state has got: an answer that brings nothing new is not asked for again. */
  #held(id: string): string {
    const { value } = this.#state;
    return `${lastSeqOf(value.threads[id])} ${findConversation(value, id)?.lastSeq} ${this.#news.reach(id)}`;
  }

  /** Tells what came to a log while nobody listened: at most a page, the newest. */
  async #tellMissed(id: string, reach: number): Promise<void> {
    const { lastSeq = 0, lastMessage = null } = findConversation(this.#state.value, id) ?? {};
    if (lastMessage) this.#take(id, [lastMessage]);
    if (this.#news.reach(id) >= (lastMessage?.seq ?? 0)) this.#news.giveUp(id, lastSeq);
    if (this.#news.reach(id) >= reach) return;
    this.#news.giveUp(id, reach - LIMITS.pageSize);
    const query = { after: this.#news.reach(id), limit: LIMITS.pageSize };
    this.#take(id, (await this.#reader.entries(id, query)).entries);
  }

  async #loadMissed(id: string, after: number): Promise<void> {
    const page = await this.#reader.entries(id, { after, limit: LIMITS.pageSize });
    // There may be more, but the thread still stands at the end of the log: the rest is asked for next.
    this.#onPage(id, 'newer', { ...page, more: false });
  }

  async #loadPage(id: string, where: 'newest' | 'older' | 'newer', query?: Query) {
    const { signal } = this.#reader;
    this.#state.update(applyLoading, id, true);
    try {
      const page = await this.#reader.entries(id, { ...query, limit: PAGE_SIZE });
      if (where === 'newest') this.#news.passOver(id, page.entries.at(-1)?.seq ?? 0);
      this.#onPage(id, where, page);
    } finally {
      if (!signal.aborted) this.#state.update(applyLoading, id, false);
    }
    // What came meanwhile found no place in a window that was being made.
    void this.#catchUp(id);
  }

  #onPage(id: string, where: 'newest' | 'older' | 'newer', page: EntryPage): void {
    this.#state.update(applyPage, this.#options.side, id, where, page);
    this.#take(id, page.entries);
  }

  #take(id: string, entries: readonly Entry[]): void {
    const { sender } = this.#options;
    for (const entry of entries) {
      if ('clientId' in entry) sender.stored(entry);
      this.#news.tell(entry);
    }
    // Where no window took an entry in, or a fresh one leaves it out, nothing else takes the place of what was unsent.
    for (const { clientId } of this.#state.value.threads[id]?.pending ?? []) {
      if (!sender.has(clientId)) this.#state.update(applySettled, id, clientId);
    }
  }

  #letGo(): void {
    for (const id of this.#opened) {
      if (this.#opened.size <= OPEN_THREADS) return;
      if (this.#state.value.threads[id]?.pending.length) continue;
      this.#opened.delete(id);
      this.#state.update(applyForgotten, id);
    }
  }
}
