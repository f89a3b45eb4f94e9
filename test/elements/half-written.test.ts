import { expect } from '@open-wc/testing';
import type { FormField } from '../../src/api/protocol.ts';
import type { ChatWidget } from '../../src/elements/chat-widget.ts';
import { untilForgotten, untilKept } from '../api/kept-on-this-device.ts';
import { press, resize, type } from '../support/browser.ts';
import { startChatServer, type ChatServer } from '../support/server.ts';
import { until } from '../support/until.ts';
import { all, find, nameOf, sees, seesNoMore } from './console/screen.ts';
import { boxOf, focusedBox, mount, ready, settled, unmountAll } from './widgets.ts';

const FIELDS: readonly FormField[] = [
  { key: 'order', label: 'Order number', type: 'text', required: true },
  { key: 'gift', label: 'It is a gift', type: 'checkbox' },
  { key: 'topic', label: 'About', type: 'list', options: ['Bags', 'Repairs'] },
];

describe('what a visitor has begun with a message or a form', () => {
  let server: ChatServer;

  before(async () => {
    server = await startChatServer();
  });
  beforeEach(() => resize(1024, 768));
  afterEach(async () => {
    await unmountAll();
    await server.request('PATCH', '/v1/inboxes/demo', { settings: { forms: null } });
  });
  after(() => server?.dispose());

  async function opened(): Promise<ChatWidget> {
    const widget = await ready(mount(server));
    await widget.show();
    return widget;
  }

  /** The same page after a reload, as far as a chat can tell. */
  async function reloaded(widget: ChatWidget): Promise<ChatWidget> {
    widget.remove();
    await settled();
    return opened();
  }

  /** Somebody who has said something, with the answer they got. */
  async function talking(answer: object = { text: 'Which one?' }): Promise<ChatWidget> {
    const widget = await opened();
    await focusedBox(widget);
    await type('Do you mend bags?');
    await press('Enter');
    await sees(widget, 'Sent');
    const [{ id }] = widget.conversations;
    const { status } = await server.request('POST', `/v1/conversations/${id}/messages`, answer);
    expect(status).to.equal(201);
    await sees(widget, 'Which one?');
    return widget;
  }

  async function act(widget: ChatWidget, on: string, action: string): Promise<void> {
    await find(widget, '[role="article"]', new RegExp(on));
    const message = all(widget.shadowRoot!, '[role="article"]').find((each) => nameOf(each).includes(on))!;
    message.querySelector<HTMLElement>('button[aria-haspopup="menu"]')!.click();
    (await find(widget, '[role="menuitem"]', action)).click();
  }

  const box = (widget: ChatWidget, name: string) => find<HTMLTextAreaElement>(widget, 'textarea', name);
  const back = async (widget: ChatWidget) => {
    (await find(widget, 'button', /^Back/)).click();
    await find(widget, 'button', /Which one|Do you mend/);
  };
  const again = async (widget: ChatWidget) => (await find(widget, 'button', /Which one|Do you mend/)).click();
  const field = (widget: ChatWidget, name: string) => {
    const label = all<HTMLLabelElement>(widget.shadowRoot!, 'label').find((each) => nameOf(each).startsWith(name))!;
    return (label.getRootNode() as ShadowRoot).querySelector<HTMLInputElement>(`#${label.htmlFor}`)!;
  };
  const holds = (widget: ChatWidget, name: string, value: unknown) =>
    until(
      () => {
        const input = field(widget, name);
        return (input.type === 'checkbox' ? input.checked : input.value) === value;
      },
      `${name} is not ${String(value)}`,
    );
  const choose = (input: HTMLInputElement, value: string) => {
    input.value = value;
    input.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
  };

  it('goes on with the change of a message where it was left, beside the draft, until it is called off', async () => {
    const first = await talking();
    await focusedBox(first);
    await type('A draft');
    await act(first, 'Do you mend', 'Edit');
    const edit = await box(first, 'Edit your message');
    await until(() => edit.value === 'Do you mend bags?');
    edit.select();
    await type('Do you mend bags and belts?');
    await back(first);
    expect((await boxOf(first)).value, 'on the home screen').to.equal('');
    await again(first);
    await until(async () => (await box(first, 'Edit your message')).value === 'Do you mend bags and belts?');

    await untilKept('bags and belts', 'A draft');
    const second = await reloaded(first);
    const found = await box(second, 'Edit your message');
    expect(found.value).to.equal('Do you mend bags and belts?');
    await act(second, 'Which one', 'Copy text');
    expect((await box(second, 'Edit your message')).value, 'after something else').to.equal(found.value);
    found.focus();
    await press('Escape');
    await until(async () => (await boxOf(second)).value === 'A draft', 'the draft did not come back');
    await untilForgotten('bags and belts');
  });

  it('forgets a change that was saved', async () => {
    const widget = await talking();
    await act(widget, 'Do you mend', 'Edit');
    const edit = await box(widget, 'Edit your message');
    edit.select();
    await type('Do you mend belts?');
    await untilKept('Do you mend belts?');
    await press('Enter');
    await sees(widget, 'edited');
    await boxOf(widget);
    await back(widget);
    await again(widget);
    await sees(widget, 'edited');
    expect((await boxOf(widget)).value).to.equal('');
  });

  it('still answers the message that was to be answered', async () => {
    const first = await talking();
    await act(first, 'Which one', 'Reply');
    await find(first, 'textarea', /^Reply to/);
    await type('The blue one');
    await untilKept('The blue one');
    const second = await reloaded(first);
    const found = await find<HTMLTextAreaElement>(second, 'textarea', /^Reply to/);
    expect(found.value).to.equal('The blue one');
    found.focus();
    await press('Enter');
    await sees(second, 'In reply to');
    await untilForgotten(' draft task ');
    const third = await reloaded(second);
    await sees(third, 'The blue one');
    expect((await boxOf(third)).value).to.equal('');
  });

  it('finds a form that comes before the first message as it was, but for the consent', async () => {
    const preChat = FIELDS;
    for (const [index, type] of ['string', 'boolean', 'list'].entries()) {
      const { key, label, options } = FIELDS[index]!;
      await server.request('POST', '/v1/attributes', { owner: 'contact', key, label, type, options });
    }
    await server.request('PATCH', '/v1/inboxes/demo', { settings: { forms: { preChat, consent: 'I agree.' } } });
    const first = await opened();
    (await find(first, 'button', 'Start a conversation')).click();
    await find(first, 'input');
    choose(field(first, 'Order number'), '4711-B ');
    field(first, 'It is a gift').click();
    choose(field(first, 'About'), 'Repairs');
    field(first, 'I agree').click();
    (await find(first, 'button', /^Back/)).click();
    (await find(first, 'button', 'Start a conversation')).click();
    await find(first, 'input');
    await holds(first, 'Order number', '4711-B ');

    await untilKept('Repairs');
    const second = await reloaded(first);
    (await find(second, 'button', 'Start a conversation')).click();
    await find(second, 'input');
    await holds(second, 'Order number', '4711-B ');
    await holds(second, 'It is a gift', true);
    await holds(second, 'About', 'Repairs');
    await holds(second, 'I agree', false);
    field(second, 'I agree').click();
    (await find(second, 'button', 'Continue')).click();
    await boxOf(second);
    await untilForgotten('Repairs');
  });

  it('finds the form in a message as it was, until it is sent', async () => {
    const first = await talking({ text: 'Which one?', content: { type: 'form', fields: FIELDS } });
    await find(first, 'input');
    choose(field(first, 'Order number'), '4712-C');
    await untilKept('4712-C');
    await back(first);
    await again(first);
    await find(first, 'input');
    await holds(first, 'Order number', '4712-C');
    const second = await reloaded(first);
    await find(second, 'input');
    await holds(second, 'Order number', '4712-C');
    (await find(second, '.form button, button.primary', 'Send')).click();
    await sees(second, 'Sent. Thank you.');
    await untilForgotten('4712-C');
  });

  it('finds stars and words about a conversation as they were', async () => {
    const first = await talking();
    await server.agent.resolve(first.conversations[0].id);
    (await find<HTMLInputElement>(first, 'input[type=radio][value="4"]')).click();
    (await find(first, 'textarea.area')).focus();
    await type('Quick and kind.');
    await untilKept('Quick and kind.');
    const second = await reloaded(first);
    await again(second);
    const words = await find<HTMLTextAreaElement>(second, 'textarea.area');
    expect(words.value).to.equal('Quick and kind.');
    (await find(second, 'button.primary', 'Send')).click();
    await sees(second, 'Thank you for telling us.');
    await untilForgotten('Quick and kind.');
    await seesNoMore(second, 'Would you like to say more?');
  });
});
