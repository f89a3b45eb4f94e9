import { isDisbelief, type ChatError } from '../api/chat-error.ts';
import type { ChatState } from '../api/chat-state.ts';
import { warnOnce } from './warn-once.ts';

/**
 * Tells a page's author what a failure may come from, where that is the site's to mend. Loaded with the first failure.
 *
 * @param state as it was when that failed
 */
export function advise(error: ChatError, { booted, settings }: ChatState, server: string): void {
  const { code, message } = error;
  // Of a page in a sandbox: `null`, as the server sees it.
  const { origin } = globalThis;
  // Browsers do not tell a page that it was refused for its origin: that looks like a server that is not there.
  if (code === 'offline' && !settings && navigator.onLine && server !== origin) {
    warnOnce(
      `${server} did not answer to a request from ${origin}. ` +
        'Is the server up, and is this origin among the trusted domains of the inbox?',
    );
  } else if (code === 'invalid_proof' || (!booted && isDisbelief(error))) {
    warnOnce(
      `the server does not believe who the visitor is (${code}): ${message} ` +
        'Check what the back end signs, with which secret, for which inbox, and until when.',
    );
  }
}
