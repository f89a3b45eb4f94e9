import { ContextProvider } from '@lit/context';
import { expect, nextFrame } from '@open-wc/testing';
import { ChatError } from '../../src/api/chat-error.ts';
import { applyFields } from '../../src/api/chat-state.ts';
import type { Author, MessageContent } from '../../src/api/protocol.ts';
import { clientContext } from '../../src/context/client-context.ts';
import '../../src/elements/cw-thread.ts';
import type { CwThread } from '../../src/elements/cw-thread.ts';
import { press, type } from '../support/browser.ts';
import { until } from '../support/until.ts';
import { all, find, nameOf, sees, seesNoMore, textOf } from './console/screen.ts';
import { ada, MemoryClient, visitor } from './memory-client.ts';
import { focused } from './widgets.ts';

const bot: Author = { kind: 'system', id: 'system', name: 'Makers' };

describe('What a message offers', () => {
  let stage: HTMLElement;

  beforeEach(() => {
    stage = document.createElement('div');
    stage.style.cssText = 'display:flex; flex-direction:column; width:360px; height:600px; font:15px/22px sans-serif';
    document.body.append(stage);
  });

  afterEach(() => stage.remove());

  async function setup(content: MessageContent, side: 'contact' | 'agent' = 'contact') {
    const client = new MemoryClient();
    client.says(bot, 'What can we do for you?', undefined, { content });
    new ContextProvider(stage, { context: clientContext, initialValue: client });
    const thread = document.createElement('cw-thread');
    thread.conversationId = client.conversationId;
    thread.side = side;
    stage.append(thread);
    await nextFrame();
    return { client, thread };
  }

  const names = (thread: CwThread, selector: string) => all(thread.shadowRoot!, selector).map(nameOf);

  const replies: MessageContent = {
    type: 'replies',
    replies: [
      { id: 'order', text: 'My order' },
      { id: 'other', text: 'Something else' },
    ],
  };

  it('are quick replies, of which one is said, and which are gone then', async () => {
    const { client, thread } = await setup(replies);
    await find(thread, '[role="group"]', 'Quick replies');
    expect(names(thread, '[aria-label="Quick replies"] button')).to.deep.equal(['My order', 'Something else']);
    await expect(thread).to.be.accessible();
    (await find(thread, 'button', 'My order')).click();
    expect(client.calls.sent).to.deep.equal([{ answer: { to: 'message-1', button: 'order' } }]);
    await seesNoMore(thread, 'Something else');
    await sees(thread, 'My order');
  });

  it('are quick replies, which are gone, too, when the visitor says something else', async () => {
    const { client, thread } = await setup(replies);
    await sees(thread, 'Something else');
    client.says(ada, 'Take your time');
    await sees(thread, 'Take your time');
    expect(names(thread, '[aria-label="Quick replies"] button')).to.have.length(2);
    client.says(visitor, 'Hello');
    await seesNoMore(thread, 'Something else');
  });

  it('cannot be used where nothing can be said any more', async () => {
    const { client, thread } = await setup(replies);
    const buttons = [{ id: 'a', text: 'Call me' }];
    client.says(bot, 'Or so?', undefined, { content: { type: 'buttons', buttons } });
    const fields = [{ key: 'order', label: 'Order number', type: 'text' }] as const;
    client.says(bot, 'Or like this?', undefined, { content: { type: 'form', fields } });
    await sees(thread, 'Order number');
    expect((await find<HTMLButtonElement>(thread, 'button', 'Call me')).disabled).to.equal(false);
    client.set((state) => applyFields(state, { connection: 'closed', closeReason: 'forbidden' }));
    await seesNoMore(thread, 'Something else');
    expect((await find<HTMLButtonElement>(thread, 'button', 'Call me')).disabled).to.equal(true);
    await sees(thread, 'Form: Order number');
    expect(all(thread.shadowRoot!, 'input')).to.deep.equal([]);
  });

  it('are buttons, which stay, and those with an address open it elsewhere', async () => {
    const { client, thread } = await setup({
      type: 'buttons',
      buttons: [
        { id: 'a', text: 'Call me' },
        { id: 'b', text: 'Our shop', url: 'https://shop.example/' },
        { id: 'c', text: 'Bad', url: 'javascript:alert(1)' },
      ],
    });
    (await find(thread, 'button', 'Call me')).click();
    expect(client.calls.sent).to.deep.equal([{ answer: { to: 'message-1', button: 'a' } }]);
    const link = await find<HTMLAnchorElement>(thread, 'a', 'Our shop');
    expect([link.href, link.target, link.rel]).to.deep.equal([
      'https://shop.example/',
      '_blank',
      'noopener noreferrer nofollow ugc',
    ]);
    // One sees which of them leads away.
    expect(all(thread.shadowRoot!, '.choice:has(svg)').map(nameOf)).to.deep.equal(['Our shop']);
    expect(names(thread, 'a, .message button').includes('Bad')).to.equal(false);
    await find(thread, 'button', 'Call me');
  });

  it('are cards in a list that is scrolled by keyboard, too', async () => {
    const cards = ['Courier', 'Weekender', 'Tote'].map((title, n) => ({
      title,
      text: `Bag ${n}`,
      buttons: [{ id: `b${n}`, text: `Take ${title}` }],
    }));
    const { client, thread } = await setup({ type: 'cards', cards });
    const list = await find(thread, 'ul', 'Cards');
    expect(list.querySelectorAll('li')).to.have.length(3);
    expect(list.scrollWidth).to.be.greaterThan(list.clientWidth);
    list.focus();
    expect(focused()).to.equal(list);
    await expect(thread).to.be.accessible();
    (await find(thread, 'button', 'Take Weekender')).click();
    expect(client.calls.sent).to.deep.equal([{ answer: { to: 'message-1', button: 'b1' } }]);
  });

  const form: MessageContent = {
    type: 'form',
    submit: 'Ask',
    fields: [
      { key: 'order', label: 'Order number', type: 'text', required: true },
      { key: 'gift', label: 'It is a gift', type: 'checkbox' },
    ],
  };

  it('is a form, answered once', async () => {
    const { client, thread } = await setup(form);
    await find(thread, 'cw-form', 'Form');
    await expect(thread).to.be.accessible();
    (await find(thread, 'button', 'Ask')).click();
    await sees(thread, 'Please fill this in.');
    await until(() => (focused() as HTMLInputElement)?.localName === 'input');
    await type('12-B');
    await press('Enter');
    await until(() => client.calls.sent.length);
    const values = { order: '12-B', gift: false };
    expect(client.calls.sent).to.deep.equal([{ answer: { to: 'message-1', values } }]);
    await sees(thread, 'Order number: 12-B');
    client.echo(client.state.threads[client.conversationId].pending[0].clientId);
    await sees(thread, 'Sent. Thank you.');
    expect(all(thread.shadowRoot!, 'cw-form')).to.have.length(0);
  });

  it('is a form that says what the server has refused, at its field', async () => {
    const { client, thread } = await setup(form);
    await find(thread, 'cw-form', 'Form');
    client.send = (conversationId, text, options) => {
      void MemoryClient.prototype.send.call(client, conversationId, text, options);
      return Promise.reject(new ChatError('bad_request', 'no such order', { field: '/answer/values/order' }));
    };
    (await find(thread, 'button', 'Ask')).click();
    await until(() => (focused() as HTMLInputElement)?.localName === 'input');
    await type('12-B');
    await press('Enter');
    await sees(thread, 'This was not accepted. Please check it.');
    expect(client.state.threads[client.conversationId].pending).to.deep.equal([]);
    expect((focused() as HTMLInputElement).value).to.equal('12-B');
  });

  it('is shown to agents, who cannot use it', async () => {
    const { thread } = await setup(replies, 'agent');
    const button = await find<HTMLButtonElement>(thread, 'button', 'My order');
    expect(button.disabled).to.equal(true);
    thread.remove();
    const asked = await setup(form, 'agent');
    await sees(asked.thread, 'Form: Order number and It is a gift');
    const values = { order: '12-B', gift: false };
    asked.client.says(visitor, 'Order number: 12-B', undefined, { answer: { to: 'message-1', values } });
    await sees(asked.thread, 'Answered');
    expect(textOf(asked.thread)).to.not.include('Thank you');
  });

  it('is nothing where only a newer server knows what it is', async () => {
    const { thread } = await setup({ type: 'hologram' } as unknown as MessageContent);
    await sees(thread, 'What can we do for you?');
    expect(names(thread, '.message button')).to.deep.equal(['Message actions']);
  });
});
