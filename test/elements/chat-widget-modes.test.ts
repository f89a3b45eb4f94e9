import { expect } from '@open-wc/testing';
import type { ChatWidget } from '../../src/elements/chat-widget.ts';
import { press, resize, type } from '../support/browser.ts';
import { startChatServer, type ChatServer } from '../support/server.ts';
import { until } from '../support/until.ts';
import { all, find, sees } from './console/screen.ts';
import {
  boxOf,
  comeToRest,
  dialogOf,
  focused,
  launcherOf,
  mount,
  next,
  ready,
  settled,
  unmountAll,
} from './widgets.ts';

const regionOf = (widget: ChatWidget) => all(widget.shadowRoot!, 'section[aria-label]')[0];
const isSeen = (element?: Element) => element?.checkVisibility({ visibilityProperty: true }) === true;

describe('a chat that is part of its page', () => {
  let server: ChatServer;

  before(async () => {
    server = await startChatServer();
  });
  beforeEach(() => resize(1024, 768));
  afterEach(unmountAll);
  after(() => server?.dispose());

  /** In a box of the page, so large. */
  function boxed(width: number, height: number, attributes: Record<string, string> = {}): ChatWidget {
    const widget = mount(server, { mode: 'inline', ...attributes });
    Object.assign(widget.style, { inlineSize: `${width}px`, blockSize: `${height}px`, minBlockSize: '0' });
    return widget;
  }

  it('fills its own box with a region that has a name, and has neither launcher nor close button', async () => {
    const widget = boxed(500, 640);
    await until(() => widget.visible, 'it did not open');
    await until(() => regionOf(widget).ariaLabel === 'Chat with Support');
    const { width, height, left, top } = regionOf(widget).getBoundingClientRect();
    const box = widget.getBoundingClientRect();
    expect([left, top, width, height]).to.deep.equal([box.left, box.top, 500, 640]);
    expect(dialogOf(widget)).to.equal(undefined);
    expect(isSeen(launcherOf(widget))).to.equal(false);
    expect(
      all(widget.shadowRoot!, 'button').filter((button) => isSeen(button) && button.ariaLabel === 'Close chat'),
    ).to.have.length(0);
    await comeToRest(widget);
    await expect(widget).to.be.accessible();
  });

  it('takes neither the page’s focus nor its Escape, and stays open', async () => {
    const widget = boxed(500, 450);
    await until(() => widget.visible);
    await settled();
    expect(focused() === document.body).to.equal(true);
    (await boxOf(widget)).focus();
    let heard = 0;
    document.body.addEventListener('keydown', () => heard++, { once: true });
    await press('Escape');
    await until(() => heard === 1);
    await widget.hide();
    expect(widget.visible && isSeen(regionOf(widget))).to.equal(true);
  });

  it('can be talked in, and takes the focus when the page asks for that', async () => {
    const widget = boxed(500, 450);
    await until(() => widget.visible);
    await widget.show();
    await until(() => focused()?.localName === 'textarea');
    await type('Hello from the page');
    await press('Enter');
    await sees(widget, 'Sent');
    await server.agent.answer(widget.conversations[0].id, 'Hello from us');
    await sees(widget, 'Hello from us');
  });

  it('covers the whole page, in a column that can be read', async () => {
    const widget = mount(server, { mode: 'page' });
    await until(() => widget.visible);
    const { width, height, left } = regionOf(widget).getBoundingClientRect();
    expect([width, height, left]).to.deep.equal([720, 720, 152]);
    await resize(500, 700);
    await until(() => regionOf(widget).getBoundingClientRect().width === 500);
    expect(regionOf(widget).getBoundingClientRect().height).to.equal(700);
    await comeToRest(widget);
    await expect(widget).to.be.accessible();
  });

  it('goes from its corner into the page and back, with what is half written', async () => {
    const widget = await ready(mount(server));
    await widget.show();
    await type('Half a sen');
    widget.mode = 'inline';
    await until(() => widget.visible && regionOf(widget));
    await until(async () => (await boxOf(widget)).value === 'Half a sen');
    expect(isSeen(launcherOf(widget))).to.equal(false);
    widget.mode = 'floating';
    await until(() => widget.visible && dialogOf(widget));
    await until(() => isSeen(launcherOf(widget)));
    await widget.hide();
    expect(widget.visible).to.equal(false);
  });

  it('says in its box why it is empty where its code does not come', async () => {
    const widget = boxed(500, 450, { server: 'http://127.0.0.1:9' });
    await until(() => widget.visible, 'a panel without a server says so itself');
    await sees(widget, 'Try now');
  });

  it('warns of a mode that there is not, and floats', async () => {
    const widget = await ready(mount(server, { mode: 'sideways' }));
    await until(() => isSeen(launcherOf(widget)), 'the launcher never came');
  });
});

