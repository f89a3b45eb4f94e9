/**
 * `npm test`: everything that is checked, as one table.
 *
 *     npm test                               all steps
 *     npm test -- --only types,lint,size     these only; --list names them
 *     npm test -- --verbose                  with what the steps print; else only a failed step's output is shown
 *
 * Steps stand in test-steps.mjs. A step that runs tests counts them; any other counts as one. What failed is listed again
 * at the end, a line each. The last line is the sum: `N passed, N failed`.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { ENGINES, findBrowsers } from './browsers.mjs';
import { findServices } from './services.mjs';
import { STEPS } from './test-steps.mjs';

/** @typedef {import('./test-steps.mjs').Step} Step */
/**
 * @typedef {object} Result
 * @property {Step} step
 * @property {number} passed
 * @property {number} failed
 * @property {string[]} failures a line each
 * @property {number} seconds
 * @property {string} output
 */

const root = fileURLToPath(new URL('..', import.meta.url));
/** Hundreds of processes load the same modules. */
const COMPILED = path.join(root, 'node_modules/.cache/compiled');
/** Steps at once. */
const WORKERS = 2;
/** No step comes near it; one that hangs fails. */
const STEP_MS = 30 * 60_000;

/** @type {Set<import('node:child_process').ChildProcess>} */
const children = new Set();
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
  process.once(signal, () => {
    for (const child of children) child.kill();
    process.exit(1);
  });
}

const { values: options } = parseArgs({
  options: { only: { type: 'string' }, list: { type: 'boolean' }, verbose: { type: 'boolean' } },
});

/** What to run, with the steps that it needs. */
function selectSteps() {
  const names = new Set(STEPS.map(({ name }) => name));
  const only = options.only?.split(',').map((name) => name.trim());
  const unknown = only?.find((name) => !names.has(name));
  if (unknown) throw new Error(`There is no step "${unknown}": ${[...names].join(', ')}.`);
  const wanted = new Set(only ?? names);
  for (const { name, needs } of STEPS.toReversed())
    if (wanted.has(name)) for (const need of needs ?? []) wanted.add(need);
  return STEPS.filter(({ name }) => wanted.has(name));
}

/**
 * Finds, or installs, what the steps work with. They are told what there is: what was found must then work.
 *
 * @param {Step[]} steps
 */
async function prepare(steps) {
  const runs = (/** @type {string} */ name) => steps.some((step) => step.name === name);
  /** @type {NodeJS.ProcessEnv} */
  const env = {};
  if (runs('browser') || runs('e2e')) {
    const browsers = await findBrowsers();
    env.BROWSERS = ENGINES.filter((engine) => browsers[engine]).join(',');
    console.log(`Browsers: ${env.BROWSERS}`);
  }
  if (['server', 'client', 'e2e'].some(runs)) {
    env.SERVICES = findServices().join(',');
    console.log(`Services: ${env.SERVICES || 'none'}`);
  }
  return env;
}

/**
 * @param {Step} step
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<Result>}
 */
async function run(step, env) {
  const directory = mkdtempSync(path.join(tmpdir(), 'chat-test-'));
  const countFile = path.join(directory, 'count.json');
  const started = performance.now();
  const child = spawn(process.execPath, step.run, {
    cwd: root,
    timeout: STEP_MS,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      ...env,
      COUNT_FILE: countFile,
      FIRST_DATA: directory,
      NODE_COMPILE_CACHE: COMPILED,
      ...(step.engine ? { BROWSERS: step.engine } : {}),
      ...(process.stdout.isTTY ? { FORCE_COLOR: '1' } : { NO_COLOR: '1' }),
    },
  });
  children.add(child);
  let output = '';
  const read = (/** @type {Buffer} */ chunk) => {
    output += chunk;
    if (options.verbose) process.stdout.write(chunk);
  };
  child.stdout.on('data', read);
  child.stderr.on('data', read);
  const [code] = await once(child, 'close');
  children.delete(child);
  const seconds = (performance.now() - started) / 1000;
  const count = readCount(countFile);
  rmSync(directory, { recursive: true });
  const { passed, failures = [] } = count ?? { passed: code === 0 ? 1 : 0 };
  // A run can fail without a failed test: coverage below its threshold, a crash at the end.
  const failed = count?.failed || (code === 0 ? 0 : 1);
  return { step, passed, failed, failures: failed && !failures.length ? ['see above'] : failures, seconds, output };
}

/**
 * @param {string} file
 * @returns {{ passed: number, failed: number, failures?: string[] } | undefined}
 */
function readCount(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** @param {Result} result */
function print({ step, passed, failed, seconds, output }) {
  const count = passed + failed > 1 ? `${passed} passed${failed ? `, ${failed} failed` : ''}` : '';
  console.log(`${failed ? '✗' : '✓'} ${step.title.padEnd(44)}${seconds.toFixed(1).padStart(7)} s   ${count}`.trimEnd());
  if (failed && !options.verbose) console.log(`\n${output.trimEnd().replace(/^/gm, '    ')}\n`);
}

/**
 * Runs the steps, as many at once as their order allows.
 *
 * @param {Step[]} steps
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<Result[]>}
 */
async function runAll(steps, env) {
  const waiting = [...steps];
  /** @type {Set<Promise<void>>} */ const running = new Set();
  /** @type {Result[]} */ const results = [];

  const isDone = (/** @type {string} */ name) =>
    !waiting.some((step) => step.name === name) && results.some(({ step }) => step.name === name);
  const hasFailed = (/** @type {string} */ name) => results.some(({ step, failed }) => step.name === name && failed);
  const finish = (/** @type {Result} */ result) => {
    results.push(result);
    print(result);
  };

  while (waiting.length || running.size) {
    for (const step of [...waiting]) {
      const isReady = (step.needs ?? []).every((need) => isDone(need));
      if (!isReady || running.size === WORKERS) continue;
      waiting.splice(waiting.indexOf(step), 1);
      if (step.needs?.some(hasFailed)) {
        const output = `Not run: needs ${step.needs.join(', ')}.`;
        finish({ step, passed: 0, failed: 1, failures: [output], seconds: 0, output });
        continue;
      }
      const job = run(step, env).then((result) => {
        running.delete(job);
        finish(result);
      });
      running.add(job);
    }
    if (running.size) await Promise.race(running);
  }
  return results;
}

const selected = selectSteps();
if (options.list) {
  for (const { name, title } of selected) console.log(`${name.padEnd(14)}${title}`);
} else {
  const started = performance.now();
  const env = await prepare(selected);
  const engines = env.BROWSERS?.split(',');
  const steps = selected.filter(({ engine }) => !engine || engines?.includes(engine));
  const results = await runAll(steps, env);
  const sum = (/** @type {'passed' | 'failed'} */ key) => results.reduce((total, result) => total + result[key], 0);
  const failures = results.flatMap(({ step, failures }) => failures.map((line) => `✗ ${step.title}: ${line}`));
  if (failures.length) console.log(`\n${failures.join('\n')}`);
  console.log(`\n${((performance.now() - started) / 1000).toFixed(0)} s`);
  console.log(`${sum('passed')} passed, ${sum('failed')} failed`);
  if (sum('failed')) process.exitCode = 1;
}
