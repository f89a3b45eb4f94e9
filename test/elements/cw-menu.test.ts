import { expect } from '@open-wc/testing';
import type { ChatWidget } from '../../src/elements/chat-widget.ts';
import { press, type } from '../support/browser.ts';
import { startChatServer, type ChatServer } from '../support/server.ts';
import { until } from '../support/until.ts';
import { all, find, nameOf, sees } from './console/screen.ts';
import { boxOf, comeToRest, dialogOf, focused, mount, ready, unmountAll } from './widgets.ts';

describe('the menu of the panel', () => {
  let server: ChatServer;

  before(async () => {
    server = await startChatServer();
  });
  afterEach(async () => {
    await unmountAll();
    await settings({ behaviour: null });
  });
  after(() => server?.dispose());

  async function settings(groups: object): Promise<void> {
    const { status, body } = await server.request('PATCH', '/v1/inboxes/demo', { settings: groups });
    expect(status, JSON.stringify(body)).to.equal(200);
  }

  async function talking(attributes?: Record<string, string>): Promise<ChatWidget> {
    const widget = await ready(mount(server, attributes));
    await widget.show();
    await type('Hello');
    await press('Enter');
    await sees(widget, 'Sent');
    return widget;
  }
  const more = (widget: ChatWidget) => find<HTMLButtonElement>(widget, 'button', 'More');
  const items = (widget: ChatWidget) =>
    all(widget.shadowRoot!, '[role^=menuitem]').filter((item) => item.checkVisibility());
  const item = (widget: ChatWidget, name: string) => find(widget, '[role^=menuitem]', name);
  /** What was offered as a download. */
  function downloads(): { name: string; text: Promise<string> }[] {
    const found: { name: string; text: Promise<string> }[] = [];
    const onClick = (event: Event) => {
      const link = event.target as HTMLAnchorElement;
      if (!link.download) return;
      event.preventDefault();
      found.push({ name: link.download, text: fetch(link.href).then((file) => file.text()) });
    };
    // The link stands in no document: its click is seen by nobody but itself.
    const { click } = HTMLElement.prototype;
    HTMLElement.prototype.click = function (this: HTMLElement) {
      if (this instanceof HTMLAnchorElement) this.addEventListener('click', onClick, { once: true });
      click.call(this);
    };
    restore = () => (HTMLElement.prototype.click = click);
    return found;
  }
  let restore = () => {};
  afterEach(() => restore());

  it('is a menu button: arrows, letters, Home, End and Escape', async () => {
    const widget = await talking();
    const button = await more(widget);
    button.focus();
    await press('Enter');
    await until(() => focused() === items(widget)[0], 'the first item has not the focus');
    expect(items(widget).map(nameOf)).to.deep.equal([
      'Sounds',
      'Notifications',
      'Download this conversation',
      'End conversation…',
      'Download my data',
    ]);
    await comeToRest(widget);
    await expect(widget).to.be.accessible();
    await press('End');
    expect(nameOf(focused() as HTMLElement)).to.equal('Download my data');
    await press('ArrowDown');
    expect(nameOf(focused() as HTMLElement)).to.equal('Sounds');
    await press('ArrowUp');
    expect(nameOf(focused() as HTMLElement)).to.equal('Download my data');
    await press('e');
    expect(nameOf(focused() as HTMLElement)).to.equal('End conversation…');
    await press('Escape');
    await until(() => focused() === button);
    expect(items(widget)).to.deep.equal([]);
    expect(widget.visible).to.equal(true);
  });

  it('offers no notifications where the browser lets no page show one', async () => {
    const widget = await talking();
    Object.defineProperty(navigator, 'userAgentData', { configurable: true, value: { platform: 'Android' } });
    try {
      (await more(widget)).click();
      await item(widget, 'Sounds');
      expect(items(widget).map(nameOf)).to.not.include('Notifications');
    } finally {
      Reflect.deleteProperty(navigator, 'userAgentData');
    }
  });

  it('mutes the sounds, and keeps that on this device', async () => {
    const widget = await talking();
    (await more(widget)).click();
    const sounds = await item(widget, 'Sounds');
    expect(sounds.ariaChecked).to.equal('true');
    sounds.click();
    await until(() => sounds.ariaChecked === 'false');
    widget.remove();
    await Promise.resolve();
    const again = await ready(mount(server));
    await again.show();
    await find(again, '[role=log]');
    (await more(again)).click();
    expect((await item(again, 'Sounds')).ariaChecked).to.equal('false');
  });

  it('ends the conversation after asking', async () => {
    const widget = await talking();
    (await more(widget)).click();
    (await item(widget, 'End conversation…')).click();
    const question = await find(widget, '[role=alertdialog]');
    await until(() => nameOf(focused() as HTMLElement) === 'Cancel', 'the harmless button has not the focus');
    await comeToRest(widget);
    await expect(widget).to.be.accessible();
    await press('Tab');
    await press('Tab');
    expect(nameOf(focused() as HTMLElement)).to.equal('Cancel');
    await press('Enter');
    await until(() => !question.isConnected);
    expect(widget.conversations[0].state).to.equal('open');
    (await more(widget)).click();
    (await item(widget, 'End conversation…')).click();
    (await find(widget, 'button', 'End it')).click();
    await sees(widget, 'The conversation is closed.');
    await until(() => widget.conversations[0].state === 'resolved');
  });

  it('says what has come of it until Escape, which leaves the panel open, or until one goes on', async () => {
    const widget = await talking();
    const notes = () => all(dialogOf(widget), 'cw-menu p').filter((each) => each.checkVisibility());
    for (const key of ['Escape', 'Shift+Tab']) {
      await server.request('PATCH', `/v1/conversations/${widget.conversations[0].id}`, { state: 'open' });
      await until(() => widget.conversations[0].state === 'open');
      const button = await more(widget);
      button.focus();
      await press('Enter');
      (await item(widget, 'End conversation…')).focus();
      await press('Enter');
      (await find(widget, 'button', 'End it')).focus();
      await press('Enter');
      await sees(widget, 'The conversation is closed.');
      await until(() => focused() === button);
      await press(key);
      await until(() => notes().length === 0, `the note stays after ${key}`);
      expect(focused() === button).to.equal(key === 'Escape');
      expect(widget.visible).to.equal(true);
    }
  });

  it('saves the conversation, and all that is kept of the visitor', async () => {
    const files = downloads();
    const widget = await talking();
    (await more(widget)).click();
    (await item(widget, 'Download this conversation')).click();
    await until(() => files.length === 1);
    expect(files[0].name).to.equal(`conversation-${widget.conversations[0].number}.txt`);
    expect(await files[0].text).to.contain('Hello');
    (await more(widget)).click();
    (await item(widget, 'Download my data')).click();
    await until(() => files.length === 2);
    expect(JSON.stringify(JSON.parse(await files[1].text))).to.contain('Hello');
  });

  it('mails the conversation to an address that is proven', async () => {
    const email = 'mail@menu.example';
    const widget = await talking({ email, 'auth-token': await server.sign(email), persist: 'none' });
    (await more(widget)).click();
    (await item(widget, 'Mail me this conversation')).click();
    await sees(widget, `It is on its way to ${email}.`);
    expect(await server.mailTo(email)).to.contain('Hello');
  });

  it('forgets the visitor after asking, where the inbox allows it', async () => {
    await settings({ behaviour: { forget: true } });
    const widget = await talking();
    const { id } = widget.contact!;
    (await more(widget)).click();
    (await item(widget, 'Forget me…')).click();
    await sees(widget, 'Nobody can bring them back.');
    (await find(widget, 'button', 'Delete everything')).click();
    await until(
      () => widget.contact === null && widget.conversations.length === 0,
      `somebody is remembered: ${JSON.stringify(widget.contact)}`,
    );
    await sees(widget, 'Start a conversation');
    expect((await server.request('GET', `/v1/contacts/${id}`)).status).to.equal(404);
    (await boxOf(widget)).focus();
    await type('Hello again');
    await press('Enter');
    await until(() => widget.contact !== null && widget.contact.id !== id);
  });

  it('keeps the focus in the panel when it has forgotten the visitor, and asks nothing of who is gone', async () => {
    await settings({ behaviour: { forget: true } });
    const widget = await talking();
    const refused: string[] = [];
    const { fetch } = window;
    window.fetch = async (input, init) => {
      const answer = await fetch(input, init);
      if (!answer.ok) refused.push(`${init?.method ?? 'GET'} ${answer.url}: ${answer.status}`);
      return answer;
    };
    restore = () => (window.fetch = fetch);
    (await more(widget)).focus();
    await press('Enter');
    (await item(widget, 'Forget me…')).focus();
    await press('Enter');
    (await find(widget, 'button', 'Delete everything')).focus();
    await press('Enter');
    await sees(widget, 'Start a conversation');
    await until(() => widget.contact === null);
    const { activeElement } = dialogOf(widget).getRootNode() as ShadowRoot;
    expect(activeElement === dialogOf(widget), `the focus is on ${focused()?.outerHTML.slice(0, 80)}`).to.equal(true);
    await widget.logout();
    expect(refused).to.deep.equal([]);
    await press('Escape');
    await until(() => !widget.visible, 'Escape does not close the panel');
  });
});
