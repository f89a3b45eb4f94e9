import type { HelloFrame, WelcomeFrame } from '../../src/api/protocol.ts';
import { INBOX } from '../../scripts/chat-server-process.mjs';
import { start } from './chat-crowd.ts';
import { listen, openVisitor } from './chat.ts';
import type { Visitor } from './chat.ts';
import { openLines } from './crowd.ts';
import { Line } from './line.ts';
import { openSocketIo } from './socket-io.ts';

/** Whose door people come through. */
export type Door = 'bare' | 'socket.io' | 'chat';

/** Someone who has been here, and how far they have read. */
export interface Known extends Visitor {
  readonly seq: number;
}

/** Opens a line for each token, as fast as they are let in. They stay, and answer pings. */
export async function arrive(door: Door, port: number, tokens: readonly string[]): Promise<Line[]> {
  const open: Record<Door, (token: string) => Promise<Line>> = {
    bare: (token) => openBare(port, { type: 'hello', version: 1, token }),
    'socket.io': (token) => openSocketIo(port, token),
    chat: (token) => openVisitor(port, token),
  };
  return openLines(tokens.length, (index) => open[door](tokens[index]));
}

/** The floor of doors (floors/door.ts) speaks like ours: a hello, a welcome, pings. */
async function openBare(port: number, hello: HelloFrame): Promise<Line> {
  const line = await Line.open({ port, path: '/' });
  const welcome = line.next();
  line.say(JSON.stringify(hello));
  await welcome;
  listen(line, () => {});
  return line;
}

/** Everybody says their first message. */
export async function startAll(lines: readonly Line[], visitors: readonly Visitor[]): Promise<void> {
  await Promise.all(lines.map((line, index) => start(line, visitors[index])));
}

/** How a crowd came back. */
export interface Return {
  /** From when the first might come until the last had all that they missed, s. */
  readonly seconds: number;
  /** Entries that were missed and came. */
  readonly caughtUp: number;
  /** Tries that found the door shut. */
  readonly refused: number;
}

/** As the widget's connection waits (src/api/connection.ts): full jitter, doubled with each failure. */
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;

/** All come back, with the widget's own back-off, and fetch what they missed. @param failures that each has had already */
export async function comeBack(
  door: Exclude<Door, 'socket.io'>,
  port: number,
  people: readonly Known[],
  failures: number,
): Promise<Return> {
  let caughtUp = 0;
  let refused = 0;
  const startedAt = performance.now();
  const fetchMissed = door === 'chat' ? throughChat : throughFloor;
  const one = async (known: Known): Promise<void> => {
    for (let tries = failures; ; tries += 1) {
      const bound = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** tries);
      await new Promise((resolve) => setTimeout(resolve, Math.random() * bound));
      try {
        const missed = await fetchMissed(port, known);
        caughtUp += missed;
        return;
      } catch {
        refused += 1;
      }
    }
  };
  await Promise.all(people.map(one));
  return { seconds: (performance.now() - startedAt) / 1_000, caughtUp, refused };
}

/** The welcome says which conversation has moved, HTTP what was said in it. */
async function throughChat(port: number, { token, conversationId, seq }: Known): Promise<number> {
  const line = await Line.open({ port, path: `/v1/widget/${INBOX}/socket` });
  const welcomed = line.next();
  line.say(JSON.stringify({ type: 'hello', version: 1, token, since: { [conversationId]: seq } }));
  const { conversations } = JSON.parse(await welcomed) as WelcomeFrame;
  listen(line, () => {});
  let missed = 0;
  for (const { id, lastSeq } of conversations) {
    const address = `/v1/widget/${INBOX}/conversations/${id}/entries?after=${seq}&limit=100`;
    const response = await fetch(`http://127.0.0.1:${port}${address}`, {
      headers: { Authorization: `Bearer ${token}` },
    });
    if (!response.ok) throw new Error(`GET entries: ${response.status}`);
    const { entries } = (await response.json()) as { entries: readonly { seq: number }[] };
    if (entries.at(-1)?.seq !== lastSeq) throw new Error('Not all that was missed came.');
    missed += entries.length;
  }
  return missed;
}

/** The floor answers the hello with the missed rows themselves. */
async function throughFloor(port: number, { token, conversationId, seq }: Known): Promise<number> {
  const line = await Line.open({ port, path: '/' });
  const welcomed = line.next();
  line.say(JSON.stringify({ type: 'hello', version: 1, token, since: { [conversationId]: seq } }));
  const { missed } = JSON.parse(await welcomed) as { missed: readonly unknown[] };
  listen(line, () => {});
  return missed.length;
}
