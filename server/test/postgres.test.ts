import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openPool } from '../src/store/postgres.ts';
import { uuid } from './support/ids.ts';
import { databaseKinds } from './support/databases.ts';
import type { TestDatabase } from './support/databases.ts';
import { startServer } from './support/server.ts';
import type { TestServer } from './support/server.ts';
import { agent, echo, say, visitor } from './support/socket.ts';

// Where it cannot run it is skipped, loudly; see databases.ts.
const postgres = (await databaseKinds()).find(({ name }) => name === 'PostgreSQL');

if (postgres) {
  describe('The whole server on PostgreSQL', () => {
    let database: TestDatabase;
    let server: TestServer;
    before(async () => {
      database = await postgres.create();
      assert.ok('databaseUrl' in database.place);
      server = await startServer({ config: { databaseUrl: database.place.databaseUrl } });
    });
    after(async () => {
      await server.close();
      await database.drop();
    });

    it('carries a conversation from the first word of an anonymous visitor to a verified history', async () => {
      const anonymous = await server.session();
      const [socket, console] = [await visitor(server, anonymous), await agent(server)];
      const conversationId = uuid();
      const question = await say(socket, conversationId, 'Is anybody there?', true);
      assert.deepEqual(await echo(console, question.clientId), question);
      const answer = await say(console, conversationId, 'Yes!');
      assert.deepEqual(await echo(socket, answer.clientId), answer);
      const authToken = await server.sign('leela@planet-express.com');
      const verified = await server.session({ email: 'leela@planet-express.com', authToken }, anonymous.token);
      const again = await server.socket(`/v1/widget/${server.inbox}/socket`);
      const welcome = await again.hello({ token: verified.token });
      assert.deepEqual(
        welcome.conversations.map(({ id, lastSeq, unread }) => ({ id, lastSeq, unread })),
        [{ id: conversationId, lastSeq: 3, unread: 1 }],
      );
    });

    it('has on disk what it acknowledges, also in a database that is set to be quicker than that', async () => {
      assert.ok('databaseUrl' in database.place);
      const { databaseUrl } = database.place;
      const setting = async (): Promise<unknown> => {
        const pool = openPool(databaseUrl, { max: 1, timeoutMs: 15_000, onBroken() {} });
        const { rows } = await pool.query<{ synchronous_commit: string }>('show synchronous_commit');
        await pool.end();
        return rows[0]?.synchronous_commit;
      };
      const pool = openPool(databaseUrl, { max: 1, onBroken() {} });
      const name = new URL(databaseUrl).pathname.slice(1);
      for (const [given, wanted] of [
        ['off', 'on'],
        ['remote_apply', 'remote_apply'],
      ]) {
        await pool.query(`alter database "${name}" set synchronous_commit = ${given}`);
        assert.equal(await setting(), wanted);
      }
      await pool.query(`alter database "${name}" reset synchronous_commit`);
      await pool.end();
    });

    it('acknowledges nothing while the database is away, says so, and goes on when it is back', async () => {
      const socket = await visitor(server);
      const conversationId = uuid();
      await say(socket, conversationId, 'before', true);
      await postgres.server?.stop();
      const clientId = uuid();
      socket.send({ type: 'send', conversationId, clientId, text: 'during' });
      const error = await socket.next('error');
      assert.deepEqual([error.code, error.clientId], ['unavailable', clientId]);
      assert.ok((error.retryAfterMs ?? 0) > 0);
      for (const path of ['/readyz', '/v1/conversations']) {
        const { status, headers, body } = await server.api(path);
        assert.deepEqual([status, body.error.code], [503, 'unavailable'], path);
        assert.ok(Number(headers.get('retry-after')) > 0);
      }
      assert.equal((await server.request('/healthz')).status, 200);

      await postgres.server?.start();
      socket.send({ type: 'send', conversationId, clientId, text: 'during' });
      assert.equal((await echo(socket, clientId)).seq, 2);
      // Once it has its lock again too.
      while ((await server.request('/readyz')).status !== 200);
    });
  });
}
