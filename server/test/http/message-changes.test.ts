import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { CloseCode } from '../../../src/api/protocol.ts';
import type { AgentConversation, Conversation, EntryPage, ErrorBody, MessageEntry } from '../../../src/api/protocol.ts';
import { uuid } from '../support/ids.ts';
import { asAgent, patchInbox, signInAgent } from '../support/inbox.ts';
import { startServer } from '../support/server.ts';
import type { Answer, RequestOptions, TestServer } from '../support/server.ts';
import { agent, say, visitor } from '../support/socket.ts';

let server: TestServer;
before(async () => {
  server = await startServer();
});
after(() => server.close());

type Edited = { readonly entry: MessageEntry } & ErrorBody;
type Call = <T>(path: string, options?: RequestOptions) => Promise<Answer<T>>;

/** A visitor who has said something, and where their message stands. */
async function talk(text = 'helo') {
  const socket = await visitor(server);
  const id = uuid();
  const message = await say(socket, id, text, true);
  const path = `/conversations/${id}/messages/${message.id}`;
  const own: Call = (below, options) => server.widget(below, { token: socket.token, ...options });
  return { socket, id, message, path, own };
}

const edit = (text: string): RequestOptions => ({ method: 'PATCH', body: { text } });
const reaction = (emoji: string, on = true): RequestOptions => ({ method: 'PUT', body: { emoji, on } });

describe('A visitor', () => {
  it('corrects a message: everybody sees the new words, at once and later', async () => {
    const console = await agent(server);
    const { socket, id, message, path, own } = await talk();
    const { status, body } = await own<Edited>(path, edit('hello'));
    assert.equal(status, 200);
    assert.deepEqual([body.entry.text, body.entry.seq, body.entry.clientId], ['hello', 1, message.clientId]);
    for (const side of [socket, console]) {
      const { entry } = await side.next('entry', (frame) => frame.entry.type === 'edited');
      assert.deepEqual(entry.type === 'edited' && [entry.messageId, entry.text, entry.seq], [message.id, 'hello', 2]);
    }
    const later = await own<EntryPage>(`/conversations/${id}/entries`);
    assert.deepEqual(later.body.entries[0], body.entry);
    const listed = await server.api<AgentConversation>(`/v1/conversations/${id}`);
    assert.deepEqual(listed.body.lastMessage, body.entry);
    assert.equal(
      (await own<Edited>(path, edit('hello'))).body.entry.editedAt,
      body.entry.editedAt,
      'the same is no edit',
    );
  });

  it('takes a message back: nothing is left of it, and it does not count as unread any more', async () => {
    const { socket, id, message, path, own } = await talk('my card is 4111');
    assert.equal((await own(path, { method: 'DELETE' })).status, 204);
    assert.equal((await own(path, { method: 'DELETE' })).status, 204, 'it is gone already');
    const { entry } = await socket.next('entry', (frame) => frame.entry.type === 'deleted');
    assert.equal(entry.type === 'deleted' && entry.messageId, message.id);
    const { body } = await server.api<AgentConversation>(`/v1/conversations/${id}`);
    assert.deepEqual([body.unread, body.lastMessage?.text, body.lastMessage?.deletedAt], [0, '', entry.at]);
    const page = await own<EntryPage>(`/conversations/${id}/entries`);
    assert.ok(!JSON.stringify(page.body).includes('4111'));
    assert.equal((await own<ErrorBody>(path, edit('x'))).status, 409);
  });

  it('puts an emoji under a message and takes it away, once', async () => {
    const { socket, id, message, path, own } = await talk();
    for (let time = 0; time < 2; time++) assert.equal((await own(`${path}/reaction`, reaction('👍'))).status, 204);
    await server.api(`/v1${path}/reaction`, reaction('👍'));
    const told = [await socket.next('entry'), await socket.next('entry')];
    assert.deepEqual(
      told.map(({ entry }) => entry.type === 'reacted' && [entry.messageId, entry.emoji, entry.on, entry.author.kind]),
      [
        [message.id, '👍', true, 'contact'],
        [message.id, '👍', true, 'system'],
      ],
    );
    const { body } = await own<Conversation>(`/conversations/${id}`);
    assert.deepEqual(body.lastMessage?.reactions, [{ emoji: '👍', by: ['contact', 'system'] }]);
    assert.equal((await own(`${path}/reaction`, reaction('👍', false))).status, 204);
    const { entry } = await socket.next('entry');
    assert.equal(entry.type === 'reacted' && entry.on, false);
  });

  it('changes nobody else’s message, and nothing of a conversation that is not theirs [hostile 46]', async () => {
    const { id, own, path } = await talk();
    const stranger = await talk();
    const answer = await server.api<MessageEntry>(`/v1/conversations/${id}/messages`, {
      method: 'POST',
      body: { text: 'Hi' },
    });
    const theirs = `/conversations/${id}/messages/${answer.body.id}`;
    for (const options of [edit('x'), { method: 'DELETE' }]) {
      assert.equal((await own<ErrorBody>(theirs, options)).status, 403);
    }
    const missing = await own<ErrorBody>(`/conversations/${uuid()}/messages/${uuid()}`, edit('x'));
    assert.equal(missing.status, 404);
    const elsewhere = `/conversations/${stranger.id}/messages/${answer.body.id}`;
    for (const [options, below] of [
      [edit('x'), ''],
      [{ method: 'DELETE' }, ''],
      [reaction('👍'), '/reaction'],
    ] as const) {
      for (const [call, foreign] of [
        [stranger.own, path],
        [stranger.own, theirs],
        [stranger.own, elsewhere],
        [own, `/conversations/${id}/messages/${uuid()}`],
        [own, `/conversations/${id}/messages/x`],
      ] as const) {
        const refused = await call<ErrorBody>(foreign + below, options);
        assert.deepEqual([refused.status, refused.body], [404, missing.body], `${options.method} ${foreign}`);
      }
      assert.equal((await server.widget(path + below, options)).status, 401);
    }
  });

  it('changes what the inbox allows, as long as it allows it', async () => {
    const { id, path, own } = await talk();
    await patchInbox(server, { behaviour: { editSeconds: 0, reactions: false } });
    for (const [options, below] of [
      [edit('x'), ''],
      [{ method: 'DELETE' }, ''],
      [reaction('👍'), '/reaction'],
    ] as const) {
      assert.equal((await own<ErrorBody>(path + below, options)).body.error.code, 'forbidden');
    }
    await patchInbox(server, { behaviour: { editSeconds: 900, reactions: true }, limits: { messageLength: 5 } });
    assert.equal((await own<ErrorBody>(path, edit('longer'))).body.error.code, 'too_long');
    await patchInbox(server, { limits: { messageLength: 10_000 } });
    for (const text of ['', '  ', 'a\0b']) {
      assert.equal((await own<ErrorBody>(path, edit(text))).body.error.code, 'bad_request', JSON.stringify(text));
    }
    const { body } = await own<EntryPage>(`/conversations/${id}/entries`);
    assert.deepEqual([body.entries.length, body.entries[0]?.type === 'message' && body.entries[0].text], [1, 'helo']);
  });

  it('who may not talk any more takes nothing back either', async () => {
    const { socket, id, path, own } = await talk();
    await patchInbox(server, { security: { whoMayTalk: 'verified' } });
    assert.equal(await socket.closed, CloseCode.refused);
    for (const options of [edit('x'), { method: 'DELETE' }]) {
      assert.equal((await own<ErrorBody>(path, options)).body.error.code, 'identity_required');
    }
    await patchInbox(server, { security: { whoMayTalk: 'everybody' } });
    assert.equal((await server.api<AgentConversation>(`/v1/conversations/${id}`)).body.lastSeq, 1);
  });

  it('who changes messages all the time is slowed down like one who sends them', async () => {
    const at = Date.now();
    const slow = await startServer({ limits: { messagesPerMinute: 6 }, now: () => at });
    try {
      const socket = await visitor(slow);
      const id = uuid();
      const { id: message } = await say(socket, id, 'hello', true);
      const path = `/conversations/${id}/messages/${message}`;
      const codes: number[] = [];
      for (const text of ['a', 'b'])
        codes.push((await slow.widget(path, { token: socket.token, ...edit(text) })).status);
      const last = await slow.widget(`${path}/reaction`, { token: socket.token, ...reaction('👍') });
      assert.deepEqual([...codes, last.status], [200, 429, 429]);
    } finally {
      await slow.close();
    }
  });
});

