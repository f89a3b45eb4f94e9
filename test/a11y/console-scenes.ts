/** What an agent sees, state by state. */
import { ChatClient } from '../../src/api/chat-client.ts';
import '../../src/console.ts';
import type { ChatConsole } from '../../src/console.ts';
import { all, find, nameOf, sees, seesNoMore, textOf } from '../elements/console/screen.ts';
import { until } from '../support/until.ts';
import { click, fillIn, has, type Scene, type Stage } from './stage.ts';

/** Pages of an inbox's settings, with their headings. */
const PAGES = {
  appearance: 'Appearance',
  messages: 'Messages',
  words: 'Words',
  home: 'Home',
  hours: 'Office hours',
  behaviour: 'Behaviour',
  forms: 'Forms',
  security: 'Security',
  limits: 'Limits',
  installation: 'Installation',
};

const DAY = [{ from: '09:00', to: '12:30' }];
/** So that its page has something in it. */
const FILLED: Readonly<Record<string, Readonly<Record<string, object>>>> = {
  home: { home: { cards: [{ title: 'Spring bags', text: 'New', url: 'https://shop.example/spring' }] } },
  hours: { hours: { enabled: true, timeZone: 'Europe/Berlin', weekly: { monday: DAY }, holidays: ['2026-12-25'] } },
  forms: { forms: { preChat: [{ key: 'name', label: 'Your name', type: 'text', required: true }] } },
};

function open(stage: Stage, server: string): ChatConsole {
  const console = document.createElement('chat-console');
  console.server = server;
  return stage.show(console);
}

/** A console at which the admin is signed in. */
async function atWork(stage: Stage, hash = '#/'): Promise<ChatConsole> {
  const origin = await stage.signIn();
  location.hash = hash;
  const console = open(stage, origin);
  await find(console, 'button', 'Sign out');
  await seesNoMore(console, 'Not connected');
  return console;
}

/** The same, with a visitor's conversation open. */
async function inConversation(stage: Stage): Promise<ChatConsole> {
  const { url, inbox } = stage.server;
  const client = new ChatClient({ server: url, inbox, persist: 'none' });
  await client.boot({
    email: 'ada@shop.example',
    authToken: await stage.server.sign('ada@shop.example'),
    firstName: 'Ada',
  });
  const id = client.startConversation();
  await client.send(id, 'My strap came off. Can you mend it?');
  client.close();
  const console = await atWork(stage, `#/conversations/${id}`);
  await find(console, 'textarea', 'Reply');
  await sees(console, 'My strap came off');
  await find(console, 'button', 'Message actions');
  // The server knows it too: no later scene counts it as unread.
  const isRead = async () => (await stage.server.agent.conversations()).find((each) => each.id === id)?.unread === 0;
  await until(isRead, 'it was not read');
  await has(console, 'cw-details dl, dl');
  return console;
}

async function offer(stage: Stage, kind: string): Promise<ChatConsole> {
  const console = await inConversation(stage);
  await click(console, 'Offer choices or a form');
  await find(console, 'dialog input');
  const labels = all(console.shadowRoot!, 'dialog label');
  labels.find((label) => nameOf(label) === kind)!.click();
  if (kind === 'Form') await find(console, 'dialog select');
  return console;
}

async function settings(stage: Stage, address: string, title: string): Promise<ChatConsole> {
  const console = await atWork(stage, `#/settings/${address}`);
  await find(console, 'h1', title);
  // Beside the fields of an inbox stands its chat.
  if (address.startsWith('demo') && title !== PAGES.installation) {
    await sees(console, 'Start a conversation');
    await find(console, 'button', 'More');
  }
  return console;
}

const scenes: readonly Scene[] = [
  {
    name: 'the door of the console, with a complaint',
    async open(stage) {
      await fetch('/v1/agent/session', { method: 'DELETE' });
      const console = open(stage, stage.server.mount());
      await fillIn(console, 'input[type=email]', 'ada@shop.example');
      await click(console, 'Sign in');
      await sees(console, 'Enter your password.');
      return console;
    },
  },
  {
    name: 'an empty console',
    async open(stage) {
      const console = await atWork(stage);
      (await find(console, '[role=tab]', 'Resolved')).click();
      await sees(console, /Nothing (is )?resolved|No /);
      return console;
    },
  },
  { name: 'a conversation in the console', open: inConversation },
  {
    name: 'what an agent can do with a message',
    async open(stage) {
      const console = await inConversation(stage);
      await click(console, 'Message actions');
      await find(console, '[role=menuitem]', 'Reply');
      return console;
    },
  },
  ...['Quick replies', 'Cards', 'Form'].map((kind): Scene => ({
    name: `${kind.toLowerCase()} that an agent puts together`,
    open: (stage) => offer(stage, kind),
  })),
  {
    name: 'the dialog for a new password',
    async open(stage) {
      const console = await atWork(stage);
      await click(console, 'Change your password');
      const dialog = await find(console, 'dialog', /[Pp]assword/);
      await until(() => dialog.matches(':modal'));
      return console;
    },
  },
  ...Object.entries(PAGES).map(([page, title]): Scene => ({
    name: `the settings: ${title}`,
    settings: FILLED[page],
    async open(stage) {
      const console = await settings(stage, `demo/${page}`, title);
      for (const details of all<HTMLDetailsElement>(console.shadowRoot!, 'details')) details.open = true;
      return console;
    },
  })),
  {
    name: 'settings that the server refuses',
    async open(stage) {
      const console = await settings(stage, 'demo/security', 'Security');
      await click(console, 'Add domain');
      const field = await find<HTMLInputElement>(console, 'input', 'Trusted domains, Domain 1');
      field.value = 'shop example';
      field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
      await click(console, 'Save');
      await sees(console, 'another look');
      return console;
    },
  },
  {
    name: 'the question before changes are left',
    async open(stage) {
      const console = await settings(stage, 'demo/messages', 'Messages');
      await fillIn(console, 'cw-settings-form textarea, textarea, input[type=text]', 'Hello there');
      await until(() => all<HTMLButtonElement>(console.shadowRoot!, 'button').some((each) => textOf(each) === 'Save'));
      location.hash = '#/';
      await find(console, 'dialog h2');
      return console;
    },
  },
  { name: 'the agents', open: (stage) => settings(stage, 'agents', 'Agents') },
  { name: 'the attributes', open: (stage) => settings(stage, 'attributes', 'Attributes') },
  { name: 'a new inbox', open: (stage) => settings(stage, 'new', 'New inbox') },
];

/** The console's words are English. */
export const CONSOLE_SCENES: readonly Scene[] = scenes.map((scene) => ({ ...scene, wordsStay: true }));
