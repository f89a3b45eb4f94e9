import { AppendBatch, written } from './append-batch.ts';
import type { Attached, Draft, Emptied, Known, Written } from './append-batch.ts';
import { assign, giveBack } from './append-assignment.ts';
import { changeMessage } from './append-change.ts';
import { isBy, mayWrite, refused } from './append-checks.ts';
import { appendMessage, reopen } from './append-message.ts';
import type { AppendRequest, AppendResult, ReadRequest, ReadResult, Refused } from './append-request.ts';
import { toEntry, writeExtras } from './entry-record.ts';
import type { Signer } from './entry-record.ts';
import type { ConversationRow } from './rows.ts';
import type { EntryRecord } from './schema.ts';
import { uuidV7 } from './uuid-v7.ts';

/*
 * What one batch of the hot path does to the conversations it touches: pure, the same for both databases.
 * A driver locks and reads the rows, calls `planBatch`, writes what the plan says, and commits.
 */

/** One thing that waits for the next commit. */
export type Operation =
  | { readonly kind: 'append'; readonly request: AppendRequest }
  | { readonly kind: 'read'; readonly request: ReadRequest };

export type Outcome = AppendResult | ReadResult | null;

export interface BatchState extends Known {
  /** By id; whatever does not exist is missing. */
  readonly drafts: ReadonlyMap<string, Draft>;
  /** For reads that stop short of the end: stored messages of the other side after the new cursor. */
  readonly unread: ReadonlyMap<ReadRequest, number>;
  /** Contacts who have started as many conversations as they may, with the time (ms) from which there is room for one. */
  readonly full: ReadonlyMap<string, number>;
  /** Contacts who may have one open conversation only, with the id of the one that they have. */
  readonly open: ReadonlyMap<string, string>;
}

export interface BatchPlan {
  /** One per operation, in their order. */
  readonly outcomes: readonly Outcome[];
  readonly entries: readonly EntryRecord[];
  readonly changed: readonly Draft[];
  /** Numbers of conversations that were made for a message which was refused then. */
  readonly unstarted: readonly number[];
  /** Stored messages that are others now. */
  readonly rewritten: readonly EntryRecord[];
  readonly attached: readonly Attached[];
  /** Messages whose files nobody gets any more. */
  readonly emptied: readonly Emptied[];
}

/** Takes the operations in the order in which they came. @param now ms; the time of all its entries */
export function planBatch(operations: readonly Operation[], state: BatchState, now: number, signer: Signer): BatchPlan {
  const batch = new AppendBatch(state, signer, now);
  const outcomes = operations.map((operation) =>
    operation.kind === 'append' ? append(operation.request, state, batch) : read(operation.request, state, batch),
  );
  const { entries, rewritten, attached, emptied } = batch;
  const drafts = [...state.drafts.values()];
  return {
    ...{ outcomes, entries, rewritten, attached, emptied },
    changed: drafts.filter(({ changed }) => changed),
    unstarted: drafts.filter(({ isNew }) => isNew).map(({ row }) => row.number),
  };
}

function append(request: AppendRequest, state: BatchState, batch: AppendBatch): AppendResult {
  const { by, log } = request;
  const draft = state.drafts.get(request.conversationId);
  const isStart = request.start === true && request.type === 'message' && by.kind === 'contact';
  if (!draft && isStart) {
    const refusal = refuseStart(request, by.contactId, state, batch.now);
    if (refusal) return refusal;
  }
  // Made for a message that comes later in this batch: for whoever came before it, it was not there yet.
  const isEarly = draft?.isNew && !isStart;
  if (!draft || isEarly || !mayWrite(by, draft.row)) return refused('not_found', 'There is no such conversation.');
  const { row } = draft;
  const created = draft.isNew;
  if (created && request.bot) row.bot = true;
  if (created && request.routing !== undefined) Object.assign(row, { routing: request.routing, isWaiting: true });

  const clientId = request.clientId ?? uuidV7(batch.now);
  const before = batch.byClientId(row, clientId);
  if (before) {
    if (before.log !== log || !isBy(before, by)) return refused('conflict', 'This clientId stands for another entry.');
    draft.isNew = false;
    const entries = [toEntry(before, row.id, batch.signer)];
    return { ok: true, duplicate: true, entries, conversation: { ...row }, created };
  }

  const done = write(request, clientId, draft, batch);
  if (!done.ok) return done;
  draft.isNew = false;
  return {
    ok: true,
    duplicate: done.entries.length === 0,
    entries: done.entries.map((entry) => toEntry(entry, row.id, batch.signer)),
    conversation: { ...row },
    created,
    ...(created && draft.starter && { contact: draft.starter }),
    ...(done.message && { message: done.message }),
    ...(done.endsBot && { endsBot: done.endsBot }),
  };
}

