import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { CloseCode } from '../../../src/api/protocol.ts';
import type { ConversationPage, SessionAnswer } from '../../../src/api/protocol.ts';
import { uuid } from '../support/ids.ts';
import { addInbox } from '../support/inbox.ts';
import { startServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';
import { visitor } from '../support/socket.ts';
import type { TestSocket } from '../support/socket.ts';

let server: TestServer;
before(async () => {
  server = await startServer();
  await addInbox(server, 'other');
});
after(() => server.close());

async function talk(socket: TestSocket): Promise<string> {
  const conversationId = uuid();
  socket.send({ type: 'send', conversationId, clientId: uuid(), text: 'hello', start: true });
  await socket.next('entry');
  return conversationId;
}

async function history(token: string): Promise<string[]> {
  const { body } = await server.widget<ConversationPage>('/conversations', { token });
  return body.conversations.map(({ id }) => id);
}

const statusOf = async (token: string): Promise<number> => (await server.widget('/session', { token })).status;

async function signIn(email: string, token?: string): Promise<SessionAnswer> {
  return server.session({ email, authToken: await server.sign(email) }, token);
}

let people = 0;
const somebody = (): string => `person-${++people}@shop.example`;

describe('What another browser wrote', () => {
  it('joins nobody by anything but its own token: no id, no number, no stored hash, no other place [hostile 37]', async () => {
    const session = await server.session();
    const socket = await visitor(server, session);
    const conversation = await talk(socket);
    const hash = createHash('sha256').update(session.token).digest('base64url');
    const row = await server.chat.store.sessions.findByHash(hash);
    assert.ok(row);
    const known = [
      session.contact.id,
      String(session.contact.number),
      conversation,
      row.session.id,
      hash,
      createHash('sha256').update(session.token).digest('hex'),
      session.token.slice(0, -1),
      `${session.token}A`,
      session.token.toLowerCase(),
      `${session.token.slice(0, -1)}${session.token.endsWith('A') ? 'B' : 'A'}`,
    ];
    for (const token of known) {
      assert.deepEqual(await history((await signIn(somebody(), token)).token), [], token);
    }

    const { token } = session;
    const elsewhere: [query: string, headers: Record<string, string>, body: object][] = [
      [`?token=${token}&visitorToken=${token}`, {}, {}],
      ['', { cookie: `token=${token}; session=${token}; chat=${token}; chat_agent=${token}` }, {}],
      ['', { 'x-visitor-token': token, 'x-session': token, 'x-authorization': `Bearer ${token}` }, {}],
      ['', { authorization: `Basic ${Buffer.from(`x:${token}`).toString('base64')}` }, {}],
      ['', {}, { token, session: token, mergeToken: token }],
    ];
    for (const [query, headers, body] of elsewhere) {
      const email = somebody();
      const proof = { email, authToken: await server.sign(email), ...body };
      const thief = await server.widget<SessionAnswer>(`/sessions${query}`, { method: 'POST', headers, body: proof });
      assert.equal(thief.status, 201);
      assert.deepEqual(await history(thief.body.token), []);
    }
    assert.deepEqual(await history(token), [conversation], 'it is still its writer’s');
  });

  it('does not join when it is a verified person’s, with that person’s own token [hostile 37]', async () => {
    const ada = await signIn(somebody());
    const conversation = await talk(await visitor(server, ada));
    const email = ada.contact.email ?? '';
    const other = await signIn(somebody(), ada.token);
    assert.deepEqual(await history(other.token), []);
    assert.deepEqual(await history((await signIn(email)).token), [conversation]);
  });

  it('joins one person only, when several bring its token at the same moment [hostile 38]', async () => {
    for (let round = 0; round < 5; round++) {
      const anonymous = await server.session();
      const conversation = await talk(await visitor(server, anonymous));
      const rush = await Promise.all(Array.from({ length: 6 }, () => signIn(somebody(), anonymous.token)));
      const owners = [];
      for (const { token } of rush) if ((await history(token)).includes(conversation)) owners.push(token);
      assert.equal(owners.length, 1);
      assert.equal(await statusOf(anonymous.token), 401);
      const late = await signIn(somebody(), anonymous.token);
      assert.deepEqual(await history(late.token), []);
    }
  });
});

describe('A token that somebody planted', () => {
  it('is dead once the visitor has logged in with it, and its sockets are closed [hostile 43]', async () => {
    const planted = await server.session();
    const attacker = await visitor(server, planted);
    const victim = await signIn(somebody(), planted.token);
    assert.notEqual(victim.token, planted.token);
    assert.equal(await attacker.closed, CloseCode.signedOut);
    assert.equal(await statusOf(planted.token), 401);
    const words = await talk(await visitor(server, victim));
    const back = await server.socket(`/v1/widget/${server.inbox}/socket`);
    back.send({ type: 'hello', version: 1, token: planted.token });
    assert.equal(await back.closed, CloseCode.signedOut);
    assert.equal((await server.widget(`/conversations/${words}`, { token: planted.token })).status, 401);
  });

  it('is not looked at in an address or a cookie [hostile 43]', async () => {
    const planted = await server.session();
    for (const [query, headers] of [
      [`?token=${planted.token}`, {}],
      ['', { cookie: `chat=${planted.token}` }],
    ] as const) {
      const answer = await server.widget<SessionAnswer>(`/sessions${query}`, { method: 'POST', headers, body: {} });
      assert.notEqual(answer.body.token, planted.token);
      assert.notEqual(answer.body.contact.id, planted.contact.id);
      assert.equal((await server.widget(`/session${query}`, { headers })).status, 401);
      assert.deepEqual(answer.headers.getSetCookie(), [], 'the server sets none for visitors');
    }
    const path = `/v1/widget/${server.inbox}/socket?token=${planted.token}`;
    const socket = await server.socket(path, { cookie: `chat=${planted.token}` });
    socket.send({ type: 'hello', version: 1 });
    assert.equal(await socket.closed, CloseCode.signedOut);
  });
});

describe('A session of one inbox', () => {
  it('is nothing at another one: it neither reads, changes, merges nor ends there [hostile 45]', async () => {
    const session = await signIn(somebody());
    const conversation = await talk(await visitor(server, session));
    const { token } = session;
    const other = '/v1/widget/other';
    const routes = [
      ['GET', '/session'],
      ['PATCH', '/session', { visitor: { name: 'Mallory' } }],
      ['DELETE', '/session'],
      ['GET', '/conversations'],
      ['GET', `/conversations/${conversation}`],
      ['GET', `/conversations/${conversation}/entries`],
    ] as const;
    for (const [method, path, body] of routes) {
      const answer = await server.request(other + path, { method, token, ...(body && { body }) });
      assert.deepEqual([answer.status, answer.body.error.code], [401, 'unauthorized'], `${method} ${path}`);
    }
    const anonymous = await server.session();
    const written = await talk(await visitor(server, anonymous));
    const carried = { method: 'POST', body: {}, token: anonymous.token };
    const there = await server.request<SessionAnswer>(`${other}/sessions`, carried);
    assert.equal(there.status, 201);
    const seen = await server.request<ConversationPage>(`${other}/conversations`, { token: there.body.token });
    assert.deepEqual(seen.body.conversations, []);
    assert.deepEqual(await history(anonymous.token), [written], 'and it lives on where it belongs');
    assert.equal(await statusOf(token), 200);

    const socket = await server.socket(`${other}/socket`);
    socket.send({ type: 'hello', version: 1, token });
    assert.equal(await socket.closed, CloseCode.signedOut);
  });
});
