import type {
  Contact,
  Entry,
  Log,
  MessageAnswer,
  MessageContent,
  MessageEntry,
  Named,
  Verification,
} from '../../../src/api/protocol.ts';
import type { ConversationRow } from './rows.ts';

/** Who writes. A contact's shown name is read from its row; an agent's comes with the request. */
export type Writer =
  | {
      readonly kind: 'contact';
      readonly contactId: string;
      readonly inboxId: string;
      readonly verification: Verification;
    }
  | { readonly kind: 'agent'; readonly agentId: string; readonly name: string; readonly avatarUrl?: string | null }
  /** Speaks only where it was begun and no agent has spoken since (`ConversationRow.bot`). `botId`: its trigger's id. */
  | { readonly kind: 'bot'; readonly botId: string; readonly name: string; readonly avatarUrl?: string }
  /** Nobody in person. `name`: in whose name; default: nobody's. */
  | { readonly kind: 'system'; readonly name?: string };

/** Who has a conversation from now on: null is nobody, what is missing stays as it is. */
export interface Assignment {
  readonly agent?: Named | null;
  readonly team?: Named | null;
  /** It waits for (another) agent. Default false. */
  readonly waits?: boolean;
  /** Only if it is open, and stands so: else nothing is written. */
  readonly expected?: Pick<ConversationRow, 'assignedAgentId' | 'isWaiting'>;
}

/** One entry to be written. */
export interface AppendRequest {
  readonly by: Writer;
  /** UUID in lower case (not the number). */
  readonly conversationId: string;
  /** `notes` goes with `note` and `assigned`, `main` with everything else. */
  readonly log: Log;
  readonly type: Exclude<Entry['type'], 'joined'>;
  /** The sender's id for a message or note; the store makes one when it is missing. */
  readonly clientId?: string;
  /** Required for `message`, `note` and `edited`; may be empty with attachments, and is not looked at with an answer. */
  readonly text?: string;
  /** A message's: id of a message of this conversation. */
  readonly replyTo?: string;
  /** A message's: files that were uploaded for this conversation by `uploaderId` and stand in no message yet. */
  readonly attachments?: { readonly ids: readonly string[]; readonly uploaderId: string };
  /** A message's, valid (`messageContent`). */
  readonly content?: MessageContent;
  /** A message's: it is checked against the content that it answers, which says what the text is. */
  readonly answer?: MessageAnswer;
  /** Kept on contacts' messages only. */
  readonly pageUrl?: string;
  /** Contacts' messages: make the conversation when the id is new. */
  readonly start?: boolean;
  /** With `start`: how many conversations the contact may have started within 24 hours, this one included. */
  readonly startsPerDay?: number;
  /** With `start`: only when the contact has no open conversation. */
  readonly oneAtATime?: boolean;
  /** With `start`: a chatbot answers, whose run is prepared (`BotRuns.prepare`). */
  readonly bot?: boolean;
  /** False: a contact's message into a resolved conversation is refused. Default: it reopens it. */
  readonly reopens?: boolean;
  /** `edited`, `deleted`, `reacted`: the message's id. */
  readonly messageId?: string;
  /** `edited`, `deleted`: how old (ms) the message may be. Default: any age. */
  readonly editMs?: number;
  /** `reacted`: one emoji, put on or taken away. */
  readonly emoji?: string;
  readonly on?: boolean;
  /** With `start`: the conversation waits for somebody, and this says for whom (a `RoutingPlan` as JSON). */
  readonly routing?: string;
  /** `assigned`: who has it from now on. */
  readonly assignment?: Assignment;
  /** `rated`: 1 to 5. */
  readonly score?: number;
  readonly comment?: string;
}

export interface Appended {
  readonly ok: true;
  /** Nothing was written: it was there already (`entries` holds the stored one), or everything was so already (none). */
  readonly duplicate: boolean;
  /** Those of each log in seq order: `[message]`, `[reopened, message]`, `[joined, message]`, … */
  readonly entries: readonly Entry[];
  /** As it stands after the commit that this request was part of. */
  readonly conversation: ConversationRow;
  /** This request made the conversation. */
  readonly created: boolean;
  /** `created`: whose it is, as they are now. */
  readonly contact?: Contact;
  /** `edited`, `deleted`, `reacted`: the message as it is by now. */
  readonly message?: MessageEntry;
  /** A chatbot has answered until then, and does no more. */
  readonly endsBot?: true;
}

export interface Refused {
  readonly ok: false;
  /**
   * `not_found`: no such conversation for this writer (foreign and missing alike), or the contact is gone.
   * `conflict`: the clientId stands for another writer's entry, or for one in the other log; what stands there does not
   * allow it (closed, rated already, answered already, deleted; a bot's: an agent has taken over).
   * `bad_request`: a NUL, no text, a malformed id, a type that this writer may not write, a reply to, an answer to or a
   * file of nothing that is here.
   * `forbidden`: the message is another's, or too old.
   * `rate_limited`: the contact has started as many conversations as `startsPerDay` allows.
   */
  readonly code: 'not_found' | 'conflict' | 'bad_request' | 'forbidden' | 'rate_limited';
  /** One sentence for a developer. */
  readonly message: string;
  /** JSON pointer to what is wrong in the message. */
  readonly field?: string;
  /** `rate_limited`: after so many ms there is room for one more. */
  readonly retryAfterMs?: number;
}

export type AppendResult = Appended | Refused;

/** Moves a read cursor up. */
export interface ReadRequest {
  /** UUID in lower case. */
  readonly conversationId: string;
  readonly by: 'contact' | 'agent';
  /** Read up to here; beyond the last seq counts as the last. */
  readonly seq: number;
  /** Contacts: whose conversation it must be. */
  readonly owner?: string;
}

export interface ReadResult {
  readonly conversation: ConversationRow;
  /** False when the cursor was there, or further, already: nothing to tell anybody. */
  readonly moved: boolean;
}
