/** A device's clock is set back between two pages, while messages wait there to be sent. */
import type { ChatServerProcess } from '../../scripts/chat-server-process.mjs';
import { ChatPage, startBrowser, startSite } from './chat-page.ts';
import type { Findings } from './findings.ts';
import { storedTexts } from './read-store.ts';
import { SendWatch } from './send-watch.ts';
import type { Stage } from './stage.ts';

const HOUR = 60 * 60 * 1_000;
const YEAR = 365 * 24 * HOUR;
/** What the clock is set to on each page, ms off. */
const PAGES = [10 * YEAR, HOUR, -HOUR, -10 * YEAR, 0];
/** Messages that are written on each. */
const WORDS = 3;
const PATIENCE_MS = 30_000;

/** What was written first is sent first, whatever the clocks said. */
export async function clocksOfPages(stage: Stage, server: ChatServerProcess, findings: Findings): Promise<void> {
  const watch = stage.add(await SendWatch.start(Number(new URL(server.url).port)), (each) => each.close());
  const browser = await startBrowser(stage, 'chromium');
  const site = await startSite(stage, watch.url);
  const page = await ChatPage.in(await browser.createBrowserContext());
  await page.goto(`${site.url}/`);
  const said = ['hello'];
  await page.send(said);
  const conversation = await page.newest();

  watch.holds = true;
  for (const [index, offset] of PAGES.entries()) {
    const script = await page.tab.evaluateOnNewDocument(moveDate, offset);
    await page.goto(`${site.url}/`);
    const words = Array.from({ length: WORDS }, (_, i) => `page-${index}-word-${i}`);
    said.push(...words);
    await page.write(words);
    const isSent = () => watch.seen.some(({ text }) => text === words.at(-1)) || undefined;
    await stage.until(PATIENCE_MS, isSent);
    await page.tab.removeScriptToEvaluateOnNewDocument(script.identifier);
  }
  watch.holds = false;
  const from = performance.now();
  await page.goto(`${site.url}/`);
  const stored = async () => storedTexts(server, conversation);
  await stage.until(PATIENCE_MS, async () => (await stored()).length >= said.length || undefined);
  findings.converged(performance.now() - from);
  findings.messages += said.length;
  findings.compare('what was written on pages with other clocks', said, await stored());
  const { errors, thrown } = await page.told();
  findings.check(errors.length + thrown.length === 0, `The last page was told ${[...errors, ...thrown].join(' · ')}.`);
}

/** Runs in the page before anything else. */
function moveDate(offset: number): void {
  const { now } = Date;
  Date.now = () => now.call(Date) + offset;
}
