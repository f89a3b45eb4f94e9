import assert from 'node:assert/strict';
import { it } from 'node:test';
import { INBOX } from '../../scripts/chat-server-process.mjs';
import { pageWithChat, Visitor } from './people.ts';
import { inEveryEngine } from './world.ts';

/**
 * What a page has asked its browser for, by name; runs in the page before anything else. Whatever a page does later by
 * itself it must have asked for before: who has asked for nothing stays idle, and no test need wait to see it.
 */
function watchPage(): void {
  const asked: Record<string, number> = {};
  Object.assign(globalThis, { asked });
  const count = (owner: object, name: string) => {
    const methods = owner as Record<string, (...all: unknown[]) => unknown>;
    const original = methods[name];
    // Not every engine has everything.
    if (!original) return;
    methods[name] = function (this: unknown, ...all: unknown[]) {
      // A task that is next is no waiting.
      if (name !== 'setTimeout' || all[1]) asked[name] = (asked[name] ?? 0) + 1;
      return original.apply(this, all);
    };
  };
  for (const name of ['requestAnimationFrame', 'requestIdleCallback', 'setInterval', 'setTimeout', 'fetch'])
    count(globalThis, name);
  count(XMLHttpRequest.prototype, 'send');
  count(navigator, 'sendBeacon');
  count(Storage.prototype, 'setItem');
  count(IDBFactory.prototype, 'open');
  count(CacheStorage.prototype, 'open');
  const cookies = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie')!;
  Object.defineProperty(Document.prototype, 'cookie', {
    ...cookies,
    set(value: string) {
      asked['cookie'] = (asked['cookie'] ?? 0) + 1;
      cookies.set!.call(this, value);
    },
  });
  for (const name of ['WebSocket', 'EventSource', 'Worker', 'SharedWorker', 'BroadcastChannel'] as const) {
    const Original = globalThis[name] as unknown as new (...all: unknown[]) => object;
    const Counted = class extends Original {
      constructor(...all: unknown[]) {
        super(...all);
        asked[name] = (asked[name] ?? 0) + 1;
      }
    };
    Object.assign(globalThis, { [name]: Counted });
  }
}

inEveryEngine(
  'A page with a chat that nobody opens',
  (world) => {
    it('asks its browser for no frame, no timer, no connection and no room to store anything', async () => {
      const server = await world().server();
      const watch = `<script>(${watchPage.toString()})();</script>`;
      const pasted = `/chat/${INBOX}.js`;
      const page = (html: string) => html.replace('<meta charset="utf-8">', `<meta charset="utf-8">${watch}`);
      const site = await world().newSite(
        {
          '/pasted': page(pageWithChat('', pasted)),
          '/imported': page(pageWithChat()),
        },
        server,
      );
      const visitor = await Visitor.at(await world().newProfile(), 'about:blank');
      const asked = () =>
        visitor.page.evaluate(() => (globalThis as unknown as { asked: Record<string, number> }).asked, null);
      for (const address of ['/pasted', '/imported']) {
        await visitor.page.goto(site.url + address);
        await visitor.launcher.isThere();
        assert.deepEqual(await asked(), {}, address);
      }
      assert.equal(site.requests.filter((path) => path.startsWith('/v1/')).length, 0);

      await visitor.openChat();
      await visitor.panel.textbox('Message').isThere();
      assert.notDeepEqual(await asked(), {}, 'it would be seen');
    });
  },
  ['chromium', 'firefox'],
);
