/**
 * The launcher's name in each language but English, apart from all other words: nothing else is said until somebody shows
 * an interest in the chat. The same as `launcher.openChat` of each locale.
 */
export const launcherNames = {
  ar: 'فتح الدردشة',
  cs: 'Otevřít chat',
  da: 'Åbn chatten',
  de: 'Chat öffnen',
  es: 'Abrir el chat',
  fa: 'باز کردن چت',
  fi: 'Avaa chat',
  fr: 'Ouvrir le chat',
  he: 'פתיחת הצ׳אט',
  hi: 'चैट खोलें',
  id: 'Buka chat',
  it: 'Apri la chat',
  ja: 'チャットを開く',
  ko: '채팅 열기',
  nl: 'Chat openen',
  no: 'Åpne chatten',
  pl: 'Otwórz czat',
  'pt-BR': 'Abrir chat',
  ro: 'Deschide chatul',
  ru: 'Открыть чат',
  sv: 'Öppna chatten',
  th: 'เปิดแชท',
  tr: 'Sohbeti aç',
  uk: 'Відкрити чат',
  vi: 'Mở chat',
  'zh-CN': '打开聊天',
  'zh-TW': '開啟聊天',
};

/** A language that there are words of, beside English. */
export type LocaleName = keyof typeof launcherNames;

/** A language that the widget speaks. */
export type WidgetLocale = LocaleName | 'en';

/** Which locale has the words of a language (BCP 47, canonical); `en` is English. Undefined: none. */
export function localeOf(lang: string): WidgetLocale | undefined {
  const { language, script } = new Intl.Locale(lang).maximize();
  if (language === 'en') return 'en';
  if (language === 'pt') return 'pt-BR';
  if (language === 'zh') return script === 'Hant' ? 'zh-TW' : 'zh-CN';
  // What Norwegians write is one of these, and those who write the other read it too.
  if (language === 'nb' || language === 'nn') return 'no';
  return Object.hasOwn(launcherNames, language) ? (language as LocaleName) : undefined;
}
