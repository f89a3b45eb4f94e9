import { expect } from '@open-wc/testing';
import type { ChatWidget } from '../../src/elements/chat-widget.ts';
import { press, resize, type } from '../support/browser.ts';
import { startChatServer, type ChatServer } from '../support/server.ts';
import { until } from '../support/until.ts';
import { sees } from './console/screen.ts';
import { boxOf, dialogOf, focused, ready, unmountAll } from './widgets.ts';

describe("<chat-widget> inside another element's shadow root", () => {
  let server: ChatServer;

  before(async () => {
    server = await startChatServer();
  });
  beforeEach(() => resize(1024, 768));
  afterEach(unmountAll);
  after(() => server.dispose());

  it('opens, converses and closes, and the page hears all of it', async () => {
    const host = document.createElement('div');
    // What the page's own elements do to their inside does not reach the chat.
    host.attachShadow({ mode: 'open' }).innerHTML = '<style>* { font-size: 40px }</style><button>Help</button>';
    const [opener] = host.shadowRoot!.querySelectorAll('button');
    const widget: ChatWidget = document.createElement('chat-widget');
    Object.assign(widget, { server: server.url, inbox: server.inbox });
    host.shadowRoot!.append(widget);
    const heard: string[] = [];
    const names = ['chat-ready', 'chat-show', 'chat-start', 'chat-message', 'chat-hide'];
    const listen = (event: Event) => heard.push(event.type);
    for (const name of names) document.addEventListener(name, listen);
    document.body.append(host);
    await ready(widget);
    await widget.show();
    const box = await boxOf(widget);
    expect(getComputedStyle(box).fontSize).to.equal('15px');
    await until(() => focused() === box, 'the focus is elsewhere');
    await type('From within');
    await press('Enter');
    await sees(widget, 'Sent');
    await until(
      () => heard.includes('chat-message'),
      () => heard.join(),
    );
    await press('Escape');
    await until(() => !dialogOf(widget).checkVisibility({ visibilityProperty: true }), 'it stays');
    expect(new Set(heard)).to.deep.equal(new Set(names));
    opener.focus();
    expect(focused() === opener).to.equal(true);
    for (const name of names) document.removeEventListener(name, listen);
    host.remove();
  });
});
