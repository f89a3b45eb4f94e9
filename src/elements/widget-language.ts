import type { Label } from '../api/protocol.ts';
import { inEnglish, named, type Language } from '../text/language.ts';
import { launcherStrings, type LauncherStrings } from '../text/launcher-strings.ts';
import { pageLang, type LanguageHost } from './widget-options.ts';

/** What a widget speaks: English, or what its launcher was painted in, until the words of what is wanted are there. */
export class WidgetLanguage {
  spoken: Language;
  /** Resolves when what is wanted is spoken, or when that takes too long. Never rejects. */
  ready?: Promise<unknown>;
  /** More is to be said than the launcher's name. */
  whole = false;
  /** What is wanted, and all that it depends on; empty when it is to be asked for again. */
  wish: readonly unknown[] = [];
  #page?: MutationObserver;
  /** It is called as it was painted, and nothing else was asked for. */
  #painted: boolean;

  /** @param painted the name of a launcher that was there before the element */
  constructor(painted: string | null = null) {
    this.#painted = painted !== null;
    this.spoken = painted === null ? inEnglish() : named('en', painted);
  }

  /** The launcher's words. */
  get words(): LauncherStrings {
    return this.spoken.of('launcher', launcherStrings);
  }

  /** Hears of it when the page’s language, or its direction, is another. */
  follow(onChange: () => void): void {
    this.#page ??= new MutationObserver(onChange);
    this.#page.observe(document, { subtree: true, attributeFilter: ['lang', 'dir'] });
  }

  leave(): void {
    this.#page?.disconnect();
  }

  /**
   * Gets the words of the language that a widget wants, and has its layer say which it is. What is wanted in the end, and
   * all that is not English, stands in code that English does not need.
   *
   * @param inboxLabels the inbox's own words
   * @param onChange something else is spoken now, or can be asked for again
   */
  adapt(host: LanguageHost, layer: HTMLElement, inboxLabels: readonly Label[] | undefined, onChange: () => void): void {
    const { lang, langSource, labels } = host;
    const { wish: before, whole } = this;
    const wanted = lang || (langSource !== 'browser' && pageLang(host)) || navigator.language;
    const wish = [langSource, wanted, labels, inboxLabels, whole];
    if (wish.some((each, index) => each !== before[index])) {
      this.#painted &&= !before.length && !whole;
      this.wish = wish;
      const isEnglish = /^(html|browser),en(-[a-z]{2})?,,,/i.test(wish.join());
      if (isEnglish && !this.#painted) this.spoken = inEnglish(wanted);
      // Something else may be wanted by the time that its code is there.
      const isStill = () => wish === this.wish;
      // What does not come is asked for again when there is something else to show.
      const onMiss = () => {
        if (isStill()) this.wish = [];
      };
      this.ready =
        isEnglish || this.#painted
          ? undefined
          : import('./wanted-language.ts').then(
              ({ speak }) => (isStill() ? speak(this, host, inboxLabels, onChange) : undefined),
              onMiss,
            );
    }
    // To say again what is said already would cost the styles of all that stands in the layer.
    const say = (name: 'lang' | 'dir', value: string) => layer[name] === value || (layer[name] = value);
    if (!this.#painted) say('lang', this.spoken.lang);
    // The page's own direction is inherited. Intl.Locale's text info is missing in Firefox: these are all that there are.
    const isPages = lang ? host.dir : host.closest('[dir]');
    say('dir', isPages ? '' : /^(ar|fa|he)\b/i.test(wanted) ? 'rtl' : lang && 'ltr');
  }
}
