import { chmodSync, closeSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** What hangs on a SQLite file: its write-ahead log and that one's index. New ones take their rights from the file. */
const COMPANIONS = ['-wal', '-shm'];

/**
 * Makes a folder that nobody but its owner may enter, and those above it that are missing. One that is there stays as it
 * is. (Not `mkdir` with `recursive`, which never comes back from a place such as `/proc/x`.)
 *
 * @throws the system's error where it cannot be made, `EEXIST` where something else has its name
 */
export function makePrivateFolder(path: string): void {
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EEXIST' && statSync(path).isDirectory()) return;
    if (code !== 'ENOENT' || statSync(dirname(path), { throwIfNoEntry: false })) throw error;
    makePrivateFolder(dirname(path));
    mkdirSync(path, { mode: 0o700 });
  }
}

/**
 * Keeps a SQLite file, which need not be there yet, and its companions from everybody but their owner, as far as the
 * system lets us. A file that is there is not opened: closing it again would end the locks that this process has on it
 * (https://www.sqlite.org/howtocorrupt.html#_posix_advisory_locks_canceled_by_a_separate_thread_doing_close_).
 */
export function keepPrivate(file: string): void {
  quietly(() => closeSync(openSync(file, 'wx', 0o600)));
  for (const each of [file, ...COMPANIONS.map((end) => file + end)]) quietly(() => chmodSync(each, 0o600));
}

/** What does not work here is said by whoever opens the file next, and in the database's words. */
function quietly(run: () => void): void {
  try {
    run();
  } catch {
    return;
  }
}
