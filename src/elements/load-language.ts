import type { Label } from '../api/protocol.ts';
import { english as defaults } from '../text/default-strings.ts';
import type { Language } from '../text/language.ts';
import type { WidgetLocale } from '../text/launcher-names.ts';
import type { AllWords } from '../text/locale.ts';
import { locales } from '../text/locales.ts';
import { tableOf, withLabels, type Labels } from '../text/word-tables.ts';
import { warnOnce } from './warn-once.ts';
import { recordOf } from './session-options.ts';

/** As a locale brings them: with keys, or, bundled, without. */
type Tables = Partial<Readonly<Record<keyof AllWords, object>>>;

/** So long the panel waits for its words, ms; then it opens in English. */
const PATIENCE_MS = 2_000;

const PARTS: Readonly<Record<keyof AllWords, true>> = {
  launcher: true,
  panel: true,
  alert: true,
  closed: true,
  content: true,
  conversation: true,
  emoji: true,
  file: true,
  form: true,
  gate: true,
  home: true,
  list: true,
  menu: true,
  message: true,
  says: true,
  thread: true,
  trouble: true,
  unsent: true,
  verify: true,
};

/** What is to be said, and who is told of it. */
export interface Wish {
  /** BCP 47. */
  readonly lang: string;
  readonly locale: WidgetLocale;
  /** The page's own words, as it says them. They go over the inbox's. */
  readonly labels: unknown;
  readonly inboxLabels: readonly Label[] | undefined;
  /** Is given the language; and again, when the words of what comes after the panel are there. */
  readonly say: (language: Language) => void;
  /** Some words could not be loaded: English stands in for them. */
  readonly onMiss: () => void;
}

/**
 * Gets the words of a language; where they cannot be loaded, it is English. Resolves when something is spoken, or when
 * nobody should wait for it any longer. Never rejects.
 */
export async function loadLanguage({ lang, locale, say, onMiss, ...own }: Wish): Promise<void> {
  const pageLabels: Labels = { ...recordOf('labels', own.labels) };
  for (const path of Object.keys(pageLabels)) {
    if (!Object.hasOwn(PARTS, path.split('.')[0] ?? '')) warnOfLabel(path);
  }
  const inboxIn = (name: string) =>
    (own.inboxLabels ?? [])
      .filter(({ language = '' }) => language === name)
      .map(({ key, text }) => [key, text] as const);
  const inboxWords = Object.fromEntries<unknown>([...inboxIn(''), ...inboxIn(locale)]);
  const labels: Labels = { ...inboxWords, ...pageLabels };
  // The inbox's words were checked when they were saved; a language may lack a form that another one has.
  const onUnknown = (path: string) => Object.hasOwn(pageLabels, path) && warnOfLabel(path);
  const sayIn = (spoken: string, tables: Tables, onPanel?: () => void) =>
    say(languageOf(spoken, tables, (part, table) => withLabels(part, table, labels, onUnknown), onPanel));

  if (locale === 'en') return sayIn(lang, {});
  const [load, loadMore] = locales[locale];
  const miss = () => {
    warnOnce(`The words of ${lang} could not be loaded; English stands in for them.`);
    onMiss();
  };
  const loaded = load().then(
    ({ default: tables }) => {
      const onPanel = () => {
        loadMore().then(({ default: more }) => sayIn(lang, { ...tables, ...more }), miss);
      };
      sayIn(lang, tables, onPanel);
    },
    () => {
      miss();
      sayIn('en', {});
    },
  );
  await Promise.race([loaded, new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))]);
}

/**
 * @param finish makes a table of words what is shown of it
 * @param onPanel the panel asks for its words: what it leads to is next
 */
function languageOf(
  lang: string,
  tables: Tables,
  finish: <T extends object>(part: string, table: T) => T,
  onPanel?: () => void,
): Language {
  const spoken = new Map<object, object>();
  const of: Language['of'] = (part, english) => {
    type Table = typeof english;
    let table = spoken.get(english);
    if (!table) {
      if (part === 'panel') onPanel?.();
      table = finish(part, tableOf<Table>(english, tables[part] ?? english));
      spoken.set(english, table);
    }
    return table as Table;
  };
  const says = (text: string) => {
    const [key] = Object.entries(defaults).find(([, english]) => english === text) ?? [];
    return key ? of('says', defaults)[key as keyof typeof defaults] : text;
  };
  return { lang, of, says };
}

function warnOfLabel(path: string): void {
  warnOnce(`labels: ${path} is no text of the chat and was ignored.`);
}
