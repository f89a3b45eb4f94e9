import assert from 'node:assert/strict';
import { it } from 'node:test';
import { INBOX } from '../../scripts/chat-server-process.mjs';
import { Visitor } from './people.ts';
import { inEveryEngine } from './world.ts';

/** What this test uses of the element. */
interface ChatWidget extends HTMLElement {
  readonly contact: { readonly id: string } | null;
  readonly conversations: readonly { readonly lastMessage?: { readonly text: string } | null }[];
  send(text: string): Promise<unknown>;
  logout(): Promise<void>;
}

/** The page below. */
interface Opener extends Window {
  /** The window that it has opened. */
  readonly chat?: Window;
  until(condition: () => unknown): Promise<void>;
}

/** As pasted, on a page that keeps nothing: what its window knows, it knows from the page alone. */
const PAGE = `<!doctype html>
<html lang="de">
  <meta charset="utf-8">
  <title>A shop</title>
  <script>
    const real = window.open;
    window.open = (...words) => (window.chat = real(...words));
    window.until = async (condition) => {
      const deadline = performance.now() + 30_000;
      while (!condition()) {
        if (performance.now() > deadline) throw new Error('It never happened: ' + condition);
        await new Promise((done) => setTimeout(done, 40));
      }
    };
  </script>
  <script type="module" async src="/chat/${INBOX}.js"></script>
  <h1>A shop</h1>
  <chat-widget open-in="help" persist="none"></chat-widget>
</html>`;

/** Runs in the page: waits until the window is of the same visitor, and tells who that is and where it stands. */
async function meet(): Promise<{ id?: string; address?: string; lang?: string }> {
  const page = window as unknown as Opener;
  const idIn = (place?: Document) => place?.querySelector<ChatWidget>('chat-widget')?.contact?.id;
  await page.until(() => idIn(document) && idIn(document) === idIn(page.chat?.document));
  return {
    id: idIn(document),
    address: page.chat?.location.href,
    lang: page.chat?.document.documentElement.lang,
  };
}

/** Runs in the page: what is written in the window comes to it, and who leaves it has left the window; tells what was kept. */
async function talkAndLeave(): Promise<string[]> {
  const page = window as unknown as Opener;
  const [here, there] = [document, page.chat!.document].map((each) => each.querySelector<ChatWidget>('chat-widget')!);
  await there!.send('From the window');
  await page.until(() => here!.conversations[0]?.lastMessage?.text === 'From the window');
  const kept = [...Object.keys(localStorage), ...Object.keys(sessionStorage)];
  await here!.logout();
  await page.until(() => !there!.contact);
  page.chat!.close();
  return kept;
}

inEveryEngine('A chat that opens in a window', (world) => {
  it('goes on there as the same visitor, by nothing that stands in an address, and ends with the page’s session', async () => {
    const server = await world().server();
    const site = await world().newSite({ '/bags': PAGE }, server);
    const visitor = await Visitor.at(await world().newProfile(), `${site.url}/bags`);
    await visitor.launcher.click();
    const { id, address, lang } = await visitor.page.evaluate(meet, null);
    assert.deepEqual([address, lang], [`${site.url}/chat/${INBOX}`, 'de']);
    assert.deepEqual(await visitor.page.evaluate(talkAndLeave, null), []);

    const { conversations } = (await server.asAdmin('GET', '/v1/conversations?state=open')) as {
      readonly conversations: readonly { readonly id: string; readonly contact: { readonly id: string } }[];
    };
    const conversation = conversations.find(({ contact }) => contact.id === id);
    const { messages } = (await server.asAdmin('GET', `/v1/conversations/${conversation?.id}/messages`)) as {
      readonly messages: readonly { readonly metadata: Readonly<Record<string, string>> }[];
    };
    // Where the visitor was, and not the window.
    assert.equal(messages[0]?.metadata['chat_visitor_url'], `${site.url}/bags`);
  });
});
