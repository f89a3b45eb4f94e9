import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { after } from 'node:test';
import { readNatsAddress } from '../../src/bus/nats-address.ts';
import { startNats } from '../bus/nats-server.ts';
import type { TestNats } from '../bus/nats-server.ts';
import type { Limits } from '../../src/limits.ts';
import { databaseKinds } from '../support/databases.ts';
import { startServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';

/** What several nodes share: one PostgreSQL database and one NATS. */
export interface Cluster {
  readonly databaseUrl: string;
  readonly nats: TestNats;
  /** A node in this process. @param natsPort default: NATS itself; else a link to it */
  node(natsPort?: number, limits?: Partial<Limits>): Promise<TestServer>;
  /** Takes NATS away, and brings it back; resolves when all nodes are back and have told each other. */
  withoutNats(during: () => Promise<void>): Promise<void>;
  /** The next time that this node says in its log that NATS is back. */
  isBack(node: TestServer): Promise<void>;
  /** Resolves when these nodes, all connected, have heard what each has said before. */
  haveTold(nodes: readonly TestServer[]): Promise<void>;
  /** Closes the nodes and drops the database: in an `after` of the tests. */
  close(): Promise<void>;
}

/** Null where one of the two cannot run; that is said loudly, and is an error where `SERVICES` names it. */
export async function openCluster(): Promise<Cluster | null> {
  const postgres = (await databaseKinds()).find(({ name }) => name === 'PostgreSQL');
  const nats = await startNats();
  if (nats) after(() => nats.stop());
  if (!postgres || !nats) return null;
  const database = await postgres.create();
  assert.ok('databaseUrl' in database.place);
  const { databaseUrl } = database.place;
  const nodes: TestServer[] = [];
  const back = new Map<TestServer, EventEmitter>();

  async function isBack(node: TestServer): Promise<void> {
    const emitter = back.get(node);
    assert.ok(emitter);
    await once(emitter, 'back');
  }

  async function haveTold(among: readonly TestServer[]): Promise<void> {
    for (const speaker of among) {
      for (const listener of among) {
        const { promise, resolve } = Promise.withResolvers<void>();
        const stop = listener.chat.bus.subscribe('test:told', () => resolve());
        await listener.chat.bus.flush();
        speaker.chat.bus.publish('test:told', 'all of it');
        await promise;
        stop();
      }
    }
  }

  return {
    databaseUrl,
    nats,
    isBack,
    haveTold,
    async withoutNats(during) {
      await nats.stop();
      await during();
      const all = Promise.all(nodes.map(isBack));
      await nats.start();
      await all;
      await haveTold(nodes);
    },
    async close() {
      await Promise.all(nodes.map((node) => node.close()));
      await database.drop();
    },
    async node(natsPort = nats.port, limits = {}) {
      const address = readNatsAddress(`nats://127.0.0.1:${natsPort}`);
      assert.ok(address);
      const emitter = new EventEmitter();
      const write = (line: string): void => void (line.includes('NATS is back') && emitter.emit('back'));
      const node = await startServer({ config: { databaseUrl, nats: address }, limits, logTarget: { write } });
      back.set(node, emitter);
      nodes.push(node);
      return node;
    },
  };
}
