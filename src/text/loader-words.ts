import { launcherNames, type LocaleName, type WidgetLocale } from './launcher-names.ts';

/** What a pasted tag says before the element comes: the server, or the build, writes it in front of the loader. */
export interface LoaderWords {
  /** BCP 47. */
  readonly lang: string;
  /** Of the launcher. */
  readonly name: string;
  /** Beside the launcher that was clicked, when the element does not come. Short: every page that has the tag pays for it. */
  readonly failure: string;
}

const FAILURES: Readonly<Record<LocaleName, string>> = {
  ar: 'تعذّر تحميل الدردشة. يُرجى المحاولة مجددًا.',
  cs: 'Chat se nenačetl. Zkuste to znovu.',
  da: 'Chatten blev ikke indlæst. Prøv igen.',
  de: 'Der Chat lädt nicht. Bitte erneut versuchen.',
  es: 'El chat no se ha cargado. Inténtalo de nuevo.',
  fa: 'چت بارگیری نشد. دوباره امتحان کنید.',
  fi: 'Chat ei latautunut. Yritä uudelleen.',
  fr: 'Le chat n’a pas pu se charger. Réessayez.',
  he: 'הצ׳אט לא נטען. נסו שוב.',
  hi: 'चैट लोड नहीं हुई। फिर कोशिश करें।',
  id: 'Chat tidak dapat dimuat. Coba lagi.',
  it: 'La chat non si è caricata. Riprova.',
  ja: '読み込めませんでした。もう一度お試しください。',
  ko: '채팅을 불러오지 못했어요. 다시 시도해 주세요.',
  nl: 'De chat laadt niet. Probeer het opnieuw.',
  no: 'Chatten ble ikke lastet. Prøv igjen.',
  pl: 'Czat się nie wczytał. Spróbuj ponownie.',
  'pt-BR': 'O chat não carregou. Tente de novo.',
  ro: 'Chatul nu s-a încărcat. Încercați din nou.',
  ru: 'Чат не загрузился. Попробуйте ещё раз.',
  sv: 'Chatten laddades inte. Försök igen.',
  th: 'โหลดแชทไม่ได้ โปรดลองอีกครั้ง',
  tr: 'Sohbet yüklenemedi. Yeniden deneyin.',
  uk: 'Чат не завантажився. Спробуйте ще раз.',
  vi: 'Chưa tải được chat. Hãy thử lại.',
  'zh-CN': '聊天加载失败，请重试。',
  'zh-TW': '無法載入聊天，請再試一次。',
};

const ENGLISH: LoaderWords = { lang: 'en', name: 'Open chat', failure: 'The chat did not load. Try again.' };

/** In one of the languages of the widget. */
export function loaderWordsIn(locale: WidgetLocale): LoaderWords {
  return locale === 'en' ? ENGLISH : { lang: locale, name: launcherNames[locale], failure: FAILURES[locale] };
}
