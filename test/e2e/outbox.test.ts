import { it } from 'node:test';
import { untilKept } from './kept.ts';
import { AgentAtConsole, pageWithChat, Visitor } from './people.ts';
import { inEveryEngine } from './world.ts';

inEveryEngine('What a visitor wrote while the server was away', (world) => {
  it('survives a reload of the page and is sent once when the server is back', async () => {
    const server = await world().server({ own: true });
    const html = pageWithChat(`server="${server.url}"`, '/bundles/chat-widget.js');
    const site = await world().newSite({ '/': html });
    const visitor = await Visitor.at(await world().newProfile(), `${site.url}/`);
    await visitor.openChat();
    await visitor.write('Are you there?');
    await visitor.messages.reads('Are you there?', 'Sent');

    await server.kill();
    await visitor.write('I will wait.');
    await visitor.messages.reads('I will wait.', /Sending/);
    await untilKept(visitor.page, 'I will wait.');
    await visitor.page.reload();
    await visitor.openChat();
    await visitor.messages.reads('I will wait.');

    await server.restart();
    await visitor.page.comesOnline();
    await visitor.messages.reads('Sent');
    await visitor.messages.readsOnceEach('Are you there?', 'I will wait.');
    const agent = await AgentAtConsole.signIn(await world().newProfile(), server.url);
    await agent.open(/I will wait/);
    await agent.messages.readsOnceEach('Are you there?', 'I will wait.');
  });

  it('is sent from the next page without a click, though it was the first that was ever written', async () => {
    const server = await world().server({ own: true });
    const html = pageWithChat(`server="${server.url}"`, '/bundles/chat-widget.js');
    const site = await world().newSite({ '/': html, '/elsewhere': '<!doctype html><title>Elsewhere</title>' });
    await server.kill();
    const visitor = await Visitor.at(await world().newProfile(), `${site.url}/`);
    await visitor.openChat();
    await visitor.write('Hello out there');
    await visitor.messages.reads('Hello out there', /Sending/);
    await untilKept(visitor.page, 'Hello out there');
    await visitor.page.goto(`${site.url}/elsewhere`);

    await server.restart();
    await visitor.page.goto(`${site.url}/`);
    const agent = await AgentAtConsole.signIn(await world().newProfile(), server.url);
    await agent.open(/Hello out there/);
    await agent.messages.readsOnceEach('Hello out there');
  });
});
