import { expect } from '@open-wc/testing';
import type { ChatWidget } from '../../src/elements/chat-widget.ts';
import { press, resize, type } from '../support/browser.ts';
import { startChatServer, type ChatServer } from '../support/server.ts';
import { until } from '../support/until.ts';
import { sees } from './console/screen.ts';
import { startLeakMeter } from './leak-meter.ts';
import { boxOf, dialogOf, focused, mount, next, ready, record, settled, unmountAll } from './widgets.ts';

describe('<chat-widget> on a site that swaps its pages in place', () => {
  let server: ChatServer;
  let sessions = 0;
  const fetch = window.fetch.bind(window);

  before(async () => {
    server = await startChatServer();
    window.fetch = (input, init) => {
      if (init?.method === 'POST' && String(input).endsWith('/sessions')) sessions++;
      return fetch(input, init);
    };
  });
  beforeEach(async () => {
    await resize(1024, 768);
    sessions = 0;
  });
  afterEach(async () => {
    for (const widget of document.querySelectorAll('chat-widget')) widget.remove();
    await unmountAll();
  });
  after(async () => {
    window.fetch = fetch;
    await server.dispose();
  });

  /** As Turbo renders: the next page, with a tag of its own, takes the place of this one. */
  function swapBody(attributes: Record<string, string> = {}): ChatWidget {
    const next = document.createElement('body');
    const tag = document.createElement('chat-widget');
    for (const [name, value] of Object.entries({ server: server.url, inbox: server.inbox, ...attributes }))
      tag.setAttribute(name, value);
    next.append('Another page', tag);
    document.body.replaceWith(next);
    return tag;
  }

  async function written(attributes: Record<string, string> = {}): Promise<ChatWidget> {
    const widget = await ready(mount(server, attributes));
    await widget.show();
    await type('Hello');
    await press('Enter');
    await sees(widget, 'Sent');
    await type('half a sen');
    return widget;
  }

  it('goes on with conversation, panel, focus, draft and socket in the tag of the next page', async () => {
    const meter = startLeakMeter();
    const widget = await written();
    const [{ id }] = widget.conversations;
    const sockets = meter.read()['socket'];
    const events = record(widget, 'chat-hide', 'chat-error');
    const panel = dialogOf(widget);
    const box = await boxOf(widget);

    const heir = swapBody();
    const heard = next(heir, 'chat-message');
    await next(heir, 'chat-ready');
    expect([heir.open, heir.visible, heir.contact !== null]).to.deep.equal([true, true, true]);
    expect([widget.contact, widget.visible, dialogOf(widget)]).to.deep.equal([null, false, undefined]);
    expect(dialogOf(heir) === panel, 'the very same panel').to.equal(true);
    expect([box.value, focused() === box]).to.deep.equal(['half a sen', true]);
    expect([meter.read()['socket'], sessions]).to.deep.equal([sockets, 1]);

    await server.agent.answer(id, 'Still here');
    await heard;
    await sees(heir, 'Still here');
    await type('tence');
    await press('Enter');
    await sees(heir, 'half a sentence');
    await until(() => heir.conversations[0].lastMessage?.text === 'half a sentence');
    expect(events).to.deep.equal([]);

    await heir.hide();
    await until(() => !dialogOf(heir).checkVisibility({ visibilityProperty: true }), 'it is still there');
    heir.remove();
    await until(
      () => !Object.keys(meter.read()).length,
      () => `left: ${JSON.stringify(meter.read())}`,
    );
    meter.stop();
  });

  it('tells each page of what is unread, and of what comes while it is closed', async () => {
    const widget = await written();
    const [{ id }] = widget.conversations;
    await widget.hide();
    const counted = next(widget, 'unread-change');
    await server.agent.answer(id, 'First');
    await counted;
    const heir = swapBody();
    await settled();
    expect([heir.unreadCount, heir.open]).to.deep.equal([1, false]);
    await sees(heir, 'First');
    const again = next(heir, 'unread-change');
    await server.agent.answer(id, 'Second');
    expect((await again).detail.messages).to.equal(2);
  });

  it('loses no page of ten, and keeps nothing of those that are gone', async () => {
    const meter = startLeakMeter();
    let widget = await written();
    const held = meter.read();
    for (let n = 0; n < 10; n++) {
      widget = swapBody();
      await next(widget, 'chat-ready');
    }
    await sees(widget, 'Hello');
    expect(sessions).to.equal(1);
    expect(document.querySelectorAll('chat-widget')).to.have.length(1);
    const { socket } = meter.read();
    expect(socket).to.equal(held['socket']);
    widget.remove();
    await until(
      () => !Object.keys(meter.read()).length,
      () => `left: ${JSON.stringify(meter.read())}`,
    );
    meter.stop();
  });

  it('goes on as whom a script has said once, and signs out where the next page says nobody', async () => {
    const email = 'swap@example.com';
    const authToken = await server.sign(email);
    const widget = await ready(mount(server));
    await widget.identify({ email, authToken });
    await widget.send('As myself');
    const heir = swapBody();
    await next(heir, 'chat-ready');
    await settled();
    expect(heir.contact).to.include({ email, verification: 'verified' });

    const proven = swapBody({ email, 'auth-token': authToken });
    await next(proven, 'chat-ready');
    await settled();
    expect(proven.contact).to.include({ email, verification: 'verified' });
    const anonymous = swapBody();
    await until(() => anonymous.ready && anonymous.contact === null, 'somebody is still there');
    expect(anonymous.conversations).to.deep.equal([]);
  });

  it('is two widgets where the other is another inbox, another mode, or was there before', async () => {
    const widget = await written();
    const panel = dialogOf(widget);
    const other = mount(server, { inbox: 'another' });
    const box = mount(server, { mode: 'inline' });
    await settled();
    widget.remove();
    await settled();
    expect([other.contact, other.open]).to.deep.equal([null, false]);
    expect(panel.isConnected, 'nobody went on with it').to.equal(false);
    other.remove();
    box.remove();
  });

  it('stays open, with its focus, in a page that is changed within a view transition', async () => {
    const widget = await written();
    const stage = document.createElement('main');
    document.body.prepend(stage);
    const change = () => {
      stage.textContent = 'Another page';
      history.pushState(null, '', '?page=2');
    };
    // WebKitGTK without a screen ends none, whatever is on the page.
    const isWebKit = navigator.vendor.startsWith('Apple');
    if ('startViewTransition' in document && !isWebKit) await document.startViewTransition(change).finished;
    else change();
    expect([widget.visible, focused() === (await boxOf(widget))]).to.deep.equal([true, true]);
    await press('Enter');
    await sees(widget, 'half a sen');
    await until(() => widget.conversations[0].lastMessage?.text === 'half a sen');
    const { body } = await server.request<{ messages: { metadata?: { chat_visitor_url?: string } }[] }>(
      'GET',
      `/v1/conversations/${widget.conversations[0].id}/messages`,
    );
    const addresses = body.messages.map(({ metadata }) => metadata?.chat_visitor_url ?? '');
    expect(addresses.at(-1)).to.match(/\?page=2$/);
    expect(addresses.at(0)).to.not.match(/\?page=2$/);
    stage.remove();
    history.back();
    await until(() => !location.search.includes('page=2'));
  });

  it('lets its socket go with a page that is kept for the way back, and misses nothing when it comes', async () => {
    const meter = startLeakMeter();
    const widget = await written();
    const [{ id }] = widget.conversations;
    expect(meter.read()['socket']).to.equal(1);
    window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
    await until(() => !meter.read()['socket'], 'the socket stays: no such page is kept');
    await server.agent.answer(id, 'While you were away');
    window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    await sees(widget, 'While you were away');
    expect([widget.visible, (await boxOf(widget)).value, sessions]).to.deep.equal([true, 'half a sen', 1]);
    meter.stop();
  });
});
