import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { ContactRow } from '../../../src/store/rows.ts';
import { uuidV7 } from '../../../src/store/uuid-v7.ts';
import type { DatabaseKind, TestDatabase } from '../../support/databases.ts';
import { asContact, bo, message, setScene, stored, texts, upTo, wholeLog } from './scene.ts';
import type { Scene } from './scene.ts';

const HOUR_MS = 3_600_000;

/** What hangs on a person: shown, and deleted. */
export function contactDataContract(kind: DatabaseKind): void {
  describe('what hangs on a contact', () => {
    let database: TestDatabase;
    let scene: Scene;
    before(async () => {
      database = await kind.create();
      scene = await setScene(await database.open());
    });
    after(() => database.drop());

    const session = async (contact: ContactRow): Promise<string> => {
      const tokenHash = uuidV7();
      await scene.store.sessions.create({
        ...{ tokenHash, inboxId: 'demo', contactId: contact.id, scheme: 'anonymous' },
        ...{ verification: 'anonymous', expiresAt: Date.now() + HOUR_MS },
      });
      return tokenHash;
    };
    const upload = (contact: ContactRow, conversationId: string, name: string) =>
      scene.store.attachments.add({
        ...{ inboxId: 'demo', conversationId, storageKey: name },
        uploader: { kind: 'contact', id: contact.id },
        file: { name, mediaType: 'text/plain', bytes: 3 },
      });

    it('is deleted with them, files, devices and what they wrote anonymously too; nobody else loses anything', async () => {
      const { store } = scene;
      const { contacts, contactData, conversations, sessions, verifications, attachments, identities } = store;
      const guest = await scene.visitor('Guest');
      const resolved = await scene.start(guest, 'anonymous and over');
      stored(await store.append({ by: bo, conversationId: resolved, log: 'main', type: 'resolved' }));
      const { contact: ada } = await contacts.ensureByEmail({ inboxId: 'demo', email: 'ada@x.test', verified: true });
      assert.equal((await contacts.merge(guest.id, ada.id)).merged, true);
      const open = await scene.start(ada, 'mine');
      stored(await store.append(message(bo, open, 'a note', { type: 'note', log: 'notes' })));
      await upload(ada, open, 'unsent.txt');
      const tokenHash = await session(ada);
      const held = await sessions.findByHash(tokenHash);
      assert.ok(held);
      await verifications.request({
        ...{ sessionId: held.session.id, email: 'ada@x.test', codeHash: 'x', now: Date.now() },
      });
      const { contact: kept } = await identities.ensureByVisitorId({ inboxId: 'demo', visitorId: 'kept elsewhere' });
      const other = await scene.visitor('Other');
      const others = await scene.start(other, 'not yours');
      const othersToken = await session(other);
      await upload(other, others, 'others.txt');

      const traces = await contactData.traces(await contactData.idsOf(ada.id));
      assert.deepEqual(
        [traces.sessions, traces.verifications, traces.unsentFiles].map((each) => each.length),
        [1, 1, 1],
      );
      assert.equal(traces.verifications[0]?.email, 'ada@x.test');
      const rows = await Promise.all([open, resolved].map((id) => conversations.find(id)));

      const forgotten = await contactData.forget(ada.id);
      assert.deepEqual([...(forgotten?.contactIds ?? [])].sort(), [ada.id, guest.id].sort());
      assert.deepEqual(
        forgotten?.conversations.map(({ id, inboxId }) => [id, inboxId]).sort(),
        [
          [open, 'demo'],
          [resolved, 'demo'],
        ].sort(),
      );
      for (const id of [ada.id, guest.id]) assert.equal(await contacts.find(id), null);
      for (const row of rows) {
        assert.ok(row);
        assert.equal(await conversations.find(row.id), null);
        for (const log of ['main', 'notes'] as const) {
          assert.deepEqual((await store.entries.page(row, { log })).entries, []);
        }
      }
      assert.equal(await sessions.findByHash(tokenHash), null);
      assert.equal(await verifications.try(held.session.id, Date.now()), null);
      assert.deepEqual(
        (await attachments.discarded()).map(({ storageKey }) => storageKey),
        ['unsent.txt'],
      );

      assert.deepEqual(texts(await wholeLog(store, others)), ['not yours']);
      assert.equal((await sessions.findByHash(othersToken))?.contact.id, other.id);
      assert.equal((await contacts.find(kept.id))?.id, kept.id);
      assert.equal(await contactData.forget(ada.id), null, 'there is nobody to forget any more');
      const again = await contacts.ensureByEmail({ inboxId: 'demo', email: 'ada@x.test', verified: true });
      assert.ok(again.created);
    });

    it('takes a site’s own ids for the person with it', async () => {
      const { identities, contactData } = scene.store;
      const person = { inboxId: 'demo', visitorId: 'of a site' };
      const { contact } = await identities.ensureByVisitorId(person);
      assert.deepEqual(await identities.visitorIdsOf(contact.id), ['of a site']);
      await contactData.forget(contact.id);
      assert.equal((await identities.ensureByVisitorId(person)).created, true);
    });

    it('is gone also when they write, and sign in, at that very moment', async () => {
      const { store } = scene;
      for (const round of upTo(5)) {
        const guest = await scene.visitor(`Guest ${round}`);
        const first = await scene.start(guest);
        const [forgotten, ...answers] = await Promise.all([
          store.contactData.forget(guest.id),
          ...upTo(10).map(() => store.append(message(asContact(guest), uuidV7(), 'new', { start: true }))),
          ...upTo(10).map(() => store.append(message(asContact(guest), first, 'more'))),
          ...upTo(5).map(() => session(guest).catch(() => null)),
        ]);
        assert.ok(forgotten);
        for (const answer of answers) {
          if (answer !== null && typeof answer === 'object' && !answer.ok) assert.equal(answer.code, 'not_found');
        }
        assert.equal(await store.contacts.find(guest.id), null);
        const left = await store.conversations.pageForAgents({ contactId: guest.id });
        assert.deepEqual(left.conversations, []);
        const traces = await store.contactData.traces([guest.id]);
        assert.deepEqual(traces.sessions, []);
      }
    });
  });
}
