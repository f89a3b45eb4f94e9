import type { Label } from '../api/protocol.ts';
import { canonical } from '../text/canonical.ts';
import { inEnglish, named, type Language } from '../text/language.ts';
import { launcherNames, localeOf } from '../text/launcher-names.ts';
import { warnOnce } from './warn-once.ts';
import { pageLang, type LanguageHost } from './widget-options.ts';

/** So long after words did not come they are asked for again, ms; doubled each time. */
const FIRST_RETRY_MS = 20_000;
const LAST_RETRY_MS = 600_000;

/** Whose language it is: of `WidgetLanguage` what is needed here. */
export interface Speaker {
  spoken: Language;
  /** Empty: it is to be asked for again. */
  wish: readonly unknown[];
  readonly whole: boolean;
}

const retryMs = new WeakMap<Speaker, number>();

/**
 * Has a widget speak what is wanted: as long as nobody comes near it, its launcher's name is enough. What cannot be loaded
 * is asked for again in a while. Resolves when something is spoken, or nobody should wait for it any longer. Never rejects.
 */
export async function speak(
  language: Speaker,
  host: LanguageHost,
  inboxLabels: readonly Label[] | undefined,
  onChange: () => void,
): Promise<void> {
  const { wish, whole } = language;
  // Something else may be wanted by now.
  const isStill = () => wish === language.wish && host.isConnected;
  const say = (spoken: Language) => {
    if (!isStill()) return;
    language.spoken = spoken;
    onChange();
  };
  const onMiss = () => {
    const ms = retryMs.get(language) ?? FIRST_RETRY_MS;
    retryMs.set(language, Math.min(2 * ms, LAST_RETRY_MS));
    setTimeout(() => {
      if (!isStill()) return;
      language.wish = [];
      onChange();
    }, ms);
  };
  const lang = tagsOf(host).find(localeOf) ?? 'en';
  const locale = localeOf(lang) ?? 'en';
  if (!whole && !host.labels) return say(locale === 'en' ? inEnglish(lang) : named(lang, launcherNames[locale]));
  try {
    const { loadLanguage } = await import('./load-language.ts');
    await loadLanguage({ lang, locale, labels: host.labels, inboxLabels, say, onMiss });
  } catch {
    onMiss();
  }
}

/** The languages that are wanted, the best one first. */
function tagsOf(host: LanguageHost): readonly string[] {
  const { lang, langSource } = host;
  const chosen = canonical(lang);
  if (chosen.length) return chosen;
  if (lang) warnOnce(`lang "${lang}" is not understood and was ignored; expected: a BCP 47 language tag.`);
  if (!['html', 'browser'].includes(langSource)) {
    warnOnce(`lang-source "${langSource}" is not understood and was ignored; expected: html, browser.`);
  }
  const said = langSource === 'browser' ? [] : canonical(pageLang(host));
  return said.length ? said : navigator.languages.flatMap(canonical);
}
