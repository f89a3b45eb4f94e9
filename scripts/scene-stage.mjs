/**
 * Where the scenes of `npm run shots` play: one server, a site with the chat of each inbox on it, and what the people in
 * a scene do.
 */
import { connect } from '../server/test/support/socket.ts';
import { Page } from '../test/e2e/page.ts';
import { AgentAtConsole, pageWithChat, Visitor } from '../test/e2e/people.ts';
import { Site } from '../test/e2e/site.ts';
import { ADMIN, API_KEY, ChatServerProcess, INBOX } from './chat-server-process.mjs';

/** @typedef {import('../test/e2e/puppeteer-driver.ts').PuppeteerTab} PuppeteerTab */
/** @typedef {import('../test/e2e/driver.ts').Driver} Driver */
/** @typedef {{ size: { width: number, height: number }, dir: 'ltr' | 'rtl', name: string }} View */
/**
 * How a picture is taken. `forced`: with the few colours that somebody's system has for everything.
 *
 * @typedef {View & { schemes: readonly ('light' | 'dark')[], forced?: boolean }} Setting
 */
/**
 * Something to see. `open` brings a fresh tab there; what it returns is called when the pictures are taken. `settings`: in
 * the place of all those that every scene has.
 *
 * @typedef {{ name: string, settings?: readonly Setting[], open(tab: PuppeteerTab, view: View): Promise<unknown> }} Scene
 */

export const PHONE = { width: 390, height: 844 };
export const DESKTOP = { width: 1280, height: 860 };

const CUSTOMER = 'grace@shop.example';

export class SceneStage {
  /** @type {ChatServerProcess} */ server;
  /** @type {Site} */ #site;

  /** @param {ChatServerProcess} server @param {Site} site */
  constructor(server, site) {
    this.server = server;
    this.#site = site;
  }

  /**
   * @param {Readonly<Record<string, object>>} inboxes what is set in which, beside the demo inbox
   */
  static async build(inboxes) {
    const server = await ChatServerProcess.start();
    // The forms of the scenes ask for it.
    await server.asAdmin('POST', '/v1/attributes', { owner: 'contact', key: 'topic', label: 'Topic', type: 'string' });
    for (const [id, settings] of Object.entries(inboxes)) {
      await server.asAdmin('POST', '/v1/inboxes', { id, name: id });
      const { status, body } = await server.request('PATCH', `/v1/inboxes/${id}`, { settings });
      if (status !== 200) throw new Error(JSON.stringify(body));
    }
    /** @type {Record<string, string>} */
    const pages = {};
    for (const dir of ['ltr', 'rtl']) {
      const turned = (/** @type {string} */ html) => html.replace('<html', `<html dir="${dir}"`);
      for (const inbox of [INBOX, ...Object.keys(inboxes)]) {
        pages[`/${inbox}-${dir}`] = turned(pageWithChat().replace(`inbox="${INBOX}"`, `inbox="${inbox}"`));
      }
    }
    return new SceneStage(server, await Site.start(pages, server.url));
  }

  async close() {
    await this.#site.stop();
    await this.server.dispose();
  }

  /** Somebody on a page with an inbox's chat. @param {PuppeteerTab} tab @param {{ dir: string }} view */
  async visit(tab, { dir }, inbox = INBOX) {
    await tab.goto(`${this.#site.url}/${inbox}-${dir}`);
    return new Visitor(new Page(tab));
  }

  /** Whoever has the page in front of them that the tab shows. @param {PuppeteerTab} tab @param {{ dir: string }} view */
  async onPage(tab, { dir }) {
    await turn(tab, dir);
    return new Visitor(new Page(tab));
  }

  /** The same with the panel open. @param {PuppeteerTab} tab @param {{ dir: string }} view */
  async chat(tab, view, inbox = INBOX) {
    const visitor = await this.visit(tab, view, inbox);
    await visitor.openChat();
    return visitor;
  }

  /** Grace, whom the shop has signed in. @param {PuppeteerTab} tab @param {{ dir: string }} view */
  async customer(tab, view, inbox = INBOX) {
    const address = `/v1/contacts/chat-auth-token?email=${CUSTOMER}&inbox=${inbox}`;
    const { body } = await this.server.request('GET', address);
    const visitor = await this.visit(tab, view, inbox);
    await tab.evaluate(
      (/** @type {object} */ identity) => {
        const tag = document.querySelector('chat-widget');
        if (tag) Object.assign(tag, identity);
      },
      { email: CUSTOMER, authToken: body.auth_token, firstName: 'Grace', lastName: 'Hopper' },
    );
    return visitor;
  }

  /** Somebody who has said something. @param {PuppeteerTab} tab @param {{ dir: string }} view @param {string} text */
  async talk(tab, view, text, inbox = INBOX) {
    const visitor = await this.chat(tab, view, inbox);
    await visitor.write(text);
    await visitor.messages.reads('Sent');
    return visitor;
  }

  /** The conversation in which something was said last. */
  async newest() {
    return (await this.server.request('GET', '/v1/conversations?limit=1')).body.conversations[0];
  }

  /** The back end says something there. @param {string | object} message */
  async answer(message) {
    const body = typeof message === 'string' ? { text: message } : message;
    const answer = await this.server.request('POST', `/v1/conversations/${(await this.newest()).id}/messages`, body);
    if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
    return answer.body;
  }

  async resolve() {
    await this.server.request('PATCH', `/v1/conversations/${(await this.newest()).id}`, { state: 'resolved' });
  }

