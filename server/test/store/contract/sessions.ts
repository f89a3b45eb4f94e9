import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { ContactRow } from '../../../src/store/rows.ts';
import { uuidV7 } from '../../../src/store/uuid-v7.ts';
import type { DatabaseKind, TestDatabase } from '../../support/databases.ts';
import { setScene } from './scene.ts';
import type { Scene } from './scene.ts';

const HOUR = 3_600_000;

/** Contacts on their devices. */
export function sessionContract(kind: DatabaseKind): void {
  describe('sessions', () => {
    let database: TestDatabase;
    let scene: Scene;
    before(async () => {
      database = await kind.create();
      scene = await setScene(await database.open());
    });
    after(() => database.drop());

    const ofContact = (contact: ContactRow, more: { secretId?: string; expiresAt?: number } = {}) => ({
      tokenHash: uuidV7(),
      inboxId: contact.inboxId,
      contactId: contact.id,
      scheme: 'email-hmac',
      verification: 'verified' as const,
      expiresAt: Date.now() + HOUR,
      ...more,
    });

    it('are found by the hash of their token, with their contact, until they expire', async () => {
      const { sessions } = scene.store;
      const ada = await scene.visitor('Ada');
      const wanted = { ...ofContact(ada), secretId: 's1', fingerprint: 'f1' };
      const session = await sessions.create(wanted);
      assert.deepEqual(await sessions.findByHash(wanted.tokenHash), { session, contact: ada });
      assert.deepEqual([session.secretId, session.fingerprint, session.revokedAt], ['s1', 'f1', null]);
      assert.equal(await sessions.findByHash(uuidV7()), null);
      assert.equal(await sessions.findByHash(wanted.tokenHash, wanted.expiresAt), null);
    });

    it('are refused when a token comes twice or the contact does not exist', async () => {
      const { sessions } = scene.store;
      const ada = await scene.visitor();
      const wanted = ofContact(ada);
      await sessions.create(wanted);
      await assert.rejects(sessions.create(wanted));
      await assert.rejects(sessions.create({ ...ofContact(ada), contactId: uuidV7() }));
    });

    it('are replaced whole: the old token is dead when the new one lives', async () => {
      const { sessions } = scene.store;
      const [visitor, ada] = [await scene.visitor(), await scene.visitor('Ada')];
      const [old, fresh] = [ofContact(visitor), ofContact(ada)];
      const { id } = await sessions.create(old);
      const session = await sessions.rotate(id, fresh);
      assert.equal(await sessions.findByHash(old.tokenHash), null);
      assert.deepEqual(await sessions.findByHash(fresh.tokenHash), { session, contact: ada });
      await assert.rejects(sessions.rotate(session.id, fresh), 'the same hash again');
      assert.ok(await sessions.findByHash(fresh.tokenHash), 'a failed rotation changes nothing');
    });

    it('slide when they are used, unless they were revoked', async () => {
      const { sessions } = scene.store;
      const wanted = ofContact(await scene.visitor());
      const { id } = await sessions.create(wanted);
      const seen = { lastSeenAt: Date.now() + 5, expiresAt: wanted.expiresAt + HOUR };
      await sessions.touch(id, seen);
      const found = await sessions.findByHash(wanted.tokenHash, wanted.expiresAt);
      assert.deepEqual([found?.session.lastSeenAt, found?.session.expiresAt], [seen.lastSeenAt, seen.expiresAt]);
      assert.equal(await sessions.revoke(id), true);
      assert.equal(await sessions.revoke(id), false);
      await sessions.touch(id, { lastSeenAt: seen.lastSeenAt, expiresAt: seen.expiresAt + HOUR });
      assert.equal(await sessions.findByHash(wanted.tokenHash), null);
    });

    it('end together for a compromised secret', async () => {
      const { sessions } = scene.store;
      const [ada, eve] = [await scene.visitor(), await scene.visitor()];
      const phone = await sessions.create(ofContact(ada, { secretId: 'leaked' }));
      const laptop = ofContact(ada);
      await sessions.create(laptop);
      const hers = await sessions.create(ofContact(eve, { secretId: 'leaked' }));
      assert.deepEqual((await sessions.revokeAllOfSecret('leaked')).sort(), [phone.id, hers.id].sort());
      assert.deepEqual(await sessions.revokeAllOfSecret('leaked'), []);
      assert.ok(await sessions.findByHash(laptop.tokenHash));
    });

    it('are forgotten when they have long expired', async () => {
      const { sessions } = scene.store;
      const ada = await scene.visitor();
      const old = ofContact(ada, { expiresAt: 1_000 });
      await sessions.create(old);
      const live = ofContact(ada);
      await sessions.create(live);
      assert.equal(await sessions.deleteExpired(2_000), 1);
      assert.equal(await sessions.findByHash(old.tokenHash, 0), null);
      assert.ok(await sessions.findByHash(live.tokenHash));
    });
  });
}
