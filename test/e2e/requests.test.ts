import assert from 'node:assert/strict';
import path from 'node:path';
import { it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { filesByStage } from '../../scripts/bundle-graph.mjs';
import { pageWithChat, Visitor } from './people.ts';
import { PuppeteerTab } from './puppeteer-driver.ts';
import { inEveryEngine } from './world.ts';

const bundles = fileURLToPath(new URL('../../dist-cdn/', import.meta.url));
const { launcher, panel, conversation } = filesByStage(bundles);

/** Paths as a browser asks for them. */
const addresses = (files: Iterable<string>) => [...files].map((file) => `/${path.relative(bundles, file)}`).sort();

inEveryEngine(
  'What a page pays',
  (world) => {
    it('is what `npm run size` counts, and until somebody wants to chat nothing else at all', async () => {
      const server = await world().server();
      const site = await world().newSite({ '/': pageWithChat() }, server);
      const visitor = await Visitor.at(await world().newProfile(), `${site.url}/`);
      await visitor.launcher.isThere();
      const requested = () => site.requests.filter((address) => !['/', '/favicon.ico'].includes(address)).sort();
      assert.deepEqual(requested(), addresses(launcher));

      await visitor.openChat();
      await visitor.panel.textbox('Message').isThere();
      const scripts = requested().filter((address) => address.endsWith('.js'));
      assert.deepEqual(scripts, addresses(panel));
    });

    it('is what `npm run size` counts for a visitor who comes back to a conversation', async () => {
      const server = await world().server();
      const site = await world().newSite({ '/': pageWithChat() }, server);
      const visitor = await Visitor.at(await world().newProfile(), `${site.url}/`);
      await visitor.openChat();
      await visitor.write('Do you mend zips?');
      await visitor.messages.reads('Do you mend zips?', 'Sent');
      const [{ id }] = (await server.request('GET', '/v1/conversations')).body.conversations;
      await server.request('POST', `/v1/conversations/${id}/messages`, { text: 'We do, for life.' });
      await visitor.messages.reads('We do, for life.');

      const { page } = visitor;
      const counted = addresses(conversation);
      const asked = new Set<string>();
      let isLost = true;
      assert.ok(page.tab instanceof PuppeteerTab);
      // Whatever else is asked for cannot be had: the conversation stands there without, and can be gone on with.
      await page.tab.answer((request) => {
        const { pathname } = new URL(request.url());
        asked.add(pathname);
        const isOther = pathname.endsWith('.js') && !counted.includes(pathname);
        return Promise.resolve(isOther && isLost ? { status: 503 } : undefined);
      });
      await page.reload();
      await visitor.openChat();
      await visitor.messages.reads('Do you mend zips?', 'We do, for life.');
      await visitor.panel.textbox('Message').type('Thank you!');
      await page.press('Enter');
      await visitor.messages.reads('Thank you!');
      assert.deepEqual(
        counted.filter((address) => !asked.has(address)),
        [],
      );
      isLost = false;
      await visitor.messages.reads('Thank you!', 'Sent');
    });
  },
  ['chromium'],
);
