import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { AttachmentRow, DailyLimits, OverLimit, Uploader } from '../../../src/store/attachments.ts';
import { uuidV7 } from '../../../src/store/uuid-v7.ts';
import type { DatabaseKind, TestDatabase } from '../../support/databases.ts';
import { asContact, message, said, setScene, stored } from './scene.ts';
import type { Scene } from './scene.ts';

/** Files as rows, until they are gone. */
export function attachmentContract(kind: DatabaseKind): void {
  describe('attachments', () => {
    let database: TestDatabase;
    let scene: Scene;
    before(async () => {
      database = await kind.create();
      scene = await setScene(await database.open());
    });
    after(() => database.drop());

    const somebody = (): Uploader => ({ kind: 'contact', id: uuidV7() });
    const add = (uploader: Uploader, conversationId = uuidV7(), limits?: DailyLimits, bytes = 100) =>
      scene.store.attachments.add(
        {
          file: { name: 'größe 👻.png', mediaType: 'image/png', bytes, width: 4, height: 3 },
          inboxId: 'demo',
          conversationId,
          uploader,
          storageKey: uuidV7(),
        },
        limits,
      );
    function taken(answer: AttachmentRow | OverLimit): AttachmentRow {
      assert.ok('file' in answer, JSON.stringify(answer));
      return answer;
    }

    it('are found again as they were written, by their id alone', async () => {
      const added = taken(await add(somebody()));
      assert.deepEqual(await scene.store.attachments.find(added.file.id), added);
      assert.equal(added.messageId, null);
      for (const id of [uuidV7(), 'x', '1', '']) assert.equal(await scene.store.attachments.find(id), null);
    });

    it('stand in a message once it is sent, and are found by nobody once they are discarded', async () => {
      const contact = await scene.visitor();
      const conversation = await scene.start(contact);
      const uploader: Uploader = { kind: 'contact', id: contact.id };
      const { file } = taken(await add(uploader, conversation));
      const attachments = { ids: [file.id], uploaderId: contact.id };
      const sent = said(await scene.store.append(message(asContact(contact), conversation, '', { attachments })));
      assert.equal((await scene.store.attachments.find(file.id))?.messageId, sent.id);
      assert.equal(await scene.store.attachments.discardUnsent(file.id, conversation, uploader), false);
      await scene.store.attachments.discardOfConversations([conversation]);
      assert.equal(await scene.store.attachments.find(file.id), null);
    });

    it('are taken back by who uploaded them, and by nobody else', async () => {
      const uploader = somebody();
      const row = taken(await add(uploader));
      const { attachments } = scene.store;
      const { id } = row.file;
      assert.equal(await attachments.discardUnsent(id, row.conversationId, somebody()), false);
      assert.equal(await attachments.discardUnsent(id, row.conversationId, { ...uploader, kind: 'agent' }), false);
      assert.equal(await attachments.discardUnsent(id, uuidV7(), uploader), false);
      assert.equal(await attachments.discardUnsent(id, row.conversationId, uploader), true);
      assert.equal(await attachments.discardUnsent(id, row.conversationId, uploader), false);
      assert.ok((await attachments.discarded()).some((gone) => gone.id === id && gone.storageKey === row.storageKey));
    });

    it('count as uploaded today also when they are gone', async () => {
      const uploader = somebody();
      const limits = { files: 3, bytes: 350 };
      const first = taken(await add(uploader, uuidV7(), limits));
      await scene.store.attachments.discardUnsent(first.file.id, first.conversationId, uploader);
      await scene.store.attachments.forget([first.file.id]);
      assert.ok(!(await scene.store.attachments.discarded()).some(({ id }) => id === first.file.id));
      taken(await add(uploader, uuidV7(), limits));
      const large = await add(uploader, uuidV7(), limits, 200);
      assert.ok('rule' in large && large.rule === 'fileBytesPerDay' && large.retryAfterMs > 0);
      taken(await add(uploader, uuidV7(), limits));
      const fourth = await add(uploader, uuidV7(), limits, 1);
      assert.ok('rule' in fourth && fourth.rule === 'filesPerDay');
      taken(await add(somebody(), uuidV7(), limits));
      taken(await add(uploader));
    });

    it('that were not sent in time go; those that were stay', async () => {
      const contact = await scene.visitor();
      const conversation = await scene.start(contact);
      const uploader: Uploader = { kind: 'contact', id: contact.id };
      const [kept, left] = [taken(await add(uploader, conversation)), taken(await add(uploader, conversation))];
      const attachments = { ids: [kept.file.id], uploaderId: contact.id };
      stored(await scene.store.append(message(asContact(contact), conversation, 'one', { attachments })));
      await scene.store.attachments.discardForgotten(left.createdAt);
      assert.ok(await scene.store.attachments.find(left.file.id), 'not yet');
      await scene.store.attachments.discardForgotten(Date.now() + 1);
      assert.equal(await scene.store.attachments.find(left.file.id), null);
      assert.ok(await scene.store.attachments.find(kept.file.id));
    });

    it('follow a visitor who signs in before they are sent', async () => {
      const anonymous = await scene.visitor();
      const row = taken(await add({ kind: 'contact', id: anonymous.id }));
      const { contact } = await scene.store.contacts.ensureByEmail({
        inboxId: 'demo',
        email: `${uuidV7()}@shop.example`,
        verified: true,
      });
      await scene.store.contacts.merge(anonymous.id, contact.id);
      assert.equal((await scene.store.attachments.find(row.file.id))?.uploader.id, contact.id);
    });
  });
}
