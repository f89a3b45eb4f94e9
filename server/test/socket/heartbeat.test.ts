import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { PingFrame } from '../../../src/api/protocol.ts';
import { uuid } from '../support/ids.ts';
import { startServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';
import { agent, say, visitor } from '../support/socket.ts';
import type { TestSocket } from '../support/socket.ts';

const HEARTBEAT_MS = 1_000;

let server: TestServer;
let now = Date.now();
before(async () => {
  server = await startServer({ limits: { heartbeatMs: HEARTBEAT_MS }, now: () => now });
});
after(() => server.close());

/** The next ping of each socket: time stands still unless somebody asks for one. Resolves when its answer was heard. */
async function beat(...sockets: readonly TestSocket[]): Promise<PingFrame[]> {
  now += HEARTBEAT_MS;
  return Promise.all(
    sockets.map(async (socket) => {
      const ping = await socket.next('ping');
      socket.send({ type: 'pong' });
      // Frames are read in order, and a second hello is answered: by an error.
      socket.send({ type: 'hello', version: 1 });
      await socket.next('error');
      return ping;
    }),
  );
}

/** How many frames came before the last ping and after the one before. */
function received({ seen }: TestSocket): number {
  const last = seen.findLastIndex(({ type }) => type === 'ping');
  const before = seen.slice(0, last).findLastIndex(({ type }) => type === 'ping');
  return last - before - 1;
}

describe('A ping', () => {
  it('says how many frames went before it, whatever they were and whoever they were for', async () => {
    const desk = await agent(server);
    await desk.next('presence');
    const ada = await visitor(server);
    const sockets = [ada, desk];
    const agree = async (): Promise<void> => {
      const pings = await beat(...sockets);
      assert.deepEqual(
        pings.map(({ sent }) => sent),
        sockets.map(received),
      );
    };
    await agree();
    assert.ok(received(ada) >= 1, 'welcome');

    const conversationId = uuid();
    const { seq } = await say(ada, conversationId, 'One', true);
    await desk.next('entry', ({ entry }) => entry.conversationId === conversationId);
    desk.send({ type: 'typing', conversationId, typing: true });
    await ada.next('typing');
    desk.send({ type: 'read', conversationId, seq });
    await ada.next('read');
    await desk.next('read');
    ada.send({ type: 'send', conversationId: uuid(), clientId: uuid(), text: 'Nowhere' });
    await ada.next('error');
    await agree();
    assert.ok(received(ada) >= 6, 'error (of the beat), conversation, entry, typing, read, error');
    await agree();
  });
});
