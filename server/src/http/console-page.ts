import type { Config } from '../config.ts';
import type { App } from './app.ts';
import { sayUnbuilt } from './assets.ts';
import { sendPage } from './pages.ts';

/** `/console`: a page that is the agents' console. */
export function consoleRoute(app: App, { assetsDir }: Config): void {
  app.get('/console', { schema: { hide: true } }, async (_request, reply) => {
    if (await sayUnbuilt(reply, assetsDir)) return reply;
    return sendPage(reply, {
      title: 'Chat console',
      body: '<chat-console></chat-console>',
      scripts: ['/chat-console.js'],
    });
  });
}
