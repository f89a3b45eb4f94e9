import type { ChatClientOptions } from '../api/chat-client.ts';
import { isSaid, type PageAnswers, type WindowAsks } from './window-talk.ts';

/** How long a page has to answer, ms; one that knows nothing of chats never does. */
const PATIENCE_MS = 4_000;

/** What the window that a page has opened goes by. */
export interface Handed extends Pick<ChatClientOptions, 'handover' | 'pageUrl'> {
  readonly lang?: string;
}

/**
 * Asks the page that opened this window, or holds this frame, for the visitor's session: it comes as a code, in a message
 * that only this window gets. Undefined: there is nobody to ask, or no answer.
 */
export function meetOpener(inbox: string): Promise<Handed | undefined> {
  const page: Window | null = (opener as Window | null) ?? (parent === window ? null : parent);
  if (!page) return Promise.resolve(undefined);
  const ask = (chat: WindowAsks['chat']) => page.postMessage({ chat, inbox } satisfies WindowAsks, '*');
  let here: string | undefined;
  let site: string | undefined;
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(undefined), PATIENCE_MS);
    addEventListener('message', ({ source, origin, data }: MessageEvent) => {
      // A page that has gone to another site since is another page.
      if (source !== page || origin !== (site ?? origin) || !isSaid<PageAnswers>(data, 'page')) return;
      if (typeof data.page !== 'string') return;
      site = origin;
      here = data.page;
      clearTimeout(timer);
      const { code, lang } = data;
      resolve({ ...(code && { handover: { code, origin } }), lang, pageUrl: () => here });
    });
    // Whoever comes back to this window may have gone on to another page meanwhile.
    addEventListener('focus', () => ask('where'));
    ask('hello');
  });
}
