/**
 * WebKitGTK as a browser of @web/test-runner. One page at a time, so it is always visible and has the focus.
 *
 * Why not @web/test-runner-webdriver: it brings 200 packages, drops repeated letters while typing and takes twice as long.
 */
import { WebKitSession } from './webkit-driver.mjs';

/** @typedef {import('@web/test-runner-core').BrowserLauncher} BrowserLauncher */
/** @typedef {import('./browsers.mjs').Webkit} Webkit */

/** @param {Webkit} programs */
export function webkitLauncher(programs) {
  return new WebKitLauncher(programs);
}

const BUTTONS = ['left', 'middle', 'right'];

/** @implements {BrowserLauncher} */
class WebKitLauncher {
  name = 'WebKit';
  /** The test runner's own commands know how to talk to a browser of this type: `sendKeys`, `sendMouse`. */
  type = 'webdriver';
  concurrency = 1;
  #programs;
  /** @type {Promise<WebKitSession> | undefined} */ #starting;
  /** @type {string | undefined} */ #active;

  /** @param {Webkit} programs */
  constructor(programs) {
    this.#programs = programs;
  }

  async initialize() {}

  /**
   * @param {string} sessionId
   * @param {string} url
   */
  async startSession(sessionId, url) {
    const session = await this.session();
    this.#active = sessionId;
    await session.command('POST', '/url', { url });
  }

  async stopSession() {
    this.#active = undefined;
    const session = await this.session();
    await session.command('POST', '/url', { url: 'about:blank' });
    return {};
  }

  /** @param {string} sessionId */
  isActive(sessionId) {
    return this.#active === sessionId;
  }

  async getBrowserUrl() {
    const session = await this.session();
    return /** @type {string} */ (await session.command('GET', '/url'));
  }

  async stop() {
    await (await this.#starting)?.close();
  }

  /** @returns {never} */
  startDebugSession() {
    throw new Error('WebKitGTK cannot be debugged here: choose another browser.');
  }

  /** The running browser, for commands of our own. */
  session() {
    return (this.#starting ??= WebKitSession.start(this.#programs));
  }

  /**
   * What `sendKeys` of @web/test-runner-commands calls: one key's name, or a text in single characters.
   *
   * @param {string} _sessionId
   * @param {string[]} keys
   */
  async sendKeys(_sessionId, keys) {
    const session = await this.session();
    for (const key of keys) await (key.length === 1 ? session.type(key) : session.press(key));
  }

  /**
   * @param {string} _sessionId
   * @param {number} x
   * @param {number} y
   */
  async sendMouseMove(_sessionId, x, y) {
    await (await this.session()).mouse({ type: 'pointerMove', duration: 0, x, y });
  }

  /**
   * @param {string} _sessionId
   * @param {string} button
   */
  async sendMouseDown(_sessionId, button = 'left') {
    await (await this.session()).mouse({ type: 'pointerDown', button: BUTTONS.indexOf(button) });
  }

  /**
   * @param {string} _sessionId
   * @param {string} button
   */
  async sendMouseUp(_sessionId, button = 'left') {
    await (await this.session()).mouse({ type: 'pointerUp', button: BUTTONS.indexOf(button) });
  }

  /**
   * @param {string} sessionId
   * @param {number} x
   * @param {number} y
   * @param {string} button
   */
  async sendMouseClick(sessionId, x, y, button = 'left') {
    await this.sendMouseMove(sessionId, x, y);
    await this.sendMouseDown(sessionId, button);
    await this.sendMouseUp(sessionId, button);
  }

  async resetMouse() {
    await (await this.session()).command('DELETE', '/actions');
  }
}
