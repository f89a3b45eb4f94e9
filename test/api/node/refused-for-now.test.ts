/** What becomes of a message that the server does not take now: a short wait, or a person who decides. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ChatError } from '../../../src/api/chat-error.ts';
import { NO_LIMITS } from '../../../server/test/support/limits.ts';
import { MovedClock } from '../moved-clock.ts';
import { stateOf } from './eventually.ts';
import { heard, World } from './world.ts';

// Those two are left to the inbox's settings.
const { messagesPerMinute: _messages, conversationsPerDay: _starts, ...others } = NO_LIMITS;
const world = new World({ LIMITS: JSON.stringify(others) });

/** Nobody may write or begin more than so much from now on. */
const limits = (rules: Readonly<Record<string, number>>) => world.settings({ limits: rules });

describe('a message that has to wait', { timeout: 60_000 }, () => {
  it('for a day is not sent: one hears why and until when, may try again, and the other conversations go on', async () => {
    await limits({ conversationsPerDay: 1 });
    const client = await world.booted();
    const old = client.startConversation();
    await client.send(old, 'one');
    const errors: ChatError[] = heard(client, 'error');
    const another = client.startConversation();
    const refusal: unknown = await client.send(another, 'two').catch((error: unknown) => error);
    assert.ok(refusal instanceof Error);
    const { code, retryAfterMs = 0 } = refusal as ChatError;
    assert.equal(code, 'rate_limited');
    assert.ok(retryAfterMs > 60_000, `${retryAfterMs} ms`);
    assert.deepEqual(errors, [refusal]);
    const [failed] = client.state.threads[another].pending;
    assert.deepEqual([failed.status, failed.error?.code], ['failed', 'rate_limited']);
    assert.ok(Math.abs((failed.until ?? 0) - Date.now() - retryAfterMs) < 60_000);

    assert.equal((await client.send(old, 'three')).seq, 2);
    await assert.rejects(client.send(another, 'and a half'), { code: 'rate_limited' });

    await limits({ conversationsPerDay: 50 });
    // Whichever of them is tried again: nothing overtakes what was written before it.
    client.retry(client.state.threads[another].pending[1].clientId);
    await stateOf(client, ({ threads }) => threads[another].pending.length === 0);
    assert.deepEqual(
      (await world.stored(another)).map(({ text }) => text),
      ['two', 'and a half'],
    );
  });

  it('for some seconds stays on its way, and it is known until when', async () => {
    await limits({ messagesPerMinute: 3 });
    const time = new MovedClock();
    const clock = { now: () => Date.now(), after: (ms: number, run: () => void) => time.after(ms, run) };
    const client = await world.booted(undefined, { clock });
    const id = client.startConversation();
    await client.send(id, 'one');
    const errors = heard(client, 'error');
    const second = client.send(id, 'two');
    const { threads } = await stateOf(client, (state) => state.threads[id].pending[0]?.until !== undefined);
    const [{ until = 0, status }] = threads[id].pending;
    assert.equal(status, 'pending');
    assert.ok(until > Date.now() - 20_000 && until < Date.now() + 60_000, `${until - Date.now()} ms`);
    assert.deepEqual(errors, []);
    await limits({ messagesPerMinute: 600 });
    await time.move(20_000);
    assert.equal((await second).seq, 2);
  });
});
