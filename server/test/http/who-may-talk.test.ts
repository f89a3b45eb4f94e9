import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { AgentContact, ConversationPage, ErrorBody } from '../../../src/api/protocol.ts';
import type { AuditPage } from '../../src/store/audit-log.ts';
import { uuid } from '../support/ids.ts';
import { addInbox, asAgent, patchInbox, secretOf, signInAgent } from '../support/inbox.ts';
import { signJwt } from '../support/proofs.ts';
import { startServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';
import { agent, say, visitor } from '../support/socket.ts';

let server: TestServer;
before(async () => {
  server = await startServer();
});
after(() => server.close());

const only = (whoMayTalk: 'everybody' | 'verified') => patchInbox(server, { security: { whoMayTalk } });

describe('An inbox for verified visitors only', () => {
  it('closes the sockets of all others at once, for good, as soon as it is saved', async () => {
    const [anonymous, claimed] = [
      await visitor(server),
      await visitor(server, await server.session({ email: 'c@x.test' })),
    ];
    const verified = await visitor(server, await server.verified('v@x.test'));
    const console = await agent(server);
    await only('verified');
    assert.deepEqual([await anonymous.closed, await claimed.closed], [4403, 4403]);
    verified.send({ type: 'send', conversationId: uuid(), clientId: uuid(), text: 'still here', start: true });
    await verified.next('entry');
    await console.next('entry');

    const back = await server.socket('/v1/widget/demo/socket');
    back.send({ type: 'hello', version: 1, token: anonymous.token });
    assert.equal(await back.closed, 4403);
  });

  it('answers them with identity_required everywhere, and lets them log out', async () => {
    const { token } = await (await only('everybody'), server.session());
    await only('verified');
    for (const path of ['/session', '/conversations', `/conversations/${uuid()}/entries`]) {
      const { status, body } = await server.widget(path, { token });
      assert.deepEqual([status, body.error.code], [403, 'identity_required'], path);
    }
    for (const body of [{}, { email: 'c@x.test' }, { firstName: 'Kim' }, { visitor: { name: 'Kim' } }]) {
      for (const bearer of [undefined, token]) {
        const answer = await server.widget('/sessions', { method: 'POST', body, ...(bearer && { token: bearer }) });
        assert.deepEqual([answer.status, answer.body.error.code], [403, 'identity_required']);
      }
    }
    assert.equal((await server.widget('/session', { method: 'DELETE', token })).status, 204);
  });

  it('talks with whoever has a proof, and takes over what they wrote before', async () => {
    await only('everybody');
    const anonymous = await visitor(server);
    const conversationId = uuid();
    anonymous.send({ type: 'send', conversationId, clientId: uuid(), text: 'hello', start: true });
    await anonymous.next('entry');
    await only('verified');
    const authToken = await server.sign('late@x.test');
    const { token } = await server.session({ email: 'late@x.test', authToken }, anonymous.token);
    assert.equal((await server.widget(`/conversations/${conversationId}`, { token })).status, 200);
  });

  it('lets everybody in again when that is saved', async () => {
    await only('everybody');
    assert.equal((await server.session()).contact.verification, 'anonymous');
  });
});

describe('A blocked contact', () => {
  let admin: ReturnType<typeof asAgent>;
  before(async () => {
    admin = asAgent(server, await server.signIn());
  });

  const block = (id: string, blocked: boolean) =>
    admin<AgentContact & ErrorBody>(`/v1/contacts/${id}`, { method: 'PATCH', body: { blocked } });

  it('is out at once on all devices, and no proof opens the door again [hostile 27]', async () => {
    const claims = {
      external_user_id: 'b',
      email: 'blocked@x.test',
      first_name: 'B',
      exp: Math.floor(Date.now() / 1_000) + 60,
    };
    const jwt = signJwt(claims, { secret: await secretOf(server, 'jwt') });
    const [phone, laptop] = [await server.session({ jwt }), await server.verified(claims.email)];
    const [socket, other] = [await visitor(server, phone), await visitor(server, laptop)];
    const { status, body } = await block(phone.contact.id, true);
    assert.deepEqual([status, body.blocked], [200, true]);
    assert.deepEqual([await socket.closed, await other.closed], [4403, 4403]);
    for (const { token } of [phone, laptop]) assert.equal((await server.widget('/session', { token })).status, 403);

    const proofs = [{ jwt }, { email: claims.email, authToken: await server.sign(claims.email) }];
    for (const proof of proofs) {
      const refused = await server.widget('/sessions', { method: 'POST', body: proof });
      assert.deepEqual([refused.status, refused.body.error.code], [403, 'forbidden']);
    }
  });

  it('finds everything again on the same device once they are let in, with or without a proof', async () => {
    for (const session of [await server.session(), await server.session({ email: 'claimed@x.test' })]) {
      const { token, contact } = session;
      const before = await visitor(server, session);
      const conversationId = uuid();
      const { id } = await say(before, conversationId, 'hello', true);
      await block(contact.id, true);
      assert.equal(await before.closed, 4403);
      const again = await server.socket('/v1/widget/demo/socket');
      again.send({ type: 'hello', version: 1, token });
      assert.equal(await again.closed, 4403, 'nor does a reload help');
      const message = `/conversations/${conversationId}/messages/${id}`;
      const calls: [method: string, path: string, body?: object][] = [
        ['GET', '/session'],
        ['PATCH', '/session', { visitor: { name: 'Kim' } }],
        ['POST', '/sessions', {}],
        ['GET', '/conversations'],
        ['PATCH', message, { text: 'never said' }],
        ['DELETE', message],
        ['DELETE', '/contact'],
      ];
      for (const [method, path, body] of calls) {
        const { status, body: said } = await server.widget(path, { method, token, ...(body && { body }) });
        assert.deepEqual([status, said.error.code], [403, 'forbidden'], `${method} ${path}`);
        assert.match(said.error.message, /blocked/, `${method} ${path}`);
      }

      await block(contact.id, false);
      const after = await server.socket('/v1/widget/demo/socket');
      const welcome = await after.hello({ token });
      assert.equal(welcome.contact?.id, contact.id);
      assert.deepEqual(
        welcome.conversations.map((each) => each.id),
        [conversationId],
      );
    }
  });

  it('may log out all the same', async () => {
    const { token, contact } = await server.session();
    await block(contact.id, true);
    assert.equal((await server.widget('/session', { method: 'DELETE', token })).status, 204);
    await block(contact.id, false);
    assert.equal((await server.widget('/session', { token })).status, 401);
  });

  it('takes nothing along to somebody who is not blocked', async () => {
    const { token, contact } = await server.session();
    const blocked = await server.socket('/v1/widget/demo/socket');
    await blocked.hello({ token });
    blocked.send({ type: 'send', conversationId: uuid(), clientId: uuid(), text: 'rude', start: true });
    await blocked.next('entry');
    await block(contact.id, true);
    const signedIn = await server.session({ email: 'good@x.test', authToken: await server.sign('good@x.test') }, token);
    const page = await server.widget<ConversationPage>('/conversations', { token: signedIn.token });
    assert.deepEqual([page.status, page.body.conversations], [200, []]);
    const { body: seen } = await admin<AgentContact>(`/v1/contacts/${contact.id}`);
    assert.deepEqual([seen.id, seen.blocked], [contact.id, true]);
  });

  it('does not take anybody’s anonymous conversation along', async () => {
    const anonymous = await visitor(server);
    anonymous.send({ type: 'send', conversationId: uuid(), clientId: uuid(), text: 'hello', start: true });
    await anonymous.next('entry');
    const email = 'blocked@x.test';
    const body = { email, authToken: await server.sign(email) };
    assert.equal((await server.widget('/sessions', { method: 'POST', body, token: anonymous.token })).status, 403);
    const { status } = await server.widget('/session', { token: anonymous.token });
    assert.equal(status, 200);
  });

  it('may come again once they are let in, and the audit log knows both', async () => {
    const { contact } = await server.verified('forgiven@x.test');
    await block(contact.id, true);
    assert.equal((await block(contact.id, true)).status, 200);
    const { body } = await block(String(contact.number), false);
    assert.equal(body.blocked, undefined);
    assert.equal((await server.verified('forgiven@x.test')).contact.id, contact.id);
    const log = await admin<AuditPage>('/v1/audit-log?limit=2');
    assert.deepEqual(
      log.body.acts.map(({ action }) => action),
      ['contact.unblocked', 'contact.blocked'],
    );
  });

  it('is blocked by agents and keys that may, and only in their own inbox', async () => {
    const { contact } = await server.verified('someone@x.test');
    const bo = asAgent(server, await signInAgent(server));
    const path = `/v1/contacts/${contact.id}`;
    assert.equal((await bo(path, { method: 'PATCH', body: { blocked: true } })).status, 200);
    assert.equal((await server.api(path, { method: 'PATCH', body: { blocked: false } })).status, 200);
    await addInbox(server, 'other');
    const keyBody = { name: 'Other', permissions: ['contacts'], inboxId: 'other' };
    const { body: made } = await admin<{ key: string }>('/v1/api-keys', { method: 'POST', body: keyBody });
    const foreign = await server.api(path, { method: 'PATCH', body: { blocked: true }, token: made.key });
    assert.equal(foreign.status, 404);
    assert.equal((await server.request(path, { method: 'PATCH', body: { blocked: true } })).status, 401);
    assert.equal((await block(uuid(), true)).status, 404);
    assert.equal((await admin(path, { method: 'PATCH', body: {} })).status, 400);
  });
});