describe('An agent', () => {
  it('changes their own messages, however old, and nobody else’s', async () => {
    const { id, path } = await talk();
    const bo = asAgent(server, await signInAgent(server));
    const admin = asAgent(server, await server.cookie());
    const { body: message } = await bo<MessageEntry>(`/v1/conversations/${id}/messages`, {
      method: 'POST',
      body: { text: 'Hi' },
    });
    const own = `/v1/conversations/${id}/messages/${message.id}`;
    await patchInbox(server, { behaviour: { editSeconds: 0, reactions: false } });
    assert.equal((await bo<Edited>(own, edit('Hello'))).body.entry.text, 'Hello');
    assert.equal((await bo(`${own}/reaction`, reaction('❤️'))).status, 204);
    await patchInbox(server, { behaviour: { editSeconds: 900, reactions: true } });
    for (const options of [edit('x'), { method: 'DELETE' }]) {
      assert.equal((await admin(own, options)).status, 403);
      assert.equal((await server.api(own, options)).status, 403);
      assert.equal((await bo(`/v1${path}`, options)).status, 403);
    }
    assert.equal((await bo(own, { method: 'DELETE' })).status, 204);
    const { body } = await bo<AgentConversation>(`/v1/conversations/${id}`);
    assert.equal(typeof body.lastMessage?.deletedAt, 'number');
  });

  it('a back end changes what was said in nobody’s person', async () => {
    const { id } = await talk();
    const { body: message } = await server.api<MessageEntry>(`/v1/conversations/${id}/messages`, {
      method: 'POST',
      body: { text: 'Writing' },
    });
    const path = `/v1/conversations/${id}/messages/${message.id}`;
    assert.equal((await server.api<Edited>(path, edit('Writing …'))).body.entry.text, 'Writing …');
    assert.equal((await server.api(path, { method: 'DELETE' })).status, 204);
    assert.equal((await server.api(`/v1/conversations/${uuid()}/messages/${message.id}`, edit('x'))).status, 404);
  });

  it('nobody gets in with less than one emoji, or more [hostile 55]', async () => {
    const { path, own } = await talk();
    for (const emoji of ['', 'x', '👍👍', '<b>', '\ud83d', 'x'.repeat(65), '👍'.repeat(30)]) {
      const refused = await own<ErrorBody>(`${path}/reaction`, reaction(emoji));
      assert.deepEqual([refused.status, refused.body.error.field], [400, '/emoji'], JSON.stringify(emoji));
    }
    for (const body of [
      {},
      { emoji: '👍' },
      { emoji: 5, on: true },
      { emoji: '👍', on: 'yes' },
      [],
      'null',
      '{"emoji":',
    ]) {
      assert.equal((await own(`${path}/reaction`, { method: 'PUT', body })).status, 400, JSON.stringify(body));
    }
  });
});
