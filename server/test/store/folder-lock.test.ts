import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { FolderInUse, FolderLock } from '../../src/store/folder-lock.ts';
import { openStore } from '../../src/store/store.ts';

describe('The lock on a SQLite file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'chat-lock-'));
  const file = join(folder, 'chat.db');
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('is held by one at a time; whoever comes second waits a moment for who is just going', async () => {
    const first = await FolderLock.take(file);
    await assert.rejects(FolderLock.take(file, 0), FolderInUse);
    const second = FolderLock.take(file);
    await first.close();
    await first.close();
    await (await second).close();
  });

  it('leaves the database itself open, for back-ups', async () => {
    const lock = await FolderLock.take(file);
    const [store, other] = [await openStore({ file }), await openStore({ file })];
    await Promise.all([store.ping(), other.ping()]);
    await Promise.all([store.close(), other.close()]);
    await lock.close();
  });

  it('that cannot be had at all is an error of its own', async () => {
    mkdirSync(join(folder, 'other.db-lock'));
    await assert.rejects(FolderLock.take(join(folder, 'other.db')), (error) => !(error instanceof FolderInUse));
  });
});
