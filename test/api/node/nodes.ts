import assert from 'node:assert/strict';
import { after } from 'node:test';
import { ChatServerProcess } from '../../../scripts/chat-server-process.mjs';
import { startNats } from '../../../server/test/bus/nats-server.ts';
import { databaseKinds } from '../../../server/test/support/databases.ts';

/** Two nodes on one PostgreSQL and one NATS, each a process of its own that can be killed and replaced. */
export interface TwoNodes {
  /** Starts both; they end with the test file. */
  start(): Promise<readonly [one: ChatServerProcess, two: ChatServerProcess]>;
}

/**
 * What two nodes need. Null where it cannot be had: that is said loudly, and is an error where `SERVICES` names it.
 * Call it once per file, outside of its suites: what it starts ends after all of them.
 */
export async function twoNodes(): Promise<TwoNodes | null> {
  const postgres = (await databaseKinds()).find(({ name }) => name === 'PostgreSQL');
  const nats = await startNats();
  if (nats) after(() => nats.stop());
  if (!postgres || !nats) return null;
  const running: ChatServerProcess[] = [];
  after(() => Promise.all(running.map((node) => node.dispose())));
  return {
    async start() {
      const { place } = await postgres.create();
      assert.ok('databaseUrl' in place);
      const env = { DATABASE_URL: place.databaseUrl, NATS_URL: nats.url };
      // One after the other: the first makes the admin and the inbox.
      const one = await ChatServerProcess.start(env);
      running.push(one);
      const two = await ChatServerProcess.start(env);
      running.push(two);
      return [one, two];
    },
  };
}
