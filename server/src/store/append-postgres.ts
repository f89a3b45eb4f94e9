import type pg from 'pg';
import { entryKey } from './append-batch.ts';
import type { Draft } from './append-batch.ts';
import { doubtOf } from './append-doubt.ts';
import type { Doubt } from './append-doubt.ts';
import { planBatch } from './append-plan.ts';
import type { BatchPlan, Operation, Outcome } from './append-plan.ts';
import type { ReadRequest } from './append-request.ts';
import {
  ATTACH,
  DISCARD,
  ENTRIES,
  FILES,
  FULL,
  INSERT,
  LOCK,
  MESSAGES,
  OPEN,
  REWRITE,
  START,
  STARTERS,
  UNREAD,
  UNSTART,
  UPDATE,
} from './append-statements.ts';
import { carried, named, needsCount, repeatable, STARTS_MS, starts, toStarter, touchedIds } from './batch-reads.ts';
import type { StarterRecord } from './batch-reads.ts';
import { toConversationChanges, toConversationRow } from './conversation-record.ts';
import type { Signer } from './entry-record.ts';
import type { BatchDriver } from './group-commit.ts';
import { CONVERSATION_CHANGES, ENTRY_COLUMNS } from './schema.ts';
import type { AttachmentRecord, ConversationRecord, EntryRecord } from './schema.ts';
import { classifyPostgresError } from './store-unavailable.ts';

/** The hot path on PostgreSQL: two round trips per batch, whatever its size, on a pipelined connection of its own. */
export class PostgresBatches implements BatchDriver {
  readonly #pool: pg.Pool;
  readonly #signer: Signer;
  readonly #onDoubt: (doubt: Doubt) => void;

  /**
   * @param pool pipelined, one connection
   * @param onDoubt hears of batches that fail and may be stored all the same
   */
  constructor(pool: pg.Pool, signer: Signer, onDoubt: (doubt: Doubt) => void) {
    this.#pool = pool;
    this.#signer = signer;
    this.#onDoubt = onDoubt;
  }

