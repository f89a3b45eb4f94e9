import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CloseCode } from '../../../src/api/protocol.ts';
import type { EntryPage } from '../../../src/api/protocol.ts';
import type { Limits } from '../../src/limits.ts';
import { uuid } from '../support/ids.ts';
import { startServer } from '../support/server.ts';
import type { Overrides, TestServer } from '../support/server.ts';
import { echo, visitor } from '../support/socket.ts';
import type { TestSocket } from '../support/socket.ts';

async function withServer(limits: Partial<Limits>, run: (server: TestServer) => Promise<void>, more: Overrides = {}) {
  const server = await startServer({ limits, ...more });
  await run(server).finally(() => server.close());
}

/** Says so many things at once. @returns their clientIds */
function sendAll(socket: TestSocket, conversationId: string, count: number): string[] {
  return Array.from({ length: count }, (_, i) => {
    const clientId = uuid();
    socket.send({ type: 'send', conversationId, clientId, text: `${i + 1}`, start: true });
    return clientId;
  });
}

/** What is stored of it. */
async function storedOf(server: TestServer, conversationId: string): Promise<string[]> {
  const { body } = await server.api<EntryPage>(`/v1/conversations/${conversationId}/entries?limit=100`);
  return body.entries.flatMap((entry) => (entry.type === 'message' ? [entry.clientId] : []));
}

/** A clock that stands still: nothing that waits is ever read. */
const NOW = Date.now();

const isError = ({ type }: { readonly type: string }): boolean => type === 'error';

describe('Who sends faster than the server reads', () => {
  for (const rule of ['framesPerSocket', 'framesPerAddress'] as const) {
    it(`waits, and all of it is stored, in order and once (${rule}) [hostile 67]`, async () => {
      await withServer({ [rule]: { burst: 10, perSecond: 200 } }, async (server) => {
        const socket = await visitor(server);
        const id = uuid();
        const clientIds = sendAll(socket, id, 90);
        await echo(socket, clientIds.at(-1)!);
        assert.deepEqual(await storedOf(server, id), clientIds);
        assert.deepEqual(socket.seen.filter(isError), []);
      });
    });
  }

  it('is not taken for dead while it waits, and what it sent is read in the end', async () => {
    let now = Date.now();
    const limits = { heartbeatMs: 1_000, framesPerSocket: { burst: 4, perSecond: 0.25 } };
    await withServer(
      limits,
      async (server) => {
        const socket = await visitor(server);
        const id = uuid();
        const clientIds = sendAll(socket, id, 4);
        await echo(socket, clientIds[2]!);
        for (let ping = 1; ping <= 3; ping++) {
          now += 1_000;
          await socket.next('ping');
        }
        now += 1_000;
        await echo(socket, clientIds[3]!);
        assert.deepEqual(await storedOf(server, id), clientIds);
      },
      { now: () => now },
    );
  });

  it('without end is cut off at the first frame that is not read: nothing behind it is stored [hostile 67]', async () => {
    await withServer({ framesPerSocket: { burst: 20, perSecond: 1 } }, async (server) => {
      const socket = await visitor(server);
      const id = uuid();
      const clientIds = sendAll(socket, id, 2_000);
      const error = await socket.next('error');
      assert.deepEqual([error.code, error.clientId], ['rate_limited', undefined]);
      assert.match(error.message, /framesPerSocket/);
      assert.ok((error.retryAfterMs ?? 0) > 0);
      assert.equal(await socket.closed, CloseCode.tryLater);
      assert.equal(socket.seen.filter(isError).length, 1);
      const stored = await storedOf(server, id);
      assert.deepEqual(stored, clientIds.slice(0, stored.length));
    });
  });

  it('is cut off when it would have to wait for too long [hostile 67]', async () => {
    await withServer({ framesPerAddress: { burst: 8, perSecond: 0.1 } }, async (server) => {
      const [one, two] = [await visitor(server), await visitor(server)];
      const clientIds = sendAll(one, uuid(), 6);
      await echo(one, clientIds.at(-1)!);
      sendAll(two, uuid(), 1);
      assert.match((await two.next('error')).message, /framesPerAddress/);
      assert.equal(await two.closed, CloseCode.tryLater);
    });
  });

  it('is told to come again when the server goes down', async () => {
    const limits = { framesPerSocket: { burst: 4, perSecond: 0.25 } };
    await withServer(
      limits,
      async (server) => {
        const socket = await visitor(server);
        const clientIds = sendAll(socket, uuid(), 10);
        await echo(socket, clientIds[2]!);
        await server.chat.close();
        assert.equal(await socket.closed, CloseCode.restart);
      },
      { now: () => NOW },
    );
  });
});
