import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { uuid } from '../support/ids.ts';
import { visitor } from '../support/socket.ts';
import type { TestSocket } from '../support/socket.ts';
import { openCluster } from './cluster.ts';

const A_DAY = 5;

const cluster = await openCluster();

/** Starts conversations, all at once; answers how many were taken. */
async function start(socket: TestSocket, count: number): Promise<number> {
  const clientIds = Array.from({ length: count }, () => uuid());
  for (const clientId of clientIds) {
    socket.send({ type: 'send', conversationId: uuid(), clientId, text: 'hello', start: true });
  }
  const outcomes = clientIds.map((clientId) =>
    Promise.race([
      socket.next('entry', ({ entry }) => 'clientId' in entry && entry.clientId === clientId).then(() => true),
      socket
        .next('error', (error) => error.clientId === clientId)
        .then(({ code, message }) => {
          assert.equal(code, 'rate_limited');
          assert.match(message, /conversationsPerDay/);
          return false;
        }),
    ]),
  );
  return (await Promise.all(outcomes)).filter(Boolean).length;
}

if (cluster) {
  describe('A contact with a device on each of two nodes', () => {
    after(() => cluster.close());

    it('starts so many conversations a day and no more, on all nodes together [hostile 67]', async () => {
      const limits = { conversationsPerDay: A_DAY };
      const [one, two] = [await cluster.node(undefined, limits), await cluster.node(undefined, limits)];
      const [phone, laptop] = [
        await visitor(one, await one.verified('kim@x.test')),
        await visitor(two, await two.verified('kim@x.test')),
      ];
      const taken = await Promise.all([start(phone, A_DAY), start(laptop, A_DAY)]);
      assert.equal(taken[0] + taken[1], A_DAY);
      assert.deepEqual(await Promise.all([start(phone, 1), start(laptop, 1)]), [0, 0]);
      assert.equal(await start(await visitor(two), 1), 1, 'somebody else is free to');
    });
  });
}
