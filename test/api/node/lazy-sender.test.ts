/** Messages that are written before the code is there that sends them. */
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { initialState, type PendingMessage } from '../../../src/api/chat-state.ts';
import { DeviceStorage } from '../../../src/api/device-storage.ts';
import { LazySender } from '../../../src/api/lazy-sender.ts';
import { Observable } from '../../../src/api/observable.ts';
import { MovedClock } from '../moved-clock.ts';

let end: AbortController;
beforeEach(() => {
  end = new AbortController();
});
afterEach(() => end.abort());

/** A sender whose code is not there yet, what it has sent, and what it keeps. */
function made() {
  const { signal } = end;
  const state = new Observable(initialState);
  const storage = new DeviceStorage({ signal, onFailure: () => {} });
  const sent: string[] = [];
  const sender = new LazySender({
    ...{ state, storage, signal, scope: 'test', clock: new MovedClock() },
    transmit: ({ text }) => sent.push(text) > 0,
    wake: () => {},
    onError: ({ code }) => assert.fail(code),
  });
  const pending = (id: string) => state.value.threads[id]?.pending.map(({ text }) => text);
  return { sender, state, storage, sent, pending };
}

describe('a message that is written before the code is there that sends it', () => {
  it('is on screen at once, on the disk before it counts as settled, and goes out in its order', async () => {
    const { sender, storage, sent, pending } = made();
    await sender.setOwner('somebody', true);
    sender.resume();
    void sender.send('one', 'first', {});
    void sender.send('one', 'second', {});
    assert.deepEqual(pending('one'), ['first', 'second']);
    assert.deepEqual([sender.empty, sent], [false, []]);
    await sender.settled();
    const kept = await storage.list<PendingMessage>('test unsent somebody ');
    assert.deepEqual(
      kept.map(({ text }) => text),
      ['first', 'second'],
    );
    assert.deepEqual(sent, ['first', 'second']);
  });

  it('is told to whoever waits for it that the session ended meanwhile, and never goes out', async () => {
    const { sender, storage, sent } = made();
    sender.resume();
    const outcome = sender.send('one', 'too late', {});
    sender.rejectAll();
    await assert.rejects(outcome, { code: 'closed' });
    await sender.load();
    await sender.settled();
    assert.deepEqual([sender.empty, sent, await storage.list('test ')], [true, [], []]);
  });

  it('can be discarded all the same', async () => {
    const { sender, state, sent, pending } = made();
    sender.resume();
    const outcome = sender.send('one', 'better not', {});
    sender.discard(state.value.threads['one'].pending[0].clientId);
    await assert.rejects(outcome, { code: 'closed' });
    assert.deepEqual([pending('one'), sender.empty, sent], [[], true, []]);
  });
});

describe('what an earlier page has left unsent', () => {
  it('is shown as soon as it is known whose it is, and sent with the connection', async () => {
    const { sender, storage, sent, pending } = made();
    const left: PendingMessage = { conversationId: 'one', clientId: '1', text: 'left', at: 1, status: 'pending' };
    await storage.set('test unsent somebody 1', left);
    await sender.setOwner('nobody else', false);
    assert.equal(pending('one'), undefined);
    await sender.setOwner('somebody', false);
    assert.deepEqual(pending('one'), ['left']);
    assert.deepEqual(sent, []);
    sender.resume();
    await sender.settled();
    assert.deepEqual(sent, ['left']);
  });
});
