/**
 * `npm run bench`: measures the goals of docs/performance.md, ours and what it is held against in turns: S1 to S13 of the
 * server, W1 to W13 of the widget in a browser.
 *
 *     npm run bench                          all of them, in about a quarter of an hour
 *     npm run bench -- --only W              the browser’s; --only S: the server’s
 *     npm run bench -- --only S2,W3          these
 *     npm run bench -- --rounds 5            each contestant's turns; 15 unless said
 *     npm run bench -- --quick               small and short: to see that it works, not to believe it
 *     npm run bench -- --json FILE           also writes the findings
 *     npm run bench -- --table FILE          also writes them into the tables of a Markdown file
 *
 * The exit code is 0 whatever the figures say: a busy machine is no defect. It is 2 when the request makes no sense.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Room } from './context.ts';
import type { GoalGroup, Settings } from './context.ts';
import type { Finding } from './findings.ts';
import { goalGroups } from './goals.ts';
import { installPeers } from './install.ts';
import { machine, PARTS, report, unexplained, writeTable } from './report.ts';

interface Request extends Settings {
  /** Files to write to. */
  readonly json?: string;
  readonly table?: string;
}

/** What was asked for. One that makes no sense ends the program with one sentence. */
function readRequest(): Request {
  try {
    const { values } = parseArgs({
      options: {
        only: { type: 'string' },
        rounds: { type: 'string' },
        quick: { type: 'boolean', default: false },
        json: { type: 'string' },
        table: { type: 'string' },
      },
    });
    const { quick, json, table } = values;
    const known = goalGroups.flatMap(({ goals }) => goals);
    const asked = values.only?.split(',').map((goal) => goal.trim().toUpperCase()) ?? known;
    const unknown = asked.filter((goal) => !known.includes(goal) && !(goal in PARTS));
    const wanted = new Set(known.filter((goal) => asked.includes(goal) || asked.includes(goal[0])));
    if (unknown.length > 0)
      throw new Error(`--only: ${unknown.join(', ')} is none of ${[...Object.keys(PARTS), ...known].join(', ')}.`);
    const rounds = Number(values.rounds ?? (quick ? 3 : 15));
    if (!Number.isInteger(rounds) || rounds < 1) throw new Error('--rounds must be a whole number from 1 on.');
    return { rounds, quick, wanted, ...(json && { json }), ...(table && { table }) };
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(2);
  }
}

const request = readRequest();
installPeers();

/** What runs just now. */
const room = new Room();
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => void room.clear().finally(() => process.exit(1)));
}

/** One that cannot be measured here must not take the others with it. */
async function measure(group: GoalGroup): Promise<readonly Finding[]> {
  const startedAt = performance.now();
  try {
    const findings = await group.run(request, room);
    console.log(`${group.goals.join(', ')}: ${((performance.now() - startedAt) / 1_000).toFixed(0)} s`);
    return findings;
  } catch (error) {
    console.error(`${group.goals.join(', ')} could not be measured:`, error);
    process.exitCode = 1;
    return [];
  } finally {
    await room.clear();
  }
}

console.log(`${machine()}\n`);
const findings: Finding[] = [];
for (const group of goalGroups) {
  if (!group.goals.some((goal) => request.wanted.has(goal))) continue;
  findings.push(...(await measure(group)));
}
console.log(`\n${report(findings)}`);
if (request.json) writeFileSync(request.json, `${JSON.stringify(findings, null, 2)}\n`);
if (request.table) {
  writeTable(request.table, findings, request);
  const silent = unexplained(request.table, findings);
  if (silent.length > 0) console.warn(`${request.table} does not say why these fall short: ${silent.join(', ')}.`);
}
