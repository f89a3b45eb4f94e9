import { DatabaseSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';
import type { Lock } from './node-lock.ts';
import { keepPrivate } from './private-files.ts';

/** Whoever is just going, or was killed a moment ago, may still hold it: it is asked for this long, ms. */
const PATIENCE_MS = 6_000;
const AGAIN_MS = 100;
/** https://www.sqlite.org/rescode.html#busy */
const SQLITE_BUSY = 5;

/** Another server runs on the same SQLite file: each would know nothing of what the other has told its sockets. */
export class FolderInUse extends Error {
  override readonly name = 'FolderInUse';
}

/**
 * Keeps a second server off a SQLite file for as long as this one runs: an exclusive transaction, which never writes, on
 * an empty file beside it. The operating system holds the lock and lets go of it however the process ends
 * (https://www.sqlite.org/lockingv3.html), so nothing is left behind by `kill -9`. The database itself stays open to
 * back-ups.
 */
export class FolderLock implements Lock {
  /** Nobody can take it away. */
  readonly isHeld = true;
  readonly #database: DatabaseSync;

  private constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /**
   * @param file the SQLite file that it is for
   * @param patienceMs how long to ask for it
   * @throws FolderInUse; the database's own error where files cannot be locked
   */
  static async take(file: string, patienceMs = PATIENCE_MS): Promise<FolderLock> {
    const lockFile = `${file}-lock`;
    keepPrivate(lockFile);
    const database = new DatabaseSync(lockFile);
    const deadline = performance.now() + patienceMs;
    try {
      while (!tryLock(database)) {
        if (performance.now() > deadline) throw new FolderInUse(`Another server runs on ${file}.`);
        await wait(AGAIN_MS);
      }
    } catch (error) {
      database.close();
      throw error;
    }
    return new FolderLock(database);
  }

  /** Gives it back. */
  async close(): Promise<void> {
    if (this.#database.isOpen) this.#database.close();
  }
}

function tryLock(database: DatabaseSync): boolean {
  try {
    database.exec('begin exclusive');
    return true;
  } catch (error) {
    if (error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY) return false;
    throw error;
  }
}
