import type { Author, MessageAnswer, Verification } from '../../../src/api/protocol.ts';
import { readAnswer } from '../form-values.ts';
import type { StoredAttachment } from '../files/sign.ts';
import { take } from './append-assignment.ts';
import { authorOf } from './append-batch.ts';
import type { AppendBatch, Draft, Mutable, Written } from './append-batch.ts';
import { refused } from './append-checks.ts';
import type { AppendRequest, Refused } from './append-request.ts';
import { readMessageExtras, writeExtras } from './entry-record.ts';
import type { ConversationRow } from './rows.ts';
import type { AttachmentRecord, EntryRecord } from './schema.ts';
import { uuidV7 } from './uuid-v7.ts';

/** What was uploaded and not sent is swept after a day; nothing is sent that is about to be. */
const UNSENT_MS = 23 * 60 * 60_000;

/** Says something: the message, and what comes with it (`reopened`, `joined`). */
export function appendMessage(
  request: AppendRequest,
  clientId: string,
  draft: Draft,
  batch: AppendBatch,
): Written | Refused {
  const { row } = draft;
  const { by, replyTo, content } = request;
  const isContact = by.kind === 'contact';
  if (isContact && row.state === 'resolved' && request.reopens === false) {
    return refused('conflict', 'The conversation is closed. Start another one.');
  }
  if (by.kind === 'bot' && !row.bot) return refused('conflict', 'No bot answers in this conversation.');
  if (replyTo !== undefined && !batch.message(row, replyTo)) {
    return refused('bad_request', 'The message that this replies to is not in this conversation.', '/replyTo');
  }
  const files = filesOf(request, row, batch);
  if (!files.ok) return files;
  const answered = request.answer && readAnswered(request.answer, row, batch);
  if (answered?.ok === false) return answered;

  const entries: EntryRecord[] = [];
  if (isContact && row.state === 'resolved') entries.push(reopen(request, draft, batch));
  const endsBot = by.kind === 'agent' && row.bot;
  if (by.kind === 'agent') {
    row.bot = false;
    if (noteAnswerer(row, authorOf(by, draft))) entries.push(batch.add(draft, by, 'joined'));
  }
  const id = uuidV7(batch.now);
  const isPlain = replyTo === undefined && !content && !answered && files.found.length === 0;
  entries.push(
    batch.add(draft, by, 'message', {
      id,
      client_id: clientId,
      // Half a surrogate pair has no UTF-8: without this, what is broadcast would differ from what is stored.
      text: answered?.text ?? request.text?.toWellFormed() ?? '',
      page_url: isContact ? (request.pageUrl?.toWellFormed() ?? null) : null,
      extras: isPlain
        ? null
        : writeExtras({
            ...(replyTo !== undefined && { replyTo }),
            ...(files.found.length > 0 && { attachments: files.found.map(toStored) }),
            ...(content && { content }),
            ...(answered && { answer: answered.answer }),
          }),
    }),
  );
  entries.push(...take(by, draft, batch));
  batch.attach(files.found, id);
  if (answered?.form) batch.rewrite(answered.form, { extras: setAnswered(answered.form) });
  row.lastMessageSeq = row.lastSeq;
  if (isContact) {
    row.agentUnread += 1;
    // They may have typed an e-mail since their socket was opened.
    const isClaim = draft.starter?.verification === 'claimed' && by.verification === 'anonymous';
    row.verification = stronger(row.verification, isClaim ? 'claimed' : by.verification);
  } else {
    row.contactUnread += 1;
  }
  return { ok: true, entries, ...(endsBot && { endsBot }) };
}

/** Opens a conversation again. */
export function reopen({ by }: AppendRequest, draft: Draft, batch: AppendBatch): EntryRecord {
  draft.row.state = 'open';
  draft.row.canRate = false;
  return batch.add(draft, by, 'reopened');
}

function filesOf({ attachments }: AppendRequest, row: ConversationRow, batch: AppendBatch) {
  const found: AttachmentRecord[] = [];
  for (const id of new Set(attachments?.ids)) {
    const file = batch.file(id);
    const isFree =
      file?.conversation_id === row.id &&
      file.uploader_id === attachments?.uploaderId &&
      file.message_id === null &&
      file.discarded_at === null &&
      file.created_at > batch.now - UNSENT_MS;
    if (!isFree) return refused('bad_request', 'One of the files was not uploaded for this message.', '/attachments');
    found.push(file);
  }
  return { ok: true, found } as const;
}

function toStored({ id, name, media_type: mediaType, bytes, width, height }: AttachmentRecord): StoredAttachment {
  return { id, name, mediaType, bytes, ...(width !== null && { width }), ...(height !== null && { height }) };
}

function readAnswered(answer: MessageAnswer, row: ConversationRow, batch: AppendBatch) {
  const asked = batch.message(row, answer.to);
  const { content, answered = false } = asked ? readMessageExtras(asked) : {};
  if (!asked || !content) return refused('bad_request', 'There is nothing to be answered.', '/answer/to');
  if (answered) return refused('conflict', 'This form was answered before.', '/answer/to');
  const read = readAnswer(content, answer);
  if (!read.ok) return refused('bad_request', read.message, `/answer${read.field}`);
  return { ...read, form: content.type === 'form' ? asked : undefined };
}

function setAnswered(form: EntryRecord): string | null {
  return writeExtras({ ...readMessageExtras(form), answered: true });
}

/** Moves the agent to the end of those who answered. True when it is the first answer. */
function noteAnswerer(row: Mutable<ConversationRow>, agent: Author): boolean {
  const others = row.agents.filter(({ id }) => id !== agent.id);
  const isFirst = others.length === row.agents.length;
  row.agents = [...others, agent];
  return isFirst;
}

const STRENGTH: Readonly<Record<Verification, number>> = { anonymous: 0, claimed: 1, verified: 2 };

function stronger(one: Verification, other: Verification): Verification {
  return STRENGTH[other] > STRENGTH[one] ? other : one;
}
