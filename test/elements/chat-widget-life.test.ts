import { expect } from '@open-wc/testing';
import type { ChatWidget } from '../../src/elements/chat-widget.ts';
import { press, type } from '../support/browser.ts';
import { startChatServer, type ChatServer } from '../support/server.ts';
import { sees } from './console/screen.ts';
import { startLeakMeter } from './leak-meter.ts';
import { boxOf, dialogOf, focused, launcherOf, mount, next, ready, record, settled, unmountAll } from './widgets.ts';
import { until } from '../support/until.ts';

describe("<chat-widget>'s life", () => {
  let server: ChatServer;
  let posts: string[] = [];
  let warnings: string[] = [];
  const fetch = window.fetch.bind(window);
  const warn = console.warn.bind(console);

  before(async () => {
    server = await startChatServer();
    // Requests still go to the real server.
    window.fetch = (input, init) => {
      if (init?.method === 'POST') posts.push(input instanceof Request ? input.url : input.toString());
      return fetch(input, init);
    };
    console.warn = (...words: unknown[]) => {
      if (String(words[0]).startsWith('<chat-widget>')) warnings.push(String(words[0]));
      else warn(...words);
    };
  });

  beforeEach(() => {
    posts = [];
    warnings = [];
  });
  afterEach(unmountAll);
  after(async () => {
    window.fetch = fetch;
    console.warn = warn;
    await server?.dispose();
  });

  const layerOf = (widget: ChatWidget) => widget.shadowRoot!.querySelector<HTMLElement>('.layer')!;

  function attach(widget: ChatWidget): ChatWidget {
    document.body.append(widget);
    return widget;
  }

  /** A widget as it is before its code has come: an element without a class. */
  function early(): ChatWidget {
    const inert = document.implementation.createHTMLDocument();
    return inert.createElement('chat-widget');
  }

  it('takes properties that were set before its code came, before it was attached, and later, all alike', async () => {
    const email = 'alike@example.com';
    const authToken = await server.sign(email);
    const set = (widget: ChatWidget) =>
      Object.assign(widget, { server: server.url, inbox: server.inbox, email, authToken, firstName: 'Ada', zIndex: 7 });

    const element = () => document.createElement('chat-widget');
    const ways: Record<string, () => ChatWidget> = {
      'before its code came': () => attach(set(early())),
      'before it was attached': () => attach(set(element())),
      later: () => set(attach(element())),
    };
    for (const [when, make] of Object.entries(ways)) {
      const widget = await ready(make());
      expect(widget.contact, when).to.include({ email, name: 'Ada', verification: 'verified' });
      expect(layerOf(widget).style.zIndex, when).to.equal('7');
      await widget.logout();
      widget.remove();
    }
  });

  it('makes one identification of all that is set within one task', async () => {
    const email = 'once@example.com';
    const authToken = await server.sign(email);
    const widget = await ready(mount(server));
    const identified = next(widget, 'chat-identify');
    widget.setAttribute('email', email);
    await Promise.resolve();
    widget.setAttribute('auth-token', authToken);
    widget.firstName = 'Only';
    await Promise.resolve();
    widget.setAttribute('last-name', 'Once');
    await identified;
    await settled();
    expect(widget.contact?.name).to.equal('Only Once');
    expect(posts.filter((url) => url.endsWith('/sessions'))).to.have.length(1);
  });

  it('signs the visitor out when the page says nobody any more', async () => {
    const email = 'gone@example.com';
    const widget = await ready(mount(server, { email, 'auth-token': await server.sign(email) }));
    await widget.send('Hello');
    widget.removeAttribute('email');
    await until(() => widget.contact === null);
    expect(widget.conversations).to.deep.equal([]);
  });

  it('warns once about each value that it does not understand, and keeps the default', async () => {
    for (let n = 0; n < 2; n++) {
      const widget = mount(server, {
        'z-index': 'high',
        session: 'now',
        persist: 'some',
        lang: '!!',
        server: 'ftp://x',
      });
      Object.assign(widget, { email: 5, message: {} });
      await ready(widget);
      expect(layerOf(widget).matches(':popover-open')).to.equal(true);
      expect(launcherOf(widget).getAttribute('aria-label')).to.equal('Open chat');
    }
    const about = (name: string) => warnings.filter((warning) => warning.includes(`: ${name} `)).length;
    await until(() => about('lang'), 'nothing was said of the language');
    expect(['z-index', 'session', 'persist', 'lang', 'email', 'message'].map(about)).to.deep.equal([1, 1, 1, 1, 1, 1]);
    expect(warnings.join()).to.not.include('object Object');
  });

  it('stands in the top layer, or at the height that the page says', async () => {
    const widget = await ready(mount(server));
    const layer = layerOf(widget);
    expect(layer.matches(':popover-open')).to.equal(true);
    widget.zIndex = '50';
    await widget.updateComplete;
    expect(layer.matches(':popover-open')).to.equal(false);
    expect(getComputedStyle(layer).zIndex).to.equal('50');
    widget.setAttribute('z-index', 'auto');
    await widget.updateComplete;
    expect(layer.matches(':popover-open')).to.equal(true);
  });

  it('keeps its socket, its panel, its draft and its place above everything when it is moved', async () => {
    const meter = startLeakMeter();
    const widget = await ready(mount(server));
    await widget.show();
    await type('Hello');
    await press('Enter');
    await sees(widget, 'Sent');
    await type('half a sen');
    const events = record(widget, 'chat-show', 'chat-hide', 'chat-ready');
    const sockets = meter.read()['socket'];
    const elsewhere = document.createElement('div');
    document.body.prepend(elsewhere);
    elsewhere.append(widget);
    await settled();
    expect(meter.read()['socket']).to.equal(sockets);
    expect(widget.visible).to.equal(true);
    expect((await boxOf(widget)).value).to.equal('half a sen');
    expect(layerOf(widget).matches(':popover-open')).to.equal(true);
    expect(events).to.deep.equal([]);
    const heard = next(widget, 'chat-message');
    await server.agent.answer(widget.conversations[0].id, 'Still here');
    await heard;
    await sees(widget, 'Still here');
    meter.stop();
    elsewhere.remove();
  });

  it('leaves nothing behind when it is removed: ten times', async () => {
    const meter = startLeakMeter();
    for (let n = 0; n < 10; n++) {
      const widget = await ready(mount(server));
      await widget.show();
      if (n % 2) {
        await widget.send(`Hello ${n}`);
        await sees(widget, `Hello ${n}`);
      } else {
        (await boxOf(widget)).focus();
      }
      widget.remove();
      await settled();
    }
    await until(
      () => !Object.keys(meter.read()).length,
      () => `left: ${JSON.stringify(meter.read())}`,
    );
    meter.stop();
  });

  it('rejects what was about to be sent when it is removed', async () => {
    const email = 'removed@example.com';
    const widget = mount(server, { email, 'auth-token': await server.sign(email) });
    await next(widget, 'chat-identify');
    const failure = widget.send('Never sent').catch((error: unknown) => error);
    widget.remove();
    expect(await failure).to.include({ name: 'ChatError', code: 'closed' });
  });

  it('begins anew when it comes back after it was removed', async () => {
    const widget = await ready(mount(server));
    await widget.send('Hello');
    await widget.show();
    widget.remove();
    await settled();
    expect(widget.ready).to.equal(false);
    expect(widget.visible).to.equal(false);
    const isReady = next(widget, 'chat-ready');
    const shows = next(widget, 'chat-show');
    document.body.append(widget);
    const { detail } = await isReady;
    await shows;
    expect(detail.visitorId).to.be.a('string');
    await sees(widget, 'Hello');
    expect(dialogOf(widget).checkVisibility()).to.equal(true);
    expect(focused(), 'an attribute takes no focus').to.equal(document.body);
  });

  it('talks to another inbox when it is told to', async () => {
    const widget = await ready(mount(server));
    await widget.send('Hello');
    const again = next(widget, 'chat-ready');
    widget.inbox = 'another';
    await again;
    expect(widget.conversations).to.deep.equal([]);
    expect(widget.contact).to.equal(null);
  });

  it('is reached as a typed element by its tag', () => {
    const widget: ChatWidget = document.createElement('chat-widget');
    expect(widget.localName).to.equal('chat-widget');
  });
});
