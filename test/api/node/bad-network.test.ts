/** The visitor’s client when server and network are not what they should be. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { stateOf, texts } from './eventually.ts';
import { FaultySocket } from './faulty-socket.ts';
import { heard, lines, World } from './world.ts';

const world = new World();

describe('a bad network', { timeout: 120_000 }, () => {
  it('keeps what is written while the server is away, and brings it when it is back', async () => {
    const client = await world.booted();
    const id = client.startConversation();
    await client.send(id, 'before');
    await world.server.stop();
    await stateOf(client, ({ connection }) => connection !== 'open');
    const sending = lines(20, 'offline').map((text) => client.send(id, text));
    assert.equal(client.state.threads[id].pending.length, 20);
    await world.server.restart();
    await Promise.all(sending);
    assert.deepEqual(
      (await world.stored(id)).map(({ text }) => text),
      ['before', ...lines(20, 'offline')],
    );
    await stateOf(client, (state) => state.threads[id].pending.length === 0);
    assert.equal(client.state.threads[id].entries.length, 21);
  });

  it('loses and doubles nothing when the server is killed again and again [hostile 71]', async () => {
    const client = await world.booted();
    const id = client.startConversation();
    const said = lines(200);
    const sending = said.map((text) => client.send(id, text));
    for (const at of [20, 90, 150]) {
      await sending[at];
      await world.server.kill();
      await world.server.restart();
    }
    const entries = await Promise.all(sending);
    assert.deepEqual(
      (await world.stored(id)).map(({ clientId, text }) => [clientId, text]),
      entries.map(({ clientId, text }) => [clientId, text]),
    );
    assert.deepEqual(
      (await world.stored(id)).map(({ text }) => text),
      said,
    );
    await stateOf(client, (state) => state.threads[id].pending.length === 0);
    const shown = texts(client.state, id);
    assert.deepEqual(shown, said.slice(-shown.length));
  });

  it('may double frames: everything is seen once', async () => {
    const createSocket = (url: string) => new FaultySocket(url, { deliver: () => 2 }).asWebSocket;
    const client = await world.booted(undefined, { createSocket });
    const messages = heard(client, 'message');
    const id = client.startConversation();
    for (const text of lines(5)) await client.send(id, text);
    for (const text of lines(5, 'answer')) await world.answer(id, text);
    await stateOf(client, (state) => texts(state, id).length === 10);
    const seqs = client.state.threads[id].entries.map(({ seq }) => seq);
    assert.deepEqual(seqs, [...new Set(seqs)]);
    assert.equal(client.state.unreadMessages, 5);
    assert.equal(messages.length, 10);
  });

  it('may lose frames: what is missing is asked for', async () => {
    let frames = 0;
    const deliver = (data: string) => (data.startsWith('{"type":"entry"') && ++frames % 3 !== 0 ? 0 : 1);
    const client = await world.booted(undefined, {
      createSocket: (url) => new FaultySocket(url, { deliver }).asWebSocket,
    });
    const messages = heard(client, 'message');
    const id = client.startConversation();
    void client.send(id, 'line 1');
    for (let known = 0; known === 0;) known = (await world.stored(id).catch(() => [])).length;
    for (const text of lines(7, 'answer')) await world.answer(id, text);
    await stateOf(client, (state) => texts(state, id).length === 8);
    assert.deepEqual(texts(client.state, id), ['line 1', ...lines(7, 'answer')]);
    assert.deepEqual(client.state.threads[id].pending, []);
    assert.deepEqual(
      messages.map(({ message }) => message.text),
      ['line 1', ...lines(7, 'answer')],
    );
  });

  it('may keep a client away while much is said: it catches up, however much that is', async () => {
    const client = await world.booted();
    const id = client.startConversation();
    await client.send(id, 'I will be back');
    await world.server.stop();
    await stateOf(client, ({ connection }) => connection === 'waiting');
    await world.server.restart();
    // The client may be back at any time from here: what it missed and what it hears live must join.
    for (const text of lines(230, 'answer')) await world.answer(id, text);
    await stateOf(client, (state) => texts(state, id).at(-1) === 'answer 230');
    const shown = client.state.threads[id].entries.map(({ seq }) => seq);
    assert.deepEqual(
      shown,
      Array.from({ length: shown.length }, (_, i) => shown[0] + i),
    );
    assert.equal(client.state.unreadMessages, 230);
  });
});
