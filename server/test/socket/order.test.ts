import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, it } from 'node:test';
import type { EntryPage, ErrorFrame } from '../../../src/api/protocol.ts';
import { uuid } from '../support/ids.ts';
import { startServer } from '../support/server.ts';
import type { Overrides, TestServer } from '../support/server.ts';
import { agent, echo, say, visitor } from '../support/socket.ts';
import type { TestSocket } from '../support/socket.ts';

/** One message a person wants to say, as often as it must be sent. */
class Words {
  readonly #socket: TestSocket;
  readonly #frame: { type: 'send'; conversationId: string; clientId: string; text: string };

  constructor(socket: TestSocket, conversationId: string, text: string) {
    this.#socket = socket;
    this.#frame = { type: 'send', conversationId, clientId: uuid(), text };
  }

  async isStored(): Promise<void> {
    this.#socket.send(this.#frame);
    await echo(this.#socket, this.#frame.clientId);
  }

  async isRefused(code: ErrorFrame['code']): Promise<ErrorFrame> {
    this.#socket.send(this.#frame);
    const error = await this.#socket.next('error', ({ clientId }) => clientId === this.#frame.clientId);
    assert.deepEqual([error.code, error.conversationId], [code, this.#frame.conversationId]);
    assert.ok((error.retryAfterMs ?? 0) > 0);
    return error;
  }
}

async function textsOf(server: TestServer, conversationId: string): Promise<string[]> {
  const { body } = await server.api<EntryPage>(`/v1/conversations/${conversationId}/entries?limit=100`);
  return body.entries.flatMap((entry) => (entry.type === 'message' ? [entry.text] : []));
}

async function withServer(overrides: Overrides, run: (server: TestServer) => Promise<void>): Promise<void> {
  const server = await startServer(overrides);
  await run(server).finally(() => server.close());
}

describe('What was on its way behind a message that is refused for now', () => {
  for (const [who, enter] of [
    ['a visitor', (server: TestServer) => visitor(server)],
    ['an agent', agent],
  ] as const) {
    it(`is refused until that one has come again: the database was away for ${who}`, async () => {
      await withServer({}, async (server) => {
        const asking = await visitor(server);
        const [id, elsewhere] = [uuid(), uuid()];
        await say(asking, id, 'zero', true);
        await say(asking, elsewhere, 'zero', true);
        const socket = who === 'a visitor' ? asking : await enter(server);
        const [first, second] = [new Words(socket, id, 'one'), new Words(socket, id, 'two')];
        {
          using other = new DatabaseSync(join(server.dataDir, 'chat.db'));
          other.exec('begin immediate');
          await first.isRefused('unavailable');
        }
        await second.isRefused('unavailable');
        await new Words(socket, elsewhere, 'not concerned').isStored();
        await first.isStored();
        await second.isStored();
        assert.deepEqual(await textsOf(server, id), ['zero', 'one', 'two']);
      });
    });
  }

  it('is refused likewise when that one came too soon, and goes on when it is not sent any more', async () => {
    let now = Date.now();
    await withServer({ limits: { messagesPerMinute: 3 }, now: () => now }, async (server) => {
      const socket = await visitor(server);
      const id = uuid();
      await say(socket, id, 'zero', true);
      const [first, second] = [new Words(socket, id, 'one'), new Words(socket, id, 'two')];
      await first.isRefused('rate_limited');
      now += 20_000;
      const { message } = await second.isRefused('rate_limited');
      assert.match(message, /send that one again first/);
      await first.isStored();
      now += 20_000;
      await second.isStored();

      await new Words(socket, id, 'thrown away').isRefused('rate_limited');
      now += 30_000;
      const third = new Words(socket, id, 'three');
      await third.isRefused('rate_limited');
      now += 31_000;
      await third.isStored();
      assert.deepEqual(await textsOf(server, id), ['zero', 'one', 'two', 'three']);
    });
  });
});
