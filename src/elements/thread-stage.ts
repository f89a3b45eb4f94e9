import type { Side, Thread } from '../api/chat-state.ts';
import type { MessageEntry } from '../api/protocol.ts';
import type { ThreadClient } from '../api/thread-client.ts';
import type { Words } from '../text/words.ts';
import type { Bubble } from './thread-days.ts';

/** Of `thread-later.ts`. */
export interface LaterViews {
  failureView(bubble: Bubble, stage: ThreadStage): unknown;
}

/** What the parts of a thread that show and change single messages know of it, and ask of it. */
export interface ThreadStage extends Words {
  readonly client: ThreadClient;
  readonly conversationId: string;
  readonly side: Side;
  /** Id of the one who reads: as it stands in reactions. */
  readonly readerId: string;
  /** The thread's shadow root. */
  readonly root: ShadowRoot;
  /** What did not work with one message, in one sentence. */
  readonly trouble?: { readonly of: string; readonly sentence: string };
  /** What is loaded of it. */
  readonly thread: Thread;
  /** By id, as far as it is loaded. */
  find(messageId: string): MessageEntry | undefined;
  /** What comes once the thread stands there; until then undefined, and redrawn when it is there. */
  readonly later: () => LaterViews | undefined;
  /** Something can be shown now that could not before. */
  readonly redraw: () => void;
  /** Opens what can be done with a message. */
  act(message: MessageEntry): void;
  /** Says something to those who cannot see it. */
  tell(sentence: string): void;
  /** Something did not work with a message; without a sentence: it is well again. */
  complain(messageId: string, sentence?: string): void;
}
