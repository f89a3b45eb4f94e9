import { Type } from 'typebox';
import { LANGUAGES, TEXTS } from '../../src/text/label-keys.ts';
import { explainForm } from './validation.ts';

const names = new Intl.DisplayNames('en', { type: 'language' });

/** In English. */
export const languageName = (language: string): string => names.of(language) ?? language;

const READABLE_PATTERN = '\\S.*';
explainForm(READABLE_PATTERN, 'words that can be read');

const LabelRow = Type.Object(
  {
    key: Type.String({
      title: 'Text',
      description: 'Which one: its key, or the English words to find it by.',
      minLength: 1,
      maxLength: 80,
      'x-placeholder': 'thread.sent',
    }),
    language: Type.Optional(
      Type.Enum(['', ...LANGUAGES], {
        title: 'Language',
        description: 'In which it is worded like this. A language’s own words go over those for all.',
        'x-labels': Object.fromEntries<string>([
          ['', 'All languages'],
          ...LANGUAGES.map((language): [string, string] => [language, languageName(language)]),
        ]),
      }),
    ),
    text: Type.String({
      title: 'Your words',
      description: 'With the same places in braces, such as {name}.',
      pattern: READABLE_PATTERN,
      maxLength: 300,
    }),
  },
  { additionalProperties: false },
);

/** The settings group `words`: what the widget calls things. */
export const wordSettings = {
  labels: Type.Array(LabelRow, {
    title: 'Own words',
    description:
      'In the place of the widget’s, for visitors of any language or one. What a page says by itself goes over them.',
    maxItems: 500,
    default: [],
    'x-item': 'text',
  }),
};

/** What a form offers to choose from: each key, with its English words. */
export const labelChoices = { examples: [...TEXTS.keys()], 'x-labels': Object.fromEntries(TEXTS) };
