import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { MessageContent } from '../../../../src/api/protocol.ts';
import type { AppendRequest, AppendResult } from '../../../src/store/append-request.ts';
import type { ContactRow } from '../../../src/store/rows.ts';
import { uuidV7 } from '../../../src/store/uuid-v7.ts';
import type { DatabaseKind, TestDatabase } from '../../support/databases.ts';
import { asContact, bo, message, said, setScene, stored, texts, wholeLog } from './scene.ts';
import type { Scene } from './scene.ts';

const FORM: MessageContent = {
  type: 'form',
  fields: [
    { key: 'email', label: 'E-mail', type: 'email', required: true },
    { key: 'gift', label: 'A gift?', type: 'checkbox' },
  ],
};
const BUTTONS: MessageContent = {
  type: 'buttons',
  buttons: [
    { id: 'yes', text: 'Yes, please' },
    { id: 'shop', text: 'To the shop', url: 'https://shop.test/' },
  ],
};

/** Messages that are more than their text: replies, files, what is offered and how it was answered. */
export function structureContract(kind: DatabaseKind): void {
  describe('a message that is more than its text', () => {
    let database: TestDatabase;
    let scene: Scene;
    let ada: ContactRow;
    let id: string;
    before(async () => {
      database = await kind.create();
      scene = await setScene(await database.open());
      ada = await scene.visitor('Ada');
      id = await scene.start(ada);
    });
    after(() => database.drop());

    const codeAndField = (result: AppendResult) => (result.ok ? 'taken' : [result.code, result.field]);
    const offer = async (content: MessageContent) =>
      said(await scene.store.append(message(bo, id, 'Choose', { content }))).id;
    const answer = (given: NonNullable<AppendRequest['answer']>, more: Partial<AppendRequest> = {}) =>
      scene.store.append(message(asContact(ada), id, 'not this', { answer: given, ...more }));

    it('replies to a message of its conversation, and to no other', async () => {
      const [first] = await wholeLog(scene.store, id);
      const replyTo = first?.type === 'message' ? first.id : '';
      const reply = said(await scene.store.append(message(bo, id, 'indeed', { replyTo })));
      assert.equal(reply.type === 'message' && reply.replyTo, replyTo);
      assert.deepEqual((await wholeLog(scene.store, id)).at(-1), reply);
      const other = await scene.start(ada, 'elsewhere');
      const refusals = [
        await scene.store.append(message(bo, other, 'indeed', { replyTo })),
        await scene.store.append(message(asContact(ada), id, 'x', { replyTo: uuidV7() })),
        await scene.store.append(message(asContact(ada), uuidV7(), 'x', { replyTo, start: true })),
      ];
      for (const refusal of refusals) assert.deepEqual(codeAndField(refusal), ['bad_request', '/replyTo']);
    });

    it('a conversation whose first message is refused was never started', async () => {
      const eve = await scene.visitor('Eve');
      const fresh = uuidV7();
      const start = message(asContact(eve), fresh, 'x', { start: true, replyTo: uuidV7() });
      assert.deepEqual(codeAndField(await scene.store.append(start)), ['bad_request', '/replyTo']);
      assert.equal(await scene.store.conversations.find(fresh), null);
      assert.deepEqual((await scene.store.conversations.pageForContact(eve.id)).conversations, []);
      const both = await Promise.all([
        scene.store.append({ ...start, clientId: uuidV7() }),
        scene.store.append(message(asContact(eve), fresh, 'hello', { start: true })),
      ]);
      assert.deepEqual(both.map(codeAndField), [['bad_request', '/replyTo'], 'taken']);
      assert.equal(stored(both[1]).created, true);
      assert.deepEqual(texts(await wholeLog(scene.store, fresh)), ['hello']);
    });

    it('a button is answered in its own words', async () => {
      const to = await offer(BUTTONS);
      const answered = said(await answer({ to, button: 'yes' }));
      assert.equal(answered.text, 'Yes, please');
      assert.deepEqual(answered.type === 'message' && answered.answer, { to, button: 'yes' });
      for (const button of ['shop', 'no', undefined]) {
        assert.deepEqual(codeAndField(await answer({ to, ...(button && { button }) })), [
          'bad_request',
          '/answer/button',
        ]);
      }
      assert.equal(codeAndField(await answer({ to, button: 'yes' })), 'taken', 'buttons stay');
      const edit = { by: asContact(ada), conversationId: id, log: 'main', type: 'edited', text: 'No' } as const;
      assert.deepEqual(codeAndField(await scene.store.append({ ...edit, messageId: answered.id })), [
        'conflict',
        undefined,
      ]);
    });

    it('a form is answered once, with values that fit it', async () => {
      const to = await offer(FORM);
      assert.deepEqual(codeAndField(await answer({ to, values: {} })), ['bad_request', '/answer/values/email']);
      assert.deepEqual(codeAndField(await answer({ to, values: { email: 'ada@x.test', size: 'L' } })), [
        'bad_request',
        '/answer/values/size',
      ]);
      const clientId = uuidV7();
      const values = { email: 'ada@x.test', gift: true };
      const [one, other] = await Promise.all([
        answer({ to, values }, { clientId }),
        answer({ to, values: { email: 'eve@x.test' } }),
      ]);
      assert.equal(said(one).text, 'E-mail: ada@x.test\nA gift?: ✓');
      assert.deepEqual(codeAndField(other), ['conflict', '/answer/to']);
      assert.equal(stored(await answer({ to, values }, { clientId })).duplicate, true, 'the same again is the same');
      assert.deepEqual(codeAndField(await answer({ to, values })), ['conflict', '/answer/to']);
      const log = await wholeLog(scene.store, id);
      const asked = log.find((entry) => entry.type === 'message' && entry.id === to);
      assert.deepEqual(asked?.type === 'message' && asked.content, FORM);
      assert.equal(asked && 'answered' in asked, false, 'that is nobody’s business');
    });

    it('what offers nothing cannot be answered', async () => {
      const [first] = await wholeLog(scene.store, id);
      const to = await offer(FORM);
      await scene.store.append({ by: bo, conversationId: id, log: 'main', type: 'deleted', messageId: to });
      for (const nothing of [uuidV7(), to, first?.type === 'message' ? first.id : '']) {
        assert.deepEqual(codeAndField(await answer({ to: nothing, values: {} })), ['bad_request', '/answer/to']);
      }
    });

    describe('with files', () => {
      let files = 0;
      /** A file that was uploaded, with what is out of the ordinary about it. */
      const upload = async (more: Record<string, string | number | null> = {}): Promise<string> => {
        const row = {
          id: uuidV7(),
          inbox_id: 'demo',
          conversation_id: id,
          message_id: null,
          uploader_kind: 'contact',
          uploader_id: ada.id,
          name: `${++files}.png`,
          media_type: 'image/png',
          bytes: 2_048,
          width: 4,
          height: 3,
          storage_key: `k${files}`,
          created_at: Date.now(),
          discarded_at: null,
          ...more,
        };
        const values = Object.values(row).map((value) => (typeof value === 'string' ? `'${value}'` : String(value)));
        await database.execute(
          `insert into attachments (${Object.keys(row).join(', ')}) values (${values.join(', ')})`,
        );
        return row.id;
      };
      const send = (ids: readonly string[], more: Partial<AppendRequest> = {}) =>
        scene.store.append(message(asContact(ada), id, '', { attachments: { ids, uploaderId: ada.id }, ...more }));

      it('carries them in their order, each once, with an address', async () => {
        const [one, other] = [await upload(), await upload({ width: null, height: null, name: 'a b.pdf' })];
        const request = message(asContact(ada), id, '', {
          attachments: { ids: [other, one, one], uploaderId: ada.id },
        });
        const entry = said(await scene.store.append(request));
        const shown = entry.type === 'message' ? (entry.attachments ?? []) : [];
        assert.deepEqual(
          shown.map(({ url: _, ...file }) => file),
          [
            { id: other, name: 'a b.pdf', mediaType: 'image/png', bytes: 2_048 },
            { id: one, name: '1.png', mediaType: 'image/png', bytes: 2_048, width: 4, height: 3 },
          ],
        );
        assert.match(shown[0]?.url ?? '', new RegExp(`^/v1/files/${other}/a%20b.pdf\\?exp=\\d+&sig=[\\w-]{43}$`));
        assert.deepEqual((await wholeLog(scene.store, id)).at(-1), entry);
        assert.deepEqual((await scene.store.conversations.findForContact(id, ada.id))?.lastMessage, entry);
        assert.equal(stored(await scene.store.append(request)).duplicate, true);
        assert.deepEqual(codeAndField(await send([one])), ['bad_request', '/attachments'], 'a file is in one message');
      });

      it('refuses what was not uploaded for it, and stores nothing then', async () => {
        const good = await upload();
        const before = await wholeLog(scene.store, id);
        const bad = [
          uuidV7(),
          'no id',
          await upload({ conversation_id: uuidV7() }),
          await upload({ uploader_id: uuidV7() }),
          await upload({ uploader_kind: 'agent', uploader_id: bo.kind === 'agent' ? bo.agentId : '' }),
          await upload({ discarded_at: 1 }),
          await upload({ created_at: Date.now() - 23.5 * 3_600_000 }),
        ];
        for (const file of bad) {
          assert.deepEqual(codeAndField(await send([good, file])), ['bad_request', '/attachments'], file);
        }
        const both = await Promise.all([send([good]), send([good])]);
        assert.deepEqual(both.map(codeAndField), ['taken', ['bad_request', '/attachments']]);
        assert.equal((await wholeLog(scene.store, id)).length, before.length + 1);
      });

      it('may say nothing beside them, also after an edit; taken back, they are gone', async () => {
        const entry = said(await send([await upload()], { text: 'look' }));
        const change = { by: asContact(ada), conversationId: id, log: 'main', messageId: entry.id } as const;
        const edited = stored(await scene.store.append({ ...change, type: 'edited', text: '' }));
        assert.deepEqual([edited.message?.text, edited.message?.attachments?.length], ['', 1]);
        await scene.store.setRead({ conversationId: id, by: 'agent', seq: entry.seq - 1 });
        const counted = await scene.store.conversations.find(id);
        assert.equal(counted?.agentUnread, 1, 'a message without words counts');
        const deleted = stored(await scene.store.append({ ...change, type: 'deleted' }));
        assert.equal(deleted.message?.attachments, undefined);
        const file = entry.type === 'message' ? entry.attachments?.[0]?.id : undefined;
        assert.deepEqual(codeAndField(await send([file ?? ''])), ['bad_request', '/attachments']);
      });
    });
  });
}
