/**
 * Writes the tables of docs/settings.md from the schema of the settings, each between `<!-- settings: group -->` and
 * `<!-- /settings -->`. A test of the server fails when the page is not up to date.
 *
 *     node scripts/run.mjs scripts/settings-page.ts
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import prettier from 'prettier';
import { SettingsSchema } from '../server/src/settings.ts';

/** Path of the page. */
export const page = fileURLToPath(new URL('../docs/settings.md', import.meta.url));

/** A field, or a group of them, as the schema describes it. */
interface Field {
  readonly title: string;
  readonly description: string;
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly enum?: readonly string[];
  readonly properties?: Readonly<Record<string, Field>>;
  readonly items?: { readonly properties?: Readonly<Record<string, Field>> };
}

/** The page with its tables as they should be. @param markdown as it is */
export async function withTables(markdown: string): Promise<string> {
  const filled = markdown.replace(
    /(<!-- settings: (\w+) -->\n)[\s\S]*?(<!-- \/settings -->)/g,
    (_, begin: string, group: string, end: string) => `${begin}\n${table(group)}\n\n${end}`,
  );
  return prettier.format(filled, { ...(await prettier.resolveConfig(page)), filepath: page });
}

function table(group: string): string {
  const schema = new Map<string, unknown>(Object.entries(SettingsSchema.properties)).get(group);
  if (!schema) throw new Error(`There is no group ${group}.`);
  const rows = Object.entries((schema as Field).properties ?? {}).map(
    ([name, field]) => `| \`${group}.${name}\` | ${valueOf(field)} | ${aboutOf(field)} |`,
  );
  return ['| Setting | Default | |', '| --- | --- | --- |', ...rows].join('\n');
}

function aboutOf({ title, description, minimum, maximum, enum: choices, items }: Field): string {
  const code = (names: readonly string[], between: string): string => names.map((name) => `\`${name}\``).join(between);
  const parts = Object.keys(items?.properties ?? {});
  return [
    `**${title}.** ${description}`,
    ...(choices ? [`${code(choices, ' or ')}.`] : []),
    ...(minimum !== undefined && maximum !== undefined ? [`${grouped(minimum)} to ${grouped(maximum)}.`] : []),
    ...(parts.length > 0 ? [`Of each: ${code(parts, ', ')}.`] : []),
  ].join(' ');
}

function valueOf({ default: value, properties }: Field): string {
  if (properties) return Object.values(properties).map(dayOf).filter(Boolean).join(', ');
  if (value === '' || (Array.isArray(value) && value.length === 0)) return 'none';
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  return typeof value === 'number' ? grouped(value) : String(value);
}

/** A day of the week with its hours; empty when it has none. */
function dayOf({ title, default: ranges }: Field): string {
  const hours = (ranges as readonly { from: string; to: string }[]).map(({ from, to }) => `${from}–${to}`);
  return hours.length > 0 ? `${title} ${hours.join(', ')}` : '';
}

const grouped = (count: number): string => count.toLocaleString('en-US');

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(page, await withTables(readFileSync(page, 'utf8')));
}
