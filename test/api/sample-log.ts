/** Entries and conversations as a server would send them, for tests of what a client makes of them. */
import type { Author, Conversation, Entry, EntryPage, MessageEntry } from '../../src/api/protocol.ts';

export const ada: Author = { kind: 'contact', id: 'contact-ada', name: 'Ada' };
export const grace: Author = { kind: 'agent', id: 'agent-grace', name: 'Grace' };

/** A message with this seq. */
export function message(seq: number, author: Author = grace, conversationId = 'c1'): MessageEntry {
  const id = `${conversationId}-${seq}`;
  return {
    type: 'message',
    conversationId,
    seq,
    at: 1000 + seq,
    author,
    id,
    clientId: `client-${id}`,
    text: `No. ${seq}`,
  };
}

/** Messages from one seq to another, both included. */
export function messages(from: number, to: number, author?: Author): MessageEntry[] {
  return Array.from({ length: to - from + 1 }, (_, i) => message(from + i, author));
}

/** How the server would show a conversation to its contact, after these entries and with these cursors. */
export function conversationAfter(
  entries: readonly Entry[],
  contactReadSeq = 0,
  agentReadSeq = 0,
  id = 'c1',
): Conversation {
  const said = entries.filter((entry) => entry.type === 'message');
  const turned = entries.findLast(({ type }) => type === 'resolved' || type === 'reopened');
  const agents = new Map(entries.filter(({ type }) => type === 'joined').map(({ author }) => [author.id, author]));
  return {
    ...{ id, number: 1, inboxId: 'demo', createdAt: 1000, contactReadSeq, agentReadSeq },
    state: turned?.type === 'resolved' ? 'resolved' : 'open',
    updatedAt: entries.at(-1)?.at ?? 1000,
    lastSeq: entries.length,
    lastMessage: said.at(-1) ?? null,
    unread: said.filter(({ seq, author }) => author.kind !== 'contact' && seq > contactReadSeq).length,
    agents: [...agents.values()],
  };
}

/** What the server answers to `entries?after=`. */
export function pageAfter(log: readonly Entry[], after: number, limit = 100): EntryPage {
  return { entries: log.slice(after, after + limit), more: log.length > after + limit };
}
