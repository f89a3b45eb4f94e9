import { inEnglish, type Language } from './language.ts';
import { launcherStrings } from './launcher-strings.ts';
import { english, type Strings } from './strings.ts';

/** A language together with the words that all parts need. */
export interface Words extends Language {
  readonly strings: Strings;
}

/** The words of a language. */
export function wordsOf(language: Language): Words {
  const { of } = language;
  return { ...language, strings: { ...of('launcher', launcherStrings), ...of('panel', english) } };
}

/** What elements show when nobody above them says otherwise. */
export const defaultWords: Words = wordsOf(inEnglish());
