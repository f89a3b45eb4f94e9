import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { AppendRequest, AppendResult, Writer } from '../../../src/store/append-request.ts';
import type { ContactRow } from '../../../src/store/rows.ts';
import { uuidV7 } from '../../../src/store/uuid-v7.ts';
import type { DatabaseKind, TestDatabase } from '../../support/databases.ts';
import { asContact, bo, cy, message, said, setScene, stored, texts, upTo, wholeLog } from './scene.ts';
import type { Scene } from './scene.ts';

/** What becomes of a message after it was sent: edited, taken back, given emoji. */
export function changeContract(kind: DatabaseKind): void {
  describe('changing a message', () => {
    let database: TestDatabase;
    let scene: Scene;
    let ada: ContactRow;
    let id: string;
    before(async () => {
      database = await kind.create();
      scene = await setScene(await database.open());
      ada = await scene.visitor('Ada');
    });
    after(() => database.drop());

    /** A message in a new conversation; answers its id. */
    const begin = async (text = 'helo', more: Partial<AppendRequest> = {}): Promise<string> => {
      id = uuidV7();
      return said(await scene.store.append(message(asContact(ada), id, text, { start: true, ...more }))).id;
    };
    const change = (by: Writer, messageId: string, more: Partial<AppendRequest>): Promise<AppendResult> =>
      scene.store.append({ by, conversationId: id, log: 'main', type: 'edited', messageId, ...more });
    const code = (result: AppendResult): string => (result.ok ? 'taken' : result.code);

    it('an edit is told, and who loads the message later gets the new text', async () => {
      const messageId = await begin('helo', { pageUrl: 'https://shop.test/' });
      const result = stored(await change(asContact(ada), messageId, { text: 'hello' }));
      const [entry] = result.entries;
      assert.deepEqual(entry && { ...entry, at: 0 }, {
        type: 'edited',
        conversationId: id,
        seq: 2,
        at: 0,
        author: { kind: 'contact', id: ada.id, name: 'Ada' },
        messageId,
        text: 'hello',
      });
      assert.deepEqual([result.message?.text, result.message?.editedAt], ['hello', entry?.at]);
      assert.equal(result.message?.pageUrl, 'https://shop.test/');
      assert.deepEqual(await wholeLog(scene.store, id), [result.message, entry]);
      const listed = await scene.store.conversations.findForContact(id, ada.id);
      assert.deepEqual([listed?.lastMessage, listed?.lastSeq], [result.message, 2]);
    });

    it('what a message said before its last edit is kept nowhere', async () => {
      const messageId = await begin('my card is 4111');
      for (const text of ['my card is 4', 'my card']) stored(await change(asContact(ada), messageId, { text }));
      const log = await wholeLog(scene.store, id);
      assert.deepEqual(texts(log), ['my card', 'my card', 'my card']);
      assert.deepEqual(
        log.map(({ seq }) => seq),
        [1, 2, 3],
      );
      stored(await change(asContact(ada), messageId, { type: 'deleted' }));
      assert.deepEqual(texts(await wholeLog(scene.store, id)), ['', '', '', 'deleted']);
    });

    it('what is taken back leaves nothing but its place', async () => {
      const messageId = await begin('oh no', { pageUrl: 'https://shop.test/' });
      stored(await change(bo, messageId, { type: 'reacted', emoji: '👍', on: true }));
      const result = stored(await change(asContact(ada), messageId, { type: 'deleted' }));
      const [deleted] = await wholeLog(scene.store, id);
      assert.deepEqual(deleted, result.message);
      const { clientId, at, author } = result.message ?? {};
      const deletedAt = result.entries[0]?.at;
      const left = {
        type: 'message',
        conversationId: id,
        seq: 1,
        at,
        author,
        id: messageId,
        clientId,
        text: '',
        deletedAt,
      };
      assert.deepEqual(deleted, left);
      const again = stored(await change(asContact(ada), messageId, { type: 'deleted' }));
      assert.deepEqual([again.duplicate, again.entries], [true, []]);
      for (const more of [{ text: 'yes' }, { type: 'reacted', emoji: '👍', on: true }] as const) {
        assert.equal(code(await change(asContact(ada), messageId, more)), 'conflict');
      }
      const resent = message(asContact(ada), id, 'oh no', { clientId });
      assert.deepEqual(
        stored(await scene.store.append(resent)).entries,
        [left],
        'nor does sending it again bring it back',
      );
    });

    it('nobody changes another’s message, or one of another conversation', async () => {
      const messageId = await begin();
      const theirs = said(await scene.store.append(message(bo, id, 'hi'))).id;
      const note = said(await scene.store.append(message(bo, id, 'psst', { type: 'note', log: 'notes' }))).id;
      const eve = await scene.visitor('Eve');
      for (const type of ['edited', 'deleted'] as const) {
        for (const by of [bo, { kind: 'system' } as const]) {
          assert.equal(code(await change(by, messageId, { type, text: 'x' })), 'forbidden');
        }
        for (const by of [asContact(ada), cy, { kind: 'system' } as const]) {
          assert.equal(code(await change(by, theirs, { type, text: 'x' })), 'forbidden');
        }
        assert.equal(code(await change(asContact(eve), messageId, { type, text: 'x' })), 'not_found');
        assert.equal(code(await change(bo, note, { type, text: 'x' })), 'not_found');
        assert.equal(code(await change(asContact(ada), uuidV7(), { type, text: 'x' })), 'not_found');
        assert.equal(code(await change(asContact(ada), 'no id', { type, text: 'x' })), 'not_found');
      }
      const before = await wholeLog(scene.store, id);
      await begin();
      const elsewhere = await Promise.all([
        change(asContact(ada), messageId, { text: 'x' }),
        change(bo, theirs, { type: 'deleted' }),
        change(bo, theirs, { type: 'reacted', emoji: '👍', on: true }),
      ]);
      assert.deepEqual(elsewhere.map(code), ['not_found', 'not_found', 'not_found']);
      const first = await scene.store.conversations.find(before[0]?.conversationId ?? '');
      assert.deepEqual((await scene.store.entries.page(first!)).entries, before);
    });

    it('an old message stays as it is where the inbox says so; nothing is stored for what changes nothing', async () => {
      const messageId = await begin('hello');
      assert.equal(code(await change(asContact(ada), messageId, { text: 'x', editMs: -1 })), 'forbidden');
      assert.equal(code(await change(asContact(ada), messageId, { type: 'deleted', editMs: -1 })), 'forbidden');
      const same = stored(await change(asContact(ada), messageId, { text: 'hello', editMs: 60_000 }));
      assert.deepEqual([same.duplicate, same.entries, same.message?.editedAt], [true, [], undefined]);
      assert.equal(code(await change(asContact(ada), messageId, { text: '' })), 'bad_request');
      assert.equal((await wholeLog(scene.store, id)).length, 1);
    });

    it('taking back what is unread takes it off the other side’s count, what is read does not', async () => {
      const first = await begin('one');
      const second = said(await scene.store.append(message(asContact(ada), id, 'two'))).id;
      await scene.store.setRead({ conversationId: id, by: 'agent', seq: 1 });
      const unread = async () => {
        const row = await scene.store.conversations.find(id);
        return [row?.agentUnread, row?.contactUnread];
      };
      assert.deepEqual(await unread(), [1, 0]);
      stored(await change(asContact(ada), first, { type: 'deleted' }));
      assert.deepEqual(await unread(), [1, 0]);
      stored(await change(asContact(ada), second, { type: 'deleted' }));
      assert.deepEqual(await unread(), [0, 0]);

      const answers = [];
      for (const text of ['a', 'b', 'c']) answers.push(said(await scene.store.append(message(bo, id, text))));
      assert.deepEqual(await unread(), [0, 3]);
      stored(await change(bo, answers[1]!.id, { type: 'deleted' }));
      assert.deepEqual(await unread(), [0, 2]);
      // Counted by the database, and in the commit that takes another one back.
      await Promise.all([
        scene.store.setRead({ conversationId: id, by: 'contact', owner: ada.id, seq: answers[0]!.seq - 1 }),
        change(bo, answers[2]!.id, { type: 'deleted' }),
        scene.store.setRead({ conversationId: id, by: 'contact', owner: ada.id, seq: answers[0]!.seq }),
      ]);
      assert.deepEqual(await unread(), [0, 0]);
    });

    it('anybody in it puts emoji on a message and takes their own away, once each', async () => {
      const messageId = await begin();
      const react = (by: Writer, emoji: string, on: boolean) => change(by, messageId, { type: 'reacted', emoji, on });
      const results = await Promise.all([
        react(asContact(ada), '👍', true),
        react(bo, '👍', true),
        react(bo, '👍', true),
        react(cy, '❤️', true),
        react(cy, '🎉', false),
      ]);
      assert.deepEqual(
        results.map(stored).map(({ entries }) => entries.map((entry) => entry.type === 'reacted' && entry.emoji)),
        [['👍'], ['👍'], [], ['❤️'], []],
      );
      const by = (writer: Writer) => (writer.kind === 'agent' ? writer.agentId : writer.kind);
      const [now] = await wholeLog(scene.store, id);
      assert.deepEqual(now?.type === 'message' && now.reactions, [
        { emoji: '👍', by: ['contact', by(bo)] },
        { emoji: '❤️', by: [by(cy)] },
      ]);
      stored(await react(cy, '❤️', false));
      stored(await react(asContact(ada), '👍', false));
      const [then] = await wholeLog(scene.store, id);
      assert.deepEqual(then?.type === 'message' && then.reactions, [{ emoji: '👍', by: [by(bo)] }]);
      assert.deepEqual(
        (await wholeLog(scene.store, id)).map(({ seq }) => seq),
        upTo(6),
      );
    });

    it('a message has room for twenty different emoji', async () => {
      const messageId = await begin();
      const react = (n: number) =>
        change(bo, messageId, { type: 'reacted', emoji: String.fromCodePoint(0x1f600 + n), on: true });
      for (const n of upTo(20)) stored(await react(n));
      assert.equal(code(await react(21)), 'conflict');
      assert.equal(code(await change(cy, messageId, { type: 'reacted', emoji: '\u{1f601}', on: true })), 'taken');
    });
  });
}
