/**
 * The apps in demo/frameworks: what a framework does with an element (sets properties, hears events, calls methods), and
 * what a component shows of the session.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { before, it } from 'node:test';
import type { AgentConversation, ConversationPage } from '../../src/api/protocol.ts';
import { buildApps, FRAMEWORKS, outputOf } from '../../scripts/frameworks.mjs';
import { Visitor } from './people.ts';
import type { Pages } from './site.ts';
import { inEveryEngine } from './world.ts';

const TYPES: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.css': 'text/css', '.html': 'text/html' };

/** What a build made, as the pages of a site. */
function pagesOf(directory: string): Pages {
  const files = readdirSync(directory, { recursive: true, encoding: 'utf8' }).filter(
    (name) => path.extname(name) in TYPES,
  );
  const pages = files.map((name) => {
    const html = readFileSync(path.join(directory, name), 'utf8');
    const headers = { 'content-type': TYPES[path.extname(name)]! };
    return [name === 'index.html' ? '/' : `/${name}`, { html, headers }] as const;
  });
  return Object.fromEntries(pages);
}

before(buildApps);

inEveryEngine('An app', (world) => {
  for (const framework of FRAMEWORKS) {
    it(`made with ${framework} sets properties, calls methods, hears events and shows the session`, async () => {
      const server = await world().server();
      const site = await world().newSite(pagesOf(outputOf(framework)), server);
      const { page, panel, messages } = await Visitor.at(await world().newProfile(), site.url);
      const status = page.find('status');
      await status.reads('0 unread');
      await page.find('main').reads('Not signed in');

      await page.button('Sign in').click();
      await page.find('main').reads('Signed in as Ada');

      const question = 'Where is order 1042?';
      await page.button('Ask about order 1042').click();
      await panel.textbox('Message').hasFocus();
      await panel.textbox('Message').holds(question);
      await page.press('Enter');
      await messages.reads(question);
      await status.reads(`0 unread, the last: ${question}`);

      await page.button('Close chat').click();
      await panel.isGone();
      const { conversations } = (await server.asAdmin(
        'GET',
        '/v1/conversations?state=open',
      )) as ConversationPage<AgentConversation>;
      const conversation = conversations.find(({ lastMessage }) => lastMessage?.text === question);
      await server.asAdmin('POST', `/v1/conversations/${conversation?.id}/messages`, { text: 'It left this morning.' });
      await status.reads('1 unread, the last: It left this morning.');
    });
  }
});
