import type { Entry, Log } from '../../../src/api/protocol.ts';
import type { AppendRequest, Refused, Writer } from './append-request.ts';
import { UUID } from './record-id.ts';
import type { ConversationRow } from './rows.ts';
import type { EntryRecord } from './schema.ts';

/** What only a contact does, or never. All else is everybody's. */
const CONTACTS_ONLY: ReadonlySet<AppendRequest['type']> = new Set(['rated']);
const NOT_FOR_CONTACTS: ReadonlySet<AppendRequest['type']> = new Set(['note', 'left', 'assigned']);
/** Emoji under one message. */
export const MOST_REACTIONS = 20;
/** Files in one message, whatever an inbox allows. */
const MOST_ATTACHMENTS = 100;

export function refused(code: Refused['code'], message: string, field?: string): Refused {
  return { ok: false, code, message, ...(field !== undefined && { field }) };
}

/** What can be refused before any row is read. */
export function refuseMalformed(request: AppendRequest): Refused | null {
  const { by, type, log, text, clientId, pageUrl, conversationId, attachments, answer, comment } = request;
  const isContact = by.kind === 'contact';
  if (isContact ? NOT_FOR_CONTACTS.has(type) : CONTACTS_ONLY.has(type)) {
    return refused('bad_request', `This writer writes no entry of type ${type}.`);
  }
  if (type === 'left' && by.kind !== 'agent') return refused('bad_request', 'Only agents leave.');
  if (log !== logOf(type)) return refused('bad_request', `A ${type} does not go into the ${log} log.`);
  const mayBeEmpty = type === 'edited' || (type === 'message' && (attachments?.ids.length || answer));
  if (isSaid(type) && !text && !mayBeEmpty) return refused('bad_request', 'There is no text.');
  if (clientId === '' || clientId?.isWellFormed() === false) return refused('bad_request', 'The clientId is no id.');
  if (attachments && attachments.ids.length > MOST_ATTACHMENTS)
    return refused('bad_request', 'There are too many files.');
  // A new conversation gets this very id, so it must be one that nothing else can be taken for.
  if (request.start && !UUID.test(conversationId)) {
    return refused('bad_request', 'The id of a new conversation must be a UUID in lower case.');
  }
  const ids = [conversationId, clientId, request.messageId, request.replyTo, answer?.to, ...(attachments?.ids ?? [])];
  for (const value of [...ids, text, pageUrl, comment]) {
    if (value?.includes('\0')) return refused('bad_request', 'A text must not contain NUL.');
  }
  return null;
}

function isSaid(type: AppendRequest['type']): boolean {
  return type === 'message' || type === 'note' || type === 'edited';
}

/** Which log entries of a type stand in. */
export function logOf(type: Entry['type']): Log {
  return type === 'note' || type === 'assigned' ? 'notes' : 'main';
}

/** A contact writes in its own conversations only; agents and the system in all. */
export function mayWrite(by: Writer, row: ConversationRow): boolean {
  return by.kind !== 'contact' || (row.contactId === by.contactId && row.inboxId === by.inboxId);
}

/**
 * A conversation has one contact, so the kind decides for contacts: what an anonymous visitor sent is still theirs
 * when, after signing in, their outbox sends it again.
 */
export function isBy(entry: EntryRecord, by: Writer): boolean {
  if (entry.author_kind !== by.kind) return false;
  if (by.kind === 'bot') return entry.author_id === by.botId;
  return by.kind !== 'agent' || entry.author_id === by.agentId;
}
