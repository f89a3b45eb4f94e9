import type { GoalGroup, Room } from '../context.ts';
import { openStore } from '../../server/src/store/store.ts';
import { finding } from '../findings.ts';
import type { Known } from '../load/arrivals.ts';
import type { Visitor } from '../load/chat.ts';
import { messageId } from '../load/crowd.ts';
import { Load } from '../load/load.ts';
import { startOurs } from '../ours.ts';
import { startServer } from '../server-process.ts';

const MISSED = 10;
/** How many messages are stored at once while the server is away. */
const AT_ONCE = 500;
/** So many tries have failed when the server is back: the widget waits up to 4 s then. */
const FAILURES = 3;
const WINDOW_S = 4;

/** What is said while nobody listens: stored by the store itself, for the server is dead. */
async function sayMeanwhile(file: string, visitors: readonly Visitor[]): Promise<void> {
  const store = await openStore({ file });
  try {
    const [agent] = await store.agents.list();
    const all = visitors.flatMap(({ conversationId }) => Array.from({ length: MISSED }, () => conversationId));
    for (let from = 0; from < all.length; from += AT_ONCE) {
      await Promise.all(
        all.slice(from, from + AT_ONCE).map((conversationId) =>
          store.append({
            by: { kind: 'agent', agentId: agent.id, name: agent.name },
            conversationId,
            log: 'main',
            type: 'message',
            clientId: messageId(),
            text: 'The quick brown fox jumps over the lazy dog.',
          }),
        ),
      );
    }
  } finally {
    await store.close();
  }
}

async function oursComesBack(room: Room, people: number) {
  const server = await room.keep(startOurs());
  const load = await room.keep(new Load());
  const visitors = await load.call('newVisitors', server.port, people);
  const tokens = visitors.map(({ token }) => token);
  await load.call('arrive', 'chat', server.port, tokens);
  await load.call('startAll', visitors);
  await server.kill();
  await load.call('forget');
  await sayMeanwhile(server.file, visitors);
  await server.restart();
  // Their own first message is what they have; the agent's first answer comes with an entry that says who joined.
  const known: Known[] = visitors.map((visitor) => ({ ...visitor, seq: 1 }));
  return load.call('comeBack', 'chat', server.port, known, FAILURES);
}

async function floorComesBack(room: Room, people: number) {
  const server = await room.keep(startServer('floors/door.ts', [String(people), String(MISSED)]));
  const load = await room.keep(new Load());
  const known: Known[] = Array.from({ length: people }, (_, index) => ({
    token: crypto.randomUUID(),
    conversationId: String(index),
    seq: 0,
  }));
  return load.call('comeBack', 'bare', server.port, known, FAILURES);
}

/** S9: everybody comes back at once after the server was killed, and fetches what was said meanwhile. */
export const storm: GoalGroup = {
  goals: ['S9'],
  async run({ quick }, room) {
    const people = quick ? 500 : 10_000;
    const ours = await oursComesBack(room, people);
    const floor = await floorComesBack(room, people);
    const lost = people * (MISSED + 1) - ours.caughtUp;
    return [
      finding({
        id: 'S9',
        title: `${people.toLocaleString('en-US')} come back after a kill, until all have the ${MISSED} messages they missed, beyond the ${WINDOW_S} s over which they come`,
        unit: 's',
        value: Math.max(0, ours.seconds - WINDOW_S),
        limit: { most: 5 },
        notes: [
          `${ours.refused} tries were turned away`,
          `ws with the rows in its welcome: ${Math.max(0, floor.seconds - WINDOW_S).toFixed(1)} s`,
        ],
      }),
      finding({
        id: 'S9/lost',
        title: 'of these, entries that did not come',
        unit: '',
        value: lost,
        limit: { most: 0 },
      }),
    ];
  },
};
