/** What the server's log does to the state: pure transitions, as those of chat-state.ts. They come with the connection. */
import { amended, isAmendment } from './amendments.ts';
import {
  applySettled,
  changeThread,
  findConversation,
  type AnyConversation,
  type ChatState,
  type Side,
} from './chat-state.ts';
import type {
  Agent,
  AgentConversation,
  Conversation,
  Entry,
  EntryPage,
  PresenceNotice,
  ReadNotice,
  TypingNotice,
} from './protocol.ts';
import { appendEntry, growDownwards, growUpwards, lastSeqOf, setTyping, startWindow } from './thread-growth.ts';
import { emptyThread, type Thread } from './thread-window.ts';

/** The log is known to reach `seq`, and something that this state follows does not: ask for what is missing. */
export function isBehind(state: ChatState, conversationId: string, seq: number): boolean {
  const thread = state.threads[conversationId];
  const follows = thread && !thread.hasNewer && thread.entries.length > 0;
  return (findConversation(state, conversationId)?.lastSeq ?? 0) < seq || (follows === true && lastSeqOf(thread) < seq);
}

/** Whether each of these has moved on since `state`: then more of them, of which it does not know, may have. */
export function areNews(state: ChatState, conversations: readonly AnyConversation[]): boolean {
  const newest = state.conversations[0]?.updatedAt ?? Infinity;
  return conversations.every(({ id, lastSeq, updatedAt }) => {
    const known = findConversation(state, id);
    return known ? lastSeq > known.lastSeq : updatedAt >= newest;
  });
}

/** An entry of the main log. Applied only where it is the next one: one behind a gap changes nothing (see `isBehind`). */
export function applyEntry(state: ChatState, side: Side, entry: Entry): ChatState {
  const id = entry.conversationId;
  let next = changeThread(state, id, (thread) => appendEntry(thread, entry));
  const thread = next.threads[id];
  const waits = thread && !thread.hasNewer && thread.entries.length > 0 && entry.seq > lastSeqOf(thread);
  if ('clientId' in entry && !waits) next = applySettled(next, id, entry.clientId);
  const held = findConversation(next, id);
  if (held?.lastSeq !== entry.seq - 1) return next;
  const { lastMessage, [`${side}ReadSeq` as const]: read } = held;
  // Of older messages that are taken back the server, or the window, knows whether they were read.
  const isTaken = entry.type === 'deleted' && lastMessage?.id === entry.messageId && lastMessage.seq > read;
  const news = isTaken && isFromOther(side, lastMessage) ? -1 : isFromOther(side, entry) ? 1 : 0;
  return putConversation(next, side, {
    ...held,
    ...changeOf(held, entry),
    updatedAt: Math.max(held.updatedAt, entry.at),
    lastSeq: entry.seq,
    unread: held.unread + news,
  });
}

/** A conversation as the server sees it; an older view never undoes a newer one. */
export function applyConversation(state: ChatState, side: Side, got: AnyConversation): ChatState {
  const held = findConversation(state, got.id);
  if (!held) return putConversation(state, side, got);
  const newer = got.lastSeq < held.lastSeq ? held : got;
  const { lastNoteSeq, assignee } = held as AgentConversation;
  const merged: AnyConversation = {
    ...newer,
    contactReadSeq: Math.max(got.contactReadSeq, held.contactReadSeq),
    agentReadSeq: Math.max(got.agentReadSeq, held.agentReadSeq),
    // Agents: the notes log, which says who has it, moves on without the main log.
    ...(lastNoteSeq > (got as AgentConversation).lastNoteSeq && { lastNoteSeq, assignee }),
  };
  return putConversation(state, side, merged);
}

/** A read cursor moved: cursors only ever go up. */
export function applyRead(
  state: ChatState,
  side: Side,
  { conversationId, by, seq }: Omit<ReadNotice, 'type'>,
): ChatState {
  const held = findConversation(state, conversationId);
  const cursor = `${by}ReadSeq` as const;
  if (!held || held[cursor] >= seq) return state;
  return putConversation(state, side, { ...held, [cursor]: seq });
}

/** Somebody else writes, or has stopped. Of oneself, on another device, nothing is shown. */
export function applyTyping(state: ChatState, notice: Omit<TypingNotice, 'type'>): ChatState {
  const { conversationId, author, typing } = notice;
  if (author.id === (state.agent ?? state.contact)?.id) return state;
  return changeThread(state, conversationId, (thread) => setTyping(thread, author, typing));
}

