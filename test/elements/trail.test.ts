import { expect } from '@open-wc/testing';
import type { TrailItem, TrailPage } from '../../src/api/protocol.ts';
import type { ChatWidget } from '../../src/elements/chat-widget.ts';
import { startChatServer, type ChatServer } from '../support/server.ts';
import { until } from '../support/until.ts';
import { launcherOf, mount, ready, unmountAll } from './widgets.ts';

describe('<chat-widget> that tells what its visitor does on the site', () => {
  let server: ChatServer;
  const { href, origin } = location;
  const { title } = document;

  before(async () => {
    server = await startChatServer();
  });
  afterEach(async () => {
    await unmountAll();
    history.replaceState(null, '', href);
    document.title = title;
  });
  after(() => server.dispose());

  /** Whether visitors are followed; the launcher stands where it says that this is known. */
  const follow = (trackPages: boolean, position = 'right') =>
    server.request('PATCH', `/v1/inboxes/${server.inbox}`, {
      settings: { behaviour: { trackPages }, appearance: { position } },
    });

  /** What the server has of whoever is here, oldest first, as soon as it is so much. */
  async function trail(widget: ChatWidget, count: number): Promise<readonly TrailItem[]> {
    await until(() => widget.contact, 'nobody is there');
    let items: readonly TrailItem[] = [];
    let asking = false;
    const look = async () => {
      asking = true;
      const { body } = await server.request<TrailPage>('GET', `/v1/contacts/${widget.contact!.id}/trail`);
      items = [...body.items].reverse();
      asking = false;
    };
    await until(
      () => items.length >= count || void (asking || look()),
      () => `the server has ${JSON.stringify(items)}`,
    );
    return items;
  }

  const words = (items: readonly TrailItem[]) =>
    items.map((item) => (item.type === 'page' ? [item.url.replace(origin, ''), item.title] : [item.name, item.data]));

  it('says what the page says, held until there is a session, the same page once', async () => {
    const widget = await ready(mount(server));
    document.title = 'Shop';
    history.pushState(null, '', '/shop#top');
    await widget.trackPage();
    await widget.trackPage({ url: '/shop' });
    await widget.trackPage({ url: '/bags?sort=new', title: 'Bags' });
    await widget.trackEvent('added to cart', { bag: 'Skerry', count: 2 });
    expect(widget.contact).to.equal(null);
    await widget.send('Hello');
    const items = await trail(widget, 3);
    expect(words(items)).to.deep.equal([
      ['/shop', 'Shop'],
      ['/bags?sort=new', 'Bags'],
      ['added to cart', { bag: 'Skerry', count: 2 }],
    ]);
    expect(items.map((item) => (item.type === 'page' ? item.referrer : item.url))).to.deep.equal([
      document.referrer || undefined,
      `${origin}/shop`,
      `${origin}/bags?sort=new`,
    ]);
  });

  it('follows whoever has a session from page to page, where the inbox says so', async () => {
    await follow(true);
    document.title = 'Home';
    history.replaceState(null, '', '/home');
    const widget = await ready(mount(server, { session: 'auto' }));
    await trail(widget, 1);
    // As routers do: the address first, the title when the page is there.
    history.pushState(null, '', '/bags#/list');
    document.title = 'All bags';
    await trail(widget, 2);
    history.pushState(null, '', '/bags#/list');
    // The router and the page say the same; the page says it first.
    await widget.trackPage({ url: '/pay', title: 'Pay' });
    history.pushState(null, '', '/pay');
    history.replaceState({ scroll: 1 }, '', '/pay#here');
    await trail(widget, 3);
    document.title = 'Home';
    history.back();
    await until(() => location.pathname === '/bags', 'not back');
    const items = await trail(widget, 4);
    expect(words(items)).to.deep.equal([
      ['/home', 'Home'],
      ['/bags#/list', 'All bags'],
      ['/pay', 'Pay'],
      ['/bags#/list', 'Home'],
    ]);
    expect(items.map((item) => item.type === 'page' && item.referrer).slice(1)).to.deep.equal([
      `${origin}/home`,
      `${origin}/bags#/list`,
      `${origin}/pay`,
    ]);
  });

  it('follows also where the browser tells nobody of such steps, and leaves the page’s history as it was', async () => {
    const told = Object.getOwnPropertyDescriptor(window, 'navigation');
    const steps = () => [Reflect.get(history, 'pushState'), Reflect.get(history, 'replaceState')] as const;
    const before = steps();
    Object.defineProperty(window, 'navigation', { value: undefined, configurable: true });
    try {
      await follow(true);
      const widget = await ready(mount(server, { session: 'auto' }));
      await trail(widget, 1);
      history.pushState(null, '', '/one');
      await trail(widget, 2);
      history.replaceState(null, '', '/two');
      await trail(widget, 3);
      location.hash = '#/three';
      const items = await trail(widget, 4);
      expect(
        words(items)
          .map(([url]) => url)
          .slice(1),
      ).to.deep.equal(['/one', '/two', '/two#/three']);
      expect(steps()).not.to.deep.equal(before);
      widget.remove();
      await until(
        () => steps().every((step, i) => step === before[i]),
        'the steps of history are not the browser’s own',
      );
    } finally {
      Reflect.deleteProperty(window, 'navigation');
      if (told) Object.defineProperty(window, 'navigation', told);
    }
  });

  it('follows nobody any more as soon as the inbox says so', async () => {
    await follow(true);
    const widget = await ready(mount(server, { session: 'auto' }));
    await trail(widget, 1);
    await follow(false, 'left');
    const isLeft = () => launcherOf(widget).getBoundingClientRect().right < innerWidth / 2;
    await until(isLeft, 'the widget was never told');
    history.pushState(null, '', '/secret');
    await widget.trackEvent('fence');
    expect(words(await trail(widget, 2)).at(-1)).to.deep.equal(['fence', undefined]);
  });

  it('tells the page, and goes on, when it says what cannot be', async () => {
    const said: string[] = [];
    const { warn } = console;
    console.warn = (text: string) => said.push(text);
    try {
      const widget = await ready(mount(server, { session: 'auto' }));
      const round: Record<string, unknown> = {};
      round.itself = round;
      await widget.trackPage({ url: 'javascript:alert(1)' });
      await widget.trackPage('/bags' as never);
      await widget.trackEvent('');
      await widget.trackEvent('n'.repeat(101));
      await widget.trackEvent('without its data', round);
      await widget.trackEvent('as well', { text: 'x'.repeat(2_048) });
      await widget.trackEvent('last');
      const events = (await trail(widget, 3)).filter(({ type }) => type === 'event');
      expect(words(events)).to.deep.equal([
        ['without its data', undefined],
        ['as well', undefined],
        ['last', undefined],
      ]);
      const own = said.filter((text) => text.startsWith('<chat-widget>: track'));
      expect(own.map((text) => text.split(' ')[1])).to.deep.equal([
        'trackPage()',
        'trackEvent()',
        'trackEvent()',
        'trackEvent()',
      ]);
    } finally {
      console.warn = warn;
    }
  });

  it('gives rules the page that was said, until there is another one', async () => {
    const widget = await ready(mount(server));
    const outreach = await widget.outreach();
    expect(outreach.pageUrl).to.equal(location.href);
    outreach.trackPage({ url: '/virtual' });
    expect(outreach.pageUrl).to.equal(`${origin}/virtual`);
    history.pushState(null, '', '/other');
    expect(outreach.pageUrl).to.equal(`${origin}/other`);
  });
});
