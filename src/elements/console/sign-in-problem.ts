import { ChatError } from '../../api/chat-error.ts';
import type { ConsoleWords } from '../../text/console-strings.ts';
import { fill } from '../../text/phrase.ts';

/** Why signing in failed, and whether what was typed is the reason. */
export interface SignInProblem {
  readonly sentence: string;
  readonly wrong: boolean;
}

/** What to tell an agent about a failed attempt to sign in. */
export function signInProblem(error: unknown, { strings, lang }: ConsoleWords): SignInProblem {
  const { code, retryAfterMs } = error instanceof ChatError ? error : { code: 'internal', retryAfterMs: undefined };
  switch (code) {
    case 'unauthorized':
    case 'bad_request':
      return { sentence: strings.wrongPassword, wrong: true };
    case 'rate_limited':
      return {
        sentence: retryAfterMs
          ? fill(strings.tooManyTriesFor, { time: duration(retryAfterMs, lang) })
          : strings.tooManyTries,
        wrong: false,
      };
    case 'offline':
      return { sentence: strings.serverUnreachable, wrong: false };
    default:
      return { sentence: strings.signInFailed, wrong: false };
  }
}

/** Whole seconds up to two minutes, then whole minutes; never less than there is to wait. */
function duration(ms: number, lang: string): string {
  const seconds = Math.ceil(ms / 1000);
  const [count, unit] = seconds <= 120 ? [seconds, 'second'] : [Math.ceil(seconds / 60), 'minute'];
  return new Intl.NumberFormat(lang, { style: 'unit', unit, unitDisplay: 'long' }).format(count);
}
