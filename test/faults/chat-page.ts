/** The built widget on a web page in Chromium or Firefox, driven by its public interface, and everything that the page is told. */
import type { Browser, BrowserContext, CDPSession, Frame, Page } from 'puppeteer-core';
import puppeteer from 'puppeteer-core';
import { CHROMIUM_ARGS, findBrowsers } from '../../scripts/browsers.mjs';
import { INBOX } from '../../scripts/chat-server-process.mjs';
import { VIEWPORT } from '../e2e/driver.ts';
import { look } from '../e2e/look.ts';
import { Site } from '../e2e/site.ts';
import type { Stage } from './stage.ts';

/** What a page was told, in its order. */
export interface Told {
  /** Codes of `chat-error`. */
  readonly errors: string[];
  /** What was thrown into the page, or rejected without anybody who hears it. */
  readonly thrown: string[];
  /** Texts of `chat-message`. */
  readonly messages: string[];
}

/** As much of `<chat-widget>` as is used here. */
interface Widget extends HTMLElement {
  readonly conversations: readonly { readonly id: string }[];
  send(text: string): Promise<unknown>;
  showConversation(id: string): Promise<void>;
}

/** Those that can be asked for enough. */
export type Engine = 'chromium' | 'firefox';

/** Chromium, and Firefox where there is one. */
export async function findEngines(log: (line: string) => void): Promise<readonly Engine[]> {
  try {
    await findBrowsers('firefox');
    return ['chromium', 'firefox'];
  } catch (error) {
    log(`Chromium only: ${(error as Error).message}`);
    return ['chromium'];
  }
}

export async function startBrowser(stage: Stage, engine: Engine): Promise<Browser> {
  // The bundler takes a while to load: only for those who need it.
  const { ensureBundles } = await import('../../scripts/build.mjs');
  await ensureBundles();
  const found = await findBrowsers(engine);
  const browser = await puppeteer.launch({
    ...(engine === 'chromium' ? { ...found.chromium!, args: CHROMIUM_ARGS } : { ...found.firefox!, browser: engine }),
    defaultViewport: VIEWPORT,
    // It would end this process, and leave the rest of the stage behind.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
  return stage.add(browser, (each) => each.close());
}

/** A web site with the chat on `/`, in a frame without an origin of its own on `/framed`, and nothing on `/empty`. */
export async function startSite(stage: Stage, chatServer: string): Promise<Site> {
  // A frame without an origin gets its code from where everybody may: the chat server.
  const chat = (source: string) => `<script type="module" src="${source}/chat-widget.js"></script>
    <chat-widget server="${chatServer}" inbox="${INBOX}"></chat-widget>`;
  const site = await Site.start({
    '/': page(chat('/bundles')),
    '/framed': page('<iframe sandbox="allow-scripts" src="/chat" title="Chat" width="900" height="800"></iframe>'),
    '/chat': page(chat(chatServer)),
    '/empty': page(''),
  });
  return stage.add(site, (each) => each.stop());
}

const page = (body: string): string => `<!doctype html><meta charset="utf-8"><title>A shop</title>${body}`;

/** A tab with the chat. */
export class ChatPage {
  readonly tab: Page;
  readonly #devtools: CDPSession | undefined;
  #frame: Frame;

  private constructor(tab: Page, devtools: CDPSession | undefined) {
    this.tab = tab;
    this.#devtools = devtools;
    this.#frame = tab.mainFrame();
  }

  /** A tab that shows nothing yet. What is told to its pages is written down from their first moment on. */
  static async in(profile: BrowserContext): Promise<ChatPage> {
    const tab = await profile.newPage();
    await tab.evaluateOnNewDocument(writeDown);
    const hasDevtools = (await tab.browser().version()).startsWith('Chrome');
    return new ChatPage(tab, hasDevtools ? await tab.createCDPSession() : undefined);
  }

  /** Chromium's own door. */
  get devtools(): CDPSession {
    if (!this.#devtools) throw new Error('There are no DevTools here.');
    return this.#devtools;
  }

  /** Shows a page with the chat, and waits until the chat can be used. */
  async goto(url: string): Promise<void> {
    await this.tab.goto(url);
    this.#frame = this.tab.frames().find((frame) => frame.parentFrame()) ?? this.tab.mainFrame();
    await this.#frame.evaluate(() => customElements.whenDefined('chat-widget'));
  }

  /** Sends as the visitor does. Resolves when all of it is stored. */
  async send(texts: readonly string[]): Promise<void> {
    await this.#frame.evaluate(async (all) => {
      const widget = document.querySelector<Widget>('chat-widget' as 'div')!;
      await Promise.all(all.map((text) => widget.send(text)));
    }, texts);
  }

  /** Sends as the visitor does, and does not wait for what becomes of it. */
  async write(texts: readonly string[]): Promise<void> {
    await this.#frame.evaluate((all) => {
      const widget = document.querySelector<Widget>('chat-widget' as 'div')!;
      for (const text of all) void widget.send(text).catch(() => {});
    }, texts);
  }

  /** The id of the visitor's newest conversation. */
  async newest(): Promise<string> {
    return this.#frame.evaluate(() => document.querySelector<Widget>('chat-widget' as 'div')!.conversations[0].id);
  }

  /** Opens the panel with this conversation. */
  async show(conversationId: string): Promise<void> {
    await this.#frame.evaluate(
      (id) => document.querySelector<Widget>('chat-widget' as 'div')!.showConversation(id),
      conversationId,
    );
  }

  /** What can be read in the open conversation now. */
  async shown(): Promise<string> {
    const [log] = await this.#frame.evaluate(look, { role: 'log' });
    return log?.text ?? '';
  }

  async told(): Promise<Told> {
    return this.#frame.evaluate(() => (globalThis as unknown as { told: Told }).told);
  }
}

/** Runs in each page before anything else. */
function writeDown(): void {
  const told: Told = { errors: [], thrown: [], messages: [] };
  Object.assign(globalThis, { told });
  addEventListener('error', ({ error, message }) => told.thrown.push(String(error ?? message)));
  addEventListener('unhandledrejection', ({ reason }) => told.thrown.push(String(reason)));
  addEventListener('chat-error', (event) => {
    told.errors.push((event as CustomEvent<{ code: string }>).detail.code);
  });
  addEventListener('chat-message', (event) => {
    told.messages.push((event as CustomEvent<{ message: { text: string } }>).detail.message.text);
  });
}
