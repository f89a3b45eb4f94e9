/**
 * Browser tests: every `test/**\/*.test.ts` in the first engine that there is (see scripts/browsers.mjs), and those
 * whose outcome the engine decides in every one.
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
/**
 * Where engines differ: keys and focus, layout, dialogs and popovers, scrolling, storage, sockets, files, parsing. What
 * else there is our own code decides alike in each: one engine is asked.
 */
const IN_EVERY_ENGINE = [
  'test/a11y/{console-keyboard,console-scenes,keyboard,panel-scenes}.test.ts',
  'test/api/{connection,device-storage,drafts,outbox,tabs,uuid}.test.ts',
  'test/controllers/stick-to-end-controller.test.ts',
  'test/elements/chat-widget.test.ts',
  'test/elements/chat-widget-{life,modes,other-language}.test.ts',
  'test/elements/cw-{attachments,composer,emoji-picker,menu,panel,thread}.test.ts',
  'test/elements/{adopt,drafts,full-screen,hostile-css,keyed-rows,message-actions,message-content}.test.ts',
  'test/elements/{page-swap,panel-door,server-rendered,shadow-root,text-view,thread-news}.test.ts',
  'test/elements/console/{chat-console,chat-console-at-work,cw-console-list}.test.ts',
  'test/hostile/*.test.ts',
  'test/support/*.test.ts',
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
        { name: 'in every engine', files: IN_EVERY_ENGINE },
        {
          name: 'in one',
          files: [...IN_A_BROWSER, ...IN_EVERY_ENGINE.map((p) => `!${p}`)],
          browsers: browsers.slice(0, 1),
        },
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
