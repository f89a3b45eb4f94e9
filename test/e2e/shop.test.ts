import { it } from 'node:test';
import { AgentAtConsole, Visitor } from './people.ts';
import { inEveryEngine } from './world.ts';

inEveryEngine(
  'The demo shop',
  (world) => {
    it('signs a customer in, whom the agent sees as Verified, and out, after whom nobody reads a word', async () => {
      const server = await world().server();
      const shop = await Visitor.at(await world().newProfile(), `${server.url}/`);
      await shop.page.button('Sign in').click();
      await shop.page.button(/Ada Lindqvist/).click();
      await shop.page.button('Ada').isThere();
      await shop.openChat();
      await shop.write('Is the Skerry back soon?');
      await shop.messages.reads('Is the Skerry back soon?', 'Sent');

      const agent = await AgentAtConsole.signIn(await world().newProfile(), server.url);
      await agent.open(/Ada Lindqvist/);
      await agent.page.find('document').reads(/\bVerified\b/);
      await agent.reply('Next week.');
      await shop.messages.reads('Next week.');

      await shop.page.press('Escape');
      await shop.panel.isGone();
      await shop.page.button('Ada').click();
      await shop.page.button(/^Sign out/).click();
      await shop.page.button('Sign in').isThere();
      await shop.page.reload();
      await shop.openChat();
      await shop.write('Hello?');
      await shop.messages.reads('Hello?', 'Sent');
      await shop.panel.doesNotRead('Skerry');
    });
  },
  // What differs between engines is asked of all of them by the other flows.
  ['chromium'],
);
