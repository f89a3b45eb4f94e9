/**
 * Firefox as a browser of @web/test-runner: a browser for each page, as contexts share one window here, in which only one
 * page is in front.
 *
 * Tab leads from the last control of a page into the toolbar of the browser. Who walks there and ends a test there leaves
 * every later page without the focus, and what is typed arrives nowhere. So each test file begins in a page that has it.
 */
import { chromeLauncher, puppeteerCore } from '@web/test-runner-chrome';

/** A browser that does not give its page the focus back by then never will, ms. */
const FOCUS_MS = 60_000;

/** @param {import('./browsers.mjs').Firefox} firefox */
export function firefoxLauncher({ executablePath }) {
  const launchOptions = /** @type {const} */ ({ browser: 'firefox', executablePath, networkEnabled: false });
  /** @type {import('puppeteer-core').Browser[]} */
  const others = [];
  let isFirst = true;
  const launcher = chromeLauncher({
    concurrency: 2,
    puppeteer: puppeteerCore,
    launchOptions,
    async createPage({ browser }) {
      if (isFirst) {
        isFirst = false;
        return browser.newPage();
      }
      const other = await puppeteerCore.launch(launchOptions);
      others.push(other);
      return other.newPage();
    },
  });
  const end = launcher.stop.bind(launcher);
  launcher.stop = async () => {
    await Promise.all(others.map((other) => other.close()));
    await end();
  };
  const stop = launcher.stopSession.bind(launcher);
  launcher.stopSession = async (sessionId) => {
    const page = launcher.getPage(sessionId);
    const result = await stop(sessionId);
    if (!(await page.evaluate('document.hasFocus()'))) await takeFocus(page);
    return result;
  };
  return launcher;
}

/**
 * Neither `bringToFront` nor a click takes it out of the toolbar; a tab that comes, and goes again, does.
 *
 * @param {import('puppeteer-core').Page} page
 */
async function takeFocus(page) {
  const other = await page.browser().newPage();
  await other.close();
  await page.waitForFunction('document.hasFocus()', { polling: 50, timeout: FOCUS_MS });
}
