import assert from 'node:assert/strict';
import { it } from 'node:test';
import { AgentAtConsole, pageWithChat, Visitor } from './people.ts';
import { strict } from './strict.ts';
import { inEveryEngine } from './world.ts';

inEveryEngine(
  'A page with a strict content security policy',
  (world) => {
    it('has the whole conversation without one violation [hostile 74]', async () => {
      const server = await world().server();
      const site = await world().newSite({ '/': strict(pageWithChat()) }, server);
      const visitor = await Visitor.at(await world().newProfile(), `${site.url}/`);
      await visitor.openChat();
      await visitor.write('Do you ship to Iceland? https://shop.example/shipping');
      await visitor.messages.reads('Do you ship to Iceland?', 'Sent');

      const agent = await AgentAtConsole.signIn(await world().newProfile(), server.url);
      await agent.open(/Iceland/);
      await agent.reply('We do.');
      await visitor.messages.reads('We do.');
      await visitor.page.reload();
      await visitor.openChat();
      await visitor.messages.readsOnceEach('Do you ship to Iceland?', 'We do.');

      // One on purpose: it shows that violations are told of, and comes after all that were told before.
      await visitor.page.evaluate(() => document.body.setAttribute('style', 'color: red'), null);
      await site.nextViolation();
      assert.equal(site.violations.length, 1, site.violations.join('\n'));
      assert.match(site.violations.join(), /style-src/);
    });
  },
  // WebKitGTK has no Trusted Types.
  ['chromium', 'firefox'],
);
