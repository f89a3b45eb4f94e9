import assert from 'node:assert/strict';
import { Socket } from 'node:net';
import { after, before, describe, it } from 'node:test';
import type { AgentContact, AgentConversation, ConversationPage } from '../../../src/api/protocol.ts';
import { uuid } from '../support/ids.ts';
import { patchInbox } from '../support/inbox.ts';
import { startServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';
import { echo, say, visitor } from '../support/socket.ts';

interface ContactPage {
  readonly contacts?: readonly AgentContact[];
}

describe('An address that somebody gives', () => {
  /** Where nobody outside may get by way of the server. */
  const ADDRESSES = [
    'https://169.254.169.254/latest/meta-data/',
    'https://localhost:1/',
    'https://[::]/',
    'https://2130706433/',
    'https://rebind.evil.example/',
  ];

  it('is never asked for by the server, wherever it stands [hostile 61]', async (t) => {
    const connect = t.mock.method(Socket.prototype, 'connect');
    const server = await startServer();
    try {
      const conversationId = uuid();
      for (const [index, url] of ADDRESSES.entries()) {
        // Whether it is taken does not matter; that some are does.
        const { status } = await patchInbox(server, {
          appearance: { logoUrl: url },
          home: { cards: [{ title: 'Look', text: url, url, imageUrl: url }] },
        });
        assert.ok([200, 400].includes(status), `settings with ${url}: ${status}`);
        const { token } = await server.session({ visitor: { notes: url, custom: { avatarUrl: url } } });
        const socket = await visitor(server, { token });
        const clientId = uuid();
        const id = index === 0 ? conversationId : uuid();
        const text = `${url} ![](${url}) [here](${url}) file:///etc/passwd`;
        socket.send({ type: 'send', conversationId: id, clientId, text, start: true, pageUrl: url });
        await echo(socket, clientId);
        for (const content of [
          { type: 'buttons', buttons: [{ id: 'a', text: 'Open', url }] },
          { type: 'cards', cards: [{ title: 'Card', text: url, imageUrl: url }] },
        ]) {
          const body = { text: url, content };
          const answer = await server.api(`/v1/conversations/${id}/messages`, { method: 'POST', body });
          assert.ok([201, 400].includes(answer.status), `a message with ${url}: ${answer.status}`);
        }
        assert.equal((await server.api(`/v1/conversations/${id}/entries`)).status, 200);
      }
      assert.equal((await server.widget('/settings')).status, 200);
    } finally {
      // What it had begun is over now.
      await server.close();
    }
    const own = [server.url, server.socketUrl].map((url) => Number(new URL(url).port));
    const ports = connect.mock.calls.map(({ arguments: [first] }) => ([first].flat()[0] as { port?: unknown }).port);
    assert.ok(ports.length > 0, 'the test sees no connections');
    assert.deepEqual(
      ports.filter((port) => !own.includes(Number(port))),
      [],
    );
  });
});

describe('Operators of a database', () => {
  const EVIL = [
    `' OR '1'='1`,
    `'; DROP TABLE contacts; --`,
    `") OR 1=1 --`,
    '%',
    '_%@%',
    '{"$gt":""}',
    '*',
    `1 UNION SELECT * FROM sessions`,
    `\\' OR 1=1 #`,
  ];
  let server: TestServer;
  let id: string;
  before(async () => {
    server = await startServer();
    id = uuid();
    await say(await visitor(server, await server.verified('ada@shop.example')), id, 'Hello', true);
  });
  after(() => server.close());

  it('in a filter are words that nothing matches [hostile 63]', async () => {
    const { token } = await server.session();
    for (const evil of EVIL) {
      const word = encodeURIComponent(evil);
      for (const query of [`inbox=${word}`, `contact=${word}`, `state=${word}`, `before=${word}`]) {
        const { status, body } = await server.api<Partial<ConversationPage>>(`/v1/conversations?${query}`);
        assert.ok([200, 400].includes(status), `${query}: ${status}`);
        assert.deepEqual(body.conversations ?? [], [], query);
      }
      const body = { email: evil };
      const found = await server.api<ContactPage>('/v1/contacts/search', { method: 'POST', body });
      assert.ok([200, 400].includes(found.status), `${evil}: ${found.status}`);
      assert.deepEqual(found.body.contacts ?? [], [], evil);
      for (const path of [`/v1/conversations/${word}`, `/v1/contacts/${word}`, `/v1/inboxes/${word}`]) {
        assert.ok([400, 404].includes((await server.api(path)).status), path);
      }
      for (const path of [`/conversations/${word}`, `/conversations/${id}/entries?after=${word}`]) {
        assert.ok([400, 404].includes((await server.widget(path, { token })).status), path);
      }
    }
    for (const email of [{ $gt: '' }, ['ada@shop.example'], true]) {
      const answer = await server.api('/v1/contacts/search', { method: 'POST', body: { email } });
      assert.equal(answer.status, 400);
    }
    const { body } = await server.api<AgentConversation>(`/v1/conversations/${id}`);
    assert.equal(body.lastMessage?.text, 'Hello');
  });

  it('in the name or the value of an attribute are kept as they are [hostile 63]', async () => {
    const custom = Object.fromEntries([...EVIL, '$where', 'a.b', "a'->>'b"].map((evil) => [evil, evil]));
    const { contact } = await server.session({ visitor: { custom } });
    const { status, body } = await server.api<AgentContact>(`/v1/contacts/${contact.id}`);
    assert.equal(status, 200);
    assert.deepEqual(body.attributes, custom);
    const others = await server.api<{ contacts: AgentContact[] }>('/v1/contacts');
    assert.equal(others.body.contacts.filter(({ attributes }) => Object.keys(attributes ?? {}).length > 0).length, 1);
  });
});
