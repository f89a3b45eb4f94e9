import { ChatError } from '../api/chat-error.ts';
import type { Language } from '../text/language.ts';
import { english } from '../text/message-strings.ts';

/** Why a message could not be changed, in one sentence. */
export function failureOf(error: unknown, { of }: Language): string {
  const strings = of('message', english);
  if (!(error instanceof ChatError)) return strings.failed;
  const { code, temporary } = error;
  if (code === 'forbidden') return strings.tooOld;
  if (code === 'not_found' || code === 'conflict') return strings.goneMeanwhile;
  if (code === 'rate_limited') return strings.tooMany;
  return temporary ? strings.unreachable : strings.failed;
}
