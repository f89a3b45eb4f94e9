import type { WidgetLocale } from '../../src/text/launcher-names.ts';
import { locales } from '../../src/text/locales.ts';
import { MAIL_WORDS } from './mail/mail-words.ts';

/** What a transcript calls things; `{…}` are places for `fill()`. */
export interface TranscriptWords {
  /** BCP 47: of sizes. */
  readonly lang: WidgetLocale;
  readonly title: string;
  readonly visitor: string;
  readonly joined: string;
  readonly left: string;
  readonly closed: string;
  readonly reopened: string;
  readonly rated: string;
  readonly takenBack: string;
  readonly edited: string;
  readonly file: string;
}

/** English, which agents read as well. */
export const englishTranscript: TranscriptWords = {
  lang: 'en',
  title: MAIL_WORDS.en.transcriptTitle,
  visitor: 'Visitor',
  joined: '{name} joined.',
  left: '{name} left.',
  closed: '{name} closed the conversation.',
  reopened: 'The conversation was opened again.',
  rated: '{name} rated the conversation: {count} of 5.',
  takenBack: 'taken back',
  edited: 'edited',
  file: 'File',
};

/** In a language of the widget: the words that its visitors see there. */
export async function transcriptWords(lang: WidgetLocale): Promise<TranscriptWords> {
  if (lang === 'en') return englishTranscript;
  const [load, loadMore] = locales[lang];
  const [{ default: locale }, { default: more }] = await Promise.all([load(), loadMore()]);
  const { thread } = locale;
  return {
    lang,
    title: MAIL_WORDS[lang].transcriptTitle,
    visitor: thread.visitor,
    joined: thread.joined,
    left: thread.left,
    closed: thread.conversationResolved,
    reopened: thread.conversationReopened,
    rated: thread.rated,
    takenBack: thread.deleted,
    edited: more.message.edited,
    file: more.message.attachment,
  };
}
