import { PostgresDialect, PostgresDriver } from 'kysely';
import type { CompiledQuery, DatabaseConnection, PostgresDialectConfig } from 'kysely';
import pg from 'pg';
import type { PreparedQuery } from './prepared-queries.ts';
import { classifyPostgresError, StoreUnavailable } from './store-unavailable.ts';

/** OID of int8, which every time, seq and count is; all of ours are far below 2^53. */
const INT8 = 20;

const types: pg.CustomTypesConfig = {
  getTypeParser(oid: number, format) {
    if (oid === INT8 && format !== 'binary') return Number;
    return pg.types.getTypeParser(oid, format) as (value: string) => unknown;
  },
};

export interface PoolOptions {
  /** Most connections. */
  readonly max: number;
  /**
   * Ms that one statement may take: the database then gives it up, or, if it says nothing at all, we the connection.
   * Default: for ever.
   */
  readonly timeoutMs?: number;
  /** Send statements without waiting for the answers to those before them. */
  readonly pipeline?: boolean;
  /** Hears of every connection that broke; those who were using it hear it from their query. */
  readonly onBroken: (error: Error) => void;
}

/** Who is asked to give up is left this long to say so, ms. */
const GRACE_MS = 1_000;
/** A node that has stopped in the middle of a transaction keeps its locks from the others no longer than this, ms. */
const IDLE_IN_TRANSACTION_MS = 5_000;

/** As settings, not as parameters of the connection, which not every pooler in between takes. */
const LIMITS = `select set_config('statement_timeout', $1, false),
  set_config('idle_in_transaction_session_timeout', $2, false)`;
/** What is acknowledged is on disk, whatever the role or the cluster is set to; who asks for more than that keeps it. */
const DURABLE = `select set_config('synchronous_commit', 'on', false) where current_setting('synchronous_commit') = 'off'`;

/** @param url `postgres://user:password@host:port/database` */
export function openPool(url: string, { max, timeoutMs, pipeline, onBroken }: PoolOptions): pg.Pool {
  const config: pg.PoolConfig & { pipeline?: boolean; onConnect?: (client: pg.PoolClient) => Promise<unknown> } = {
    connectionString: url,
    max,
    types,
    keepAlive: true,
    connectionTimeoutMillis: 5_000,
    application_name: 'chat-widget-server',
    ...(timeoutMs !== undefined && {
      query_timeout: timeoutMs + GRACE_MS,
      onConnect: async (client) => {
        await client.query(LIMITS, [timeoutMs, IDLE_IN_TRANSACTION_MS]);
        await client.query(DURABLE);
      },
    }),
    ...(pipeline && { pipeline }),
  };
  const pool = new pg.Pool(config);
  // A broken connection is an `error` event too, which without a listener ends the process. The pool listens to idle
  // ones and passes it on; to those in use nobody does. It replaces both by itself.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', onBroken));
  return pool;
}

/**
 * Kysely's own, but what is the database's own trouble comes out as StoreUnavailable, and each connection keeps the plans
 * of prepared queries.
 */
export class PostgresPoolDialect extends PostgresDialect {
  readonly #config: PostgresDialectConfig;

  constructor(pool: pg.Pool) {
    const config: PostgresDialectConfig = { pool };
    super(config);
    this.#config = config;
  }

  override createDriver(): PostgresDriver {
    return new TranslatingDriver(this.#config);
  }
}

class TranslatingDriver extends PostgresDriver {
  readonly #known = new WeakSet<DatabaseConnection>();

  override async acquireConnection(
    ...options: Parameters<PostgresDriver['acquireConnection']>
  ): Promise<DatabaseConnection> {
    const connection = await translate(super.acquireConnection(...options));
    if (!this.#known.has(connection)) {
      this.#known.add(connection);
      const execute = connection.executeQuery.bind(connection);
      connection.executeQuery = (query, ...more) => translate(execute(named(query), ...more));
    }
    return connection;
  }
}

/** Kysely hands the text on as it is, and pg takes a name with it (https://node-postgres.com/features/queries). */
function named(query: CompiledQuery | PreparedQuery): CompiledQuery {
  if (!('statementName' in query)) return query;
  return { ...query, sql: { name: query.statementName, text: query.sql } as unknown as string };
}

async function translate<Result>(attempt: Promise<Result>): Promise<Result> {
  try {
    return await attempt;
  } catch (error) {
    throw classifyPostgresError(error) === 'unavailable' ? new StoreUnavailable(error) : error;
  }
}
