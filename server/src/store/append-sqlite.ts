import type { Kysely } from 'kysely';
import { entryKey } from './append-batch.ts';
import type { Draft } from './append-batch.ts';
import { planBatch } from './append-plan.ts';
import type { BatchPlan, Operation, Outcome } from './append-plan.ts';
import type { ReadRequest } from './append-request.ts';
import {
  carried,
  named,
  needsCount,
  repeatable,
  STARTER_COLUMNS,
  STARTS_MS,
  starts,
  toStarter,
  touchedIds,
} from './batch-reads.ts';
import type { StarterRecord } from './batch-reads.ts';
import { toConversationChanges, toConversationRow } from './conversation-record.ts';
import type { Signer } from './entry-record.ts';
import type { BatchDriver } from './group-commit.ts';
import { CONVERSATION_CHANGES, CONVERSATION_COLUMNS, ENTRY_COLUMNS } from './schema.ts';
import type { AttachmentRecord, ConversationRecord, Database, EntryRecord } from './schema.ts';
import type { SqliteFile } from './sqlite.ts';
import { classifySqliteError } from './store-unavailable.ts';

const START = `
  insert into conversations (id, inbox_id, contact_id, state, verification, created_at, updated_at, last_seq,
    last_note_seq, last_message_seq, contact_read_seq, agent_read_seq, contact_unread, agent_unread, agents)
  select ?, inbox_id, id, 'open', ?, ?, ?, 0, 0, 0, 0, 0, 0, 0, '[]'
  from contacts where id = ? and inbox_id = ? and merged_into is null
  on conflict (id) do nothing`;

const STARTER = `select ${STARTER_COLUMNS.join(', ')} from contacts where id = ?`;

/** When the conversation was started that must leave the day before the contact may start another. */
const FULL = `
  select created_at from conversations where contact_id = ? and created_at > ?
  order by created_at desc limit 1 offset ?`;

const OPEN = `select id from conversations where contact_id = ? and state = 'open' order by number limit 1`;

const CONVERSATION = `
  select ${CONVERSATION_COLUMNS.join(', ')},
    (select name from contacts where contacts.id = conversations.contact_id) as contact_name
  from conversations where id = ?`;

const ENTRY = `
  select ${ENTRY_COLUMNS.join(', ')} from entries where conversation_number = ? and client_id = ?`;

const MESSAGE = `
  select ${ENTRY_COLUMNS.join(', ')} from entries where id = ? and conversation_number = ? and type = 'message'`;

const FILE = 'select * from attachments where id = ?';

const UNREAD = `
  select count(*) as count from entries
  where conversation_number = ? and log = 'main' and seq > ? and type = 'message' and text is not null
    and (author_kind = 'contact') = ?`;

const INSERT = `
  insert into entries (${ENTRY_COLUMNS.join(', ')}) values (${ENTRY_COLUMNS.map(() => '?').join(', ')})`;

const UPDATE = `
  update conversations set ${CONVERSATION_CHANGES.map((column) => `${column} = ?`).join(', ')} where number = ?`;

const REWRITE = `
  update entries set text = ?, page_url = ?, extras = ? where conversation_number = ? and log = 'main' and seq = ?`;

const ATTACH = 'update attachments set message_id = ? where id = ?';

const DISCARD = 'update attachments set discarded_at = ? where conversation_id = ? and message_id = ?';

const UNSTART = 'delete from conversations where number = ?';

/** The hot path on SQLite: compiled statements, one after the other, without giving up the event loop in between. */
export class SqliteBatches implements BatchDriver {
  readonly #db: Kysely<Database>;
  readonly #file: SqliteFile;
  readonly #signer: Signer;

  constructor(db: Kysely<Database>, file: SqliteFile, signer: Signer) {
    this.#db = db;
    this.#file = file;
    this.#signer = signer;
  }

  /** Takes its turn on the one connection: behind a transaction that is open, never inside it. */
  commit(operations: readonly Operation[]): Promise<readonly Outcome[]> {
    return this.#db.connection().execute(async () => this.#transact(operations));
  }

  classify(error: unknown) {
    return classifySqliteError(error);
  }

  async close(): Promise<void> {}

