/** What becomes of what is sent faster than the server reads, with the limits that everybody starts with. */
import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { ADMIN } from '../../../scripts/chat-server-process.mjs';
import { readLimits } from '../../../server/src/config.ts';
import { AgentClient } from '../../../src/api/agent-client.ts';
import { CookieJar } from './cookie-fetch.ts';
import { stateOf } from './eventually.ts';
import { FaultySocket } from './faulty-socket.ts';
import { lines, World } from './world.ts';

const DEFAULTS = readLimits({});
const world = new World({ LIMITS: JSON.stringify(DEFAULTS) });

const agents: AgentClient[] = [];
afterEach(() => {
  for (const agent of agents.splice(0)) agent.close();
});

describe('an agent who has written more than a socket may bring at once', { timeout: 120_000 }, () => {
  it('sees all of it stored once, in the order in which it was written, on one socket', async () => {
    const visitor = await world.booted();
    const id = visitor.startConversation();
    await visitor.send(id, 'Tell me everything.');

    const { url } = world.server;
    const jar = new CookieJar(url);
    let sockets = 0;
    const createSocket = (address: string) => {
      sockets++;
      return new FaultySocket(address, {}, { headers: jar.headers }).asWebSocket;
    };
    const agent = new AgentClient({ server: url, fetch: jar.fetch, createSocket });
    agents.push(agent);
    await agent.signIn(ADMIN.email, ADMIN.password);
    await stateOf(agent, ({ connection }) => connection === 'open');

    const texts = lines(2 * DEFAULTS.framesPerSocket.burst);
    const sent = await Promise.all(texts.map((text) => agent.send(id, text)));
    assert.deepEqual(
      (await world.stored(id)).map(({ text }) => text),
      ['Tell me everything.', ...texts],
    );
    assert.deepEqual(
      sent.map(({ seq }) => seq),
      sent.map((_, i) => i + 3),
      'after the question, and the agent’s joining',
    );
    assert.equal(sockets, 1);
  });
});
