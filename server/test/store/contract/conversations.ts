import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { BadCursor } from '../../../src/store/keyset.ts';
import { toContact } from '../../../src/store/rows.ts';
import type { ContactRow } from '../../../src/store/rows.ts';
import { uuidV7 } from '../../../src/store/uuid-v7.ts';
import type { DatabaseKind, TestDatabase } from '../../support/databases.ts';
import { asContact, bo, message, setScene, stored, texts, upTo, wholeLog } from './scene.ts';
import type { Scene } from './scene.ts';

/** Lists of conversations and pages of history. */
export function conversationContract(kind: DatabaseKind): void {
  describe('conversations', () => {
    let database: TestDatabase;
    let scene: Scene;
    let ada: ContactRow;
    let ids: string[];
    before(async () => {
      database = await kind.create();
      scene = await setScene(await database.open());
      ada = await scene.visitor('Ada');
      ids = [];
      for (const n of upTo(7)) ids.push(await scene.start(ada, `${n}`));
    });
    after(() => database.drop());

    it('are found by UUID and number, by their own contact and inbox alone', async () => {
      const { conversations } = scene.store;
      const id = ids[0]!;
      const row = await conversations.find(id);
      assert.ok(row);
      const eve = await scene.visitor();
      for (const name of [id, id.toUpperCase(), String(row.number)]) {
        assert.deepEqual(await conversations.find(name, { contactId: ada.id, inboxId: 'demo' }), row);
        assert.equal(await conversations.find(name, { contactId: eve.id }), null);
        assert.equal(await conversations.find(name, { inboxId: 'other' }), null);
        assert.equal((await conversations.findForContact(name, ada.id))?.id, id);
        assert.equal(await conversations.findForContact(name, eve.id), null);
        assert.equal((await conversations.findForAgents(name))?.id, id);
        assert.equal(await conversations.findForAgents(name, 'other'), null);
      }
      for (const name of [uuidV7(), '999999', '0', 'x', '', "' or 1=1"]) {
        assert.equal(await conversations.find(name), null);
        assert.equal(await conversations.findForContact(name, ada.id), null);
        assert.equal(await conversations.findForAgents(name), null);
      }
    });

    it('show a contact what it may see, and agents the contact as well', async () => {
      const id = ids[1]!;
      stored(await scene.store.append(message(bo, id, 'seen by both')));
      stored(await scene.store.append(message(bo, id, 'seen by agents', { log: 'notes', type: 'note' })));
      stored(await scene.store.append({ by: bo, conversationId: id, log: 'main', type: 'resolved' }));
      const row = await scene.store.conversations.find(id);
      assert.ok(row);
      const log = await wholeLog(scene.store, id);
      const shown = {
        id,
        number: row.number,
        inboxId: 'demo',
        state: 'resolved',
        createdAt: row.createdAt,
        updatedAt: row.updatedAt,
        lastSeq: 4,
        lastMessage: log[2],
        contactReadSeq: 0,
        agentReadSeq: 0,
        unread: 1,
        agents: [{ kind: 'agent', id: bo.kind === 'agent' && bo.agentId, name: 'Bo', avatarUrl: '/bo.png' }],
      };
      assert.deepEqual(await scene.store.conversations.findForContact(id, ada.id), shown);
      assert.deepEqual(await scene.store.conversations.findForAgents(id), {
        ...shown,
        contact: toContact(ada),
        verification: 'anonymous',
        lastNoteSeq: 1,
      });
    });

    it('come newest activity first, each once, while others move', async () => {
      const { conversations } = scene.store;
      const eve = await scene.visitor();
      const hers: string[] = [];
      for (const n of upTo(6)) hers.push(await scene.start(eve, `${n}`));
      const first = await conversations.pageForContact(eve.id, { limit: 2 });
      assert.deepEqual(
        first.conversations.map(({ id }) => id),
        [hers[5], hers[4]],
      );
      await scene.store.append(message(asContact(eve), hers[5]!, 'moves on'));
      const second = await conversations.pageForContact(eve.id, { limit: 2, before: first.cursor! });
      const third = await conversations.pageForContact(eve.id, { limit: 2, before: second.cursor! });
      assert.deepEqual(
        [...second.conversations, ...third.conversations].map(({ id }) => id),
        [hers[3], hers[2], hers[1], hers[0]],
      );
      assert.equal(third.cursor, undefined);
      assert.deepEqual(await conversations.pageForContact(uuidV7()), { conversations: [] });
    });

    it('are filtered for agents by state, inbox and contact', async () => {
      const { conversations } = scene.store;
      const zoe = await scene.visitor('Zoe', 'other');
      const [open, done] = [await scene.start(zoe), await scene.start(zoe)];
      await scene.store.append({ by: bo, conversationId: done, log: 'main', type: 'resolved' });
      const found = async (query: Parameters<typeof conversations.pageForAgents>[0]) =>
        (await conversations.pageForAgents(query)).conversations.map(({ id }) => id);
      assert.deepEqual(await found({ inboxId: 'other' }), [done, open]);
      assert.deepEqual(await found({ inboxId: 'other', state: 'open' }), [open]);
      assert.deepEqual(await found({ contactId: zoe.id, state: 'resolved' }), [done]);
      assert.deepEqual(await found({ contactId: zoe.id, inboxId: 'other' }), [done, open]);
      assert.deepEqual(await found({ contactId: zoe.id, inboxId: 'demo' }), []);
      assert.deepEqual(await found({ inboxId: 'nowhere' }), []);
      assert.deepEqual(await found({ inboxId: 'x\0' }), []);
      const all = await found({ limit: 100 });
      assert.deepEqual(all.slice(0, 2), [done, open]);
      const byState = [...(await found({ state: 'open' })), ...(await found({ state: 'resolved' }))];
      assert.deepEqual(byState.sort(), all.sort());
      const first = await conversations.pageForAgents({ state: 'open', limit: 1 });
      const second = await conversations.pageForAgents({ state: 'open', limit: 1, before: first.cursor! });
      assert.notEqual(second.conversations[0]?.id, first.conversations[0]?.id);
      assert.equal(second.conversations[0]?.contact.name === null, true, "Eve's, who is unknown");
    });

    it('refuse a cursor that they did not give out', async () => {
      const { conversations } = scene.store;
      for (const before of ['', 'x', '1.2.3', '-1.2', '1.2 ', 'zzzzzzzzzzzzzzzz.1', "1.2'"]) {
        await assert.rejects(conversations.pageForContact(ada.id, { before }), BadCursor);
        await assert.rejects(conversations.pageForAgents({ before }), BadCursor);
      }
    });

    it('give their history in pages both ways', async () => {
      const id = await scene.start(ada, '1');
      await Promise.all(upTo(24).map((n) => scene.store.append(message(asContact(ada), id, `${n + 1}`))));
      const row = await scene.store.conversations.find(id);
      assert.ok(row);
      const page = async (query: Parameters<typeof scene.store.entries.page>[1]) => {
        const { entries, more } = await scene.store.entries.page(row, query);
        return [entries.map(({ seq }) => seq), more];
      };
      assert.deepEqual(await page({ limit: 10 }), [upTo(25).slice(15), true]);
      assert.deepEqual(await page({ before: 16, limit: 10 }), [upTo(15).slice(5), true]);
      assert.deepEqual(await page({ before: 6, limit: 10 }), [upTo(5), false]);
      assert.deepEqual(await page({ after: 0, limit: 10 }), [upTo(10), true]);
      assert.deepEqual(await page({ after: 20, limit: 10 }), [upTo(25).slice(20), false]);
      assert.deepEqual(await page({ after: 15, limit: 10 }), [upTo(25).slice(15), false]);
      assert.deepEqual(await page({ after: 25 }), [[], false]);
      assert.deepEqual(await page({ before: 1 }), [[], false]);
      assert.deepEqual(await page({ limit: 1_000 }), [upTo(25), false]);
      assert.deepEqual(await page({ log: 'notes' }), [[], false]);
    });

    it('give the page around a message, and nothing around one of another conversation', async () => {
      const id = await scene.start(ada, '1');
      const said = await Promise.all(upTo(24).map((n) => scene.store.append(message(asContact(ada), id, `${n + 1}`))));
      const row = await scene.store.conversations.find(id);
      const foreign = await scene.store.conversations.find(await scene.start(ada, 'another'));
      assert.ok(row && foreign);
      const idOf = (seq: number): string => {
        const entry = said.flatMap((result) => (result.ok ? result.entries : [])).find((each) => each.seq === seq);
        return entry?.type === 'message' ? entry.id : assert.fail();
      };
      const around = async (seq: number, limit?: number) => {
        const page = await scene.store.entries.around(row, idOf(seq), limit);
        return [page?.entries.map((entry) => entry.seq), page?.more];
      };
      assert.deepEqual(await around(12, 5), [[10, 11, 12, 13, 14], true]);
      assert.deepEqual(await around(12, 4), [[11, 12, 13, 14], true]);
      assert.deepEqual(await around(12, 1), [[12], true]);
      assert.deepEqual(await around(2, 10), [upTo(7), false]);
      assert.deepEqual(await around(25, 10), [upTo(25).slice(15), true]);
      assert.deepEqual(await around(12), [upTo(25), false]);
      assert.equal(await scene.store.entries.around(foreign, idOf(12)), null);
      assert.equal(await scene.store.entries.around(row, 'nonsense'), null);
    });

    it('give their messages alone when asked', async () => {
      const id = await scene.start(ada, 'one');
      stored(await scene.store.append(message(bo, id, 'two')));
      stored(await scene.store.append({ by: bo, conversationId: id, log: 'main', type: 'resolved' }));
      stored(await scene.store.append(message(asContact(ada), id, 'three')));
      const row = await scene.store.conversations.find(id);
      assert.ok(row);
      const { entries, more } = await scene.store.entries.page(row, { messagesOnly: true, limit: 3 });
      assert.deepEqual([texts(entries), more], [['one', 'two', 'three'], false]);
    });
  });
}
