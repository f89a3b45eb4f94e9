import assert from 'node:assert/strict';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { DatabaseSync } from 'node:sqlite';
import pg from 'pg';
import { FileSigner } from '../../../src/files/sign.ts';
import { openSqlite } from '../../../src/store/database.ts';
import { openPool } from '../../../src/store/postgres.ts';
import { StoreUnavailable } from '../../../src/store/store-unavailable.ts';
import { openStore, Store } from '../../../src/store/store.ts';
import type { DatabaseKind, TestDatabase } from '../../support/databases.ts';
import { Link } from '../../support/link.ts';
import { asContact, message, setScene, stored, texts, upTo, wholeLog } from './scene.ts';
import type { Scene } from './scene.ts';

const SILENCE = { info() {}, warn() {}, error() {} };

function fileOf({ place }: TestDatabase): string {
  assert.ok('file' in place);
  return place.file;
}

function urlOf({ place }: TestDatabase): string {
  assert.ok('databaseUrl' in place);
  return place.databaseUrl;
}

/** The database goes away and comes back. */
export function outageContract(kind: DatabaseKind): void {
  describe('while the database is away', () => {
    let database: TestDatabase;
    let scene: Scene;
    before(async () => {
      database = await kind.create();
      scene = await setScene(await database.open());
    });
    after(() => database.drop());

    /** Nobody can write: PostgreSQL is stopped; SQLite's file is locked by somebody else. */
    async function takeAway(): Promise<() => Promise<void>> {
      const { server } = kind;
      if (server) {
        await server.stop();
        return () => server.start();
      }
      const other = new DatabaseSync(fileOf(database));
      other.exec('begin immediate');
      return async () => other.close();
    }

    it('nothing is acknowledged, and everything works again when it is back', async () => {
      const ada = await scene.visitor();
      const id = await scene.start(ada, '0');
      const giveBack = await takeAway();
      try {
        const sends = upTo(5).map((n) => scene.store.append(message(asContact(ada), id, `lost ${n}`)));
        for (const send of sends) await assert.rejects(send, StoreUnavailable);
        await assert.rejects(scene.store.setRead({ conversationId: id, by: 'agent', seq: 1 }), StoreUnavailable);
        await assert.rejects(scene.visitor(), StoreUnavailable);
      } finally {
        await giveBack();
      }
      await scene.store.ping();
      const result = stored(await scene.store.append(message(asContact(ada), id, 'back')));
      assert.equal(result.entries[0]?.seq, 2);
      assert.equal((await wholeLog(scene.store, id)).length, 2);
      assert.ok(await scene.visitor());
    });

    it('a store that was closed takes nothing more, but has stored what it took', async () => {
      const ada = await scene.visitor();
      const id = await scene.start(ada, '0');
      const second = await openStore(database.place);
      const sends = upTo(50).map((n) => second.append(message(asContact(ada), id, `${n}`)));
      await second.close();
      for (const send of sends) stored(await send);
      await assert.rejects(second.append(message(asContact(ada), id)), StoreUnavailable);
      await second.close();
      assert.equal((await wholeLog(scene.store, id)).length, 51);
    });

    it('a store that cannot be opened is not opened', async () => {
      const { place } = database;
      await assert.rejects(
        'file' in place
          ? openStore({ file: dirname(place.file) })
          : openStore({ databaseUrl: place.databaseUrl.replace(/:\d+\//, ':1/') }),
        StoreUnavailable,
      );
    });

    if (kind.name === 'SQLite') {
      it('nothing is acknowledged while the disk is full, reading goes on, and so does writing when there is room', async () => {
        const opened = await openSqlite(join(dirname(fileOf(database)), 'full.db'), SILENCE);
        const { file } = opened;
        const full = await setScene(new Store(opened, new FileSigner('a key')));
        const ada = await full.visitor();
        const id = await full.start(ada, '0');
        const request = message(asContact(ada), id, 'x'.repeat(10_000));
        // SQLite's own way to have no room: the very error that a full disk gives (SQLITE_FULL).
        const room = (pages: string | number) => file.statement(`pragma max_page_count = ${pages}`).get();
        const { page_count: pages } = file.statement('pragma page_count').get() as { page_count: number };
        room(pages);
        await assert.rejects(full.store.append(request), StoreUnavailable);
        await assert.rejects(full.store.append(request), StoreUnavailable);
        assert.deepEqual(texts(await wholeLog(full.store, id)), ['0']);
        await full.store.ping();
        room(1_000_000);
        const { duplicate, entries } = stored(await full.store.append(request));
        assert.deepEqual([duplicate, entries[0]?.seq], [false, 2]);
        await full.store.close();
      });
    }

    if (kind.server) {
      const { server } = kind;

      it('what a slow database does not do in time is not acknowledged, and reading goes on meanwhile', async (t) => {
        const slow = await openStore({ databaseUrl: urlOf(database), timeoutMs: 1_000 });
        t.after(() => slow.close());
        const ada = await scene.visitor();
        const id = await scene.start(ada, '0');
        const request = message(asContact(ada), id, 'once');
        const other = new pg.Client({ connectionString: urlOf(database) });
        await other.connect();
        await other.query('begin; lock table entries in exclusive mode');
        const answer = slow.append(request);
        // Under way by then: what comes now waits behind it.
        for (let turn = 0; turn < 5; turn++) await new Promise(setImmediate);
        const next = slow.append(message(asContact(ada), id, 'behind it'));
        next.catch(() => {});
        assert.deepEqual(texts(await wholeLog(slow, id)), ['0']);
        await assert.rejects(answer, /statement timeout/);
        await other.end();
        await assert.rejects(next, StoreUnavailable, 'it must not be stored before what it came after');
        const { duplicate, entries } = stored(await slow.append(request));
        assert.deepEqual([duplicate, entries[0]?.seq], [false, 2]);
      });

      it('a database that says nothing at all is given up too, and found again', async (t) => {
        const url = new URL(urlOf(database));
        const link = await Link.to(Number(url.port));
        t.after(() => link.close());
        url.port = String(link.port);
        const far = await openStore({ databaseUrl: url.href, timeoutMs: 1_000 });
        t.after(() => far.close());
        const ada = await scene.visitor();
        const id = await scene.start(ada, '0');
        const request = message(asContact(ada), id, 'once');
        await far.ping();
        link.freeze();
        const answers = await Promise.allSettled([far.append(request), far.ping()]);
        for (const answer of answers)
          assert.ok(answer.status === 'rejected' && answer.reason instanceof StoreUnavailable);
        link.thaw();
        stored(await far.append(request));
        assert.deepEqual(texts(await wholeLog(far, id)), ['0', 'once']);
      });

      it('a batch whose answer got lost is in doubt, and no longer once nothing of it can be stored any more', async () => {
        const ada = await scene.visitor();
        const id = await scene.start(ada, '0');
        const doubt = { conversationIds: [id], notedIds: new Set<string>(), at: Date.now() };
        const other = new pg.Client({ connectionString: urlOf(database) });
        await other.connect();
        const waiting = `select count(*)::int as count from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock'`;
        // What `append-statements` has locked until its COMMIT arrives: what is written to, and whose a new one is.
        for (const [locks, starterIds] of [
          [`select 1 from conversations where id = '${id}' for update`, []],
          [`select 1 from contacts where id = '${ada.id}' for no key update`, [ada.id]],
        ] as const) {
          await other.query(`begin; ${locks}`);
          let isSettled = false;
          const settled = scene.store.settled({ ...doubt, starterIds }).then(() => (isSettled = true));
          for (let count = 0; count === 0;) {
            assert.ok(!isSettled, 'it did not wait');
            ({ count } = (await other.query<{ count: number }>(waiting)).rows[0]!);
          }
          await other.query('commit');
          await settled;
        }
        await other.end();
      });

      it('a node that stops in the middle of a transaction does not keep the others waiting for ever', async () => {
        const ada = await scene.visitor();
        const id = await scene.start(ada, '0');
        const pool = openPool(urlOf(database), { max: 1, timeoutMs: 15_000, onBroken() {} });
        const stopped = await pool.connect();
        await stopped.query('begin');
        await stopped.query('select 1 from conversations where id = $1 for update', [id]);
        stored(await scene.store.append(message(asContact(ada), id, 'after all')));
        await assert.rejects(stopped.query('commit'));
        stopped.release(true);
        await pool.end();
      });

      it('whatever was acknowledged before it went is there when it is back', async () => {
        const ada = await scene.visitor();
        const id = await scene.start(ada, '0');
        const acknowledged = new Set<string>();
        let isOver = false;
        const send = async () => {
          const request = message(asContact(ada), id);
          try {
            stored(await scene.store.append(request));
            acknowledged.add(request.clientId!);
          } catch (error) {
            if (error instanceof StoreUnavailable) return;
            isOver = true;
            throw error;
          }
        };
        const senders = upTo(8).map(async () => {
          while (!isOver) await send();
        });
        while (!isOver && acknowledged.size < 100) await new Promise(setImmediate);
        await server.stop();
        isOver = true;
        await Promise.all(senders);
        await server.start();
        const log = await wholeLog(scene.store, id);
        assert.deepEqual(
          log.map(({ seq }) => seq),
          upTo(log.length),
        );
        const there = new Set(log.map((entry) => 'clientId' in entry && entry.clientId));
        for (const clientId of acknowledged) assert.ok(there.has(clientId));
      });
    }
  });
}
