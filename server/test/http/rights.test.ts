import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { EntryPage } from '../../../src/api/protocol.ts';
import { uuid } from '../support/ids.ts';
import { startServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';
import { agent, visitor } from '../support/socket.ts';
import type { TestSocket } from '../support/socket.ts';

/** Words that only Ada and the agents may ever see. */
const SECRET = 'my card number is 4111';
const NOTE = 'this customer is difficult';

let server: TestServer;
let ada: TestSocket & { token: string };
let mallory: TestSocket & { token: string };
let console: TestSocket;
const conversationId = uuid();

before(async () => {
  server = await startServer();
  ada = await visitor(server, await server.verified('ada@shop.example', { firstName: 'Ada' }));
  mallory = await visitor(server, await server.verified('mallory@evil.example'));
  console = await agent(server);
  ada.send({ type: 'send', conversationId, clientId: uuid(), text: SECRET, start: true });
  await ada.next('entry');
  console.send({ type: 'send', conversationId, clientId: uuid(), text: NOTE, note: true });
  await console.next('entry', ({ log }) => log === 'notes');
});
after(() => server.close());

/** Whoever asks for something that is not theirs gets the very bytes of what is not there. */
async function likeNothing(paths: readonly string[], token: string): Promise<void> {
  const missing = await server.widget(`/conversations/${uuid()}`, { token });
  assert.equal(missing.status, 404);
  for (const path of paths) {
    const answer = await server.widget(path, { token });
    assert.deepEqual([answer.status, answer.body], [missing.status, missing.body], path);
  }
}

describe('A visitor', () => {
  it('gets the same answer for a foreign conversation, by UUID or number, as for one that there is not [hostile 46]', async () => {
    const numbers = Array.from({ length: 5 }, (_, i) => String(i + 1));
    const ids = [
      conversationId,
      conversationId.toUpperCase(),
      ...numbers,
      '0',
      '-1',
      '1e3',
      '%00',
      "1'--",
      'x'.repeat(150),
    ];
    await likeNothing(
      ids.flatMap((id) => [`/conversations/${id}`, `/conversations/${id}/entries`]),
      mallory.token,
    );
    const own = await server.widget<EntryPage>(`/conversations/1/entries`, { token: ada.token });
    assert.equal(own.status, 200);
  });

  it('cannot write to, type in or read a foreign conversation, and nobody hears of the attempt [hostile 46] [hostile 54]', async () => {
    const refusals: unknown[] = [];
    for (const id of [conversationId, uuid()]) {
      const clientId = uuid();
      mallory.send({ type: 'send', conversationId: id, clientId, text: 'let me in' });
      const { clientId: _own, conversationId: _of, ...refusal } = await mallory.next('error');
      refusals.push(refusal);
    }
    assert.deepEqual(refusals[0], refusals[1]);
    mallory.send({ type: 'send', conversationId, clientId: uuid(), text: 'let me in', start: true });
    assert.equal((await mallory.next('error')).code, 'not_found');

    mallory.send({ type: 'typing', conversationId, typing: true });
    mallory.send({ type: 'read', conversationId, seq: 1 });
    ada.send({ type: 'send', conversationId, clientId: uuid(), text: 'fence' });
    await ada.next('entry', ({ entry }) => entry.type === 'message' && entry.text === 'fence');
    await console.next('entry', ({ entry }) => entry.type === 'message' && entry.text === 'fence');
    assert.ok(!console.seen.some(({ type }) => type === 'typing'));
    assert.ok(!console.seen.some((frame) => frame.type === 'read' && frame.conversationId === conversationId));
    const { body } = await server.api<{ contactReadSeq: number }>(`/v1/conversations/${conversationId}`);
    assert.equal(body.contactReadSeq, 0);
  });

  it('who asks for what she missed of a foreign conversation is told nothing [hostile 47]', async () => {
    const socket = await server.socket(`/v1/widget/${server.inbox}/socket`);
    const welcome = await socket.hello({ token: mallory.token, since: { [conversationId]: 0 } });
    assert.deepEqual(welcome.conversations, []);
  });

  it('is not believed about anything but her words [hostile 48]', async () => {
    const clientId = uuid();
    const own = uuid();
    const lies = {
      author: { kind: 'agent', id: 'x', name: 'Support' },
      note: true,
      private: true,
      is_note: true,
      at: 1,
      created_at: 1,
      seq: 99,
      status: 'resolved',
      state: 'resolved',
      assignee: 1,
      log: 'notes',
      contactId: ada.token,
    };
    const frame = { type: 'send', conversationId: own, clientId, text: 'I am support', start: true, ...lies };
    mallory.raw.send(JSON.stringify(frame));
    const { log, entry } = await mallory.next('entry');
    assert.equal(log, 'main');
    assert.deepEqual([entry.type, entry.seq, entry.author.kind, entry.author.name], ['message', 1, 'contact', null]);
    assert.ok(Math.abs(entry.at - Date.now()) < 60_000);
    const { body } = await server.api<{ state: string }>(`/v1/conversations/${own}`);
    assert.equal(body.state, 'open');
  });

  it('sees no note, no agent’s e-mail, no IP and no other person in anything that is sent to her [hostile 49]', async () => {
    console.send({ type: 'send', conversationId, clientId: uuid(), text: 'Hello Ada' });
    await ada.next('entry', ({ entry }) => entry.type === 'message' && entry.text === 'Hello Ada');
    const token = ada.token;
    const payloads = [JSON.stringify(ada.seen)];
    for (const path of [
      '/settings',
      '/session',
      '/conversations',
      `/conversations/${conversationId}`,
      `/conversations/${conversationId}/entries`,
      `/conversations/${conversationId}/entries?log=notes`,
    ]) {
      const { status, body } = await server.widget<unknown>(path, { token });
      assert.equal(status, 200, path);
      payloads.push(JSON.stringify(body));
    }
    for (const forbidden of [
      NOTE,
      server.admin.email,
      '127.0.0.1',
      'mallory',
      '"note"',
      'lastNoteSeq',
      'settings":{"security',
    ]) {
      for (const payload of payloads) assert.ok(!payload.includes(forbidden), `${forbidden} in ${payload}`);
    }
  });

  it('never heard a word of Ada’s', () => {
    assert.ok(!JSON.stringify(mallory.seen).includes(SECRET));
  });
});

describe('A session of one inbox', () => {
  it('is worth nothing at another [hostile 45]', async () => {
    await server.chat.store.inboxes.ensure({ id: 'other', name: 'Other' });
    const { status } = await server.request('/v1/widget/other/session', { token: ada.token });
    assert.equal(status, 401);
    const socket = await server.socket('/v1/widget/other/socket');
    socket.send({ type: 'hello', version: 1, token: ada.token });
    assert.equal(await socket.closed, 4401);
  });
});

/** All that the API reference has, with ids that may exist. */
async function routes(): Promise<[method: string, path: string][]> {
  const { body } = await server.request<{ paths: Record<string, object> }>('/openapi.json');
  return Object.entries(body.paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method): [string, string] => [
      method.toUpperCase(),
      path.replace('{inbox}', server.inbox).replaceAll(/\{\w+\}/g, '1'),
    ]),
  );
}

