import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import type { Agent } from '../../../src/api/protocol.ts';
import { AGENT_COOKIE } from '../../src/http/access.ts';
import { hashToken, mintToken } from '../../src/identity/token.ts';
import { ServerProcess } from '../support/server-process.ts';
import type { TestServer } from '../support/server.ts';
import { agent, connect, visitor } from '../support/socket.ts';
import type { TestSocket } from '../support/socket.ts';
import { openCluster } from './cluster.ts';

const HOUR_MS = 3_600_000;
/** Long enough for a slow machine to renew it, short enough to be waited for. */
const PRESENCE_MS = 3_000;

const cluster = await openCluster();

if (cluster) {
  describe('Agents on several nodes', () => {
    const folder = mkdtempSync(join(tmpdir(), 'chat-presence-'));
    after(async () => {
      await cluster.close();
      rmSync(folder, { recursive: true, force: true });
    });

    const switchTo = async (node: TestServer, presence: Agent['presence']): Promise<void> => {
      const headers = { cookie: await node.cookie() };
      await node.request('/v1/agent/session', { method: 'PATCH', body: { presence }, headers });
    };
    const presencesOn = async (node: TestServer): Promise<(string | undefined)[]> => {
      const { body } = await node.api<{ agents: Agent[] }>('/v1/agents');
      return body.agents.map(({ presence }) => presence);
    };
    /** Reads what it was told from where the last call left off, so that an old word is never taken for news. */
    const becomes = async (socket: TestSocket, wanted: boolean): Promise<void> => {
      while ((await socket.next('online')).online !== wanted);
    };

    it('are there for the visitors of each, come and go by their switch, while NATS is away too', async () => {
      const [one, two] = [await cluster.node(undefined, { presenceMs: HOUR_MS }), await cluster.node()];
      const ada = await visitor(one);
      await agent(two);
      await becomes(ada, true);
      assert.deepEqual([await presencesOn(one), await presencesOn(two)], [['online'], ['online']]);
      await switchTo(two, 'away');
      await becomes(ada, false);
      await cluster.withoutNats(async () => {
        await switchTo(two, 'online');
        assert.deepEqual(await presencesOn(one), ['online'], 'who asks is told the truth');
      });
      // All sockets were told to come again, and hear it then.
      await ada.closed;
      await becomes(await visitor(one, ada), true);
      await Promise.all([one.close(), two.close()]);
    });

    it('are offline within presenceMs when the node that they were on is killed', async () => {
      const one = await cluster.node(undefined, { presenceMs: PRESENCE_MS });
      const two = new ServerProcess({
        DATABASE_URL: cluster.databaseUrl,
        DATA_DIR: folder,
        NATS_URL: cluster.nats.url,
        LIMITS: JSON.stringify({ presenceMs: PRESENCE_MS }),
      });
      const url = (await two.listening()).replace('http', 'ws');
      const ada = await visitor(one);
      // Who was there in the test before has to be forgotten first.
      await becomes(ada, false);
      const desk = await connect(`${url}/v1/agent/socket`, { cookie: await one.cookie() });
      await desk.hello();
      await becomes(ada, true);
      assert.deepEqual(await presencesOn(one), ['online']);
      await two.stop('SIGKILL');
      await becomes(ada, false);
      // A machine that stood still may have been late with its word once before.
      while ((await presencesOn(one)).includes('online')) await becomes(ada, false);
    });

    it('stay there for the visitors when their node is killed and they come again elsewhere in time', async () => {
      const limits = { presenceMs: HOUR_MS };
      const one = await cluster.node(undefined, limits);
      const two = new ServerProcess({
        DATABASE_URL: cluster.databaseUrl,
        DATA_DIR: folder,
        NATS_URL: cluster.nats.url,
        LIMITS: JSON.stringify(limits),
      });
      const url = (await two.listening()).replace('http', 'ws');
      const desk = await connect(`${url}/v1/agent/socket`, { cookie: await one.cookie() });
      await desk.hello();
      const ada = await visitor(one);
      await becomes(ada, true);
      await two.stop('SIGKILL');
      await agent(one);
      await switchTo(one, 'away');
      await becomes(ada, false);
      const heard = ada.seen.flatMap((frame) => (frame.type === 'online' ? [frame.online] : []));
      // What was told while she said hello she is told again after her welcome.
      const changes = heard.slice(heard.indexOf(true)).filter((online, at, all) => online !== all[at - 1]);
      assert.deepEqual(changes, [true, false], 'only the switch was heard');
      await switchTo(one, 'online');
    });

    it('are offline everywhere at once when they sign out, whichever node hears of it', async () => {
      const [one, two] = [await cluster.node(undefined, { presenceMs: HOUR_MS }), await cluster.node()];
      const bo = { email: 'bo@shop.example', name: 'Bo', role: 'agent', passwordHash: 'nobody types it' } as const;
      const { id: agentId } = (await one.chat.store.agents.ensure(bo)).agent;
      const token = mintToken();
      const expiresAt = Date.now() + HOUR_MS;
      await one.chat.store.agents.createSession({ agentId, tokenHash: hashToken(token), expiresAt });
      const headers = { cookie: `${AGENT_COOKIE}=${token}` };
      const watcher = await agent(one);
      const desk = await two.socket('/v1/agent/socket', headers);
      await desk.hello();
      await watcher.next('presence', ({ agents }) => agents[agentId] === 'online');
      await one.request('/v1/agent/session', { method: 'DELETE', headers });
      assert.equal(await desk.closed, 4401);
      await watcher.next('presence', ({ agents }) => agents[agentId] === 'offline');
      await Promise.all([one.close(), two.close()]);
    });
  });
}
