import type { ChatError } from '../api/chat-error.ts';
import type { Language } from '../text/language.ts';
import { fill } from '../text/phrase.ts';
import { english } from '../text/verify-strings.ts';

/**
 * What was wrong with an e-mail or its code, in one sentence for the visitor.
 *
 * @param time when to try again, in words
 */
export function problemOf({ code, temporary }: ChatError, isCode: boolean, time: string, { of }: Language): string {
  const strings = of('verify', english);
  if (code === 'rate_limited') return fill(isCode ? strings.nextCode : strings.tooMany, { time });
  if (code === 'invalid_proof') return strings.codeWrong;
  if (code === 'proof_expired') return strings.codeOver;
  if (code === 'bad_request') return isCode ? strings.codeIncomplete : strings.emailMalformed;
  return temporary ? strings.unreachable : strings.unavailable;
}
