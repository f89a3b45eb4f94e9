import type { ChatError } from './chat-error.ts';
import type { ChatState, Side } from './chat-state.ts';
import type { Clock } from './clock.ts';
import type { ConversationReaderOptions } from './conversation-reader.ts';
import type { LazySender } from './lazy-sender.ts';
import type { Observable } from './observable.ts';
import type { ClientFrame, MessageEntry, AssignedEntry, NoteEntry } from './protocol.ts';

/** How a `ConversationLog` is made. */
export interface ConversationLogOptions extends ConversationReaderOptions {
  readonly side: Side;
  readonly state: Observable<ChatState>;
  readonly sender: LazySender;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Sends if there is a connection. */
  readonly transmit: (frame: ClientFrame) => boolean;
  /** A message was stored while we listened: each once, in order. */
  readonly onMessage: (message: MessageEntry) => void;
  readonly onError: (error: ChatError) => void;
  /** Agents: an entry of the notes log. */
  readonly onNote?: (note: NoteEntry | AssignedEntry) => void;
}
