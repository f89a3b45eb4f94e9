/** Read cursors: the own one on its way out, everybody's on the way in. */
import { findConversation, type ChatState, type Side } from './chat-state.ts';
import { applyRead, canCount } from './log-state.ts';
import type { Observable } from './observable.ts';
import type { ReadFrame, ReadNotice } from './protocol.ts';
import { lastSeqOf } from './thread-growth.ts';

/** How `ReadMarks` are made. */
export interface ReadMarksOptions {
  readonly side: Side;
  readonly state: Observable<ChatState>;
  /** Sends if there is a connection. */
  readonly transmit: (frame: ReadFrame) => boolean;
}

/** Moves cursors up, and says so once. */
export class ReadMarks {
  readonly #options: ReadMarksOptions;
  /** Own cursors that the server has not confirmed, by conversation. */
  readonly #unconfirmed = new Map<string, number>();

  constructor(options: ReadMarksOptions) {
    this.#options = options;
  }

  /** See `ThreadClient.markRead`. */
  mark(conversationId: string): void {
    const { side, state, transmit } = this.#options;
    const thread = state.value.threads[conversationId];
    const conversation = findConversation(state.value, conversationId);
    const seq = lastSeqOf(thread);
    if (!conversation?.unread || thread?.hasNewer || seq <= conversation[`${side}ReadSeq`]) return;
    this.#unconfirmed.set(conversationId, seq);
    state.update(applyRead, side, { conversationId, by: side, seq });
    transmit({ type: 'read', conversationId, seq });
  }

  /** After a reconnect: what was said before may not have arrived. */
  resend(): void {
    for (const [conversationId, seq] of this.#unconfirmed) {
      this.#options.transmit({ type: 'read', conversationId, seq });
    }
  }

  /** Returns whether the unread count can be known from the state alone. */
  receive(notice: ReadNotice): boolean {
    const { side, state } = this.#options;
    const { conversationId, by, seq } = notice;
    const before = state.value;
    state.update(applyRead, side, notice);
    if (by !== side) return true;
    if (seq >= (this.#unconfirmed.get(conversationId) ?? Infinity)) this.#unconfirmed.delete(conversationId);
    // Another device read a part of what this one may not hold.
    return state.value === before || canCount(state.value, side, findConversation(state.value, conversationId)!);
  }

  /** Forgets everything. */
  clear(): void {
    this.#unconfirmed.clear();
  }
}
