/** Times and days in the reader's language and time zone, through Intl. All take milliseconds since 1970. */

const formats = new Map<string, Intl.DateTimeFormat>();

/** Intl's formatters are slow to make and a thread asks for the same few again and again. */
function format(lang: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = lang + JSON.stringify(options);
  let found = formats.get(key);
  if (!found) formats.set(key, (found = new Intl.DateTimeFormat(lang, options)));
  return found;
}

const DAY_MS = 86_400_000;

/** Whole local days from `now` to `at`: 0 is today, -1 yesterday. Counted on the calendar, so 23-hour days are days too. */
export function daysFrom(now: number, at: number): number {
  const day = (time: number) => {
    const date = new Date(time);
    return Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / DAY_MS;
  };
  return day(at) - day(now);
}

/** The time of day: `14:05`, `2:05 PM`. */
export function formatTime(at: number, lang: string): string {
  return format(lang, { hour: 'numeric', minute: '2-digit' }).format(at);
}

/** Date and time, complete. */
export function formatExact(at: number, lang: string): string {
  return format(lang, { dateStyle: 'long', timeStyle: 'medium' }).format(at);
}

/** A day as a heading: `Today`, `Yesterday`, `Monday` within a week, else the date, with the year when it is another. */
export function formatDay(at: number, lang: string, now = Date.now()): string {
  const days = daysFrom(now, at);
  if (days === 0 || days === -1)
    return capitalized(new Intl.RelativeTimeFormat(lang, { numeric: 'auto' }).format(days, 'day'), lang);
  if (days < 0 && days > -7) return capitalized(format(lang, { weekday: 'long' }).format(at), lang);
  return format(lang, { day: 'numeric', month: 'long', ...yearIfOther(at, now) }).format(at);
}

/** As short as a list has room for: the time today, the weekday within a week, else the date. */
export function formatShort(at: number, lang: string, now = Date.now()): string {
  const days = daysFrom(now, at);
  if (days === 0) return formatTime(at, lang);
  if (days < 0 && days > -7) return format(lang, { weekday: 'short' }).format(at);
  return format(lang, { day: 'numeric', month: 'short', ...yearIfOther(at, now) }).format(at);
}

function yearIfOther(at: number, now: number): Intl.DateTimeFormatOptions {
  return new Date(at).getFullYear() === new Date(now).getFullYear() ? {} : { year: 'numeric' };
}

/** Intl gives words as they stand inside a sentence; a heading starts with a capital. */
function capitalized(text: string, lang: string): string {
  const [first = '', ...rest] = text;
  return first.toLocaleUpperCase(lang) + rest.join('');
}
