import type { OfficeHours } from '../api/protocol.ts';
import { english } from '../text/home-strings.ts';
import type { Language } from '../text/language.ts';
import { fill } from '../text/phrase.ts';

const DAY_MS = 86_400_000;

/** When the office opens again, in the visitor's time zone; undefined while it is open, or nobody knows. */
export function backAt(
  { open, changesAt = 0 }: OfficeHours,
  { lang, of }: Language,
  now = Date.now(),
): string | undefined {
  if (open || changesAt <= now) return undefined;
  const strings = of('home', english);
  const time = new Date(changesAt).toLocaleTimeString(lang, { hour: 'numeric', minute: '2-digit' });
  const days = Math.round((midnight(changesAt) - midnight(now)) / DAY_MS);
  if (days < 2) return fill(days ? strings.backTomorrow : strings.backToday, { time });
  const options = days < 7 ? ({ weekday: 'long' } as const) : ({ day: 'numeric', month: 'long' } as const);
  return fill(strings.backOn, { day: new Date(changesAt).toLocaleDateString(lang, options), time });
}

/** When the visitor's day began, ms. */
function midnight(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}
