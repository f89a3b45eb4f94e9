/** Which stored messages are news: each is told once, in order, and never history. */
import type { Conversation, Entry, MessageEntry } from './protocol.ts';

/** Up to where each conversation's main log was told, or is history. */
export class MessageNews {
  readonly #onMessage: (message: MessageEntry) => void;
  readonly #told = new Map<string, number>();
  /** Since when there is news, server's clock. */
  #since = Infinity;

  constructor(onMessage: (message: MessageEntry) => void) {
    this.#onMessage = onMessage;
  }

  /** The first `welcome` came: what is stored from now on is news. */
  get begun(): boolean {
    return this.#since !== Infinity;
  }

  /** @param now server's clock, ms */
  begin(now: number): void {
    if (!this.begun) this.#since = now;
  }

  /** Highest seq that needs not be told any more. */
  reach(conversationId: string): number {
    return this.#told.get(conversationId) ?? 0;
  }

  /** What a conversation holds up to `seq` is history, unless it is known to be news. */
  passOver(conversationId: string, seq: number): void {
    if (!this.#told.has(conversationId)) this.#told.set(conversationId, seq);
  }

  /** A conversation is heard of: what was said in it before there was news is history. */
  meet({ id, createdAt, lastSeq, lastMessage }: Conversation): void {
    const isSaidSince = (lastMessage?.at ?? -Infinity) >= this.#since;
    if (createdAt >= this.#since) this.passOver(id, 0);
    else this.passOver(id, isSaidSince ? lastMessage!.seq - 1 : lastSeq);
  }

  /** What is missing up to `seq` will never be told. */
  giveUp(conversationId: string, seq: number): void {
    if (seq > this.reach(conversationId)) this.#told.set(conversationId, seq);
  }

  /** Told only if it is the next one: what lies behind a gap has to wait. */
  tell(entry: Entry): void {
    if (entry.seq !== this.reach(entry.conversationId) + 1) return;
    this.#told.set(entry.conversationId, entry.seq);
    if (entry.type === 'message') this.#onMessage(entry);
  }

  /** As before the first `welcome`. */
  clear(): void {
    this.#told.clear();
    this.#since = Infinity;
  }
}
