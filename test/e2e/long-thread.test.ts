import assert from 'node:assert/strict';
import path from 'node:path';
import { it } from 'node:test';
import type { ChatServerProcess } from '../../scripts/chat-server-process.mjs';
import { INBOX } from '../../scripts/chat-server-process.mjs';
import { openStore } from '../../server/src/store/store.ts';
import { uuidV7 } from '../../server/src/store/uuid-v7.ts';
import type { Page } from './page.ts';
import { pageWithChat, Visitor } from './people.ts';
import { inEveryEngine } from './world.ts';

const EMAIL = 'ada@shop.example';
const COUNT = 10_000;
/** Between two of what the server makes a commit of. */
const BATCH = 1_000;
/** Pages further up that are looked at. */
const PAGES = 8;

/** Ten thousand messages of a visitor and an agent, in the store of a server that rests meanwhile. */
async function seed(server: ChatServerProcess): Promise<void> {
  const [{ id: contactId }] = (await server.request('GET', `/v1/contacts?email=${EMAIL}`)).body.contacts;
  const [{ id: agentId, name }] = (await server.request('GET', '/v1/agents')).body.agents;
  const visitor = { kind: 'contact', contactId, inboxId: INBOX, verification: 'verified' } as const;
  const agent = { kind: 'agent', agentId, name } as const;
  await server.stop();
  const store = await openStore({ file: path.join(server.dataDir, 'chat.db') });
  const conversationId = uuidV7();
  const say = (number: number) =>
    store.append({
      ...{ conversationId, log: 'main', type: 'message', clientId: uuidV7(), start: number === 1 },
      by: number % 5 < 3 ? visitor : agent,
      text: `Message ${number}${number % 7 ? '' : ', with **more** to say than the others, so that not all are of one height.'}`,
    });
  await say(1);
  for (let first = 2; first <= COUNT; first += BATCH) {
    const length = Math.min(BATCH, COUNT - first + 1);
    await Promise.all(Array.from({ length }, (_, index) => say(first + index)));
  }
  await store.close();
  await server.restart();
}

interface Step {
  /** How far what was near the top has moved on the screen, px. */
  readonly drift: number;
  /** Messages that were made for it, and all that there are. */
  readonly made: number;
  readonly messages: number;
  readonly elements: number;
}

/** Scrolls to the top, waits until older messages have come, and says what that was for the page. Runs in the page. */
async function scrollUp(patienceMs: number): Promise<Step> {
  const below = (root: Document | ShadowRoot): Element[] =>
    [...root.querySelectorAll('*')].flatMap((element) => [
      element,
      ...(element.shadowRoot ? below(element.shadowRoot) : []),
    ]);
  const log = below(document).find((element) => element.matches('[role=log]'))!;
  const articles = () => [...log.querySelectorAll('[role=article]')];
  const frame = () => new Promise(requestAnimationFrame);
  const before = articles();
  // Messages of one author that belong together may be made anew when more of them come.
  const watched = before[6]!;
  log.scrollTop = 0;
  const y = watched.getBoundingClientRect().top;
  const deadline = performance.now() + patienceMs;
  while (articles()[0] === before[0]) {
    if (performance.now() > deadline) throw new Error('No older messages came.');
    await frame();
  }
  await frame();
  const now = articles();
  return {
    drift: Math.abs(watched.getBoundingClientRect().top - y),
    made: now.filter((article) => !before.includes(article)).length,
    messages: now.length,
    elements: log.querySelectorAll('*').length,
  };
}

const newestOnScreen = (page: Page) => page.find('log').reads(`Message ${COUNT}`);

inEveryEngine(
  'A conversation of ten thousand messages',
  (world) => {
    it('is as light as a short one: scrolled back page by page nothing jumps, and one click leads to the newest', async () => {
      const server = await world().server({ own: true });
      const proof = await server.sign(EMAIL);
      await seed(server);
      const page = pageWithChat(`email="${EMAIL}" auth-token="${proof}"`);
      const site = await world().newSite({ '/': page }, server);
      const visitor = await Visitor.at(await world().newProfile(), `${site.url}/`);
      await visitor.openChat();
      await newestOnScreen(visitor.page);

      const steps: Step[] = [];
      for (let count = 0; count < PAGES; count++) steps.push(await visitor.page.evaluate(scrollUp, 30_000));
      for (const { drift, made, messages, elements } of steps) {
        assert.ok(drift <= 2, `what was near the top moved by ${drift} px`);
        assert.ok(made <= 100, `${made} messages were made for one page`);
        assert.ok(messages <= 300, `${messages} messages stand in the page`);
        assert.ok(elements <= messages * 15, `${elements} elements for ${messages} messages`);
      }
      await visitor.messages.doesNotRead(`Message ${COUNT}`);

      await visitor.panel.button('Jump to the newest messages').click();
      await newestOnScreen(visitor.page);
      await visitor.write('And one more');
      await visitor.messages.readsOnceEach(`Message ${COUNT}`, 'And one more');
    });
  },
  ['chromium'],
);
