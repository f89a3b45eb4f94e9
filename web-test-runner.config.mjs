/**
 * Browser tests: every `test/**\/*.test.ts` in every engine that there is (see scripts/browsers.mjs), but for those whose
 * outcome no engine decides.
 *
 *     npx wtr                                   all
 *     BROWSERS=chromium npx wtr --files test/elements/cw-composer.test.ts
 *     npx wtr --coverage                        with coverage of src/, from Chromium
 *     CHAOS=1 npx wtr --files …                 with everything late at random, to find tests that race
 */
import { fileURLToPath } from 'node:url';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { defaultReporter } from '@web/test-runner';
import { chromeLauncher } from '@web/test-runner-chrome';
import { accessibilityTreePlugin } from './scripts/accessibility-tree-plugin.mjs';
import { browserCommandsPlugin } from './scripts/browser-commands-plugin.mjs';
import { CHROMIUM_ARGS, findBrowsers } from './scripts/browsers.mjs';
import { CHAOS, chaosScript, lateImports, slowDown } from './scripts/chaos.mjs';
import { chatServers } from './scripts/chat-server-plugin.mjs';
import { countReporter } from './scripts/count-reporter.mjs';
import { firefoxLauncher } from './scripts/firefox-launcher.mjs';
import { resultReporter } from './scripts/result-reporter.mjs';
import { webkitLauncher } from './scripts/webkit-launcher.mjs';

const { chromium, firefox, webkit } = await findBrowsers();
const servers = chatServers();

// Tests below `node` folders, and the end-to-end tests, run in Node.
const IN_A_BROWSER = ['test/**/*.test.ts', '!test/e2e/**', '!test/**/node/**'];
/** Words, forms made from a schema, what is announced: the same code does the same in each engine, one of them is asked. */
const IN_ONE = [
  'test/a11y/announcements.test.ts',
  'test/a11y/message-scenes.test.ts',
  'test/a11y/trees.test.ts',
  'test/elements/chat-widget-labels.test.ts',
  'test/elements/chat-widget-language.test.ts',
  'test/elements/console/settings/*.test.ts',
  'test/elements/leaks.test.ts',
  'test/elements/tokens.test.ts',
  'test/text/*.test.ts',
];

const browsers = [];

if (chromium) {
  browsers.push(
    chromeLauncher({
      concurrency: CHAOS ? 1 : 2,
      // A context, so a window, for each page: the tabs of one window share their storage, and those in the background
      // get neither animation frames nor the focus.
      createPage: async ({ browser }) => {
        const page = await (await browser.createBrowserContext()).newPage();
        // Of two windows one is in front, and only there `:focus` matches: each is to believe that it is the one.
        await page.emulateFocusedPage(true);
        return slowDown(page);
      },
      launchOptions: { ...chromium, args: CHROMIUM_ARGS, networkEnabled: false },
    }),
  );
}
if (firefox) browsers.push(firefoxLauncher(firefox));
if (webkit) browsers.push(webkitLauncher(webkit));

/** @type {import('@web/test-runner').TestRunnerConfig} */
export default {
  rootDir: fileURLToPath(new URL('.', import.meta.url)),
  // Files that are asked for run in every engine.
  groups: process.argv.includes('--files')
    ? []
    : [
        { name: 'in every engine', files: [...IN_A_BROWSER, ...IN_ONE.map((pattern) => `!${pattern}`)] },
        { name: 'in one', files: IN_ONE, browsers: browsers.slice(0, 1) },
      ],
  nodeResolve: true,
  // A page is used for one file after the other: each begins with nothing that the last one has left.
  testRunnerHtml: (testFramework) => `<!doctype html>
<html>
  <body>
    <script>localStorage.clear();</script>
    ${chaosScript()}
    <script type="module" src="${testFramework}"></script>
  </body>
</html>`,
  browsers,
  concurrentBrowsers: browsers.length,
  // Generous, for machines that do other things as well; nothing waits for these while it works.
  browserStartTimeout: 180_000,
  testsStartTimeout: 180_000,
  testsFinishTimeout: 900_000,
  // Mocha's own two seconds are short for an accessibility check, or the start of a server, on a busy machine.
  testFramework: { config: { timeout: 150_000 } },
  plugins: [
    esbuildPlugin({ ts: true, target: 'es2022', tsconfig: fileURLToPath(new URL('tsconfig.json', import.meta.url)) }),
    lateImports(),
    servers.plugin,
    browserCommandsPlugin(),
    accessibilityTreePlugin(),
  ],
  middleware: [servers.middleware],
  filterBrowserLogs: ({ args }) => !String(args[0]).startsWith('Lit is in dev mode'),
  reporters: [
    defaultReporter({ reportTestProgress: process.stdout.isTTY ?? false }),
    countReporter(),
    resultReporter(),
  ],
  coverageConfig: {
    include: ['src/**'],
    reporters: ['lcovonly', 'text-summary'],
    threshold: { statements: 95, branches: 90, functions: 90, lines: 95 },
  },
};
