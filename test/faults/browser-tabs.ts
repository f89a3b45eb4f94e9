/** The tabs of one browser profile, all with the chat, and how they die. */
import type { BrowserContext } from 'puppeteer-core';
import { ChatPage } from './chat-page.ts';

export type Death = 'close' | 'crash' | 'freeze';

/** Tabs by their names. Each holds a Web Lock of its name, which tells whose locks are whose. */
export class BrowserTabs {
  readonly living = new Map<string, ChatPage>();
  readonly frozen = new Map<string, ChatPage>();
  readonly #profile: BrowserContext;
  readonly #url: string;
  /** A page of the same origin that watches, and does not die. */
  readonly #observer: ChatPage;
  #opened = 0;

  private constructor(profile: BrowserContext, url: string, observer: ChatPage) {
    this.#profile = profile;
    this.#url = url;
    this.#observer = observer;
  }

  /** @param url where the site is, without a slash at the end */
  static async of(profile: BrowserContext, url: string): Promise<BrowserTabs> {
    const observer = await ChatPage.in(profile);
    await observer.tab.goto(`${url}/empty`);
    return new BrowserTabs(profile, url, observer);
  }

  /** Opens one more tab with the chat. Resolves with its name. */
  async open(): Promise<string> {
    const name = `tab ${++this.#opened}`;
    const page = await ChatPage.in(this.#profile);
    await page.goto(`${this.#url}/`);
    await page.tab.evaluate((lock) => {
      void navigator.locks.request(lock, () => new Promise(() => {}));
    }, name);
    this.living.set(name, page);
    return name;
  }

  /** The living tab whose turn it is to send for all; undefined when it is nobody's. */
  async sender(): Promise<string | undefined> {
    const { held = [] } = await this.#observer.tab.evaluate(() => navigator.locks.query());
    const turn = held.find(({ name }) => name?.includes(' flush '));
    const names = held.filter(({ clientId }) => clientId === turn?.clientId).map(({ name }) => name!);
    return names.find((name) => this.living.has(name));
  }

  /** Ends one of the tabs. Resolves when it is as dead as it gets. */
  async kill(name: string, death: Death): Promise<void> {
    const page = this.living.get(name)!;
    this.living.delete(name);
    if (death === 'freeze') {
      await page.devtools.send('Page.setWebLifecycleState', { state: 'frozen' });
      this.frozen.set(name, page);
      return;
    }
    if (death === 'crash') {
      const crashed = new Promise((resolve) => page.tab.once('error', resolve));
      // It dies before it could answer.
      page.devtools.send('Page.crash').catch(() => {});
      await crashed;
    }
    await page.tab.close();
  }

  /** Frozen tabs go on, as when a person comes back to them. */
  async thaw(): Promise<void> {
    for (const [name, page] of this.frozen) {
      await page.devtools.send('Page.setWebLifecycleState', { state: 'active' });
      this.living.set(name, page);
    }
    this.frozen.clear();
  }
}
