/** The visitor’s client after it was away, against the real server. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ChatClient } from '../../../src/api/chat-client.ts';
import { stateOf, texts } from './eventually.ts';
import { FaultySocket } from './faulty-socket.ts';
import { heard, lines, World } from './world.ts';

const world = new World();

/** A way to the server that can be cut while the server goes on. */
class Line {
  #socket?: FaultySocket;
  #isCut = false;

  readonly createSocket = (url: string): WebSocket => {
    // Nobody listens at this port.
    this.#socket = new FaultySocket(this.#isCut ? 'ws://127.0.0.1:9/' : url, {});
    return this.#socket.asWebSocket;
  };

  /** Cuts it. Resolves when the client has noticed. */
  async cut(client: ChatClient): Promise<void> {
    this.#isCut = true;
    this.#socket?.close();
    await stateOf(client, ({ connection }) => connection === 'waiting');
  }

  /** Resolves when the client is back. */
  async mend(client: ChatClient): Promise<void> {
    this.#isCut = false;
    await stateOf(client, ({ connection }) => connection === 'open');
  }
}

/** Two devices of one person; the second, whose line can be cut, comes when `before` was done at the first. */
async function twoDevices(email: string, before: (first: ChatClient) => Promise<void>) {
  const identity = await world.identity(email);
  const line = new Line();
  const first = await world.booted(identity);
  await before(first);
  const second = world.visitor({ createSocket: line.createSocket });
  const messages = heard(second, 'message');
  await second.boot(identity);
  await stateOf(second, ({ connection, conversations }) => connection === 'open' && conversations.length > 0);
  return { first, second, line, said: () => messages.map(({ message }) => message.text) };
}

/** Starts conversations. Resolves with their ids. */
async function started(client: ChatClient, ...said: string[]): Promise<string[]> {
  const ids: string[] = [];
  for (const text of said) {
    const id = client.startConversation();
    await client.send(id, text);
    ids.push(id);
  }
  return ids;
}

/** Resolves when the client has told this message. */
function told(client: ChatClient, text: string): Promise<void> {
  return new Promise((resolve) => client.on('message', ({ message }) => message.text === text && resolve()));
}