function refuseStart(
  { oneAtATime = false }: AppendRequest,
  contactId: string,
  { full, open }: BatchState,
  now: number,
): Refused | undefined {
  const other = oneAtATime ? open.get(contactId) : undefined;
  if (other !== undefined)
    return refused('conflict', `Another conversation is open: ${other}. There is one at a time.`);
  const roomAt = full.get(contactId);
  if (roomAt === undefined) return undefined;
  const message = 'This contact has started as many conversations as it may within a day (rule conversationsPerDay).';
  return { ...refused('rate_limited', message), retryAfterMs: Math.max(1, roomAt - now) };
}

/** Writes the entry, and all that comes with it. */
function write(request: AppendRequest, clientId: string, draft: Draft, batch: AppendBatch): Written | Refused {
  const { row } = draft;
  const { by } = request;
  switch (request.type) {
    case 'message':
      return appendMessage(request, clientId, draft, batch);
    case 'note': {
      const words = { id: uuidV7(batch.now), client_id: clientId, text: request.text?.toWellFormed() ?? '' };
      return written(batch.add(draft, by, 'note', words));
    }
    case 'edited':
    case 'deleted':
    case 'reacted':
      return changeMessage(request, draft, batch);
    case 'resolved':
      if (row.state === 'resolved') return written();
      return resolve(request, draft, batch);
    case 'reopened':
      return row.state === 'open' ? written() : written(reopen(request, draft, batch));
    case 'left': {
      const others = row.agents.filter(({ id }) => by.kind !== 'agent' || id !== by.agentId);
      const given = giveBack(request, draft, batch);
      if (others.length === row.agents.length) return written(...given);
      row.agents = others;
      return written(batch.add(draft, by, 'left'), ...given);
    }
    case 'assigned':
      return written(...assign(request, draft, batch));
    case 'rated':
      return rate(request, draft, batch);
  }
}

function resolve({ by }: AppendRequest, draft: Draft, batch: AppendBatch): Written {
  const { row } = draft;
  const endsBot = by.kind !== 'bot' && row.bot;
  Object.assign(row, { state: 'resolved', canRate: true, bot: false } satisfies Partial<ConversationRow>);
  return { ...written(batch.add(draft, by, 'resolved')), ...(endsBot && { endsBot }) };
}

function rate({ by, score = 0, comment }: AppendRequest, draft: Draft, batch: AppendBatch): Written | Refused {
  const { row } = draft;
  if (row.state !== 'resolved') return refused('conflict', 'The conversation is not closed.');
  if (!row.canRate) return refused('conflict', 'The conversation was rated since it was closed.');
  row.rating = score;
  row.canRate = false;
  const said = comment?.toWellFormed();
  return written(batch.add(draft, by, 'rated', { extras: writeExtras({ score, ...(said && { comment: said }) }) }));
}

function read(request: ReadRequest, state: BatchState, batch: AppendBatch): ReadResult | null {
  const draft = state.drafts.get(request.conversationId);
  const isContact = request.by === 'contact';
  if (!draft || (isContact && draft.row.contactId !== request.owner)) return null;
  const { row } = draft;
  const seq = Math.min(request.seq, row.lastSeq);
  if (seq <= (isContact ? row.contactReadSeq : row.agentReadSeq)) return { conversation: { ...row }, moved: false };

  const counts = (entry: EntryRecord): boolean =>
    entry.conversation_number === row.number &&
    entry.type === 'message' &&
    entry.seq > seq &&
    (entry.author_kind === 'contact') !== isContact;
  // What this batch has taken back was still there when the database counted.
  const stored = (state.unread.get(request) ?? 0) - batch.deleted.filter(counts).length;
  const unread = stored + batch.entries.filter(counts).length;
  if (isContact) {
    row.contactReadSeq = seq;
    row.contactUnread = unread;
  } else {
    row.agentReadSeq = seq;
    row.agentUnread = unread;
  }
  draft.changed = true;
  return { conversation: { ...row }, moved: true };
}
