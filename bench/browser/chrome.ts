import { readFileSync } from 'node:fs';
import type { Browser, CDPSession, Page } from 'puppeteer-core';
import puppeteer from 'puppeteer-core';
import { CHROMIUM_ARGS, findBrowsers } from '../../scripts/browsers.mjs';

const VIEWPORT = { width: 1_280, height: 800 };
const CALM = [
  '--disable-extensions',
  '--disable-background-networking',
  '--disable-component-update',
  // A page whose window is thought to be covered would get no frames.
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
  // What was measured before is not kept in memory.
  '--disable-features=BackForwardCache',
];

/** What a page's main thread has done, ms, as Chromium counts it (CDP, `Performance.getMetrics`). */
export interface Work {
  readonly script: number;
  /** Styles and layout. */
  readonly layout: number;
  /** All of its tasks. */
  readonly task: number;
}

const NETWORK = { offline: false, latency: 150, downloadThroughput: 1.6e6 / 8, uploadThroughput: 750e3 / 8 };

/** A real Chromium without a window. */
export class Chrome {
  readonly #browser: Browser;

  private constructor(browser: Browser) {
    this.#browser = browser;
  }

  static async launch(): Promise<Chrome> {
    const { chromium } = await findBrowsers('chromium');
    const args = [...CHROMIUM_ARGS, ...CALM];
    return new Chrome(await puppeteer.launch({ ...chromium!, args, defaultViewport: VIEWPORT }));
  }

  /** Where it is remote-controlled. */
  get port(): number {
    return Number(new URL(this.#browser.wsEndpoint()).port);
  }

  /** A tab with a profile of its own: nothing is kept of what others did. */
  async newTab(): Promise<Tab> {
    const context = await this.#browser.createBrowserContext();
    const page = await context.newPage();
    const devtools = await page.createCDPSession();
    await devtools.send('Performance.enable');
    return new Tab(page, devtools);
  }

  /** Memory of all that renders pages, MB, by process; empty where there is no /proc. */
  async rendererMemory(): Promise<ReadonlyMap<number, number>> {
    const devtools = await this.#browser.target().createCDPSession();
    const { processInfo } = await devtools.send('SystemInfo.getProcessInfo');
    await devtools.detach();
    const renderers = processInfo.filter(({ type }) => type === 'renderer');
    return new Map(renderers.flatMap(({ id }) => privateMegabytes(id).map((memory) => [id, memory] as const)));
  }

  async stop(): Promise<void> {
    await this.#browser.close();
  }
}

function privateMegabytes(pid: number): number[] {
  try {
    const dirty = /Private_Dirty:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1];
    return dirty ? [Number(dirty) / 1_024] : [];
  } catch {
    return [];
  }
}

/** One tab, with what the bench needs of it. */
export class Tab {
  readonly page: Page;
  readonly devtools: CDPSession;

  constructor(page: Page, devtools: CDPSession) {
    this.page = page;
    this.devtools = devtools;
  }

  /** Makes its processor so many times slower. */
  async slowDown(rate: number): Promise<void> {
    await this.devtools.send('Emulation.setCPUThrottlingRate', { rate });
  }

  /** A line as bad as Lighthouse's "slow 4G": 150 ms, 1.6 Mbit/s. */
  async slowNetwork(): Promise<void> {
    await this.devtools.send('Network.enable');
    await this.devtools.send('Network.emulateNetworkConditions', NETWORK);
  }

  /** Each load is a first one. */
  async withoutCache(): Promise<void> {
    await this.devtools.send('Network.enable');
    await this.devtools.send('Network.setCacheDisabled', { cacheDisabled: true });
  }

  /** Runs in the page. */
  async evaluate<Argument, Result>(run: (argument: Argument) => Result | Promise<Result>, argument: Argument) {
    return (await this.page.evaluate(run as (argument: unknown) => unknown, argument)) as Result;
  }

  /** Runs in every page before anything of its own. */
  async prepare(run: () => void): Promise<void> {
    await this.page.evaluateOnNewDocument(run);
  }

  async collectGarbage(): Promise<void> {
    await this.devtools.send('HeapProfiler.collectGarbage');
  }

  /** kB that live JavaScript objects take. */
  async heap(): Promise<number> {
    await this.collectGarbage();
    return (await this.#metrics()).get('JSHeapUsedSize')! / 1_000;
  }

  /** What the main thread does for something. A page that is left for another of its process counts on. */
  async workOf(act: () => Promise<unknown>): Promise<Work> {
    const before = await this.#metrics();
    await act();
    const after = await this.#metrics();
    const ms = (name: string) => {
      const [from, to] = [before.get(name) ?? 0, after.get(name) ?? 0];
      // Another process counts from the beginning.
      return (to >= from ? to - from : to) * 1_000;
    };
    return {
      script: ms('ScriptDuration'),
      layout: ms('LayoutDuration') + ms('RecalcStyleDuration'),
      task: ms('TaskDuration'),
    };
  }

  async close(): Promise<void> {
    await this.page.browserContext().close();
  }

  async #metrics(): Promise<ReadonlyMap<string, number>> {
    const { metrics } = await this.devtools.send('Performance.getMetrics');
    return new Map(metrics.map(({ name, value }) => [name, value]));
  }
}
