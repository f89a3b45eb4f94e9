import type { Reaction } from '../../../src/api/protocol.ts';
import type { AppendBatch, Draft, Written } from './append-batch.ts';
import { isBy, MOST_REACTIONS, refused } from './append-checks.ts';
import type { AppendRequest, Refused, Writer } from './append-request.ts';
import { readMessageExtras, toMessage, writeExtras } from './entry-record.ts';
import type { EntryRecord } from './schema.ts';

/** Edits, deletes, or puts an emoji on a message. */
export function changeMessage(request: AppendRequest, draft: Draft, batch: AppendBatch): Written | Refused {
  const message = batch.message(draft.row, request.messageId ?? '');
  if (!message) return refused('not_found', 'There is no such message.');
  if (request.type === 'reacted') return react(request, message, draft, batch);
  if (!isBy(message, request.by)) return refused('forbidden', 'Only its writer may change a message.');
  const isDeletion = request.type === 'deleted';
  if (isDeletion && message.text === null) return toChanged([], message, draft, batch);
  const { editMs } = request;
  if (editMs !== undefined && batch.now - message.at > editMs) {
    return refused('forbidden', 'This message is too old to be changed.');
  }
  return isDeletion ? remove(request, message, draft, batch) : edit(request, message, draft, batch);
}

function edit(request: AppendRequest, message: EntryRecord, draft: Draft, batch: AppendBatch): Written | Refused {
  if (message.text === null) return refused('conflict', 'The message was deleted.');
  const extras = readMessageExtras(message);
  if (extras.answer) return refused('conflict', 'An answer stays as it was given.');
  const text = request.text?.toWellFormed() ?? '';
  if (text === '' && !extras.attachments) return refused('bad_request', 'There is no text.', '/text');
  if (text === message.text) return toChanged([], message, draft, batch);
  const changed = batch.rewrite(message, { text, extras: writeExtras({ ...extras, editedAt: batch.now }) });
  const entry = batch.add(draft, request.by, 'edited', { extras: writeExtras({ messageId: request.messageId }) });
  return toChanged([{ ...entry, text }], changed, draft, batch);
}

function remove(
  { by, messageId = '' }: AppendRequest,
  message: EntryRecord,
  draft: Draft,
  batch: AppendBatch,
): Written {
  const { row } = draft;
  const changed = batch.rewrite(message, {
    text: null,
    page_url: null,
    extras: writeExtras({ deletedAt: batch.now }),
  });
  batch.deleted.push(message);
  if (readMessageExtras(message).attachments) batch.emptied.push({ conversationId: row.id, messageId });
  if (message.author_kind === 'contact') {
    if (message.seq > row.agentReadSeq) row.agentUnread = Math.max(0, row.agentUnread - 1);
  } else if (message.seq > row.contactReadSeq) {
    row.contactUnread = Math.max(0, row.contactUnread - 1);
  }
  const entry = batch.add(draft, by, 'deleted', { extras: writeExtras({ messageId }) });
  return toChanged([entry], changed, draft, batch);
}

function react(request: AppendRequest, message: EntryRecord, draft: Draft, batch: AppendBatch): Written | Refused {
  const { by, messageId, emoji = '', on = false } = request;
  if (message.text === null) return refused('conflict', 'The message was deleted.');
  const { reactions = [], ...extras } = readMessageExtras(message);
  const who = reactor(by);
  const isOn = reactions.some((each) => each.emoji === emoji && each.by.includes(who));
  if (isOn === on) return toChanged([], message, draft, batch);
  const now = on ? put(reactions, emoji, who) : take(reactions, emoji, who);
  if (now.length > MOST_REACTIONS)
    return refused('conflict', `A message has at most ${MOST_REACTIONS} different emoji.`);
  const changed = batch.rewrite(message, {
    extras: writeExtras({ ...extras, ...(now.length > 0 && { reactions: now }) }),
  });
  const entry = batch.add(draft, by, 'reacted', { extras: writeExtras({ messageId, emoji, on }) });
  return toChanged([entry], changed, draft, batch);
}

/** A conversation has one contact, whose id may become another's (`Contacts.merge`). */
function reactor(by: Writer): string {
  return by.kind === 'agent' ? by.agentId : by.kind;
}

function put(reactions: readonly Reaction[], emoji: string, who: string): readonly Reaction[] {
  if (!reactions.some((each) => each.emoji === emoji)) return [...reactions, { emoji, by: [who] }];
  return reactions.map((each) => (each.emoji === emoji ? { emoji, by: [...each.by, who] } : each));
}

function take(reactions: readonly Reaction[], emoji: string, who: string): readonly Reaction[] {
  return reactions
    .map((each) => (each.emoji === emoji ? { emoji, by: each.by.filter((one) => one !== who) } : each))
    .filter((each) => each.by.length > 0);
}

function toChanged(entries: readonly EntryRecord[], message: EntryRecord, { row }: Draft, batch: AppendBatch): Written {
  return { ok: true, entries, message: toMessage(message, row.id, batch.signer) };
}
