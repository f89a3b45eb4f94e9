import type { ChatError } from '../api/chat-error.ts';
import type { Language } from '../text/language.ts';
import { english } from '../text/form-strings.ts';
import { fill } from '../text/phrase.ts';

/** When the server does not say when to come back, ms. */
const AGAIN_MS = 60_000;

/** Why something that the visitor wanted could not be done, in one sentence. */
export function failureOf({ code, temporary, retryAfterMs = AGAIN_MS }: ChatError, { lang, of }: Language): string {
  const strings = of('form', english);
  if (code !== 'rate_limited') return temporary ? strings.unreachable : strings.unavailable;
  const time = new Date(Date.now() + retryAfterMs).toLocaleTimeString(lang, { hour: 'numeric', minute: '2-digit' });
  return fill(strings.tooMany, { time });
}
