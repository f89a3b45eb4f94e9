import { expect } from '@open-wc/testing';
import type { ChatWidget } from '../../src/index.ts';
import '../../src/index.ts';
import { createLauncher } from '../../src/launcher.ts';
import { startChatServer, type ChatServer } from '../support/server.ts';
import { next, settled, unmountAll } from './widgets.ts';

describe('<chat-widget> in whose place a launcher was painted', () => {
  let server: ChatServer;

  before(async () => {
    server = await startChatServer();
  });
  afterEach(unmountAll);
  after(() => server.dispose());

  /** As the loader leaves a tag: painted, and the page was told that the chat can be used. */
  function painted(): { widget: ChatWidget; button: HTMLButtonElement } {
    const elsewhere = document.implementation.createHTMLDocument();
    const widget = elsewhere.createElement('chat-widget');
    widget.setAttribute('server', server.url);
    widget.setAttribute('inbox', server.inbox);
    const { layer, button } = createLauncher();
    layer.toggleAttribute('data-ready');
    widget.attachShadow({ mode: 'open' }).append(layer);
    return { widget, button };
  }

  it('goes on with that button, and does not say again that it can be used', async () => {
    const { widget, button } = painted();
    let told = 0;
    widget.addEventListener('chat-ready', () => told++);
    document.body.append(widget);
    await settled();
    expect([...widget.shadowRoot!.querySelectorAll('.launcher')].map((each) => each === button)).to.deep.equal([true]);
    expect([widget.ready, told]).to.deep.equal([true, 0]);
    widget.remove();
  });

  it('says it anew when it comes back to the page', async () => {
    const { widget } = painted();
    document.body.append(widget);
    await settled();
    widget.remove();
    await settled();
    const ready = next(widget, 'chat-ready');
    document.body.append(widget);
    await ready;
    expect(widget.ready).to.equal(true);
    widget.remove();
  });
});