  async commit(operations: readonly Operation[]): Promise<readonly Outcome[]> {
    const client = await this.#pool.connect();
    const now = Date.now();
    let isSent = false;
    try {
      const plan = await prepare(client, operations, now, this.#signer);
      isSent = true;
      await write(client, plan, now);
      client.release();
      return plan.outcomes;
    } catch (error) {
      await release(client, error);
      if (isSent && this.classify(error) === 'unavailable') this.#onDoubt(doubtOf(operations, now));
      throw error;
    }
  }

  classify(error: unknown) {
    return classifyPostgresError(error);
  }

  async close(): Promise<void> {
    await this.#pool.end();
  }
}

/** Begins a transaction, locks and reads what the operations touch, and says what is to be written. */
async function prepare(
  client: pg.PoolClient,
  operations: readonly Operation[],
  now: number,
  signer: Signer,
): Promise<BatchPlan> {
  const wanted = starts(operations);
  const starters = wanted.map(({ by }) => by.contactId);
  const most = wanted.map((start) => start.most);
  const repeats = repeatable(operations);
  const asked = named(operations);
  const fileIds = carried(operations);
  const [, starterRows, started, fullOnes, openOnes, locked, entries, messages, files] = await together([
    client.query('begin isolation level read committed'),
    wanted.length > 0 && client.query<StarterRecord>({ name: 'append-starters', text: STARTERS, values: [starters] }),
    wanted.length > 0 &&
      client.query<{ id: string }>({
        name: 'append-start',
        text: START,
        values: [
          wanted.map(({ id }) => id),
          wanted.map(({ by }) => by.verification),
          starters,
          wanted.map(({ by }) => by.inboxId),
          most,
          now,
          now - STARTS_MS,
          wanted.map(({ turn }) => turn),
          wanted.map(({ isOnly }) => isOnly),
        ],
      }),
    wanted.length > 0 &&
      client.query<{ contact_id: string; created_at: number }>({
        name: 'append-full',
        text: FULL,
        values: [starters, most, now - STARTS_MS],
      }),
    wanted.some(({ isOnly }) => isOnly) &&
      client.query<{ contact_id: string; id: string }>({ name: 'append-open', text: OPEN, values: [starters] }),
    client.query<Conversation>({ name: 'append-lock', text: LOCK, values: [touchedIds(operations)] }),
    // A statement of its own, sent behind the lock: only so does it see what was committed while the lock was awaited.
    repeats.length > 0 &&
      client.query<EntryRecord>({
        name: 'append-entries',
        text: ENTRIES,
        values: [repeats.map(({ conversationId }) => conversationId), repeats.map(({ clientId }) => clientId)],
      }),
    asked.length > 0 &&
      client.query<EntryRecord>({
        name: 'append-messages',
        text: MESSAGES,
        values: [asked.map(({ conversationId }) => conversationId), asked.map(({ id }) => id)],
      }),
    fileIds.length > 0 && client.query<AttachmentRecord>({ name: 'append-files', text: FILES, values: [fileIds] }),
  ]);

  const isNew = new Set(rowsOf(started).map(({ id }) => id));
  const known = new Map(rowsOf(starterRows).map((record) => [record.id, toStarter(record)]));
  const drafts = new Map<string, Draft>();
  for (const { contact_name: contactName, ...record } of locked.rows) {
    const made = isNew.has(record.id);
    const starter = made ? known.get(record.contact_id) : undefined;
    drafts.set(record.id, { row: toConversationRow(record), contactName, starter, isNew: made, changed: false });
  }
  const state = {
    drafts,
    byClientId: keyed(rowsOf(entries), ({ conversation_number: number, client_id: id }) => entryKey(number, id ?? '')),
    messages: keyed(rowsOf(messages), ({ conversation_number: number, id }) => entryKey(number, id ?? '')),
    files: keyed(rowsOf(files), ({ id }) => id),
    unread: await countUnread(client, operations, drafts),
    full: new Map(rowsOf(fullOnes).map(({ contact_id: id, created_at: at }) => [id, at + STARTS_MS])),
    open: new Map(rowsOf(openOnes).map(({ contact_id: contactId, id }) => [contactId, id])),
  };
  return planBatch(operations, state, now, signer);
}

/** Of a query that may not have been asked. */
function rowsOf<Row extends pg.QueryResultRow>(result: false | pg.QueryResult<Row>): readonly Row[] {
  return result ? result.rows : [];
}

function keyed<Row>(rows: readonly Row[], keyOf: (row: Row) => string): ReadonlyMap<string, Row> {
  return new Map(rows.map((row) => [keyOf(row), row]));
}

async function countUnread(
  client: pg.PoolClient,
  operations: readonly Operation[],
  drafts: ReadonlyMap<string, Draft>,
): Promise<Map<ReadRequest, number>> {
  const unread = new Map<ReadRequest, number>();
  for (const { kind, request } of operations) {
    const row = kind === 'read' && drafts.get(request.conversationId)?.row;
    if (!row || !needsCount(request, row)) continue;
    const values = [row.number, request.seq, request.by === 'agent'];
    const { rows } = await client.query<{ count: number }>({ name: 'append-unread', text: UNREAD, values });
    unread.set(request, rows[0]?.count ?? 0);
  }
  return unread;
}

async function write(client: pg.PoolClient, plan: BatchPlan, now: number): Promise<void> {
  const { entries, changed, rewritten, attached, emptied, unstarted } = plan;
  const changes = changed.map(({ row }) => toConversationChanges(row));
  const [, , , , , , committed] = await together([
    entries.length > 0 &&
      client.query({
        name: 'append-insert',
        text: INSERT,
        values: ENTRY_COLUMNS.map((column) => entries.map((entry) => entry[column])),
      }),
    changed.length > 0 &&
      client.query({
        name: 'append-update',
        text: UPDATE,
        values: [
          changed.map(({ row }) => row.number),
          ...CONVERSATION_CHANGES.map((column) => changes.map((change) => change[column])),
        ],
      }),
    rewritten.length > 0 &&
      client.query({
        name: 'append-rewrite',
        text: REWRITE,
        values: [
          rewritten.map(({ conversation_number: number }) => number),
          rewritten.map(({ seq }) => seq),
          rewritten.map(({ text }) => text),
          rewritten.map(({ page_url: pageUrl }) => pageUrl),
          rewritten.map(({ extras }) => extras),
        ],
      }),
    attached.length > 0 &&
      client.query({
        name: 'append-attach',
        text: ATTACH,
        values: [attached.map(({ id }) => id), attached.map(({ messageId }) => messageId)],
      }),
    emptied.length > 0 &&
      client.query({
        name: 'append-discard',
        text: DISCARD,
        values: [emptied.map(({ conversationId }) => conversationId), emptied.map(({ messageId }) => messageId), now],
      }),
    unstarted.length > 0 && client.query({ name: 'append-unstart', text: UNSTART, values: [unstarted] }),
    client.query('commit'),
  ]);
  // PostgreSQL answers COMMIT of a failed transaction with ROLLBACK, and calls that a success.
  if (committed.command !== 'COMMIT') throw new Error(`The database answered COMMIT with ${committed.command}.`);
}

/** Waits for all of a pipeline. The first that failed is the cause; those behind it only say so. */
async function together<const Queries extends readonly unknown[]>(
  queries: Queries,
): Promise<{ -readonly [Index in keyof Queries]: Awaited<Queries[Index]> }> {
  const settled = await Promise.allSettled(queries);
  const failed = settled.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
  return Promise.all(queries);
}

/** Gives the connection back clean; one that is broken, or will not roll back, is thrown away. */
async function release(client: pg.PoolClient, error: unknown): Promise<void> {
  if (classifyPostgresError(error) === 'unavailable') return client.release(true);
  try {
    await client.query('rollback');
    client.release();
  } catch {
    client.release(true);
  }
}

type Conversation = ConversationRecord & { readonly contact_name: string | null };
