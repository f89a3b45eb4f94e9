import { it } from 'node:test';
import { AgentAtConsole, pageWithChat, Visitor } from './people.ts';
import { inEveryEngine } from './world.ts';

let people = 0;

inEveryEngine(
  'A visitor who types an e-mail',
  (world) => {
    it('proves it by the mailed code: the conversation joins their others, and the agent sees it', async () => {
      const server = await world().server();
      const email = `kim-${++people}@mail.example`;
      const proof = await server.sign(email);
      const site = await world().newSite(
        { '/': pageWithChat(), '/kim': pageWithChat(`email="${email}" auth-token="${proof}" first-name="Kim"`) },
        server,
      );
      const atHome = await Visitor.at(await world().newProfile(), `${site.url}/kim`);
      await atHome.openChat();
      await atHome.write('A question from home');
      await atHome.messages.reads('A question from home', 'Sent');

      const visitor = await Visitor.at(await world().newProfile(), `${site.url}/`);
      const { panel, page } = visitor;
      await visitor.openChat();
      await visitor.write('And one from the office');
      await visitor.messages.reads('And one from the office', 'Sent');
      const agent = await AgentAtConsole.signIn(await world().newProfile(), server.url);
      await agent.open(/And one from the office/);
      await agent.page.find('document').reads('Not verified');

      await panel.button('Leave your e-mail').click();
      await panel.textbox('Your e-mail').type(email);
      await page.press('Enter');
      await panel.textbox('Six-digit code').hasFocus();
      const code = /\b\d{6}\b/.exec(await server.mailTo(email))?.[0] ?? '';
      const wrong = String((Number(code) + 1) % 1_000_000).padStart(6, '0');
      // The sixth digit sends it, and a wrong one is taken back: there is nothing to see in the field.
      await page.tab.type(wrong);
      await panel.find('alert').reads('This is not the code');
      await panel.doesNotRead('A question from home');
      await panel.textbox('Six-digit code').hasFocus();
      await page.tab.type(code);
      await panel.reads(`${email} is confirmed.`);
      await visitor.messages.readsOnceEach('And one from the office');
      await visitor.write('It is me, by the way');
      await visitor.messages.readsOnceEach('And one from the office', 'It is me, by the way');
      await agent.messages.readsOnceEach('And one from the office', 'It is me, by the way');
      await agent.page.find('document').reads(/\bVerified\b/, email);

      await panel.button('Back to your conversations').click();
      await panel.button(/A question from home/).isThere();
      // The next page knows it without asking.
      await page.reload();
      await visitor.openChat();
      await visitor.messages.readsOnceEach('And one from the office', 'It is me, by the way');
      await atHome.page.reload();
      await atHome.openChat();
      await atHome.panel.button('Back to your conversations').click();
      await atHome.panel.button(/It is me, by the way/).isThere();
    });
  },
  // What differs between engines is asked of all of them by the other flows.
  ['chromium'],
);
