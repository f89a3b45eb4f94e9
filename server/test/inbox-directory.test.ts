import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { LocalBus } from '../src/bus/local-bus.ts';
import { InboxDirectory } from '../src/inbox-directory.ts';
import { openStore } from '../src/store/store.ts';
import type { Store } from '../src/store/store.ts';
import { topics } from '../src/topics.ts';

describe('The inboxes that a node keeps in memory', () => {
  let store: Store;
  let bus: LocalBus;
  let now: number;
  let directory: InboxDirectory;
  let reads: number;

  beforeEach(async () => {
    store = await openStore({});
    await store.inboxes.ensure({ id: 'demo', name: 'Demo', secrets: {} });
    bus = new LocalBus((error) => assert.fail(String(error)));
    now = 0;
    directory = new InboxDirectory(store, bus, () => now);
    reads = 0;
    const find = store.inboxes.find.bind(store.inboxes);
    store.inboxes.find = (id) => {
      reads += 1;
      return find(id);
    };
  });

  afterEach(async () => {
    directory.close();
    await bus.close();
    await store.close();
  });

  it('are read once for all who ask at the same time, so that no message overtakes another one', async () => {
    const answered: number[] = [];
    const ask = (turn: number) => directory.get('demo').then(() => answered.push(turn));
    await Promise.all([ask(1), ask(2), ask(3)]);
    assert.equal(reads, 1);
    now += 60_000;
    await Promise.all([ask(4), ask(5)]);
    assert.equal(reads, 2);
    assert.deepEqual(answered, [1, 2, 3, 4, 5]);
  });

  it('are read anew by whoever asks after a save, also while an older read is under way', async () => {
    const before = directory.get('demo');
    bus.publish(topics.settings('demo'), '');
    await Promise.all([before, directory.get('demo')]);
    assert.equal(reads, 2);
  });

  it('are asked for again when they were not found', async () => {
    const isMissing = { code: 'not_found' };
    await Promise.all([
      assert.rejects(directory.get('new'), isMissing),
      assert.rejects(directory.get('new'), isMissing),
    ]);
    assert.equal(reads, 1);
    await store.inboxes.ensure({ id: 'new', name: 'New', secrets: {} });
    assert.equal((await directory.get('new')).row.id, 'new');
  });
});
