/**
 * WebKitGTK over W3C WebDriver, without a client library: Xvfb, WebKitWebDriver, fetch.
 *
 * One `WebKitSession` is one browser with storage of its own; its windows share that storage, as tabs do.
 * Protocol: https://www.w3.org/TR/webdriver2/
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from './free-port.mjs';

/** @typedef {import('./browsers.mjs').Webkit} Webkit */

/** Names of keys as in `KeyboardEvent.key`, and what WebDriver wants for them (§ 17.4.2, keyboard actions). */
const KEYS = new Map(
  Object.entries({
    Backspace: '\uE003',
    Tab: '\uE004',
    Enter: '\uE007',
    Shift: '\uE008',
    Control: '\uE009',
    Alt: '\uE00A',
    Escape: '\uE00C',
    Space: ' ',
    PageUp: '\uE00E',
    PageDown: '\uE00F',
    End: '\uE010',
    Home: '\uE011',
    ArrowLeft: '\uE012',
    ArrowUp: '\uE013',
    ArrowRight: '\uE014',
    ArrowDown: '\uE015',
    Delete: '\uE017',
    Meta: '\uE03D',
  }),
);

/** Longest wait for a program, or for a window manager that is not there. */
const PATIENCE_MS = 30_000;

export class WebKitSession {
  /** @type {string} */ #base = '';
  /** @type {string} */ #path = '';
  /** @type {import('node:child_process').ChildProcess[]} */ #processes = [];
  #version = '';
  #kill = () => this.#processes.forEach((process) => process.kill('SIGKILL'));

  /**
   * Starts a display, a driver and a browser.
   *
   * @param {Webkit} programs
   * @param {Record<string, unknown>} [capabilities]
   */
  static async start(programs, capabilities) {
    const session = new WebKitSession();
    process.once('exit', session.#kill);
    try {
      await session.#start(programs, capabilities);
    } catch (error) {
      session.#kill();
      throw error;
    }
    return session;
  }

  get version() {
    return this.#version;
  }

  /**
   * One WebDriver command of this session.
   *
   * @param {'GET' | 'POST' | 'DELETE'} method
   * @param {string} path below `/session/{id}`
   * @param {object} [body]
   * @returns {Promise<any>} the answer's `value`
   */
  command(method, path, body) {
    return this.#request(method, this.#path + path, body);
  }

  /** @param {string} text each character is one key */
  async type(text) {
    await this.#keys(Array.from(text, (character) => ({ down: character, up: character })));
  }

  /** @param {string} combination such as `Enter` or `Shift+Enter` */
  async press(combination) {
    const keys = combination.split('+').map((name) => KEYS.get(name) ?? name);
    await this.#keys([...keys.map((down) => ({ down })), ...keys.reverse().map((up) => ({ up }))]);
  }

  /** @param {...object} actions of the mouse */
  async mouse(...actions) {
    const source = { type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' }, actions };
    await this.command('POST', '/actions', { actions: [source] });
  }

  /**
   * Makes the page that many CSS pixels large: the window, less its frame and bars.
   *
   * @param {number} width
   * @param {number} height
   */
  async resize(width, height) {
    const [frameWidth, frameHeight] = await this.#excess();
    await this.command('POST', '/window/rect', { width: width + frameWidth, height: height + frameHeight });
    // The answer comes before the page has its new size.
    const script = 'return innerWidth === arguments[0] && innerHeight === arguments[1]';
    await until(`a page of ${width} × ${height}`, () =>
      this.command('POST', '/execute/sync', { script, args: [width, height] }),
    );
  }

  /** @returns {Promise<[number, number]>} what the window has more than the page in it */
  async #excess() {
    const rect = await this.command('GET', '/window/rect');
    const script = 'return [innerWidth, innerHeight]';
    const [width, height] = await this.command('POST', '/execute/sync', { script, args: [] });
    return [rect.width - width, rect.height - height];
  }

  async close() {
    await this.command('DELETE', '').catch(() => undefined);
    this.#kill();
    process.off('exit', this.#kill);
  }

  /** @param {{ down?: string, up?: string }[]} strokes */
  async #keys(strokes) {
    const actions = strokes.flatMap(({ down, up }) => [
      ...(down === undefined ? [] : [{ type: 'keyDown', value: down }]),
      ...(up === undefined ? [] : [{ type: 'keyUp', value: up }]),
    ]);
    if (actions.length) await this.command('POST', '/actions', { actions: [{ type: 'key', id: 'keyboard', actions }] });
  }

  /**
   * @param {Webkit} programs
   * @param {Record<string, unknown>} [capabilities]
   */
  async #start(programs, capabilities) {
    const xvfbArgs = ['-displayfd', '3', '-screen', '0', '1440x1100x24', '-nolisten', 'tcp'];
    const xvfb = spawn(programs.xvfb, xvfbArgs, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
    this.#processes.push(xvfb);
    const displays = /** @type {import('node:stream').Readable} */ (xvfb.stdio[3]);
    const [display] = await once(displays, 'data', { signal: AbortSignal.timeout(PATIENCE_MS) });

    const port = await freePort();
    const driver = spawn(programs.driver, [`--port=${port}`], {
      stdio: 'ignore',
      env: {
        ...process.env,
        DISPLAY: `:${String(display).trim()}`,
        GDK_BACKEND: 'x11',
        NO_AT_BRIDGE: '1',
        LIBGL_ALWAYS_SOFTWARE: '1',
        // There is no graphics card to compose layers, and the processor takes as long for that as for the pages.
        WEBKIT_DISABLE_COMPOSITING_MODE: '1',
        // Its sandbox needs user namespaces, which containers rarely give.
        WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
      },
    });
    this.#processes.unshift(driver);
    this.#base = `http://127.0.0.1:${port}`;
    await this.#waitForDriver();

    const webkitOptions = { binary: programs.browser, args: ['--automation'] };
    const alwaysMatch = { browserName: 'MiniBrowser', 'webkitgtk:browserOptions': webkitOptions, ...capabilities };
    const session = await this.#request('POST', '/session', { capabilities: { alwaysMatch } });
    this.#path = `/session/${session.sessionId}`;
    this.#version = session.capabilities.browserVersion ?? '';
  }

  async #waitForDriver() {
    await until('WebKitWebDriver', () =>
      this.#request('GET', '/status').then(
        () => true,
        () => false,
      ),
    );
  }

  /**
   * @param {string} method
   * @param {string} path
   * @param {object} [body]
   */
  async #request(method, path, body) {
    const response = await fetch(this.#base + path, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(method === 'POST' ? { body: JSON.stringify(body ?? {}) } : {}),
    });
    const { value } = await response.json();
    if (!response.ok) throw new Error(`WebDriver ${method} ${path}: ${value?.error} ${value?.message}`);
    return value;
  }
}

/**
 * @param {string} what is waited for
 * @param {() => Promise<boolean>} isThere
 */
async function until(what, isThere) {
  const deadline = performance.now() + PATIENCE_MS;
  while (!(await isThere())) {
    if (performance.now() > deadline) throw new Error(`WebKit: ${what} did not come.`);
    await delay(25);
  }
}
