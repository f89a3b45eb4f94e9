/** The visitor’s client when a frame gets lost on a socket that lives, and no later one tells of it. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ADMIN } from '../../../scripts/chat-server-process.mjs';
import { NO_LIMITS } from '../../../server/test/support/limits.ts';
import { AgentClient } from '../../../src/api/agent-client.ts';
import { CookieJar } from './cookie-fetch.ts';
import { stateOf, texts } from './eventually.ts';
import { FaultySocket } from './faulty-socket.ts';
import { heard, lines, World } from './world.ts';

/** The server tells with each heartbeat what a client should have: short, so that nobody waits for it. */
const world = new World({ LIMITS: JSON.stringify({ ...NO_LIMITS, heartbeatMs: 2_000 }) });

/** A line that loses one frame: the first that says this. */
function losing(words: string) {
  const lost: string[] = [];
  const deliver = (data: string) => (data.includes(words) && lost.push(data) === 1 ? 0 : 1);
  return { lost, createSocket: (url: string) => new FaultySocket(url, { deliver }).asWebSocket };
}

describe('the very last frame', { timeout: 60_000 }, () => {
  it('of a conversation on the screen gets lost: it is there after the next heartbeat', async () => {
    const { lost, createSocket } = losing('"answer 3"');
    const client = await world.booted(undefined, { createSocket });
    const messages = heard(client, 'message');
    const id = client.startConversation();
    await client.send(id, 'line 1');
    for (const text of lines(3, 'answer')) await world.answer(id, text);
    await stateOf(client, (state) => texts(state, id).length === 4);
    assert.deepEqual(texts(client.state, id), ['line 1', ...lines(3, 'answer')]);
    assert.equal(client.state.unreadMessages, 3);
    assert.deepEqual(
      messages.map(({ message }) => message.text),
      ['line 1', ...lines(3, 'answer')],
    );
    assert.ok(lost.length > 0);
  });

  it('was the echo of what is written where no thread is open: it is not shown as unsent any more', async () => {
    const identity = await world.identity('echo@last-frame.example');
    const first = await world.booted(identity);
    const id = first.startConversation();
    await first.send(id, 'line 1');
    const isEcho = (data: string) => data.startsWith('{"type":"entry"') && data.includes('"from here"');
    const deliver = (data: string) => (isEcho(data) ? 0 : 1);
    const second = await world.booted(identity, {
      createSocket: (url: string) => new FaultySocket(url, { deliver }).asWebSocket,
    });
    await stateOf(second, ({ conversations }) => conversations.length === 1);
    await second.send(id, 'from here');
    assert.deepEqual(second.state.threads[id]?.pending, []);
    assert.equal((await world.stored(id)).length, 2);
  });

  it('told that agents have read, and gets lost: it is known after the next heartbeat', async () => {
    const { lost, createSocket } = losing('"by":"agent"');
    const client = await world.booted(undefined, { createSocket });
    const id = client.startConversation();
    await client.send(id, 'line 1');
    const jar = new CookieJar(world.server.url);
    const agent = new AgentClient({
      server: world.server.url,
      fetch: jar.fetch,
      createSocket: (url) => new FaultySocket(url, {}, { headers: jar.headers }).asWebSocket,
    });
    try {
      await agent.signIn(ADMIN.email, ADMIN.password);
      await agent.open(id);
      agent.markRead(id);
      await stateOf(client, ({ conversations }) => conversations[0].agentReadSeq === 1);
    } finally {
      agent.close();
    }
    assert.ok(lost.length > 0);
  });
});
