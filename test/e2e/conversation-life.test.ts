import assert from 'node:assert/strict';
import { it } from 'node:test';
import { INBOX } from '../../scripts/chat-server-process.mjs';
import { AgentAtConsole, pageWithChat, Visitor } from './people.ts';
import { inEveryEngine } from './world.ts';

/** Keeps what the page offers as a download, as text. In the head of the page: no engine shows a test its downloads. */
const KEEP_DOWNLOADS = `<script>
  window.downloads = [];
  URL.createObjectURL = (blob) => {
    blob.text().then((text) => downloads.push(text));
    return 'blob:kept';
  };
</script>`;

inEveryEngine(
  'The life of a conversation',
  (world) => {
    it('goes from a form and a choice over its end and its reopening to the last of it being forgotten', async () => {
      const server = await world().server();
      const behaviour = { oneAtATime: true, forget: true };
      await server.request('PATCH', `/v1/inboxes/${INBOX}`, { settings: { behaviour } });
      const page = pageWithChat('', `/chat/${INBOX}.js`).replace('<title>', `${KEEP_DOWNLOADS}<title>`);
      const site = await world().newSite({ '/': page }, server);
      const visitor = await Visitor.at(await world().newProfile(), `${site.url}/`);
      const { panel, messages } = visitor;
      await visitor.openChat();
      await visitor.write('My satchel came apart.');
      await messages.reads('My satchel came apart.', 'Sent');

      // An agent asks by a form; what is missing is said before anything is sent.
      const agent = await AgentAtConsole.signIn(await world().newProfile(), server.url);
      await agent.open(/satchel/);
      const offer = agent.page.dialog('Offer choices');
      await agent.page.button('Offer choices or a form').click();
      await offer.textbox('Message').type('Which order was it?');
      await offer.find('radio', 'Form').click();
      await offer.textbox('Field 1').type('Order number');
      await offer.button('Remove 2').click();
      await offer.find('checkbox', 'Required').click();
      await offer.button('Send').click();
      await offer.isGone();
      await messages.find('group', 'Form').button(/./).click();
      await messages.reads('Please fill this in.');
      await messages.textbox('Order number').type('4711');
      await visitor.page.press('Enter');
      await messages.reads('Order number: 4711', 'Sent. Thank you.');
      await agent.messages.reads('Order number: 4711');

      // And by quick replies, of which one is said with a click.
      await agent.page.button('Offer choices or a form').click();
      await offer.textbox('Message').type('Shall we mend it?');
      await offer.find('radio', 'Quick replies').click();
      await offer.textbox('Reply 1').type('Mend it, please');
      await offer.button('Send').click();
      await messages.button('Mend it, please').click();
      await agent.messages.readsOnceEach('Shall we mend it?', 'Mend it, please');
      await messages.find('group', 'Quick replies').isGone();

      // One conversation at a time.
      await panel.button(/back/i).click();
      await panel.button('Go on with your conversation').click();

      await panel.button('More').click();
      await visitor.page.find('menuitem', 'End conversation…').click();
      await visitor.page.find('alertdialog').button('End it').click();
      await messages.reads('Conversation resolved');
      await agent.messages.reads('Conversation resolved');
      await visitor.write('One more thing: it is blue.');
      await messages.reads('Conversation reopened', 'One more thing: it is blue.', 'Sent');
      await agent.messages.reads('Conversation reopened', 'One more thing: it is blue.');

      for (const wish of ['Download this conversation', 'Download my data']) {
        await panel.button('More').click();
        await visitor.page.find('menuitem', wish).click();
        await visitor.page.find('menuitem', wish).isGone();
      }
      const kept = await visitor.page.evaluate(async () => {
        const { downloads } = window as unknown as { downloads: string[] };
        while (downloads.length < 2) await new Promise(requestAnimationFrame);
        return downloads;
      }, null);
      for (const text of kept) assert.match(text, /Order number: 4711[^]*it is blue/);

      const [{ id, contact }] = (await server.request('GET', '/v1/conversations')).body.conversations;
      await panel.button('More').click();
      await visitor.page.find('menuitem', 'Forget me…').click();
      await visitor.page.find('alertdialog').button('Delete everything').click();
      await messages.isGone();
      await agent.page.find('alert').reads('This conversation is not here');
      assert.equal((await server.request('GET', `/v1/conversations/${id}`)).status, 404);
      assert.equal((await server.request('GET', `/v1/contacts/${contact.id}`)).status, 404);
      await visitor.page.reload();
      await visitor.openChat();
      await panel.find('heading', 'Start a conversation').isThere();
    });
  },
  ['chromium'],
);
