import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Agent, WidgetSettingsAnswer } from '../../src/api/protocol.ts';
import { AGENT_COOKIE } from '../src/http/access.ts';
import { hashToken, mintToken } from '../src/identity/token.ts';
import { startServer } from './support/server.ts';
import type { Overrides, TestServer } from './support/server.ts';
import { agent, visitor } from './support/socket.ts';
import type { TestSocket } from './support/socket.ts';

const HOUR_MS = 3_600_000;
/** So short that a test can wait for it. */
const SOON_MS = 50;

const servers: TestServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function start(presenceMs: number, overrides: Overrides = {}): Promise<TestServer> {
  const server = await startServer({ ...overrides, limits: { presenceMs } });
  servers.push(server);
  return server;
}

/** One more agent, who is signed in. */
async function colleague(server: TestServer, name: string): Promise<{ id: string; come(): Promise<TestSocket> }> {
  const { agents } = server.chat.store;
  const email = `${name}@shop.example`;
  const { agent: row } = await agents.ensure({ email, name, role: 'agent', passwordHash: 'nobody types it' });
  const token = mintToken();
  await agents.createSession({ agentId: row.id, tokenHash: hashToken(token), expiresAt: Date.now() + HOUR_MS });
  const cookie = `${AGENT_COOKIE}=${token}`;
  const come = async (): Promise<TestSocket> => {
    const socket = await server.socket('/v1/agent/socket', { cookie });
    await socket.hello();
    return socket;
  };
  return { id: row.id, come };
}

async function adminOf(server: TestServer): Promise<Agent> {
  const cookie = await server.cookie();
  return (await server.request<{ agent: Agent }>('/v1/agent/session', { headers: { cookie } })).body.agent;
}

/** Turns the admin's own switch. */
async function turn(server: TestServer, presence: string): Promise<{ status: number; body: { agent: Agent } }> {
  const headers = { cookie: await server.cookie() };
  return server.request<{ agent: Agent }>('/v1/agent/session', { method: 'PATCH', body: { presence }, headers });
}

/** Reads, in order, until a visitor is told so: what was told before is no news. */
async function hears(visitor: TestSocket, online: boolean): Promise<void> {
  while ((await visitor.next('online')).online !== online);
}

/** What a visitor has heard so far. */
const heard = ({ seen }: TestSocket): boolean[] =>
  seen.flatMap((frame) => (frame.type === 'online' ? [frame.online] : []));

describe('A visitor', () => {
  it('hears after the welcome, and when it changes, whether somebody is there; of who it is only what everybody may see', async () => {
    const server = await start(SOON_MS);
    const bo = await colleague(server, 'bo');
    const ada = await visitor(server);
    assert.equal((await ada.next('online')).online, false);
    const desk = await agent(server);
    assert.equal((await ada.next('online')).online, true);
    const other = await bo.come();
    await desk.next('presence', ({ agents }) => agents[bo.id] === 'online');
    await other.close();
    await desk.next('presence', ({ agents }) => agents[bo.id] === 'offline');
    await desk.close();
    assert.equal((await ada.next('online')).online, false);
    assert.deepEqual(heard(ada), [false, true, false], 'nothing of the second agent');
    const told = JSON.stringify(ada.seen);
    const { email } = await adminOf(server);
    for (const secret of [email, 'bo@shop.example', 'away', 'offline']) assert.ok(!told.includes(secret), secret);
  });

  it('hears at once that an agent has signed out, of the last session only, and not that one came in anew', async () => {
    const server = await start(HOUR_MS);
    const ada = await visitor(server);
    await hears(ada, false);
    const signOut = (cookie: string) => server.request('/v1/agent/session', { method: 'DELETE', headers: { cookie } });
    const [one, two] = [await server.signIn(), await server.signIn()];
    const desks = [one, two].map(async (cookie) => {
      const socket = await server.socket('/v1/agent/socket', { cookie });
      await socket.hello();
      return socket;
    });
    const [first, second] = await Promise.all(desks);
    await hears(ada, true);
    // As the console does: it hangs up, then says why.
    await first!.close();
    await signOut(one);
    assert.equal(server.chat.presence.online, true);
    const { email, password } = server.admin;
    const again = await server.request('/v1/agent/session', {
      ...{ method: 'POST', headers: { cookie: two }, body: { email, password } },
    });
    await second!.closed;
    const three = again.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    await signOut(three);
    await hears(ada, false);
    assert.deepEqual(heard(ada), [false, true, false]);
    assert.equal((await adminOf(server)).presence ?? 'offline', 'offline');
  });

  it('without a session learns it from the settings, whose ETag never says “the same” when it is not', async () => {
    const server = await start(HOUR_MS);
    const settings = (etag = '') =>
      server.widget<WidgetSettingsAnswer>('/settings', { headers: { 'if-none-match': etag } });
    const before = await settings();
    assert.equal(before.body.online, false);
    const ada = await visitor(server);
    await agent(server);
    await hears(ada, true);
    const now = await settings(before.headers.get('etag') ?? '');
    assert.deepEqual([now.status, now.body.online], [200, true]);
    assert.equal((await settings(now.headers.get('etag') ?? '')).status, 304);
  });

  it('hears nothing of an agent who reloads the console', async () => {
    const server = await start(HOUR_MS);
    const desk = await agent(server);
    const ada = await visitor(server);
    await hears(ada, true);
    await desk.close();
    await agent(server);
    await turn(server, 'away');
    await hears(ada, false);
    const [first, ...rest] = heard(ada).reverse();
    assert.equal(first, false);
    assert.ok(!rest.slice(0, rest.lastIndexOf(true) + 1).includes(false), JSON.stringify(heard(ada)));
  });

  it('hears one thing when fifty agents come at once, and agents hear of all of them', async () => {
    const server = await start(HOUR_MS);
    const ada = await visitor(server);
    const passwordHash = 'nobody signs in';
    const { store } = server.chat;
    const ids = await Promise.all(
      Array.from({ length: 50 }, async (_, i) => {
        const email = `agent${i}@shop.example`;
        return (await store.agents.ensure({ email, name: email, role: 'agent', passwordHash })).agent.id;
      }),
    );
    const desk = await agent(server);
    await hears(ada, true);
    const { presence } = server.chat;
    for (const id of ids) presence.enter(id);
    const known = new Set<string>();
    while (known.size < ids.length) {
      const { agents } = await desk.next('presence');
      for (const id of ids) if (agents[id] === 'online') known.add(id);
    }
    assert.deepEqual(heard(ada), [false, true]);
    const notices = desk.seen.filter(({ type }) => type === 'presence');
    assert.equal(notices.length, 2, 'their own, and one of all fifty');
  });
});

