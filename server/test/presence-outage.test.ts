import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { pino } from 'pino';
import type { Bus } from '../src/bus/bus.ts';
import { LocalBus } from '../src/bus/local-bus.ts';
import { AgentPresence } from '../src/presence.ts';
import type { PresenceChange, PresenceOptions } from '../src/presence.ts';
import { openStore, type Store } from '../src/store/store.ts';
import { StoreUnavailable } from '../src/store/store-unavailable.ts';

const HOUR_MS = 3_600_000;

/** What two nodes have between them, in one process. */
function sharedBus(): Bus {
  const local = new LocalBus();
  return {
    isShared: true,
    isConnected: true,
    publish: (...message) => local.publish(...message),
    subscribe: (...subscription) => local.subscribe(...subscription),
    flush: () => local.flush(),
    onGap: () => local.onGap(),
    close: () => local.close(),
  };
}

/** A node's way to the store, which can break. */
class Line {
  isBroken = false;
  readonly agents: PresenceOptions['store']['agents'];
  #onLook = () => {};

  constructor({ agents }: Store) {
    const pass = async <T>(ask: () => Promise<T>): Promise<T> => {
      if (!this.isBroken) return ask();
      this.#onLook();
      throw new StoreUnavailable(new Error('The line is broken.'));
    };
    this.agents = {
      holdOnline: (ids, until) => pass(() => agents.holdOnline(ids, until)),
      signedIn: (ids, now) => pass(() => agents.signedIn(ids, now)),
      capOnline: (until) => pass(() => agents.capOnline(until)),
      list: () => pass(() => agents.list()).finally(() => this.#onLook()),
    };
  }

  /** Resolves when the node has looked, or has tried to. */
  looked(): Promise<void> {
    return new Promise((resolve) => (this.#onLook = resolve));
  }
}

describe('Who of the agents is there, when the database was away', () => {
  let store: Store;
  const nodes: AgentPresence[] = [];
  before(async () => {
    store = await openStore({});
  });
  after(async () => {
    for (const node of nodes) await node.close();
    await store.close();
  });

  it('is not forgotten by the node that comes back first, before the others could vouch for their agents anew', async () => {
    const { agent } = await store.agents.ensure({
      email: 'bo@x.test',
      name: 'Bo',
      role: 'agent',
      passwordHash: 'none',
    });
    let now = 1_000_000;
    const bus = sharedBus();
    const [near, far] = [new Line(store), new Line(store)];
    for (const line of [near, far]) {
      const log = pino({ level: 'silent' });
      nodes.push(await AgentPresence.open({ store: line, bus, log, now: () => now, presenceMs: HOUR_MS }));
    }
    const [one, two] = nodes as [AgentPresence, AgentPresence];
    const told: PresenceChange[] = [];
    const came = new Promise<void>((resolve) =>
      one.onChange((change) => {
        told.push(change);
        resolve();
      }),
    );
    two.enter(agent.id);
    await came;
    assert.deepEqual(told, [{ agents: { [agent.id]: 'online' }, online: true }]);

    near.isBroken = far.isBroken = true;
    now += 2 * HOUR_MS;
    const tried = [near.looked(), far.looked()];
    one.changed();
    two.changed();
    await Promise.all(tried);
    near.isBroken = false;
    // Twice: what the first look has led to was told by the second.
    for (const _ of ['first', 'second']) {
      const looked = near.looked();
      one.changed();
      await looked;
    }
    assert.equal(one.of((await store.agents.find(agent.id))!), 'offline', 'the time has run out');
    assert.deepEqual([told.length, one.online], [1, true]);
  });
});