/** Some of the agents came, left or switched. */
export function applyPresence(state: ChatState, presences: PresenceNotice['agents']): ChatState {
  const isNews = ({ id, presence }: Agent) => presences[id] !== undefined && presences[id] !== presence;
  if (!state.agents?.some(isNews)) return state;
  const agents = state.agents.map((agent) => (isNews(agent) ? { ...agent, presence: presences[agent.id] } : agent));
  return { ...state, agents };
}

/** A page of a thread: the newest one, or one before or after the window. */
export function applyPage(
  state: ChatState,
  side: Side,
  conversationId: string,
  where: 'newest' | 'older' | 'newer',
  page: EntryPage,
): ChatState {
  const grow = { newest: startWindow, older: growUpwards, newer: growDownwards }[where];
  let next = changeThread(state, conversationId, (thread) => grow(thread, page));
  for (const entry of page.entries) next = applyEntry(next, side, entry);
  const held = findConversation(next, conversationId);
  return held ? putConversation(next, side, held) : next;
}

/** Nothing that the server said counts any more; what is unsent does. */
export function applyRenewed(state: ChatState): ChatState {
  const threads: Record<string, Thread> = {};
  for (const id in state.threads) threads[id] = { ...emptyThread, pending: state.threads[id].pending };
  return { ...state, conversations: [], unreadMessages: 0, unreadConversations: 0, threads };
}

/** Whether how much is unread can be told without the server: the window holds everything after the cursor. */
export function canCount(state: ChatState, side: Side, conversation: AnyConversation): boolean {
  const { id, lastSeq, [`${side}ReadSeq` as const]: read } = conversation;
  const { entries } = state.threads[id] ?? emptyThread;
  return read >= lastSeq || (entries.length > 0 && entries[0].seq <= read + 1 && entries.at(-1)!.seq >= lastSeq);
}

/** It waits to be read: a message of the other side that was not taken back. */
function isFromOther(side: Side, entry: Entry): boolean {
  return entry.type === 'message' && !entry.deletedAt && (entry.author.kind === 'contact') !== (side === 'contact');
}

/** What an entry changes about its conversation, beside its end. */
function changeOf({ agents, lastMessage }: AnyConversation, entry: Entry): Partial<Conversation> {
  if (entry.type === 'message') return { lastMessage: entry };
  if (isAmendment(entry)) return { lastMessage: lastMessage && amended(lastMessage, entry) };
  if (entry.type === 'rated') return { rating: entry.score };
  if (entry.type === 'resolved') return { state: 'resolved' };
  if (entry.type === 'reopened') return { state: 'open' };
  const others = agents.filter(({ id }) => id !== entry.author.id);
  if (entry.type === 'left') return { agents: others };
  // A newer server may know entries that we do not: they take their place, and change nothing else.
  return entry.type === 'joined' ? { agents: [...others, entry.author] } : {};
}

/** Puts a conversation into its place, with its unread count made exact wherever the state allows it. */
export function putConversation(state: ChatState, side: Side, given: AnyConversation): ChatState {
  const unread = countUnread(state, side, given);
  const conversation = unread === given.unread ? given : { ...given, unread };
  const held = findConversation(state, given.id);
  if (JSON.stringify(held) === JSON.stringify(conversation)) return state;
  const conversations = [...state.conversations.filter((each) => each !== held), conversation];
  conversations.sort((a, b) => b.updatedAt - a.updatedAt || (a.id < b.id ? 1 : -1));
  return {
    ...state,
    conversations,
    unreadMessages: conversations.reduce((sum, each) => sum + each.unread, 0),
    unreadConversations: conversations.filter((each) => each.unread > 0).length,
  };
}

/** Counts where that can be done; else the server's number stands. */
function countUnread(state: ChatState, side: Side, conversation: AnyConversation): number {
  if (!canCount(state, side, conversation)) return conversation.unread;
  const { id, lastSeq, [`${side}ReadSeq` as const]: read } = conversation;
  const { entries } = state.threads[id] ?? emptyThread;
  return entries.filter((entry) => entry.seq > read && entry.seq <= lastSeq && isFromOther(side, entry)).length;
}
