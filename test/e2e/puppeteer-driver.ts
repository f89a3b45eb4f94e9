/** Chromium over the DevTools protocol and Firefox over WebDriver BiDi. */
import type {
  Browser,
  BrowserContext,
  CDPSession,
  Cookie,
  HTTPRequest,
  KeyInput,
  LaunchOptions,
  Page,
  ResponseForRequest,
} from 'puppeteer-core';
import puppeteer from 'puppeteer-core';
import type { Chromium, Firefox } from '../../scripts/browsers.mjs';
import { CHROMIUM_ARGS } from '../../scripts/browsers.mjs';
import { slowDown } from '../../scripts/chaos.mjs';
import type { Driver, EngineName, ProfileDriver, TabDriver } from './driver.ts';
import { VIEWPORT } from './driver.ts';

export async function launchChromium(chromium: Chromium): Promise<Driver> {
  return launch('chromium', { ...chromium, args: CHROMIUM_ARGS });
}

export async function launchFirefox(firefox: Firefox): Promise<Driver> {
  // What it tells of the network costs it a quarter of its time, and nobody asks.
  return launch('firefox', { ...firefox, browser: 'firefox', networkEnabled: false });
}

async function launch(engine: EngineName, options: LaunchOptions): Promise<Driver> {
  const browser: Browser = await puppeteer.launch({ ...options, defaultViewport: VIEWPORT });
  return {
    engine,
    newProfile: async () => new PuppeteerProfile(engine, await browser.createBrowserContext()),
    close: () => browser.close(),
  };
}

class PuppeteerProfile implements ProfileDriver {
  readonly #engine: EngineName;
  readonly #context: BrowserContext;

  constructor(engine: EngineName, context: BrowserContext) {
    this.#engine = engine;
    this.#context = context;
  }

  async newTab(): Promise<TabDriver> {
    const page = await this.#context.newPage();
    if (this.#engine !== 'chromium') return new PuppeteerTab(page);
    // Of many windows one is in front, and only there an element that takes the focus is told so: each is to believe
    // that it is the one.
    await page.emulateFocusedPage(true);
    return new PuppeteerTab(await slowDown(page));
  }

  async close(): Promise<void> {
    await this.#context.close();
  }
}

export class PuppeteerTab implements TabDriver {
  readonly #page: Page;
  #reader?: CDPSession;

  constructor(page: Page) {
    this.#page = page;
  }

  async goto(url: string): Promise<void> {
    await this.#page.goto(url);
  }

  async reload(): Promise<void> {
    await this.#page.reload();
  }

  async evaluate<Argument, Result>(
    run: (argument: Argument) => Result | Promise<Result>,
    argument: Argument,
  ): Promise<Result> {
    return (await this.#page.evaluate(run as (argument: unknown) => unknown, argument)) as Result;
  }

  async click(x: number, y: number, pressed?: () => Promise<unknown>): Promise<void> {
    await this.#page.bringToFront();
    await this.#page.mouse.move(x, y);
    await this.#page.mouse.down();
    await pressed?.();
    await this.#page.mouse.up();
  }

  async type(text: string): Promise<void> {
    await this.#page.bringToFront();
    await this.#page.keyboard.type(text);
  }

  async press(combination: string): Promise<void> {
    await this.#page.bringToFront();
    const keys = combination.split('+') as KeyInput[];
    for (const key of keys) await this.#page.keyboard.down(key);
    for (const key of keys.reverse()) await this.#page.keyboard.up(key);
  }

  async resize(width: number, height: number): Promise<void> {
    await this.#page.setViewport({ width, height });
  }

  /** Pretends that the person prefers this, for instance `{'prefers-color-scheme': 'dark'}`. Chromium only. */
  async prefer(features: Readonly<Record<string, string>>): Promise<void> {
    // Not by the page's own method, which knows a few of them only; what is set lasts as long as the session.
    this.#reader ??= await this.#page.createCDPSession();
    const list = Object.entries(features).map(([name, value]) => ({ name, value }));
    await this.#reader.send('Emulation.setEmulatedMedia', { features: list });
  }

  /** Takes this tab's network away, as for a phone in a tunnel. Chromium only. */
  async cutOff(): Promise<void> {
    await this.#page.setOfflineMode(true);
  }

  /**
   * Answers what this tab asks for in the place of the network, so that it can be on any host; undefined: the network
   * does. Chromium only.
   */
  async answer(respond: (request: HTTPRequest) => Promise<Partial<ResponseForRequest> | undefined>): Promise<void> {
    await this.#page.setRequestInterception(true);
    this.#page.on('request', (request) => {
      // A page that has gone meanwhile takes no answer.
      respond(request)
        .then((answer) => (answer ? request.respond(answer) : request.continue()))
        .catch(() => {});
    });
  }

  /** The cookies of all hosts. Chromium only. */
  async cookies(): Promise<Cookie[]> {
    return this.#page.browserContext().cookies();
  }

  async screenshot(file: string): Promise<void> {
    await this.#page.bringToFront();
    await this.#page.screenshot({ path: file });
  }

  async close(): Promise<void> {
    await this.#page.close();
  }
}
