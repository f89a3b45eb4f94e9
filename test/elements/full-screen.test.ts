import { expect } from '@open-wc/testing';
import type { ChatWidget } from '../../src/elements/chat-widget.ts';
import { hold, press, resize, type, type Phone } from '../support/browser.ts';
import { startChatServer, type ChatServer } from '../support/server.ts';
import { until } from '../support/until.ts';
import { all, find, nameOf, sees } from './console/screen.ts';
import { startLeakMeter } from './leak-meter.ts';
import { boxOf, comeToRest, dialogOf, focused, mount, next, ready, settled, unmountAll } from './widgets.ts';

const PHONE: Phone = { width: 390, height: 780, insets: { top: 47, bottom: 34 } };

describe('<chat-widget> on a phone', () => {
  let server: ChatServer;
  let isPhone = false;
  const meta = document.createElement('meta');
  meta.name = 'viewport';
  meta.content = 'width=device-width, initial-scale=1, viewport-fit=cover';

  before(async () => {
    server = await startChatServer();
  });
  beforeEach(async () => {
    // What a page says that is made for phones.
    document.head.append(meta);
    isPhone = await hold(PHONE);
    // Narrow enough.
    if (!isPhone) await resize(500, 700);
  });
  afterEach(async () => {
    await unmountAll();
    await until(() => !history.state?.chatWidget, 'an entry of the chat stayed');
    history.replaceState(null, '');
    await hold(null);
    await resize(1024, 768);
    meta.remove();
  });
  after(() => server.dispose());

  /** An open chat; the page around it is long, and scrolled. */
  async function opened(attributes: Record<string, string> = {}): Promise<ChatWidget> {
    const widget = await ready(mount(server, attributes));
    await widget.show();
    await comeToRest(widget);
    return widget;
  }

  const settings = (groups: object) => server.request('PATCH', `/v1/inboxes/${server.inbox}`, { settings: groups });
  const launcherOf = (widget: ChatWidget) => all(widget.shadowRoot!, '.launcher')[0];
  const closeOf = (widget: ChatWidget) => find<HTMLButtonElement>(widget, 'button', 'Close chat');

  /** The browser's Back or Forward. */
  async function step(way: 'back' | 'forward', isDone: () => boolean): Promise<void> {
    history[way]();
    await until(isDone, `nothing happened at ${way}`);
  }

  it('fills the screen, and nothing in it is under the notch or the round corners', async () => {
    const widget = await opened();
    const { left, top, width, height } = dialogOf(widget).getBoundingClientRect();
    expect([left, top, Math.round(width), Math.round(height)]).to.deep.equal([
      0,
      0,
      innerWidth,
      visualViewport!.height,
    ]);
    const { top: inset = 0, bottom = 0 } = isPhone ? (PHONE.insets ?? {}) : {};
    for (const control of all(dialogOf(widget), 'button, textarea')) {
      if (!control.checkVisibility()) continue;
      const box = control.getBoundingClientRect();
      expect(box.top, nameOf(control)).to.be.at.least(inset);
      expect(box.bottom, nameOf(control)).to.be.at.most(innerHeight - bottom);
    }
    await expect(widget).to.be.accessible();
  });

  it('lets no field be so small that the page would be zoomed', async function () {
    const widget = await opened();
    // A narrow window is zoomed by nobody.
    if (!isPhone) return;
    expect(getComputedStyle(await boxOf(widget)).fontSize).to.equal('16px');
  });

  it('has the page behind it inert, whatever becomes of that, and gives it back as it was', async () => {
    const page = document.createElement('main');
    page.innerHTML = '<button>Buy</button>';
    document.body.prepend(page);
    const before = document.body.outerHTML;
    const widget = await opened();
    const later = document.createElement('button');
    page.append(later);
    for (const button of [...page.querySelectorAll('button'), launcherOf(widget)]) {
      button.focus();
      expect(focused() === button, button.outerHTML).to.equal(false);
    }
    for (let n = 0; n < 12; n++) {
      await press('Tab');
      expect(page.contains(focused())).to.equal(false);
    }
    expect(page.contains(document.elementFromPoint(5, 5))).to.equal(false);
    later.remove();
    (await closeOf(widget)).click();
    await widget.hide();
    page.querySelector('button')!.focus();
    expect(focused() === page.querySelector('button')).to.equal(true);
    widget.remove();
    expect(document.body.outerHTML).to.equal(before);
    page.remove();
  });

  it('holds the page where it is, and scrolled as it was', async () => {
    const page = document.createElement('div');
    page.style.blockSize = '4000px';
    document.body.append(page);
    scrollTo({ top: 700, behavior: 'instant' });
    const root = document.documentElement;
    root.style.overflow = 'scroll';
    const widget = await opened();
    expect(getComputedStyle(root).overflowY).to.equal('hidden');
    // As iOS does for its keyboard.
    root.scrollTop = 900;
    await widget.hide();
    expect([scrollY, root.style.overflow]).to.deep.equal([700, 'scroll']);
    root.removeAttribute('style');
    await widget.show();
    await widget.hide();
    expect(root.hasAttribute('style')).to.equal(false);
    page.remove();
  });

  it('gives the focus back to where it was', async () => {
    const opener = document.createElement('button');
    document.body.prepend(opener);
    opener.focus();
    const widget = await opened();
    // On a phone the keyboard comes when it is wanted.
    expect(focused() === (isPhone ? dialogOf(widget) : await boxOf(widget))).to.equal(true);
    await widget.hide();
    expect(focused() === opener).to.equal(true);
    opener.remove();
  });

  it('keeps field and end of the conversation above the keyboard, and follows the page that it moves', async () => {
    const widget = await opened();
    for (let n = 0; n < 20; n++) await widget.send(`Line ${n}`);
    await widget.hide();
    await widget.showConversation(widget.conversations[0].id);
    await comeToRest(widget);
    const log = await find(widget, '[role=log]');
    await sees(widget, 'Line 19');
    const box = await boxOf(widget);
    box.focus();
    const viewport = visualViewport!;
    const shown = { height: 420, offsetTop: 60 };
    const whole = viewport.height;
    for (const name of ['height', 'offsetTop'] as const)
      Object.defineProperty(viewport, name, { configurable: true, get: () => shown[name] });
    try {
      viewport.dispatchEvent(new Event('resize'));
      await settled();
      const { top, bottom } = dialogOf(widget).getBoundingClientRect();
      expect([top, bottom]).to.deep.equal([60, 480]);
      expect(box.getBoundingClientRect().bottom).to.be.within(440, 480);
      await until(() => log.scrollHeight - log.scrollTop - log.clientHeight < 2, 'the end is not in sight');
      shown.height = whole;
      shown.offsetTop = 0;
      viewport.dispatchEvent(new Event('resize'));
      expect(dialogOf(widget).getBoundingClientRect().bottom).to.equal(whole);
    } finally {
      for (const name of ['height', 'offsetTop']) Reflect.deleteProperty(viewport, name);
    }
  });

  it('is a part of a larger picture for whoever zooms in', async () => {
    const widget = await opened();
    const viewport = visualViewport!;
    const before = dialogOf(widget).getBoundingClientRect().height;
    const zoomed = { height: 200, offsetTop: 300, scale: 3 };
    for (const name of ['height', 'offsetTop', 'scale'] as const)
      Object.defineProperty(viewport, name, { configurable: true, get: () => zoomed[name] });
    viewport.dispatchEvent(new Event('resize'));
    for (const name of ['height', 'offsetTop', 'scale']) Reflect.deleteProperty(viewport, name);
    const { top, height } = dialogOf(widget).getBoundingClientRect();
    expect([top, height]).to.deep.equal([0, before]);
  });

  it('is closed by Back, and opened again by Forward; the page stays', async () => {
    const { href } = location;
    history.replaceState({ router: 1 }, '');
    const widget = await opened();
    expect(history.state).to.include({ router: 1 });
    const heard: unknown[] = [];
    const router = (event: PopStateEvent) => heard.push(event.state);
    addEventListener('popstate', router);
    await step('back', () => !widget.visible);
    expect([widget.open, location.href, history.state]).to.deep.equal([false, href, { router: 1 }]);
    await until(() => focused() === launcherOf(widget), 'the focus did not come back');
    await step('forward', () => widget.visible);
    await step('back', () => !widget.visible);
    removeEventListener('popstate', router);
    expect(heard, 'nothing for the page to do').to.deep.equal([]);
  });

  it('takes its entry out of the history when it is closed otherwise', async () => {
    const { length } = history;
    const widget = await opened();
    expect(history.length).to.be.at.least(length);
    for (const close of [async () => (await closeOf(widget)).click(), () => press('Escape'), () => widget.hide()]) {
      await widget.show();
      expect(history.state).to.include({ chatWidget: true });
      await close();
      await until(() => !widget.visible && history.state === null, 'the entry stayed');
    }
    // What the page does next comes after that.
    await widget.show();
    await widget.hide();
    history.pushState({ page: 2 }, '', '#two');
    expect(history.state).to.deep.equal({ page: 2 });
    await step('back', () => history.state === null);
    expect(widget.visible).to.equal(false);
  });

  it('leaves the steps of the page’s own router alone', async () => {
    const { href } = location;
    const widget = await opened();
    // The page goes on behind the chat; then the chat is closed.
    history.pushState({ page: 'bags' }, '', '#bags');
    const heard: unknown[] = [];
    const router = (event: PopStateEvent) => heard.push(event.state);
    addEventListener('popstate', router);
    await widget.hide();
    expect(history.state).to.deep.equal({ page: 'bags' });
    await step('back', () => location.href === href);
    await until(() => heard.length === 1, 'the router heard nothing');
    expect([widget.visible, history.state?.chatWidget]).to.deep.equal([false, undefined]);
    await step('back', () => heard.length === 2);
    removeEventListener('popstate', router);
  });

  it('takes its entry out of the history when it is taken off the page: the router hears nothing of that', async () => {
    const widget = await opened();
    const heard: unknown[] = [];
    const router = (event: PopStateEvent) => heard.push(event.state);
    addEventListener('popstate', router);
    widget.remove();
    await until(() => history.state === null, 'the entry stayed');
    await settled();
    removeEventListener('popstate', router);
    expect(heard).to.deep.equal([]);
  });

  it('leaves the history alone where the page or the inbox say so, and the page has the last word', async () => {
    const shows = async (attributes: Record<string, string>) => {
      const widget = await opened(attributes);
      const isKept = history.state?.chatWidget === true;
      await widget.hide();
      widget.remove();
      return isKept;
    };
    expect(await shows({ 'back-button': 'false' })).to.equal(false);
    await settings({ behaviour: { backButton: false } });
    expect(await shows({})).to.equal(false);
    expect(await shows({ 'back-button': 'true' })).to.equal(true);
    await settings({ behaviour: { backButton: true } });
  });

  it('is as small as elsewhere where the page is not responsive', async () => {
    const widget = await opened({ responsive: 'false' });
    const { width } = dialogOf(widget).getBoundingClientRect();
    expect(width).to.be.below(innerWidth);
    expect([dialogOf(widget).matches(':modal'), history.state]).to.deep.equal([false, null]);
  });

  it('becomes a panel among others when there is room, and fills the screen again when there is none', async () => {
    await hold(null);
    await resize(500, 700);
    const widget = await opened();
    await type('half a sen');
    await resize(1024, 768);
    await until(() => !dialogOf(widget).matches(':modal'), 'it stays on the whole screen');
    await until(() => history.state === null, 'the entry stayed');
    expect(dialogOf(widget).getBoundingClientRect().width).to.equal(400);
    const box = await boxOf(widget);
    expect([box.value, focused() === box]).to.deep.equal(['half a sen', true]);
    await resize(500, 700);
    await until(() => dialogOf(widget).matches(':modal'), 'it stays small');
    expect(focused() === box).to.equal(true);
    await widget.hide();
  });

  it('is left by the browser’s own way back, and by nothing that is cancelled in it', async () => {
    const widget = await opened();
    const hidden = next(widget, 'chat-hide');
    dialogOf(widget).dispatchEvent(new Event('cancel', { cancelable: true }));
    await hidden;
    await until(() => history.state === null, 'the entry stayed');
  });

  it('leaves nothing behind: listeners, timers, entries, a page that cannot be scrolled', async () => {
    const meter = startLeakMeter();
    for (let n = 0; n < 5; n++) {
      const widget = await opened();
      if (n % 2) await widget.hide();
      widget.remove();
      await until(() => history.state === null, 'the entry stayed');
    }
    await until(
      () => !Object.keys(meter.read()).length,
      () => `left: ${JSON.stringify(meter.read())}`,
    );
    expect(getComputedStyle(document.documentElement).overflowY).to.equal('visible');
    meter.stop();
  });
});
