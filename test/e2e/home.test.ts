import assert from 'node:assert/strict';
import { it } from 'node:test';
import { INBOX } from '../../scripts/chat-server-process.mjs';
import { pageWithChat, Visitor } from './people.ts';
import { inEveryEngine } from './world.ts';

inEveryEngine(
  'A visitor who is asked before and after',
  (world) => {
    it('fills in the form, sees the answer beside the launcher, and says how it was', async () => {
      const server = await world().server();
      const forms = {
        preChat: [
          { key: 'name', label: 'Your name', type: 'text', required: true },
          { key: 'orderNumber', label: 'Order number', type: 'text' },
        ],
      };
      const order = { owner: 'contact', key: 'orderNumber', label: 'Order number', type: 'string' };
      await server.request('POST', '/v1/attributes', order);
      await server.request('PATCH', `/v1/inboxes/${INBOX}`, { settings: { forms } });
      const site = await world().newSite({ '/': pageWithChat() }, server);
      const visitor = await Visitor.at(await world().newProfile(), `${site.url}/`);
      const { panel, page } = visitor;
      await visitor.openChat();
      await panel.button('Start a conversation').click();
      await panel.button('Continue').click();
      await panel.reads('Please fill this in.');
      await panel.textbox('Your name').type('Ada');
      await panel.textbox(/Order number/).type('4711');
      await page.press('Enter');
      await visitor.write('Do you mend zips?');
      await visitor.messages.reads('Do you mend zips?', 'Sent');

      const { body } = await server.request('GET', '/v1/conversations');
      const [{ id, contact }] = body.conversations;
      const known = (await server.request('GET', `/v1/contacts/${contact.id}`)).body;
      assert.equal(known.name, 'Ada');
      assert.equal(known.attributes.orderNumber, '4711');

      await page.button('Close chat').click();
      await panel.isGone();
      await server.request('POST', `/v1/conversations/${id}/messages`, { text: 'We mend for life.' });
      await page.button(/We mend for life\./).click();
      await visitor.messages.reads('We mend for life.');

      await server.request('PATCH', `/v1/conversations/${id}`, { state: 'resolved' });
      await panel.find('radio', 'Great').isThere();
      await page.evaluate(() => {
        const inside = (host: Element | null | undefined, selector: string) =>
          host?.shadowRoot?.querySelector(selector);
        const closed = inside(inside(document.querySelector('chat-widget'), 'cw-panel'), 'cw-closed');
        (inside(closed, '[aria-label=Great]') as HTMLElement).focus();
      }, null);
      await page.press(' ');
      await panel.textbox(/say more/).type('Kind and quick.');
      await page.press('Tab');
      await page.press('Enter');
      await panel.reads('Thank you for telling us.');
      const { entries } = (await server.request('GET', `/v1/conversations/${id}/entries`)).body;
      const { score, comment } = entries.find(({ type }: { type: string }) => type === 'rated');
      assert.deepEqual({ score, comment }, { score: 5, comment: 'Kind and quick.' });
    });
  },
  // What differs between engines is asked of all of them by the other flows.
  ['chromium'],
);
