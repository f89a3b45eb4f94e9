/**
 * Says to scripts/test.mjs how many tests passed and failed: writes `{"passed", "failed"}` to the file named by
 * `COUNT_FILE`. Without that variable it does nothing.
 */
import { writeFileSync } from 'node:fs';

/**
 * @param {number} passed
 * @param {number} failed
 */
function report(passed, failed) {
  if (process.env.COUNT_FILE) writeFileSync(process.env.COUNT_FILE, JSON.stringify({ passed, failed }));
}

/**
 * The reporter for node:test (`--test-reporter`).
 *
 * @param {AsyncIterable<import('node:test/reporters').TestEvent>} events
 */
export default async function* nodeTestReporter(events) {
  for await (const event of events) {
    // A summary that names no file is the one of the whole run. What a `before` hook cancelled did not pass.
    if (event.type === 'test:summary' && event.data.file === undefined) {
      const { passed, tests, skipped, todo } = event.data.counts;
      report(passed, tests - passed - skipped - todo);
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
      for (const session of sessions) {
        const sum = sums.get(session.browser.name) ?? { passed: 0, failed: 0 };
        const results = session.testResults ? flatten(session.testResults) : [];
        const wrong = results.filter((test) => !test.passed && !test.skipped).length;
        sum.passed += results.filter((test) => test.passed).length;
        sum.failed += wrong || (session.passed && results.length ? 0 : 1);
        sums.set(session.browser.name, sum);
      }
      const all = { passed: 0, failed: 0 };
      for (const [browser, { passed, failed }] of sums) {
        if (!process.stdout.isTTY) console.log(`${browser}: ${passed} passed, ${failed} failed`);
        all.passed += passed;
        all.failed += failed;
      }
      report(all.passed, all.failed);
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
