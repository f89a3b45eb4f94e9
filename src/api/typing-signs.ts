/** Typing, both ways: thinned out on the way out, forgotten in time on the way in. */
import { findConversation, type ChatState } from './chat-state.ts';
import { applyTyping } from './log-state.ts';
import type { Clock } from './clock.ts';
import type { Observable } from './observable.ts';
import { LIMITS, type TypingFrame, type TypingNotice } from './protocol.ts';

/** How `TypingSigns` are made. */
export interface TypingSignsOptions {
  readonly state: Observable<ChatState>;
  readonly clock: Clock;
  /** Sends if there is a connection. */
  readonly transmit: (frame: TypingFrame) => boolean;
}

/** Who is typing, and saying so. */
export class TypingSigns {
  readonly #options: TypingSignsOptions;
  /** When `typing: true` was last sent, by conversation. */
  readonly #sentAt = new Map<string, number>();
  /** What ends a sign that nothing follows, by conversation and author. */
  readonly #expiries = new Map<string, () => void>();

  constructor(options: TypingSignsOptions) {
    this.#options = options;
  }

  /** Says that we write, often enough to stay true and no oftener, or that we have stopped. */
  send(conversationId: string, typing: boolean): void {
    const { state, clock, transmit } = this.#options;
    const sentAt = this.#sentAt.get(conversationId);
    const fresh = sentAt !== undefined && Math.abs(clock.now() - sentAt) < LIMITS.typingMs / 2;
    if (typing ? fresh : sentAt === undefined) return;
    // Nobody knows the conversation before its first message.
    if (!findConversation(state.value, conversationId)) return;
    const sent = transmit({ type: 'typing', conversationId, typing });
    if (sent && typing) this.#sentAt.set(conversationId, clock.now());
    else this.#sentAt.delete(conversationId);
  }

  /** A message went out: that says by itself that its writer has stopped. */
  stopped(conversationId: string): void {
    this.#sentAt.delete(conversationId);
  }

  /** Somebody else writes, or has stopped. */
  receive(notice: Omit<TypingNotice, 'type'>): void {
    const { state, clock } = this.#options;
    const key = `${notice.conversationId} ${notice.author.id}`;
    this.#expiries.get(key)?.();
    this.#expiries.delete(key);
    state.update(applyTyping, notice);
    if (!notice.typing) return;
    const expire = () => this.receive({ ...notice, typing: false });
    this.#expiries.set(key, clock.after(LIMITS.typingMs, expire));
  }

  /** Forgets everything. */
  clear(): void {
    for (const cancel of this.#expiries.values()) cancel();
    this.#expiries.clear();
    this.#sentAt.clear();
  }
}
