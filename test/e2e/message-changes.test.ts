import { it } from 'node:test';
import { AgentAtConsole, pageWithChat, Visitor } from './people.ts';
import { inEveryEngine } from './world.ts';

inEveryEngine(
  'What was said',
  (world) => {
    it('is answered, reacted to and edited, on both sides at once, and stays so', async () => {
      const server = await world().server();
      const site = await world().newSite({ '/': pageWithChat() }, server);
      const visitor = await Visitor.at(await world().newProfile(), `${site.url}/`);
      await visitor.openChat();
      await visitor.write('Do you mend **zips**?');
      await visitor.messages.reads('Do you mend zips?', 'Sent');
      const agent = await AgentAtConsole.signIn(await world().newProfile(), server.url);
      await agent.open(/Do you mend zips/);
      await agent.reply('We do, for life.');

      const theirs = visitor.messages.find('group', /^(?!You|Reactions)/);
      await theirs.button('Message actions').click();
      await visitor.page.find('menuitemcheckbox', '👍').click();
      await agent.messages.find('button', /^👍 1/).isThere();
      await visitor.messages.find('button', /^👍 1: You/).isThere();

      await theirs.button('Message actions').click();
      await visitor.page.find('menuitem', 'Reply').click();
      await visitor.panel.textbox(/^Reply to/).type('Even old ones?');
      await visitor.page.press('Enter');
      await agent.messages.find('button', /^In reply to You: We do, for life\./).isThere();
      await agent.messages.reads('Even old ones?');

      await agent.messages.find('group', /^You/).button('Message actions').click();
      await agent.page.find('menuitem', 'Edit').click();
      await agent.page.textbox('Edit your message').type(' And free.');
      await agent.page.press('Enter');
      await visitor.messages.reads('We do, for life. And free.', 'edited');

      await visitor.page.reload();
      await visitor.openChat();
      await visitor.messages.reads('We do, for life. And free.', 'edited', 'Even old ones?');
      await visitor.messages.find('button', /^👍 1: You/).isThere();
    });
  },
  // What differs between engines is asked of all of them by the other flows.
  ['chromium'],
);
