/**
 * Says to scripts/hostile.mjs how each test ended: writes `[{ file, name, passed }]` to the file named by `RESULTS_FILE`.
 * Without that variable it does nothing.
 *
 * @typedef {import('./hostile-cases.mjs').Result} Result
 */
import { writeFileSync } from 'node:fs';

/** @param {Result[]} results */
function report(results) {
  if (process.env.RESULTS_FILE) writeFileSync(process.env.RESULTS_FILE, JSON.stringify(results));
}

/**
 * The reporter for node:test (`--test-reporter`).
 *
 * @param {AsyncIterable<import('node:test/reporters').TestEvent>} events
 */
export default async function* nodeTestReporter(events) {
  /** @type {Result[]} */
  const results = [];
  for await (const event of events) {
    if (event.type !== 'test:pass' && event.type !== 'test:fail') continue;
    const { file = '', name, skip, todo } = event.data;
    const isLeftOut = skip !== undefined || todo !== undefined;
    results.push({ file, name, passed: event.type === 'test:pass' && !isLeftOut });
  }
  report(results);
  yield '';
}

/**
 * The reporter for @web/test-runner.
 *
 * @returns {import('@web/test-runner-core').Reporter}
 */
export function resultReporter() {
  return {
    stop({ sessions }) {
      report(
        sessions.flatMap(({ testFile, testResults }) =>
          (testResults ? flatten(testResults) : []).map(({ name, passed }) => ({ file: testFile, name, passed })),
        ),
      );
    },
  };
}

/**
 * @param {import('@web/test-runner-core').TestSuiteResult} suite
 * @returns {import('@web/test-runner-core').TestResult[]}
 */
function flatten(suite) {
  return [...suite.tests, ...suite.suites.flatMap(flatten)];
}
