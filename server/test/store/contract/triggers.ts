import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { uuidV7 } from '../../../src/store/uuid-v7.ts';
import type { NewTrigger } from '../../../src/store/triggers.ts';
import type { DatabaseKind, TestDatabase } from '../../support/databases.ts';
import { setScene } from './scene.ts';
import type { Scene } from './scene.ts';

const GREETING: NewTrigger = {
  ...{ inboxId: 'demo', kind: 'invitation', name: 'Greeting', enabled: true, priority: 0 },
  ...{ message: 'Hello “you” 🙂', conditions: [true, ['visits', '>', 2]], delaySeconds: 3 },
  frequency: { times: 2, days: 7 },
};

/** What widgets say first. */
export function triggerContract(kind: DatabaseKind): void {
  describe('triggers', () => {
    let database: TestDatabase;
    let scene: Scene;
    before(async () => {
      database = await kind.create();
      scene = await setScene(await database.open());
    });
    after(() => database.drop());

    it('are listed per inbox, the most important first, of equals the oldest', async () => {
      const { triggers } = scene.store;
      const first = await triggers.create(GREETING);
      assert.deepEqual(first, { ...GREETING, id: first.id });
      const off = await triggers.create({ ...GREETING, enabled: false });
      const urgent = await triggers.create({ ...GREETING, kind: 'bot', priority: 9 });
      const foreign = await triggers.create({ ...GREETING, inboxId: 'other' });
      assert.deepEqual(await triggers.list({ inboxId: 'demo' }), [urgent, first, off]);
      assert.deepEqual(await triggers.list({ inboxId: 'demo', enabled: true }), [urgent, first]);
      assert.deepEqual(await triggers.list(), [urgent, first, off, foreign]);
      assert.deepEqual(await triggers.list({ inboxId: 'de\0mo' }), []);
      assert.deepEqual(await triggers.find(off.id), off);
      assert.equal(await triggers.find('a\0'), null);
    });

    it('change only in what is given, and go', async () => {
      const { triggers } = scene.store;
      const made = await triggers.create(GREETING);
      const changed = await triggers.update(made.id, { enabled: false, conditions: [], delaySeconds: 0 });
      assert.deepEqual(changed, { ...made, enabled: false, conditions: [], delaySeconds: 0 });
      assert.deepEqual(await triggers.update(made.id, {}), changed);
      assert.equal(await triggers.update(uuidV7(), { name: 'Nothing' }), null);
      await triggers.delete(made.id);
      assert.equal(await triggers.find(made.id), null);
    });
  });
}
