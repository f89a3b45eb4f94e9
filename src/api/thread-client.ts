import type { ChatState } from './chat-state.ts';
import type { DeviceStorage } from './device-storage.ts';
import type { Drafts } from './drafts.ts';
import type { Http } from './http.ts';
import type { Attachment, MessageAnswer, MessageContent, MessageEntry, NoteEntry } from './protocol.ts';

/** How a message is sent. */
export interface SendOptions {
  /** Agents: write a note that only agents see. */
  readonly note?: boolean;
  /** `id` of the message of this conversation that it answers. */
  readonly replyTo?: string;
  /** Uploaded before, for this conversation. */
  readonly attachments?: readonly Attachment[];
  /** Agents: what the visitor is offered below the text. */
  readonly content?: MessageContent;
  /** Visitors: it answers another message's `content`; `text` stands there until the server has written its own. */
  readonly answer?: MessageAnswer;
}

/** How the files of conversations are reached, for code that comes with them (`upload.ts`). */
export interface FileClient {
  readonly parts: {
    /** Origin of the chat server. */
    readonly server: string;
    /** What addresses of conversations begin with. */
    readonly path: string;
    readonly http: Pick<Http, 'request'>;
    /** Whether this device may keep anything; without it, it may. */
    readonly storage?: Pick<DeviceStorage, 'offDisk'>;
  };
  /** The visitor's proof; agents have a cookie. */
  token(): string | undefined;
  /** Visitors: makes a session where there is none. Rejects with ChatError. */
  startSession?(): Promise<unknown>;
}

/** What list, thread and composer elements talk to. `ChatClient` and `AgentClient` both are one. */
export interface ThreadClient extends FileClient {
  /** What is half written on this device, by what it is for: '' deletes. */
  readonly drafts?: Pick<Drafts, 'get' | 'set'>;
  /** Replaced, never changed, at each transition. */
  readonly state: ChatState;
  /** Calls `listener` after each transition (once per task at most). Returns how to stop. */
  subscribe(listener: () => void): () => void;
  /** Loads the newest page of a conversation and keeps it live. A fresh id (`startConversation`) is an empty thread. Rejects with ChatError. */
  open(conversationId: string): Promise<void>;
  /** Grows the window upwards. Does nothing when `hasOlder` is false or a page is under way. Rejects with ChatError. */
  loadOlder(conversationId: string): Promise<void>;
  /** Grows the window downwards. Does nothing when `hasNewer` is false or a page is under way. Rejects with ChatError. */
  loadNewer(conversationId: string): Promise<void>;
  /**
   * Moves the window to where a message stands, however far away; `hasNewer` leads back. Does nothing while a page is under
   * way. Rejects with ChatError: `not_found` when it is not in this conversation.
   */
  loadAround(conversationId: string, messageId: string): Promise<void>;
  /** Says something: pending in the state at once; resolves with the stored entry, rejects with ChatError when refused. Waits while offline. */
  send(conversationId: string, text: string, options?: SendOptions): Promise<MessageEntry | NoteEntry>;
  /** Changes the text of one's own message, so long as the inbox allows it; it arrives as an entry. Rejects with ChatError. */
  edit(conversationId: string, messageId: string, text: string): Promise<void>;
  /** Takes one's own message back, so long as the inbox allows it. Rejects with ChatError. */
  remove(conversationId: string, messageId: string): Promise<void>;
  /** Puts an emoji on a message (`on`), or takes one's own away. Rejects with ChatError. */
  react(conversationId: string, messageId: string, emoji: string, on: boolean): Promise<void>;
  /** Sends a failed message again, with the others of its conversation that have failed, in order. */
  retry(clientId: string): void;
  /** Forgets an unsent message. */
  discard(clientId: string): void;
  /** Call at each keystroke (`true`) and when the field is emptied (`false`): frames are thinned out here. */
  setTyping(conversationId: string, typing: boolean): void;
  /** The newest entry of an open thread is visible to a person. Sends `read` at most once per new seq; call it as often as you like. */
  markRead(conversationId: string): void;
}
