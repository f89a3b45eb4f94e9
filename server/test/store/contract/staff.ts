import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { LastAdmin } from '../../../src/store/agents.ts';
import type { Store } from '../../../src/store/store.ts';
import { uuidV7 } from '../../../src/store/uuid-v7.ts';
import type { DatabaseKind, TestDatabase } from '../../support/databases.ts';
import { setScene } from './scene.ts';

const HOUR = 3_600_000;

/** Agents, API keys and inboxes: what belongs to those who run the chat. */
export function staffContract(kind: DatabaseKind): void {
  let database: TestDatabase;
  let store: Store;
  const prepare = () => {
    before(async () => {
      database = await kind.create();
      store = (await setScene(await database.open())).store;
    });
    after(() => database.drop());
  };
  const bo = { email: 'Bo@Example.com', name: 'Bo', role: 'agent', passwordHash: 'scrypt' } as const;

  describe('agents', () => {
    prepare();

    it('are one per e-mail and found by it, by UUID and by number', async () => {
      const made = await store.agents.ensure(bo);
      const again = await store.agents.ensure({ ...bo, email: 'bo@example.com', name: 'Bob', role: 'admin' });
      assert.deepEqual([made.created, again.created], [true, false]);
      assert.deepEqual(again.agent, made.agent);
      assert.equal(made.agent.email, 'bo@example.com');
      assert.deepEqual(await store.agents.findByEmail('BO@example.com'), made.agent);
      assert.deepEqual(await store.agents.find(made.agent.id), made.agent);
      assert.deepEqual(await store.agents.find(String(made.agent.number)), made.agent);
      assert.equal(await store.agents.findByEmail('b\0'), null);
      assert.equal(await store.agents.find('x'), null);
    });

    it('change only in what is given', async () => {
      const { agent } = await store.agents.ensure({ ...bo, email: 'cy@x.test', avatarUrl: '/cy.png' });
      const changed = await store.agents.update(agent.id, { name: 'Cy', role: 'admin', avatarUrl: null });
      assert.deepEqual(changed, { ...agent, name: 'Cy', role: 'admin', avatarUrl: null });
      assert.deepEqual(await store.agents.update(agent.id, {}), changed);
      assert.equal(await store.agents.update(uuidV7(), { name: 'Nobody' }), null);
      assert.deepEqual(
        (await store.agents.list()).map(({ name }) => name),
        ['Bo', 'Cy'],
      );
    });

    it('are never without an admin once there was one, not even when two shut each other out at once', async () => {
      for (const { id, role } of await store.agents.list()) {
        if (role === 'admin') await assert.rejects(store.agents.update(id, { disabled: true }), LastAdmin);
      }
      const { agent: other } = await store.agents.ensure({ ...bo, email: 'other@x.test', role: 'admin' });
      const [first] = (await store.agents.list()).filter(({ role }) => role === 'admin');
      const outcomes = await Promise.allSettled([
        store.agents.update(first!.id, { role: 'agent' }),
        store.agents.update(other.id, { disabled: true }),
      ]);
      const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
      assert.equal(refused.length, 1);
      assert.ok(refused[0]?.reason instanceof LastAdmin);
      const admins = (await store.agents.list()).filter(({ role, disabled }) => role === 'admin' && !disabled);
      assert.equal(admins.length, 1, 'nothing of what was refused was done');
    });

    it('keep their own switch, and are there until the time that was said last', async () => {
      const { agent } = await store.agents.ensure({ ...bo, email: 'di@x.test' });
      const { agent: other } = await store.agents.ensure({ ...bo, email: 'ed@x.test' });
      assert.deepEqual([agent.away, agent.onlineUntil], [false, 0]);
      assert.equal((await store.agents.update(agent.id, { away: true }))?.away, true);
      assert.equal((await store.agents.update(agent.id, { name: 'Di' }))?.away, true);
      const until = async () => {
        const agents = [await store.agents.find(agent.id), await store.agents.find(other.id)];
        return agents.map((each) => each?.onlineUntil);
      };
      await store.agents.holdOnline([], 5);
      await store.agents.holdOnline([agent.id, other.id, uuidV7()], 8.64e15);
      assert.deepEqual(await until(), [8.64e15, 8.64e15]);
      await store.agents.holdOnline([other.id], 7_000);
      await store.agents.capOnline(9_000);
      assert.deepEqual(await until(), [9_000, 7_000]);
    });

    it('are signed in until they sign out, the session ends or they are disabled', async () => {
      const { agent } = await store.agents.ensure(bo);
      const signIn = async () => {
        const tokenHash = uuidV7();
        const session = await store.agents.createSession({
          agentId: agent.id,
          tokenHash,
          expiresAt: Date.now() + HOUR,
        });
        return { tokenHash, session };
      };
      const signedIn = async (now = Date.now()) => [...(await store.agents.signedIn([agent.id, uuidV7()], now))];
      assert.deepEqual([await signedIn(), [...(await store.agents.signedIn([], 0))]], [[], []]);
      const [desk, phone] = [await signIn(), await signIn()];
      assert.deepEqual([await signedIn(), await signedIn(Date.now() + HOUR)], [[agent.id], []]);
      assert.deepEqual(await store.agents.findBySession(desk.tokenHash), { session: desk.session, agent });
      assert.equal(await store.agents.findBySession(desk.tokenHash, Date.now() + HOUR), null);
      assert.equal(await store.agents.revokeSession(desk.session.id), true);
      assert.equal(await store.agents.revokeSession(desk.session.id), false);
      assert.equal(await store.agents.findBySession(desk.tokenHash), null);
      assert.deepEqual(await signedIn(), [agent.id], 'the phone');
      await store.agents.update(agent.id, { disabled: true });
      assert.equal(await store.agents.findBySession(phone.tokenHash), null);
      assert.equal((await store.agents.find(agent.id))?.disabled, true);
      assert.deepEqual(await store.agents.revokeAllSessions(agent.id), [phone.session.id]);
      assert.deepEqual(await signedIn(), []);
      assert.equal(await store.agents.deleteExpiredSessions(Date.now() + 2 * HOUR), 2);
    });
  });

  describe('API keys', () => {
    prepare();

    it('are found by their hash until they are revoked', async () => {
      const keyHash = uuidV7();
      const key = await store.apiKeys.create({ keyHash, name: 'shop', permissions: ['contacts'], inboxId: 'demo' });
      assert.deepEqual([key.permissions, key.inboxId, key.lastUsedAt], [['contacts'], 'demo', null]);
      assert.deepEqual(await store.apiKeys.findByHash(keyHash), key);
      const second = await store.apiKeys.create({ keyHash: uuidV7(), name: 'crm', permissions: [] });
      assert.deepEqual(await store.apiKeys.list(), [second, key]);
      assert.equal((await store.apiKeys.revoke(key.id))?.name, key.name);
      assert.equal(await store.apiKeys.revoke(key.id), null);
      assert.equal(await store.apiKeys.findByHash(keyHash), null);
      assert.deepEqual(await store.apiKeys.list(), [second]);
      await assert.rejects(store.apiKeys.create({ keyHash, name: 'again', permissions: [] }));
    });

    it('note when they were used, to the minute', async () => {
      const keyHash = uuidV7();
      const key = await store.apiKeys.create({ keyHash, name: 'busy', permissions: [] });
      const lastUsed = async () => (await store.apiKeys.findByHash(keyHash))!;
      await store.apiKeys.touch(key, 100_000);
      await store.apiKeys.touch(await lastUsed(), 159_999);
      assert.equal((await lastUsed()).lastUsedAt, 100_000);
      await store.apiKeys.touch(await lastUsed(), 160_000);
      assert.equal((await lastUsed()).lastUsedAt, 160_000);
    });
  });

  describe('inboxes', () => {
    prepare();

    it('are made once', async () => {
      const again = await store.inboxes.ensure({ id: 'demo', name: 'Renamed', settings: { a: 1 } });
      assert.equal(again.created, false);
      assert.deepEqual([again.inbox.name, again.inbox.settings, again.inbox.settingsVersion], ['Demo', {}, 1]);
      assert.deepEqual(await store.inboxes.find('demo'), again.inbox);
      assert.deepEqual(
        (await store.inboxes.list()).map(({ id }) => id),
        ['demo', 'other'],
      );
      assert.equal(await store.inboxes.find('nowhere'), null);
      assert.equal(await store.inboxes.find('demo\0'), null);
    });

    it('let the first of two who save at once win', async () => {
      const saves = await Promise.all(
        ['red', 'blue'].map((color) => store.inboxes.saveSettings('demo', { settings: { color }, version: 1 })),
      );
      const won = saves.filter((save) => save.ok);
      assert.equal(won.length, 1);
      assert.deepEqual(
        saves.find((save) => !save.ok),
        { ok: false, code: 'precondition_failed' },
      );
      assert.deepEqual(won[0]?.ok && won[0].inbox, await store.inboxes.find('demo'));
      assert.equal((await store.inboxes.find('demo'))?.settingsVersion, 2);
      const missing = await store.inboxes.saveSettings('nowhere', { settings: {}, version: null });
      assert.deepEqual(missing, { ok: false, code: 'not_found' });
      const forced = await store.inboxes.saveSettings('demo', { settings: {}, name: 'Shop', version: null });
      assert.deepEqual(forced.ok && [forced.inbox.name, forced.inbox.settingsVersion], ['Shop', 3]);
    });

    it('keep every secret when several are changed at once', async () => {
      const secret = (value: string) => ({ id: uuidV7(), value, createdAt: 1 });
      const jwt = secret('jwt');
      const emails = ['one', 'two', 'three'].map(secret);
      await Promise.all([
        ...emails.map((email) =>
          store.inboxes.changeSecret('other', 'email', (current) => ({
            ...email,
            previous: [
              ...(current ? [{ id: current.id, value: current.value, until: 9 }] : []),
              ...(current?.previous ?? []),
            ],
          })),
        ),
        store.inboxes.changeSecret('other', 'jwt', () => jwt),
      ]);
      const inbox = await store.inboxes.find('other');
      assert.deepEqual(inbox?.secrets.jwt, jwt);
      const { email } = inbox?.secrets ?? {};
      assert.deepEqual(
        [email, ...(email?.previous ?? [])].map((kept) => kept?.value).sort(),
        ['one', 'three', 'two'],
        'no change was lost',
      );
      assert.deepEqual(await store.inboxes.changeSecret('other', 'jwt', () => undefined), inbox);
      assert.equal(await store.inboxes.changeSecret('nowhere', 'jwt', () => jwt), null);
    });
  });
}
