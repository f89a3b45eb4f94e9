/** Who is there, as visitors' and agents' clients in plain Node know it. */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { ADMIN, ChatServerProcess, INBOX } from '../../../scripts/chat-server-process.mjs';
import { AgentClient } from '../../../src/api/agent-client.ts';
import { ChatClient } from '../../../src/api/chat-client.ts';
import type { Clock } from '../../../src/api/clock.ts';
import type { Presence } from '../../../src/api/protocol.ts';
import { MovedClock } from '../moved-clock.ts';
import { CookieJar } from './cookie-fetch.ts';
import { stateOf } from './eventually.ts';
import { FaultySocket } from './faulty-socket.ts';

let server: ChatServerProcess;
const clients: { close(): void }[] = [];

before(async () => {
  server = await ChatServerProcess.start();
});
afterEach(() => {
  for (const client of clients.splice(0)) client.close();
});
after(() => server.dispose());

async function desk(): Promise<AgentClient> {
  const jar = new CookieJar(server.url);
  const agent = new AgentClient({
    server: server.url,
    fetch: jar.fetch,
    createSocket: (url) => new FaultySocket(url, {}, { headers: jar.headers }).asWebSocket,
  });
  clients.push(agent);
  await agent.signIn(ADMIN.email, ADMIN.password);
  return agent;
}

function visitor(session: 'auto' | 'lazy', clock?: Clock): ChatClient {
  const client = new ChatClient({ server: server.url, inbox: INBOX, persist: 'none', session, clock });
  clients.push(client);
  return client;
}

/** The agent's own presence, as this console knows it. */
const becomes = (agent: AgentClient, wanted: Presence) =>
  stateOf(agent, (state) => state.agents?.find(({ id }) => id === state.agent?.id)?.presence === wanted);

describe('Presence', { timeout: 60_000 }, () => {
  it('is the same in all consoles of an agent, wherever the switch was turned', async () => {
    const [one, two] = [await desk(), await desk()];
    await Promise.all([becomes(one, 'online'), becomes(two, 'online')]);
    const untouched = two.state.conversations;
    await one.setPresence('away');
    await Promise.all([becomes(one, 'away'), becomes(two, 'away')]);
    assert.equal(two.state.conversations, untouched);
    await two.setPresence('online');
    await Promise.all([becomes(one, 'online'), becomes(two, 'online')]);
    await one.signOut();
    assert.equal(one.state.agents, undefined, 'nobody who has left knows who is there');
  });

  it('reaches a visitor: live where there is a socket, else with the settings, when asked again too', async () => {
    const agent = await desk();
    await becomes(agent, 'online');
    const [live, quiet] = [visitor('auto'), visitor('lazy')];
    assert.equal(quiet.state.online, undefined);
    await Promise.all([live.boot(), quiet.boot()]);
    await stateOf(live, ({ online }) => online === true);
    assert.deepEqual([quiet.state.online, quiet.state.connection, quiet.state.contact], [true, 'idle', null]);
    await agent.setPresence('away');
    await stateOf(live, ({ online }) => online === false);
    assert.equal(quiet.state.online, true, 'nobody told it');
    await quiet.refresh();
    assert.deepEqual([quiet.state.online, quiet.state.contact], [false, null]);
    await agent.setPresence('online');
    await becomes(agent, 'online');
  });

  it('is asked for twice a minute while a visitor without a session looks on, and not any more then', async () => {
    const agent = await desk();
    await becomes(agent, 'online');
    const clock = new MovedClock();
    const quiet = visitor('lazy', clock);
    await quiet.boot();
    const stop = quiet.watch();
    const { settings } = quiet.state;
    for (const wanted of ['away', 'online'] as const) {
      await agent.setPresence(wanted);
      await becomes(agent, wanted);
      await clock.move(30_000);
      await stateOf(quiet, ({ online }) => online === (wanted === 'online'));
    }
    assert.deepEqual(quiet.state.settings, settings);
    stop();
    assert.deepEqual(clock.waits, []);
  });

  it('leaves what is on screen alone where nothing has changed', async () => {
    const clock = new MovedClock();
    let asked = 0;
    const counted: typeof fetch = (...words) => {
      asked += 1;
      return fetch(...words);
    };
    const quiet = new ChatClient({ server: server.url, inbox: INBOX, persist: 'none', clock, fetch: counted });
    clients.push(quiet);
    await quiet.boot();
    const { settings } = quiet.state;
    assert.ok(settings);
    const before = asked;
    await quiet.refresh();
    assert.equal(asked, before + 1);
    assert.equal(quiet.state.settings, settings);
  });
});
