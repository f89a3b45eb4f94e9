import { english } from './english.ts';
import { launcherNames } from './launcher-names.ts';

/*
 * What can be worded differently, by an inbox or a page. Apart from the widget: whoever checks labels knows all of its words.
 */

/** Languages that the widget speaks, as labels name them. */
export const LANGUAGES: readonly string[] = ['en', ...Object.keys(launcherNames)].sort();

/** The English of each text by its path: `thread.sent` is `Sent`. */
export const TEXTS: ReadonlyMap<string, string> = new Map(textsOf('', english));

/** In the order of CLDR. */
const CATEGORIES = ['zero', 'one', 'two', 'few', 'many', 'other'];

/** Forms that may leave out how many they are of. */
const MAY_BE_SILENT = /\.(zero|one|two)$/;

function* textsOf(path: string, node: unknown): Generator<[string, string]> {
  if (typeof node === 'string') yield [path, node];
  else for (const [key, below] of Object.entries(node as object)) yield* textsOf(path ? `${path}.${key}` : key, below);
}

/** The English text that `key` stands for; undefined when there is none. Plurals have the forms of `language`, if it is one. */
export function englishOf(key: string, language = ''): string | undefined {
  const own = TEXTS.get(key);
  const dot = key.lastIndexOf('.');
  const others = TEXTS.get(`${key.slice(0, dot)}.other`);
  if (others === undefined) return own;
  const forms = language ? new Intl.PluralRules(language).resolvedOptions().pluralCategories : CATEGORIES;
  return forms.some((form) => form === key.slice(dot + 1)) ? (own ?? others) : undefined;
}

/** What is wrong with a text that takes the place of `english`, as a sentence; undefined when nothing is. */
export function faultOfText(key: string, english: string, text: string): string | undefined {
  const [wanted, found] = [placesOf(english), placesOf(text)];
  const missing = wanted.find((place) => !found.includes(place) && !(place === '{count}' && MAY_BE_SILENT.test(key)));
  if (missing !== undefined) return `${missing} must stand in the text: “${english}”.`;
  const unknown = found.find((place) => !wanted.includes(place));
  return unknown && `Nothing is known for ${unknown} here: “${english}”.`;
}

const placesOf = (text: string): string[] => [...text.matchAll(/\{\w+\}/g)].map(([place]) => place);
