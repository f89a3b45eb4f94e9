/** Each task of a visitor, with nothing but a keyboard: no pointer, no `focus()`. */
import { expect } from '@open-wc/testing';
import type { ChatWidget } from '../../src/elements/chat-widget.ts';
import { choose, written } from '../elements/files.ts';
import { all, find, sees, seesNoMore, textOf } from '../elements/console/screen.ts';
import { focused } from '../elements/widgets.ts';
import { press, resize, type } from '../support/browser.ts';
import { until } from '../support/until.ts';
import { arrowTo, here, isAt, tabTo } from './keys.ts';
import { DESKTOP, has, Stage } from './stage.ts';

describe('with the keyboard alone', () => {
  let stage: Stage;
  before(async () => {
    stage = await Stage.build();
  });
  beforeEach(() => resize(...DESKTOP));
  afterEach(() => stage.clear());
  after(() => stage?.dispose());

  /** Somebody who has opened the chat. */
  async function opened(attributes?: Record<string, string>): Promise<ChatWidget> {
    const widget = await stage.widget(attributes);
    await tabTo('Open chat');
    await press('Enter');
    await isAt('Message');
    return widget;
  }

  /** Who has written something, and had an answer. */
  async function answered(message: object = { text: 'Gladly.' }, words = 'Gladly.'): Promise<ChatWidget> {
    const widget = await opened();
    await type('Do you mend zips?');
    await press('Enter');
    await sees(widget, 'Sent');
    await stage.answers(widget, message);
    await sees(widget, words);
    return widget;
  }

  const box = () => focused() as HTMLTextAreaElement;

  it('one opens the chat, writes, and closes it; the focus is back at the launcher', async () => {
    const widget = await opened();
    await type('Do you mend zips?');
    await press('Enter');
    await sees(widget, 'Sent');
    expect(here()).to.equal('Message');
    await press('Escape');
    await until(() => !widget.visible);
    expect(here()).to.equal('Open chat');
  });

  it('one sends and closes with the buttons, too', async () => {
    const widget = await opened();
    await type('Do you mend zips?');
    await tabTo('Send');
    await press('Enter');
    await sees(widget, 'Sent');
    await tabTo('Close chat');
    await press(' ');
    await until(() => !widget.visible);
    expect(here()).to.equal('Open chat');
  });

  it('one goes through the panel in the order in which it is seen, and out of it to the page', async () => {
    const widget = await stage.widget();
    const [before, after] = ['Before', 'After'].map((name) => {
      const button = document.createElement('button');
      button.textContent = name;
      return button;
    });
    widget.before(before!);
    widget.after(after!);
    try {
      await tabTo('Before');
      await tabTo('Open chat');
      await press('Enter');
      await isAt('Message');
      await sees(widget, 'Start a conversation');
      const places: string[] = [];
      for (let name = here(); name !== 'Before' && places.length < 20; name = here()) {
        places.push(name);
        await press('Shift+Tab');
      }
      const tops = places.map((name) => place(widget, name)).filter((top) => top !== undefined);
      expect(places[0]).to.equal('Message');
      expect(places).to.include('Attach files');
      expect(
        [...tops].sort((a, b) => b - a),
        places.join(),
      ).to.deep.equal(tops);
      await tabTo('After');
      expect(widget.visible, 'it is not modal').to.equal(true);
    } finally {
      before!.remove();
      after!.remove();
    }
  });

  /** How far below the top edge something of the panel stands. */
  function place(widget: ChatWidget, name: string): number | undefined {
    const named = all(widget.shadowRoot!, 'button, textarea, a').filter((each) => each.checkVisibility());
    const box = named.find((each) => (each.ariaLabel ?? textOf(each)) === name)?.getBoundingClientRect();
    // What stands in one line is told apart by nothing but its order.
    return box && Math.round((box.top + box.bottom) / 2 / 40);
  }

  it('one takes a quick reply', async () => {
    const replies = [
      { id: 'a', text: 'My order' },
      { id: 'b', text: 'Something else' },
    ];
    const widget = await answered(
      { text: 'What is it about?', content: { type: 'replies', replies } },
      'Something else',
    );
    await tabTo('Something else', 'Shift+Tab');
    await press('Enter');
    await until(() => !all(widget.shadowRoot!, '[aria-label="Quick replies"]').length, 'the replies stay');
    await sees(widget, 'Sent');
    await until(() => focused() !== document.body, 'the focus is lost');
  });

  it('one fills a form that a message brings, and is led to what is wrong', async () => {
    const fields = [
      { key: 'order', label: 'Order number', type: 'text', required: true },
      { key: 'gift', label: 'It is a gift', type: 'checkbox', required: true },
    ];
    const widget = await answered(
      { text: 'We need:', content: { type: 'form', submit: 'Send it', fields } },
      'Order number',
    );
    await tabTo('Send it', 'Shift+Tab');
    await press('Enter');
    await isAt('Order number');
    expect(focused()!.getAttribute('aria-invalid')).to.equal('true');
    await type('4711');
    await press('Tab');
    expect(here()).to.equal('It is a gift');
    await press(' ');
    await press('Enter');
    await sees(widget, 'Order number: 4711');
  });

  it('one adds a file and takes it away again', async () => {
    const widget = await opened();
    await tabTo('Attach files', 'Shift+Tab');
    const [input] = all<HTMLInputElement>(widget.shadowRoot!, 'input[type=file]');
    let asked = 0;
    // The browser's own dialog is worked by keyboard, and by no test.
    input!.addEventListener('click', (event) => {
      event.preventDefault();
      asked++;
    });
    await press('Enter');
    await until(() => asked === 1, 'no file was asked for');
    await choose(widget, written('order.txt', 'number 12'));
    await sees(widget, 'Ready');
    await isAt('Message');
    await tabTo('Remove order.txt', 'Shift+Tab');
    await press('Enter');
    await seesNoMore(widget, 'order.txt, ');
    await isAt('Message');
  });

  it('one picks an emoji, and leaves the picker with Tab as with Escape', async () => {
    const widget = await opened();
    await type('To the ');
    await tabTo('Emoji', 'Shift+Tab');
    await press('Enter');
    await isAt('Search emoji');
    await type('rocket');
    await sees(widget, 'Found');
    await press('Enter');
    await isAt('Message');
    expect(box().value).to.equal('To the 🚀');
    for (const leave of ['Escape', 'Shift+Tab']) {
      await tabTo('Emoji', 'Shift+Tab');
      await press('Enter');
      await isAt('Search emoji');
      await press(leave);
      await isAt('Message');
      expect(all(widget.shadowRoot!, 'cw-emoji-picker')).to.deep.equal([]);
      expect(widget.visible).to.equal(true);
    }
  });

  it('one puts an emoji on a message, answers it, and changes and takes back one’s own', async () => {
    await stage.furnish({ behaviour: { reactions: true } });
    const widget = await answered();
    const choose = async (name: string, key?: string) => {
      await tabTo('Messages with Support', 'Shift+Tab');
      await press('ArrowUp');
      await until(() => focused()?.role === 'article', 'no message has the focus');
      await press('Enter');
      await until(() => focused()?.role?.startsWith('menuitem'), 'the menu did not open');
      await arrowTo(name, key);
      await press('Enter');
    };
    await choose('👍');
    await has(widget, '.chip');
    await choose('Reply');
    await isAt('Reply to Support');
    await type('Thank you');
    await press('Enter');
    await has(widget, '.quote');
    await sees(widget, 'Sent');
    await choose('Edit');
    await isAt('Edit your message');
    await type('!');
    await press('Enter');
    await has(widget, '.edited');
    await choose('Delete');
    await isAt('Keep it');
    await arrowTo('Delete');
    await press('Enter');
    await has(widget, '.deleted');
  });

  it('one goes back to older messages', async () => {
    const widget = await opened();
    for (let number = 1; number <= 60; number++) await widget.send(`Message ${number}`);
    await sees(widget, 'Message 60');
    await tabTo(/Message 60$/, 'Shift+Tab');
    await press('Enter');
    await has(widget, '.message', 50);
    await tabTo(/^Messages/, 'Shift+Tab');
    const isThere = () => /Message 1\b/.test(textOf(widget));
    for (let presses = 0; presses < 60 && !isThere(); presses++) {
      await press('PageUp');
      await sees(widget, /Message \d/);
    }
    await until(isThere, 'the first message never came');
  });

  it('one leaves an e-mail and confirms it with the mailed code', async () => {
    const email = 'keys@typed.example';
    const widget = await answered();
    await tabTo('Leave your e-mail', 'Shift+Tab');
    await press('Enter');
    await isAt('Your e-mail');
    await type(email);
    await press('Enter');
    await isAt('Six-digit code');
    const [code] = /\b\d{6}\b/.exec(await stage.server.mailTo(email))!;
    await type(code);
    await sees(widget, 'is confirmed');
    await isAt('Message');
  });

  it('one ends a conversation, and says how it was', async () => {
    const widget = await answered();
    await tabTo('More', 'Shift+Tab');
    await press('Enter');
    await isAt('Sounds');
    await arrowTo('End conversation…');
    await press('Enter');
    await isAt('Cancel');
    await press('Tab');
    await press('Enter');
    await sees(widget, 'How was this conversation?');
    await tabTo(/^(Bad|Great)$/);
    await press(' ');
    await arrowTo('Good', 'ArrowRight');
    await tabTo(/say more/);
    await type('Quick and kind.');
    await tabTo('Send');
    await press('Enter');
    await sees(widget, 'Thank you for telling us.');
    await isAt('Message');
  });

  it('one answers what is asked before a conversation', async () => {
    const preChat = [{ key: 'name', label: 'Your name', type: 'text', required: true }];
    await stage.furnish({ forms: { preChat } });
    const widget = await stage.widget();
    await tabTo('Open chat');
    await press('Enter');
    await find(widget, 'button', 'Start a conversation');
    await tabTo('Start a conversation');
    await press('Enter');
    await isAt('Your name');
    await type('Ada');
    await press('Enter');
    await isAt('Message');
    expect(widget.visible).to.equal(true);
  });

  it('one stays in the panel that fills the screen of a phone, where the page is inert, and leaves it with Escape', async () => {
    await resize(500, 700);
    const link = document.createElement('a');
    link.href = '#page';
    link.textContent = 'Elsewhere';
    document.body.prepend(link);
    try {
      const widget = await opened();
      await has(widget, 'cw-panel[full]');
      const places = new Set<string>();
      for (let presses = 0; presses < 12; presses++) {
        await press('Tab');
        places.add(here());
      }
      expect([...places]).to.not.include('Elsewhere');
      expect([...places]).to.include('Message');
      await tabTo('Message');
      await press('Escape');
      await until(() => !widget.visible, 'it stays open');
      await isAt('Open chat');
    } finally {
      link.remove();
    }
  });
});
