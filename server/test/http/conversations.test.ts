import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type {
  AgentContact,
  AgentConversation,
  Conversation,
  ConversationPage,
  EntryPage,
  MessageEntry,
} from '../../../src/api/protocol.ts';
import { uuid } from '../support/ids.ts';
import { patchInbox } from '../support/inbox.ts';
import { startServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';
import { agent, visitor } from '../support/socket.ts';

type ApiMessage = MessageEntry & { metadata: { chat_visitor_url?: string } };

let server: TestServer;
before(async () => {
  server = await startServer();
});
after(() => server.close());

/** A conversation that a visitor has started. */
async function start(email = `${uuid()}@shop.example`, pageUrl = 'https://shop.example/bags') {
  const socket = await visitor(server, await server.verified(email, { firstName: 'Vera' }));
  const id = uuid();
  socket.send({ type: 'send', conversationId: id, clientId: uuid(), text: 'Hello?', start: true, pageUrl });
  const { conversation } = await socket.next('conversation');
  await socket.next('entry');
  return { id, number: conversation.number, socket };
}

describe('A back end', () => {
  it('answers in the team’s name, and the visitor sees it at once', async () => {
    const { id, number, socket } = await start();
    const answer = await server.api<MessageEntry>(`/v1/conversations/${number}/messages`, {
      method: 'POST',
      body: { text: 'Hello Vera!' },
    });
    assert.equal(answer.status, 201);
    const heard = await socket.next('entry', ({ entry }) => entry.type === 'message');
    assert.deepEqual(heard.entry, answer.body);
    assert.equal(answer.body.conversationId, id);
    assert.deepEqual(answer.body.author, { kind: 'system', id: 'system', name: 'Support' }, 'the team, no person');
    const { body } = await server.api<AgentConversation>(`/v1/conversations/${id}`);
    assert.deepEqual([body.agents, body.lastSeq], [[], 2], 'nobody has joined');
    const own = await server.widget<Conversation>(`/conversations/${id}`, { token: socket.token });
    assert.equal(own.body.unread, 1);
  });

  it('speaks in the name that the team has now', async () => {
    const { id } = await start();
    await patchInbox(server, { appearance: { teamName: 'The workshop' } });
    const { body } = await server.api<MessageEntry>(`/v1/conversations/${id}/messages`, {
      method: 'POST',
      body: { text: 'Your bag is mended.' },
    });
    assert.equal(body.author.name, 'The workshop');
    await patchInbox(server, { appearance: { teamName: 'Support' } });
  });

  it('may send the same message again: it is there once [hostile 70]', async () => {
    const { id } = await start();
    const body = { text: 'Once.', clientId: uuid() };
    const [first, second] = [
      await server.api<MessageEntry>(`/v1/conversations/${id}/messages`, { method: 'POST', body }),
      await server.api<MessageEntry>(`/v1/conversations/${id}/messages`, { method: 'POST', body }),
    ];
    assert.deepEqual([first.status, second.status], [201, 200]);
    assert.deepEqual(second.body, first.body);
  });

  it('speaks for an agent of its choice, and for nobody who is none', async () => {
    const { store } = server.chat;
    const { agent: leela } = await store.agents.ensure({
      email: 'leela@shop.example',
      name: 'Leela',
      role: 'agent',
      passwordHash: '',
    });
    const { id } = await start();
    for (const agentId of [leela.id, String(leela.number)]) {
      const { body } = await server.api<MessageEntry>(`/v1/conversations/${id}/messages`, {
        method: 'POST',
        body: { text: 'Hi', agentId },
      });
      assert.equal(body.author.name, 'Leela');
    }
    for (const agentId of ['999', uuid(), 'x']) {
      const { status, body } = await server.api(`/v1/conversations/${id}/messages`, {
        method: 'POST',
        body: { text: 'Hi', agentId },
      });
      assert.deepEqual([status, body.error.field], [400, '/agentId']);
    }
  });

  it('leaves notes that the visitor never hears of [hostile 49]', async () => {
    const { id, socket } = await start();
    const console = await agent(server);
    const note = await server.api<MessageEntry>(`/v1/conversations/${id}/messages`, {
      method: 'POST',
      body: { text: 'VIP', note: true },
    });
    assert.equal(note.status, 201);
    assert.equal(note.body.author.name, 'First key', 'agents see which key it was');
    assert.deepEqual((await console.next('entry', ({ log }) => log === 'notes')).entry, note.body);
    await server.api(`/v1/conversations/${id}/messages`, { method: 'POST', body: { text: 'fence' } });
    await socket.next('entry', ({ entry }) => entry.type === 'message' && entry.text === 'fence');
    assert.ok(!JSON.stringify(socket.seen).includes('VIP'));
    const { body } = await server.api<EntryPage>(`/v1/conversations/${id}/entries?log=notes`);
    assert.deepEqual(body, { entries: [note.body], more: false });
  });

  it('reads the messages with the page they were written on, and without the other entries', async () => {
    const { id } = await start();
    // The first word of an agent comes behind another entry: joined.
    await server.api(`/v1/conversations/${id}/messages`, { method: 'POST', body: { text: 'Hi', agentId: '1' } });
    const { body } = await server.api<{ messages: ApiMessage[]; more: boolean }>(`/v1/conversations/${id}/messages`);
    assert.deepEqual(
      body.messages.map(({ type, seq, text, metadata }) => ({ type, seq, text, metadata })),
      [
        { type: 'message', seq: 1, text: 'Hello?', metadata: { chat_visitor_url: 'https://shop.example/bags' } },
        { type: 'message', seq: 3, text: 'Hi', metadata: {} },
      ],
    );
  });

  it('is told what is wrong with a message [hostile 67]', async () => {
    const { id } = await start();
    const wrong: [body: unknown, code: string, field: string | undefined][] = [
      [{}, 'bad_request', '/text'],
      [{ text: '' }, 'bad_request', '/text'],
      [{ text: 'a\0' }, 'bad_request', '/text'],
      [{ text: 'x'.repeat(10_001) }, 'too_long', '/text'],
      [{ text: 1 }, 'bad_request', '/text'],
      [{ text: 'x', clientId: 'mine' }, 'bad_request', '/clientId'],
      ['{"text":', 'bad_request', undefined],
      ['', 'bad_request', undefined],
    ];
    for (const [body, code, field] of wrong) {
      const answer = await server.api(`/v1/conversations/${id}/messages`, { method: 'POST', body });
      assert.deepEqual([answer.status, answer.body.error.code, answer.body.error.field], [400, code, field]);
    }
    const huge = await server.api(`/v1/conversations/${id}/messages`, {
      method: 'POST',
      body: { text: 'x'.repeat(70_000) },
    });
    assert.deepEqual([huge.status, huge.body.error.code], [413, 'too_large']);
  });
});

describe('The list of conversations', () => {
  it('comes in pages, newest activity first, each once', async () => {
    const fresh = await startServer();
    const socket = await visitor(fresh);
    const ids = Array.from({ length: 7 }, uuid);
    for (const conversationId of ids) {
      socket.send({ type: 'send', conversationId, clientId: uuid(), text: 'x', start: true });
      await socket.next('entry');
    }
    await fresh.api(`/v1/conversations/${ids[0]}`, { method: 'PATCH', body: { state: 'resolved' } });
    const seen: string[] = [];
    for (let cursor: string | undefined, page = 0; page === 0 || cursor; page++) {
      const query = `limit=3${cursor ? `&before=${encodeURIComponent(cursor)}` : ''}`;
      const { body } = await fresh.api<ConversationPage>(`/v1/conversations?${query}`);
      seen.push(...body.conversations.map(({ id }) => id));
      ({ cursor } = body);
    }
    assert.deepEqual(seen, [ids[0], ...ids.slice(1).reverse()]);
    const { body: open } = await fresh.api<ConversationPage>('/v1/conversations?state=open&inbox=demo');
    assert.equal(open.conversations.length, 6);
    const { body: resolved } = await fresh.api<ConversationPage>('/v1/conversations?state=resolved');
    assert.deepEqual(
      resolved.conversations.map(({ id }) => id),
      [ids[0]],
    );
    const { body: none } = await fresh.api<ConversationPage>('/v1/conversations?inbox=nowhere');
    assert.deepEqual(none.conversations, []);
    await fresh.close();
  });

  it('refuses a cursor that nobody gave out, and a query that makes no sense', async () => {
    for (const query of ['before=x', 'before=%00', 'limit=0', 'limit=1000', 'limit=x', 'state=closed']) {
      assert.equal((await server.api(`/v1/conversations?${query}`)).status, 400, query);
    }
  });
});

describe('Resolving', () => {
  it('is told to both sides, and twice is once', async () => {
    const { id, socket } = await start();
    const console = await agent(server);
    const headers = { cookie: await server.cookie() };
    const patch = (state: string) =>
      server.request<AgentConversation>(`/v1/conversations/${id}`, { method: 'PATCH', headers, body: { state } });
    for (const state of ['resolved', 'resolved']) assert.equal((await patch(state)).body.state, 'resolved');
    const { entry } = await socket.next('entry', (frame) => frame.entry.type === 'resolved');
    assert.deepEqual([entry.seq, entry.author.name], [2, 'Admin']);
    await console.next('entry', (frame) => frame.entry.type === 'resolved' && frame.entry.conversationId === id);
    assert.equal((await patch('open')).body.state, 'open');
    assert.equal((await socket.next('entry', (frame) => frame.entry.type === 'reopened')).entry.seq, 3);
    assert.equal((await patch('closed')).status, 400);
  });
});

describe('Contacts', () => {
  const search = <Found>(email: string) =>
    server.api<{ contacts: Found[] }>('/v1/contacts/search', { method: 'POST', body: { email } });

  it('are found by e-mail, by UUID and by number', async () => {
    const { contact } = await server.verified('kif@shop.example', { firstName: 'Kif' });
    const { body } = await search<AgentContact>('KIF@shop.example');
    assert.deepEqual(
      body.contacts.map(({ createdAt: _at, ...rest }) => rest),
      [contact],
    );
    for (const id of [contact.id, contact.number]) {
      const found = await server.api<AgentContact>(`/v1/contacts/${id}`);
      assert.equal(found.body.email, 'kif@shop.example');
    }
  });

  it('are not found by an e-mail that is only claimed', async () => {
    await server.session({ email: 'claimed-only@shop.example' });
    const { body } = await search('claimed-only@shop.example');
    assert.deepEqual(body.contacts, []);
  });

  it('who turned out to be somebody known are answered with them', async () => {
    const anonymous = await server.session();
    const authToken = await server.sign('known@shop.example');
    const { contact } = await server.session({ email: 'known@shop.example', authToken }, anonymous.token);
    const { body } = await server.api<AgentContact>(`/v1/contacts/${anonymous.contact.id}`);
    assert.equal(body.id, contact.id);
  });
});
