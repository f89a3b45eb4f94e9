import assert from 'node:assert/strict';
import { it } from 'node:test';
import { INBOX } from '../../scripts/chat-server-process.mjs';
import type { ChatServerProcess } from '../../scripts/chat-server-process.mjs';
import type { Page } from './page.ts';
import { AgentAtConsole, pageWithChat, Visitor } from './people.ts';
import { chooseText } from './pictures.ts';
import { strict } from './strict.ts';
import { inEveryEngine } from './world.ts';

/** Words that are code wherever somebody takes them for markup, an attribute's value, a template or an address. */
const EVIL = `'"><img src=x onerror=pwned()><svg onload=pwned()>\${pwned()}{{7}}`;
/** A message has room for more. Nothing in it is markdown. */
const WORSE = `${EVIL}<script>pwned()</script><iframe srcdoc="<script>parent.pwned()</script>"> [a](javascript:pwned())`;

const pattern = (words: string) => words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
/** Names that begin so. */
const beginning = (words: string) => new RegExp(`^${pattern(words)}`);
const escaped = EVIL.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');

/** What has come to life of it: elements that none of us made, attributes that run. In all shadow trees. */
function alive(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const below = (root: Document | ShadowRoot): Element[] =>
      [...root.querySelectorAll('*')].flatMap((element) => [
        element,
        ...(element.shadowRoot ? below(element.shadowRoot) : []),
      ]);
    return below(document)
      .filter(
        (element) =>
          element.matches('iframe, object, embed, [src="x"], a[href^="javascript:" i]') ||
          (element.localName === 'script' && element.getRootNode() !== document) ||
          element.getAttributeNames().some((name) => /^on|["'<>]/.test(name)),
      )
      .map((element) => element.outerHTML);
  }, null);
}

/** The settings of an inbox whose every word is evil, and an agent of that name. */
async function corrupt(server: ChatServerProcess): Promise<string> {
  const field = (key: string) => ({ key, label: `${key} ${EVIL}`, type: 'text', required: true, help: EVIL });
  await server.request('POST', '/v1/attributes', {
    owner: 'contact',
    key: 'order',
    label: EVIL,
    type: 'string',
  });
  await server.request('POST', '/v1/attributes', { owner: 'contact', key: 'order', label: EVIL, type: 'string' });
  const { status, body } = await server.request('PATCH', `/v1/inboxes/${INBOX}`, {
    settings: {
      appearance: { teamName: EVIL },
      messages: { greeting: EVIL, replyTime: EVIL, welcomeOnline: EVIL, welcomeOffline: EVIL },
      home: { notice: EVIL, cards: [{ title: EVIL, text: EVIL }] },
      forms: { preChat: [field('name'), field('order')] },
    },
  });
  assert.equal(status, 200, JSON.stringify(body));
  const { id } = await server.asAdmin('POST', '/v1/agents', { name: EVIL, email: 'evil@shop.example' });
  return id;
}

