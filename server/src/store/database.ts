import { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import type pg from 'pg';
import { migrations } from './migrations.ts';
import { openPool, PostgresPoolDialect } from './postgres.ts';
import type { Database, DialectName } from './schema.ts';
import { SqliteFile, SqliteFileDialect } from './sqlite.ts';

/** What the store says while it runs; pino's loggers fit. */
export interface StoreLog {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

interface Opened {
  /**
   * The one door for all queries but the hot path. SQLite has a single connection: Kysely hands it to one query or one
   * whole transaction after the other, so a query never lands inside somebody else's transaction.
   */
  readonly db: Kysely<Database>;
}

export interface OpenSqlite extends Opened {
  readonly dialect: 'sqlite';
  readonly file: SqliteFile;
}

export interface OpenPostgres extends Opened {
  readonly dialect: 'postgres';
  /** One pipelined connection, for the hot path alone: it never waits behind a page of history. */
  readonly committer: pg.Pool;
}

/** Connections for everything but the hot path. */
const POSTGRES_CONNECTIONS = 10;
/** A statement that takes longer (ms) is given up. */
const POSTGRES_TIMEOUT_MS = 15_000;

/** @throws StoreUnavailable, or the error of the migration that failed */
export async function openSqlite(path: string, log: StoreLog): Promise<OpenSqlite> {
  const file = new SqliteFile(path);
  const db = new Kysely<Database>({ dialect: new SqliteFileDialect(file) });
  try {
    await migrate(db, 'sqlite', log);
  } catch (error) {
    file.close();
    throw error;
  }
  return { dialect: 'sqlite', db, file };
}

/** @throws StoreUnavailable, or the error of the migration that failed */
export async function openPostgres(url: string, log: StoreLog, timeoutMs = POSTGRES_TIMEOUT_MS): Promise<OpenPostgres> {
  const onBroken = (error: Error) => log.warn({ error: error.message }, 'a database connection broke');
  // A pool of its own: a migration, or the wait for another node's, may take longer than a query should.
  const migrating = new Kysely<Database>({
    dialect: new PostgresPoolDialect(openPool(url, { max: 2, onBroken })),
  });
  try {
    await migrate(migrating, 'postgres', log);
  } finally {
    await migrating.destroy();
  }
  const pool = openPool(url, { max: POSTGRES_CONNECTIONS, timeoutMs, onBroken });
  return {
    dialect: 'postgres',
    db: new Kysely<Database>({ dialect: new PostgresPoolDialect(pool) }),
    committer: openPool(url, { max: 1, timeoutMs, pipeline: true, onBroken }),
  };
}

/** Climbs the ladder. Nodes that start together wait for each other (on PostgreSQL, by Kysely's advisory lock). */
async function migrate(db: Kysely<Database>, dialect: DialectName, log: StoreLog): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations(dialect) } });
  const { error, results = [] } = await migrator.migrateToLatest();
  if (error !== undefined) throw error instanceof Error ? error : new Error('A migration failed.', { cause: error });
  for (const { migrationName } of results) log.info({ migration: migrationName }, 'migrated the database');
}
