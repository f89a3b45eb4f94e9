/**
 * The hostile cases, and which tests are their proofs: a test whose name carries `[hostile 46]` sends case 46 and asserts
 * the answer. One that proves two carries both: `[hostile 46] [hostile 54]`.
 *
 * | cases | about |
 * |-------|-------|
 * | 1–33  | identity: hashes, JWTs, minted tokens, signed visitor data |
 * | 34–45 | sessions, logout, shared devices |
 * | 46–54 | authorisation: other people's conversations, agents' fields, inboxes |
 * | 55–63 | scripts and other injections |
 * | 64–78 | transport: origins, CORS, floods, policies, logs |
 * | 79–83 | the vendors' APIs |
 *
 * Pure: scripts/hostile.mjs reads the files and runs the tests.
 */

/**
 * A test by its place and name.
 *
 * @typedef {{ file: string, name: string }} Test
 * @typedef {Test & { passed: boolean }} Result
 */

const LAST_CASE = 83;

/** @type {(first: number, last: number, ...without: number[]) => number[]} */
const from = (first, last, ...without) =>
  Array.from({ length: last - first + 1 }, (_, i) => first + i).filter((number) => !without.includes(number));

/** Cases that need a proof by now, by section. Without mail that comes in (57): there is none yet. */
export const REQUIRED = new Map([
  ['Identity', from(1, 33)],
  ['Sessions', from(34, 45)],
  ['Authorisation', from(46, 54)],
  ['Injection', from(55, 63, 57)],
  ['Transport', from(64, 78)],
]);

/**
 * The cases that a test's name says it proves.
 *
 * @param {string} name
 * @returns {number[]}
 * @throws when a tag has another form, or a number that there is not
 */
export function casesOf(name) {
  return (name.match(/\[hostile[^\]]*\]?/gi) ?? []).map((tag) => {
    const [, digits] = /^\[hostile ([1-9]\d?)\]$/.exec(tag) ?? [];
    if (!digits || Number(digits) > LAST_CASE) {
      throw new Error(`"${tag}" in "${name}": a tag is [hostile N], N from 1 to ${LAST_CASE}; two cases are two tags.`);
    }
    return Number(digits);
  });
}

/**
 * The tests of a file that are proofs, with their names as written: a template's holes are not filled.
 *
 * @param {string} file
 * @param {string} source
 * @returns {Test[]}
 * @throws when something else than a test's name carries a tag: nobody would run it
 */
export function proofsIn(file, source) {
  const names = [...source.matchAll(/\bit\(\s*(['"`])((?:\\.|(?!\1)[^\\])*)\1/g)].map(([, , name = '']) => name);
  const proofs = names.filter((name) => casesOf(name).length > 0).map((name) => ({ file, name }));
  const tagged = proofs.reduce((sum, { name }) => sum + casesOf(name).length, 0);
  if ((source.match(/\[hostile \d/gi) ?? []).length !== tagged) {
    throw new Error(`${file}: a tag [hostile N] stands in the name of a test and nowhere else.`);
  }
  return proofs;
}

/**
 * Whether a test that ran is the one of this name as written.
 *
 * @param {string} name
 * @param {string} written
 */
function isNamed(name, written) {
  const parts = written.split(/\$\{[^}]*\}/).map((part) => part.replace(/\\(.)/g, '$1'));
  return new RegExp(`^${parts.map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('.*')}$`, 's').test(name);
}

/**
 * What became of each case. A case holds when each of its proofs has passed; one whose proof has not run does not.
 *
 * @param {readonly Test[]} proofs all that there are
 * @param {readonly Result[]} results of the tests that ran, of whatever name
 * @param {readonly number[]} [only] the cases that are asked for; all without
 */
export function judge(proofs, results, only) {
  /** @type {Map<number, string[]>} Why each case does not hold. */
  const faults = new Map();
  for (const { file, name } of proofs) {
    for (const number of casesOf(name)) {
      if (only && !only.includes(number)) continue;
      const ran = results.filter((result) => result.file === file && isNamed(result.name, name));
      const wrong = ran.filter(({ passed }) => !passed).map((result) => `${file}: ${result.name}`);
      const found = ran.length ? wrong : [`${file}: ${name} (has not run)`];
      faults.set(number, [...new Set([...(faults.get(number) ?? []), ...found])]);
    }
  }
  const tried = [...faults.keys()].sort((a, b) => a - b);
  const failed = tried.filter((number) => faults.get(number)?.length);
  const required = [...REQUIRED.values()].flat().filter((number) => !only || only.includes(number));
  const missing = required.filter((number) => !faults.has(number));
  return { tried, failed, missing, faults };
}

/** @typedef {ReturnType<typeof judge>} Verdict */

/**
 * What `--json` writes.
 *
 * @param {Pick<Verdict, 'tried' | 'failed'>} verdict
 */
export function summary({ tried, failed }) {
  return { tried: tried.length, held: tried.length - failed.length, failed };
}

/**
 * The verdict for people.
 *
 * @param {Verdict} verdict
 * @returns {string}
 */
export function report({ tried, failed, missing, faults }) {
  const sections = [...REQUIRED].flatMap(([title, required]) => {
    const cases = required.filter((number) => tried.includes(number) || missing.includes(number));
    const held = cases.filter((number) => tried.includes(number) && !failed.includes(number));
    return cases.length ? [`${title.padEnd(16)}${String(held.length).padStart(3)} of ${cases.length} held`] : [];
  });
  const wrong = failed.flatMap((number) => [
    `\n✗ ${number}`,
    ...(faults.get(number) ?? []).map((line) => `    ${line}`),
  ]);
  const untested = missing.length ? [`\nWithout a test: ${missing.join(', ')}`] : [];
  const { held } = summary({ tried, failed });
  return [...sections, ...wrong, ...untested, `\n${tried.length} tried, ${held} held`].join('\n');
}
