import type { Selectable } from 'kysely';
import type { Contact } from '../../../src/api/protocol.ts';
import type { Operation } from './append-plan.ts';
import type { AppendRequest, ReadRequest, Writer } from './append-request.ts';
import { toContact } from './rows.ts';
import type { ConversationRow } from './rows.ts';
import type { ContactTable } from './schema.ts';

/** The time (ms) over which a contact's new conversations are counted. */
export const STARTS_MS = 24 * 60 * 60 * 1_000;

/** A conversation that a contact wants to start, unless the id is taken. */
export interface Start {
  readonly id: string;
  readonly by: Extract<Writer, { kind: 'contact' }>;
  /** How many the contact may have started within a day, this one included. */
  readonly most: number;
  /** Only when no other of the contact's is open. */
  readonly isOnly: boolean;
  /** Who comes first takes what room there is. */
  readonly turn: number;
}

/** What agents are told of who starts a conversation. */
export const STARTER_COLUMNS = [
  'id',
  'number',
  'name',
  'email',
  'claimed_email',
  'verified_at',
] as const satisfies readonly (keyof Selectable<ContactTable>)[];
export type StarterRecord = Pick<Selectable<ContactTable>, (typeof STARTER_COLUMNS)[number]>;

export function toStarter({ claimed_email: claimedEmail, verified_at: verifiedAt, ...record }: StarterRecord): Contact {
  return toContact({ ...record, claimedEmail, verifiedAt });
}

const UNLIMITED = 2 ** 31 - 1;

/** Conversations a batch touches, each once, in id order: the order in which every node locks them. */
export function touchedIds(operations: readonly Operation[]): string[] {
  return [...new Set(operations.map(({ request }) => request.conversationId))].sort();
}

/** Conversations a batch would start, each once (who comes first), in id order. */
export function starts(operations: readonly Operation[]): Start[] {
  const found = new Map<string, Start>();
  for (const { kind, request } of operations) {
    if (kind !== 'append' || !request.start || request.type !== 'message' || request.by.kind !== 'contact') continue;
    const { conversationId: id, by, startsPerDay: most = UNLIMITED, oneAtATime: isOnly = false } = request;
    if (!found.has(id)) found.set(id, { id, by, most, isOnly, turn: found.size });
  }
  return [...found.values()].sort((one, other) => (one.id < other.id ? -1 : 1));
}

/** The appends whose clientId may have been stored before. */
export function repeatable(operations: readonly Operation[]): (AppendRequest & { readonly clientId: string })[] {
  return operations.flatMap(({ kind, request }) =>
    kind === 'append' && request.clientId !== undefined ? [{ ...request, clientId: request.clientId }] : [],
  );
}

/** Messages that the appends of a batch name by id: what they reply to, answer, or change. */
export function named(operations: readonly Operation[]): { readonly conversationId: string; readonly id: string }[] {
  return operations.flatMap(({ kind, request }) => {
    if (kind !== 'append') return [];
    const { conversationId, replyTo, answer, messageId } = request;
    const ids = [replyTo, answer?.to, messageId].filter((id) => id !== undefined);
    return ids.map((id) => ({ conversationId, id }));
  });
}

/** Files that the messages of a batch carry, in the order in which every node locks them. */
export function carried(operations: readonly Operation[]): string[] {
  const ids = operations.flatMap(({ kind, request }) => (kind === 'append' ? (request.attachments?.ids ?? []) : []));
  return [...new Set(ids)].sort();
}

/** True when the cursor moves, but not to the end: what is left unread must be counted. */
export function needsCount(request: ReadRequest, row: ConversationRow): boolean {
  const cursor = request.by === 'contact' ? row.contactReadSeq : row.agentReadSeq;
  return request.seq > cursor && request.seq < row.lastSeq;
}
