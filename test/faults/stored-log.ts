/** What a store holds, read straight from its tables: no server between. */
import { copyFileSync, existsSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

/** One entry of a main log. */
export interface StoredEntry {
  readonly conversationId: string;
  readonly seq: number;
  readonly type: string;
  readonly id: string | null;
  readonly clientId: string | null;
  readonly text: string | null;
}

export interface StoredConversation {
  readonly id: string;
  readonly lastSeq: number;
  readonly contactReadSeq: number;
  readonly agentReadSeq: number;
}

/** Everything that matters to whoever was told that it is stored. */
export interface StoredLog {
  /** By conversation and seq. */
  readonly entries: readonly StoredEntry[];
  readonly conversations: readonly StoredConversation[];
  /** What the database says is wrong with itself. */
  readonly damage: readonly string[];
}

export const ENTRIES = `
  select conversations.id as "conversationId", cast(entries.seq as integer) as "seq", entries.type as "type", entries.id as "id",
    entries.client_id as "clientId", entries.text as "text"
  from entries join conversations on conversations.number = entries.conversation_number
  where entries.log = 'main' order by conversations.number, entries.seq, entries.pos`;

export const CONVERSATIONS = `
  select id, cast(last_seq as integer) as "lastSeq", cast(contact_read_seq as integer) as "contactReadSeq",
    cast(agent_read_seq as integer) as "agentReadSeq"
  from conversations`;

/** What a SQLite file holds. */
export function readSqlite(file: string): StoredLog {
  using database = new DatabaseSync(file);
  const all = (sql: string) => database.prepare(sql).all() as unknown[];
  const answers = all('pragma integrity_check') as { integrity_check: string }[];
  const orphans = all('pragma foreign_key_check') as { table: string; parent: string }[];
  return {
    entries: all(ENTRIES) as StoredEntry[],
    conversations: all(CONVERSATIONS) as StoredConversation[],
    damage: [
      ...answers.map((answer) => answer.integrity_check).filter((answer) => answer !== 'ok'),
      ...orphans.map(({ table, parent }) => `${table}: a row belongs to nothing in ${parent}`),
    ],
  };
}

/** A copy of file and write-ahead log as a dead server has left them; deleted at the end of the block that uses it. */
export class SqliteCopy {
  readonly #file: string;

  constructor(file: string) {
    this.#file = `${file}.copy`;
    this[Symbol.dispose]();
    copyFileSync(file, this.#file);
    if (existsSync(`${file}-wal`)) copyFileSync(`${file}-wal`, `${this.#file}-wal`);
  }

  read(): StoredLog {
    return readSqlite(this.#file);
  }

  [Symbol.dispose](): void {
    for (const end of ['', '-wal', '-shm']) rmSync(this.#file + end, { force: true });
  }
}