inEveryEngine(
  'Words that want to be code',
  (world) => {
    it('are words for the visitor and for the agents, wherever anybody’s words can stand [hostile 55]', async () => {
      const server = await world().server();
      const agentId = await corrupt(server);
      const page = pageWithChat().replace('<title>A shop', `<title>${escaped}`);
      const site = await world().newSite({ '/': strict(page) }, server);
      const visitor = await Visitor.at(await world().newProfile(), `${site.url}/`);
      const { panel } = visitor;

      await visitor.openChat();
      await panel.find('heading', EVIL).isThere();
      await panel.reads(EVIL);
      await panel.button('Start a conversation').click();
      await panel.textbox(/^name/).type(EVIL);
      await panel.textbox(/^order/).type(EVIL);
      await visitor.page.press('Enter');
      await panel.button('Attach files').isThere();
      assert.ok(await chooseText(visitor.page, `${EVIL}.txt`));
      // What no file system takes was taken out of the file's name.
      await panel.find('list', 'Files to send').reads('img src=x onerror=pwned()', 'Ready');
      await visitor.write(WORSE);
      await visitor.messages.reads(WORSE, 'img src=x onerror=pwned()', 'Sent');

      const agent = await AgentAtConsole.signIn(await world().newProfile(), server.url);
      await agent.page.evaluate(() => {
        const violations: string[] = [];
        document.addEventListener('securitypolicyviolation', ({ violatedDirective }) => {
          violations.push(violatedDirective);
        });
        Object.assign(window, { violations });
      }, null);
      await agent.conversation().reads(EVIL);
      await agent.open(/./);
      await agent.messages.reads(WORSE, 'img src=x onerror=pwned()');
      await agent.page.find('heading', EVIL).isThere();
      // The details: a name, what the form has asked, and the answer.
      const thrice = Array(3).fill(pattern(EVIL)).join('[^]*');
      await agent.page.find('complementary').reads(new RegExp(thrice));
      await agent.messages.find('group', /./).button('Message actions').click();
      await agent.page.find('menuitem', 'Reply').click();
      await agent.page.textbox(/^Reply to/).type(WORSE);
      await agent.page.press('Enter');
      await visitor.messages.find('button', /^In reply to You: '"><img src=x/).isThere();

      const [{ id }] = (await server.request('GET', '/v1/conversations')).body.conversations;
      const say = (message: object) =>
        server.request('POST', `/v1/conversations/${id}/messages`, { agentId, ...message });
      const short = EVIL.slice(0, 64);
      const offers = [
        { type: 'buttons', buttons: [{ id: 'a', text: short }] },
        { type: 'cards', cards: [{ title: EVIL, text: EVIL, buttons: [{ id: 'a', text: short }] }] },
        { type: 'form', fields: [{ key: 'a', label: EVIL, type: 'list', help: EVIL, options: [short] }] },
        { type: 'replies', replies: [{ id: 'a', text: short }] },
      ];
      for (const content of offers) assert.equal((await say({ text: 'Choose', content })).status, 201);
      await visitor.messages.find('group', 'Quick replies').button(short).click();
      await agent.messages.find('group', beginning(EVIL)).isThere();

      await visitor.page.button('Close chat').click();
      await panel.isGone();
      assert.equal((await say({ text: WORSE })).status, 201);
      const card = visitor.page.button(/Open the conversation$/);
      await card.reads(EVIL);
      await visitor.page.find('status').reads(`New message from ${EVIL}: ${WORSE}`);
      assert.equal(await visitor.page.evaluate(() => document.title, null), `(1) ${EVIL}`);

      await card.click();
      await server.request('PATCH', `/v1/conversations/${id}`, { state: 'resolved' });
      await panel.find('radio', 'Great').isThere();
      await visitor.page.evaluate(() => {
        const inside = (host: Element | null | undefined, selector: string) =>
          host?.shadowRoot?.querySelector(selector);
        const closed = inside(inside(document.querySelector('chat-widget'), 'cw-panel'), 'cw-closed');
        (inside(closed, '[aria-label=Great]') as HTMLElement).focus();
      }, null);
      await visitor.page.press(' ');
      await panel.textbox(/say more/).type(WORSE);
      await visitor.page.press('Tab');
      await visitor.page.press('Enter');
      await agent.messages.reads(`${EVIL} rated this conversation`);
      await panel.button(/back/i).click();
      await panel.button(beginning(EVIL)).isThere();

      assert.deepEqual(await alive(visitor.page), []);
      assert.deepEqual(await alive(agent.page), []);
      // Had anything tried to run, the policy would have told of it before it tells of this.
      await visitor.page.evaluate(() => document.body.setAttribute('style', 'color: red'), null);
      await site.nextViolation();
      assert.equal(site.violations.length, 1, site.violations.join('\n'));
      assert.match(site.violations.join(), /style-src/);
      const told = await agent.page.evaluate(() => (window as unknown as { violations: string[] }).violations, null);
      assert.deepEqual(told, []);
    });
  },
  ['chromium'],
);
