import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { AppendResult } from '../../../src/store/append-request.ts';
import type { ContactRow } from '../../../src/store/rows.ts';
import type { Store } from '../../../src/store/store.ts';
import { uuidV7 } from '../../../src/store/uuid-v7.ts';
import type { DatabaseKind, TestDatabase } from '../../support/databases.ts';
import { asContact, bo, message, setScene, stored, upTo } from './scene.ts';
import type { Scene } from './scene.ts';

const HOUR_MS = 60 * 60 * 1_000;

/** So many new conversations per contact and day, and not one more. */
export function startContract(kind: DatabaseKind): void {
  describe('new conversations', () => {
    let database: TestDatabase;
    let scene: Scene;
    let nodes: Store[];
    before(async () => {
      database = await kind.create();
      scene = await setScene(await database.open());
      nodes = kind.name === 'PostgreSQL' ? [scene.store, await database.open()] : [scene.store];
    });
    after(() => database.drop());

    const start = (contact: ContactRow, startsPerDay: number, { id = uuidV7(), node = scene.store } = {}) =>
      node.append(message(asContact(contact), id, 'hi', { start: true, startsPerDay }));
    const count = (results: readonly AppendResult[]) => {
      const refused = results.filter((result) => !result.ok);
      assert.ok(refused.every(({ code }) => code === 'rate_limited'));
      return { started: results.length - refused.length, refused: refused.length };
    };

    it('of one contact are counted exactly, also within one commit', async () => {
      const [ada, ben] = [await scene.visitor('Ada'), await scene.visitor('Ben')];
      const results = await Promise.all([...upTo(9).map(() => start(ada, 5)), ...upTo(4).map(() => start(ben, 5))]);
      assert.deepEqual(count(results.slice(0, 9)), { started: 5, refused: 4 });
      assert.ok(
        results.slice(0, 5).every(({ ok }) => ok),
        'who comes first',
      );
      assert.deepEqual(count(results.slice(9)), { started: 4, refused: 0 });
      assert.deepEqual(count([await start(ada, 5), await start(ben, 5), await start(ben, 5)]), {
        started: 1,
        refused: 2,
      });
    });

    it('of one contact are counted over all nodes', async () => {
      for (const n of upTo(10)) {
        const ada = await scene.visitor(`Ada ${n}`);
        const results = await Promise.all(upTo(5).flatMap(() => nodes.map((node) => start(ada, 3, { node }))));
        assert.equal(count(results).started, 3);
      }
      assert.deepEqual(
        nodes.map((node) => node.counters.failures),
        nodes.map(() => 0),
      );
    });

    it('that were started before cost nothing, and neither does whatever else is said in them', async () => {
      const ada = await scene.visitor();
      const id = uuidV7();
      stored(await start(ada, 1, { id }));
      const refused = await start(ada, 1);
      assert.equal(refused.ok ? '' : refused.code, 'rate_limited');
      const again = message(asContact(ada), id, 'again', { start: true, startsPerDay: 1 });
      assert.equal(stored(await scene.store.append(again)).duplicate, false);
      assert.equal(stored(await scene.store.append(again)).duplicate, true);
      stored(await scene.store.append(message(bo, id, 'hello')));
      const both = await Promise.all([start(ada, 2, { id: uuidV7() }), start(ada, 2, { id })]);
      assert.deepEqual(count(both), { started: 2, refused: 0 });
    });

    it('are told when there is room again, and have it then', async () => {
      const ada = await scene.visitor();
      const ids = upTo(3).map(() => uuidV7());
      for (const id of ids) stored(await start(ada, 3, { id }));
      const age = (id: string, hours: number) =>
        database.execute(`update conversations set created_at = ${Date.now() - hours * HOUR_MS} where id = '${id}'`);
      await age(ids[0]!, 23);
      await age(ids[1]!, 20);
      const refused = await start(ada, 3);
      assert.ok(!refused.ok && refused.retryAfterMs !== undefined);
      assert.ok(refused.retryAfterMs > 0.9 * HOUR_MS && refused.retryAfterMs <= HOUR_MS);
      const lowered = await start(ada, 2);
      assert.ok(!lowered.ok && lowered.retryAfterMs !== undefined);
      assert.ok(lowered.retryAfterMs > 3.9 * HOUR_MS && lowered.retryAfterMs <= 4 * HOUR_MS);
      await age(ids[0]!, 24);
      stored(await start(ada, 3));
      assert.equal((await start(ada, 3)).ok, false);
    });

    it('go on without a bound when there is none', async () => {
      const ada = await scene.visitor();
      for (const result of await Promise.all(upTo(120).map(() => scene.start(ada)))) assert.ok(result);
    });
  });
}