describe('a chat of which the page says how it looks', () => {
  let server: ChatServer;

  before(async () => {
    server = await startChatServer();
  });
  beforeEach(() => resize(1024, 768));
  afterEach(async () => {
    await unmountAll();
    await settings({ appearance: null, behaviour: null });
  });
  after(() => server?.dispose());

  async function settings(groups: object): Promise<void> {
    const { status, body } = await server.request('PATCH', `/v1/inboxes/${server.inbox}`, { settings: groups });
    expect(status, JSON.stringify(body)).to.equal(200);
  }
  const corner = (element: Element) => {
    const { left, right, bottom } = element.getBoundingClientRect();
    return [left < innerWidth / 2 ? 'left' : 'right', Math.min(left, innerWidth - right), innerHeight - bottom];
  };

  it('has its launcher where the page wants it from the first moment, before and after the inbox is known', async () => {
    await settings({ appearance: { position: 'right', offsetX: 60, offsetY: 60, color: '#0a7d4f' } });
    const widget = mount(server, { position: 'left', 'offset-x': '12', 'offset-y': '34', color: 'rgb(180, 20, 60)' });
    await until(() => isSeen(launcherOf(widget)));
    const brand = () => getComputedStyle(widget).getPropertyValue('--chat-brand');
    const look = () => [...corner(launcherOf(widget)), brand()];
    const wanted = ['left', 12, 34, 'rgb(180, 20, 60)'];
    expect(look()).to.deep.equal(wanted);
    await widget.show();
    await until(() => widget.online !== undefined);
    expect(look()).to.deep.equal(wanted);
    await comeToRest(widget);
    expect(corner(dialogOf(widget)).slice(0, 2)).to.deep.equal(['left', 12]);
  });

  it('moves while it is open, by properties and by the page’s style', async () => {
    const widget = await ready(mount(server));
    await widget.show();
    await comeToRest(widget);
    widget.offsetX = 80;
    widget.position = 'left';
    await until(() => String(corner(launcherOf(widget))) === 'left,80,20');
    expect(corner(dialogOf(widget)).slice(0, 2)).to.deep.equal(['left', 80]);
    widget.offsetX = undefined;
    widget.position = undefined;
    await until(() => String(corner(launcherOf(widget))) === 'right,20,20');
    widget.style.setProperty('--chat-offset-y', '50px');
    expect(corner(launcherOf(widget))).to.deep.equal(['right', 20, 50]);
  });

  it('has no launcher where the page has its own: that opens it, and gets the focus back', async () => {
    const widget = await ready(mount(server, { launcher: 'none' }));
    await until(() => !isSeen(launcherOf(widget)));
    const help = document.createElement('button');
    help.addEventListener('click', () => void widget.toggle());
    document.body.append(help);
    help.focus();
    await press('Enter');
    await until(() => widget.visible && focused()?.localName === 'textarea');
    await comeToRest(widget);
    expect(corner(dialogOf(widget)), 'the panel stands where the launcher would').to.deep.equal(['right', 20, 20]);
    (await find(widget, 'header button', 'Close chat')).click();
    await until(() => !widget.visible);
    expect(focused() === help).to.equal(true);
    help.remove();
  });

  it('is told at once by every open page when the inbox takes its launcher away', async () => {
    const widget = await ready(mount(server, { session: 'auto' }));
    await until(() => widget.contact);
    expect(isSeen(launcherOf(widget))).to.equal(true);
    await settings({ appearance: { launcher: 'none' } });
    await until(() => !isSeen(launcherOf(widget)));
    widget.launcher = 'show';
    await until(() => isSeen(launcherOf(widget)));
  });

  it('has no chat on a device for which the inbox, or the page, wants none', async () => {
    await settings({
      appearance: {
        devices: [
          { device: 'desktop', launcher: 'off' },
          { device: 'mobile', launcher: 'off' },
        ],
      },
    });
    const widget = await ready(mount(server));
    const told = next(widget, 'chat-error');
    const refused = await widget.show().catch((error: { readonly code: string }) => error.code);
    expect(refused).to.equal('forbidden');
    expect((await told).detail.code).to.equal('forbidden');
    expect([widget.visible, isSeen(launcherOf(widget))]).to.deep.equal([false, false]);

    const devices = JSON.stringify([
      { device: 'desktop', launcher: 'off' },
      { device: 'mobile', launcher: 'off' },
    ]);
    const other = mount(server, { devices });
    await ready(other);
    await until(() => !isSeen(launcherOf(other)));
  });

  it('has no chat in a country for which the page, or the inbox, wants none', async () => {
    // Where these tests are, nobody knows.
    const widget = mount(server, { countries: '{"include":["DE"]}' });
    await ready(widget);
    expect(isSeen(launcherOf(widget))).to.equal(false);
    const refused = await widget.show().catch((error: { readonly code: string }) => error.code);
    expect([refused, widget.visible]).to.deep.equal(['forbidden', false]);
    widget.countries = { exclude: ['DE'] };
    await until(() => isSeen(launcherOf(widget)));
    widget.countries = undefined;
    await settings({ countries: { include: ['DE'] } });
    await widget.updateComplete;
    const late = mount(server);
    expect(await late.show().catch((error: { readonly code: string }) => error.code)).to.equal('forbidden');
    late.countries = { exclude: ['US'] };
    await until(() => isSeen(launcherOf(late)));
    await settings({ countries: { include: [] } });
  });

  it('has a close button where the page, or the inbox, wants one', async () => {
    const widget = await ready(mount(server));
    await widget.show();
    const closes = () =>
      all(widget.shadowRoot!, 'header button').some((button) => isSeen(button) && button.ariaLabel === 'Close chat');
    expect(closes(), 'the launcher closes').to.equal(false);
    widget.closeButton = 'show';
    await until(closes);
    widget.closeButton = undefined;
    await until(() => !closes());
    await resize(500, 700);
    await until(closes, 'a phone has no launcher');
    widget.closeButton = 'hide';
    await until(() => !closes());
  });

  it('shows attachments, emoji and what it is made with as the page wants it', async () => {
    const widget = await ready(mount(server, { attachments: 'hide', 'powered-by': 'show' }));
    await widget.show();
    await sees(widget, 'Made with chat-widget');
    const has = (name: string) =>
      all(widget.shadowRoot!, 'button').some((button) => isSeen(button) && button.ariaLabel === name);
    await until(() => has('Emoji'));
    expect(has('Attach files')).to.equal(false);
    Object.assign(widget, { attachments: undefined, emoji: false, poweredBy: undefined });
    await until(() => has('Attach files') && !has('Emoji'));
  });
});

