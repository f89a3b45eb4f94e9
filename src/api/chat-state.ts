/**
 * What a client knows, as one immutable value, and the pure transitions between such values.
 * Every transition returns the same object when nothing changed, so a slice can be compared by identity.
 */
import type {
  Agent,
  AgentConversation,
  Contact,
  Conversation,
  ErrorCode,
  Team,
  WidgetSettingsAnswer,
} from './protocol.ts';
import { dropPending, emptyThread, putPending, type PendingMessage, type Thread } from './thread-window.ts';

export { emptyThread, type PendingMessage, type Thread } from './thread-window.ts';

/** Whose client this is: what the other kind says is unread until this kind reads it. */
export type Side = 'contact' | 'agent';

/** Everything that elements show. */
export interface ChatState {
  /** The kept session was read and compared: whatever is shown now belongs to this visitor. */
  readonly booted: boolean;
  /** `idle`: not wanted yet · `connecting` · `open`: welcomed · `waiting`: the server is not reached, will be tried again · `closed`: refused or signed out. */
  readonly connection: 'idle' | 'connecting' | 'open' | 'waiting' | 'closed';
  /** Why the connection is `closed`, or `waiting`, when the server said so. */
  readonly closeReason?: ErrorCode;
  /** Of the server's data that are held; see `WelcomeFrame`. */
  readonly epoch?: string;
  readonly contact: Contact | null;
  /** The session of a proven visitor ran out: whoever goes on does so without its conversations, until they prove it again. */
  readonly lapsed?: boolean;
  /** Another number: somebody else sits there. What the one before has half written is not theirs. */
  readonly person: number;
  readonly agent: Agent | null;
  /** Agents: all of them, oneself included, and who is there. Undefined until the first `welcome`. */
  readonly agents?: readonly Agent[];
  /** Agents: all of them. Undefined until the first `welcome`. */
  readonly teams?: readonly Team[];
  /** Visitors: and what goes with them, as it was told last. */
  readonly settings: Omit<WidgetSettingsAnswer, 'online'> | null;
  /** Visitors: some agent is online. Live while there is a socket, else as of the last settings; undefined before, and while the connection is lost. */
  readonly online?: boolean;
  /** Visitors: what has been said to them first; the beginning of this conversation, or of their next one. */
  readonly invitation?: { readonly id?: string; readonly words: string; readonly conversationId?: string };
  /** Newest activity first. */
  readonly conversations: readonly (Conversation | AgentConversation)[];
  /** By conversation id; those that were opened, or have something unsent. */
  readonly threads: Readonly<Record<string, Thread>>;
  /** Messages of the other side that this side has not read, over all conversations held. */
  readonly unreadMessages: number;
  readonly unreadConversations: number;
}

/** Before anything is known. */
export const initialState: ChatState = {
  booted: false,
  connection: 'idle',
  contact: null,
  person: 0,
  agent: null,
  settings: null,
  conversations: [],
  threads: {},
  unreadMessages: 0,
  unreadConversations: 0,
};

/** As the server gives it: visitors see less of it. */
export type AnyConversation = Conversation | AgentConversation;

/** The conversation with this id, if held. */
export function findConversation(state: ChatState, id: string): AnyConversation | undefined {
  return state.conversations.find((conversation) => conversation.id === id);
}

/** The unsent message with this clientId, if held. */
export function findPending(state: ChatState, clientId: string): PendingMessage | undefined {
  for (const { pending } of Object.values(state.threads)) {
    const message = pending.find((each) => each.clientId === clientId);
    if (message) return message;
  }
  return undefined;
}

/** Replaces some of the plain fields. */
export function applyFields(state: ChatState, fields: Partial<ChatState>): ChatState {
  const changed = (Object.keys(fields) as (keyof ChatState)[]).some((key) => state[key] !== fields[key]);
  return changed ? { ...state, ...fields } : state;
}

/** Makes sure that a thread is there, and says whether a page of it is under way. */
export function applyLoading(state: ChatState, conversationId: string, loading: boolean): ChatState {
  const next = ensureThread(state, conversationId);
  return changeThread(next, conversationId, (thread) => (thread.loading === loading ? thread : { ...thread, loading }));
}

/** An unsent message is new, or its status changed. */
export function applyPending(state: ChatState, message: PendingMessage): ChatState {
  const next = ensureThread(state, message.conversationId);
  return changeThread(next, message.conversationId, (thread) => putPending(thread, message));
}

/** An unsent message was stored, or discarded. */
export function applySettled(state: ChatState, conversationId: string, clientId: string): ChatState {
  return changeThread(state, conversationId, (thread) => dropPending(thread, clientId));
}

/** Nothing of whom the state was of is left. `isOther`: somebody else sits there now. */
export function applyNobody({ booted, settings, online, person }: ChatState, isOther: boolean): ChatState {
  return { ...initialState, booted, settings, online, person: isOther ? person + 1 : person };
}

/** Lets go of a thread's window. */
export function applyForgotten(state: ChatState, conversationId: string): ChatState {
  if (!state.threads[conversationId]) return state;
  const { [conversationId]: _, ...threads } = state.threads;
  return { ...state, threads };
}

function ensureThread(state: ChatState, id: string): ChatState {
  return state.threads[id] ? state : { ...state, threads: { ...state.threads, [id]: emptyThread } };
}

/** Changes a thread that is there. */
export function changeThread(state: ChatState, id: string, change: (thread: Thread) => Thread): ChatState {
  const thread = state.threads[id];
  const changed = thread && change(thread);
  return changed === thread ? state : { ...state, threads: { ...state.threads, [id]: changed } };
}
