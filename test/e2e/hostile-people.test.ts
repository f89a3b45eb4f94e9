import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { ChatServerProcess } from '../../scripts/chat-server-process.mjs';
import type { AgentConversation, ConversationPage, EntryPage } from '../../src/api/protocol.ts';
import { pageWithChat, Visitor } from './people.ts';
import type { Page, Profile } from './page.ts';
import type { Pages } from './site.ts';
import { testimonyOf, untilGone, witness } from './witness.ts';
import { inEveryEngine } from './world.ts';

const watched = (attributes = '') => pageWithChat(attributes).replace('<title>', `${witness()}<title>`);

/** Two people whom no other test knows. */
let casts = 0;
const newCast = () => ({ ada: `ada-${++casts}@shop.example`, grace: `grace-${casts}@shop.example` });
type Cast = ReturnType<typeof newCast>;

/** One site, where Ada, Grace or nobody is signed in, depending on the page. */
async function pagesOf(server: ChatServerProcess, { ada, grace }: Cast): Promise<Pages> {
  return {
    '/ada': watched(`email="${ada}" auth-token="${await server.sign(ada)}" first-name="Ada"`),
    '/grace': watched(`email="${grace}" auth-token="${await server.sign(grace)}" first-name="Grace"`),
    '/nobody': watched(),
  };
}

async function conversations(server: ChatServerProcess): Promise<ConversationPage<AgentConversation>['conversations']> {
  const { body } = await server.request('GET', '/v1/conversations?limit=100');
  return (body as ConversationPage<AgentConversation>).conversations;
}

/** All that was said in somebody's conversations. */
async function stored(server: ChatServerProcess, email: string): Promise<string[]> {
  const own = (await conversations(server)).filter(({ contact }) => contact.email === email);
  const pages = own.map(({ id }) => server.request('GET', `/v1/conversations/${id}/entries?after=0`));
  const entries = (await Promise.all(pages)).flatMap(({ body }) => (body as EntryPage).entries);
  return entries.flatMap((entry) => (entry.type === 'message' ? entry.text : [])).sort();
}

/** An agent's words in somebody's conversation. */
async function answer(server: ChatServerProcess, email: string, text: string): Promise<void> {
  const found = (await conversations(server)).find(({ contact }) => contact.email === email);
  const { status } = await server.request('POST', `/v1/conversations/${found?.id}/messages`, { text });
  assert.equal(status, 201);
}

async function say(visitor: Visitor, text: string): Promise<void> {
  await visitor.write(text);
  await visitor.messages.reads(text, 'Sent');
}

/** Not in one frame, from the first on. */
async function neverShowed(page: Page, ...words: readonly string[]): Promise<void> {
  const { shown, wrong } = await testimonyOf(page);
  for (const word of words) {
    const frame = shown.find((text) => text.includes(word));
    assert.equal(frame, undefined, `"${word}" was on the page`);
  }
  assert.ok(shown.length > 1, 'the witness has seen the page');
  assert.deepEqual(wrong, []);
}

/** As a site does it; runs in the page. */
const logOut = () => (document.querySelector('chat-widget') as unknown as { logout(): Promise<void> }).logout();

const ADAS = ['Ada’s secret', 'Dear Ada', 'Ada’s draft', 'unread', 'ada-'];

inEveryEngine('One browser that two people and nobody use', (world) => {
  interface Scene extends Cast {
    readonly server: ChatServerProcess;
    readonly url: string;
    readonly profile: Profile;
    /** Where Ada has talked, has an unread answer, and has begun another message. */
    readonly tab: Visitor;
  }

  async function adaWasHere(): Promise<Scene> {
    const server = await world().server();
    const cast = newCast();
    const { url } = await world().newSite(await pagesOf(server, cast), server);
    const profile = await world().newProfile();
    const tab = await Visitor.at(profile, `${url}/ada`);
    await tab.openChat();
    await say(tab, 'Ada’s secret');
    await tab.panel.textbox('Message').type('Ada’s draft');
    await tab.page.button('Close chat').click();
    await tab.panel.isGone();
    await answer(server, cast.ada, 'Dear Ada');
    await tab.page.button(/chat.*1 unread/i).isThere();
    return { ...cast, server, url, profile, tab };
  }

  it('shows the next person nothing of the one before, in no frame, on the same tab [hostile 35]', async () => {
    const { server, url, tab, ada, grace } = await adaWasHere();
    await tab.page.goto(`${url}/grace`);
    await tab.openChat();
    await tab.panel.textbox('Message').isThere();
    await say(tab, 'Grace’s words');
    await neverShowed(tab.page, ...ADAS);

    await tab.page.goto(`${url}/nobody`);
    await tab.openChat();
    await tab.panel.textbox('Message').isThere();
    await say(tab, 'Nobody’s words');
    await neverShowed(tab.page, ...ADAS, 'Grace’s words');

    await tab.page.goto(`${url}/ada`);
    await tab.openChat();
    // What this browser wrote as nobody joins who signs in next; what Grace wrote does not.
    await tab.messages.reads('Nobody’s words');
    await neverShowed(tab.page, 'Grace’s words', 'Ada’s draft');

    assert.deepEqual(await stored(server, ada), ['Ada’s secret', 'Dear Ada', 'Nobody’s words'].sort());
    assert.deepEqual(await stored(server, grace), ['Grace’s words']);
  });

  it('is theirs who came last in both of two tabs, and nothing is sent as the other [hostile 35] [hostile 41]', async () => {
    const { server, url, profile, tab: one, ada, grace } = await adaWasHere();
    await one.openChat();
    await one.messages.reads('Dear Ada');

    const two = await Visitor.at(profile, `${url}/grace`);
    await two.openChat();
    await two.panel.textbox('Message').isThere();
    await say(two, 'Grace’s words');
    await neverShowed(two.page, ...ADAS);

    await untilGone(one.page, 'Ada’s secret');
    await one.panel.doesNotRead('Dear Ada');
    await one.panel.textbox('Message').isThere();
    await say(one, 'Who am I?');
    assert.deepEqual(await stored(server, ada), ['Ada’s secret', 'Dear Ada']);
    assert.deepEqual(await stored(server, grace), ['Grace’s words', 'Who am I?']);
  });

  it('forgets who logged out in one tab in the other one too: words, count and draft [hostile 41]', async () => {
    const { url, profile, tab: one } = await adaWasHere();
    const two = await Visitor.at(profile, `${url}/ada`);
    await two.openChat();
    await two.messages.reads('Dear Ada');
    await two.panel.textbox('Message').type('Ada’s draft');

    await one.page.evaluate(logOut, null);
    for (const words of ADAS) await untilGone(two.page, words);
    for (const words of ADAS) await untilGone(one.page, words);

    await two.page.goto(`${url}/nobody`);
    await two.openChat();
    await two.panel.textbox('Message').isThere();
    await neverShowed(two.page, ...ADAS);
  });
});
