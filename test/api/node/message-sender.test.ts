/** What becomes of a message that the server refuses. */
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { applyForgotten, initialState } from '../../../src/api/chat-state.ts';
import { DeviceStorage } from '../../../src/api/device-storage.ts';
import { LazySender } from '../../../src/api/lazy-sender.ts';
import { Observable } from '../../../src/api/observable.ts';
import { MovedClock, settled } from '../moved-clock.ts';

let end: AbortController;
beforeEach(() => {
  end = new AbortController();
});
afterEach(() => end.abort());

describe('a message that the server cannot keep now', () => {
  it('is pending, says why as soon as that takes long, and goes out again as it was', async () => {
    const { signal } = end;
    const state = new Observable(initialState);
    const clock = new MovedClock();
    const sent: object[] = [];
    const sender = new LazySender({
      ...{ state, signal, scope: 'test', clock },
      storage: new DeviceStorage({ signal, onFailure: () => {} }),
      transmit: (frame) => sent.push(frame) > 0,
      wake: () => {},
      onError: ({ code }) => assert.fail(code),
    });
    await sender.load();
    await sender.setOwner('somebody', false);
    sender.resume();
    sender.send('one', 'Still there?', {}).catch(() => undefined);
    await settled();
    const pending = () => state.value.threads.one.pending[0];
    const { clientId } = pending();
    const refusal = { clientId, code: 'unavailable', message: 'The database is away.' } as const;
    sender.refused({ ...refusal, retryAfterMs: 1_000 });
    assert.equal(pending().error, undefined);
    await clock.move(1_000);
    sender.refused({ ...refusal, retryAfterMs: 30_000 });
    assert.deepEqual([pending().status, pending().error?.code], ['pending', 'unavailable']);
    await clock.move(30_000);
    assert.equal(sent.length, 3);
    assert.deepEqual(sent[2], sent[0]);
  });
});

describe('a message whose conversation is gone by the time it is refused', () => {
  it('is told to its sender once, and sent no more', async () => {
    const { signal } = end;
    const state = new Observable(initialState);
    const sent: string[] = [];
    const errors: string[] = [];
    const sender = new LazySender({
      ...{ state, signal, scope: 'test', clock: new MovedClock() },
      storage: new DeviceStorage({ signal, onFailure: () => {} }),
      transmit: ({ clientId }) => sent.push(clientId) > 0,
      wake: () => {},
      onError: ({ code }) => errors.push(code),
    });
    await sender.load();
    await sender.setOwner('somebody', false);
    sender.resume();
    const outcome = sender.send('one', 'Still there?', {});
    await settled();
    assert.equal(sent.length, 1);

    state.update(applyForgotten, 'one');
    const refused = assert.rejects(outcome, { code: 'not_found' });
    sender.refused({ clientId: sent[0], code: 'not_found', message: 'There is no such conversation.' });
    await refused;
    assert.deepEqual([errors, sender.empty], [['not_found'], true]);
    sender.resume();
    assert.equal(sent.length, 1);
  });
});
