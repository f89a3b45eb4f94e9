import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { SQLInputValue, StatementResultingChanges, StatementSync } from 'node:sqlite';
import { SqliteAdapter, SqliteDialect } from 'kysely';
import type { SqliteDatabase, SqliteStatement } from 'kysely';
import { keepPrivate, makePrivateFolder } from './private-files.ts';
import { classifySqliteError, StoreUnavailable } from './store-unavailable.ts';

/**
 * The waiting for somebody else's lock (a backup, say) holds the event loop, so it is short. A checkpoint copies the
 * log into the database; at 16 MB of log it is rare enough to matter little. The cache is 64 MB at most.
 */
const PRAGMAS = `
  pragma busy_timeout = 1000;
  pragma journal_mode = wal;
  pragma synchronous = full;
  pragma foreign_keys = on;
  pragma wal_autocheckpoint = 4000;
  pragma cache_size = -65536;
`;

/** Most statements kept compiled; the query set is far smaller, but lists of ids make a text per length. */
const STATEMENTS_KEPT = 500;

/**
 * One SQLite file, opened for durable commits: WAL, where one fsync per commit suffices, and `synchronous=FULL`, which
 * makes that fsync happen before COMMIT returns (https://www.sqlite.org/pragma.html#pragma_synchronous).
 * Statements are compiled once. To Kysely it looks like better-sqlite3, whose shape `SqliteDialect` expects.
 */
export class SqliteFile implements SqliteDatabase {
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  readonly #queries = new Map<string, Query>();

  /**
   * @param path `:memory:` for one that lives in memory; a missing folder is made; both are for their owner only
   * @throws StoreUnavailable when the file cannot be opened or is no database
   */
  constructor(path: string) {
    if (path !== ':memory:') {
      makePrivateFolder(dirname(path));
      keepPrivate(path);
    }
    this.#database = attempt(() => new DatabaseSync(path));
    attempt(() => this.#database.exec(PRAGMAS));
  }

  /** The compiled statement of this text, which writes; for one that reads see `first`. */
  statement(text: string): StatementSync {
    return kept(this.#statements, text, () => this.#database.prepare(text));
  }

  /** The first row that a query finds; undefined when it finds none. */
  first(text: string, ...parameters: SQLInputValue[]): Row | undefined {
    return this.#query(text).first(parameters);
  }

  get inTransaction(): boolean {
    return this.#database.isTransaction;
  }

  /** @internal Kysely's door. */
  prepare(text: string): SqliteStatement {
    return attempt(() => this.#query(text));
  }

  close(): void {
    this.#statements.clear();
    this.#queries.clear();
    this.#database.close();
  }

  #query(text: string): Query {
    return kept(this.#queries, text, () => new Query(this.#database.prepare(compiledOnce(text))));
  }
}

/**
 * The value of a bare `limit ?` may change SQLite's plan, and so it compiles the statement anew whenever a value is bound
 * (https://www.sqlite.org/c3ref/prepare.html): each time, which took ten times as long as most queries. It does not look
 * into an expression.
 */
function compiledOnce(text: string): string {
  return text.replaceAll('limit ?', 'limit ? + 0');
}

/** What is kept under this text, made if there is none. */
function kept<Made>(all: Map<string, Made>, text: string, make: () => Made): Made {
  let one = all.get(text);
  if (one === undefined) {
    if (all.size >= STATEMENTS_KEPT) all.delete(all.keys().next().value!);
    one = make();
    all.set(text, one);
  }
  return one;
}

type Row = Record<string, unknown>;

/**
 * A compiled statement and the names of its columns, which take longer to ask for than most statements to run. Rows come
 * as arrays and are made objects here: the objects that node:sqlite makes are dictionaries, slow to make and to read.
 */
class Query implements SqliteStatement {
  readonly #statement: StatementSync;
  readonly #names: readonly string[];
  readonly reader: boolean;

  constructor(statement: StatementSync) {
    this.#statement = statement;
    this.#names = statement.columns().map(({ name }) => name);
    this.reader = this.#names.length > 0;
    statement.setReturnArrays(true);
  }

  first(parameters: readonly SQLInputValue[]): Row | undefined {
    const values = this.#statement.get(...parameters) as unknown as readonly unknown[] | undefined;
    return values && this.#toRow(values);
  }

  all(parameters: readonly unknown[]): Row[] {
    const rows = attempt(() => this.#statement.all(...checked(parameters))) as unknown as readonly unknown[][];
    return rows.map((values) => this.#toRow(values));
  }

  run(parameters: readonly unknown[]): StatementResultingChanges {
    return attempt(() => this.#statement.run(...checked(parameters)));
  }

  *iterate(parameters: readonly unknown[]): IterableIterator<Row> {
    const rows = this.#statement.iterate(...checked(parameters)) as unknown as Iterable<readonly unknown[]>;
    for (const values of rows) yield this.#toRow(values);
  }

  #toRow(values: readonly unknown[]): Row {
    const row: Row = {};
    const names = this.#names;
    for (let index = 0; index < names.length; index += 1) row[names[index]!] = values[index];
    return row;
  }
}

/** Runs it; the database's own troubles come out as StoreUnavailable. */
function attempt<Result>(run: () => Result): Result {
  try {
    return run();
  } catch (error) {
    throw classifySqliteError(error) === 'unavailable' ? new StoreUnavailable(error) : error;
  }
}

/** PostgreSQL has no NUL in text. SQLite would take it, and stop reading there in some functions: refused alike. */
function checked(parameters: readonly unknown[]): SQLInputValue[] {
  for (const value of parameters) {
    if (typeof value === 'string' && value.includes('\0')) throw new TypeError('A text must not contain NUL.');
  }
  return parameters as SQLInputValue[];
}

/** Kysely's own, but it knows that SQLite rolls back changes of the schema too: a migration happens whole or not. */
export class SqliteFileDialect extends SqliteDialect {
  constructor(file: SqliteFile) {
    super({ database: file });
  }

  override createAdapter(): SqliteAdapter {
    return new TransactionalAdapter();
  }
}

class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}
