import { messageOf } from '../floors/page/messages.ts';
import type { Tab, Work } from './chrome.ts';
import type { PageServer } from './page-server.ts';
import { pageOf } from './contestants.ts';
import { bundleFloor, peerScript } from './bundle.ts';
import { DEEP_CHAT } from './contestants.ts';
import { identityOf, type Customer, type Shop } from './shop.ts';

/** A page that shows a conversation: ours, a floor, or a peer. All of them are measured by the same steps. */
export interface ListPage {
  /** Loads the page; nothing of the conversation is shown yet. */
  load(tab: Tab): Promise<void>;
  /** Shows the conversation at its end. Resolves when it has been painted. */
  open(tab: Tab): Promise<void>;
  /** So many more, one by one; resolves when all have been painted. */
  append(tab: Tab, count: number): Promise<void>;
  /** There are older ones, for who scrolls up. */
  readonly hasOlder: boolean;
}

/** Between two messages, ms: each has frames of its own. */
export const PACE_MS = 60;
/** Of a conversation that is shown first. */
export const SHOWN = 50;

/** Does nothing but look, as long as so many appends take: what looking costs. */
export async function idleWork(tab: Tab, count: number): Promise<Work> {
  return tab.workOf(() =>
    tab.evaluate(async (ms) => {
      const end = performance.now() + ms;
      probe.messages();
      await probe.paintedWhen(() => probe.messages() > 0 && performance.now() > end);
    }, count * PACE_MS),
  );
}

/** Lists that are no product. */
export async function floorList(pages: PageServer, name: 'lit-list' | 'plain-list', length: number): Promise<ListPage> {
  const script = pages.add(`/${name}.js`, await bundleFloor(name));
  const address = pages.add(`/${name}`, pageOf(`<script type="module" src="${script}"></script>`));
  return {
    async load(tab) {
      await tab.page.goto(address);
      await tab.evaluate((count) => floor?.make(count), length);
    },
    open: (tab) =>
      tab.evaluate(async (shown) => {
        floor?.open();
        await probe.paintedWhen(() => probe.messages() >= shown);
      }, SHOWN),
    append: (tab, count) =>
      tab.evaluate(
        async ({ more, pace }) => {
          const goal = probe.messages() + more;
          const timer = setInterval(() => {
            floor?.append();
            if (probe.messages() >= goal) clearInterval(timer);
          }, pace);
          await probe.paintedWhen(() => probe.messages() >= goal);
        },
        { more: count, pace: PACE_MS },
      ),
    hasOlder: true,
  };
}

/** As much of the element as is called here. */
interface ChatTag extends HTMLElement {
  showConversation(id: string): Promise<void>;
}

/** The real element with the real server: a customer's last conversation of several, chosen from the list. */
export function chatPage(pages: PageServer, shop: Shop, customer: Customer, hasOlder = false): ListPage {
  const address = pages.add(`/chat-of-${customer.email}`, pageOf(shop.tag(identityOf(customer))));
  const conversation = customer.conversations.at(-1)!;
  let said = 0;
  return {
    async load(tab) {
      await tab.page.goto(address);
      // All the code that a conversation needs, and the list of conversations on screen.
      await tab.evaluate(async (other) => {
        await customElements.whenDefined('chat-widget');
        await document.querySelector<ChatTag>('chat-widget')!.showConversation(other);
        await probe.paintedWhen(() => probe.messages() > 0);
        await probe.painted();
      }, customer.conversations[0]);
    },
    open: (tab) =>
      tab.evaluate(
        async ({ id, shown }) => {
          void document.querySelector<ChatTag>('chat-widget')!.showConversation(id);
          await probe.paintedWhen(() => probe.messages() >= shown);
        },
        { id: conversation, shown: SHOWN - 1 },
      ),
    async append(tab, count) {
      const before = await tab.evaluate(() => probe.messages(), null);
      const painted = tab.evaluate((goal) => probe.paintedWhen(() => probe.messages() >= goal), before + count);
      for (let each = 0; each < count; each += 1) {
        const next = new Promise((resolve) => setTimeout(resolve, PACE_MS));
        await shop.say(conversation, messageOf((said += 1)).text);
        await next;
      }
      await painted;
    },
    hasOlder,
  };
}

interface DeepChat extends HTMLElement {
  history: readonly { role: string; text: string }[];
  addMessage(message: { role: string; text: string }): void;
}

/** deep-chat with so many messages, and no service behind it. */
export function deepChatPage(pages: PageServer, length: number): ListPage {
  const script = pages.add('/deep-chat.js', peerScript(DEEP_CHAT));
  const address = pages.add('/deep-chat-list', pageOf(`<script type="module" src="${script}"></script>`));
  const history = Array.from({ length }, (_, index) => {
    const { own, text } = messageOf(index + 1);
    return { role: own ? 'user' : 'ai', text };
  });
  return {
    async load(tab) {
      await tab.page.goto(address);
      await tab.evaluate(async (messages) => {
        await customElements.whenDefined('deep-chat');
        Object.assign(globalThis, { messages });
      }, history);
    },
    open: (tab) =>
      tab.evaluate(async (shown) => {
        const chat = document.createElement('deep-chat') as DeepChat;
        chat.history = (globalThis as unknown as { messages: DeepChat['history'] }).messages;
        document.body.append(chat);
        await probe.paintedWhen(() => probe.messages() >= shown);
      }, length),
    append: (tab, count) =>
      tab.evaluate(
        async ({ texts, pace }) => {
          const chat = document.querySelector<DeepChat>('deep-chat')!;
          const goal = probe.messages() + texts.length;
          const timer = setInterval(() => {
            const text = texts.pop();
            if (text === undefined) clearInterval(timer);
            else chat.addMessage({ role: 'ai', text });
          }, pace);
          await probe.paintedWhen(() => probe.messages() >= goal);
        },
        { texts: Array.from({ length: count }, (_, index) => messageOf(index + 1).text), pace: PACE_MS },
      ),
    hasOlder: false,
  };
}
