import { english } from '../../../src/text/english.ts';
import { controlsIn } from '../flat-tree.ts';
import { loadAxe } from './axe.ts';

/** The accessible name of each control, as browsers compute it (https://www.w3.org/TR/accname-1.2/). */
export async function namesOf(root: Element): Promise<ReadonlyMap<HTMLElement, string>> {
  return (await namer())(root);
}

/** The same for who has to look more than once. */
export async function namer(): Promise<(root: Element) => ReadonlyMap<HTMLElement, string>> {
  const axe = await loadAxe();
  return (root) => {
    axe.setup(root);
    try {
      const { getNodeFromTree } = axe.utils;
      const { accessibleTextVirtual } = axe.commons.text;
      const name = (element: HTMLElement) =>
        accessibleTextVirtual(getNodeFromTree(element)).replace(/\s+/g, ' ').trim();
      // A message is no control, though the arrow keys stop there: it is what it says.
      const controls = controlsIn(root).filter(({ role }) => role !== 'article');
      return new Map(controls.map((control) => [control, name(control)]));
    } finally {
      axe.teardown();
    }
  };
}

/** Phrases of the English tables that are the same in German. */
const GERMAN = /^(Emoji|Okay|Download( \{name\})?)$/;

/** What the widget says in English, with anything in the places of its values. */
const phrases = [...texts(english)]
  .filter((text) => /[a-z]{3}/i.test(text.replace(/\{\w+\}/g, '')))
  .map((text) => ({
    isGerman: GERMAN.test(text.trim()),
    // What comes after a word such as "Download" is not ours.
    pattern: new RegExp(`^${text.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{\w+\}/g, '.+')}$`),
  }));

/** It is a phrase of the English widget, and of none in `lang`. */
export const isEnglish = (name: string, lang?: string): boolean =>
  phrases.some(({ pattern, isGerman }) => pattern.test(name) && !(isGerman && lang === 'de'));

function* texts(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (typeof value === 'object' && value !== null) for (const each of Object.values(value)) yield* texts(each);
}
