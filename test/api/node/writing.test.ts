/** The visitor’s client in plain Node, against the real server. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { INBOX } from '../../../scripts/chat-server-process.mjs';
import type { ChatError } from '../../../src/api/chat-error.ts';
import { stateOf, texts } from './eventually.ts';
import { heard, lines, sessionRequests, World } from './world.ts';

const world = new World();

describe('a visitor who writes', { timeout: 60_000 }, () => {
  it('is nobody to the server before the first message, and gets it back stored', async () => {
    const requests = sessionRequests();
    const client = await world.booted();
    const id = client.startConversation();
    await client.open(id);
    assert.deepEqual(requests.made, []);
    assert.equal(client.state.connection, 'idle');

    const started = heard(client, 'started');
    const sending = client.send(id, 'Hello?');
    assert.deepEqual(
      client.state.threads[id].pending.map(({ text, status }) => [text, status]),
      [['Hello?', 'pending']],
    );
    const entry = await sending;
    requests.stop();
    assert.equal(entry.text, 'Hello?');
    assert.equal(entry.seq, 1);
    await stateOf(client, (state) => texts(state, id).length === 1);
    assert.deepEqual(client.state.threads[id].pending, []);
    assert.equal(client.state.contact?.verification, 'anonymous');
    assert.deepEqual(started, [{ conversationId: id, visitorId: client.state.contact.id }]);
    assert.deepEqual(requests.made, [`POST /v1/widget/${INBOX}/sessions`]);
  });

  it('sees the answer of an agent, unread until it is read, and then read everywhere', async () => {
    const client = await world.booted();
    const id = client.startConversation();
    const messages = heard(client, 'message');
    await client.send(id, 'Is anybody there?');
    await world.answer(id, 'Yes, I am.');
    await stateOf(client, (state) => texts(state, id).length === 2);
    assert.equal(client.state.unreadMessages, 1);
    assert.deepEqual(
      messages.map(({ own, message }) => [own, message.text]),
      [
        [true, 'Is anybody there?'],
        [false, 'Yes, I am.'],
      ],
    );
    client.markRead(id);
    assert.equal(client.state.unreadMessages, 0);
    const { lastSeq } = client.state.conversations[0];
    for (let read = 0; read < lastSeq;) {
      read = (await world.seenByAgents(id)).contactReadSeq;
    }
  });

  it('writes while the session is being replaced, and is not refused', async () => {
    const client = await world.booted();
    const id = client.startConversation();
    await client.send(id, 'Before');
    const identity = await world.identity('slow@example.com');
    const network = globalThis.fetch;
    let answer = () => {};
    const wait = new Promise<void>((resolve) => (answer = resolve));
    globalThis.fetch = async (...request) => {
      const response = await network(...request);
      await wait;
      return response;
    };
    try {
      const identified = client.identify(identity);
      // The server closes the socket of the old session; the new token is still on its way.
      await stateOf(client, ({ connection }) => connection !== 'open');
      const sent = client.send(id, 'Meanwhile');
      answer();
      await identified;
      assert.equal((await sent).text, 'Meanwhile');
    } finally {
      globalThis.fetch = network;
    }
    assert.deepEqual(
      (await world.stored(id)).map(({ text }) => text),
      ['Before', 'Meanwhile'],
    );
  });

  it('writes faster than the server answers, and everything is stored once and in order', async () => {
    const client = await world.booted();
    const id = client.startConversation();
    const said = lines(150);
    const entries = await Promise.all(said.map((text) => client.send(id, text)));
    assert.deepEqual(
      entries.map(({ seq }) => seq),
      said.map((_, i) => i + 1),
    );
    assert.deepEqual(
      (await world.stored(id)).map(({ text }) => text),
      said,
    );
  });

  it('is told when a message is refused, may try again, and may drop it', async () => {
    const client = await world.booted();
    const unknown = '0190a000-0000-7000-8000-000000000001';
    await assert.rejects(client.send(unknown, 'Nobody will ever see this'), { name: 'ChatError', code: 'not_found' });
    const [failed] = client.state.threads[unknown].pending;
    assert.equal(failed?.status, 'failed');
    assert.equal(failed?.error?.code, 'not_found');
    client.retry(failed.clientId);
    assert.equal(client.state.threads[unknown].pending[0]?.status, 'pending');
    await stateOf(client, (state) => state.threads[unknown]?.pending[0]?.status === 'failed');
    client.discard(failed.clientId);
    assert.deepEqual(client.state.threads[unknown].pending, []);
  });

  it('cannot send nothing, or too much', async () => {
    const client = await world.booted();
    const id = client.startConversation();
    await assert.rejects(client.send(id, '  \n '), { code: 'bad_request' });
    await assert.rejects(client.send(id, 'x'.repeat(10_001)), { code: 'too_long' });
    assert.deepEqual(client.state.threads[id].pending, []);
  });

  it('cannot open what is somebody else’s', async () => {
    const other = await world.booted();
    const theirs = other.startConversation();
    await other.send(theirs, 'private');
    const client = await world.booted();
    await client.startSession();
    await assert.rejects(client.open(theirs), { code: 'not_found' });
    assert.equal(client.state.threads[theirs]?.entries.length ?? 0, 0);
  });
});

describe('a client that cannot be served', { timeout: 30_000 }, () => {
  it('of an inbox that is not there is closed, and says why', async () => {
    const client = world.visitor({ inbox: 'nowhere' });
    const errors: ChatError[] = heard(client, 'error');
    await client.boot();
    assert.equal(client.state.booted, true);
    assert.ok(errors.some(({ code }) => code === 'not_found'));
    assert.deepEqual([client.state.connection, client.state.closeReason], ['closed', 'not_found']);
    const id = client.startConversation();
    await assert.rejects(client.send(id, 'hello?'), { code: 'not_found' });
    assert.deepEqual(client.state.threads[id].pending, []);
  });
});
