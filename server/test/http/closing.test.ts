import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { AgentConversation, Conversation, ErrorBody } from '../../../src/api/protocol.ts';
import { uuid } from '../support/ids.ts';
import { asAgent, patchInbox, signInAgent } from '../support/inbox.ts';
import { startServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';
import { agent, say, visitor } from '../support/socket.ts';
import type { TestSocket } from '../support/socket.ts';

let server: TestServer;
before(async () => {
  server = await startServer();
});
after(() => server.close());

type Closed = { readonly conversation: Conversation } & ErrorBody;

const setState = (id: string, token: string, state: unknown) =>
  server.widget<Closed>(`/conversations/${id}`, { method: 'PATCH', token, body: { state } });
const rate = (id: string, token: string, body: unknown) =>
  server.widget<Closed>(`/conversations/${id}/rating`, { method: 'POST', token, body });
const resolve = (id: string) => server.api(`/v1/conversations/${id}`, { method: 'PATCH', body: { state: 'resolved' } });

async function talk() {
  const socket = await visitor(server);
  const id = uuid();
  await say(socket, id, 'Hello', true);
  return { socket, id, token: socket.token };
}

/** Sends a message that must be refused. */
async function refusal(socket: TestSocket, conversationId: string, start = false) {
  const clientId = uuid();
  socket.send({ type: 'send', conversationId, clientId, text: 'More', ...(start && { start }) });
  const { code, message } = await socket.next('error', (frame) => frame.clientId === clientId);
  return { code, message };
}

describe('A visitor', () => {
  it('ends a conversation and opens it again, and everybody is told by whom', async () => {
    const console = await agent(server);
    const { socket, id, token } = await talk();
    const ended = await setState(id, token, 'resolved');
    assert.deepEqual([ended.status, ended.body.conversation.state], [200, 'resolved']);
    for (const side of [socket, console]) {
      const { entry } = await side.next('entry', (frame) => frame.entry.type === 'resolved');
      assert.equal(entry.author.kind, 'contact');
    }
    assert.equal((await setState(id, token, 'resolved')).body.conversation.lastSeq, 2, 'it is so already');
    assert.equal((await setState(id, token, 'open')).body.conversation.state, 'open');
    assert.equal((await setState(id, token, 'asleep')).status, 400);
    const stranger = await server.session();
    assert.equal((await setState(id, stranger.token, 'resolved')).status, 404);
  });

  it('where closed is closed, cannot write into it or open it, and starts another one', async () => {
    await patchInbox(server, { behaviour: { reopen: false, end: false } });
    const { socket, id, token } = await talk();
    assert.equal((await setState(id, token, 'resolved')).body.error.code, 'forbidden');
    await resolve(id);
    assert.equal((await refusal(socket, id)).code, 'conflict');
    assert.equal((await setState(id, token, 'open')).body.error.code, 'forbidden');
    await say(socket, uuid(), 'Another thing', true);
    await patchInbox(server, { behaviour: { reopen: true, end: true } });
    await say(socket, id, 'As I said');
    assert.equal((await server.api<AgentConversation>(`/v1/conversations/${id}`)).body.state, 'open');
  });

  it('where there is one conversation at a time, starts another one when it is closed', async () => {
    await patchInbox(server, { behaviour: { oneAtATime: true } });
    const { socket, id } = await talk();
    const other = uuid();
    const refused = await refusal(socket, other, true);
    assert.equal(refused.code, 'conflict');
    assert.match(refused.message, new RegExp(id));
    await say(socket, id, 'It goes on', true);
    await resolve(id);
    await say(socket, other, 'Another thing', true);
    await patchInbox(server, { behaviour: { oneAtATime: false } });
    await say(socket, uuid(), 'And another', true);
  });

  it('says how it was, once after each end', async () => {
    const console = await agent(server);
    const { socket, id, token } = await talk();
    assert.equal((await rate(id, token, { score: 5 })).status, 409, 'it is not over');
    await resolve(id);
    const rated = await rate(id, token, { score: 4, comment: '<b>Good</b> bag' });
    assert.deepEqual([rated.status, rated.body.conversation.rating], [201, 4]);
    for (const side of [socket, console]) {
      const { entry } = await side.next('entry', (frame) => frame.entry.type === 'rated');
      assert.deepEqual(entry.type === 'rated' && [entry.score, entry.comment], [4, '<b>Good</b> bag']);
    }
    assert.equal((await rate(id, token, { score: 1 })).status, 409);
    await say(socket, id, 'One more thing');
    await resolve(id);
    assert.equal((await rate(id, token, { score: 2, comment: '  ' })).status, 201);
    assert.equal((await server.api<AgentConversation>(`/v1/conversations/${id}`)).body.rating, 2);
  });

  it('rates nothing that is not theirs, with no other score, and not where nobody asks [hostile 51]', async () => {
    const { id, token } = await talk();
    await resolve(id);
    const stranger = await server.session();
    assert.equal((await rate(id, stranger.token, { score: 1 })).status, 404);
    assert.equal((await rate(uuid(), token, { score: 1 })).status, 404);
    assert.equal(
      (await server.widget(`/conversations/${id}/rating`, { method: 'POST', body: { score: 1 } })).status,
      401,
    );
    for (const body of [
      {},
      { score: 0 },
      { score: 6 },
      { score: 4.5 },
      { score: '5' },
      { score: 1, comment: 'x'.repeat(2_001) },
      { score: 1, comment: 'a\0b' },
    ]) {
      assert.equal((await rate(id, token, body)).status, 400, JSON.stringify(body).slice(0, 60));
    }
    await patchInbox(server, { forms: { rating: false } });
    assert.equal((await rate(id, token, { score: 5 })).body.error.code, 'forbidden');
    await patchInbox(server, { forms: { rating: true } });
    const two = await Promise.all([rate(id, token, { score: 5 }), rate(id, token, { score: 1 })]);
    assert.deepEqual(two.map(({ status }) => status).sort(), [201, 409]);
  });
});

describe('An agent', () => {
  it('hands a conversation over: the visitor is told, and they are not among those who answer', async () => {
    const { socket, id, token } = await talk();
    const bo = asAgent(server, await signInAgent(server));
    await bo(`/v1/conversations/${id}/messages`, { method: 'POST', body: { text: 'Hi' } });
    const left = await bo<AgentConversation>(`/v1/conversations/${id}/leave`, { method: 'POST' });
    assert.deepEqual([left.status, left.body.agents], [200, []]);
    const { entry } = await socket.next('entry', (frame) => frame.entry.type === 'left');
    assert.equal(entry.author.name, 'Bo');
    const again = await bo<AgentConversation>(`/v1/conversations/${id}/leave`, { method: 'POST' });
    assert.equal(again.body.lastSeq, entry.seq, 'who is not there cannot leave');
    assert.equal((await bo(`/v1/conversations/${uuid()}/leave`, { method: 'POST' })).status, 404);
    assert.equal((await server.api(`/v1/conversations/${id}/leave`, { method: 'POST' })).status, 403, 'people only');
    assert.equal((await server.request(`/v1/conversations/${id}/leave`, { method: 'POST', token })).status, 401);
    const elsewhere = { origin: 'https://evil.example' };
    assert.equal((await bo(`/v1/conversations/${id}/leave`, { method: 'POST', headers: elsewhere })).status, 403);
  });
});
