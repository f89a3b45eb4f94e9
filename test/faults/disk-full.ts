/** R5: the server's disk is full for a while. */
import path from 'node:path';
import { ChatServerProcess } from '../../scripts/chat-server-process.mjs';
import { byConversation, checkStore, checkTold, checkView } from './checks.ts';
import { FaultProxy } from './fault-proxy.ts';
import type { FaultRun, RunOptions, RunResult } from './fault-run.ts';
import { Guests } from './guests.ts';
import { Random } from './random.ts';
import { readCounter, readCounters } from './server-counters.ts';
import { smallDisk } from './small-disk.ts';
import { Stage } from './stage.ts';
import { readSqlite } from './stored-log.ts';
import { Verdict } from './verdict.ts';

const MESSAGES = 20_000;
const GUESTS = 20;
const MEGABYTES = 96;
/** How long there is no space, ms. */
const FULL_MS = 3_000;
/** When that happens: so much has been said. */
const MOMENTS = [0.25, 0.6];
const PATIENCE_MS = 30_000;

export const diskFull: FaultRun = {
  name: 'R5',
  title: 'the disk is full for a while, twice',
  stores: ['sqlite'],
  run: (options) => Stage.for(options.signal, (stage) => run(stage, options)),
};

async function run(stage: Stage, { store, seed, scale, log }: RunOptions): Promise<RunResult> {
  const verdict = new Verdict();
  const disk = stage.add(smallDisk(MEGABYTES), (each) => each.dispose());
  const server = stage.add(await ChatServerProcess.start({ DATA_DIR: disk.folder }), (each) => each.dispose());
  const { pid } = server;
  const ports = () => [Number(new URL(server.url).port)];
  const proxy = stage.add(await FaultProxy.start({ ports, random: new Random(seed) }), (each) => each.close());
  const guests = await Guests.gather(stage, { server: proxy.url, count: GUESTS, seed, verdict });

  const size = Math.max(100, Math.round(MESSAGES * scale));
  let isOver = false;
  stage.add(guests, () => (isOver = true));
  const writing = Promise.all(guests.all.map((guest) => guest.write({ take: () => !isOver })));
  let convergeMs = 0;
  for (const moment of MOMENTS) {
    await stage.until(PATIENCE_MS, () => guests.told.length >= moment * size || undefined);
    const before = await refusals(server);
    disk.fill(pid);
    const read = await live(stage, server, proxy, guests, verdict, async () => (await refusals(server)) > before);
    disk.free(pid);
    const [from, told] = [performance.now(), guests.told.length];
    await stage.until(PATIENCE_MS, () => guests.told.length > told || undefined);
    const backMs = Math.round(performance.now() - from);
    log(
      `${disk.kind}: ${(await refusals(server)) - before} refused, ${read} reads answered; stored again after ${backMs} ms`,
    );
    convergeMs = Math.max(convergeMs, backMs);
  }
  await stage.until(PATIENCE_MS, () => guests.told.length >= size || undefined);
  isOver = true;
  await writing;
  await stage.until(PATIENCE_MS, () => guests.isQuiet || undefined);

  if (server.pid !== pid) verdict.other('The server was started again.');
  if (guests.errors.length > 0) verdict.other(`Visitors were told of ${[...new Set(guests.errors)].join(', ')}.`);
  const codes = await refusalCodes(server);
  if (codes.join() !== 'unavailable')
    verdict.other(`The server refused with ${codes.join(', ')}, not unavailable only.`);
  await server.stop();
  const stored = readSqlite(path.join(disk.folder, 'chat.db'));
  checkStore(stored, verdict);
  checkTold(guests.told, stored, verdict);
  const logs = byConversation(stored);
  for (const { view, conversationIds } of guests.all) {
    for (const id of conversationIds) checkView(view, id, logs.get(id) ?? [], verdict);
  }
  const { counts, failures } = verdict;
  const messages = guests.told.length;
  return {
    name: 'R5',
    store,
    messages,
    kills: 0,
    resumes: guests.resumes,
    duplicatedFrames: 0,
    ...counts,
    convergeMs,
    failures,
  };
}

/**
 * While nothing can be written: everybody loses the connection, comes back, and reads. Resolves with how many reads were
 * answered, when it has been so for long enough and `isFelt`: a log that was longer before has some space of its own.
 */
async function live(
  stage: Stage,
  server: ChatServerProcess,
  proxy: FaultProxy,
  guests: Guests,
  verdict: Verdict,
  isFelt: () => Promise<boolean>,
): Promise<number> {
  const from = performance.now();
  let answered = 0;
  proxy.resetAll();
  while (performance.now() - from < FULL_MS || !(await isFelt())) {
    if (performance.now() - from > PATIENCE_MS) {
      verdict.other('Nothing was refused while the disk was full: was it?');
      break;
    }
    for (const { conversationIds } of guests.all.slice(0, 3)) {
      const { status } = await server.request('GET', `/v1/conversations/${conversationIds[0]}/entries?limit=50`);
      if (status === 200) answered += 1;
      else verdict.other(`A read was answered with ${status} while the disk was full.`);
    }
    await stage.pause(100);
  }
  const isBack = await stage.until(PATIENCE_MS, () => guests.away.length === 0 || undefined);
  if (!isBack) verdict.other('Not everybody could come back while the disk was full.');
  return answered;
}

const REFUSED = 'chat_frames_refused_total';

/** How many frames were refused for now. */
function refusals(server: ChatServerProcess): Promise<number> {
  return readCounter(server, `${REFUSED}{code="unavailable"}`);
}

/** Why frames were refused. */
async function refusalCodes(server: ChatServerProcess): Promise<string[]> {
  const names = [...(await readCounters(server)).keys()].filter((name) => name.startsWith(REFUSED));
  return names.map((name) => /"(.*)"/.exec(name)?.[1] ?? name);
}
