import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import pino from 'pino';
import { backUp, restore } from '../../src/backup.ts';
import { readConfig } from '../../src/config.ts';
import { openNode } from '../../src/node.ts';
import { makePrivateFolder } from '../../src/store/private-files.ts';

/** Who may do what, as in `ls -l`: the last three digits. */
const rights = (path: string): string => (statSync(path).mode & 0o777).toString(8);
const allRights = (folder: string): Record<string, string> =>
  Object.fromEntries(readdirSync(folder).map((name) => [name, rights(join(folder, name))]));

describe('What the server keeps', () => {
  const folder = mkdtempSync(join(tmpdir(), 'chat-private-'));
  after(() => rmSync(folder, { recursive: true, force: true }));

  async function run(name: string): Promise<{ config: ReturnType<typeof readConfig>; warnings: string }> {
    const config = readConfig({ DATA_DIR: join(folder, name) });
    let warnings = '';
    const log = pino({ level: 'warn' }, { write: (line: string) => (warnings += line) });
    const node = await openNode(config, log);
    // The companions of the database are there only while it is open.
    const files = allRights(config.dataDir);
    for (const name of ['chat.db', 'chat.db-lock', 'chat.db-shm', 'chat.db-wal']) assert.ok(name in files, name);
    assert.deepEqual(new Set(Object.values(files)), new Set(['600']), JSON.stringify(files));
    await node.close();
    return { config, warnings };
  }

  it('is for its own user only: the folder, the database, its companions, its back-ups', async () => {
    const { config, warnings } = await run('above/data');
    assert.equal(rights(config.dataDir), '700');
    assert.equal(warnings, '');
    await backUp(config, join(folder, 'saved'));
    assert.equal(rights(join(folder, 'saved')), '700');
    assert.deepEqual(allRights(join(folder, 'saved')), { 'chat.db': '600' });
    chmodSync(join(folder, 'saved', 'chat.db'), 0o644);
    const again = readConfig({ DATA_DIR: join(folder, 'restored') });
    await restore(again, join(folder, 'saved'), { force: false });
    assert.equal(rights(again.dataDir), '700');
    assert.deepEqual(allRights(again.dataDir), { 'chat.db': '600' });
  });

  it('becomes so where others could read it before; a folder that is there stays as it is', async () => {
    const dataDir = join(folder, 'old');
    mkdirSync(dataDir, { mode: 0o755 });
    for (const name of ['chat.db', 'chat.db-lock', 'chat.db-wal'])
      writeFileSync(join(dataDir, name), '', { mode: 0o644 });
    const { warnings } = await run('old');
    assert.equal(rights(dataDir), '755');
    assert.equal(warnings, '');
  });

  it('in a folder where others may write is warned of', async () => {
    mkdirSync(join(folder, 'shared'));
    chmodSync(join(folder, 'shared'), 0o777);
    const { warnings } = await run('shared');
    assert.match(warnings, /DATA_DIR.*others may write/);
  });

  it('gets the folders above it too, and an error where none can be made', () => {
    makePrivateFolder(join(folder, 'a', 'b', 'c'));
    makePrivateFolder(join(folder, 'a', 'b', 'c'));
    assert.equal(rights(join(folder, 'a', 'b', 'c')), '700');
    writeFileSync(join(folder, 'file'), '');
    assert.throws(() => makePrivateFolder(join(folder, 'file')), { code: 'EEXIST' });
    assert.throws(() => makePrivateFolder(join(folder, 'file', 'below')), { code: 'ENOTDIR' });
  });
});
