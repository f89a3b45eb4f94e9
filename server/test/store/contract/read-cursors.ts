import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { uuidV7 } from '../../../src/store/uuid-v7.ts';
import type { DatabaseKind, TestDatabase } from '../../support/databases.ts';
import { asContact, bo, message, setScene } from './scene.ts';
import type { Scene } from './scene.ts';

/** How far both sides have read, and what is left. */
export function readCursorContract(kind: DatabaseKind): void {
  describe('read cursors', () => {
    let database: TestDatabase;
    let scene: Scene;
    before(async () => {
      database = await kind.create();
      scene = await setScene(await database.open());
    });
    after(() => database.drop());

    /** contact 1, joined 2, agent 3, agent 4, contact 5, contact 6 */
    async function conversation() {
      const ada = await scene.visitor();
      const id = await scene.start(ada);
      for (const by of [bo, bo, asContact(ada), asContact(ada)]) await scene.store.append(message(by, id));
      return { ada, id };
    }

    it('count the messages of the other side alone', async () => {
      const { ada, id } = await conversation();
      const forContact = await scene.store.conversations.findForContact(id, ada.id);
      const forAgents = await scene.store.conversations.findForAgents(id);
      assert.equal(forContact?.unread, 2, "two of the agent's");
      assert.equal(forAgents?.unread, 3, "three of the contact's");
    });

    it('move up, never down, and leave what came after unread', async () => {
      const { ada, id } = await conversation();
      const read = (seq: number) => scene.store.setRead({ conversationId: id, by: 'contact', seq, owner: ada.id });
      const middle = await read(3);
      assert.deepEqual(
        [middle?.moved, middle?.conversation.contactReadSeq, middle?.conversation.contactUnread],
        [true, 3, 1],
      );
      const back = await read(1);
      assert.deepEqual(
        [back?.moved, back?.conversation.contactReadSeq, back?.conversation.contactUnread],
        [false, 3, 1],
      );
      const beyond = await read(1_000);
      assert.deepEqual([beyond?.conversation.contactReadSeq, beyond?.conversation.contactUnread], [6, 0]);
      assert.equal(beyond?.conversation.agentReadSeq, 0, "the agents' cursor is theirs");
      assert.deepEqual(await scene.store.conversations.find(id), beyond?.conversation);
    });

    it('count right when messages and cursors share a commit', async () => {
      const { ada, id } = await conversation();
      const results = await Promise.all([
        scene.store.append(message(asContact(ada), id)),
        scene.store.setRead({ conversationId: id, by: 'agent', seq: 5 }),
        scene.store.append(message(asContact(ada), id)),
        scene.store.setRead({ conversationId: id, by: 'agent', seq: 7 }),
        scene.store.setRead({ conversationId: id, by: 'agent', seq: 6 }),
      ]);
      assert.deepEqual(
        results.map((result) => result && 'conversation' in result && result.conversation.agentUnread),
        [4, 2, 3, 1, 1],
      );
      const stored = await scene.store.conversations.find(id);
      assert.deepEqual([stored?.agentReadSeq, stored?.agentUnread, stored?.lastSeq], [7, 1, 8]);
    });

    it('answer null for a foreign or missing conversation and for nonsense', async () => {
      const { ada, id } = await conversation();
      const eve = await scene.visitor();
      for (const request of [
        { conversationId: id, by: 'contact', seq: 1, owner: eve.id },
        { conversationId: id, by: 'contact', seq: 1 },
        { conversationId: uuidV7(), by: 'agent', seq: 1 },
        { conversationId: `${id}\0`, by: 'agent', seq: 1 },
        { conversationId: id, by: 'agent', seq: NaN },
        { conversationId: id, by: 'agent', seq: 1.5 },
      ] as const) {
        assert.equal(await scene.store.setRead(request), null, JSON.stringify(request));
      }
      assert.equal((await scene.store.conversations.findForContact(id, ada.id))?.contactReadSeq, 0);
    });

    it('write nothing when nothing moves', async () => {
      const { id } = await conversation();
      const result = await scene.store.setRead({ conversationId: id, by: 'agent', seq: -5 });
      assert.deepEqual([result?.moved, result?.conversation.agentReadSeq], [false, 0]);
    });
  });
}
