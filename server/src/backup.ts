import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, cp, readdir, rename, rm, stat } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import { backup, DatabaseSync } from 'node:sqlite';
import { ConfigError } from './config.ts';
import type { Config } from './config.ts';
import { databasePath } from './node.ts';
import { keepPrivate, makePrivateFolder } from './store/private-files.ts';

/** All pages in one step: one snapshot, however much a server writes meanwhile. Smaller steps would begin again. */
const ALL_PAGES = 0x7fff_ffff;
const DATABASE = 'chat.db';
/** The database's write-ahead log and its index; they are part of no copy. */
const COMPANIONS = ['-wal', '-shm'].map((end) => DATABASE + end);

/** Nothing was changed. The message is one sentence for the person who asked. */
export class BackupError extends Error {
  override readonly name = 'BackupError';
}

/**
 * Copies everything in `DATA_DIR` into a new folder while the server goes on: the database as it was at one moment, by
 * SQLite's online back-up (https://www.sqlite.org/backup.html), checked, and the files beside it.
 *
 * @returns a sentence that says what was done
 * @throws BackupError, ConfigError when the data are in PostgreSQL
 */
export async function backUp(config: Config, target: string): Promise<string> {
  refusePostgres(config, 'pg_dump');
  const { dataDir } = config;
  const folder = resolve(target);
  if (!existsSync(databasePath(config))) throw new BackupError(`There are no data in ${dataDir}.`);
  if (existsSync(folder)) throw new BackupError(`${folder} exists already: name a new folder.`);
  if (`${folder}${sep}`.startsWith(dataDir + sep)) throw new BackupError(`${folder} is inside of DATA_DIR.`);
  // Only a whole back-up ever has its name.
  const unfinished = `${folder}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  makePrivateFolder(unfinished);
  const copy = join(unfinished, DATABASE);
  keepPrivate(copy);
  {
    using source = new DatabaseSync(databasePath(config));
    source.exec('pragma busy_timeout = 5000');
    await backup(source, copy, { rate: ALL_PAGES });
  }
  // After the database: whatever file it speaks of was there before it.
  await copyOthers(dataDir, unfinished);
  const fault = faultOf(copy);
  if (fault !== undefined) throw new BackupError(`The copy in ${unfinished} is not sound: ${fault}.`);
  await rename(unfinished, folder);
  return `Backed up ${dataDir} to ${folder} (${megabytes((await stat(join(folder, DATABASE))).size)}, checked).`;
}

/**
 * Puts a back-up in the place of the data.
 *
 * @param options `force`: replace data that are there
 * @returns a sentence that says what was done
 * @throws BackupError: no back-up, data that would be lost, or a server that is running; then nothing was changed
 */
export async function restore(config: Config, source: string, options: { readonly force: boolean }): Promise<string> {
  refusePostgres(config, 'pg_restore');
  const { dataDir } = config;
  const folder = resolve(source);
  const copy = join(folder, DATABASE);
  if (!existsSync(copy)) throw new BackupError(`${folder} is no back-up: it has no ${DATABASE}.`);
  const fault = faultOf(copy);
  if (fault !== undefined) throw new BackupError(`The back-up in ${folder} is not sound: ${fault}.`);
  const database = databasePath(config);
  if (existsSync(database)) {
    if (!options.force) throw new BackupError(`There are data in ${dataDir}: add --force to replace them.`);
    if (isInUse(database)) throw new BackupError(`A server is running on ${dataDir}: stop it first.`);
  }
  makePrivateFolder(dataDir);
  const incoming = `${database}.incoming`;
  // An attempt that was killed may have left its own.
  for (const end of ['-wal', '-shm']) await rm(incoming + end, { force: true });
  await copyFile(copy, incoming);
  keepPrivate(incoming);
  beginEpoch(incoming);
  await copyOthers(folder, dataDir);
  for (const name of COMPANIONS) await rm(join(dataDir, name), { force: true });
  await rename(incoming, database);
  return `Restored ${dataDir} from ${folder}.`;
}

function refusePostgres({ databaseUrl }: Config, instead: string): void {
  if (databaseUrl === undefined) return;
  throw new ConfigError(`The data are in PostgreSQL (DATABASE_URL): use ${instead}, see docs/running.md.`);
}

/** What stands beside the database: uploaded files, mails that were not sent. */
async function copyOthers(from: string, to: string): Promise<void> {
  for (const name of await readdir(from)) {
    if (name.startsWith(DATABASE)) continue;
    await copyAll(join(from, name), join(to, name));
  }
}

/** What goes meanwhile (an upload that comes to nothing, a file that is deleted) is not missed. */
async function copyAll(from: string, to: string): Promise<void> {
  try {
    if ((await stat(from)).isDirectory()) {
      makePrivateFolder(to);
      for (const name of await readdir(from)) await copyAll(join(from, name), join(to, name));
    } else {
      await cp(from, to, { preserveTimestamps: true });
    }
  } catch (error) {
    if (existsSync(from)) throw error;
  }
}

/** Clients that hold what was said since the back-up learn by this that it is no more. */
function beginEpoch(file: string): void {
  using database = new DatabaseSync(file);
  const has = database.prepare(`select 1 from pragma_table_info('installation') where name = 'epoch'`).get();
  // An earlier version's gets one when it is brought up to date.
  if (has) database.prepare('update installation set epoch = ?').run(randomUUID());
}

/** What is wrong with a database of ours; undefined when nothing is. */
function faultOf(file: string): string | undefined {
  try {
    using database = new DatabaseSync(file);
    const [answer] = database.prepare('pragma quick_check(1)').all();
    if (answer?.['quick_check'] !== 'ok') return String(answer?.['quick_check']);
    const isOurs = database.prepare(`select 1 from sqlite_schema where name = 'entries'`).get();
    return isOurs ? undefined : 'it holds no conversations';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/**
 * True while another process has it open. SQLite leaves the write-ahead log only for whoever is alone
 * (https://www.sqlite.org/wal.html#persistence_of_wal_mode), and whoever was killed counts no more.
 */
function isInUse(file: string): boolean {
  try {
    using database = new DatabaseSync(file);
    database.exec('pragma busy_timeout = 1000');
    return database.prepare('pragma journal_mode = delete').get()?.['journal_mode'] !== 'delete';
  } catch (error) {
    // 5, SQLITE_BUSY. Anything else is a broken file, which is what back-ups are for.
    return error instanceof Error && 'errcode' in error && error.errcode === 5;
  }
}

function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
