import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { BadCursor } from '../../../src/store/keyset.ts';
import { toContact } from '../../../src/store/rows.ts';
import { uuidV7 } from '../../../src/store/uuid-v7.ts';
import type { DatabaseKind, TestDatabase } from '../../support/databases.ts';
import { asContact, bo, message, setScene, stored, texts, upTo, wholeLog } from './scene.ts';
import type { Scene } from './scene.ts';

/** People: found, made, merged. */
export function contactContract(kind: DatabaseKind): void {
  describe('contacts', () => {
    let database: TestDatabase;
    let scene: Scene;
    before(async () => {
      database = await kind.create();
      scene = await setScene(await database.open());
    });
    after(() => database.drop());

    it('are one per e-mail and inbox, whatever the case of its letters', async () => {
      const { contacts } = scene.store;
      const first = await contacts.ensureByEmail({ inboxId: 'demo', email: 'Ada@Example.com', verified: true });
      const again = await contacts.ensureByEmail({ inboxId: 'demo', email: 'ada@example.COM', verified: true });
      assert.deepEqual([first.created, again.created], [true, false]);
      assert.deepEqual(again.contact, first.contact);
      assert.equal(again.contact.email, 'Ada@Example.com');
      assert.deepEqual(await contacts.findByEmail('demo', 'ADA@example.com'), first.contact);
      const other = await contacts.ensureByEmail({ inboxId: 'other', email: 'ada@example.com', verified: true });
      assert.equal(other.created, true);
    });

    it('do not fall together through Unicode', async () => {
      const { contacts } = scene.store;
      const emails = ['kim@x.test', '\u212aim@x.test', 'jose\u0301@x.test', 'jos\u00e9@x.test'];
      const made = await Promise.all(
        emails.map((email) => contacts.ensureByEmail({ inboxId: 'demo', email, verified: true })),
      );
      assert.equal(new Set(made.map(({ contact }) => contact.id)).size, emails.length);
    });

    it('are made once when two sign in at the same moment', async () => {
      const made = await Promise.all(
        upTo(10).map(() =>
          scene.store.contacts.ensureByEmail({ inboxId: 'demo', email: 'race@x.test', verified: true }),
        ),
      );
      assert.equal(new Set(made.map(({ contact }) => contact.id)).size, 1);
      assert.equal(made.filter(({ created }) => created).length, 1);
    });

    it('keep a known name and the time of the first proof', async () => {
      const { contacts } = scene.store;
      const input = { inboxId: 'demo', email: 'grace@x.test' };
      const minted = await contacts.ensureByEmail({ ...input, verified: false });
      assert.equal(minted.contact.verifiedAt, null);
      assert.equal(toContact(minted.contact).verification, 'claimed');
      const proven = await contacts.ensureByEmail({ ...input, name: 'Grace', verified: true });
      assert.equal(proven.contact.name, 'Grace');
      assert.equal(toContact(proven.contact).verification, 'verified');
      const later = await contacts.ensureByEmail({ ...input, name: 'Somebody', verified: true });
      assert.deepEqual(later.contact, proven.contact);
    });

    it('are found by UUID in any case and by number, within their inbox', async () => {
      const { contacts } = scene.store;
      const ada = await scene.visitor('Ada');
      assert.deepEqual(await contacts.find(ada.id), ada);
      assert.deepEqual(await contacts.find(ada.id.toUpperCase()), ada);
      assert.deepEqual(await contacts.find(String(ada.number), 'demo'), ada);
      for (const id of ['0', '-1', '1e3', ' 1', 'a\0', '', uuidV7(), '99999999999999999999', `${ada.number}.0`]) {
        assert.equal(await contacts.find(id), null, JSON.stringify(id));
      }
      assert.equal(await contacts.find(ada.id, 'other'), null);
      assert.equal(await contacts.find(String(ada.number), 'other'), null);
      assert.equal(await contacts.findByEmail('demo', 'a\0@x.test'), null);
    });

    it('change only in what is given', async () => {
      const { contacts } = scene.store;
      const eve = await contacts.createAnonymous({ inboxId: 'demo', claimedEmail: 'eve@x.test' });
      assert.deepEqual(toContact(eve), {
        id: eve.id,
        number: eve.number,
        name: null,
        email: 'eve@x.test',
        verification: 'claimed',
      });
      const attributes = { plan: 'pro', nested: { a: [1, null] } };
      const changed = await contacts.update(eve.id, { name: 'Eve', attributes });
      assert.deepEqual(changed, { ...eve, name: 'Eve', attributes, updatedAt: changed?.updatedAt });
      assert.deepEqual(await contacts.find(eve.id), changed);
      assert.equal(await contacts.update(uuidV7(), { name: 'Nobody' }), null);
    });

    it('come in pages, newest first, each once', async () => {
      const { contacts } = scene.store;
      const made = [];
      for (const n of upTo(7)) made.push(await scene.visitor(`V${n}`, 'other'));
      const seen = [];
      let before: string | undefined;
      do {
        const page = await contacts.page({ inboxId: 'other', limit: 3, ...(before && { before }) });
        assert.ok(page.contacts.length <= 3);
        seen.push(...page.contacts);
        before = page.cursor;
      } while (before);
      assert.deepEqual(seen.slice(0, 7), made.toReversed());
      const found = await contacts.page({ email: 'ADA@example.com' });
      assert.deepEqual(found.contacts.map(({ inboxId }) => inboxId).sort(), ['demo', 'other']);
      assert.deepEqual(await contacts.page({ email: 'nobody@x.test' }), { contacts: [] });
      await assert.rejects(contacts.page({ before: 'x' }), BadCursor);
    });

    it('take over the open conversations of the visitor they turn out to be, once', async () => {
      const { store } = scene;
      const visitor = await scene.visitor();
      const { contact: ada } = await store.contacts.ensureByEmail({
        inboxId: 'demo',
        email: 'merge@x.test',
        name: 'Ada',
        verified: true,
      });
      const openId = await scene.start(visitor, 'hello?');
      stored(await store.append(message(bo, openId, 'hi')));
      const oldId = await scene.start(visitor, 'long ago');
      await store.append({ by: bo, conversationId: oldId, log: 'main', type: 'resolved' });
      const unsent = message(asContact(visitor), openId, 'sent twice');
      stored(await store.append(unsent));
      const session = await store.sessions.create({
        tokenHash: uuidV7(),
        inboxId: 'demo',
        contactId: visitor.id,
        scheme: 'anonymous',
        verification: 'anonymous',
        expiresAt: Date.now() + 60_000,
      });
      const before = await wholeLog(store, openId);

      const merge = await store.contacts.merge(visitor.id, ada.id);
      assert.equal(merge.merged, true);
      assert.deepEqual(merge.conversations, [await store.conversations.find(openId)]);
      assert.deepEqual([merge.conversations[0]?.contactId, merge.conversations[0]?.verification], [ada.id, 'verified']);
      const log = await wholeLog(store, openId);
      assert.deepEqual(
        log.map(({ seq, at }) => [seq, at]),
        before.map(({ seq, at }) => [seq, at]),
      );
      assert.deepEqual(texts(log), ['hello?', 'joined', 'hi', 'sent twice']);
      assert.equal(log[0]?.author.id, ada.id);
      assert.equal((await store.conversations.find(oldId))?.contactId, visitor.id, 'a resolved one stays where it was');
      assert.equal((await store.contacts.find(visitor.id))?.mergedInto, ada.id);
      assert.equal(await store.sessions.revoke(session.id), false, 'the visitor is signed out');

      const resent = stored(await store.append({ ...unsent, by: asContact(ada, 'verified') }));
      assert.equal(resent.duplicate, true, 'what was on its way is known again');
      const late = await store.append(message(asContact(visitor), uuidV7(), 'late', { start: true }));
      assert.equal(late.ok ? 'taken' : late.code, 'not_found', 'nothing is started for who is no more');
      const replay = await store.append(message(asContact(visitor), openId));
      assert.equal(replay.ok ? 'taken' : replay.code, 'not_found');

      assert.deepEqual(await store.contacts.merge(visitor.id, ada.id), { merged: false, conversations: [] });
      const page = await store.contacts.page({ inboxId: 'demo', limit: 100 });
      assert.equal(
        page.contacts.some(({ id }) => id === visitor.id),
        false,
      );
    });

    it('are never merged when known, foreign, missing or the same', async () => {
      const { contacts } = scene.store;
      const visitor = await scene.visitor();
      const ada = (await contacts.ensureByEmail({ inboxId: 'demo', email: 'a@x.test', verified: true })).contact;
      const eve = (await contacts.ensureByEmail({ inboxId: 'demo', email: 'e@x.test', verified: true })).contact;
      const elsewhere = (await contacts.ensureByEmail({ inboxId: 'other', email: 'a@x.test', verified: true })).contact;
      for (const [from, into] of [
        [ada.id, eve.id],
        [visitor.id, elsewhere.id],
        [visitor.id, visitor.id],
        [visitor.id, uuidV7()],
        [uuidV7(), ada.id],
      ] as const) {
        assert.deepEqual(await contacts.merge(from, into), { merged: false, conversations: [] });
      }
      assert.equal((await contacts.find(visitor.id))?.mergedInto, null);
    });

    it('are merged into one at most when two claim the same visitor at once', async () => {
      const { contacts } = scene.store;
      const visitor = await scene.visitor();
      const id = await scene.start(visitor);
      const people = await Promise.all(
        upTo(6).map((n) => contacts.ensureByEmail({ inboxId: 'demo', email: `m${n}@x.test`, verified: true })),
      );
      const merges = await Promise.all(people.map(({ contact }) => contacts.merge(visitor.id, contact.id)));
      assert.equal(merges.filter(({ merged }) => merged).length, 1);
      const owner = (await scene.store.conversations.find(id))?.contactId;
      assert.equal(owner, (await contacts.find(visitor.id))?.mergedInto);
    });
  });
}
