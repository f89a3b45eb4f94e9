/**
 * Says to scripts/test.mjs how many tests passed and failed, and which failed, in a line each: writes
 * `{"passed", "failed", "failures"}` to the file named by `COUNT_FILE`. Without that variable it does nothing.
 */
import { writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * @param {number} passed
 * @param {number} failed
 * @param {string[]} failures
 */
function report(passed, failed, failures) {
  if (process.env.COUNT_FILE) writeFileSync(process.env.COUNT_FILE, JSON.stringify({ passed, failed, failures }));
}

/**
 * @param {string | undefined} file
 * @param {string} name
 * @param {string | undefined} message
 */
function lineOf(file, name, message = '') {
  const where = file ? path.relative(process.cwd(), file) : '';
  return `${where} "${name}": ${message.trim().split('\n', 1)[0]}`;
}

/**
 * The reporter for node:test (`--test-reporter`).
 *
 * @param {AsyncIterable<import('node:test/reporters').TestEvent>} events
 */
export default async function* nodeTestReporter(events) {
  /** @type {string[]} */
  const failures = [];
  for await (const event of events) {
    if (event.type === 'test:fail') {
      const { file, name, details } = event.data;
      const { cause, failureType } = /** @type {Error & { failureType?: string }} */ (details.error);
      const message = cause instanceof Error ? cause.message : String(cause);
      if (failureType !== 'subtestsFailed') failures.push(lineOf(file, name, message));
    }
    // A summary that names no file is the one of the whole run. What a `before` hook cancelled did not pass.
    if (event.type === 'test:summary' && event.data.file === undefined) {
      const { passed, tests, skipped, todo } = event.data.counts;
      report(passed, tests - passed - skipped - todo, failures);
    }
  }
  yield '';
}

/**
 * The reporter for @web/test-runner: also prints the sums, which the default reporter does not where there is no
 * terminal. A file that does not load, or holds no test, counts as one failure.
 *
 * @returns {import('@web/test-runner-core').Reporter}
 */
export function countReporter() {
  return {
    stop({ sessions }) {
      /** @type {Map<string, { passed: number, failed: number }>} */
      const sums = new Map();
      /** @type {string[]} */
      const failures = [];
      for (const session of sessions) {
        const sum = sums.get(session.browser.name) ?? { passed: 0, failed: 0 };
        const results = session.testResults ? flatten(session.testResults) : [];
        const wrong = results
          .filter((test) => !test.passed && !test.skipped)
          .map(({ name, error }) => lineOf(session.testFile, `${session.browser.name}: ${name}`, error?.message));
        // What has not one test that failed can have failed as a whole.
        if (!wrong.length && !(session.passed && results.length)) {
          wrong.push(lineOf(session.testFile, session.browser.name, session.errors[0]?.message ?? 'It has no test.'));
        }
        sum.passed += results.filter((test) => test.passed).length;
        sum.failed += wrong.length;
        failures.push(...wrong);
        sums.set(session.browser.name, sum);
      }
      const all = { passed: 0, failed: 0 };
      for (const [browser, { passed, failed }] of sums) {
        if (!process.stdout.isTTY) console.log(`${browser}: ${passed} passed, ${failed} failed`);
        all.passed += passed;
        all.failed += failed;
      }
      report(all.passed, all.failed, failures);
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
