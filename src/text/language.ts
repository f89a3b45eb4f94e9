import type { AllWords } from './locale.ts';

/** The language that a widget speaks. */
export interface Language {
  /** BCP 47 tag, for times, counts and whoever reads aloud. */
  readonly lang: string;
  /** The words of one part of the widget, in the place of its `english` table. The same object each time. */
  readonly of: <P extends keyof AllWords>(part: P, english: AllWords[P]) => AllWords[P];
  /** What an inbox says, in this language if nobody has worded it: the defaults of its settings are English. */
  readonly says: (text: string) => string;
}

/** English, which is always there. `lang`: which. */
export const inEnglish = (lang = 'en'): Language => ({
  lang,
  of: (_part, english) => english,
  says: (text) => text,
});

/** The launcher's name alone; nothing else is said yet. */
export const named = (lang: string, openChat: string): Language => ({
  ...inEnglish(lang),
  of: (part, english) => (part === 'launcher' ? { ...english, openChat } : english),
});
