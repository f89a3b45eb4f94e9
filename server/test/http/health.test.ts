import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { NodeLock } from '../../src/store/node-lock.ts';
import { openCluster } from '../nodes/cluster.ts';
import { databaseKinds } from '../support/databases.ts';
import type { TestDatabase } from '../support/databases.ts';
import { Link } from '../support/link.ts';
import { startServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';

const postgres = (await databaseKinds()).find(({ name }) => name === 'PostgreSQL');
const cluster = await openCluster();

/** Asks until the answer is this one. */
async function answers(server: TestServer, path: string, status: number, message?: string): Promise<void> {
  for (;;) {
    const { body, ...answer } = await server.request(path);
    const isAlive = (await server.request('/healthz')).status;
    assert.equal(isAlive, 200, 'it is alive all the time');
    if (answer.status === status && (message === undefined || body.error.message === message)) return;
  }
}

describe('A server on SQLite', () => {
  it('is ready, and knows only its own checks', async () => {
    const server = await startServer();
    assert.deepEqual((await server.request('/readyz')).body, { ok: true });
    assert.deepEqual((await server.request('/readyz?exclude=nats')).body, { ok: true });
    assert.equal((await server.request('/readyz?exclude=all')).status, 400);
    await server.close();
  });
});

if (postgres) {
  describe('A server on PostgreSQL', () => {
    let database: TestDatabase;
    let link: Link;
    let server: TestServer;
    let directUrl: string;
    before(async () => {
      database = await postgres.create();
      assert.ok('databaseUrl' in database.place);
      directUrl = database.place.databaseUrl;
      const through = new URL(directUrl);
      link = await Link.to(Number(through.port));
      through.port = String(link.port);
      server = await startServer({ config: { databaseUrl: through.href } });
    });
    after(async () => {
      await server.close();
      await link.close();
      await database.drop();
    });

    it('is not ready while the lock on the database is lost, and says so', async () => {
      await answers(server, '/readyz', 200);
      await link.cut();
      const silence = { info() {}, warn() {}, error() {} };
      const other = await NodeLock.take(directUrl, true, silence);
      link.mend();
      await answers(server, '/readyz', 503, 'The lock on the database is lost (lock).');
      await answers(server, '/readyz?exclude=lock', 200);
      await other.close();
      await answers(server, '/readyz', 200);
    });

    it('is not ready while the database says nothing, and does not wait for it for long', async () => {
      link.freeze();
      const { status, body, headers } = await server.request('/readyz?exclude=lock');
      assert.deepEqual([status, body.error.code], [503, 'unavailable']);
      assert.equal(body.error.message, 'The database does not answer (database).');
      assert.ok(Number(headers.get('retry-after')) > 0);
      link.thaw();
      await answers(server, '/readyz', 200);
    });
  });
}

if (cluster) {
  describe('A node of several', () => {
    after(() => cluster.close());

    it('is not ready while NATS is away, and is when it is back', async () => {
      const node = await cluster.node();
      await answers(node, '/readyz', 200);
      await cluster.withoutNats(async () => {
        await answers(node, '/readyz', 503, 'NATS cannot be reached (nats).');
        await answers(node, '/readyz?exclude=nats', 200);
      });
      await answers(node, '/readyz', 200);
    });
  });
}
