/** R10: the device is offline for a while, or sleeps. */
import { ChatServerProcess } from '../../scripts/chat-server-process.mjs';
import { ChatPage, findEngines, startBrowser, startSite } from './chat-page.ts';
import type { Engine } from './chat-page.ts';
import type { FaultRun, RunOptions, RunResult } from './fault-run.ts';
import { Findings } from './findings.ts';
import { movableTime, skipTime } from './page-time.ts';
import { answer, storedTexts } from './read-store.ts';
import { SendWatch } from './send-watch.ts';
import { Stage } from './stage.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
/** Messages that are written during each absence. */
const MESSAGES = 40;
/** Answers that come meanwhile. */
const ANSWERS = 5;
/** What was written must have been sent so soon after the return, ms. */
const FLUSH_MS = 2 * SECOND;
const PATIENCE_MS = 30 * SECOND;

interface Absence {
  readonly name: string;
  /** How long it takes, ms. */
  readonly ms: number;
  /** Nobody waits so long: the page's time jumps. */
  readonly isSkipped?: boolean;
  /** The lid is closed: the page is not told, its connection is dead when it wakes up. */
  readonly isSleep?: boolean;
}

const ABSENCES: readonly Absence[] = [
  { name: 'offline for 5 s', ms: 5 * SECOND },
  { name: 'offline for 30 s', ms: 30 * SECOND },
  { name: 'offline for 10 min', ms: 10 * MINUTE, isSkipped: true },
  { name: 'asleep for 1 h', ms: 60 * MINUTE, isSkipped: true, isSleep: true },
];

export const offline: FaultRun = {
  name: 'R10',
  title: 'a visitor who writes while offline, or whose device sleeps',
  stores: ['sqlite'],
  run: (options) => Stage.for(options.signal, (stage) => run(stage, options)),
};

async function run(stage: Stage, options: RunOptions): Promise<RunResult> {
  const findings = new Findings();
  const server = stage.add(await ChatServerProcess.start(), (each) => each.dispose());
  for (const engine of await findEngines(options.log)) await runIn(engine, stage, server, options, findings);
  return findings.result('R10', options.store);
}

async function runIn(
  engine: Engine,
  stage: Stage,
  server: ChatServerProcess,
  { scale, log }: RunOptions,
  findings: Findings,
): Promise<void> {
  const watch = stage.add(await SendWatch.start(Number(new URL(server.url).port)), (each) => each.close());
  const browser = await startBrowser(stage, engine);
  const site = await startSite(stage, watch.url);
  const page = await ChatPage.in(await browser.createBrowserContext());
  await page.tab.evaluateOnNewDocument(movableTime);
  await page.goto(`${site.url}/`);
  const said = ['hello'];
  await page.send(said);
  const conversation = await page.newest();
  await page.show(conversation);

  const answers: string[] = [];
  const count = Math.max(4, Math.round(MESSAGES * scale));
  for (const absence of ABSENCES) {
    const words = Array.from({ length: count }, (_, i) => `word-${String(said.length + i).padStart(5, '0')}`);
    const heard = watch.seen.length;
    const connections = watch.lines;
    await leave(page, watch, absence);
    const pass = async (ms: number) => (absence.isSkipped ? page.tab.evaluate(skipTime, ms) : stage.pause(ms));
    await page.write(words.slice(0, count / 2));
    for (let i = 0; i < ANSWERS; i++) {
      answers.push(`answer-${String(answers.length).padStart(4, '0')}`);
      await answer(server, conversation, answers.at(-1)!);
      if (!absence.isSleep) await pass(absence.ms / ANSWERS);
    }
    await page.write(words.slice(count / 2));
    said.push(...words);

    const back = performance.now();
    if (absence.isSleep) await pass(absence.ms);
    else await page.tab.setOfflineMode(false);
    const isSent = () =>
      watch.seen.slice(heard).some(({ text, at }) => text === words.at(-1) && at > back) || undefined;
    await stage.until(PATIENCE_MS, isSent);
    const tookMs = Math.round(performance.now() - back);
    const all = said.length + answers.length;
    await stage.until(PATIENCE_MS, async () => (await page.told()).messages.length >= all || undefined);
    findings.converged(performance.now() - back);
    log(
      `${engine}, ${absence.name}: all was sent ${tookMs} ms after the return, over ${watch.lines - connections} connections`,
    );
    findings.check(
      tookMs <= FLUSH_MS,
      `${engine}, ${absence.name}: what was written was sent only after ${tookMs} ms.`,
    );
    const sent = watch.seen.filter(({ at }) => at > back).map(({ text }) => text);
    findings.compare(`${engine}, ${absence.name}: what is sent, in its order`, words, [...new Set(sent)]);
    findings.resumes += 1;
  }

  findings.messages += said.length + answers.length;
  const stored = await storedTexts(server, conversation);
  const isAnswer = (text: string) => text.startsWith('answer');
  findings.compare(
    `${engine}, the store`,
    said,
    stored.filter((text) => !isAnswer(text)),
  );
  findings.compare(`${engine}, the answers in the store`, answers, stored.filter(isAnswer));
  const { messages, errors, thrown } = await page.told();
  findings.compare(`${engine}, the page's events`, stored, messages);
  const shown = (await page.shown()).match(/\b(hello|word-\d{5}|answer-\d{4})\b/g) ?? [];
  findings.compare(`${engine}, the conversation on screen`, stored.slice(-shown.length), shown);
  findings.check(thrown.length === 0, `${engine}, thrown into the page: ${thrown.join(' · ')}`);
  const untold = errors.filter((code) => code !== 'offline');
  findings.check(untold.length === 0, `${engine}, the page heard ${untold.join(', ')}.`);
  await browser.close();
}

async function leave(page: ChatPage, watch: SendWatch, { isSleep }: Absence): Promise<void> {
  if (isSleep) watch.deaden();
  else await page.tab.setOfflineMode(true);
}
