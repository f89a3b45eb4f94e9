import { expect } from '@open-wc/testing';
import type { ChatWidget } from '../../src/elements/chat-widget.ts';
import { press, type } from '../support/browser.ts';
import { startChatServer, type ChatServer } from '../support/server.ts';
import { until } from '../support/until.ts';
import { all, find, nameOf, sees, seesNoMore } from './console/screen.ts';
import { comeToRest, focused, mount, ready, unmountAll } from './widgets.ts';

describe('the question how a conversation was', () => {
  let server: ChatServer;

  before(async () => {
    server = await startChatServer();
  });
  afterEach(unmountAll);
  after(() => server?.dispose());

  /** Somebody whose conversation an agent has just closed. */
  async function closed(): Promise<ChatWidget> {
    const widget = await ready(mount(server));
    await widget.show();
    await type('Hello');
    await press('Enter');
    await sees(widget, 'Sent');
    await resolve(widget);
    await sees(widget, 'How was this conversation?');
    return widget;
  }
  async function resolve(widget: ChatWidget): Promise<void> {
    await server.agent.resolve(widget.conversations[0].id);
  }
  const stars = (widget: ChatWidget) => all<HTMLInputElement>(widget.shadowRoot!, 'input[type=radio]');
  const rated = async () => {
    const [{ id }] = await server.agent.conversations();
    const entries = await server.agent.entries(id);
    return entries.filter((entry) => entry.type === 'rated').map(({ score, comment }) => ({ score, comment }));
  };

  it('is answered by keyboard, with words if one likes', async () => {
    const widget = await closed();
    await comeToRest(widget);
    await expect(widget).to.be.accessible();
    expect(stars(widget).map((star) => star.ariaLabel)).to.deep.equal(['Bad', 'Not so good', 'Okay', 'Good', 'Great']);
    stars(widget)[3].focus();
    await press(' ');
    await press('ArrowRight');
    await sees(widget, 'Would you like to say more?');
    (await find<HTMLTextAreaElement>(widget, 'textarea.area')).focus();
    await type('Quick and kind.');
    await comeToRest(widget);
    await expect(widget).to.be.accessible();
    (await find(widget, 'button.primary', 'Send')).click();
    await sees(widget, 'Thank you for telling us.');
    expect(await rated()).to.deep.equal([{ score: 5, comment: 'Quick and kind.' }]);
    await seesNoMore(widget, 'How was this conversation?');
  });

  it('leaves the focus where one goes on writing, also when the thread tells it before the answer does', async () => {
    const widget = await closed();
    const { fetch } = window;
    window.fetch = async (input, init) => {
      const answer = await fetch(input, init);
      if (String(input).endsWith('/rating')) await sees(widget, 'You rated this conversation');
      return answer;
    };
    try {
      stars(widget)[3].focus();
      await press(' ');
      (await find(widget, 'button.primary', 'Send')).focus();
      await press('Enter');
      await sees(widget, 'Thank you for telling us.');
    } finally {
      window.fetch = fetch;
    }
    const box = await find(widget, 'textarea', 'Message');
    await until(
      () => focused() === box,
      () => `the focus is on ${focused()?.outerHTML.slice(0, 80)}`,
    );
    await press('Escape');
    await until(() => !widget.visible, 'Escape does not close the panel');
  });

  it('stands alone: who could be reached comes after it, unless somebody is at that already', async () => {
    const widget = await closed();
    const offers = () =>
      all(widget.shadowRoot!, 'button').filter((each) => /e-mail/.test(nameOf(each)) && each.checkVisibility());
    expect(offers()).to.deep.equal([]);
    stars(widget)[4].click();
    (await find(widget, 'button.primary', 'Send')).click();
    await sees(widget, 'Thank you');
    (await find(widget, 'button', 'Leave your e-mail')).click();
    await until(() => focused()?.matches('input[type=email]') === true, 'the field has not the focus');
    await type('ada@');
    const [{ id }] = widget.conversations;
    await server.request('PATCH', `/v1/conversations/${id}`, { state: 'open' });
    await resolve(widget);
    await until(() => stars(widget).length, 'nothing is asked');
    expect(stars(widget).some((star) => star.checkVisibility())).to.equal(false);
    (await find(widget, 'button', 'Not now')).click();
    await until(() => stars(widget)[0]?.checkVisibility(), 'the question did not come back');
    expect(offers()).to.deep.equal([]);
  });

  it('is asked again only when the conversation was closed again', async () => {
    const widget = await closed();
    stars(widget)[0].click();
    (await find(widget, 'button.primary', 'Send')).click();
    await until(async () => (await rated()).length === 1);
    await sees(widget, 'Thank you');
    (await find<HTMLTextAreaElement>(widget, 'textarea', 'Message')).focus();
    await type('One more thing');
    await press('Enter');
    await seesNoMore(widget, 'Thank you');
    await resolve(widget);
    await sees(widget, 'How was this conversation?');
  });

  it('need not be answered, and is not asked again then', async () => {
    const widget = await closed();
    (await find(widget, 'button', 'Not now')).focus();
    await press('Enter');
    await seesNoMore(widget, 'How was this conversation?');
    await until(() => focused()?.localName === 'textarea', 'the focus is gone with the question');
    widget.remove();
    await Promise.resolve();
    const again = await ready(mount(server));
    await again.show();
    (await find(again, 'button', /Hello/)).click();
    await find(again, '[role=log]');
    await sees(again, 'Conversation resolved');
    expect(stars(again)).to.deep.equal([]);
    expect(await rated()).to.deep.equal([]);
  });
});
