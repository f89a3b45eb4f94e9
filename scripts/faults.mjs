/**
 * `npm run faults`: breaks network, servers, services and browsers under real clients, and looks whether anything was
 * lost, doubled or swapped (docs/faults.md).
 *
 *     npm run faults                        all runs, then the controls
 *     npm run faults -- --only R1,R15       these only; R15 are the controls; --list names them
 *     npm run faults -- --seed 7            repeats what seed 7 decided; else the seed is drawn, and printed
 *     npm run faults -- --scale 0.1         a tenth of the size
 *     npm run faults -- --json FILE         also writes {"seed", "runs": […], "controls": […]}
 *     npm run faults -- --verbose           says what happens while it happens
 *
 * The exit code is 1 when something did not hold, or a control was not caught, and 2 when the request makes no sense.
 */
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { CONTROLS } from '../test/faults/controls.ts';
import { RUNS } from '../test/faults/runs.ts';
import { findServices } from './services.mjs';

/** @typedef {import('../test/faults/fault-run.ts').RunOptions} RunOptions */
/** @typedef {import('../test/faults/fault-run.ts').RunResult} RunResult */
/** @typedef {import('../test/faults/fault-run.ts').ControlResult} ControlResult */

/** Longer than any run takes on any machine: one that hangs fails, ms. */
const RUN_MS = 20 * 60_000;
/** How long what is aborted may take to stop what it started, ms. */
const STOP_MS = 15_000;
const CONTROLS_NAME = 'R15';
/** @type {(keyof RunResult)[]} */
const COLUMNS = [
  'messages',
  'kills',
  'resumes',
  'duplicatedFrames',
  'lost',
  'duplicated',
  'outOfOrder',
  'mismatches',
  'convergeMs',
];

/** What was asked for. One that makes no sense ends the program with one sentence. */
function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        only: { type: 'string' },
        seed: { type: 'string' },
        scale: { type: 'string', default: '1' },
        json: { type: 'string' },
        list: { type: 'boolean' },
        verbose: { type: 'boolean' },
      },
    });
    const only = values.only?.split(',').map((name) => name.trim());
    const names = [...RUNS.map(({ name }) => name), CONTROLS_NAME];
    const unknown = only?.find((name) => !names.includes(name));
    if (unknown !== undefined) throw new Error(`There is no run "${unknown}", but ${names.join(', ')}.`);
    const seed = values.seed === undefined ? randomInt(2 ** 32) : readNumber('seed', values.seed);
    const scale = readNumber('scale', values.scale);
    if (scale === 0) throw new Error('--scale must be more than 0.');
    return { ...values, only, seed, scale };
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(2);
  }
}

const given = readOptions();
const { only, seed, scale } = given;

const stopped = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'])
  process.once(signal, () => stopped.abort(new Error(`Stopped by ${signal}.`)));

/** @param {string} name @param {string} text */
function readNumber(name, text) {
  const number = Number(text);
  if (text.trim() && number >= 0) return number;
  throw new Error(`--${name} must be a number, not "${text}".`);
}

/** @param {string} name */
function isWanted(name) {
  return !only || only.includes(name);
}

/** @param {import('../test/faults/fault-run.ts').StoreKind} store @returns {RunOptions} */
function optionsFor(store) {
  const log = (/** @type {string} */ line) => given.verbose && console.log(`    ${line}`);
  return { seed, store, scale, log, signal: AbortSignal.any([stopped.signal, AbortSignal.timeout(RUN_MS)]) };
}

/**
 * What is aborted has a while to stop what it started.
 *
 * @template T
 * @param {Promise<T>} work
 * @param {AbortSignal} signal
 * @returns {Promise<T>}
 */
async function withEnd(work, signal) {
  const ended = once(signal, 'abort').then(() => wait(STOP_MS, undefined, { ref: false }));
  return Promise.race([
    work,
    ended.then(() => {
      throw new Error('It was stopped, or did not come to an end.');
    }),
  ]);
}

