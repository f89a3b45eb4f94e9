import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { startNats } from '../bus/nats-server.ts';
import { databaseKinds } from '../support/databases.ts';
import { ServerProcess } from '../support/server-process.ts';

const postgres = (await databaseKinds()).find(({ name }) => name === 'PostgreSQL');
const nats = await startNats();
if (nats) after(() => nats.stop());

if (postgres && nats) {
  describe('A node on PostgreSQL without NATS', () => {
    const folder = mkdtempSync(join(tmpdir(), 'chat-alone-'));
    after(() => rmSync(folder, { recursive: true, force: true }));

    it('is alone: a second is refused in one sentence, one with NATS too; after kill -9 the next one starts', async () => {
      const database = await postgres.create();
      assert.ok('databaseUrl' in database.place);
      const env = { DATABASE_URL: database.place.databaseUrl, DATA_DIR: folder };
      const first = new ServerProcess(env);
      await first.listening();
      const [second, other] = [new ServerProcess(env), new ServerProcess({ ...env, NATS_URL: nats.url })];
      assert.deepEqual(await Promise.all([second.exited, other.exited]), [
        [1, null],
        [1, null],
      ]);
      assert.match(second.output, /^Another node uses this database: set the same NATS_URL on every node[^\n]*\.\n$/);
      assert.match(other.output, /^A node without NATS_URL uses this database: set the same NATS_URL[^\n]*\.\n$/);
      await first.stop('SIGKILL');
      const next = new ServerProcess(env);
      await next.listening();
      assert.deepEqual(await next.stop('SIGTERM'), [0, null]);
      await database.drop();
    });
  });
}
