import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import pg from 'pg';
import { openPostgres, openSqlite } from '../../../src/store/database.ts';
import type { OpenSqlite, StoreLog } from '../../../src/store/database.ts';
import { openStore } from '../../../src/store/store.ts';
import type { DatabaseKind } from '../../support/databases.ts';
import { setScene, texts, wholeLog } from './scene.ts';

/** A store's log that remembers what it was told. */
function remember(): { readonly log: StoreLog; readonly said: string[] } {
  const said: string[] = [];
  const say = (_details: object, words: string) => void said.push(words);
  return { log: { info: say, warn: say, error: say }, said };
}

/** From an empty database to the newest schema, and no further. */
export function openingContract(kind: DatabaseKind): void {
  describe('opening', () => {
    it('climbs the whole ladder once, and finds everything again', async () => {
      const database = await kind.create();
      const first = remember();
      const store = await openStore({ ...database.place, log: first.log });
      const scene = await setScene(store);
      const id = await scene.start(await scene.visitor('Ada'), 'still here');
      await store.close();
      const second = remember();
      const again = await openStore({ ...database.place, log: second.log });
      assert.deepEqual(texts(await wholeLog(again, id)), ['still here']);
      assert.deepEqual([first.said.length > 0, second.said], [true, []]);
      await again.close();
      await database.drop();
    });

    if (kind.name === 'PostgreSQL') {
      it('makes the same tables and columns as on SQLite', async () => {
        const database = await kind.create();
        assert.ok('databaseUrl' in database.place);
        const silent = remember().log;
        const opened = await openPostgres(database.place.databaseUrl, silent);
        const sqlite = await openSqlite(':memory:', silent);
        const shape = await shapeOf(opened.db);
        assert.ok(Object.keys(shape).length >= 9);
        assert.deepEqual(shape, await shapeOf(sqlite.db));
        await sqlite.db.destroy();
        await opened.db.destroy();
        await opened.committer.end();
        await database.drop();
      });

      it('begins another epoch with the line that docs/running.md has for whoever restores it', async () => {
        const database = await kind.create();
        assert.ok('databaseUrl' in database.place);
        const store = await database.open();
        const before = await store.installation();
        const client = new pg.Client({ connectionString: database.place.databaseUrl });
        await client.connect();
        const guide = await readFile(new URL('../../../../docs/running.md', import.meta.url), 'utf8');
        const line = /--command="(update installation [^"]+)"/.exec(guide)?.[1];
        assert.ok(line);
        await client.query(line);
        await client.end();
        const after = await store.installation();
        assert.equal(after.id, before.id);
        assert.match(after.epoch, /^[0-9a-f-]{36}$/);
        assert.notEqual(after.epoch, before.epoch);
        await database.drop();
      });

      it('lets nodes that start together climb it one after the other', async () => {
        const database = await kind.create();
        const nodes = await Promise.all([database.open(), database.open(), database.open(), database.open()]);
        await Promise.all(nodes.map((node) => node.inboxes.ensure({ id: 'demo', name: 'Demo' })));
        assert.equal((await nodes[3].inboxes.list()).length, 1);
        await database.drop();
      });
    }
  });
}

/** Each table's columns in their order; `?` may be null. */
async function shapeOf(db: OpenSqlite['db']): Promise<Record<string, string>> {
  const tables = await db.introspection.getTables();
  return Object.fromEntries(
    tables.map(({ name, columns }) => [
      name,
      columns.map((column) => `${column.name}${column.isNullable ? '?' : ''}`).join(' '),
    ]),
  );
}
