import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { BadCursor } from '../../../src/store/keyset.ts';
import { toContact } from '../../../src/store/rows.ts';
import type { DatabaseKind, TestDatabase } from '../../support/databases.ts';
import { setScene, upTo } from './scene.ts';
import type { Scene } from './scene.ts';

/** People as proofs name them, proofs that count once, and who did what. */
export function identityContract(kind: DatabaseKind): void {
  describe('identities', () => {
    let database: TestDatabase;
    let scene: Scene;
    before(async () => {
      database = await kind.create();
      scene = await setScene(await database.open());
    });
    after(() => database.drop());

    it('make one contact per external id and inbox, and keep 1, 01 and "1 " apart', async () => {
      const { identities } = scene.store;
      const make = (externalId: string, inboxId = 'demo') =>
        identities.ensureByExternalId({
          inboxId,
          externalId,
          email: `${externalId.trim()}-${externalId.length}@x.test`,
        });
      const made = await Promise.all(['1', '01', '1 ', 'A', 'a'].map((id) => make(id)));
      assert.equal(new Set(made.map((found) => found?.contact.id)).size, 5);
      const again = await make('1');
      assert.deepEqual(again, { contact: made[0]?.contact, created: false });
      assert.notEqual((await make('1', 'other'))?.contact.id, made[0]?.contact.id);
      assert.ok(again);
      assert.equal(toContact(again.contact).verification, 'verified');
    });

    it('link a new id to the contact with this e-mail, unless that one has an id', async () => {
      const { contacts, identities } = scene.store;
      const email = 'link@x.test';
      const { contact } = await contacts.ensureByEmail({ inboxId: 'demo', email, verified: false });
      const linked = await identities.ensureByExternalId({ inboxId: 'demo', externalId: 'l-1', email: 'LINK@x.test' });
      assert.equal(linked?.contact.id, contact.id);
      assert.equal(linked?.contact.externalId, 'l-1');
      assert.equal(linked?.contact.email, email, 'spelled as at first');
      assert.notEqual(linked?.contact.verifiedAt, null);
      assert.equal(await identities.ensureByExternalId({ inboxId: 'demo', externalId: 'l-2', email }), null);
    });

    it('follow a changed e-mail, but never to somebody else’s', async () => {
      const { contacts, identities } = scene.store;
      const person = { inboxId: 'demo', externalId: 'moves' };
      const before = await identities.ensureByExternalId({ ...person, email: 'old@x.test' });
      const moved = await identities.ensureByExternalId({ ...person, email: 'new@x.test' });
      assert.equal(moved?.contact.id, before?.contact.id);
      assert.equal(moved?.contact.email, 'new@x.test');
      assert.equal(await contacts.findByEmail('demo', 'old@x.test'), null);
      const { contact: other } = await contacts.ensureByEmail({
        inboxId: 'demo',
        email: 'other@x.test',
        verified: true,
      });
      assert.equal(await identities.ensureByExternalId({ ...person, email: 'OTHER@x.test' }), null);
      assert.equal((await contacts.find(before!.contact.id))?.email, 'new@x.test');
      assert.equal((await contacts.find(other.id))?.externalId, null);
    });

    it('make one contact when a person signs in everywhere at once', async () => {
      const { identities } = scene.store;
      const person = { inboxId: 'demo', externalId: 'race', email: 'race@x.test' };
      const made = await Promise.all(upTo(8).map(() => identities.ensureByExternalId(person)));
      assert.equal(new Set(made.map((found) => found?.contact.id)).size, 1);
      const visitors = await Promise.all(
        upTo(8).map(() => identities.ensureByVisitorId({ inboxId: 'demo', visitorId: '5820a1375ddf087b2e54921d' })),
      );
      assert.equal(new Set(visitors.map(({ contact }) => contact.id)).size, 1);
    });

    it('find a visitor by our id, by one that the site kept, and by one of before a merge', async () => {
      const { contacts, identities } = scene.store;
      const anonymous = await scene.visitor('Kim');
      const known = await identities.ensureByVisitorId({ inboxId: 'demo', visitorId: anonymous.id });
      assert.deepEqual([known.contact.id, known.created], [anonymous.id, false]);
      assert.notEqual(known.contact.verifiedAt, null);

      const uuid = randomUUID();
      const made = await identities.ensureByVisitorId({ inboxId: 'demo', visitorId: uuid });
      assert.deepEqual([made.contact.id, made.created], [uuid, true]);

      const [merged, into] = [await scene.visitor(), made.contact];
      await contacts.merge(merged.id, into.id);
      const found = await identities.ensureByVisitorId({ inboxId: 'demo', visitorId: merged.id });
      assert.equal(found.contact.id, into.id);
    });

    it('never hand out a contact of another inbox, or one by its number', async () => {
      const { identities } = scene.store;
      const foreign = await scene.visitor('Lee', 'other');
      for (const visitorId of [foreign.id, String(foreign.number)]) {
        const found = await identities.ensureByVisitorId({ inboxId: 'demo', visitorId });
        assert.equal(found.created, true);
        assert.notEqual(found.contact.id, foreign.id);
        assert.equal(found.contact.inboxId, 'demo');
        const again = await identities.ensureByVisitorId({ inboxId: 'demo', visitorId });
        assert.deepEqual([again.contact.id, again.created], [found.contact.id, false]);
      }
    });

    it('prove an e-mail for a contact, once nobody else has it', async () => {
      const { contacts, identities } = scene.store;
      const visitor = await contacts.createAnonymous({ inboxId: 'demo', claimedEmail: 'Claim@x.test' });
      const proven = await identities.proveEmail(visitor.id, 'claim@x.test');
      assert.equal(proven?.email, 'claim@x.test');
      assert.equal(proven?.claimedEmail, null);
      assert.deepEqual(await identities.proveEmail(visitor.id, 'CLAIM@x.test'), proven);
      const other = await scene.visitor();
      assert.equal(await identities.proveEmail(other.id, 'claim@x.test'), null);
      assert.equal(await identities.proveEmail(randomUUID(), 'nobody@x.test'), null);
    });

    it('take a proof that counts once once, also when it comes twice at a time', async () => {
      const { usedProofs } = scene.store;
      const proof = { inboxId: 'demo', idHash: 'ticket', until: Date.now() + 60_000 };
      const uses = await Promise.all(upTo(5).map(() => usedProofs.use(proof)));
      assert.equal(uses.filter(Boolean).length, 1);
      assert.equal(await usedProofs.use(proof), false);
      assert.equal(await usedProofs.use({ ...proof, inboxId: 'other' }), true);
      assert.equal(await usedProofs.use({ ...proof, idHash: 'old', until: Date.now() - 1 }), true);
      assert.equal(await usedProofs.use({ ...proof, idHash: 'old' }), true, 'its time was over, so it was forgotten');
    });

    it('keep who did what, newest first, page by page', async () => {
      const { auditLog } = scene.store;
      const actor = { kind: 'agent', id: 'a-1', name: 'Bo' } as const;
      for (const number of upTo(5)) {
        const inboxId = number % 2 === 0 ? 'demo' : null;
        await auditLog.write({ actor, inboxId, action: 'secret.rotated', details: { number } });
      }
      const first = await auditLog.page({ limit: 3 });
      const second = await auditLog.page({ limit: 3, before: first.cursor! });
      assert.deepEqual(
        [...first.acts, ...second.acts].map(({ details }) => details['number']),
        [5, 4, 3, 2, 1],
      );
      assert.equal(second.cursor, undefined);
      assert.deepEqual(first.acts[0]?.actor, actor);
      assert.deepEqual(
        (await auditLog.page({ inboxId: 'demo' })).acts.map(({ details }) => details['number']),
        [4, 2],
      );
      await assert.rejects(auditLog.page({ before: 'x' }), BadCursor);
    });
  });
}
