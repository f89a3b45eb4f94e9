import { it } from 'node:test';
import { AgentAtConsole, pageWithChat, Visitor } from './people.ts';
import { inEveryEngine } from './world.ts';

inEveryEngine('A visitor and an agent', (world) => {
  it('talk, and find every word once and in order after the server was killed', async () => {
    const server = await world().server({ own: true });
    const site = await world().newSite({ '/': pageWithChat() }, server);
    const visitor = await Visitor.at(await world().newProfile(), `${site.url}/`);

    await visitor.openChat();
    await visitor.write('Do you mend zips?');
    await visitor.messages.reads('Do you mend zips?', 'Sent');

    const agent = await AgentAtConsole.signIn(await world().newProfile(), server.url);
    await agent.open(/Do you mend zips/);
    await agent.messages.reads('Do you mend zips?');
    await agent.page.find('document').reads('Not verified');
    await agent.reply('We do, for life.');
    await visitor.messages.reads('We do, for life.');
    await visitor.write('Wonderful!');
    await agent.messages.reads('Wonderful!');
    await visitor.messages.reads('Wonderful!');

    await server.kill();
    await server.restart();
    await Promise.all([visitor.page.reload(), agent.page.reload()]);

    await visitor.openChat();
    const said = ['Do you mend zips?', 'We do, for life.', 'Wonderful!'];
    await visitor.messages.readsOnceEach(...said);
    await agent.messages.readsOnceEach(...said);
    await agent.reply('Send it to us.');
    await visitor.messages.readsOnceEach(...said, 'Send it to us.');
  });
});
