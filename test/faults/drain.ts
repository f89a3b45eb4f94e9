/** R13: the server is told to stop, as at every deployment, while thousands of clients talk. */
import LightSocket from 'ws';
import path from 'node:path';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { ChatServerProcess } from '../../scripts/chat-server-process.mjs';
import { byConversation, checkStore, checkTold, checkView } from './checks.ts';
import type { FaultRun, RunOptions, RunResult } from './fault-run.ts';
import { Guests } from './guests.ts';
import { Random } from './random.ts';
import { Stage } from './stage.ts';
import { readSqlite } from './stored-log.ts';
import { Verdict } from './verdict.ts';

const CLIENTS = 5_000;
const DRAINS = 20;
/** All together say so much per second. */
const PER_SECOND = 400;
/** Share of the clients that may still be on their way back when the server is told to stop again. */
const STRAGGLERS = 0.05;
/** How often somebody speaks, ms. */
const TICK_MS = 20;
/** The process has ended this soon after it was told to stop, ms. */
const EXIT_MS = 10_000;
/** What does not end by itself is cut short by then, ms, and that would not be a graceful stop. */
const FORCED_MS = 9_000;
const PATIENCE_MS = 60_000;

export const drain: FaultRun = {
  name: 'R13',
  title: 'SIGTERM under load, again and again',
  stores: ['sqlite'],
  run: (options) => Stage.for(options.signal, (stage) => run(stage, options)),
};

async function run(stage: Stage, { store, seed, scale, log }: RunOptions): Promise<RunResult> {
  const verdict = new Verdict();
  const random = new Random(seed).fork('who speaks');
  const count = Math.max(50, Math.round(CLIENTS * scale));
  const drains = Math.max(3, Math.round(DRAINS * scale));
  const folder = stage.add(mkdtempSync(path.join(tmpdir(), 'chat-drain-')), (each) =>
    rmSync(each, { recursive: true, force: true }),
  );
  const server = stage.add(await ChatServerProcess.start({ DATA_DIR: folder }), (each) => each.dispose());
  const guests = await Guests.gather(stage, {
    server: server.url,
    count,
    seed,
    verdict,
    options: () => ({ createSocket: lightSocket }),
  });
  log(`${count} clients are in`);

  const talk = setInterval(() => {
    for (let i = 0; i < (PER_SECOND * TICK_MS) / 1_000; i++) random.pick(guests.all).say();
  }, TICK_MS);
  stage.add(talk, clearInterval);
  for (let i = 1; i <= drains; i++) {
    // Somebody is in the middle of a sentence whenever it comes.
    await stage.pause(random.between(200, 1_000));
    const told = performance.now();
    await server.stop();
    const exitMs = Math.round(performance.now() - told);
    if (exitMs > EXIT_MS) verdict.other(`It took ${exitMs} ms to stop.`);
    else if (exitMs >= FORCED_MS) verdict.other(`It had to be forced to stop, after ${exitMs} ms.`);
    await server.restart();
    const from = performance.now();
    // The next one hits the stragglers on their way.
    const left = count * STRAGGLERS;
    const areBack = await stage.until(PATIENCE_MS, () => guests.away.length <= left || undefined);
    const backMs = Math.round(performance.now() - from);
    if (!areBack) verdict.other(`${guests.away.length} clients were not back ${backMs} ms after the start.`);
    log(
      `${i} of ${drains}: stopped in ${exitMs} ms; back ${backMs} ms after it had started again: all but ${guests.away.length}`,
    );
  }
  clearInterval(talk);
  const from = performance.now();
  const isQuiet = await stage.until(PATIENCE_MS, () => (guests.isQuiet && guests.away.length === 0) || undefined);
  const convergeMs = Math.round(performance.now() - from);
  if (!isQuiet) verdict.other('Somebody waits for an answer for ever.');
  if (guests.errors.length > 0) verdict.other(`Visitors were told of ${[...new Set(guests.errors)].join(', ')}.`);

  await server.stop();
  const stored = readSqlite(path.join(folder, 'chat.db'));
  checkStore(stored, verdict);
  checkTold(guests.told, stored, verdict);
  const logs = byConversation(stored);
  for (const { view, conversationIds } of guests.all) {
    for (const id of conversationIds) checkView(view, id, logs.get(id) ?? [], verdict);
  }
  const { counts, failures } = verdict;
  const { resumes } = guests;
  const messages = guests.told.length;
  return { name: 'R13', store, messages, kills: 0, resumes, duplicatedFrames: 0, ...counts, convergeMs, failures };
}

/** Thousands in one process: the browser's own kind costs several times as much. */
function lightSocket(url: string): WebSocket {
  const socket = new LightSocket(url, { perMessageDeflate: false });
  // A close follows; but without this it would be thrown.
  socket.on('error', () => {});
  return socket as unknown as WebSocket;
}