describe('An agent', () => {
  it('is told at the welcome who of the others is there, and then what changes', async () => {
    const server = await start(SOON_MS);
    const bo = await colleague(server, 'bo');
    const { id } = await adminOf(server);
    const desk = await server.socket('/v1/agent/socket', { cookie: await server.cookie() });
    const { agents } = await desk.hello();
    const presences = agents?.map((each) => [each.id, each.presence]);
    assert.deepEqual(presences, [
      [id, 'online'],
      [bo.id, 'offline'],
    ]);
    const other = await bo.come();
    await desk.next('presence', (frame) => frame.agents[bo.id] === 'online');
    await other.close();
    await desk.next('presence', (frame) => frame.agents[bo.id] === 'offline');
  });

  it('is there as long as one of their consoles is open', async () => {
    const server = await start(SOON_MS);
    const bo = await colleague(server, 'bo');
    const [desk, phone] = [await bo.come(), await bo.come()];
    const other = await agent(server);
    const { id } = await adminOf(server);
    // Who comes and goes between two looks was never there.
    await desk.next('presence', ({ agents }) => agents[id] === 'online');
    await phone.close();
    const passing = await agent(server);
    await other.close();
    await passing.close();
    // Who left later is gone by now.
    await desk.next('presence', ({ agents }) => agents[id] === 'offline');
    const told = desk.seen.flatMap((frame) => (frame.type === 'presence' ? [frame.agents[bo.id]] : []));
    assert.ok(!told.includes('offline'), JSON.stringify(told));
  });

  it('is away by their own switch, for everybody, in all sessions', async () => {
    const server = await start(HOUR_MS);
    const [ada, desk] = [await visitor(server), await agent(server)];
    const { id } = await adminOf(server);
    await hears(ada, true);
    const away = await turn(server, 'away');
    assert.deepEqual([away.status, away.body.agent.id, away.body.agent.presence], [200, id, 'away']);
    await desk.next('presence', ({ agents }) => agents[id] === 'away');
    await hears(ada, false);
    const { body } = await server.api<{ agents: Agent[] }>('/v1/agents');
    assert.deepEqual(
      body.agents.map((each) => each.presence),
      ['away'],
    );
    const elsewhere = await server.socket('/v1/agent/socket', { cookie: await server.signIn() });
    assert.equal((await elsewhere.hello()).agents?.[0]?.presence, 'away');
    assert.equal((await turn(server, 'online')).body.agent.presence, 'online');
    await hears(ada, true);
  });

  it('cannot switch to offline, and nobody else switches for them', async () => {
    const server = await start(HOUR_MS);
    assert.equal((await turn(server, 'offline')).status, 400);
    const patch = { method: 'PATCH', body: { presence: 'away' } };
    assert.equal((await server.api('/v1/agent/session', patch)).status, 403);
    const headers = { cookie: await server.cookie(), origin: 'https://evil.example' };
    assert.equal((await server.request('/v1/agent/session', { ...patch, headers })).status, 403);
  });

  it('who is disabled is not there, whatever is open', async () => {
    const server = await start(HOUR_MS);
    const bo = await colleague(server, 'bo');
    const [ada] = [await visitor(server), await bo.come()];
    await hears(ada, true);
    await server.chat.store.agents.update(bo.id, { disabled: true });
    server.chat.presence.changed();
    await hears(ada, false);
  });
});

describe('A server that starts again', () => {
  let dataDir: string;
  before(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'chat-presence-'));
  });
  after(() => rmSync(dataDir, { recursive: true, force: true }));

  it('gives the agents who were there time to come back, and keeps their switch', async () => {
    const again = async (presenceMs: number): Promise<TestServer> => {
      await servers.pop()?.close();
      return start(presenceMs, { config: { dataDir } });
    };
    const first = await again(HOUR_MS);
    await agent(first);
    const second = await again(HOUR_MS);
    const waiting = await visitor(second);
    assert.equal((await waiting.next('online')).online, true, 'before the agent is back');
    await turn(second, 'away');
    await hears(waiting, false);
    const third = await again(SOON_MS);
    const desk = await third.socket('/v1/agent/socket', { cookie: await third.cookie() });
    assert.equal((await desk.hello()).agents?.[0]?.presence, 'away');
    await turn(third, 'online');
    await desk.close();
    const fourth = await again(SOON_MS);
    const ada = await visitor(fourth);
    await hears(ada, false);
  });
});
