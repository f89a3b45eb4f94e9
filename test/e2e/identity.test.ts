import { it } from 'node:test';
import { AgentAtConsole, pageWithChat, Visitor } from './people.ts';
import { inEveryEngine } from './world.ts';

inEveryEngine('A customer whom the site has signed in', (world) => {
  it('is Verified in the console and finds the history in a second browser', async () => {
    const server = await world().server();
    const proof = await server.sign('grace@shop.example');
    const html = pageWithChat(`email="grace@shop.example" auth-token="${proof}" first-name="Grace" last-name="Hopper"`);
    const site = await world().newSite({ '/': html }, server);
    const atHome = await Visitor.at(await world().newProfile(), `${site.url}/`);
    await atHome.openChat();
    await atHome.write('Where is my parcel?');
    await atHome.messages.reads('Where is my parcel?', 'Sent');

    const agent = await AgentAtConsole.signIn(await world().newProfile(), server.url);
    await agent.open(/Grace Hopper/);
    await agent.page.find('document').reads(/\bVerified\b/, 'grace@shop.example');
    await agent.reply('It arrives tomorrow.');
    await atHome.messages.reads('It arrives tomorrow.');

    const atWork = await Visitor.at(await world().newProfile(), `${site.url}/`);
    await atWork.openChat();
    await atWork.messages.readsOnceEach('Where is my parcel?', 'It arrives tomorrow.');
    await atWork.write('Thank you!');
    await atHome.messages.readsOnceEach('Where is my parcel?', 'It arrives tomorrow.', 'Thank you!');
  });

  it('has a history that nobody else opens with the e-mail alone, or with a wrong proof', async () => {
    const server = await world().server();
    const email = 'ada@shop.example';
    const attributes = (proof: string) => `email="${email}" ${proof}`;
    const site = await world().newSite(
      {
        '/': pageWithChat(attributes(`auth-token="${await server.sign(email)}"`)),
        '/wrong': pageWithChat(attributes(`auth-token="${'0'.repeat(64)}"`)),
        '/none': pageWithChat(attributes('')),
      },
      server,
    );
    const ada = await Visitor.at(await world().newProfile(), `${site.url}/`);
    await ada.openChat();
    await ada.write('My secret order');
    await ada.messages.reads('My secret order', 'Sent');

    for (const path of ['/wrong', '/none']) {
      const stranger = await Visitor.at(await world().newProfile(), site.url + path);
      await stranger.openChat();
      await stranger.panel.textbox('Message').isThere();
      await stranger.write(`A stranger at ${path}`);
      await stranger.messages.reads(`A stranger at ${path}`, 'Sent');
      await stranger.panel.doesNotRead('My secret order');
      await ada.panel.doesNotRead('A stranger');
    }
    const agent = await AgentAtConsole.signIn(await world().newProfile(), server.url);
    await agent.open(/A stranger at \/wrong/);
    await agent.page.find('document').reads('Not verified');
  });
});