describe('a visitor who was away', { timeout: 60_000 }, () => {
  it('is told each message that was missed, once and in order, though no conversation is open', async () => {
    let ids: string[] = [];
    const { first, second, line, said } = await twoDevices('away@shop.example', async (client) => {
      ids = await started(client, 'old', 'older');
    });
    await line.cut(second);
    for (const text of lines(3, 'answer')) await world.answer(ids[0], text);
    const last = told(second, 'answer 3');
    await line.mend(second);
    await last;
    const live = told(second, 'answer 4');
    await world.answer(ids[0], 'answer 4');
    await live;
    assert.deepEqual(said(), lines(4, 'answer'));

    await line.cut(second);
    const [fresh] = await started(first, 'new');
    await first.send(fresh, 'and more');
    const more = told(second, 'and more');
    await line.mend(second);
    await more;
    assert.deepEqual(said(), [...lines(4, 'answer'), 'new', 'and more']);
  });

  it('is told no more than the newest page of what was missed', async () => {
    let id = '';
    const { second, line, said } = await twoDevices('long-away@shop.example', async (client) => {
      [id] = await started(client, 'old');
    });
    await line.cut(second);
    for (const text of lines(130, 'answer')) await world.answer(id, text);
    const last = told(second, 'answer 130');
    await line.mend(second);
    await last;
    assert.deepEqual(said(), lines(130, 'answer').slice(-100));
  });

  it('is told what was missed in order, when the conversation is opened at that moment', async () => {
    let id = '';
    const { second, line, said } = await twoDevices('opening@shop.example', async (client) => {
      [id] = await started(client, 'old');
    });
    await line.cut(second);
    for (const text of lines(70, 'answer')) await world.answer(id, text);
    const last = told(second, 'answer 70');
    await line.mend(second);
    await second.open(id);
    await last;
    assert.deepEqual(said(), lines(70, 'answer'));
    assert.deepEqual(texts(second.state, id).slice(-50), lines(70, 'answer').slice(-50));
  });

  it('for long sees the newest page first, and pages backwards to what was missed', async () => {
    let id = '';
    const { second, line } = await twoDevices('for-long@shop.example', async (client) => {
      [id] = await started(client, 'old');
    });
    await second.open(id);
    await line.cut(second);
    const missed = lines(230, 'answer');
    for (const text of missed) await world.answer(id, text);
    await line.mend(second);
    await stateOf(second, (state) => texts(state, id).at(-1) === 'answer 230');
    assert.deepEqual(texts(second.state, id), missed.slice(-50));
    const seen = new Set<string>();
    for (; second.state.threads[id].hasOlder; await second.loadOlder(id)) {
      for (const text of texts(second.state, id)) seen.add(text);
    }
    for (const text of texts(second.state, id)) seen.add(text);
    assert.deepEqual(second.state.threads[id].entries[0].seq, 1);
    assert.equal(seen.size, 1 + missed.length);
  });

  it('and whose own words fell into what the newest page leaves out is not shown them as unsent', async () => {
    const identity = await world.identity('left-out@shop.example');
    let isAway = false;
    const deliver = (data: string) => (isAway && data.includes('"answer ') ? 0 : 1);
    const client = await world.booted(identity, {
      createSocket: (url: string) => new FaultySocket(url, { deliver }).asWebSocket,
    });
    const [id] = await started(client, 'old');
    await client.open(id);
    const { fetch } = globalThis;
    // Of the others it hears nothing, and cannot ask.
    globalThis.fetch = (input, init) =>
      isAway && String(input).includes('/v1/widget/') ? Promise.reject(new TypeError('no way')) : fetch(input, init);
    try {
      isAway = true;
      await world.answer(id, 'answer 1');
      await client.send(id, 'in between');
      for (const text of lines(220, 'answer')) await world.answer(id, text);
    } finally {
      globalThis.fetch = fetch;
      isAway = false;
    }
    await world.answer(id, 'the newest');
    await stateOf(client, (state) => texts(state, id).at(-1) === 'the newest');
    assert.ok(!texts(client.state, id).includes('in between'));
    assert.deepEqual(client.state.threads[id]?.pending, []);
  });

  it('has all that moved, also where that is more than a welcome names', async () => {
    let ids: string[] = [];
    const { second, line } = await twoDevices('busy@shop.example', async (client) => {
      ids = await started(client, ...lines(55));
    });
    while (await second.loadConversations());
    assert.equal(second.state.conversations.length, 55);
    await line.cut(second);
    for (const id of ids) await world.answer(id, 'answered');
    await line.mend(second);
    await stateOf(second, ({ unreadConversations }) => unreadConversations === 55);
    assert.equal(second.state.unreadMessages, 55);
  });
});

describe('what is unread', { timeout: 60_000 }, () => {
  it('is exact when another device has read a part that is not on the screen here', async () => {
    let isDeaf = false;
    const identity = await world.identity('partly@shop.example');
    const deliver = (data: string) => (isDeaf && data.startsWith('{"type":"entry"') ? 0 : 1);
    const reader = await world.booted(identity, {
      createSocket: (url) => new FaultySocket(url, { deliver }).asWebSocket,
    });
    const [id] = await started(reader, 'old');
    for (const text of lines(10, 'answer')) await world.answer(id, text);
    await stateOf(reader, ({ unreadMessages }) => unreadMessages === 10);
    isDeaf = true;
    for (const text of lines(70, 'later')) await world.answer(id, text);

    const other = await world.booted(identity);
    await stateOf(other, ({ unreadMessages }) => unreadMessages === 80);
    await other.open(id);
    assert.equal(texts(other.state, id).at(0), 'later 21');
    reader.markRead(id);
    await stateOf(other, ({ unreadMessages }) => unreadMessages !== 80);
    assert.equal(other.state.unreadMessages, 70);
  });
});
