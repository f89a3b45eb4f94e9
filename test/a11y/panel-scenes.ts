/** What a visitor sees beside the messages: launcher, home screen, lists, questions, menu, troubles. */
import type { ChatWidget } from '../../src/elements/chat-widget.ts';
import { all, find, sees } from '../elements/console/screen.ts';
import { next } from '../elements/widgets.ts';
import { until } from '../support/until.ts';
import { click, fillIn, has, type Scene, type Stage } from './stage.ts';

const FIELDS = [
  { key: 'name', label: 'Your name', type: 'text', required: true },
  { key: 'email', label: 'Where do we answer?', type: 'email', required: true, help: 'Only for our answer.' },
];

async function menu(stage: Stage): Promise<ChatWidget> {
  const widget = await stage.talk();
  await click(widget, 'More');
  await find(widget, '[role=menuitem]', 'Download my data');
  return widget;
}

/** Closed by an agent, with the question how it was. */
async function closed(stage: Stage): Promise<ChatWidget> {
  const widget = await stage.talk();
  await stage.resolve(widget);
  await sees(widget, 'How was this conversation?');
  return widget;
}

const reopenNever = { behaviour: { reopen: false } };

export const PANEL_SCENES: readonly Scene[] = [
  { name: 'the launcher', open: (stage) => stage.widget() },
  {
    name: 'the launcher with something unread, and the card beside it',
    async open(stage) {
      const widget = await stage.widget();
      await widget.send('Hello');
      const heard = next(widget, 'chat-message');
      await stage.answers(widget, { text: 'We mend for life.' });
      await heard;
      await find(widget, 'button', /Open the conversation/);
      await until(() => widget.unreadCount === 1);
      return widget;
    },
  },
  {
    name: 'the home screen of who comes for the first time',
    async open(stage) {
      const widget = await stage.panel();
      await sees(widget, 'Start a conversation');
      return widget;
    },
  },
  {
    name: 'a home screen with notice and cards',
    settings: {
      home: {
        notice: 'Parcels take a day longer this week.',
        cards: [
          {
            title: 'Spring bags are here',
            text: 'Made of what was left of winter.',
            url: 'https://shop.example/spring',
          },
          { title: 'We mend for life', text: 'Bring it by, or send it in.' },
        ],
      },
      appearance: { windowColor: '#ffd166', teamName: 'Ada’s Bags' },
    },
    async open(stage) {
      const widget = await stage.panel();
      await find(widget, 'a', /Spring bags/);
      return widget;
    },
  },
  {
    name: 'the home screen of who has talked before',
    async open(stage) {
      const widget = await stage.talk();
      await stage.answers(widget, { text: 'Gladly.' });
      await sees(widget, 'Gladly.');
      await stage.resolve(widget);
      await click(widget, /^Back/);
      await find(widget, 'li button', /Gladly.*Resolved/);
      return widget;
    },
  },
  {
    name: 'the list of all conversations',
    async open(stage) {
      const widget = await stage.panel();
      for (const text of ['One', 'Two', 'Three', 'Four']) {
        await widget.send(text);
        await stage.resolve(widget);
        await until(() => widget.conversations.every(({ state }) => state === 'resolved'));
      }
      await click(widget, 'All conversations');
      await has(widget, 'li button', 4);
      return widget;
    },
  },
  {
    name: 'a conversation that is not begun yet',
    settings: { home: { enabled: false } },
    async open(stage) {
      const widget = await stage.panel();
      await sees(widget, /Nobody is here right now|Say hello/);
      return widget;
    },
  },
  {
    name: 'the questions before a conversation',
    settings: {
      forms: { preChat: FIELDS, consent: 'I have read the [privacy policy](https://shop.example/privacy).' },
    },
    async open(stage) {
      const widget = await stage.panel();
      await click(widget, 'Start a conversation');
      await find(widget, 'label', /Where do we answer/);
      await find(widget, 'a', /privacy policy/);
      return widget;
    },
  },
  {
    name: 'those questions with everything wrong',
    settings: {
      forms: { preChat: FIELDS, consent: 'I have read the [privacy policy](https://shop.example/privacy).' },
    },
    async open(stage) {
      const widget = await stage.panel();
      await click(widget, 'Start a conversation');
      await find(widget, 'label', /Where do we answer/);
      (await find(widget, 'button[type=submit]')).click();
      await sees(widget, 'Please fill this in.');
      return widget;
    },
  },
  { name: 'the menu', settings: { behaviour: { forget: true } }, open: menu },
  {
    name: 'the question before a conversation is ended',
    async open(stage) {
      const widget = await menu(stage);
      await click(widget, /^End conversation/);
      await find(widget, '[role=alertdialog] button');
      return widget;
    },
  },
  {
    name: 'the question before a visitor is forgotten',
    settings: { behaviour: { forget: true } },
    async open(stage) {
      const widget = await menu(stage);
      await click(widget, /^(Forget|Delete)/);
      await find(widget, '[role=alertdialog] button');
      return widget;
    },
  },
  {
    name: 'the form for an e-mail, with a complaint',
    async open(stage) {
      const widget = await stage.talk();
      await click(widget, 'Leave your e-mail');
      await find(widget, 'input[type=email]');
      (
        await find(widget, 'cw-verify-form button[type=submit]').catch(() => find(widget, 'button[type=submit]'))
      ).click();
      await sees(widget, 'Type your e-mail.');
      return widget;
    },
  },
  {
    name: 'the field for the mailed code',
    async open(stage) {
      const widget = await stage.talk();
      await click(widget, 'Leave your e-mail');
      await fillIn(widget, 'input[type=email]', `kim-${Math.random()}@typed.example`);
      (await find(widget, 'button[type=submit]')).click();
      await find(widget, 'input[inputmode=numeric]');
      return widget;
    },
  },
  { name: 'the question how a conversation was', open: closed },
  {
    name: 'that question, answered and with room for words',
    async open(stage) {
      const widget = await closed(stage);
      all<HTMLInputElement>(widget.shadowRoot!, 'input[type=radio]')[3]!.click();
      await find(widget, 'textarea.area');
      return widget;
    },
  },
  {
    name: 'a conversation that stays closed',
    settings: reopenNever,
    async open(stage) {
      const widget = await stage.talk();
      await stage.resolve(widget);
      await find(widget, '.foot button', 'Start a conversation');
      return widget;
    },
  },
  {
    name: 'a visitor who was blocked',
    async open(stage) {
      const widget = await stage.talk();
      await fillIn(widget, 'textarea', 'It is the one of my');
      await stage.server.request('PATCH', `/v1/contacts/${widget.contact!.id}`, { blocked: true });
      await sees(widget, 'It is the one of my');
      await until(() => !all(widget.shadowRoot!, 'textarea').some((field) => field.checkVisibility()));
      return widget;
    },
  },
  {
    name: 'an inbox that there is not',
    async open(stage) {
      const widget = await stage.panel({ inbox: 'nowhere' });
      await has(widget, '.foot.closed');
      return widget;
    },
  },
  {
    name: 'a lost connection, and a message that waits for it',
    async open(stage) {
      const widget = await stage.talk();
      await stage.cutOff();
      await has(widget, '.notice');
      widget.send('Still there?').catch(() => undefined);
      await sees(widget, 'Still there?');
      return widget;
    },
  },
];
