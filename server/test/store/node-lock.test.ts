import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { after, afterEach, before, describe, it } from 'node:test';
import type { StoreLog } from '../../src/store/database.ts';
import { DatabaseInUse, NodeLock } from '../../src/store/node-lock.ts';
import { StoreUnavailable } from '../../src/store/store-unavailable.ts';
import { databaseKinds } from '../support/databases.ts';
import type { TestDatabase } from '../support/databases.ts';
import { Link } from '../support/link.ts';

const SILENCE: StoreLog = { info() {}, warn() {}, error() {} };
const TAKE_AWAY = `select pg_terminate_backend(pid) from pg_stat_activity where application_name like '%node lock'
  and datname = current_database()`;

const postgres = (await databaseKinds()).find(({ name }) => name === 'PostgreSQL');

if (postgres) {
  describe('The lock on the database', () => {
    let database: TestDatabase;
    let url: string;
    const held: NodeLock[] = [];
    before(async () => {
      database = await postgres.create();
      assert.ok('databaseUrl' in database.place);
      url = database.place.databaseUrl;
    });
    afterEach(async () => {
      for (const lock of held.splice(0)) await lock.close();
    });
    after(() => database.drop());

    async function take(alone: boolean, log = SILENCE, where = url): Promise<NodeLock> {
      const lock = await NodeLock.take(where, alone, log, 1_000);
      held.push(lock);
      return lock;
    }

    /** What it says while it runs, as events. */
    function remember(): { readonly log: StoreLog; readonly said: EventEmitter } {
      const said = new EventEmitter();
      const say = (_details: object, words: string) =>
        void said.emit(words.split(/[ :]/, 4).slice(0, 4).join(' '), words);
      return { log: { info: say, warn: say, error: say }, said };
    }

    it('is held by many nodes that have a bus', async () => {
      await Promise.all([take(false), take(false), take(false)]);
    });

    it('is held by one node that has none: a second is refused, whichever kind it is', async () => {
      await take(true);
      await Promise.all([
        assert.rejects(
          take(true),
          (error: unknown) => error instanceof DatabaseInUse && /NATS_URL/.test(error.message),
        ),
        assert.rejects(
          take(false),
          (error: unknown) => error instanceof DatabaseInUse && /NATS_URL/.test(error.message),
        ),
      ]);
    });

    it('refuses a node without a bus beside those that have one', async () => {
      await take(false);
      await assert.rejects(take(true), DatabaseInUse);
    });

    it('waits a moment for whoever is just going', async () => {
      const going = await take(true);
      const next = take(true);
      await going.close();
      await next;
    });

    it('is taken again when its connection breaks', async () => {
      const { log, said } = remember();
      await take(true, log);
      const again = once(said, 'the lock on the');
      await database.execute(TAKE_AWAY);
      assert.match(String(await again), /is lost/);
      assert.match(String(await once(said, 'the lock on the')), /held again/);
      await assert.rejects(take(true), DatabaseInUse);
    });

    it('that somebody else has meanwhile is asked for until it is free, and said aloud', async () => {
      const link = await Link.to(Number(new URL(url).port));
      const { log, said } = remember();
      const through = new URL(url);
      through.port = String(link.port);
      await take(true, log, through.href);
      await link.cut();
      const other = await take(true);
      const complaint = once(said, 'Another node uses this');
      link.mend();
      assert.match(String(await complaint), /NATS_URL/);
      const again = once(said, 'the lock on the');
      await other.close();
      assert.match(String(await again), /held again/);
      for (const lock of held.splice(0)) await lock.close();
      await link.close();
    });

    it('cannot be had where there is no database', async () => {
      await assert.rejects(take(true, SILENCE, url.replace(/:\d+\//, ':1/')), StoreUnavailable);
    });
  });
}
