import type { LocaleName } from './launcher-names.ts';
import type { Locale, MoreLocale } from './locale.ts';

type Load<Table> = () => Promise<{ readonly default: Table }>;

/** Where the words of each language but English come from: what shows as soon as the panel opens, and the rest. */
export const locales: Readonly<Record<LocaleName, readonly [Load<Locale>, Load<MoreLocale>]>> = {
  ar: [() => import('./locales/ar.ts'), () => import('./locales/ar-more.ts')],
  cs: [() => import('./locales/cs.ts'), () => import('./locales/cs-more.ts')],
  da: [() => import('./locales/da.ts'), () => import('./locales/da-more.ts')],
  de: [() => import('./locales/de.ts'), () => import('./locales/de-more.ts')],
  es: [() => import('./locales/es.ts'), () => import('./locales/es-more.ts')],
  fa: [() => import('./locales/fa.ts'), () => import('./locales/fa-more.ts')],
  fi: [() => import('./locales/fi.ts'), () => import('./locales/fi-more.ts')],
  fr: [() => import('./locales/fr.ts'), () => import('./locales/fr-more.ts')],
  he: [() => import('./locales/he.ts'), () => import('./locales/he-more.ts')],
  hi: [() => import('./locales/hi.ts'), () => import('./locales/hi-more.ts')],
  id: [() => import('./locales/id.ts'), () => import('./locales/id-more.ts')],
  it: [() => import('./locales/it.ts'), () => import('./locales/it-more.ts')],
  ja: [() => import('./locales/ja.ts'), () => import('./locales/ja-more.ts')],
  ko: [() => import('./locales/ko.ts'), () => import('./locales/ko-more.ts')],
  nl: [() => import('./locales/nl.ts'), () => import('./locales/nl-more.ts')],
  no: [() => import('./locales/no.ts'), () => import('./locales/no-more.ts')],
  pl: [() => import('./locales/pl.ts'), () => import('./locales/pl-more.ts')],
  'pt-BR': [() => import('./locales/pt-BR.ts'), () => import('./locales/pt-BR-more.ts')],
  ro: [() => import('./locales/ro.ts'), () => import('./locales/ro-more.ts')],
  ru: [() => import('./locales/ru.ts'), () => import('./locales/ru-more.ts')],
  sv: [() => import('./locales/sv.ts'), () => import('./locales/sv-more.ts')],
  th: [() => import('./locales/th.ts'), () => import('./locales/th-more.ts')],
  tr: [() => import('./locales/tr.ts'), () => import('./locales/tr-more.ts')],
  uk: [() => import('./locales/uk.ts'), () => import('./locales/uk-more.ts')],
  vi: [() => import('./locales/vi.ts'), () => import('./locales/vi-more.ts')],
  'zh-CN': [() => import('./locales/zh-CN.ts'), () => import('./locales/zh-CN-more.ts')],
  'zh-TW': [() => import('./locales/zh-TW.ts'), () => import('./locales/zh-TW-more.ts')],
};
