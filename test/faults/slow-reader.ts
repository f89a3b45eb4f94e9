/** R11: one of a hundred readers stops reading, while much is said. */
import { findConversation } from '../../src/api/chat-state.ts';
import { ChatServerProcess, INBOX } from '../../scripts/chat-server-process.mjs';
import { stateOf } from '../api/node/eventually.ts';
import { checkView } from './checks.ts';
import type { FaultRun, RunOptions, RunResult } from './fault-run.ts';
import { Findings } from './findings.ts';
import { LightReader, stampedText } from './light-reader.ts';
import { Random } from './random.ts';
import { ReadProbe } from './read-probe.ts';
import { storedEntries } from './read-store.ts';
import { Stage } from './stage.ts';
import { StallLine } from './stall-line.ts';
import { visitorDevice } from './talker.ts';

const READERS = 100;
/** Length of each message: as long as one may be. */
const LENGTH = 9_900;
const PER_SECOND = 30;
const ROUNDS = 4;
/** A time with everybody reading, to compare with, ms. */
const CALM_MS = 4_000;
/** Bytes that may wait in the server for who does not read. */
const MOST_BYTES = 2 * 1_024 * 1_024;
/** Whoever does not read is cut off so soon after the kernel has had enough, ms. */
const CUT_MS = 5_000;
/** How much later the others may hear. */
const MOST_SLOWER = 1.2;
const PATIENCE_MS = 60_000;

export const slowReader: FaultRun = {
  name: 'R11',
  title: 'one of a hundred readers stops reading',
  stores: ['sqlite'],
  run: (options) => Stage.for(options.signal, (stage) => run(stage, options)),
};

async function run(stage: Stage, { store, seed, scale, log }: RunOptions): Promise<RunResult> {
  const findings = new Findings();
  const server = stage.add(await ChatServerProcess.start(), (each) => each.dispose());
  const port = Number(new URL(server.url).port);
  await server.request('PATCH', `/v1/inboxes/${INBOX}`, { settings: { limits: { messageLength: LENGTH } } });
  const identity = { email: 'ada@faults.example', authToken: await server.sign('ada@faults.example') };
  const line = stage.add(await StallLine.start(port), (each) => each.close());
  const device = async (name: string, url: string) =>
    stage.add(await visitorDevice(name, url, identity, new Random(seed), findings.verdict), (each) => each.close());
  const writer = await device('the writer', server.url);
  const slow = await device('the slow reader', line.url);
  const conversation = writer.client.startConversation();
  await writer.client.send(conversation, 'hello');
  await slow.open(conversation);
  const readers: LightReader[] = [];
  for (let i = 2; i < Math.max(10, READERS * scale); i++) {
    readers.push(stage.add(await LightReader.enter(server.url, identity), (each) => each.close()));
  }

  const said = ['hello'];
  const own: string[] = [];
  const talk = setInterval(() => {
    said.push(stampedText(LENGTH));
    void writer.client.send(conversation, said.at(-1)!).catch(() => {});
  }, 1_000 / PER_SECOND);
  stage.add(talk, clearInterval);
  const reach = () => findConversation(writer.state, conversation)!.lastSeq;
  const catchUp = async () => {
    const [seq, from] = [reach(), performance.now()];
    const isThere = await stage.until(PATIENCE_MS, () => slow.isAt(conversation, seq) || undefined);
    findings.check(isThere !== undefined, 'Who had stopped reading did not catch up.');
    findings.converged(performance.now() - from);
  };

  const probe = new ReadProbe({ stage, server, line, reader: readers[0], frameBytes: LENGTH });
  const [calm, beside]: [number[], number[]] = [[], []];
  for (let round = 1; round <= ROUNDS; round++) {
    takeLatencies(readers);
    // Looked at in the same way, so that looking makes no difference.
    await probe.untilCut(CALM_MS);
    calm.push(p99(takeLatencies(readers)));
    // What is sent again must be of this connection.
    own.push(`round ${round} `.padEnd(LENGTH, 'x'));
    await slow.client.send(conversation, own.at(-1)!);
    await probe.stall();
    takeLatencies(readers);
    const { peak, cutMs, rate } = await probe.untilCut(PATIENCE_MS);
    beside.push(p99(takeLatencies(readers)));
    line.resume();
    await stateOf(slow.client, ({ connection }) => connection !== 'open');
    await catchUp();
    log(
      `${readers.length} others: p99 ${calm.at(-1)!.toFixed(1)} ms, beside one that does not read ` +
        `${beside.at(-1)!.toFixed(1)} ms; cut off after ${cutMs} ms, at most ${Math.round(peak / 1_024)} KiB waited for it`,
    );
    // Where the machine cannot keep up with so much being said, it takes longer until too much waits.
    const share = Math.min(1, rate / (LENGTH * PER_SECOND));
    findings.check(cutMs * share <= CUT_MS, `It took ${cutMs} ms to cut off who did not read.`);
    findings.check(peak <= MOST_BYTES, `${peak} bytes waited in the server for who did not read.`);
  }
  clearInterval(talk);
  // What else goes on on this machine comes and goes; what one reader did to the others would be there each time.
  const slower = Math.min(...beside) / Math.max(...calm);
  findings.check(slower <= MOST_SLOWER, `Each time the others heard at least ${slower.toFixed(2)} times later.`);

  await stage.until(PATIENCE_MS, () => reach() >= said.length + own.length || undefined);
  await catchUp();
  findings.messages = said.length + own.length;
  findings.resumes = slow.resumes - 1;
  const stored = await storedEntries(server, conversation);
  const texts = stored.map(({ text }) => text ?? '');
  const isOwn = (text: string) => text.startsWith('round');
  findings.compare(
    'what the store has of the writer',
    said,
    texts.filter((text) => !isOwn(text)),
  );
  findings.compare('what the store has of the slow reader', own, texts.filter(isOwn));
  await slow.scroll(conversation, stored.length);
  checkView(slow.view, conversation, stored, findings.verdict);
  return findings.result('R11', store);
}

function takeLatencies(readers: readonly LightReader[]): number[] {
  return readers.flatMap((reader) => {
    const { latencies } = reader;
    reader.latencies = [];
    return latencies;
  });
}

function p99(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length * 0.99)] ?? 0;
}
