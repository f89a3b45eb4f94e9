import type { AgentConversation, Author, Contact } from '../../../src/api/protocol.ts';

const NOW = Date.now();
const contactId = (n: number) => `0190a000-0000-7000-8000-${String(n).padStart(12, '0')}`;

/** The n-th conversation of a list: the lower, the newer. What the client would hold, made by hand. */
export function conversation(n: number, changes: Partial<AgentConversation> = {}): AgentConversation {
  const contact: Contact = {
    id: contactId(n),
    number: n,
    name: `Visitor ${n}`,
    email: null,
    verification: 'anonymous',
    ...changes.contact,
  };
  const author: Author = { kind: 'contact', id: contact.id, name: contact.name };
  const id = `0190b000-0000-7000-8000-${String(n).padStart(12, '0')}`;
  const at = NOW - n * 60_000;
  return {
    id,
    number: n,
    inboxId: 'demo',
    state: 'open',
    createdAt: at,
    updatedAt: at,
    lastSeq: 1,
    lastMessage: { type: 'message', id, clientId: id, conversationId: id, seq: 1, at, author, text: `Words of ${n}` },
    contactReadSeq: 1,
    agentReadSeq: 1,
    unread: 0,
    agents: [],
    contact,
    verification: contact.verification,
    lastNoteSeq: 0,
    ...changes,
  };
}
