import type { Plural } from './phrase.ts';

/** A page's own words: `{ 'thread.sent': 'Delivered', 'panel.charactersLeft.one': '…' }`, by part, key, and what is below it. */
export type Labels = Readonly<Record<string, unknown>>;

type Node = string | Plural | readonly unknown[] | object;

/** Only tables have the same keys in all languages: plurals and lists travel as they are. */
const isTable = (node: Node): node is Readonly<Record<string, Node>> =>
  typeof node === 'object' && !Array.isArray(node) && !('other' in node);

/** The values of a translated table in the order of the English one: without keys it is a third shorter on its way. */
export function valuesOf(english: Node, translated: Node): Node {
  if (!isTable(english)) return translated;
  const values = translated as Readonly<Record<string, Node>>;
  return Object.entries(english).map(([key, each]) => valuesOf(each, values[key] ?? each));
}

/** Puts the keys back. A table that has kept them stays as it is. */
export function tableOf<T extends Node>(english: T, values: Node): T {
  if (!Array.isArray(values) || !isTable(english)) return values as T;
  const entries = Object.entries<Node>(english).map(([key, each], index) => [
    key,
    tableOf(each, values[index] as Node),
  ]);
  return Object.fromEntries(entries) as T;
}

/** A table with a page's own words in it. `onUnknown` is told of each path that leads to no text of this part. */
export function withLabels<T extends object>(
  part: string,
  table: T,
  labels: Labels,
  onUnknown: (path: string) => void,
): T {
  const copy = structuredClone(table);
  for (const [path, text] of Object.entries(labels)) {
    const [first, ...keys] = path.split('.');
    if (first !== part) continue;
    const last = keys.pop() ?? '';
    let place: unknown = copy;
    for (const key of keys) place = below(place, key);
    if (typeof text === 'string' && typeof below(place, last) === 'string')
      (place as Record<string, string>)[last] = text;
    else onUnknown(path);
  }
  return copy;
}

function below(place: unknown, key: string): unknown {
  return typeof place === 'object' && place !== null && Object.hasOwn(place, key)
    ? (place as Readonly<Record<string, unknown>>)[key]
    : undefined;
}
