/** What a visitor sees in a conversation, and does with its messages. */
import type { ChatWidget } from '../../src/elements/chat-widget.ts';
import { all, find, sees } from '../elements/console/screen.ts';
import { choose, drawn, written } from '../elements/files.ts';
import { boxOf } from '../elements/widgets.ts';
import { click, fillIn, has, type Scene, type Stage } from './stage.ts';

const MARKED = `**Good news:** your satchel is *ready*. What we did:

- sewed the strap back on
- \`YKK 5\` zip, new, see [our guide](https://guide.example/wax)

> Can you mend it?

\`\`\`
zip --length 40cm --colour brown --teeth metal --slider double --tape cotton
\`\`\`

Pay at https://shop.example/pay/4711/a-rather-long-address-that-has-no-place-where-it-could-be-broken-into-lines`;

const FORM = {
  type: 'form',
  submit: 'Send it',
  fields: [
    { key: 'order', label: 'Order number', type: 'text', required: true },
    { key: 'day', label: 'When does it suit you?', type: 'date' },
    { key: 'gift', label: 'It is a gift', type: 'checkbox', required: true },
  ],
};

/** Somebody who asked, was answered, and has the answer in front of them. */
async function answered(stage: Stage, message: object = { text: 'Gladly.' }, words = 'Gladly.'): Promise<ChatWidget> {
  const widget = await stage.talk();
  await stage.answers(widget, message);
  await sees(widget, words);
  return widget;
}

/** Opens what can be done with the newest message. */
async function messageMenu(widget: ChatWidget): Promise<ChatWidget> {
  all(widget.shadowRoot!, '.message .actions').at(-1)!.click();
  await find(widget, '[role=menuitem]');
  return widget;
}

async function withFiles(stage: Stage): Promise<ChatWidget> {
  const widget = await stage.talk();
  const files = [
    await drawn('satchel.png', 900, 640),
    written('Estimate with a rather long name.txt', 'x'.repeat(900)),
  ];
  const attachments = await Promise.all(files.map((file) => stage.uploads(widget, file)));
  await stage.answers(widget, { text: 'Here is what it costs.', attachments });
  await find(widget, 'button', 'Show satchel.png');
  return widget;
}

export const MESSAGE_SCENES: readonly Scene[] = [
  { name: 'a conversation', open: (stage) => answered(stage) },
  {
    name: 'a message with marks, links and code',
    open: (stage) => answered(stage, { text: MARKED }, 'Good news'),
  },
  {
    name: 'messages that were answered, changed, taken back and marked with emoji',
    settings: { behaviour: { reactions: true } },
    async open(stage) {
      const widget = await answered(stage);
      await messageMenu(widget);
      (await find(widget, '[role=menuitemcheckbox]')).click();
      await has(widget, '.chip');
      await messageMenu(widget);
      await click(widget, 'Reply');
      await find(widget, 'textarea', /^Reply to/);
      await fillIn(widget, 'textarea', 'Thank you');
      await click(widget, /^Send/);
      await find(widget, 'button.quote');
      await sees(widget, 'Sent');
      await messageMenu(widget);
      await click(widget, 'Edit');
      await find(widget, 'textarea', 'Edit your message');
      await fillIn(widget, 'textarea', 'Thank you!');
      await click(widget, /^Send/);
      await has(widget, '.edited');
      await find(widget, 'textarea', 'Message');
      return widget;
    },
  },
  {
    name: 'quick replies',
    open: (stage) =>
      answered(
        stage,
        {
          text: 'What is it about?',
          content: {
            type: 'replies',
            replies: [
              { id: 'a', text: 'My order' },
              { id: 'b', text: 'Something else' },
            ],
          },
        },
        'Something else',
      ),
  },
  {
    name: 'buttons below a message',
    open: (stage) =>
      answered(
        stage,
        {
          text: 'Shall we?',
          content: {
            type: 'buttons',
            buttons: [
              { id: 'a', text: 'Call me' },
              { id: 'b', text: 'Our shop', url: 'https://shop.example/' },
            ],
          },
        },
        'Our shop',
      ),
  },
  {
    name: 'cards',
    open: (stage) =>
      answered(
        stage,
        {
          text: 'Which one?',
          content: {
            type: 'cards',
            cards: ['Courier', 'Weekender', 'Tote'].map((title) => ({
              title,
              text: 'Waxed cotton, mended for life.',
              buttons: [{ id: title, text: `Take the ${title}` }],
            })),
          },
        },
        'Take the Tote',
      ),
  },
  {
    name: 'a form in a message',
    open: (stage) => answered(stage, { text: 'We need to know:', content: FORM }, 'Order number'),
  },
  {
    name: 'that form with everything wrong',
    async open(stage) {
      const widget = await answered(stage, { text: 'We need to know:', content: FORM }, 'Order number');
      await click(widget, 'Send it');
      await sees(widget, 'Please fill this in.');
      return widget;
    },
  },
  { name: 'a picture and a paper in a message', open: withFiles },
  {
    name: 'a picture on the whole screen',
    wordsStay: true,
    async open(stage) {
      const widget = await withFiles(stage);
      await click(widget, 'Show satchel.png');
      await find(widget, 'dialog', /satchel/);
      return widget;
    },
  },
  {
    name: 'files that are to be sent, and one that cannot be',
    async open(stage) {
      const widget = await stage.panel();
      await choose(widget, await drawn('bag.png'), written('order.txt', 'number 12'), new File([], 'empty.txt'));
      await has(widget, 'li.ready', 2);
      await sees(widget, 'This file is empty.');
      return widget;
    },
  },
  {
    name: 'what can be done with a message',
    settings: { behaviour: { reactions: true } },
    open: async (stage) => messageMenu(await stage.talk()),
  },
  {
    name: 'the question before a message is taken back',
    async open(stage) {
      const widget = await messageMenu(await stage.talk());
      await click(widget, 'Delete');
      await find(widget, '[role=menuitem]', 'Keep it');
      return widget;
    },
  },
  {
    name: 'an answer to a message',
    wordsStay: true,
    async open(stage) {
      const widget = await messageMenu(await answered(stage));
      await click(widget, 'Reply');
      await find(widget, 'textarea', /^Reply to/);
      return widget;
    },
  },
  {
    name: 'the emoji',
    async open(stage) {
      const widget = await stage.talk();
      await click(widget, 'Emoji');
      await find(widget, 'input[type=search]');
      return widget;
    },
  },
  {
    name: 'words that are too long to be sent',
    settings: { limits: { messageLength: 40 } },
    async open(stage) {
      const widget = await stage.panel();
      await boxOf(widget);
      await fillIn(widget, 'textarea', 'Do you mend zips, straps, seams and all the other things?');
      await sees(widget, 'too many');
      return widget;
    },
  },
];