  #transact(operations: readonly Operation[]): readonly Outcome[] {
    const file = this.#file;
    file.statement('begin immediate').run();
    try {
      const outcomes = this.#write(operations, Date.now());
      file.statement('commit').run();
      return outcomes;
    } catch (error) {
      // Some errors (a full disk, for one) have rolled back already.
      if (file.inTransaction) file.statement('rollback').run();
      throw error;
    }
  }

  #write(operations: readonly Operation[], now: number): readonly Outcome[] {
    const file = this.#file;
    const started = new Set<string>();
    const full = new Map<string, number>();
    const open = new Map<string, string>();
    for (const { id, by, most, isOnly } of starts(operations).sort((one, other) => one.turn - other.turn)) {
      const other = isOnly && (file.first(OPEN, by.contactId) as { id: string } | undefined);
      if (other) {
        open.set(by.contactId, other.id);
        continue;
      }
      const last = file.first(FULL, by.contactId, now - STARTS_MS, most - 1) as { created_at: number } | undefined;
      if (last) {
        full.set(by.contactId, last.created_at + STARTS_MS);
        continue;
      }
      const { changes } = file.statement(START).run(id, by.verification, now, now, by.contactId, by.inboxId);
      if (changes === 1) started.add(id);
    }

    const drafts = new Map<string, Draft>();
    for (const id of touchedIds(operations)) {
      const record = file.first(CONVERSATION, id) as unknown as Conversation | undefined;
      if (!record) continue;
      const row = toConversationRow(record);
      const isNew = started.has(id);
      const starter = isNew ? toStarter(file.first(STARTER, row.contactId) as unknown as StarterRecord) : undefined;
      drafts.set(id, { row, contactName: record.contact_name, starter, isNew, changed: false });
    }

    const byClientId = new Map<string, EntryRecord>();
    for (const { conversationId, clientId } of repeatable(operations)) {
      const draft = drafts.get(conversationId);
      if (!draft || draft.isNew) continue;
      const record = file.first(ENTRY, draft.row.number, clientId) as unknown as EntryRecord | undefined;
      if (record) byClientId.set(entryKey(draft.row.number, clientId), record);
    }

    const unread = new Map<ReadRequest, number>();
    for (const { kind, request } of operations) {
      const row = kind === 'read' && drafts.get(request.conversationId)?.row;
      if (!row || !needsCount(request, row)) continue;
      const { count } = file.first(UNREAD, row.number, request.seq, request.by === 'agent' ? 1 : 0) as {
        count: number;
      };
      unread.set(request, count);
    }

    const messages = new Map<string, EntryRecord>();
    for (const { conversationId, id } of named(operations)) {
      const row = drafts.get(conversationId)?.row;
      const record = row && (file.first(MESSAGE, id, row.number) as unknown as EntryRecord | undefined);
      if (record) messages.set(entryKey(row.number, id), record);
    }
    const files = new Map<string, AttachmentRecord>();
    for (const id of carried(operations)) {
      const record = file.first(FILE, id) as unknown as AttachmentRecord | undefined;
      if (record) files.set(id, record);
    }

    const state = { drafts, byClientId, messages, files, unread, full, open };
    const plan = planBatch(operations, state, now, this.#signer);
    this.#carryOut(plan, now);
    return plan.outcomes;
  }

  #carryOut({ entries, changed, rewritten, attached, emptied, unstarted }: BatchPlan, now: number): void {
    const file = this.#file;
    const insert = file.statement(INSERT);
    for (const entry of entries) insert.run(...ENTRY_COLUMNS.map((column) => entry[column]));
    const update = file.statement(UPDATE);
    for (const { row } of changed) {
      const changes = toConversationChanges(row);
      update.run(...CONVERSATION_CHANGES.map((column) => changes[column]), row.number);
    }
    for (const { text, page_url: pageUrl, extras, conversation_number: number, seq } of rewritten) {
      file.statement(REWRITE).run(text, pageUrl, extras, number, seq);
    }
    for (const { id, messageId } of attached) file.statement(ATTACH).run(messageId, id);
    for (const { conversationId, messageId } of emptied) file.statement(DISCARD).run(now, conversationId, messageId);
    for (const number of unstarted) file.statement(UNSTART).run(number);
  }
}

type Conversation = ConversationRecord & { readonly contact_name: string | null };
