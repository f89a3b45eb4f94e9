import type {
  Agent,
  AgentConversation,
  Contact,
  Conversation,
  Entry,
  ServerFrame,
  TrailItem,
} from '../../src/api/protocol.ts';
import type { Bus } from './bus/bus.ts';
import type { Parts } from './parts.ts';
import { notFound, Refusal } from './refusal.ts';
import { logOf } from './store/append-checks.ts';
import type { Appended, AppendRequest } from './store/append-request.ts';
import { toContact } from './store/rows.ts';
import type { AgentRow, ConversationRow } from './store/rows.ts';
import { topics } from './topics.ts';
import { ownContact } from './visitor-form.ts';

/** After which somebody may have room for another conversation. */
const GIVES_ROOM: ReadonlySet<AppendRequest['type']> = new Set(['resolved', 'left', 'assigned']);

export const encode = (frame: ServerFrame): string => JSON.stringify(frame);

/** An agent as agents see one another. */
export function toAgent({ id, name, email, role, avatarUrl }: AgentRow): Agent {
  return { id, name, email, role, ...(avatarUrl === null ? {} : { avatarUrl }) };
}

/**
 * Stores first, then tells everybody: the sender's echo is one of the frames that are published here, and there is
 * none before the commit. What was stored already is its sender's answer, and on PostgreSQL told again: another node may
 * have stored it and died before it said a word, or the answer to the commit got lost. Nothing is awaited between the
 * commit and the telling, so frames leave in the order of their seq.
 *
 * @throws Refusal when the store refuses (not found, conflict, bad request)
 */
export async function appendAndTell(parts: Parts, request: AppendRequest): Promise<Appended> {
  const stop = parts.metrics.append.startTimer();
  const result = await parts.store.append(request);
  stop();
  if (!result.ok) {
    const { code, message, field, retryAfterMs } = result;
    if (code === 'not_found') throw notFound();
    throw new Refusal(code, message, { field, retryAfterMs });
  }
  const isBegun = result.created || result.entries.some(({ type }) => type === 'reopened');
  if (GIVES_ROOM.has(request.type) || (isBegun && result.conversation.isWaiting)) parts.router.look();
  if (result.duplicate && parts.store.dialect === 'sqlite') return result;
  if (result.contact) tellNewConversation(parts.bus, result.conversation, result.contact);
  const isHeard = request.by.kind === 'contact' && result.conversation.bot;
  if (isHeard || result.endsBot) parts.bots.wake(result.conversation.id);
  for (const entry of result.entries) tellEntry(parts.bus, entry, result.conversation);
  return result;
}

/** A new conversation is told empty: its entries follow, and whoever hears them counts each once. */
function tellNewConversation(bus: Bus, row: ConversationRow, contact: Contact): void {
  const { id, number, inboxId, state, createdAt, updatedAt, verification } = row;
  const conversation: Conversation = {
    ...{ id, number, inboxId, state, createdAt, updatedAt },
    ...{ lastSeq: 0, lastMessage: null, contactReadSeq: 0, agentReadSeq: 0, unread: 0, agents: [] },
  };
  const forAgents: AgentConversation = {
    ...{ ...conversation, contact, verification, lastNoteSeq: 0 },
    ...(row.bot && { bot: true }),
  };
  bus.publish(topics.contact(row.contactId), encode({ type: 'conversation', conversation }));
  bus.publish(topics.inbox(inboxId), encode({ type: 'conversation', conversation: forAgents }));
}

/** Tells the agents an entry, and the contact when it stands in the main log. */
export function tellEntry(bus: Bus, entry: Entry, { inboxId, contactId }: ConversationRow): void {
  const log = logOf(entry.type);
  const frame = encode({ type: 'entry', log, entry });
  if (log === 'main') bus.publish(topics.contact(contactId), frame);
  bus.publish(topics.inbox(inboxId), frame);
}

/** Tells the contact and the agents how a conversation stands now: it changed hands. */
export async function tellConversation(
  { bus, store }: Parts,
  { id, contactId, inboxId }: Pick<ConversationRow, 'id' | 'contactId' | 'inboxId'>,
): Promise<void> {
  const [own, theirs] = await Promise.all([
    store.conversations.findForContact(id, contactId),
    store.conversations.findForAgents(id, inboxId),
  ]);
  if (own) bus.publish(topics.contact(contactId), encode({ type: 'conversation', conversation: own }));
  if (theirs) bus.publish(topics.inbox(inboxId), encode({ type: 'conversation', conversation: theirs }));
}

/** Tells a contact, and the agents, that something of the contact changed: some of it stands in each conversation. */
export async function tellContact(parts: Parts, contactId: string, inboxId: string): Promise<void> {
  const { bus, store } = parts;
  const [inbox, row, { conversations }] = await Promise.all([
    parts.inboxes.get(inboxId),
    store.contacts.find(contactId, inboxId),
    store.conversations.pageForAgents({ contactId, inboxId }),
  ]);
  if (!row) return;
  const contact = toContact(row);
  const own = ownContact(inbox, row, contact.verification);
  bus.publish(topics.contact(contactId), encode({ type: 'contact', contact: own }));
  bus.publish(topics.inbox(inboxId), encode({ type: 'contact', contact }));
  for (const conversation of conversations) {
    bus.publish(topics.inbox(inboxId), encode({ type: 'conversation', conversation }));
  }
}

/** Tells the agents what a contact has just done on the site; those whom nobody talks with are not looked at. */
export async function tellTrail(
  { bus, store }: Parts,
  { contactId, inboxId }: { readonly contactId: string; readonly inboxId: string },
  items: readonly TrailItem[],
): Promise<void> {
  if (items.length === 0) return;
  const { conversations } = await store.conversations.pageForAgents({ contactId, inboxId, limit: 1 });
  if (conversations.length > 0) bus.publish(topics.inbox(inboxId), encode({ type: 'trail', contactId, items }));
}

/** Tells the agents that a conversation is no more. */
export function tellGone({ bus }: Parts, { id, inboxId }: Pick<ConversationRow, 'id' | 'inboxId'>): void {
  bus.publish(topics.inbox(inboxId), encode({ type: 'gone', conversationId: id }));
}

/** Closes all sockets of a contact, on every node. */
export function closeContact({ bus }: Parts, contactId: string, code: number, reason: string): void {
  bus.publish(topics.contact(contactId), '', { close: { code, reason } });
}

/** Closes the sockets of a session, on every node. */
export function closeSession({ bus }: Parts, sessionId: string, code: number, reason: string): void {
  bus.publish(topics.session(sessionId), '', { close: { code, reason } });
}

/** Closes all sockets of an agent, on every node. */
export function closeAgent({ bus }: Parts, agentId: string, code: number, reason: string): void {
  bus.publish(topics.agent(agentId), '', { close: { code, reason } });
}