describe('the page’s own way to the chat', () => {
  let server: ChatServer;

  before(async () => {
    server = await startChatServer();
  });
  beforeEach(() => resize(1024, 768));
  afterEach(async () => {
    await unmountAll();
    document.querySelectorAll('.of-the-page').forEach((element) => element.remove());
  });
  after(() => server?.dispose());

  /** Something of the page. */
  function page(html: string): HTMLElement {
    const box = document.createElement('div');
    box.className = 'of-the-page';
    box.innerHTML = html;
    document.body.append(box);
    return box.firstElementChild as HTMLElement;
  }

  it('is a link to #chat, which says whether it is open and gets the focus back, and the address stays', async () => {
    const link = page('<a href="#chat">Chat with <b>us</b></a>');
    const widget = await ready(mount(server, { launcher: 'none', id: 'help' }));
    const before = location.href;
    link.focus();
    await press('Enter');
    await until(() => widget.visible && focused()?.localName === 'textarea');
    expect([link.ariaExpanded, link.getAttribute('aria-controls')]).to.deep.equal(['true', 'help']);
    await press('Escape');
    await until(() => !widget.visible);
    expect(link.ariaExpanded).to.equal('false');
    expect(focused() === link).to.equal(true);
    expect(location.href).to.equal(before);
    link.querySelector('b')!.click();
    await until(() => widget.visible);
  });

  it('leaves a click alone by which the browser opens a tab, or that a script of the page has taken', async () => {
    const link = page('<a href="#chat">Chat</a>');
    const widget = await ready(mount(server));
    const isLeft = (init: MouseEventInit) => {
      const click = new MouseEvent('click', { bubbles: true, composed: true, cancelable: true, ...init });
      let was = true;
      // What the browser would do with it does no good here.
      const end = (event: Event) => {
        was = !event.defaultPrevented;
        event.preventDefault();
      };
      addEventListener('click', end, { once: true });
      link.dispatchEvent(click);
      return was;
    };
    expect([isLeft({ ctrlKey: true }), isLeft({ metaKey: true }), isLeft({ shiftKey: true })]).to.not.include(false);
    link.addEventListener('click', (event) => event.preventDefault(), { once: true });
    link.click();
    expect(widget.open).to.equal(false);
    expect(isLeft({})).to.equal(false);
    await until(() => widget.visible);
  });

  it('says nothing about clicks that a script of the page fires at its document', async () => {
    await ready(mount(server));
    const faults: string[] = [];
    const note = (event: ErrorEvent) => {
      event.preventDefault();
      faults.push(event.message);
    };
    addEventListener('error', note);
    document.dispatchEvent(new MouseEvent('click', { bubbles: true }));
    removeEventListener('error', note);
    expect(faults).to.deep.equal([]);
  });

  it('opens the chat in another element of the page, which has its place back when it is closed', async () => {
    const place = page('<div id="corner" style="inline-size: 420px"></div>');
    const widget = await ready(mount(server, { 'open-in': '#corner' }));
    await widget.show();
    const panel = () => place.firstElementChild?.shadowRoot?.querySelector('cw-panel');
    await until(() => panel()?.open);
    expect(regionOf(widget), 'it is not here').to.equal(undefined);
    const { width, height } = panel()!.getBoundingClientRect();
    expect([width, height >= 420]).to.deep.equal([420, true]);
    expect(getComputedStyle(panel()!).getPropertyValue('--chat-surface')).to.not.equal('');
    await until(() => focused()?.localName === 'textarea');
    await type('From the corner');
    await press('Enter');
    await until(() => widget.conversations[0]?.lastMessage?.text === 'From the corner');
    await widget.hide();
    expect(place.getBoundingClientRect().height).to.equal(0);
    await widget.show();
    await until(() => place.getBoundingClientRect().height >= 420);
    widget.remove();
    await until(() => !place.firstElementChild);
  });

  it('is seen there, however far down that is, and closed by Escape', async () => {
    const opener = page('<button>Help</button>') as HTMLButtonElement;
    const box = page('<div style="padding-block-start: 3000px"><div id="corner"></div></div>');
    const widget = await ready(mount(server, { 'open-in': '#corner' }));
    opener.focus();
    await widget.show();
    await until(() => focused()?.localName === 'textarea');
    const { top, bottom } = box.querySelector('#corner')!.getBoundingClientRect();
    expect([top >= 0, Math.floor(bottom) <= innerHeight], 'it is on screen').to.deep.equal([true, true]);
    await press('Escape');
    await until(() => !widget.visible, 'Escape did nothing');
    expect(focused() === opener).to.equal(true);
  });

  it('goes to a frame of the page that it opens in', async () => {
    const box = page('<div style="padding-block-start: 3000px"><iframe name="help"></iframe></div>');
    const frame = box.querySelector('iframe')!;
    const widget = await ready(mount(server, { 'open-in': 'help' }));
    await widget.show();
    await until(() => focused() === frame);
    expect(frame.getBoundingClientRect().top).to.be.below(innerHeight);
    expect(widget.visible, 'no panel here').to.equal(false);
  });

  it('can be closed there, too, where the page has no launcher', async () => {
    const place = page('<div id="corner" style="inline-size: 420px"></div>');
    const widget = await ready(mount(server, { 'open-in': '#corner' }));
    await widget.show();
    const panel = () => place.firstElementChild?.shadowRoot?.querySelector('cw-panel');
    const closes = () =>
      all(panel()!.shadowRoot!, 'header button').find((button) => isSeen(button) && button.ariaLabel === 'Close chat');
    await until(() => panel()?.open);
    await until(() => !closes(), 'the launcher closes it');
    widget.launcher = 'none';
    await until(closes, 'nothing closes it');
    closes()!.click();
    await until(() => !widget.visible && place.getBoundingClientRect().height === 0);
  });

  it('opens the panel where there is no such element, or the browser opens no window', async () => {
    const { open } = globalThis;
    const asked: unknown[] = [];
    const refuses = (...words: unknown[]) => {
      asked.push(words);
      return null;
    };
    Object.assign(globalThis, { open: refuses });
    try {
      for (const target of ['#nowhere', 'a chat window', '_blank']) {
        const widget = await ready(mount(server, { 'open-in': target }));
        await widget.show();
        await until(() => dialogOf(widget) && isSeen(dialogOf(widget)), target);
        widget.remove();
      }
      expect(asked).to.deep.equal([[`${server.url}/chat/${server.inbox}`, '_blank']]);
    } finally {
      Object.assign(globalThis, { open });
    }
  });
});

