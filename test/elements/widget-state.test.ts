import { expect } from '@open-wc/testing';
import type { ChatWidget } from '../../src/index.ts';
import { resize } from '../support/browser.ts';
import { startChatServer, type ChatServer } from '../support/server.ts';
import { until } from '../support/until.ts';
import { find } from './console/screen.ts';
import { mount, next, ready, unmountAll } from './widgets.ts';

describe('the state of a <chat-widget>', () => {
  let server: ChatServer;

  before(async () => {
    server = await startChatServer();
  });
  beforeEach(() => resize(1024, 768));
  afterEach(unmountAll);
  after(() => server.dispose());

  /** Each state that the page hears of from now on; what it hears is so. */
  function states(widget: ChatWidget): string[] {
    const heard: string[] = [];
    widget.addEventListener('chat-state-change', ({ detail }) => {
      heard.push(detail.state);
      expect(widget.widgetState).to.equal(detail.state);
    });
    return heard;
  }

  /** Somebody who has written, and is answered while the panel is closed. */
  async function answered(): Promise<{ widget: ChatWidget; heard: string[] }> {
    const widget = await ready(mount(server));
    const heard = states(widget);
    await widget.send('Hello');
    const told = next(widget, 'chat-state-change');
    await server.agent.answer(widget.conversations[0].id, 'We mend for life.');
    await told;
    expect(heard).to.deep.equal(['unreadMessage']);
    return { widget, heard };
  }

  it('is collapsed at first, of which nobody is told, and follows the panel', async () => {
    const widget = mount(server);
    const heard = states(widget);
    await ready(widget);
    expect([widget.widgetState, ...heard]).to.deep.equal(['collapsed']);
    await widget.show();
    await until(() => heard.join() === 'expanded');
    await widget.hide();
    await until(() => heard.join() === 'expanded,collapsed');
    await widget.hide();
    expect(heard).to.deep.equal(['expanded', 'collapsed']);
  });

  it('is unreadMessage while a card shows a message, which hide() takes away', async () => {
    const { widget, heard } = await answered();
    await widget.hide();
    await until(() => heard.join() === 'unreadMessage,collapsed');
    expect([widget.visible, widget.unreadCount]).to.deep.equal([false, 1]);
  });

  it('is expanded at once where somebody takes up the message on the card, or toggles the chat', async () => {
    const { widget, heard } = await answered();
    (await find(widget, 'button', /Open the conversation/)).click();
    await until(() => heard.at(-1) === 'expanded');
    expect(heard).to.deep.equal(['unreadMessage', 'expanded']);
    await widget.hide();

    const told = next(widget, 'chat-message');
    await server.agent.answer(widget.conversations[0].id, 'For yours, too.');
    await told;
    await until(() => heard.at(-1) === 'unreadMessage');
    await widget.toggle();
    await until(() => heard.at(-1) === 'expanded');
    expect(heard.slice(2)).to.deep.equal(['collapsed', 'unreadMessage', 'expanded']);
  });
});
