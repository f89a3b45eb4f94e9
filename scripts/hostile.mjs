/**
 * `npm run test:hostile`: tries every hostile case that has a test (see hostile-cases.mjs), and says how many held.
 *
 *     npm run test:hostile                       in Node, and in Chromium unless BROWSERS says otherwise
 *     npm run test:hostile -- --only 46,54       the tests of these cases
 *     npm run test:hostile -- --list             which tests prove which case; runs nothing
 *     npm run test:hostile -- --json FILE        also writes {"tried", "held", "failed": [numbers]}
 *
 * The files that hold proofs run as a whole. The exit code is 1 when a case did not hold, or one that is required has no
 * test.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { casesOf, judge, proofsIn, report, summary } from './hostile-cases.mjs';

/** @typedef {import('./hostile-cases.mjs').Test} Test */
/** @typedef {import('./hostile-cases.mjs').Result} Result */

const root = fileURLToPath(new URL('..', import.meta.url));
const NODE_TEST = [
  '--test',
  '--test-timeout=180000',
  '--test-reporter=spec',
  '--test-reporter-destination=stdout',
  '--test-reporter=./scripts/result-reporter.mjs',
  '--test-reporter-destination=stderr',
];

/**
 * Where tests run, in this order.
 *
 * @type {{ title: string, holds: (file: string) => boolean, run: (files: string[]) => string[] }[]}
 */
const ROOMS = [
  { title: 'Against the server', holds: isForNode, run: (files) => [...NODE_TEST, ...files] },
  {
    title: 'In the browser',
    holds: (file) => !isForNode(file) && !isEndToEnd(file),
    run: (files) => ['node_modules/@web/test-runner/dist/bin.js', '--files', ...files],
  },
  { title: 'End to end', holds: isEndToEnd, run: (files) => [...NODE_TEST, '--test-concurrency=1', ...files] },
];

/** @param {string} file */
function isForNode(file) {
  return file.startsWith('server/') || file.includes('/node/');
}

/** @param {string} file */
function isEndToEnd(file) {
  return file.startsWith('test/e2e/');
}

const { values: options } = parseArgs({
  options: { json: { type: 'string' }, only: { type: 'string' }, list: { type: 'boolean' } },
});
const only = options.only?.split(',').map(Number);

/** @returns {Test[]} */
function findProofs() {
  const files = globSync(['server/test/**/*.test.ts', 'test/**/*.test.ts'], { cwd: root })
    .map((file) => file.split(path.sep).join('/'))
    .sort();
  return files.flatMap((file) => proofsIn(file, readFileSync(path.join(root, file), 'utf8')));
}

/**
 * Runs the files of one room; what they print comes through.
 *
 * @param {string[]} command what comes after `node`
 * @returns {Promise<Result[]>}
 */
async function run(command) {
  const folder = mkdtempSync(path.join(tmpdir(), 'chat-hostile-'));
  const resultsFile = path.join(folder, 'results.json');
  const env = { ...process.env, BROWSERS: process.env.BROWSERS ?? 'chromium', RESULTS_FILE: resultsFile };
  try {
    await once(spawn(process.execPath, command, { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'] }), 'close');
    const results = /** @type {Result[]} */ (JSON.parse(readFileSync(resultsFile, 'utf8')));
    return results.map((result) => ({ ...result, file: path.relative(root, result.file).split(path.sep).join('/') }));
  } catch (error) {
    console.error(`The tests have left no results: ${String(error)}`);
    return [];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** @param {readonly Test[]} proofs */
function list(proofs) {
  const numbers = new Set(proofs.flatMap(({ name }) => casesOf(name)));
  for (const number of [...numbers].sort((a, b) => a - b)) {
    for (const { file, name } of proofs.filter((proof) => casesOf(proof.name).includes(number))) {
      console.log(`${String(number).padStart(2)}  ${file}: ${name}`);
    }
  }
  const { missing } = judge(proofs, [], only);
  if (!missing.length) return;
  console.log(`\nWithout a test: ${missing.join(', ')}`);
  process.exitCode = 1;
}

const proofs = findProofs().filter(({ name }) => !only || casesOf(name).some((number) => only.includes(number)));
if (options.list) {
  list(proofs);
} else {
  const files = [...new Set(proofs.map(({ file }) => file))];
  /** @type {Result[]} */
  const results = [];
  for (const { title, holds, run: command } of ROOMS) {
    const own = files.filter(holds);
    if (!own.length) continue;
    console.log(`\n${title}: ${own.length} files\n`);
    results.push(...(await run(command(own))));
  }
  const verdict = judge(proofs, results, only);
  console.log(`\n${report(verdict)}`);
  if (options.json) writeFileSync(options.json, `${JSON.stringify(summary(verdict))}\n`);
  if (verdict.failed.length || verdict.missing.length) process.exitCode = 1;
}