/**
 * @param {import('../test/faults/fault-run.ts').FaultRun} run
 * @param {import('../test/faults/fault-run.ts').StoreKind} store
 * @returns {Promise<RunResult>}
 */
async function carryOut(run, store) {
  const options = optionsFor(store);
  try {
    return await withEnd(run.run(options), options.signal);
  } catch (error) {
    const nothing = { messages: 0, kills: 0, resumes: 0, duplicatedFrames: 0, convergeMs: 0 };
    const counts = { ...nothing, lost: 0, duplicated: 0, outOfOrder: 0, mismatches: 0 };
    return {
      name: run.name,
      store,
      ...counts,
      failures: [error instanceof Error ? (error.stack ?? '') : String(error)],
    };
  }
}

/** @param {import('../test/faults/fault-run.ts').FaultControl} control @returns {Promise<ControlResult>} */
async function tryControl(control) {
  const options = optionsFor('sqlite');
  try {
    return await withEnd(control.run(options), options.signal);
  } catch (error) {
    return { name: control.name, caught: false, failures: [String(error)] };
  }
}

/** @param {boolean} isGood @param {string} text @param {number} from @param {readonly string[]} failures */
function print(isGood, text, from, failures) {
  const seconds = ((performance.now() - from) / 1000).toFixed(1);
  console.log(`${isGood ? '✓' : '✗'} ${text} ${seconds.padStart(7)} s`);
  for (const failure of failures) console.log(`    ${failure}`);
}

const runs = RUNS.filter(({ name }) => isWanted(name));

if (given.list) {
  for (const { name, title, stores } of RUNS) console.log(`${name.padEnd(5)}${title} (${stores.join(', ')})`);
  console.log(
    `${CONTROLS_NAME.padEnd(5)}the product broken on purpose: ${CONTROLS.map(({ name }) => name).join(', ')}`,
  );
} else {
  console.log(`Seed ${seed}: repeat with -- --seed ${seed}\n`);
  const services = runs.some(({ stores }) => stores.includes('postgres+nats')) ? findServices() : [];
  const width = 22;
  console.log(
    `  ${'run'.padEnd(width)} ${COLUMNS.map((column) => column.padStart(Math.max(7, column.length))).join(' ')}`,
  );
  /** @type {RunResult[]} */ const results = [];
  for (const run of runs) {
    for (const store of run.stores) {
      if (stopped.signal.aborted) break;
      if (store === 'postgres+nats' && services.length < 2) continue;
      const from = performance.now();
      const result = await carryOut(run, store);
      results.push(result);
      const cells = COLUMNS.map((column) => String(result[column]).padStart(Math.max(7, column.length)));
      print(
        !result.failures.length,
        `${`${run.name} ${store}`.padEnd(width)} ${cells.join(' ')}`,
        from,
        result.failures,
      );
    }
  }
  /** @type {ControlResult[]} */ const controls = [];
  for (const control of isWanted(CONTROLS_NAME) && !stopped.signal.aborted ? CONTROLS : []) {
    const from = performance.now();
    const result = await tryControl(control);
    controls.push(result);
    const text = `${CONTROLS_NAME} ${control.name}: ${result.caught ? 'caught' : 'NOT CAUGHT'}`;
    print(result.caught, text, from, result.caught ? [] : result.failures);
  }
  if (given.json) {
    const rows = results.map(({ failures, ...row }) => ({ ...row, ...(failures.length && { failures }) }));
    const caught = controls.map(({ name, caught }) => ({ name, caught }));
    writeFileSync(given.json, `${JSON.stringify({ seed, runs: rows, controls: caught }, null, 2)}\n`);
  }
  const isGood = results.every(({ failures }) => !failures.length) && controls.every(({ caught }) => caught);
  console.log(`\n${isGood ? 'Nothing was lost, nothing came twice.' : 'Something did not hold.'}`);
  process.exit(isGood ? 0 : 1);
}
