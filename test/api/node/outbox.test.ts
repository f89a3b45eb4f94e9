/** What an outbox sends, told at the moments when the server’s answers cross what it reads and keeps. */
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { PendingMessage } from '../../../src/api/chat-state.ts';
import { DeviceStorage } from '../../../src/api/device-storage.ts';
import { Outbox } from '../../../src/api/outbox.ts';
import { LIMITS, type SendFrame } from '../../../src/api/protocol.ts';
import { MovedClock, settled } from '../moved-clock.ts';

let end: AbortController;
let clock: MovedClock;
beforeEach(() => {
  end = new AbortController();
  clock = new MovedClock();
});
afterEach(() => end.abort());

/** An outbox with a connection, and the texts that it sent and found. */
async function connected(...left: PendingMessage[]) {
  const { outbox, storage, ...seen } = made();
  for (const each of left) await storage.set(`test unsent somebody ${each.clientId}`, each);
  await outbox.setOwner('somebody', false);
  outbox.resume();
  await settled();
  return { outbox, storage, ...seen };
}

/** One that belongs to nobody yet, and has no connection. */
function made() {
  const { signal } = end;
  const storage = new DeviceStorage({ signal, onFailure: () => {} });
  const sent: string[] = [];
  const frames: SendFrame[] = [];
  const found: string[] = [];
  const gone: string[] = [];
  const outbox = new Outbox({
    ...{ clock, signal, storage, scope: 'test' },
    transmit: (frame) => {
      frames.push(frame);
      return sent.push(frame.text) > 0;
    },
    wake: () => {},
    onFound: ({ text }) => found.push(text),
    onGone: ({ text }) => gone.push(text),
  });
  return { outbox, storage, sent, frames, found, gone };
}

const message = (text: string, conversationId = 'one'): PendingMessage => ({
  ...{ conversationId, text, clientId: text, at: clock.now(), status: 'pending' },
});

describe('an outbox', () => {
  it('sends once what is echoed while it reads what an earlier page left', async () => {
    const { outbox, sent, found } = await connected();
    await outbox.add(message('m1'));
    sent.length = 0;
    outbox.resume();
    assert.deepEqual(sent, ['m1']);
    outbox.settle('m1');
    await settled();
    assert.deepEqual([sent, found, outbox.empty], [['m1'], [], true]);
  });

  it('sends of the address of a page no more than fits, so that no page closes the chat', async () => {
    const { outbox, frames } = await connected();
    await outbox.add({ ...message('m1'), pageUrl: `https://shop.example/?${'a'.repeat(70_000)}` });
    assert.equal(frames[0]?.pageUrl?.length, LIMITS.pageUrlLength);
  });

  it('lets nothing out on a new connection ahead of what the one before has not brought home', async () => {
    const { outbox, sent } = await connected();
    outbox.resume();
    await outbox.add(message('m1'));
    assert.deepEqual(sent, ['m1']);
    outbox.pause();
    sent.length = 0;
    // The socket is there again, and somebody writes before it is known who is at the other end.
    await outbox.add(message('m2'));
    outbox.resume();
    assert.deepEqual(sent, ['m1', 'm2']);
  });

  it('sends what an earlier page has left ahead of what was written since, conversation by conversation', async () => {
    const { outbox, storage, sent } = made();
    for (const each of [message('m1'), message('m2')]) await storage.set(`test unsent somebody ${each.text}`, each);
    await outbox.setOwner('somebody', false);
    await outbox.add(message('m3'));
    await outbox.add(message('elsewhere', 'another'));
    outbox.resume();
    await settled();
    assert.deepEqual(
      sent.filter((text) => text !== 'elsewhere'),
      ['m1', 'm2', 'm3'],
    );
    assert.deepEqual(sent.toSorted(), ['elsewhere', 'm1', 'm2', 'm3']);
  });

  it('holds back one conversation whose turn has to wait, in order, and lets the others go on', async () => {
    const { outbox, sent } = await connected();
    for (const text of ['m1', 'm2']) await outbox.add(message(text));
    // What was on its way when the first was refused is refused as well.
    for (const text of ['m1', 'm2']) outbox.postpone(text, 20_000);
    sent.length = 0;
    await outbox.add(message('m3'));
    await outbox.add(message('elsewhere', 'another'));
    assert.deepEqual(sent, ['elsewhere']);
    outbox.settle('elsewhere');
    await clock.move(19_000);
    assert.deepEqual(sent, ['elsewhere']);
    await clock.move(1_000);
    assert.deepEqual(sent, ['elsewhere', 'm1', 'm2', 'm3']);
  });

  it('has no more than sixteen on their way, in their order: each echo makes room for the next', async () => {
    const { outbox, sent } = await connected();
    const said = Array.from({ length: LIMITS.inFlight + 2 }, (_, i) => `m${i + 1}`);
    for (const text of said) await outbox.add(message(text));
    assert.equal(LIMITS.inFlight, 16);
    assert.deepEqual(sent, said.slice(0, 16));
    outbox.settle('m1');
    assert.deepEqual(sent, said.slice(0, 17));
    outbox.settle('m2');
    assert.deepEqual(sent, said);
  });
});
