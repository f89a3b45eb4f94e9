import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, describe, it } from 'node:test';
import type { Entry, EntryPage, SessionAnswer } from '../../../src/api/protocol.ts';
import { uuid } from '../support/ids.ts';
import { ServerProcess } from '../support/server-process.ts';
import { agent, connect } from '../support/socket.ts';
import type { TestSocket } from '../support/socket.ts';
import { openCluster } from './cluster.ts';

const NO_LIMITS = JSON.stringify({
  messagesPerMinute: 100_000,
  framesPerSocket: { burst: 10_000, perSecond: 10_000 },
});
const MESSAGES = 200;
/** As many as a client has on their way at once. */
const IN_FLIGHT = 16;

const cluster = await openCluster();

if (cluster) {
  describe('Nodes as processes', () => {
    const { databaseUrl, nats } = cluster;
    const folder = mkdtempSync(join(tmpdir(), 'chat-nodes-'));
    const running: ServerProcess[] = [];
    afterEach(async () => {
      for (const each of running.splice(0)) if (each.child.exitCode === null) await each.stop('SIGKILL');
    });
    after(async () => {
      await cluster.close();
      rmSync(folder, { recursive: true, force: true });
    });

    function start(env: Readonly<Record<string, string>>): ServerProcess {
      const started = new ServerProcess({ DATABASE_URL: databaseUrl, DATA_DIR: folder, LIMITS: NO_LIMITS, ...env });
      running.push(started);
      return started;
    }

    async function open(url: string, token: string, since: Record<string, number>): Promise<TestSocket> {
      const socket = await connect(`${url.replace('http', 'ws')}/v1/widget/demo/socket`, {});
      await socket.hello({ token, since });
      return socket;
    }

    const entriesOf = (socket: TestSocket): Entry[] =>
      socket.seen.flatMap((frame) => (frame.type === 'entry' ? [frame.entry] : []));

    describe('A node of two that is killed in the middle of a conversation, and replaced', () => {
      it('takes nothing with it: each message is there once, in order, and the agent on node 1 has heard them all', async () => {
        const one = await cluster.node();
        const two = start({ NATS_URL: nats.url });
        let url = await two.listening();
        const console = await agent(one);
        const { token } = (await one.session()) satisfies SessionAnswer;
        const conversationId = uuid();
        const waiting = Array.from({ length: MESSAGES }, (_, i) => ({ clientId: uuid(), text: `message ${i}` }));
        const texts = waiting.map(({ text }) => text);

        let socket = await open(url, token, {});
        let kills = 0;
        let held = 0;
        while (waiting.length > 0) {
          const batch = waiting.slice(0, IN_FLIGHT);
          for (const message of batch) socket.send({ type: 'send', conversationId, start: true, ...message });
          if (kills === 0 && waiting.length <= MESSAGES / 2) {
            kills += 1;
            // At the first echo the others of this batch are anywhere: on the wire, stored, told.
            await socket.next('entry', ({ entry }) => 'clientId' in entry && entry.clientId === batch[0]?.clientId);
            await two.stop('SIGKILL');
            await socket.closed;
            url = await start({ NATS_URL: nats.url }).listening();
            held = Math.max(held, ...entriesOf(socket).map(({ seq }) => seq));
            socket = await open(url, token, { [conversationId]: held });
            continue;
          }
          for (const { clientId } of batch) {
            const { entry } = await socket.next('entry', (f) => 'clientId' in f.entry && f.entry.clientId === clientId);
            held = Math.max(held, entry.seq);
          }
          waiting.splice(0, batch.length);
        }

        assert.equal(kills, 1);
        const log: Entry[] = [];
        for (let page: Entry[] = [], after = 0; log.length === 0 || page.length > 0; after = log.length) {
          const { body } = await one.widget<EntryPage>(
            `/conversations/${conversationId}/entries?after=${after}&limit=100`,
            { token },
          );
          log.push(...(page = [...body.entries]));
        }
        assert.deepEqual(
          log.map((entry) => [entry.seq, 'text' in entry && entry.text]),
          texts.map((text, index) => [index + 1, text]),
        );
        await console.next('entry', ({ entry }) => entry.seq === MESSAGES);
        const heard = new Map(entriesOf(console).map((entry) => [entry.seq, entry]));
        assert.deepEqual(
          [...heard.values()].sort((left, right) => left.seq - right.seq),
          log,
        );
      });
    });

    describe('Starting a node', () => {
      it('without NATS beside nodes that have it is refused in one sentence', async () => {
        await cluster.node();
        const refused = start({});
        assert.deepEqual(await refused.exited, [1, null]);
        assert.match(
          refused.output,
          /^Another node uses this database: set the same NATS_URL on every node[^\n]*\.\n$/,
        );
      });

      it('with a NATS that does not answer is refused in one sentence, without its password', async () => {
        const refused = start({ NATS_URL: 'nats://chat:hunter2@127.0.0.1:1' });
        assert.deepEqual(await refused.exited, [1, null]);
        assert.match(refused.output, /^NATS_URL: no NATS server at 127\.0\.0\.1:1 (?!.*hunter2)[^\n]*\.\n$/);
      });
    });
  });
}
