import { expect } from '@open-wc/testing';
import type { ChatWidget } from '../../src/elements/chat-widget.ts';
import { choose } from '../../src/elements/device-choices.ts';
import { takesTurn } from '../../src/elements/message-turn.ts';
import { press } from '../support/browser.ts';
import { startChatServer, type ChatServer } from '../support/server.ts';
import { until } from '../support/until.ts';
import { all, find, nameOf, sees, textOf } from './console/screen.ts';
import { comeToRest, dialogOf, mount, next, ready, unmountAll } from './widgets.ts';

describe('a new message, while the panel is closed', () => {
  let server: ChatServer;
  const title = document.title;
  /** Tones that were played. */
  let tones: number;
  const { start } = OscillatorNode.prototype;

  before(async () => {
    server = await startChatServer();
    OscillatorNode.prototype.start = function (this: OscillatorNode, when?: number) {
      tones++;
      start.call(this, when);
    };
  });
  beforeEach(() => {
    tones = 0;
    document.title = 'A shop';
  });
  afterEach(async () => {
    await unmountAll();
    document.title = title;
  });
  after(async () => {
    OscillatorNode.prototype.start = start;
    await server?.dispose();
  });

  /** Somebody who has written, and closed the panel. */
  async function waiting(attributes?: Record<string, string>): Promise<ChatWidget> {
    const widget = await ready(mount(server, attributes));
    await widget.send('Hello');
    return widget;
  }
  const answers = async (widget: ChatWidget, text: string) => {
    const heard = next(widget, 'chat-message');
    await server.agent.answer(widget.conversations[0].id, text);
    await heard;
  };
  const cards = (widget: ChatWidget) => all(widget.shadowRoot!, 'cw-preview');
  const card = (widget: ChatWidget) => find<HTMLButtonElement>(widget, 'button', /Open the conversation/);

  it('stands on a card beside the launcher, is said once, and leads to its conversation', async () => {
    const widget = await waiting();
    await answers(widget, 'We **mend** for life.');
    const shown = await card(widget);
    expect(nameOf(shown)).to.match(/We mend for life\./);
    const [region] = all(cards(widget)[0].shadowRoot as unknown as HTMLElement, '[role=status]');
    await until(() => /New message from .+: We mend for life\./.test(region.textContent), 'it was not said');
    await comeToRest(widget);
    await expect(widget).to.be.accessible();
    await answers(widget, 'Bring it by.');
    await until(() => nameOf(shown).includes('Bring it by.'));
    expect(cards(widget)).to.have.length(1);
    shown.click();
    await until(() => widget.visible);
    await sees(widget, 'Bring it by.');
    await until(() => widget.unreadCount === 0);
    expect(textOf(dialogOf(widget))).to.contain('Hello');
    expect(cards(widget)).to.deep.equal([]);
  });

  it('can be sent away, and goes when the panel is opened', async () => {
    const widget = await waiting();
    await answers(widget, 'One');
    (await find(widget, 'button', 'Dismiss')).click();
    await until(() => cards(widget).length === 0);
    expect(widget.unreadCount).to.equal(1);
    await answers(widget, 'Two');
    (await card(widget)).focus();
    await press('Escape');
    await until(() => cards(widget).length === 0);
    await answers(widget, 'Three');
    await card(widget);
    await widget.show();
    await until(() => cards(widget).length === 0);
  });

  it('goes when it was read elsewhere', async () => {
    const email = 'two@devices.example';
    const proof = { email, 'auth-token': await server.sign(email), persist: 'none' };
    const widget = await waiting(proof);
    const other = await ready(mount(server, proof));
    await until(() => other.conversations.length === 1);
    await answers(widget, 'Hello to both');
    await card(widget);
    await other.showConversation(other.conversations[0].id);
    await until(() => cards(widget).length === 0, 'the card stayed');
  });

  it('is counted in the title of the page, which stays the page’s own', async () => {
    const widget = await waiting();
    await answers(widget, 'One');
    await until(() => document.title === '(1) A shop');
    await answers(widget, 'Two');
    await until(() => document.title === '(2) A shop');
    document.title = 'Another page';
    await until(() => document.title === '(2) Another page');
    await widget.show();
    await until(() => document.title === 'Another page');
    await widget.hide();
    await answers(widget, 'Three');
    await until(() => document.title === '(1) Another page');
    widget.remove();
    await until(() => document.title === 'Another page');
  });

  it('is no news after a reload', async () => {
    const widget = await waiting();
    await answers(widget, 'One');
    await card(widget);
    widget.remove();
    await Promise.resolve();
    const again = await ready(mount(server));
    await until(() => again.unreadCount === 1);
    await until(() => document.title === '(1) A shop');
    expect(cards(again)).to.deep.equal([]);
  });

  it('sounds once, if somebody has used the page and nobody has muted it', async () => {
    const widget = await waiting();
    await press('a');
    await answers(widget, 'One');
    await until(() => tones === 2, 'it was silent');
    choose({ muted: true });
    await answers(widget, 'Two');
    await card(widget);
    choose({ muted: false });
    await answers(widget, 'Three');
    // What would have come for the second message would have come before.
    await until(() => tones === 4);
  });

  it('is told by the browser to who wanted that and looks elsewhere, as words [hostile 55]', async () => {
    const real = window.Notification;
    const told: { title: string; options?: NotificationOptions }[] = [];
    // A test browser shows none.
    class Told extends EventTarget {
      static readonly permission = 'granted';
      constructor(title: string, options?: NotificationOptions) {
        super();
        told.push({ title, options });
      }
      close() {}
    }
    Object.assign(window, { Notification: Told });
    Object.defineProperty(document, 'hidden', { configurable: true, value: true });
    try {
      const widget = await waiting();
      choose({ notify: true });
      const words = `"><img src=x onerror=alert(1)><b>We</b> **mend** [it](javascript:alert(1))`;
      await answers(widget, words);
      await until(() => told.length > 0, 'nothing was told');
      expect(told).to.have.length(1);
      const [{ title: heading, options }] = told;
      expect(heading).to.not.equal('');
      expect(options?.body).to.equal(words.replaceAll('**', ''));
      expect(options?.tag).to.equal(widget.conversations[0].id);
    } finally {
      choose({ notify: false });
      Reflect.deleteProperty(document, 'hidden');
      Object.assign(window, { Notification: real });
    }
  });

  it('is made known by the first tab that asks', async () => {
    const id = crypto.randomUUID();
    expect(await takesTurn('sound', id)).to.equal(true);
    expect(await takesTurn('sound', id)).to.equal(false);
    expect(await takesTurn('notification', id)).to.equal(true);
    expect(await takesTurn('sound', crypto.randomUUID())).to.equal(true);
  });
});
