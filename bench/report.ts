import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { arch, cpus, loadavg, platform, release, totalmem } from 'node:os';
import type { Settings } from './context.ts';
import { coresSaid } from './cores.ts';
import type { Finding } from './findings.ts';

/** The parts of the bench, each with a table of its own; by the first letter of a goal. */
export const PARTS = { S: 'server', W: 'browser' } as const;

/** Between these lines of a Markdown file stands the table of a part; all else in it stays. */
const markOf = (part: string, side: 'begin' | 'end') => `<!-- made by npm run bench, ${part}: ${side} -->`;
const BLOCKS = new RegExp(`${markOf('(\\w+)', 'begin')}[^]*?${markOf('\\1', 'end')}`, 'g');

const HEADINGS = ['', 'what', 'ours', 'against', 'theirs', 'ratio (95 %)', 'limit', 'ok', 'note'];

/** One line about where this was measured. */
export function machine(): string {
  const processors = cpus();
  return [
    `${processors.length} × ${processors[0]?.model.trim() ?? 'unknown processor'}`,
    `${Math.round(totalmem() / 2 ** 30)} GiB`,
    `${platform()} ${release()} ${arch()}`,
    `Node ${process.versions.node}`,
    coresSaid,
    `load before ${loadavg()[0]?.toFixed(1)}`,
  ].join(' · ');
}

/** For a terminal. */
export function report(findings: readonly Finding[]): string {
  const rows = [HEADINGS, ...findings.map(cells)];
  const widths = HEADINGS.map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]))
      .join('  ')
      .trimEnd(),
  );
  const short = findings.filter(({ ok }) => ok === false);
  const judged = findings.filter(({ ok }) => ok !== null);
  const verdict = `${judged.length - short.length} of ${judged.length} within their limits`;
  return [...lines, '', short.length > 0 ? `${verdict}; short: ${short.map(({ id }) => id).join(', ')}` : verdict].join(
    '\n',
  );
}

/** Puts the tables into the file, with the day and the machine; that of a part which was not measured stays as it is. */
export function writeTable(
  file: string,
  findings: readonly Finding[],
  { rounds, quick }: Pick<Settings, 'rounds' | 'quick'>,
): void {
  const day = new Date().toISOString().slice(0, 10);
  const how = `${day}, ${quick ? 'quick run (not to be believed), ' : ''}medians of ${rounds} rounds. ${machine()}.`;
  let text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  for (const [letter, part] of Object.entries(PARTS)) {
    const own = findings.filter(({ id }) => id.startsWith(letter));
    if (own.length === 0) continue;
    const table = [HEADINGS, HEADINGS.map(() => '---'), ...own.map(cells)].map((row) => `| ${row.join(' | ')} |`);
    const [begin, end] = [markOf(part, 'begin'), markOf(part, 'end')];
    const block = [begin, '', how, '', ...table, '', end].join('\n');
    const [from, to] = [text.indexOf(begin), text.indexOf(end)];
    text = from < 0 || to < 0 ? `${text}${block}\n` : text.slice(0, from) + block + text.slice(to + end.length);
  }
  writeFileSync(file, text);
}

/** The rows that say no, and of which the page does not say why: no line of another table in it begins with them. */
export function unexplained(file: string, findings: readonly Finding[]): string[] {
  const around = readFileSync(file, 'utf8').replace(BLOCKS, '');
  const explained = new Set(
    around.split('\n').flatMap(
      (line) =>
        /^\| ([^|]+) \|/
          .exec(line)?.[1]
          .split(',')
          .map((id) => id.trim()) ?? [],
    ),
  );
  return findings.flatMap(({ id, ok }) => (ok === false && !explained.has(id) ? [id] : []));
}

function cells({
  id,
  title,
  unit,
  value,
  against,
  floor,
  ratio,
  interval,
  limit,
  better,
  ok,
  note,
}: Finding): string[] {
  const bound =
    limit === null ? '–' : `${better === 'more' ? '≥' : '≤'} ${figure(limit)}${ratio === null ? ` ${unit}` : ' ×'}`;
  return [
    id,
    title,
    `${figure(value)} ${unit}`,
    against,
    floor === null ? '–' : `${figure(floor)} ${unit}`,
    ratio === null ? '–' : `${figure(ratio)}${interval ? ` (${interval.map(figure).join('–')})` : ''}`,
    bound,
    ok === null ? '–' : ok ? 'yes' : '**no**',
    note,
  ];
}

/** Three figures are more than such measurements carry. */
function figure(value: number): string {
  if (!Number.isFinite(value)) return '?';
  const size = Math.abs(value);
  if (size >= 100) return Math.round(value).toLocaleString('en-US');
  return value.toFixed(size >= 10 ? 1 : 2);
}
