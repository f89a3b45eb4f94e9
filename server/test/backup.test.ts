import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import { backUp, BackupError, restore } from '../src/backup.ts';
import { runCommand } from '../src/command.ts';
import { ConfigError, readConfig } from '../src/config.ts';
import { migrations } from '../src/store/migrations.ts';
import { SqliteFile, SqliteFileDialect } from '../src/store/sqlite.ts';
import { openStore } from '../src/store/store.ts';
import { asContact, message, setScene, stored, texts, wholeLog } from './store/contract/scene.ts';
import { ServerProcess } from './support/server-process.ts';

let folder: string;
const running: ServerProcess[] = [];
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'chat-backup-'));
});
afterEach(async () => {
  for (const each of running.splice(0)) if (each.child.exitCode === null) await each.stop('SIGKILL');
});
after(() => rmSync(folder, { recursive: true, force: true }));

function run(dataDir: string, ...words: string[]): ServerProcess {
  const started = new ServerProcess({ DATA_DIR: dataDir }, words);
  running.push(started);
  return started;
}

const fileOf = (name: string): string => join(folder, name, 'chat.db');

describe('A back-up', () => {
  it('made while messages are written is whole, and a server restored from it has them', async () => {
    const dataDir = join(folder, 'busy');
    const store = await openStore({ file: fileOf('busy') });
    const scene = await setScene(store);
    const ada = await scene.visitor('Ada');
    const id = await scene.start(ada, 'before');
    mkdirSync(join(dataDir, 'outbox'));
    writeFileSync(join(dataDir, 'outbox', 'a.eml'), 'a mail');

    let isDone = false;
    const writing = (async () => {
      for (let i = 0; !isDone; i++) {
        stored(await store.append(message(asContact(ada), id, `while it ran ${i}`)));
        // Room for the exit of the other process to be heard of.
        await new Promise(setImmediate);
      }
    })();
    const backup = run(dataDir, 'backup', join(folder, 'saved'));
    const [code] = await backup.exited;
    isDone = true;
    await writing;
    assert.equal(code, 0, backup.output);
    assert.match(backup.output, /^Backed up .* \(\d+\.\d MB, checked\)\.\n$/);
    const all = texts(await wholeLog(store, id));
    await store.close();

    const restored = run(join(folder, 'restored'), 'restore', join(folder, 'saved'));
    assert.equal((await restored.exited)[0], 0, restored.output);
    assert.equal(readFileSync(join(folder, 'restored', 'outbox', 'a.eml'), 'utf8'), 'a mail');
    const again = await openStore({ file: fileOf('restored') });
    const kept = texts(await wholeLog(again, id));
    assert.ok(kept.length > 1 && kept.length < all.length, `${kept.length} of ${all.length}`);
    assert.deepEqual(kept, all.slice(0, kept.length), 'the log as it was at one moment');
    await again.close();
    const server = run(join(folder, 'restored'));
    await server.listening();
  });

  it('is not made over another one, nor of data that are not there, nor inside of DATA_DIR', async () => {
    const store = await openStore({ file: fileOf('data') });
    await store.close();
    const config = readConfig({ DATA_DIR: join(folder, 'data') });
    await backUp(config, join(folder, 'once'));
    await assert.rejects(backUp(config, join(folder, 'once')), /exists already/);
    await assert.rejects(backUp(config, join(folder, 'data', 'inside')), /inside of DATA_DIR/);
    await assert.rejects(backUp(readConfig({ DATA_DIR: join(folder, 'none') }), join(folder, 'twice')), /no data/);
    assert.ok(!existsSync(join(folder, 'none')));
  });

  it('is not restored over data without --force, nor over a server that is running', async () => {
    const dataDir = join(folder, 'live');
    const server = run(dataDir);
    await server.listening();
    const config = readConfig({ DATA_DIR: dataDir });
    const saved = join(folder, 'of-live');
    await backUp(config, saved);
    await assert.rejects(restore(config, saved, { force: false }), /--force/);
    await assert.rejects(restore(config, saved, { force: true }), /server is running/);
    await server.stop('SIGKILL');
    assert.match(await restore(config, saved, { force: true }), /^Restored/);
    const again = run(dataDir);
    await again.listening();
    assert.ok(!again.output.includes('Password'), 'the admin is in it');
  });

  it('begins another epoch when it is restored, so that nobody takes what they hold for what is there', async () => {
    const epochOf = async (name: string): Promise<string> => {
      const store = await openStore({ file: fileOf(name) });
      const { epoch } = await store.installation();
      await store.close();
      return epoch;
    };
    const before = await epochOf('epochs');
    assert.match(before, /^[0-9a-f-]{36}$/);
    assert.equal(await epochOf('epochs'), before, 'a restart begins none');
    const config = readConfig({ DATA_DIR: join(folder, 'epochs') });
    await backUp(config, join(folder, 'of-epochs'));
    await restore(config, join(folder, 'of-epochs'), { force: true });
    const restored = await epochOf('epochs');
    assert.notEqual(restored, before);
    await restore(config, join(folder, 'of-epochs'), { force: true });
    assert.notEqual(await epochOf('epochs'), restored, 'nor is it the same twice');
  });

  it('of a version without epochs begins one too', async () => {
    mkdirSync(join(folder, 'old-backup'));
    const old = fileOf('old-backup');
    const db = new Kysely({ dialect: new SqliteFileDialect(new SqliteFile(old)) });
    const provider = { getMigrations: async () => migrations('sqlite') };
    const { error } = await new Migrator({ db, provider }).migrateTo('0006-visitor-ids');
    assert.equal(error, undefined);
    await db.destroy();
    const config = readConfig({ DATA_DIR: join(folder, 'from-old') });
    await restore(config, join(folder, 'old-backup'), { force: false });
    const store = await openStore({ file: fileOf('from-old') });
    assert.match((await store.installation()).epoch, /^[0-9a-f-]{36}$/);
    await store.close();
  });

  it('that is broken, or is none, is refused before anything changes', async () => {
    const config = readConfig({ DATA_DIR: join(folder, 'untouched') });
    const broken = join(folder, 'broken');
    mkdirSync(broken);
    await assert.rejects(restore(config, broken, { force: true }), BackupError);
    writeFileSync(join(broken, 'chat.db'), 'no database at all, whatever its name says'.repeat(100));
    await assert.rejects(restore(config, broken, { force: true }), /is not sound/);
    assert.ok(!existsSync(join(folder, 'untouched')));
  });

  it('of PostgreSQL is PostgreSQL’s own affair', async () => {
    const config = readConfig({ DATABASE_URL: 'postgres://chat:secret@db/chat' });
    await assert.rejects(backUp(config, join(folder, 'x')), (error: unknown) => error instanceof ConfigError);
  });

  it('asked for with the wrong words says which are right, and without a folder gives an example', async () => {
    const config = readConfig({ DATA_DIR: join(folder, 'data') });
    const asked = run(join(folder, 'data'), 'bakcup');
    assert.deepEqual(await asked.exited, [1, null]);
    assert.match(asked.output, /backup FOLDER/);
    await assert.rejects(runCommand(['backup'], config), /^ConfigError: Name a new folder .* npm run backup -- \/\S+$/);
    await assert.rejects(runCommand(['restore', '--force'], config), /^ConfigError: .* npm run restore -- \/\S+$/);
    await assert.rejects(runCommand(['backup', 'a', 'b'], config), /backup FOLDER/);
  });
});