const VISITORS_DOOR = '/v1/widget/demo';

describe('Every route of the agents’ door', () => {
  /** Who asks who is signed in is told: nobody. The address of a file's content is its own proof: hostile/uploads.test.ts. */
  const isOpen = new Set([
    'POST /v1/agent/session',
    'GET /v1/agent/session',
    'POST /demo/sign-in',
    'GET /v1/files/1/1',
    // Pictures of the settings are for everybody: inbox-images.test.ts.
    'GET /v1/images/1',
  ]);

  /** Whatever is added later is here too. */
  async function doorRoutes(): Promise<[method: string, path: string][]> {
    const own = (await routes()).filter(
      ([method, path]) =>
        /^\/\w.*\/\w/.test(path) && !path.startsWith(VISITORS_DOOR) && !isOpen.has(`${method} ${path}`),
    );
    assert.ok(own.length >= 24, `${own.length} routes`);
    return own;
  }

  it('is shut for strangers, and for visitors with their token [hostile 46]', async () => {
    for (const [method, path] of await doorRoutes()) {
      for (const token of [undefined, '', 'nonsense', ada.token]) {
        const { status, body } = await server.request(path, { method, ...(token === undefined ? {} : { token }) });
        assert.deepEqual([status, body.error.code], [401, 'unauthorized'], `${method} ${path}`);
      }
    }
  });

  it('answers a foreign inbox’s conversation to a key that is bound to another like one that there is not [hostile 52]', async () => {
    await server.chat.store.inboxes.ensure({ id: 'other', name: 'Other' });
    const cookie = await server.cookie();
    const { body } = await server.request<{ key: string }>('/v1/api-keys', {
      method: 'POST',
      headers: { cookie },
      body: {
        name: 'other only',
        permissions: ['conversations', 'contacts', 'settings', 'tokens.create'],
        inboxId: 'other',
      },
    });
    const token = body.key;
    const missing = await server.request(`/v1/conversations/${uuid()}`, { token });
    assert.equal(missing.status, 404);
    for (const [method, path, sent] of [
      ['GET', `/v1/conversations/${conversationId}`, undefined],
      ['GET', '/v1/conversations/1', undefined],
      ['GET', `/v1/conversations/${conversationId}/entries`, undefined],
      ['GET', `/v1/conversations/${conversationId}/messages`, undefined],
      ['PATCH', `/v1/conversations/${conversationId}`, { state: 'resolved' }],
      ['POST', `/v1/conversations/${conversationId}/messages`, { text: 'hi' }],
      ['GET', `/v1/conversations/${conversationId}/files/${uuid()}`, undefined],
      ['DELETE', `/v1/conversations/${conversationId}/files/${uuid()}`, undefined],
      ['GET', `/v1/conversations/${conversationId}/attributes`, undefined],
      ['PATCH', `/v1/conversations/${conversationId}/attributes`, { topic: 'x' }],
      ['GET', '/v1/contacts/1', undefined],
      ['PATCH', '/v1/contacts/1/attributes', { plan: 'x' }],
      ['POST', '/v1/inboxes/demo/images', undefined],
      ['GET', '/v1/inboxes/demo', undefined],
      ['PATCH', '/v1/inboxes/demo', { name: 'mine' }],
    ] as const) {
      const answer = await server.request(path, { method, token, ...(sent === undefined ? {} : { body: sent }) });
      assert.deepEqual([answer.status, answer.body], [404, missing.body], `${method} ${path}`);
    }
    for (const path of ['/v1/conversations', '/v1/conversations?inbox=demo', '/v1/contacts']) {
      const { status, body: page } = await server.request<object>(path, { token });
      assert.deepEqual([status, Object.values(page)[0]], [200, []], path);
    }
    const search = { method: 'POST', body: { email: 'ada@shop.example' } };
    assert.equal((await server.api<{ contacts: unknown[] }>('/v1/contacts/search', search)).body.contacts.length, 1);
    assert.deepEqual((await server.request('/v1/contacts/search', { ...search, token })).body, { contacts: [] });
    const minted = await server.request('/v1/contacts/chat-auth-token?email=ada@shop.example&inbox=demo', { token });
    assert.equal(minted.status, 403);
  });

  it('refuses a key that lacks the permission [hostile 52]', async () => {
    const cookie = await server.cookie();
    const { body } = await server.request<{ key: string }>('/v1/api-keys', {
      method: 'POST',
      headers: { cookie },
      body: { name: 'contacts only', permissions: ['contacts'] },
    });
    for (const [method, path] of await doorRoutes()) {
      const { status } = await server.request(path, { method, token: body.key });
      const isOfContacts = path.startsWith('/v1/contacts') && !path.includes('chat-auth-token');
      const isAllowed = isOfContacts || `${method} ${path}` === 'GET /v1/attributes';
      assert.equal(status === 403, !isAllowed, `${method} ${path}: ${status}`);
    }
  });
});

describe('Every route of the visitors’ door', () => {
  it('but for settings and signing in is shut for who has no session, agents and keys included [hostile 46]', async () => {
    const isOpen = new Set(['GET /settings', 'POST /sessions', 'POST /sessions/handover']);
    const cookie = await server.cookie();
    const own = (await routes()).filter(([method, path]) => {
      return path.startsWith(VISITORS_DOOR) && !isOpen.has(`${method} ${path.slice(VISITORS_DOOR.length)}`);
    });
    assert.ok(own.length >= 8, `${own.length} routes`);
    for (const [method, path] of own) {
      for (const token of [undefined, 'nonsense', 'A'.repeat(43), server.apiKey, /=([\w-]+)/.exec(cookie)?.[1]]) {
        const answer = await server.request(path, { method, headers: { cookie }, ...(token && { token }) });
        assert.deepEqual([answer.status, answer.body.error.code], [401, 'unauthorized'], `${method} ${path}`);
      }
    }
  });
});
