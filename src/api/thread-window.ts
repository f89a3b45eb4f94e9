/** One thread: a bounded, contiguous window into a log, and what waits to be sent. */
import type { ChatErrorCode } from './chat-error.ts';
import type { Attachment, Author, Entry, MessageAnswer, MessageContent } from './protocol.ts';

/** A message of ours that the server has not echoed yet. */
export interface PendingMessage {
  readonly conversationId: string;
  /** UUIDv7; the stored message will carry the same. */
  readonly clientId: string;
  readonly text: string;
  /** When it was written, ms, this device's clock. */
  readonly at: number;
  /** `pending`: it will be sent as soon as there is a connection; `failed`: the server refused it, a person must decide. */
  readonly status: 'pending' | 'failed';
  /** Why it failed. */
  readonly error?: { readonly code: ChatErrorCode; readonly message: string };
  /** The server does not take it before, ms, this device's clock: it waits, or it has failed because that is far away. */
  readonly until?: number;
  /** It makes its conversation. */
  readonly start?: boolean;
  /** Id of the trigger that it answers. */
  readonly trigger?: string;
  /** Page the visitor was on when writing. */
  readonly pageUrl?: string;
  /** Agents: it goes to the notes log. */
  readonly note?: boolean;
  /** `id` of the message that it answers. */
  readonly replyTo?: string;
  /** Uploaded before. */
  readonly attachments?: readonly Attachment[];
  /** Agents: what the visitor is offered below the text. */
  readonly content?: MessageContent;
  /** Visitors: it is the answer to another message's `content`; the server writes its text anew. */
  readonly answer?: MessageAnswer;
}

/** A window into one conversation's main log. */
export interface Thread {
  /** Contiguous by seq, ascending, at most about 200. */
  readonly entries: readonly Entry[];
  /** Own messages on their way, oldest first; shown below `entries`. */
  readonly pending: readonly PendingMessage[];
  /** There are entries before the first: `loadOlder`. */
  readonly hasOlder: boolean;
  /** The window was moved up and its newest end let go: `loadNewer`. While false the thread follows live. */
  readonly hasNewer: boolean;
  /** A page is being fetched. */
  readonly loading: boolean;
  /** Who of the other side is writing now. */
  readonly typing: readonly Author[];
}

/** A thread before its first page came. */
export const emptyThread: Thread = {
  entries: [],
  pending: [],
  hasOlder: false,
  hasNewer: false,
  loading: false,
  typing: [],
};

/** Adds an unsent message, or replaces it by its clientId. One that was stored meanwhile is not unsent. */
export function putPending(thread: Thread, message: PendingMessage): Thread {
  if (thread.entries.some((entry) => 'clientId' in entry && entry.clientId === message.clientId)) return thread;
  const at = thread.pending.findIndex(({ clientId }) => clientId === message.clientId);
  if (at < 0) return { ...thread, pending: [...thread.pending, message] };
  return { ...thread, pending: thread.pending.with(at, message) };
}

/** Takes an unsent message away: it was stored, or discarded. */
export function dropPending(thread: Thread, clientId: string): Thread {
  const pending = thread.pending.filter((each) => each.clientId !== clientId);
  return pending.length === thread.pending.length ? thread : { ...thread, pending };
}
