import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { AppendRequest, AppendResult, Writer } from '../../../src/store/append-request.ts';
import type { ContactRow } from '../../../src/store/rows.ts';
import { uuidV7 } from '../../../src/store/uuid-v7.ts';
import type { DatabaseKind, TestDatabase } from '../../support/databases.ts';
import { asContact, bo, cy, message, setScene, stored, texts, wholeLog } from './scene.ts';
import type { Scene } from './scene.ts';

/** How conversations end: closed, rated, left, and whether another one may be begun. */
export function closingContract(kind: DatabaseKind): void {
  describe('the end of a conversation', () => {
    let database: TestDatabase;
    let scene: Scene;
    let ada: ContactRow;
    before(async () => {
      database = await kind.create();
      scene = await setScene(await database.open());
      ada = await scene.visitor('Ada');
    });
    after(() => database.drop());

    const code = (result: AppendResult): string => (result.ok ? 'taken' : result.code);
    const act = (by: Writer, id: string, type: AppendRequest['type'], more: Partial<AppendRequest> = {}) =>
      scene.store.append({ by, conversationId: id, log: 'main', type, ...more });
    const startOnly = (contact: ContactRow, id = uuidV7()) =>
      scene.store.append(message(asContact(contact), id, 'hi', { start: true, oneAtATime: true }));

    it('its contact may close it, and open it again', async () => {
      const id = await scene.start(ada);
      const closed = stored(await act(asContact(ada), id, 'resolved'));
      assert.deepEqual([closed.conversation.state, closed.entries[0]?.author.name], ['resolved', 'Ada']);
      assert.equal(stored(await act(asContact(ada), id, 'reopened')).conversation.state, 'open');
      const eve = await scene.visitor();
      assert.equal(code(await act(asContact(eve), id, 'resolved')), 'not_found');
    });

    it('where closed is closed, its contact can write no more, agents can, and what was sent is still known', async () => {
      const id = await scene.start(ada);
      const last = message(asContact(ada), id, 'last', { reopens: false });
      stored(await scene.store.append(last));
      stored(await act(bo, id, 'resolved'));
      assert.equal(code(await scene.store.append(message(asContact(ada), id, 'more', { reopens: false }))), 'conflict');
      assert.equal(stored(await scene.store.append(last)).duplicate, true);
      stored(await scene.store.append(message(bo, id, 'by the way', { reopens: false })));
      assert.deepEqual(texts(await wholeLog(scene.store, id)), ['hello', 'last', 'resolved', 'joined', 'by the way']);
    });

    it('one at a time: another is begun when the open one is closed', async () => {
      const eve = await scene.visitor('Eve');
      const [first, second] = [uuidV7(), uuidV7()];
      const results = await Promise.all([startOnly(eve, first), startOnly(eve, second), startOnly(ada)]);
      assert.deepEqual(results.slice(0, 2).map(code), ['taken', 'conflict']);
      assert.match(results[1].ok ? '' : results[1].message, new RegExp(first));
      assert.equal(code(results[2]), 'conflict', 'Ada has open ones from before');
      assert.equal(await scene.store.conversations.find(second), null);
      assert.equal(code(await startOnly(eve, first)), 'taken', 'the open one goes on');
      stored(await act(bo, first, 'resolved'));
      assert.equal(code(await startOnly(eve, second)), 'taken');
      assert.equal(code(await scene.store.append(message(asContact(eve), uuidV7(), 'hi', { start: true }))), 'taken');
    });

    it('is rated once after each closing, by nobody but its contact', async () => {
      const id = await scene.start(ada);
      const rate = (score: number, comment?: string) =>
        act(asContact(ada), id, 'rated', { score, ...(comment && { comment }) });
      assert.equal(code(await rate(5)), 'conflict', 'it is open');
      stored(await act(bo, id, 'resolved'));
      const [one, other] = await Promise.all([rate(4, 'Good bag'), rate(1)]);
      const [entry] = stored(one).entries;
      assert.deepEqual(entry?.type === 'rated' && [entry.score, entry.comment], [4, 'Good bag']);
      assert.equal(code(other), 'conflict');
      assert.equal((await scene.store.conversations.findForAgents(id))?.rating, 4);
      assert.deepEqual((await wholeLog(scene.store, id)).at(-1), entry);
      stored(await scene.store.append(message(asContact(ada), id, 'one more thing')));
      assert.equal(code(await rate(5)), 'conflict', 'it is open again');
      stored(await act(bo, id, 'resolved'));
      stored(await rate(2));
      assert.equal((await scene.store.conversations.findForContact(id, ada.id))?.rating, 2);
      const eve = await scene.visitor();
      assert.equal(code(await act(asContact(eve), id, 'rated', { score: 1 })), 'not_found');
      for (const by of [bo, { kind: 'system' } as const]) {
        assert.equal(code(await act(by, id, 'rated', { score: 5 })), 'bad_request');
      }
    });

    it('an agent who leaves is told of, is nobody who answers any more, and may join again', async () => {
      const id = await scene.start(ada);
      for (const by of [bo, cy]) stored(await scene.store.append(message(by, id, 'hi')));
      const left = stored(await act(bo, id, 'left'));
      assert.deepEqual([texts(left.entries), left.entries[0]?.author.name], [['left'], 'Bo']);
      assert.deepEqual(
        left.conversation.agents.map(({ name }) => name),
        ['Cy'],
      );
      assert.equal(stored(await act(bo, id, 'left')).duplicate, true);
      assert.deepEqual(texts(stored(await scene.store.append(message(bo, id, 'back'))).entries), ['joined', 'back']);
    });
  });
}
