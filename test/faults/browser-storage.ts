/** R8: the browser keeps nothing, or loses what it keeps. */
import { ChatServerProcess } from '../../scripts/chat-server-process.mjs';
import { ChatPage, findEngines, startBrowser, startSite } from './chat-page.ts';
import type { Engine } from './chat-page.ts';
import type { FaultRun, RunOptions, RunResult } from './fault-run.ts';
import { Findings } from './findings.ts';
import { answer, storedTexts } from './read-store.ts';
import { Stage } from './stage.ts';
import { TROUBLES, type Scene, type Trouble } from './storage-troubles.ts';

/** Messages per trouble. */
const MESSAGES = 500;
/** They are sent in so many parts; the trouble happens in the midst of each. */
const PARTS = 5;
const PATIENCE_MS = 30_000;

export const browserStorage: FaultRun = {
  name: 'R8',
  title: 'storage in the browser: full, broken, blocked, changed, missing, cleared, forbidden',
  stores: ['sqlite'],
  run: (options) => Stage.for(options.signal, (stage) => run(stage, options)),
};

async function run(stage: Stage, options: RunOptions): Promise<RunResult> {
  const findings = new Findings();
  const server = stage.add(await ChatServerProcess.start(), (each) => each.dispose());
  for (const engine of await findEngines(options.log)) await runIn(engine, stage, server, options, findings);
  return findings.result('R8', options.store);
}

async function runIn(
  engine: Engine,
  stage: Stage,
  server: ChatServerProcess,
  { scale, log }: RunOptions,
  findings: Findings,
): Promise<void> {
  const browser = await startBrowser(stage, engine);
  const site = await startSite(stage, server.url);
  const count = Math.max(PARTS, Math.round(MESSAGES * scale));
  for (const each of TROUBLES) {
    if (each.isChromiumOnly && engine !== 'chromium') continue;
    const trouble = { ...each, name: `${engine}, ${each.name}` };
    const profile = await browser.createBrowserContext();
    const other = await ChatPage.in(profile);
    await other.tab.goto(`${site.url}/empty`);
    const page = await ChatPage.in(profile);
    const scene = { page, other, origin: site.url };
    const started = performance.now();
    await suffer(stage, server, scene, trouble, count, findings);
    log(`${trouble.name}: ${count} messages in ${Math.round(performance.now() - started)} ms`);
    await profile.close();
  }
  await browser.close();
}

/** A visitor writes, an agent answers now and then, and the trouble happens. */
async function suffer(
  stage: Stage,
  server: ChatServerProcess,
  scene: Scene,
  { name, path = '/', isTold, before, meanwhile }: Trouble,
  count: number,
  findings: Findings,
): Promise<void> {
  const { page, origin } = scene;
  await before?.(scene);
  await page.goto(origin + path);
  const said = Array.from({ length: count }, (_, i) => `word-${String(i).padStart(5, '0')}`);
  const answers: string[] = [];
  const heard = async (wanted: number) => (await page.told()).messages.length >= wanted || undefined;
  await page.write(said.slice(0, 1));
  if (!(await stage.until(PATIENCE_MS, () => heard(1)))) {
    findings.check(false, `${name}: not even the first message was stored.`);
    return;
  }
  const conversation = await page.newest();
  await page.show(conversation);
  for (let part = 0; part < PARTS; part++) {
    const [from, to] = [part, part + 1].map((place) => 1 + Math.floor((place * (count - 1)) / PARTS));
    await page.write(said.slice(from, to));
    answers.push(`answer-${String(part).padStart(4, '0')}`);
    await Promise.all([meanwhile?.(scene, part), answer(server, conversation, answers[part])]);
    const ended = performance.now();
    const all = to + answers.length;
    const isThere = await stage.until(PATIENCE_MS, () => heard(all));
    findings.converged(performance.now() - ended);
    if (!isThere) break;
  }
  findings.messages += count + answers.length;

  const stored = await storedTexts(server, conversation);
  const isOwn = (text: string) => text.startsWith('word');
  findings.compare(`${name}: the store`, said, stored.filter(isOwn));
  findings.compare(
    `${name}: the store's answers`,
    answers,
    stored.filter((text) => !isOwn(text)),
  );
  const { messages, errors, thrown } = await page.told();
  findings.compare(`${name}: the page's events`, stored, messages);
  const shown = (await page.shown()).match(/\b(word-\d{5}|answer-\d{4})\b/g) ?? [];
  findings.compare(`${name}: the conversation on screen`, stored.slice(-shown.length), shown);
  findings.check(shown.length > 0, `${name}: nothing is on screen.`);
  const expected = isTold ? ['not_saved'] : [];
  findings.check(
    errors.join() === expected.join(),
    `${name}: the page heard [${errors.join(', ')}], not [${expected.join(', ')}].`,
  );
  findings.check(thrown.length === 0, `${name}: thrown into the page: ${thrown.join(' · ')}`);
}
