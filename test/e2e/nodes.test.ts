import { it } from 'node:test';
import { twoNodes } from '../api/node/nodes.ts';
import { AgentAtConsole, pageWithChat, Visitor } from './people.ts';
import { inEveryEngine } from './world.ts';

const nodes = await twoNodes();

if (nodes) {
  inEveryEngine('A visitor on node 1 and an agent on node 2', (world) => {
    it('talk on, and find every word once and in order, while node 2 is killed and replaced', async () => {
      const [one, two] = await nodes.start();
      const site = await world().newSite({ '/': pageWithChat() }, one);
      const visitor = await Visitor.at(await world().newProfile(), `${site.url}/`);
      await visitor.openChat();
      await visitor.write('Do you mend zips?');
      await visitor.messages.reads('Do you mend zips?', 'Sent');

      const agent = await AgentAtConsole.signIn(await world().newProfile(), two.url);
      await agent.open(/Do you mend zips/);
      await agent.reply('We do, for life.');
      await visitor.messages.reads('We do, for life.');

      await two.kill();
      await agent.reply('Send it to us.');
      await agent.messages.reads('Send it to us.', /Sending/);
      await visitor.write('Wonderful!');
      await visitor.messages.reads('Wonderful!', 'Sent');
      await two.restart();

      const said = ['Do you mend zips?', 'We do, for life.', 'Wonderful!', 'Send it to us.'];
      await visitor.messages.readsOnceEach(...said);
      await agent.messages.readsOnceEach(...said);
    });
  });
}
