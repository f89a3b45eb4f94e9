import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { uuidV7 } from '../../../src/store/uuid-v7.ts';
import type { DatabaseKind, TestDatabase } from '../../support/databases.ts';
import { setScene } from './scene.ts';
import type { Scene } from './scene.ts';

/** Which attributes contacts and conversations have, and what they have there. */
export function attributeContract(kind: DatabaseKind): void {
  describe('attributes', () => {
    let database: TestDatabase;
    let scene: Scene;
    before(async () => {
      database = await kind.create();
      scene = await setScene(await database.open());
    });
    after(() => database.drop());

    it('are one per owner and key, listed in the order in which they were made', async () => {
      const { attributes } = scene.store;
      const plan = { owner: 'contact', key: 'plan', label: 'Plan', type: 'list', options: ['free', 'pro'] } as const;
      const made = await attributes.create({ ...plan, writers: ['agent'] });
      assert.deepEqual({ ...made, id: '' }, { ...plan, id: '', writers: ['agent'] });
      assert.equal(await attributes.create({ ...plan, label: 'Again', writers: [] }), null);
      const same = await attributes.create({
        ...plan,
        owner: 'conversation',
        type: 'string',
        options: [],
        writers: [],
      });
      assert.equal(same?.options, undefined);
      assert.deepEqual(await attributes.list(), [made, same]);
      assert.deepEqual(await attributes.list('contact'), [made]);
      assert.deepEqual(await attributes.find(made!.id), made);
      assert.equal(await attributes.find('a\0'), null);
    });

    it('change only in what is given, and go', async () => {
      const { attributes } = scene.store;
      const made = await attributes.create({
        owner: 'contact',
        key: 'size',
        label: 'Size',
        type: 'string',
        writers: [],
      });
      const changed = await attributes.update(made!.id, { label: 'Shoe size', writers: ['api', 'visitor'] });
      assert.deepEqual(changed, { ...made, label: 'Shoe size', writers: ['api', 'visitor'] });
      assert.deepEqual(await attributes.update(made!.id, {}), changed);
      assert.equal(await attributes.update(uuidV7(), { label: 'Nothing' }), null);
      await attributes.delete(made!.id);
      assert.equal(await attributes.find(made!.id), null);
    });

    it('of a conversation are kept beside it, and of two who write at once neither is lost', async () => {
      const { attributes, conversations } = scene.store;
      const id = await scene.start(await scene.visitor());
      assert.deepEqual(await attributes.ofConversation(id), {});
      const before = await conversations.findForAgents(id, 'demo');
      const keys = Array.from({ length: 8 }, (_, number) => `key${number}`);
      await Promise.all(
        keys.map((key) => attributes.change('conversations', id, (now) => ({ ...now, [key]: `“${key}” 🙂` }))),
      );
      assert.deepEqual(
        await attributes.ofConversation(id),
        Object.fromEntries(keys.map((key) => [key, `“${key}” 🙂`])),
      );
      assert.deepEqual(await conversations.findForAgents(id, 'demo'), before, 'it stays what it was');
      assert.equal(await attributes.ofConversation(uuidV7()), null);
      assert.equal(await attributes.change('conversations', uuidV7(), () => ({})), null);
    });

    it('of a contact are those that the contact has', async () => {
      const { attributes, contacts } = scene.store;
      const visitor = await scene.visitor();
      await contacts.update(visitor.id, { attributes: { plan: 'free' } });
      assert.deepEqual(await attributes.change('contacts', visitor.id, (now) => ({ ...now, seats: 3 })), {
        plan: 'free',
        seats: 3,
      });
      assert.deepEqual((await contacts.find(visitor.id))?.attributes, { plan: 'free', seats: 3 });
    });
  });
}
