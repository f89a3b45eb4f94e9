import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { TrailItem } from '../../../../src/api/protocol.ts';
import type { ContactRow } from '../../../src/store/rows.ts';
import { TRAIL_LENGTH } from '../../../src/store/trail.ts';
import { uuidV7 } from '../../../src/store/uuid-v7.ts';
import type { DatabaseKind, TestDatabase } from '../../support/databases.ts';
import { setScene, upTo } from './scene.ts';
import type { Scene } from './scene.ts';

const view = (at: number, url = `https://shop.test/${at}`): TrailItem => ({ type: 'page', id: uuidV7(), at, url });
const event = (at: number, name: string): TrailItem => ({ type: 'event', id: uuidV7(), at, name });

/** What contacts did on the site. */
export function trailContract(kind: DatabaseKind): void {
  describe('a trail', () => {
    let database: TestDatabase;
    let scene: Scene;
    before(async () => {
      database = await kind.create();
      scene = await setScene(await database.open());
    });
    after(() => database.drop());

    const add = ({ inboxId, id: contactId }: ContactRow, ...items: TrailItem[]) =>
      scene.store.trail.add({ inboxId, contactId }, items);

    it('gives back, latest first, what went in, each once', async () => {
      const { trail } = scene.store;
      const ada = await scene.visitor('Ada');
      const whole: TrailItem[] = [
        { ...view(5), type: 'page', url: 'https://shop.test/bags', title: 'Bags ✨', referrer: 'https://search.test/' },
        {
          ...event(7, 'cart'),
          type: 'event',
          name: 'cart',
          data: { bags: 2, of: ['red'] },
          url: 'https://shop.test/c',
        },
      ];
      assert.deepEqual(await add(ada, ...whole), whole);
      const later = event(6, 'said later');
      assert.deepEqual(await add(ada, whole[0]!, later), [later], 'only what is new is told');
      assert.deepEqual(await trail.all([ada.id]), [whole[1], later, whole[0]]);
      assert.deepEqual((await trail.page([ada.id], { type: 'page' })).items, [whole[0]]);
      const bo = await scene.visitor('Bo');
      assert.deepEqual(await trail.all([bo.id]), []);
      assert.deepEqual(await add(bo, whole[0]!), [whole[0]], 'an id is one contact’s own');
    });

    it('keeps the order of one device, however fast its reports were, and the time of what was long before', async () => {
      const { trail } = scene.store;
      const ada = await scene.visitor('Ada');
      const [a, b, c] = [
        view(100_000, 'https://shop.test/a'),
        view(99_950, 'https://shop.test/b'),
        view(99_900, 'https://shop.test/c'),
      ];
      const late = view(20_000, 'https://shop.test/late');
      const foreign: TrailItem = { ...view(99_990, 'https://shop.test/x'), id: 'ffffffff-ffff-4fff-bfff-ffffffffffff' };
      await add(ada, a);
      assert.deepEqual(await add(ada, b, c), [
        { ...b, at: 100_000 },
        { ...c, at: 100_000 },
      ]);
      await add(ada, late);
      await add(ada, foreign);
      assert.deepEqual(
        (await trail.all([ada.id])).map(({ id, at }) => [id, at]),
        [
          [c.id, 100_000],
          [b.id, 100_000],
          [a.id, 100_000],
          [foreign.id, 99_990],
          [late.id, 20_000],
        ],
      );
    });

    it('comes in pages without a hole, also where many things were at once', async () => {
      const { trail } = scene.store;
      const ada = await scene.visitor('Ada');
      const items = upTo(7).map((i) => view(i < 5 ? 1 : i, `https://shop.test/${i}`));
      await add(ada, ...items);
      const seen: string[] = [];
      for (let before: string | undefined = ''; before !== undefined;) {
        const page = await trail.page([ada.id], { limit: 2, ...(before && { before }) });
        assert.ok(page.items.length <= 2);
        seen.push(...page.items.map(({ id }) => id));
        before = page.cursor;
      }
      assert.deepEqual(seen, items.map(({ id }) => id).reverse());
      await assert.rejects(trail.page([ada.id], { before: 'nonsense!' }), { name: 'BadCursor' });
    });

    it('keeps the latest of whoever did very much, and no one else’s is shorter for it', async () => {
      const { trail } = scene.store;
      const [ada, bo] = [await scene.visitor('Ada'), await scene.visitor('Bo')];
      await add(bo, view(1));
      for (const hundred of upTo(TRAIL_LENGTH / 100)) {
        await add(ada, ...upTo(100).map((i) => view(hundred * 100 + i)));
      }
      await add(ada, view(50_000), view(50_001));
      const left = await trail.all([ada.id]);
      assert.equal(left.length, TRAIL_LENGTH);
      assert.deepEqual([left[0]?.at, left.at(-1)?.at], [50_001, 103]);
      assert.equal((await trail.all([bo.id])).length, 1);
    });

    it('is forgotten with time, per inbox, and with its contact', async () => {
      const { trail, contactData } = scene.store;
      const [ada, cy] = [await scene.visitor('Ada'), await scene.visitor('Cy', 'other')];
      await add(ada, view(10_000_001), view(10_000_003));
      await add(cy, view(10_000_001));
      await trail.forget('other', 0);
      await trail.forget('demo', 10_000_002);
      assert.deepEqual(
        [await trail.all([ada.id]), await trail.all([cy.id])].map((items) => items.map(({ at }) => at)),
        [[10_000_003], [10_000_001]],
      );
      const [traced] = (await contactData.traces([ada.id])).trail;
      assert.equal(traced?.at, 10_000_003);
      assert.ok(await contactData.forget(ada.id));
      assert.deepEqual(await trail.all([ada.id]), []);
      assert.equal(await add(ada, view(1)), null, 'nobody is there to have done it');
    });
  });
}
