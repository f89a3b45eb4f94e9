/**
 * What end-to-end tests run in: every engine that there is (`BROWSERS` selects), the built bundles, the real server.
 * Files that run in one process (`--test-isolation=none`) share one browser per engine; profiles keep them apart.
 *
 *     inEveryEngine('A visitor and an agent', (world) => {
 *       it('talk', async () => {
 *         const visitor = await world.newProfile();
 */
import { after, afterEach, before, describe } from 'node:test';
import { findBrowsers } from '../../scripts/browsers.mjs';
import { ensureBundles } from '../../scripts/build.mjs';
import { ChatServerProcess } from '../../scripts/chat-server-process.mjs';
import { HousedChatServer } from '../../scripts/housed-chat-server.mjs';
import type { Driver, EngineName } from './driver.ts';
import { Profile } from './page.ts';
import { launchChromium, launchFirefox } from './puppeteer-driver.ts';
import { webkitDriver } from './webkit-driver.ts';
import type { Pages } from './site.ts';
import { Site } from './site.ts';

const browsers = await findBrowsers();
await ensureBundles();

/** One engine, and one server for all tests of a suite. */
export class World {
  readonly engine: EngineName;
  readonly #driver: Driver;
  readonly #profiles: Profile[] = [];
  readonly #sites: Site[] = [];
  #server: Promise<ChatServerProcess> | undefined;

  constructor(driver: Driver) {
    this.engine = driver.engine;
    this.#driver = driver;
  }

  /**
   * The suite's server; it starts when it is asked for first.
   *
   * @param options.own in a process of its own, so that `kill` is `kill -9`; else it shares one with those of other suites
   */
  server({ own = false } = {}): Promise<ChatServerProcess> {
    return (this.#server ??= (own ? ChatServerProcess : HousedChatServer).start());
  }

  /** A browser that nobody has used before; it is closed after the test. */
  async newProfile(): Promise<Profile> {
    const profile = new Profile(await this.#driver.newProfile());
    this.#profiles.push(profile);
    return profile;
  }

  /** A web site, with the chat server behind it if it is given; it is gone after the test. */
  async newSite(pages: Pages, server?: ChatServerProcess): Promise<Site> {
    const site = await Site.start(pages, server?.url);
    this.#sites.push(site);
    return site;
  }

  async tidy(): Promise<void> {
    await Promise.all(this.#profiles.splice(0).map((profile) => profile.close()));
    await Promise.all(this.#sites.splice(0).map((site) => site.stop()));
  }

  async close(): Promise<void> {
    await (await this.#server)?.dispose();
  }
}

const drivers = new Map<EngineName, Promise<Driver>>();
after(async () => {
  await Promise.all([...drivers.values()].map(async (driver) => (await driver).close()));
});

/** The browser of this process; it starts when the first suite wants it. */
function driverOf(engine: EngineName, launch: () => Promise<Driver>): Promise<Driver> {
  const driver = drivers.get(engine) ?? launch();
  drivers.set(engine, driver);
  return driver;
}

/**
 * Declares a suite once for each engine.
 *
 * @param engines those it makes sense in; all without
 */
export function inEveryEngine(
  title: string,
  declare: (world: () => World) => void,
  engines: readonly EngineName[] = ['chromium', 'firefox', 'webkit'],
): void {
  for (const engine of engines) {
    const launch = launcherOf(engine);
    if (!launch) continue;
    describe(`${title} (${engine})`, () => {
      let world: World;
      before(async () => {
        world = new World(await driverOf(engine, launch));
      });
      afterEach(() => world.tidy());
      after(() => world.close());
      declare(() => world);
    });
  }
}

function launcherOf(engine: EngineName): (() => Promise<Driver>) | undefined {
  const { chromium, firefox, webkit } = browsers;
  if (engine === 'chromium') return chromium && (() => launchChromium(chromium));
  if (engine === 'firefox') return firefox && (() => launchFirefox(firefox));
  return webkit && (() => Promise.resolve(webkitDriver(webkit)));
}
