import { expect } from '@open-wc/testing';
import type { ChatWidget } from '../../src/elements/chat-widget.ts';
import { english } from '../../src/text/strings.ts';
import { english as troubles } from '../../src/text/trouble-strings.ts';
import { press, resize, type } from '../support/browser.ts';
import { startChatServer, type ChatServer } from '../support/server.ts';
import { all, find, sees, seesNoMore, textOf } from './console/screen.ts';
import {
  boxOf,
  comeToRest,
  dialogOf,
  focused,
  focusedBox,
  launcherOf,
  mount,
  ready,
  settled,
  unmountAll,
} from './widgets.ts';
import { until } from '../support/until.ts';

describe('<chat-widget>', () => {
  let server: ChatServer;

  before(async () => {
    server = await startChatServer();
  });

  beforeEach(() => resize(1024, 768));
  afterEach(unmountAll);
  after(() => server?.dispose());

  const answers = async (text: string) => {
    const [conversation] = await server.agent.conversations();
    await server.agent.answer(conversation.id, text);
  };

  async function opened(attributes?: Record<string, string>): Promise<ChatWidget> {
    const widget = await ready(mount(server, attributes));
    await widget.show();
    return widget;
  }

  it('is accessible: closed, on its home screen, in a conversation', async () => {
    const widget = await ready(mount(server));
    await expect(widget).to.be.accessible();
    await widget.show();
    await sees(widget, 'Start a conversation');
    await comeToRest(widget);
    await expect(widget).to.be.accessible();
    await type('Hello');
    await press('Enter');
    await sees(widget, 'Sent');
    await comeToRest(widget);
    await expect(widget).to.be.accessible();
  });

  it('is one button with the word chat in its name until somebody wants more', async () => {
    const widget = await ready(mount(server));
    expect(launcherOf(widget).getAttribute('aria-label')).to.equal('Open chat');
    expect(launcherOf(widget).getAttribute('aria-expanded')).to.equal('false');
    expect(dialogOf(widget)).to.equal(undefined);
  });

  it('opens and closes with the keyboard, and gives the focus back', async () => {
    const widget = await ready(mount(server));
    launcherOf(widget).focus();
    await press('Enter');
    const box = await boxOf(widget);
    await until(() => focused() === box);
    await until(() => dialogOf(widget).getAttribute('aria-label') === 'Chat with Support');
    expect(launcherOf(widget).getAttribute('aria-label')).to.equal('Close chat');
    await press('Escape');
    await until(() => !widget.visible);
    expect(focused()).to.equal(launcherOf(widget));
    await until(() => !dialogOf(widget).checkVisibility({ visibilityProperty: true }));
  });

  it('gives the focus back to the button of the page that opened it', async () => {
    const widget = await ready(mount(server));
    const help = document.createElement('button');
    help.addEventListener('click', () => void widget.show());
    document.body.append(help);
    help.focus();
    await press('Enter');
    await until(() => widget.visible && focused()?.localName === 'textarea');
    launcherOf(widget).click();
    await until(() => !widget.visible);
    expect(focused()).to.equal(help);
    help.remove();
  });

  it('leaves the focus with whoever went on to the page meanwhile', async () => {
    const widget = await opened();
    const field = document.createElement('input');
    document.body.append(field);
    field.focus();
    await widget.hide();
    expect(focused()).to.equal(field);
    field.remove();
  });

  it('does not take the focus when the page comes with an open chat', async () => {
    const widget = mount(server, { open: '' });
    await until(() => widget.visible, 'it did not open');
    await settled();
    expect(focused()).to.equal(document.body);
  });

  it('shows what the visitor writes at once, stores it, and shows the answer', async () => {
    const widget = await opened();
    await type('Do you ship to Norway?');
    await press('Enter');
    await sees(widget, 'Do you ship to Norway?');
    await sees(widget, 'Sent');
    await answers('Yes, in four days.');
    await sees(widget, 'Yes, in four days.');
  });

  it('counts what is unread on the launcher, in words too', async () => {
    const widget = await opened();
    await widget.send('Hello?');
    await widget.hide();
    await answers('Hi!');
    await until(() => widget.unreadCount === 1);
    await answers('How can I help?');
    await until(() => widget.unreadCount === 2);
    await widget.updateComplete;
    expect(launcherOf(widget).getAttribute('aria-label')).to.equal('Open chat, 2 unread messages');
    expect(launcherOf(widget).textContent).to.equal('2');
    await widget.show();
    await until(() => widget.unreadCount === 0, 'what is on screen counts as read');
  });

  it('has no field for what could not even be tried, says why, and keeps what was written before that was known', async () => {
    const widget = await ready(mount(server, { inbox: 'nowhere', message: 'Is anybody there?' }));
    await widget.show();
    await sees(widget, troubles.noSuchInbox);
    const fields = () => all(widget.shadowRoot!, 'textarea').filter((field) => field.checkVisibility());
    await until(() => !fields().length, 'there is a field');
    await sees(widget, `${troubles.yourWords} Is anybody there?`);
  });

  it('begins one conversation with whatever the page sends at once', async () => {
    const widget = await opened();
    const said = await Promise.all(['one', 'two', 'three'].map((text) => widget.send(text)));
    expect(said.map(({ seq }) => seq)).to.deep.equal([1, 2, 3]);
    expect(widget.conversations).to.have.length(1);
  });

  it('lists the conversations of the visitor, and begins another from there', async () => {
    const widget = await opened();
    await type('The first one');
    await press('Enter');
    await sees(widget, 'Sent');
    (await find(widget, 'button', /Back/)).click();
    await find(widget, 'li button', /The first one/);
    await focusedBox(widget);
    await type('The second one');
    await press('Enter');
    await sees(widget, 'Sent');
    await seesNoMore(widget, 'The first one');
    (await find(widget, 'button', /Back/)).click();
    (await find(widget, 'li button', /The first one/)).click();
    await sees(widget, 'The first one');
    expect(widget.conversations).to.have.length(2);
  });

  it('keeps what was begun in each conversation while the visitor looks elsewhere', async () => {
    const widget = await opened();
    await type('Sent');
    await press('Enter');
    await sees(widget, 'Today');
    await type('half a sen');
    (await find(widget, 'button', /Back/)).click();
    const box = await boxOf(widget);
    await until(() => box.value === '');
    (await find(widget, 'li button')).click();
    await until(() => box.value === 'half a sen');
  });

  it('offers the message of its attribute in the composer, and sends nothing', async () => {
    const widget = await opened({ message: 'About order 12: ' });
    const box = await boxOf(widget);
    await until(() => box.value === 'About order 12: ');
    widget.message = 'About order 13: ';
    await widget.updateComplete;
    await settled();
    expect(box.value, 'never over a draft').to.equal('About order 12: ');
    expect(widget.conversations).to.have.length(0);
  });

  it('fills the screen of a phone', async () => {
    const widget = await opened();
    await resize(500, 700);
    await until(() => dialogOf(widget).matches(':modal'));
    await comeToRest(widget);
    const { width, height } = dialogOf(widget).getBoundingClientRect();
    expect([width, height]).to.deep.equal([500, 700]);
  });

  it('mirrors itself on a page that is written from right to left', async () => {
    document.documentElement.dir = 'rtl';
    const widget = await opened();
    expect(launcherOf(widget).getBoundingClientRect().left).to.be.lessThan(100);
    expect(dialogOf(widget).getBoundingClientRect().left).to.be.lessThan(100);
    document.documentElement.removeAttribute('dir');
  });

  it('looks the same on a page that styles everything', async () => {
    const style = document.createElement('style');
    style.textContent = `* { color: red !important; font: 40px/3 fantasy; letter-spacing: 9px; text-transform: uppercase; box-sizing: content-box }
      button, textarea { background: lime !important; border: 9px solid }`;
    document.head.append(style);
    const widget = await opened();
    const box = getComputedStyle(await boxOf(widget));
    expect([box.fontSize, box.letterSpacing, box.textTransform]).to.deep.equal(['15px', 'normal', 'none']);
    expect(getComputedStyle(launcherOf(widget)).borderTopWidth).to.equal('2px');
    style.remove();
  });

  it('is mirrored and writes times as its own language does, whatever the page does', async () => {
    const widget = await opened({ lang: 'ar-EG' });
    expect(launcherOf(widget).getBoundingClientRect().left).to.be.lessThan(100);
    await widget.send('Hello');
    await sees(widget, /[٠-٩]:[٠-٩]/);
    expect(document.documentElement.dir).to.equal('');
  });

  it('says so when there is no connection, and sends what was written when there is one again', async () => {
    const widget = await opened();
    await widget.send('Are you there?');
    await server.kill();
    await sees(widget, english.reconnecting);
    (await boxOf(widget)).focus();
    await type('Still writing');
    await press('Enter');
    await sees(widget, 'Sending…');
    const tryNow = await find(widget, 'button', 'Try now');
    await server.restart();
    tryNow.click();
    await until(() => !textOf(widget).includes(english.reconnecting), 'it did not come back');
    await sees(widget, 'Sent');
  });

  it('says why there is no chat any more when the server has closed it for good', async () => {
    const block = (blockedIps: readonly string[]) =>
      server.request('PATCH', `/v1/inboxes/${server.inbox}`, { settings: { security: { blockedIps } } });
    const widget = await opened();
    await widget.send('Hello');
    await block(['127.0.0.1', '::1']);
    try {
      await sees(widget, troubles.blocked);
      expect(textOf(widget)).to.not.include(english.tryNow);
      const failure = await widget.send('Is anybody there?').catch(({ code }: { code: string }) => code);
      expect(failure).to.equal('forbidden');
    } finally {
      await block([]);
    }
    // Whoever loads the page again finds it open.
    widget.remove();
    await sees(await opened(), 'Hello');
  });

  it('says so of an inbox that there is not', async () => {
    const widget = await opened({ inbox: 'nowhere' });
    await widget.send('Hello').catch(() => {});
    await sees(widget, troubles.noSuchInbox);
  });

  it('shows an icon of the page’s own on its launcher, and more on its home screen', async () => {
    const widget = mount(server);
    widget.innerHTML = '<img slot="launcher" alt="" width="24"><p slot="home">Open from 9 to 5</p>';
    await ready(widget);
    expect(widget.querySelector('img')!.assignedSlot!.closest('button')).to.equal(launcherOf(widget));
    await widget.show();
    expect(widget.querySelector('p')!.checkVisibility({ visibilityProperty: true })).to.equal(true);
  });

  it('disappears with the hidden attribute', async () => {
    const widget = await opened();
    widget.hidden = true;
    expect(launcherOf(widget).checkVisibility()).to.equal(false);
    expect(dialogOf(widget).checkVisibility()).to.equal(false);
  });
});
