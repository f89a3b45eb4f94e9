import { Type } from 'typebox';
import { INBOX_ID_PATTERN } from '../new-inbox.ts';
import { framersOf } from '../origins.ts';
import type { Parts } from '../parts.ts';
import type { App } from './app.ts';
import { sayUnbuilt } from './assets.ts';
import { sendPage } from './pages.ts';

/**
 * `/chat/{inbox}`: a page that is nothing but the chat: a window that a widget opens, a frame of a site that the inbox
 * trusts, or a link in a mail.
 */
export function chatPageRoute(app: App, { config, inboxes }: Parts): void {
  app.get(
    '/chat/:inbox',
    { schema: { hide: true, params: Type.Object({ inbox: Type.String({ pattern: INBOX_ID_PATTERN }) }) } },
    async (request, reply) => {
      if (await sayUnbuilt(reply, config.assetsDir)) return reply;
      const { row, settings } = await inboxes.get(request.params.inbox);
      // Whoever opens it passes a session on, and must be known to it for that.
      reply.header('Cross-Origin-Opener-Policy', 'unsafe-none').removeHeader('X-Frame-Options');
      return sendPage(reply, {
        title: settings.appearance.teamName || 'Chat',
        body: `<chat-widget mode="page" inbox="${row.id}" lang-source="browser"></chat-widget>`,
        scripts: ['/chat-widget.js'],
        framedBy: framersOf(settings.security.trustedDomains),
      });
    },
  );
}
