/** A visitor who comes while the server is away. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { deviceClock } from '../../../src/api/clock.ts';
import { stateOf } from './eventually.ts';
import { heard, World } from './world.ts';

const world = new World();
/** As the device's, for somebody who will not wait. */
const clock = { ...deviceClock, after: (ms: number, run: () => void) => deviceClock.after(Math.min(ms, 100), run) };

describe('a visitor who comes while the server is away', { timeout: 60_000 }, () => {
  it('is told so once, and finds everything when it is back, without a session that nobody asked for', async () => {
    await world.server.stop();
    const client = world.visitor({ clock });
    const errors = heard(client, 'error');
    await client.boot();
    assert.deepEqual([client.state.connection, client.state.settings], ['waiting', null]);
    await world.server.restart();
    const { settings, online, contact } = await stateOf(client, ({ connection }) => connection === 'idle');
    assert.ok(settings);
    assert.deepEqual([online, contact], [false, null]);
    assert.deepEqual(
      errors.map(({ code }) => code),
      ['offline'],
    );
  });

  it('need not wait when they ask', async () => {
    await world.server.stop();
    // The first try is soon enough to fail while the server is still away; none follows by itself.
    const client = world.visitor({ clock: { ...deviceClock, after: () => () => {} } });
    await client.boot();
    assert.equal(client.state.connection, 'waiting');
    await world.server.restart();
    client.reconnect();
    await stateOf(client, ({ connection, settings }) => connection === 'idle' && settings !== null);
  });
});
