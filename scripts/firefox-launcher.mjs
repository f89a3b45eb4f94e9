/**
 * Firefox as a browser of @web/test-runner. One page at a time: contexts share one window here.
 *
 * Tab leads from the last control of a page into the toolbar of the browser. Who walks there and ends a test there leaves
 * every later page without the focus, and what is typed arrives nowhere. So each test file begins in a page that has it.
 */
import { chromeLauncher, puppeteerCore } from '@web/test-runner-chrome';

/** @param {import('./browsers.mjs').Firefox} firefox */
export function firefoxLauncher({ executablePath }) {
  const launcher = chromeLauncher({
    concurrency: 1,
    puppeteer: puppeteerCore,
    launchOptions: { browser: 'firefox', executablePath },
  });
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
  if (!(await page.evaluate('document.hasFocus()'))) throw new Error('Firefox does not give its page the focus back.');
}
