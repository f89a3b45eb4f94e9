import { expect } from '@open-wc/testing';
import type { ChatWidget } from '../../src/elements/chat-widget.ts';
import { startChatServer, type ChatServer } from '../support/server.ts';
import { until } from '../support/until.ts';
import { launcherOf, mount, ready, settled, unmountAll } from './widgets.ts';

describe('a chat that begins when its page wants it', () => {
  let server: ChatServer;

  before(async () => {
    server = await startChatServer();
  });
  afterEach(unmountAll);
  after(() => server?.dispose());

  const isThere = (widget: ChatWidget) => launcherOf(widget)?.checkVisibility() === true;
  /** What was asked of the chat server so far. */
  const requests = () => performance.getEntriesByType('resource').filter(({ name }) => name.startsWith(server.url));
  const kept = async () => [...Object.keys(localStorage), ...(await indexedDB.databases()).map(({ name }) => name)];

  it('by itself requests nothing and keeps nothing until somebody wants to chat', async () => {
    const [asked, before] = [requests().length, await kept()];
    const widget = await ready(mount(server));
    await settled();
    expect([isThere(widget), widget.online]).to.deep.equal([true, undefined]);
    expect(requests()).to.have.length(asked);
    expect(await kept()).to.deep.equal(before);
    await widget.show();
    await until(() => requests().length > asked);
  });

  it('manual: is not there until that is taken away', async () => {
    const widget = mount(server, { load: 'manual', 'load-delay': '' });
    let told = 0;
    widget.addEventListener('chat-ready', () => told++);
    await settled();
    expect([isThere(widget), widget.ready, told]).to.deep.equal([false, false, 0]);
    widget.removeAttribute('load');
    await ready(widget);
    await until(() => isThere(widget));
    expect(told).to.equal(1);
  });

  it('manual: begins when it is opened', async () => {
    const widget = mount(server, { load: 'manual' });
    await widget.show();
    expect(widget.visible).to.equal(true);
  });

  it('manual: not even a session that is kept, or somebody who is named, makes it begin', async () => {
    const asked = requests().length;
    mount(server, { load: 'manual', email: 'ada@shop.example', session: 'auto', open: '' });
    await settled();
    expect(requests()).to.have.length(asked);
  });

  it('event: begins at the event of its page, or the browser’s own when that has been', async () => {
    const widget = mount(server, { load: 'event', 'load-event': 'cookies-accepted', 'load-delay': '600000' });
    await settled();
    expect(isThere(widget)).to.equal(false);
    // Its code may still be on its way, and hears nothing.
    await until(() => {
      dispatchEvent(new Event('cookies-accepted'));
      return isThere(widget);
    });
    const other = mount(server, { load: 'event', 'load-delay': '600000' });
    await until(() => isThere(other));
  });

  it('idle: begins when the browser has time', async () => {
    const widget = mount(server, { load: 'idle', 'load-delay': '600000' });
    await until(() => isThere(widget));
  });

  it('visible: a box of the page begins when it comes into view', async () => {
    const spacer = document.createElement('div');
    spacer.style.blockSize = '5000px';
    document.body.append(spacer);
    const widget = mount(server, { mode: 'inline', load: 'visible' });
    widget.style.blockSize = '500px';
    await until(() => widget.getBoundingClientRect().height === 500);
    await settled();
    expect([widget.ready, widget.visible]).to.deep.equal([false, false]);
    widget.scrollIntoView();
    await until(() => widget.visible);
    spacer.remove();
  });

  it('begins after the delay at the latest', async () => {
    const widget = mount(server, { load: 'event', 'load-event': 'never', 'load-delay': '50' });
    await until(() => isThere(widget));
  });

  it('idle: does not begin any more when the page has changed its mind', async () => {
    const widget = mount(server, { load: 'idle', 'load-delay': '600000' });
    const { requestIdleCallback } = globalThis;
    let idle: (() => void) | undefined;
    Object.assign(globalThis, { requestIdleCallback: (callback: () => void) => (idle = callback) });
    try {
      await until(() => idle, 'it does not wait for idle time');
      widget.load = 'manual';
      await settled();
      idle!();
      await settled();
      expect([isThere(widget), widget.ready]).to.deep.equal([false, false]);
    } finally {
      Object.assign(globalThis, { requestIdleCallback });
    }
  });

  it('does not begin any more when it is gone', async () => {
    const widget = mount(server, { load: 'event', 'load-event': 'late-event', 'load-delay': '600000' });
    await settled();
    widget.remove();
    await settled();
    dispatchEvent(new Event('late-event'));
    await settled();
    expect(widget.ready).to.equal(false);
  });
});
