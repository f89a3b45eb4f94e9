/** A message's way out: pending in the state, kept in the outbox, echoed or refused. */
import { ChatError } from './chat-error.ts';
import {
  applyForgotten,
  applyPending,
  applySettled,
  findPending,
  type ChatState,
  type PendingMessage,
} from './chat-state.ts';
import { spread, type Clock } from './clock.ts';
import type { DeviceStorage } from './device-storage.ts';
import type { KeptHint } from './kept-hint.ts';
import type { Observable } from './observable.ts';
import { Outbox } from './outbox.ts';
import type { ErrorFrame, MessageEntry, NoteEntry, SendFrame } from './protocol.ts';

/** After this a message is tried again that the server refused for now without saying how long, ms. */
const POSTPONE_MS = 3_000;
/** A wait that is worth a word: since the message was written, ms. */
const NOTICEABLE_MS = 4_000;
/** Nobody waits longer than this without being asked: the message has failed, and a person decides, ms. */
const LONGEST_WAIT_MS = 60_000;

/** How a `MessageSender` is made. */
export interface MessageSenderOptions {
  readonly state: Observable<ChatState>;
  readonly storage: DeviceStorage;
  /** Prefix of all keys on this device. */
  readonly scope: string;
  /** Visitors: wakes the next page for what is unsent. */
  readonly hint?: KeptHint;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Sends if there is a connection; false: nothing was sent. */
  readonly transmit: (frame: SendFrame) => boolean;
  /** Connects now, where that is wanted and there is no connection. */
  readonly wake: () => void;
  /** The server refused a message, and whoever has sent it may not be listening. */
  readonly onError: (error: ChatError) => void;
}

/** Whoever waits for what becomes of a message. */
export interface Waiting {
  resolve(entry: MessageEntry | NoteEntry): void;
  reject(error: ChatError): void;
}

/** Sends messages, and knows what became of them. */
export class MessageSender {
  readonly #options: MessageSenderOptions;
  readonly #waiting = new Map<string, Waiting>();
  readonly outbox: Outbox;

  constructor(options: MessageSenderOptions) {
    const { state } = options;
    this.#options = options;
    this.outbox = new Outbox({
      ...options,
      onFound: (message) => state.update(applyPending, message),
      onGone: ({ conversationId, clientId }) => state.update(applySettled, conversationId, clientId),
    });
    options.signal.addEventListener('abort', () => this.rejectAll(), { once: true });
  }

  /** Sends a message that is pending in the state. */
  take(message: PendingMessage, waiting: Waiting): void {
    this.#waiting.set(message.clientId, waiting);
    this.#enqueue(message);
  }

  /** Sends a failed message again, and with it the others of its conversation that have failed: in the order in which they were written. */
  retry(clientId: string): void {
    const { value } = this.#options.state;
    const message = findPending(value, clientId);
    if (message?.status !== 'failed') return;
    for (const each of value.threads[message.conversationId].pending) {
      if (each.status === 'failed') this.#enqueue({ ...each, status: 'pending', error: undefined, until: undefined });
    }
  }

  /** Forgets an unsent message. */
  discard(clientId: string): void {
    const message = findPending(this.#options.state.value, clientId);
    if (!message) return;
    this.outbox.settle(clientId);
    this.#options.state.update(applySettled, message.conversationId, clientId);
    this.#settle(clientId)?.reject(new ChatError('closed', 'Discarded.'));
  }

  /** The server has stored it. The state drops it from the pending ones when the entry takes its place. */
  stored(entry: MessageEntry | NoteEntry): void {
    this.outbox.settle(entry.clientId);
    this.#settle(entry.clientId)?.resolve(entry);
  }

  /** The server refused it: for now, or for so long that a person decides, or for good. */
  refused({ clientId = '', code, message, field, retryAfterMs }: Omit<ErrorFrame, 'type'>): void {
    const { state, clock, onError } = this.#options;
    const isForNow = code === 'rate_limited' || code === 'unavailable';
    const ms = retryAfterMs ?? (isForNow ? spread(POSTPONE_MS) : undefined);
    const until = ms && clock.now() + ms;
    const pending = findPending(state.value, clientId);
    if (code === 'not_found' && pending?.start && this.#elsewhere(pending)) return;
    if (isForNow && ms! <= LONGEST_WAIT_MS) {
      this.outbox.postpone(clientId, ms!);
      if (pending && until! - pending.at > NOTICEABLE_MS) {
        state.update(applyPending, { ...pending, error: { code, message }, until });
      }
      return;
    }
    const error = new ChatError(code, message, { field, retryAfterMs });
    // What is shown no more, because its conversation is gone, has nobody who could decide.
    if (pending) this.#fail(pending, error, until);
    else this.outbox.settle(clientId);
    this.#settle(clientId)?.reject(error);
    onError(error);
  }

  /** The server will not have this person here: what is pending is refused with the connection. */
  refusedAll(error: ChatError): void {
    for (const { pending } of Object.values(this.#options.state.value.threads)) {
      for (const message of pending) {
        if (message.status !== 'pending') continue;
        this.#fail(message, error);
        this.#settle(message.clientId)?.reject(error);
      }
    }
  }

  /** Conversations may be no more, and what was answered in them: each begins anew with what is unsent in it. */
  startAnew(): void {
    for (const { pending } of Object.values(this.#options.state.value.threads)) {
      for (const message of pending) {
        const first = { ...message, start: true, replyTo: undefined };
        if (message.status === 'pending') this.#enqueue(first);
        else this.#options.state.update(applyPending, first);
      }
    }
  }

  /** Nobody will hear what becomes of these. */
  rejectAll(): void {
    for (const clientId of [...this.#waiting.keys()]) {
      this.#settle(clientId)?.reject(new ChatError('closed', 'The session ended.'));
    }
  }

  /**
   * The conversation that it was to begin is of whom the server does not know this visitor to be any more. Begins another
   * one, the same in all tabs. Returns false where it is that one already.
   */
  #elsewhere(message: PendingMessage): boolean {
    const { state } = this.#options;
    const { conversationId: from, clientId } = message;
    const conversationId = from.slice(0, 24) + state.value.contact?.id.slice(24);
    if (conversationId === from) return false;
    this.#enqueue({ ...message, conversationId, replyTo: undefined });
    state.update(applySettled, from, clientId);
    if (!state.value.threads[from].pending.length) state.update(applyForgotten, from);
    return true;
  }

  #fail(message: PendingMessage, error: ChatError, until?: number): void {
    const { code, message: why } = error;
    const failed: PendingMessage = { ...message, status: 'failed', error: { code, message: why }, until };
    this.outbox.fail(failed);
    this.#options.state.update(applyPending, failed);
  }

  #enqueue(message: PendingMessage): void {
    this.#options.state.update(applyPending, message);
    void this.outbox.add(message);
  }

  #settle(clientId: string): Waiting | undefined {
    const waiting = this.#waiting.get(clientId);
    this.#waiting.delete(clientId);
    return waiting;
  }
}
