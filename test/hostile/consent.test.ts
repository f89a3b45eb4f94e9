import { expect } from '@open-wc/testing';
import type { ChatWidget } from '../../src/elements/chat-widget.ts';
import { everythingKept, untilForgotten } from '../api/kept-on-this-device.ts';
import { all, find, sees, seesNoMore } from '../elements/console/screen.ts';
import { mount, ready, settled, unmountAll } from '../elements/widgets.ts';
import { startChatServer, type ChatServer } from '../support/server.ts';
import { until } from '../support/until.ts';

/** What a page's banner hears when a visitor takes their consent back: `persist` becomes `none`. */
describe('a visitor who takes back that anything is kept', () => {
  let server: ChatServer;

  before(async () => {
    server = await startChatServer();
  });
  afterEach(unmountAll);
  after(() => server.dispose());

  /** Does not say how a conversation was. Resolves with which. */
  const skip = async (widget: ChatWidget): Promise<string> => {
    const { conversationId } = await widget.send('Hello');
    await widget.showConversation(conversationId);
    await server.agent.resolve(conversationId);
    await sees(widget, 'How was this conversation?');
    (await find(widget, 'form [aria-label="Not now"]')).click();
    await seesNoMore(widget, 'How was this conversation?');
    return conversationId;
  };

  const isKept = async (words: string) => (await everythingKept()).includes(words);

  for (const [who, email] of [
    ['whom nobody knows', ''],
    ['whom the site has signed in', 'consent@shop.example'],
  ] as const) {
    it(`and ${who}: the device is empty at once, and the chat goes on in memory [hostile 76]`, async () => {
      const identity: Record<string, string> = email ? { email, 'auth-token': await server.sign(email) } : {};
      const widget = await ready(mount(server, identity));
      const { conversationId } = await widget.send('Before');
      const { id } = widget.contact!;
      expect(await isKept(id)).to.equal(true);
      expect(localStorage.length).to.equal(1);

      widget.persist = 'none';
      await widget.updateComplete;
      await widget.send('After');
      // What was said is not held up by what the disk takes its time to forget.
      await untilForgotten(id);
      expect(await everythingKept()).to.not.include('token');
      expect(localStorage.length).to.equal(0);
      expect(document.cookie).to.not.include('chat-widget');
      expect(widget.contact?.id).to.equal(id);
      expect(widget.conversations.map((each) => each.id)).to.deep.equal([conversationId]);
      widget.remove();
      await settled();

      const later = await ready(mount(server));
      expect(later.contact).to.equal(null);
      expect(later.conversations).to.deep.equal([]);
    });
  }

  it('leaves nothing of what they choose, skip and pick on the device [hostile 76]', async () => {
    const chosen = () => Object.keys(localStorage).filter((key) => key !== `chat-widget:${server.inbox}`);
    const choose = async (name: string) => {
      (await find(widget, '[aria-haspopup=menu]')).click();
      (await find(widget, '[role=menuitemcheckbox]', name)).click();
      document.body.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
    };
    const pick = async (name: string) => {
      (await find(widget, 'button', 'Emoji')).click();
      (await find(widget, '[role=gridcell]', name)).click();
    };
    let widget = await ready(mount(server));
    await widget.show();
    await skip(widget);
    await choose('Sounds');
    await pick('grinning face');
    await until(() => chosen().length === 3, `only ${chosen().join()}`);

    widget.persist = 'none';
    await until(() => localStorage.length === 0, 'something is still kept');
    await skip(widget);
    await choose('Sounds');
    await pick('dog face');
    expect(localStorage.length).to.equal(0);
    (await find(widget, 'button', 'Emoji')).click();
    await sees(widget, 'Recent');
    const [recent] = all(widget.shadowRoot!, '[role=grid]');
    expect([...recent.querySelectorAll('button')].map(({ ariaLabel }) => ariaLabel)).to.deep.equal([
      'dog face',
      'grinning face',
    ]);
    widget.remove();
    await settled();

    localStorage.setItem('chat-widget-choices', '{"muted":true}');
    widget = await ready(mount(server, { persist: 'none' }));
    await widget.send('Hello');
    await widget.show();
    await choose('Sounds');
    await pick('cat face');
    expect(localStorage.length).to.equal(0);
  });

  it('and logs out takes along which conversations they did not rate', async () => {
    const widget = await ready(mount(server));
    const conversationId = await skip(widget);
    expect(localStorage.getItem('chat-widget unrated')).to.include(conversationId);
    await widget.logout();
    expect(await isKept(conversationId)).to.equal(false);
  });

  it('and writes on is not written down: neither what waits to be sent nor who it is [hostile 76]', async () => {
    const widget = await ready(mount(server));
    await widget.send('Before');
    widget.persist = 'none';
    await untilForgotten(widget.contact!.id);
    await server.stop();
    const sending = widget.send('Not on this disk');
    await settled();
    expect(await isKept('Not on this disk')).to.equal(false);
    await server.restart();
    await sending;
    expect(await isKept('Not on this disk')).to.equal(false);
    expect(localStorage.length).to.equal(0);
  });
});
