/** Many visitors, and a server that goes away under them all at once. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ChatClient } from '../../../src/api/chat-client.ts';
import { stateOf, texts } from '../../api/node/eventually.ts';
import { heard, World } from '../../api/node/world.ts';

const VISITORS = 20;

const world = new World();

interface Guest {
  readonly client: ChatClient;
  readonly id: string;
  /** When it tried to connect, ms. */
  readonly attempts: number[];
  /** Each count of unread messages that it showed, in order. */
  readonly counts: number[];
  readonly answers: () => string[];
}

/** Somebody who has asked, got one answer, and not read it. */
async function guest(): Promise<Guest> {
  const attempts: number[] = [];
  const counts: number[] = [];
  const createSocket = (url: string) => {
    attempts.push(performance.now());
    return new WebSocket(url);
  };
  const client = await world.booted(undefined, { createSocket });
  const messages = heard(client, 'message');
  client.subscribe(() => {
    const { unreadMessages } = client.state;
    if (counts.at(-1) !== unreadMessages) counts.push(unreadMessages);
  });
  const id = client.startConversation();
  await client.send(id, 'before');
  await world.answer(id, 'first answer');
  await stateOf(client, ({ unreadMessages }) => unreadMessages === 1);
  const answers = () => messages.filter(({ own }) => !own).map(({ message }) => message.text);
  return { client, id, attempts, counts, answers };
}

const isBack = ({ connection }: ChatClient['state']) => connection === 'open';

describe('Many visitors of a server that restarts', { timeout: 120_000 }, () => {
  it('come back spread over time, lose no word and count none twice [hostile 71]', async () => {
    const guests = await Promise.all(Array.from({ length: VISITORS }, guest));

    await world.server.stop();
    const gone = performance.now();
    await Promise.all(guests.map(({ client }) => stateOf(client, ({ connection }) => connection !== 'open')));
    const sending = guests.map(({ client, id }) => client.send(id, 'while it was away'));
    await world.server.restart();
    await Promise.all(sending);
    await Promise.all(guests.map(({ client }) => stateOf(client, isBack)));

    const firsts = guests.map(({ attempts }) => attempts.find((at) => at > gone) ?? Infinity);
    const spread = Math.max(...firsts) - Math.min(...firsts);
    assert.ok(spread > 1_000 && spread < 30_000, `all came back within ${spread} ms`);

    for (const { id } of guests) await world.answer(id, 'second answer');
    await Promise.all(guests.map(({ client }) => stateOf(client, ({ unreadMessages }) => unreadMessages >= 2)));

    const said = ['before', 'first answer', 'while it was away', 'second answer'];
    for (const { client, id, counts, answers } of guests) {
      await client.open(id);
      assert.deepEqual(
        (await world.stored(id)).map(({ text }) => text),
        said,
      );
      assert.deepEqual(texts(client.state, id), said);
      assert.deepEqual(answers(), ['first answer', 'second answer']);
      assert.deepEqual(
        counts.filter((count) => count > 0),
        [1, 2],
      );
      assert.deepEqual([client.state.unreadMessages, client.state.unreadConversations], [2, 1]);
    }
  });
});
