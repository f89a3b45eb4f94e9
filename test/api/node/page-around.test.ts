/** Going to a message that is not loaded, against the real server. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ChatError } from '../../../src/api/chat-error.ts';
import { stateOf, texts } from './eventually.ts';
import { lines, World } from './world.ts';

const COUNT = 160;
const world = new World({ LIMITS: '{"messagesPerMinute":100000}' });

describe('a visitor who goes back to an old message', { timeout: 60_000 }, () => {
  it('finds it in one page, reads on from there, and comes back to the newest', async () => {
    const identity = await world.identity('ada@shop.example');
    const writer = await world.booted(identity);
    const id = writer.startConversation();
    await Promise.all(lines(COUNT).map((line) => writer.send(id, line)));
    const [first] = await world.stored(id);
    assert.ok(first);

    const reader = await world.booted(identity);
    await stateOf(reader, ({ connection }) => connection === 'open');
    await reader.open(id);
    assert.equal(texts(reader.state, id)[0], `line ${COUNT - 49}`);
    await reader.loadAround(id, first.id);
    const there = reader.state.threads[id]!;
    assert.equal(texts(reader.state, id)[0], 'line 1');
    assert.deepEqual([there.hasOlder, there.hasNewer, there.loading], [false, true, false]);

    // What is said meanwhile does not stand beside words of long ago.
    await world.answer(id, 'Meanwhile');
    await stateOf(reader, ({ conversations }) => conversations[0]?.lastMessage?.text === 'Meanwhile');
    assert.ok(!texts(reader.state, id).includes('Meanwhile'));
    while (reader.state.threads[id]!.hasNewer) await reader.loadNewer(id);
    assert.deepEqual(texts(reader.state, id).slice(-2), [`line ${COUNT}`, 'Meanwhile']);

    await reader.loadAround(id, first.id);
    await reader.open(id);
    await stateOf(reader, (state) => texts(state, id).at(-1) === 'Meanwhile');
    assert.equal(reader.state.threads[id]!.hasNewer, false);
  });

  it('is told that a message of another conversation is not there, and stays where they are', async () => {
    const client = await world.booted();
    const [one, other] = [client.startConversation(), client.startConversation()];
    await client.send(one, 'one');
    const { id: foreign } = await client.send(other, 'other');
    await client.open(one);
    await assert.rejects(client.loadAround(one, foreign), ({ code }: ChatError) => code === 'not_found');
    assert.deepEqual(texts(client.state, one), ['one']);
    assert.equal(client.state.threads[one]?.loading, false);
  });
});
