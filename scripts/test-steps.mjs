/**
 * The steps of `npm test`, in the order in which they start.
 *
 * `run` is what comes after `node`; `needs` names steps that must have passed. Tests wait more than they compute, so more
 * of them than there are cores run at once: steps, and files within a step. The longest begins first.
 *
 * @typedef {object} Step
 * @property {string} name for `--only`
 * @property {string} title
 * @property {string[]} run
 * @property {string[]} [needs]
 * @property {import('./browsers.mjs').Engine} [engine] the browser that it runs in; not run where that is missing
 */

import { ENGINES } from './browsers.mjs';

const MODULES = 'node_modules';
const TSC = `${MODULES}/typescript/bin/tsc`;
const LIT_ANALYZER = `${MODULES}/@jackolope/lit-analyzer/cli.mjs`;
const NODE_TEST = [
  '--test',
  // For a test, and for a whole file: one that hangs fails.
  '--test-timeout=900000',
  '--test-reporter=spec',
  '--test-reporter-destination=stdout',
  '--test-reporter=./scripts/count-reporter.mjs',
  '--test-reporter-destination=stderr',
];

/** @type {Record<import('./browsers.mjs').Engine, string>} */
const BROWSER_NAMES = { chromium: 'Chromium', firefox: 'Firefox', webkit: 'WebKit' };

/** @type {readonly Step[]} */
export const STEPS = [
  { name: 'build', title: 'Build', run: ['scripts/build.mjs'] },
  {
    name: 'browser',
    title: 'Browser tests',
    run: [`${MODULES}/@web/test-runner/dist/bin.js`, '--coverage'],
  },
  { name: 'frameworks', title: 'Apps in four frameworks', run: ['scripts/frameworks.mjs'], needs: ['build'] },
  { name: 'types', title: 'Types: widget, console, demo, their tests', run: [TSC, '-p', 'tsconfig.json'] },
  { name: 'types', title: 'Types: the wire, without DOM and Node', run: [TSC, '-p', 'tsconfig.pure.json'] },
  { name: 'types', title: 'Types: server', run: [TSC, '-p', 'server/tsconfig.json'] },
  { name: 'types', title: 'Types: scripts, end-to-end tests', run: [TSC, '-p', 'tsconfig.tools.json'] },
  {
    name: 'format',
    title: 'Format',
    run: [`${MODULES}/prettier/bin/prettier.cjs`, '--check', '--log-level=warn', '.'],
  },
  { name: 'lint', title: 'Lint: TypeScript, Lit, accessibility', run: [`${MODULES}/eslint/bin/eslint.js`, '.'] },
  {
    name: 'lint',
    title: 'Lint: bindings in templates',
    // Its CSS parser knows neither light-dark() nor nesting.
    run: [LIT_ANALYZER, 'src/**/*.ts', '--strict', '--maxWarnings', '0', '--rules.no-invalid-css', 'off'],
  },
  { name: 'dependencies', title: 'Who imports whom', run: ['scripts/check-dependencies.mjs'] },
  { name: 'hostile', title: 'Hostile cases: each has a test', run: ['scripts/hostile.mjs', '--list'] },
  { name: 'manifest', title: 'Manifest and README tables', run: ['scripts/manifest.mjs', '--check'] },
  { name: 'size', title: 'Size, to the byte', run: ['scripts/size.mjs'], needs: ['build'] },
  { name: 'package', title: 'Packages as npm gets them', run: ['scripts/check-package.mjs'], needs: ['build'] },
  {
    name: 'faults',
    title: 'Fault run R1: bad network, killed server',
    run: ['scripts/faults.mjs', '--only', 'R1', '--seed', '4'],
  },
  {
    name: 'client',
    title: 'The client in Node, against the server',
    run: [...NODE_TEST, '--test-concurrency=2', 'test/**/node/**/*.test.ts'],
  },
  {
    name: 'server',
    title: 'Server tests',
    run: [...NODE_TEST, '--test-concurrency=2', 'server/test/**/*.test.ts'],
  },
  ...ENGINES.map((engine) => ({
    name: 'e2e',
    title: `End-to-end tests in ${BROWSER_NAMES[engine]}`,
    // All files in one process, which starts the browser once; but PostgreSQL's package ends the process that it is in.
    run: [...NODE_TEST, '--test-isolation=none', 'test/e2e/**/!(nodes).test.ts'],
    needs: ['build', 'frameworks'],
    engine,
  })),
  {
    name: 'e2e',
    title: 'End-to-end tests with two nodes',
    run: [...NODE_TEST, 'test/e2e/nodes.test.ts'],
    needs: ['build'],
  },
];
