import type {
  Author,
  Entry,
  MessageAnswer,
  MessageContent,
  MessageEntry,
  Named,
  Reaction,
} from '../../../src/api/protocol.ts';
import type { FileSigner, StoredAttachment } from '../files/sign.ts';
import type { EntryRecord } from './schema.ts';

/** Gives files an address. */
export type Signer = Pick<FileSigner, 'signAttachment'>;

/** What `entries.extras` holds of a message, beyond its text. */
export interface MessageExtras {
  readonly replyTo?: string;
  readonly attachments?: readonly StoredAttachment[];
  readonly content?: MessageContent;
  readonly answer?: MessageAnswer;
  readonly editedAt?: number;
  readonly deletedAt?: number;
  readonly reactions?: readonly Reaction[];
  /** Its form was answered: it is once. */
  readonly answered?: true;
}

/** What `entries.extras` holds of an entry that tells what became of a message, or of a rating. */
export interface EntryExtras {
  readonly messageId?: string;
  readonly emoji?: string;
  readonly on?: boolean;
  readonly score?: number;
  readonly comment?: string;
  readonly agent?: Named | null;
  readonly team?: Named | null;
}

/** @param extras of a message, as stored */
export function readMessageExtras({ extras }: Pick<EntryRecord, 'extras'>): MessageExtras {
  return extras === null ? {} : (JSON.parse(extras) as MessageExtras);
}

export function readExtras({ extras }: Pick<EntryRecord, 'extras'>): EntryExtras {
  return extras === null ? {} : (JSON.parse(extras) as EntryExtras);
}

/** For the column; null when there is nothing to keep. */
export function writeExtras(extras: MessageExtras | EntryExtras): string | null {
  const json = JSON.stringify(extras);
  return json === '{}' ? null : json;
}

/** The row as the wire shows it. An `edited` one needs the text of its message. */
export function toEntry(row: EntryRecord, conversationId: string, signer: Signer): Entry {
  const { type } = row;
  if (type === 'message') return toMessage(row, conversationId, signer);
  const head = { conversationId, seq: row.seq, at: row.at, author: toAuthor(row) };
  if (type === 'note') return { type, ...head, ...said(row), text: row.text ?? '' };
  const { messageId = '', emoji = '', on = false, score = 0, comment, agent, team } = readExtras(row);
  switch (type) {
    case 'edited':
      return { type, ...head, messageId, text: row.text ?? '' };
    case 'deleted':
      return { type, ...head, messageId };
    case 'reacted':
      return { type, ...head, messageId, emoji, on };
    case 'assigned':
      return { type, ...head, ...(agent !== undefined && { agent }), ...(team !== undefined && { team }) };
    case 'rated':
      return { type, ...head, score, ...(comment !== undefined && { comment }) };
    default:
      return { type, ...head };
  }
}

/** The row of a message as the wire shows it: as it is by now. */
export function toMessage(row: EntryRecord, conversationId: string, signer: Signer): MessageEntry {
  return {
    type: 'message',
    conversationId,
    seq: row.seq,
    at: row.at,
    author: toAuthor(row),
    ...said(row),
    text: row.text ?? '',
    ...(row.page_url !== null && { pageUrl: row.page_url }),
    ...(row.extras !== null && shown(readMessageExtras(row), conversationId, signer)),
  };
}

function shown({ answered: _, attachments, ...extras }: MessageExtras, conversationId: string, signer: Signer) {
  if (!attachments) return extras;
  return { ...extras, attachments: attachments.map((file) => signer.signAttachment(file, conversationId)) };
}

function said({ id, client_id: clientId, seq }: EntryRecord): { readonly id: string; readonly clientId: string } {
  if (id === null || clientId === null) throw new Error(`Entry ${seq} was said, but has no id.`);
  return { id, clientId };
}

function toAuthor(row: EntryRecord): Author {
  return {
    kind: row.author_kind,
    id: row.author_id,
    name: row.author_name,
    ...(row.author_avatar_url !== null && { avatarUrl: row.author_avatar_url }),
  };
}
