import pg from 'pg';

/**
 * The database cannot be reached or cannot commit: nothing of the request is acknowledged, trying again later is right.
 * (After a connection lost during COMMIT it may have been stored all the same; the clientId finds it then.)
 */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
  /** @param cause what the database or its driver said: for the log, never for a client */
  constructor(cause: unknown) {
    super(`The database is not available: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

/**
 * What a failed statement says about the next attempt.
 * `unavailable`: the database is the trouble. `retry`: another transaction was in the way, the same again may pass.
 * `data`: this very data is refused, whenever it comes. `bug`: none of these, so ours.
 */
export type Failure = 'unavailable' | 'retry' | 'data' | 'bug';

/** SQLite's primary result codes, https://www.sqlite.org/rescode.html */
const SQLITE_DATA = new Set([18 /* TOOBIG */, 19 /* CONSTRAINT */, 20 /* MISMATCH */]);
const SQLITE_BUG = new Set([1 /* ERROR */, 21 /* MISUSE */, 25 /* RANGE */]);

export function classifySqliteError(error: unknown): Failure {
  if (!(error instanceof Error) || !('code' in error)) return 'bug';
  if (error.code === 'ERR_INVALID_STATE') return 'unavailable';
  if (error.code !== 'ERR_SQLITE_ERROR' || !('errcode' in error) || typeof error.errcode !== 'number') return 'bug';
  const primary = error.errcode & 0xff;
  if (SQLITE_DATA.has(primary)) return 'data';
  return SQLITE_BUG.has(primary) ? 'bug' : 'unavailable';
}

/** SQLSTATE classes, https://www.postgresql.org/docs/current/errcodes-appendix.html */
export function classifyPostgresError(error: unknown): Failure {
  if (error instanceof pg.DatabaseError) {
    const state = error.code ?? '';
    if (state === '40001' || state === '40P01') return 'retry';
    // 25006: a standby that cannot write. 57014: cancelled, by a time limit.
    if (/^(08|53|57|58|XX)/.test(state) || state === '25006') return 'unavailable';
    if (/^(22|23)/.test(state)) return 'data';
    return 'bug';
  }
  // Whatever else the driver rejects with is the connection: refused, reset, timed out, ended. A slip of ours is not.
  const slip = error instanceof TypeError || error instanceof RangeError || error instanceof ReferenceError;
  return slip || !(error instanceof Error) ? 'bug' : 'unavailable';
}

/** True when a row that another one needs is not there, or not to go: SQLITE_CONSTRAINT_FOREIGNKEY, 23503. */
export function isForeignKeyViolation(error: unknown): boolean {
  if (error instanceof pg.DatabaseError) return error.code === '23503';
  return error instanceof Error && 'errcode' in error && error.errcode === 787;
}

/** True when a row like this one is there already: SQLite's SQLITE_CONSTRAINT_UNIQUE and _PRIMARYKEY, PostgreSQL's 23505. */
export function isUniqueViolation(error: unknown): boolean {
  if (error instanceof pg.DatabaseError) return error.code === '23505';
  return error instanceof Error && 'errcode' in error && (error.errcode === 2067 || error.errcode === 1555);
}