  /** Nobody is there, or somebody may be. @param {'away' | 'online'} presence */
  async agents(presence) {
    await this.server.asAdmin('PATCH', '/v1/agent/session', { presence });
  }

  /** The admin's line to the server, without a console: while it is open, somebody is there. */
  async agentSocket() {
    const { url } = this.server;
    const signedIn = await fetch(`${url}/v1/agent/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: url },
      body: JSON.stringify(ADMIN),
    });
    const cookie = signedIn.headers.getSetCookie().map((each) => each.split(';')[0]);
    const address = `${url.replace('http', 'ws')}/v1/agent/socket`;
    const socket = await connect(address, { origin: url, cookie: cookie.join('; ') });
    await socket.hello();
    return socket;
  }

  /** A file for the conversation of the scene, from the back end. @param {string} name @param {Blob} file */
  async upload(name, file) {
    const form = new FormData();
    form.append('file', file, name);
    const response = await fetch(`${this.server.url}/v1/conversations/${(await this.newest()).id}/files`, {
      method: 'POST',
      headers: { authorization: `Bearer ${API_KEY}` },
      body: form,
    });
    if (!response.ok) throw new Error(await response.text());
    return response.json();
  }

  /** @param {PuppeteerTab} tab @param {{ dir: string }} view */
  async consoleDoor(tab, { dir }) {
    await tab.goto(`${this.server.url}/console`);
    await turn(tab, dir);
    const page = new Page(tab);
    await page.textbox('E-mail').isThere();
    return page;
  }

  /** The admin at the console. @param {PuppeteerTab} tab @param {{ dir: string }} view */
  async console(tab, view) {
    const page = await this.consoleDoor(tab, view);
    await page.textbox('E-mail').type(ADMIN.email);
    await page.textbox('Password').type(ADMIN.password);
    await page.button('Sign in').click();
    const agent = new AgentAtConsole(page);
    await agent.conversation(/Grace/).isThere();
    return agent;
  }

  /** A few conversations, so that there is something to see. @param {Driver} driver */
  async furnish(driver) {
    const view = { dir: 'ltr' };
    const profile = await driver.newProfile();
    const grace = await this.customer(/** @type {PuppeteerTab} */ (await profile.newTab()), view);
    await grace.openChat();
    await grace.write('Hello! My satchel’s strap came off. **Can you mend it?**');
    await grace.write('I bought it in March, order 4711.');
    await grace.messages.reads('4711', 'Sent');
    await this.answer('Hello Grace, of course: we mend for life.');
    await this.answer('The parcel slip is in your mailbox tomorrow.');
    await grace.messages.reads('tomorrow');
    await profile.close();
    for (const text of [
      'Do you ship to Iceland?',
      'When is the next batch of totes ready? https://shop.example/totes',
    ]) {
      const stranger = await driver.newProfile();
      await this.talk(/** @type {PuppeteerTab} */ (await stranger.newTab()), view, text);
      await stranger.close();
    }
  }
}

/** @param {PuppeteerTab} tab @param {string} dir */
export async function turn(tab, dir) {
  await tab.evaluate((/** @type {string} */ value) => document.documentElement.setAttribute('dir', value), dir);
}

/** What the shop's customers send: pictures and papers, made in the page. @typedef {{ name: string, width?: number, height?: number, bytes?: number }} Sent */

/**
 * Chooses files, as the browser's own dialog would.
 *
 * @param {PuppeteerTab} tab
 * @param {readonly Sent[]} files those with a width are pictures
 */
export async function chooseFiles(tab, files) {
  await tab.evaluate(async (list) => {
    /** @type {(root: Document | ShadowRoot) => HTMLInputElement[]} */
    const inputs = (root) =>
      [...root.querySelectorAll('*')].flatMap((element) => [
        ...(element instanceof HTMLInputElement && element.type === 'file' ? [element] : []),
        ...(element.shadowRoot ? inputs(element.shadowRoot) : []),
      ]);
    const paint = async (/** @type {number} */ width, /** @type {number} */ height) => {
      const canvas = Object.assign(document.createElement('canvas'), { width, height });
      const pen = canvas.getContext('2d');
      if (!pen) throw new Error('There is nothing to paint with.');
      const sky = pen.createLinearGradient(0, 0, width, height);
      sky.addColorStop(0, '#e8c9a0');
      sky.addColorStop(1, '#8a5a3b');
      pen.fillStyle = sky;
      pen.fillRect(0, 0, width, height);
      pen.strokeStyle = '#4a2e1d';
      pen.lineWidth = Math.max(2, width / 60);
      pen.strokeRect(width * 0.2, height * 0.3, width * 0.6, height * 0.5);
      pen.beginPath();
      pen.arc(width / 2, height * 0.3, width * 0.15, Math.PI, 0);
      pen.stroke();
      return new Promise((/** @type {(blob: Blob | null) => void} */ done) => canvas.toBlob(done, 'image/png'));
    };
    const data = new DataTransfer();
    for (const { name, width, height, bytes } of list) {
      const content = width && height ? await paint(width, height) : `%PDF-1.4\n${'x'.repeat(bytes ?? 48_000)}`;
      data.items.add(new File(content ? [content] : [], name, { type: width ? 'image/png' : 'application/pdf' }));
    }
    const [input] = inputs(document);
    if (!input) throw new Error('Files cannot be sent here.');
    input.files = data.files;
    input.dispatchEvent(new Event('change', { bubbles: true }));
  }, files);
}
