import type { PendingMessage } from '../api/chat-state.ts';
import { daysFrom, formatTime } from '../text/format-time.ts';
import type { Language } from '../text/language.ts';
import { fill } from '../text/phrase.ts';
import { english as threadStrings } from '../text/thread-strings.ts';
import { english } from '../text/unsent-strings.ts';

/** Why the next of these messages has to wait, and until when, in one sentence; undefined when none does. */
export function waitOf(pending: readonly PendingMessage[], { lang, of }: Language): string | undefined {
  const strings = of('unsent', english);
  // When a server will be well again, nobody can tell.
  if (pending.some(({ status, error }) => status === 'pending' && error?.code === 'unavailable')) return strings.trying;
  const waiting = pending.find(({ status, until = 0 }) => status === 'pending' && until > Date.now());
  // To the second: it is less than a minute away.
  return waiting && fill(strings.waits, { time: new Date(waiting.until!).toLocaleTimeString(lang) });
}

/** What became of a message that was refused, and when it may be sent again, where that can be told. */
export function failureOf({ start, until = 0 }: Partial<PendingMessage>, { lang, of }: Language): string {
  const now = Date.now();
  if (until < now) return of('thread', threadStrings).notSent;
  const strings = of('unsent', english);
  const day = new Intl.RelativeTimeFormat(lang, { numeric: 'auto' }).format(daysFrom(now, until), 'day');
  return fill(start ? strings.tooManyConversations : strings.tooMany, { day, time: formatTime(until, lang) });
}
