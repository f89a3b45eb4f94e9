/** A server that takes only so much at a time. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { stateOf } from './eventually.ts';
import { heard, lines, World } from './world.ts';

// A third of what a minute allows may come at once.
const world = new World({ LIMITS: JSON.stringify({ messagesPerMinute: 60 }) });

describe('a visitor who writes too fast', { timeout: 60_000 }, () => {
  it('waits as long as the server says: nothing fails, and all is stored once and in order', async () => {
    const client = await world.booted();
    const errors = heard(client, 'error');
    const id = client.startConversation();
    const said = lines(23);
    const failed: string[] = [];
    client.subscribe(() => {
      for (const { text, status } of client.state.threads[id].pending) if (status === 'failed') failed.push(text);
    });
    await Promise.all(said.map((text) => client.send(id, text)));
    assert.deepEqual(
      (await world.stored(id)).map(({ text }) => text),
      said,
    );
    await stateOf(client, (state) => state.threads[id].pending.length === 0);
    assert.deepEqual([failed, errors], [[], []]);
  });
});