describe('several chats on one page', () => {
  const servers: ChatServer[] = [];

  before(async () => {
    servers.push(await startChatServer(), await startChatServer());
  });
  beforeEach(() => resize(1024, 768));
  afterEach(unmountAll);
  after(() => Promise.all(servers.map((server) => server.dispose())));

  it('of two inboxes do not mix: neither sessions, nor events, nor what is unread', async () => {
    const [one, two] = [mount(servers[0]), mount(servers[1], { position: 'left' })];
    await Promise.all([ready(one), ready(two)]);
    const heard: string[] = [];
    one.addEventListener('chat-message', () => heard.push('one'));
    two.addEventListener('chat-message', () => heard.push('two'));
    await one.send('To the first');
    await two.send('To the second');
    expect(one.contact!.id).to.not.equal(two.contact!.id);
    expect(heard).to.deep.equal(['one', 'two']);
    await servers[1].agent.answer(two.conversations[0].id, 'From the second');
    await until(() => two.unreadCount === 1);
    expect([one.unreadCount, one.conversations.length, two.conversations.length]).to.deep.equal([0, 1, 1]);
    const [a, b] = [one, two].map((widget) => launcherOf(widget).getBoundingClientRect());
    expect(a.left >= b.right || b.left >= a.right, 'the launchers do not cover each other').to.equal(true);
  });

  it('of one inbox are one visitor’s, each with its own panel', async () => {
    const [one, two] = [mount(servers[0]), mount(servers[0], { mode: 'inline' })];
    await Promise.all([ready(one), ready(two)]);
    await until(() => two.visible);
    expect(one.visible).to.equal(false);
    await one.send('Hello from the corner');
    await until(() => two.contact?.id === one.contact!.id, 'the other one is somebody else');
    await until(() => two.conversations.length === 1);
    await one.show();
    await sees(two, 'Hello from the corner');
    await servers[0].agent.answer(one.conversations[0].id, 'Hello you two');
    await sees(one, 'Hello you two');
    await sees(two, 'Hello you two');
  });
});
