/**
 * What browser tests ask of the browser in words that all three engines understand; the browser's side is
 * test/support/browser.ts. (The runner's own commands cannot hold down a key or resize the page in WebKit.)
 */

/** @returns {import('@web/test-runner-core').TestRunnerPlugin<any>} */
export function browserCommandsPlugin() {
  return {
    name: 'browser-commands',
    async executeCommand({ command, payload, session }) {
      if (!['press', 'resize', 'hold', 'prefer'].includes(command)) return undefined;
      const browser = /** @type {any} */ (session.browser);
      const hands =
        browser.type === 'webdriver'
          ? webDriverHands(await browser.session())
          : puppeteerHands(browser.getPage(session.id));
      if (command === 'press') await hands.press(payload.combination);
      else if (command === 'hold') return hands.hold(payload);
      else if (command === 'prefer') return hands.prefer(payload);
      else await hands.resize(payload.width, payload.height);
      return true;
    },
  };
}

/** @typedef {{ width: number, height: number, insets?: Partial<Record<'top' | 'right' | 'bottom' | 'left', number>> }} Phone */

/**
 * What is emulated lasts as long as the session that wants it.
 *
 * @type {WeakMap<import('puppeteer-core').Page, import('puppeteer-core').CDPSession>}
 */
const held = new WeakMap();

/** The sessions of `prefer`. @type {WeakMap<import('puppeteer-core').Page, import('puppeteer-core').CDPSession>} */
const readers = new WeakMap();

/** @param {import('puppeteer-core').Page} page */
function puppeteerHands(page) {
  return {
    async press(/** @type {string} */ combination) {
      const keys = /** @type {import('puppeteer-core').KeyInput[]} */ (combination.split('+'));
      for (const key of keys) await page.keyboard.down(key);
      for (const key of keys.reverse()) await page.keyboard.up(key);
    },
    async resize(/** @type {number} */ width, /** @type {number} */ height) {
      await page.setViewport({ width, height });
    },
    /** Reads the page as somebody with these preferences does, or as paper. False: it cannot. */
    async prefer(/** @type {{ media: string, features: Record<string, string> }} */ { media, features }) {
      if (/firefox/i.test(await page.browser().version())) return false;
      const session = readers.get(page) ?? (await page.createCDPSession());
      readers.set(page, session);
      const list = Object.entries(features).map(([name, value]) => ({ name, value }));
      await session.send('Emulation.setEmulatedMedia', { media, features: list });
      return true;
    },
    /** Becomes a phone with a finger on it, or none any more. False: it cannot. */
    async hold(/** @type {Phone | null} */ phone) {
      if (/firefox/i.test(await page.browser().version())) return false;
      const before = held.get(page);
      held.delete(page);
      await before?.detach();
      if (!phone) return true;
      const session = await page.createCDPSession();
      held.set(page, session);
      const { width, height, insets = {} } = phone;
      const send = (/** @type {string} */ method, /** @type {object} */ values) =>
        // Some are younger than these types.
        session.send(/** @type {any} */ (method), /** @type {any} */ (values));
      await send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 2, mobile: true });
      await send('Emulation.setTouchEmulationEnabled', { enabled: true });
      await send('Emulation.setSafeAreaInsetsOverride', { insets });
      return true;
    },
  };
}

/** @param {import('./webkit-driver.mjs').WebKitSession} session */
function webDriverHands(session) {
  return {
    press: (/** @type {string} */ combination) => session.press(combination),
    resize: (/** @type {number} */ width, /** @type {number} */ height) => session.resize(width, height),
    hold: () => Promise.resolve(false),
    prefer: () => Promise.resolve(false),
  };
}
