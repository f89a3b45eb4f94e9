import { expect } from '@open-wc/testing';
import type { ChatWidget } from '../../src/elements/chat-widget.ts';
import { untilForgotten, untilKept } from '../api/kept-on-this-device.ts';
import { press, type } from '../support/browser.ts';
import { startChatServer, type ChatServer } from '../support/server.ts';
import { until } from '../support/until.ts';
import { find, sees } from './console/screen.ts';
import { boxOf, mount, ready, settled, unmountAll } from './widgets.ts';

describe('what a visitor has half written in <chat-widget>', () => {
  let server: ChatServer;

  before(async () => {
    server = await startChatServer();
  });
  afterEach(unmountAll);
  after(() => server.dispose());

  /** A page whose panel is open. */
  async function opened(attributes: Record<string, string> = {}): Promise<ChatWidget> {
    const widget = await ready(mount(server, attributes));
    await widget.show();
    return widget;
  }

  /** The same page after a reload, as far as a chat can tell. */
  async function reloaded(widget: ChatWidget, attributes: Record<string, string> = {}): Promise<ChatWidget> {
    widget.remove();
    await settled();
    return opened(attributes);
  }

  const holds = async (widget: ChatWidget, text: string) => {
    const box = await boxOf(widget);
    await until(() => box.value === text, `the box does not hold "${text}"`);
  };

  it('is in the box of the home screen after a reload, and gone when it was sent', async () => {
    const first = await opened();
    await type('Do you ship');
    await untilKept('Do you ship');

    const second = await reloaded(first);
    await holds(second, 'Do you ship');
    await type(' to Norway?');
    await press('Enter');
    await sees(second, 'Sent');
    await holds(second, '');
    await untilForgotten('Norway');

    const third = await reloaded(second);
    await sees(third, 'Do you ship to Norway?');
    await holds(third, '');
  });

  it('stands in two tabs, and is gone in both when it is sent in one: nobody sends it twice', async () => {
    await opened();
    await type('Do you ship to Norway?');
    await untilKept('Norway');
    const [other, writer] = [await opened(), await opened()];
    for (const each of [other, writer]) await holds(each, 'Do you ship to Norway?');
    await press('Enter');
    await sees(writer, 'Sent');
    for (const each of [other, writer]) await holds(each, '');
  });

  it('stands in two tabs, and is gone in both when it is completed in one and sent', async () => {
    await opened();
    await type('Do you ship');
    await untilKept('Do you ship');
    const [other, writer] = [await opened(), await opened()];
    for (const each of [other, writer]) await holds(each, 'Do you ship');
    await type(' to Norway?');
    await press('Enter');
    await sees(writer, 'Sent');
    for (const each of [other, writer]) await holds(each, '');
    await sees(writer, 'Do you ship to Norway?');
  });

  it('is in the box of its conversation, and in no other', async () => {
    const first = await opened();
    await type('Hello');
    await press('Enter');
    await sees(first, 'Sent');
    await type('And one mo');
    await untilKept('And one mo');

    const second = await reloaded(first);
    await sees(second, 'Hello');
    await holds(second, 'And one mo');
    (await find(second, 'button', /^Back/)).click();
    await holds(second, '');
  });

  it('gives way to no text that the page offers, which itself is not kept', async () => {
    const first = await opened({ message: 'About order 12: ' });
    await holds(first, 'About order 12: ');
    const second = await reloaded(first);
    await holds(second, '');
    await type('Written');
    await untilKept('Written');
    const third = await reloaded(second, { message: 'About order 12: ' });
    await holds(third, 'Written');
  });

  it('is not shown to whoever comes next [hostile 35]', async () => {
    const identityOf = async (email: string) => ({ email, 'auth-token': await server.sign(email) });
    const ada = await identityOf('ada@half.example');
    const first = await opened(ada);
    await type('Ada’s secret');
    await untilKept('Ada’s secret');
    const second = await reloaded(first, await identityOf('grace@half.example'));
    await holds(second, '');
    await untilForgotten('Ada’s secret');
    const third = await reloaded(second, ada);
    await holds(third, '');
    expect(third.contact?.email).to.equal('ada@half.example');
  });
});
