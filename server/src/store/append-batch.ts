import type { Author, Contact, MessageEntry } from '../../../src/api/protocol.ts';
import { logOf } from './append-checks.ts';
import type { Writer } from './append-request.ts';
import type { Signer } from './entry-record.ts';
import type { ConversationRow } from './rows.ts';
import type { AttachmentRecord, EntryRecord } from './schema.ts';

export type Mutable<Row> = { -readonly [Key in keyof Row]: Row[Key] };

/** A conversation while its batch is planned: read under a lock, written back once. */
export interface Draft {
  readonly row: Mutable<ConversationRow>;
  /** The contact's name, as its messages are signed. */
  readonly contactName: string | null;
  /** Of a conversation that this batch made: who started it, as they are now. */
  readonly starter?: Contact | undefined;
  /** This batch made it; the first message in it takes the credit and sets this to false. */
  isNew: boolean;
  changed: boolean;
}

/** What of an entry depends on what it says. */
export type Words = Partial<Pick<EntryRecord, 'id' | 'client_id' | 'text' | 'page_url' | 'extras'>>;

/** What a request has written: nothing when everything was so already. */
export interface Written {
  readonly ok: true;
  readonly entries: readonly EntryRecord[];
  /** The message that was changed, as it is by now. */
  readonly message?: MessageEntry;
  /** A chatbot answered until then. */
  readonly endsBot?: true;
}

export function written(...entries: readonly EntryRecord[]): Written {
  return { ok: true, entries };
}

/** A file that stands in a message from now on. */
export interface Attached {
  readonly id: string;
  readonly messageId: string;
}

/** A message that has no files any more. */
export interface Emptied {
  readonly conversationId: string;
  readonly messageId: string;
}

/** What a batch knows of what is stored, and what it is about to write. */
export interface Known {
  /** Entries by `entryKey` of their clientId. */
  readonly byClientId: ReadonlyMap<string, EntryRecord>;
  /** Messages by `entryKey` of their id. */
  readonly messages: ReadonlyMap<string, EntryRecord>;
  /** Uploaded files, by id. */
  readonly files: ReadonlyMap<string, AttachmentRecord>;
}

/** The key of an entry within its conversation. @param id its clientId, or its own */
export function entryKey(conversationNumber: number, id: string): string {
  return `${conversationNumber}/${id}`;
}

/** What one batch writes: whoever comes later in it finds what those before have left. */
export class AppendBatch {
  /** ms; the time of all its entries. */
  readonly now: number;
  readonly signer: Signer;
  readonly entries: EntryRecord[] = [];
  readonly attached: Attached[] = [];
  /** Messages whose files nobody gets any more. */
  readonly emptied: Emptied[] = [];
  /** Messages that were taken back, as they were. */
  readonly deleted: EntryRecord[] = [];
  readonly #byClientId: Map<string, EntryRecord>;
  readonly #messages: Map<string, EntryRecord>;
  readonly #files: Map<string, AttachmentRecord>;
  readonly #rewritten = new Map<string, EntryRecord>();

  constructor({ byClientId, messages, files }: Known, signer: Signer, now: number) {
    this.now = now;
    this.signer = signer;
    this.#byClientId = new Map(byClientId);
    this.#messages = new Map(messages);
    this.#files = new Map(files);
  }

  /** Stored messages that are others now. */
  get rewritten(): readonly EntryRecord[] {
    return [...this.#rewritten.values()];
  }

  byClientId(row: ConversationRow, clientId: string): EntryRecord | undefined {
    return this.#byClientId.get(entryKey(row.number, clientId));
  }

  message(row: ConversationRow, id: string): EntryRecord | undefined {
    return this.#messages.get(entryKey(row.number, id));
  }

  /** A file that no message has yet. */
  file(id: string): AttachmentRecord | undefined {
    return this.#files.get(id);
  }

  /** Appends an entry to a log of its conversation. */
  add(draft: Draft, by: Writer, type: EntryRecord['type'], words: Words = {}): EntryRecord {
    const { row } = draft;
    const author = authorOf(by, draft);
    const log = logOf(type);
    const entry: EntryRecord = {
      conversation_number: row.number,
      log,
      seq: log === 'main' ? ++row.lastSeq : ++row.lastNoteSeq,
      type,
      id: null,
      client_id: null,
      author_kind: author.kind,
      author_id: author.id,
      author_name: author.name,
      author_avatar_url: author.avatarUrl ?? null,
      text: null,
      page_url: null,
      at: this.now,
      extras: null,
      ...words,
    };
    this.entries.push(entry);
    if (entry.client_id !== null) this.#byClientId.set(entryKey(row.number, entry.client_id), entry);
    draft.changed = true;
    if (log === 'main') row.updatedAt = this.now;
    return entry;
  }

  /** Changes a stored message. */
  rewrite(message: EntryRecord, change: Pick<Words, 'text' | 'page_url' | 'extras'>): EntryRecord {
    const { conversation_number: number, id, client_id: clientId } = message;
    const changed = { ...message, ...change };
    if (clientId !== null) this.#byClientId.set(entryKey(number, clientId), changed);
    if (id === null) throw new Error('A message without an id.');
    this.#messages.set(entryKey(number, id), changed);
    this.#rewritten.set(entryKey(number, id), changed);
    return changed;
  }

  /** From now on these files are that message's, and nobody else's. */
  attach(files: readonly { readonly id: string }[], messageId: string): void {
    for (const { id } of files) {
      this.#files.delete(id);
      this.attached.push({ id, messageId });
    }
  }
}

/** How an entry is signed. */
export function authorOf(by: Writer, { row, contactName }: Draft): Author {
  if (by.kind === 'contact') return { kind: 'contact', id: row.contactId, name: contactName };
  if (by.kind === 'system') return { kind: 'system', id: 'system', name: by.name ?? null };
  const { kind, name, avatarUrl } = by;
  return { kind, id: kind === 'bot' ? by.botId : by.agentId, name, ...(avatarUrl && { avatarUrl }) };
}
