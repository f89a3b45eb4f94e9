import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { CloseCode } from '../../../src/api/protocol.ts';
import type { AgentConversation, ConversationPage } from '../../../src/api/protocol.ts';
import { uuid } from '../support/ids.ts';
import { addInbox, asAgent, signInAgent } from '../support/inbox.ts';
import { startServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';
import { agent, visitor } from '../support/socket.ts';
import type { TestSocket } from '../support/socket.ts';

let server: TestServer;
let ada: TestSocket & { readonly token: string };
let mallory: TestSocket & { readonly token: string };
let console: TestSocket;
const adas = uuid();
const elsewhere = uuid();

before(async () => {
  server = await startServer();
  await addInbox(server, 'other');
  ada = await visitor(server, await server.verified('ada@shop.example', { firstName: 'Ada' }));
  mallory = await visitor(server, await server.verified('mallory@shop.example'));
  console = await agent(server);
  await say(ada, adas, 'my card number is 4111');
  // The same person, by the same address, in another inbox.
  const there = await server.socket('/v1/widget/other/socket');
  const session = await server.request<{ token: string }>('/v1/widget/other/sessions', { method: 'POST', body: {} });
  await there.hello({ token: session.body.token });
  await say(there, elsewhere, 'in another inbox');
});
after(() => server.close());

/** Says something and waits for the echo. */
async function say(socket: TestSocket, conversationId: string, text: string, more: object = {}): Promise<string> {
  const clientId = uuid();
  socket.raw.send(JSON.stringify({ type: 'send', conversationId, clientId, text, start: true, ...more }));
  await socket.next('entry', ({ entry }) => 'clientId' in entry && entry.clientId === clientId);
  return clientId;
}

const numberOf = async (id: string): Promise<number> =>
  (await server.api<AgentConversation>(`/v1/conversations/${id}`)).body.number;

/** All headers but those that differ from one request to the next. */
const withoutCounts = (headers: Headers): string[][] =>
  [...headers].filter(([name]) => !['date', 'x-ratelimit-remaining', 'x-ratelimit-reset'].includes(name));

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

describe('A conversation of somebody else', () => {
  it('answers like none, by id, by number, of this inbox or another, however it is asked for [hostile 46]', async () => {
    const missing = await server.widget(`/conversations/${uuid()}`, { token: mallory.token });
    assert.deepEqual([missing.status, missing.body.error.code], [404, 'not_found']);
    const ids = [adas, elsewhere, await numberOf(adas), await numberOf(elsewhere)];
    for (const id of ids) {
      for (const path of [
        '',
        '/entries',
        '/entries?after=0',
        '/entries?before=9',
        `/entries?around=${uuid()}`,
        '/entries?log=notes',
      ]) {
        const answer = await server.widget(`/conversations/${id}${path}`, { token: mallory.token });
        assert.deepEqual([answer.status, answer.body], [404, missing.body], `${id}${path}`);
        assert.deepEqual(withoutCounts(answer.headers), withoutCounts(missing.headers), `${id}${path}`);
      }
      for (const method of ['POST', 'PATCH', 'PUT', 'DELETE']) {
        for (const path of ['', '/entries', '/messages']) {
          const body = { text: 'x', state: 'resolved' };
          const token = mallory.token;
          assert.equal((await server.widget(`/conversations/${id}${path}`, { method, token, body })).status, 404);
        }
      }
    }
    const { body } = await server.widget<ConversationPage>('/conversations', { token: mallory.token });
    assert.deepEqual(body.conversations, []);
  });

  it('takes as long to be refused as one that there is not [hostile 46]', async () => {
    const times = { foreign: [] as number[], missing: [] as number[] };
    const none = uuid();
    for (let round = 0; round < 150; round++) {
      for (const [kind, id] of [
        ['foreign', adas],
        ['missing', none],
      ] as const) {
        const started = performance.now();
        await server.widget(`/conversations/${id}/entries`, { token: mallory.token });
        times[kind].push(performance.now() - started);
      }
    }
    const [foreign, missing] = [median(times.foreign), median(times.missing)];
    // Reading a page of entries before asking whose it is would show here.
    assert.ok(Math.abs(foreign - missing) < 0.3 * Math.max(foreign, missing) + 0.2, `${foreign} ms, ${missing} ms`);
  });

  it('is neither told of nor reached by typing, reading and resuming, whatever the id looks like [hostile 54]', async () => {
    const ids = [adas, elsewhere, adas.toUpperCase(), String(await numberOf(adas)), uuid()];
    const seen = { ada: ada.seen.length, console: console.seen.length };
    for (const conversationId of ids) {
      mallory.send({ type: 'typing', conversationId, typing: true });
      mallory.send({ type: 'read', conversationId, seq: 1 });
    }
    await say(mallory, uuid(), 'fence');
    await console.next('entry', ({ entry }) => entry.type === 'message' && entry.text === 'fence');
    const heard = [...ada.seen.slice(seen.ada), ...console.seen.slice(seen.console)];
    assert.deepEqual(
      heard.filter((frame) => frame.type === 'typing' || frame.type === 'read'),
      [],
    );
    for (const id of [adas, elsewhere]) {
      assert.equal((await server.api<AgentConversation>(`/v1/conversations/${id}`)).body.contactReadSeq, 0);
    }
    const again = await server.socket(`/v1/widget/${server.inbox}/socket`);
    const since = Object.fromEntries(ids.map((id) => [id, 0]));
    const { conversations } = await again.hello({ token: mallory.token, since });
    assert.ok(!JSON.stringify(conversations).includes('4111'));
  });
});

describe('A socket', () => {
  it('that asks for something before it says who it is is closed [hostile 53]', async () => {
    const frames = [
      { type: 'subscribe', topic: 'inbox:demo' },
      { type: 'send', conversationId: adas, clientId: uuid(), text: 'x' },
      { type: 'typing', conversationId: adas, typing: true },
      { type: 'read', conversationId: adas, seq: 1 },
    ];
    for (const frame of frames) {
      const socket = await server.socket(`/v1/widget/${server.inbox}/socket`);
      socket.raw.send(JSON.stringify(frame));
      assert.equal(await socket.closed, CloseCode.badFrame, frame.type);
      assert.deepEqual(socket.seen, []);
    }
  });

  it('stays who it said it was, whoever its frames name [hostile 53]', async () => {
    mallory.send({ type: 'hello', version: 1, token: ada.token });
    assert.equal((await mallory.next('error')).code, 'bad_request');
    for (const topic of [`contact:${adas}`, 'inbox:demo', 'inbox:other']) {
      mallory.raw.send(JSON.stringify({ type: 'subscribe', topic, topics: [topic], conversationId: adas }));
    }
    const own = uuid();
    const { body: known } = await server.api<AgentConversation>(`/v1/conversations/${adas}`);
    const lies = { token: ada.token, contactId: known.contact.id, contact: known.contact, sessionId: '1', userId: 1 };
    const clientId = await say(mallory, own, 'I am Ada', {
      ...lies,
      author: { kind: 'contact', id: known.contact.id },
    });
    const heard = await console.next('entry', ({ entry }) => 'clientId' in entry && entry.clientId === clientId);
    assert.notEqual(heard.entry.author.id, known.contact.id);
    const { body } = await server.api<AgentConversation>(`/v1/conversations/${own}`);
    assert.equal(body.contact.email, 'mallory@shop.example');

    const seen = mallory.seen.length;
    await say(ada, adas, 'still only mine');
    await say(mallory, own, 'fence');
    assert.ok(!JSON.stringify(mallory.seen.slice(seen)).includes('still only mine'));
  });
});

describe('An agent who is no admin', () => {
  it('is refused what is for admins, in every inbox [hostile 52]', async () => {
    const bo = asAgent(server, await signInAgent(server));
    const forAdmins = [
      ['GET', '/v1/api-keys'],
      ['POST', '/v1/api-keys', { name: 'mine', permissions: ['contacts'] }],
      ['DELETE', `/v1/api-keys/${uuid()}`],
      ['PATCH', '/v1/inboxes/demo', { name: 'mine' }],
      ['PATCH', '/v1/inboxes/other', { name: 'mine' }],
      ['GET', '/v1/inboxes/demo/secrets'],
      ['GET', '/v1/inboxes/other/secrets'],
      ['POST', '/v1/inboxes/demo/secrets/jwt/rotate', {}],
      ['GET', '/v1/audit-log'],
    ] as const;
    for (const [method, path, body] of forAdmins) {
      const answer = await bo<{ error: { code: string } }>(path, { method, ...(body && { body }) });
      assert.deepEqual([answer.status, answer.body.error.code], [403, 'forbidden'], `${method} ${path}`);
    }
    assert.equal((await bo('/v1/conversations')).status, 200);
  });

  it('is refused whatever the API reference keeps from keys, but for what is their own [hostile 52]', async () => {
    const bo = asAgent(server, await signInAgent(server));
    type Operation = { readonly security?: readonly object[] };
    const { body } = await server.request<{ paths: Record<string, Record<string, Operation>> }>('/openapi.json');
    const forPeople = Object.entries(body.paths).flatMap(([path, operations]) =>
      Object.entries(operations)
        .filter(([, { security = [] }]) => security.length > 0 && security.every((scheme) => 'agent' in scheme))
        .map(([method]) => [method.toUpperCase(), path.replaceAll(/\{\w+\}/g, '1')] as const),
    );
    const own = ['/v1/agent/session', '/v1/agent/password', '/v1/conversations/1/leave'];
    const forAdmins = forPeople.filter(([, path]) => !own.includes(path));
    assert.ok(forAdmins.length >= 6, forAdmins.join('\n'));
    for (const [method, path] of forAdmins) {
      const answer = await bo<{ error: { code: string } }>(path, { method });
      assert.deepEqual([answer.status, answer.body.error.code], [403, 'forbidden'], `${method} ${path}`);
    }
  });
});

describe('An API key of one inbox', () => {
  it('reads, writes and lists nothing of another, with every permission there is [hostile 52]', async () => {
    const admin = asAgent(server, await server.signIn());
    const permissions = ['conversations', 'contacts', 'settings', 'tokens.create', 'agents'];
    const made = { method: 'POST', body: { name: 'demo only', permissions, inboxId: 'demo' } };
    const { key: token } = (await admin<{ key: string }>('/v1/api-keys', made)).body;
    const missing = await server.request(`/v1/conversations/${uuid()}`, { token });
    const { body: foreign } = await server.api<AgentConversation>(`/v1/conversations/${elsewhere}`);
    const routes = [
      ['GET', `/v1/conversations/${elsewhere}`],
      ['GET', `/v1/conversations/${foreign.number}`],
      ['GET', `/v1/conversations/${elsewhere}/entries`],
      ['GET', `/v1/conversations/${elsewhere}/entries?log=notes`],
      ['GET', `/v1/conversations/${elsewhere}/messages`],
      ['PATCH', `/v1/conversations/${elsewhere}`, { state: 'resolved' }],
      ['POST', `/v1/conversations/${elsewhere}/messages`, { text: 'hi' }],
      ['PATCH', `/v1/conversations/${elsewhere}/messages/${foreign.lastMessage?.id}`, { text: 'hi' }],
      ['DELETE', `/v1/conversations/${elsewhere}/messages/${foreign.lastMessage?.id}`],
      ['PUT', `/v1/conversations/${elsewhere}/messages/${foreign.lastMessage?.id}/reaction`, { emoji: '👍', on: true }],
      ['GET', `/v1/contacts/${foreign.contact.id}`],
      ['GET', `/v1/contacts/${foreign.contact.number}`],
      ['PATCH', `/v1/contacts/${foreign.contact.id}`, { blocked: true }],
      ['GET', '/v1/inboxes/other'],
      ['PATCH', '/v1/inboxes/other', { name: 'mine' }],
    ] as const;
    for (const [method, path, body] of routes) {
      const answer = await server.request(path, { method, token, ...(body && { body }) });
      assert.deepEqual([answer.status, answer.body], [404, missing.body], `${method} ${path}`);
    }
    for (const path of ['/v1/conversations', '/v1/conversations?inbox=other', '/v1/contacts', '/v1/inboxes']) {
      const { status, body } = await server.request<object>(path, { token });
      assert.equal(status, 200, path);
      assert.ok(!JSON.stringify(body).includes(elsewhere) && !JSON.stringify(body).includes('"other"'), path);
    }
    const elsewheres = await server.request('/v1/conversations?inbox=other', { token });
    assert.deepEqual(elsewheres.body, { conversations: [] }, 'nor does it get its own under the name of another');
    const minted = await server.request(`/v1/contacts/chat-auth-token?id=${foreign.contact.number}`, { token });
    assert.equal(minted.status, 404);
    assert.equal((await server.api<AgentConversation>(`/v1/conversations/${elsewhere}`)).body.state, 'open');
  });
});
