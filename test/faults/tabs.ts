/** R9: the tab that sends for all tabs of a browser dies, again and again. */
import { ChatServerProcess } from '../../scripts/chat-server-process.mjs';
import type { Death } from './browser-tabs.ts';
import { BrowserTabs } from './browser-tabs.ts';
import { findEngines, startBrowser, startSite } from './chat-page.ts';
import type { Engine } from './chat-page.ts';
import type { FaultRun, RunOptions, RunResult } from './fault-run.ts';
import { Findings } from './findings.ts';
import { Random } from './random.ts';
import { storedTexts } from './read-store.ts';
import { SendWatch } from './send-watch.ts';
import { Stage } from './stage.ts';

/** Tabs that die; fewer in Firefox, whose tabs can be closed only. */
const DEATHS: Readonly<Record<Engine, number>> = { chromium: 50, firefox: 10 };
const TABS = 5;
/** Messages that a page leaves unsent in each round. */
const LEFT = 3;
/** The next tab has to send them within this, ms. */
const NEXT_MS = 1_000;
const PATIENCE_MS = 30_000;
const KINDS: Readonly<Record<Engine, readonly Death[]>> = {
  chromium: ['close', 'crash', 'freeze'],
  firefox: ['close'],
};

export const tabs: FaultRun = {
  name: 'R9',
  title: 'five tabs, and whichever of them sends for all is closed, crashes, or freezes',
  stores: ['sqlite'],
  run: (options) => Stage.for(options.signal, (stage) => run(stage, options)),
};

async function run(stage: Stage, options: RunOptions): Promise<RunResult> {
  const findings = new Findings();
  const server = stage.add(await ChatServerProcess.start(), (each) => each.dispose());
  for (const engine of await findEngines(options.log)) await runIn(engine, stage, server, options, findings);
  return findings.result('R9', options.store);
}

async function runIn(
  engine: Engine,
  stage: Stage,
  server: ChatServerProcess,
  { seed, scale, log }: RunOptions,
  findings: Findings,
): Promise<void> {
  const random = new Random(seed);
  const watch = stage.add(await SendWatch.start(Number(new URL(server.url).port)), (each) => each.close());
  const browser = await startBrowser(stage, engine);
  const site = await startSite(stage, watch.url);
  const all = await BrowserTabs.of(await browser.createBrowserContext(), site.url);

  const said = ['hello'];
  const first = all.living.get(await all.open())!;
  await first.send(said);
  const conversation = await first.newest();
  await first.show(conversation);
  const fill = async () => {
    while (all.living.size < TABS) await all.living.get(await all.open())!.show(conversation);
  };
  await fill();

  const gaps: Record<Death, number[]> = { close: [], crash: [], freeze: [] };
  const deaths = Math.max(KINDS[engine].length, Math.round(DEATHS[engine] * scale));
  for (let died = 0; died < deaths;) {
    const left = Array.from({ length: LEFT }, (_, i) => `left-${String(said.length + i).padStart(4, '0')}`);
    said.push(...left);
    watch.holds = true;
    const writer = await all.open();
    await all.living.get(writer)!.write(left);
    await stage.until(PATIENCE_MS, () => sentBy(watch, left) === 1 || undefined);
    await all.kill(writer, 'close');
    // They come back, and look for what is left.
    watch.cut();
    for (let senders = 2; senders <= TABS && died < deaths; senders++) {
      await stage.until(PATIENCE_MS, () => sentBy(watch, left) >= senders || undefined);
      const sender = await all.sender();
      if (!sender) {
        findings.check(false, 'What is left is not sent by one tab for all.');
        break;
      }
      const death = random.pick(KINDS[engine]);
      await all.kill(sender, death);
      const dead = performance.now();
      const isSent = await stage.until(PATIENCE_MS, () => sentBy(watch, left) > senders || undefined);
      gaps[death].push(performance.now() - dead);
      died += 1;
      findings.kills += death === 'freeze' ? 0 : 1;
      if (!isSent) break;
    }
    watch.holds = false;
    watch.cut();
    await all.thaw();
    await fill();
    const ended = performance.now();
    const isThere = async () => {
      const texts = await Promise.all([...all.living.values()].map((page) => page.shown()));
      return texts.every((text) => text.includes(left.at(-1)!)) || undefined;
    };
    if (!(await stage.until(PATIENCE_MS, isThere))) findings.check(false, `A tab never showed ${left.at(-1)}.`);
    findings.converged(performance.now() - ended);
    log(`${engine}: ${died} of ${deaths} tabs died`);
  }

  for (const [death, times] of Object.entries(gaps)) {
    if (times.length === 0) continue;
    const worst = Math.max(...times);
    log(`${engine}, ${death}: ${times.length} times, the next tab sent after ${Math.round(worst)} ms at most`);
    findings.check(worst <= NEXT_MS, `${engine}: after ${death} the next tab sent only ${Math.round(worst)} ms later.`);
  }
  findings.messages += said.length;
  findings.resumes += watch.lines;
  const stored = await storedTexts(server, conversation);
  findings.compare(`${engine}, the store`, said, stored);
  for (const [name, page] of all.living) {
    const shown = (await page.shown()).match(/\b(hello|left-\d{4})\b/g) ?? [];
    findings.compare(`${engine}, what ${name} shows`, said.slice(-shown.length), shown);
    const { thrown, errors } = await page.told();
    findings.check(
      thrown.length + errors.length === 0,
      `${engine}, ${name} was told ${[...thrown, ...errors].join(' · ')}.`,
    );
  }
  await browser.close();
}

/** How many connections have carried all of these. */
function sentBy(watch: SendWatch, texts: readonly string[]): number {
  const lines = new Map<number, number>();
  for (const { text, line } of watch.seen) if (texts.includes(text)) lines.set(line, (lines.get(line) ?? 0) + 1);
  return [...lines.values()].filter((count) => count >= texts.length).length;
}
