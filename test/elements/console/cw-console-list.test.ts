import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import type { Author } from '../../../src/api/protocol.ts';
import '../../../src/elements/console/cw-console-list.ts';
import type { CwConsoleList } from '../../../src/elements/console/cw-console-list.ts';
import { press } from '../../support/browser.ts';
import { conversation } from './conversations.ts';

async function setup(properties: Partial<CwConsoleList> = {}) {
  const conversations = [1, 2, 3].map((n) => conversation(n));
  const list = await fixture<CwConsoleList>(
    html`<cw-console-list style="block-size: 400px" .conversations=${conversations}></cw-console-list>`,
  );
  Object.assign(list, properties);
  await list.updateComplete;
  const items = () => [...list.shadowRoot!.querySelectorAll('a')];
  const focused = () => items().indexOf(list.shadowRoot!.activeElement as HTMLAnchorElement);
  return { list, items, focused };
}

/** What is read of an item, as one line. */
function wordsOf(item: HTMLElement | undefined): string {
  const copy = item!.cloneNode(true) as HTMLElement;
  for (const decoration of copy.querySelectorAll('[aria-hidden="true"]')) decoration.remove();
  return copy.textContent.replace(/\s+/g, ' ').trim();
}

describe('<cw-console-list>', () => {
  it('is accessible with conversations, while loading, when empty and when it failed', async () => {
    const { list } = await setup();
    list.conversations = [conversation(1, { unread: 2 }), conversation(2)];
    list.current = conversation(2).id;
    await list.updateComplete;
    await expect(list).to.be.accessible();
    for (const state of [
      { conversations: [], more: true, loading: true },
      { loading: false, more: false },
      { failed: true },
    ]) {
      Object.assign(list, state);
      await list.updateComplete;
      await expect(list).to.be.accessible();
    }
  });

  it('shows who, the last words and when, and who is proven', async () => {
    const contact = { id: 'c1', number: 1, name: 'Ada', email: 'ada@example.com', verification: 'verified' } as const;
    const { items } = await setup({ conversations: [conversation(1, { contact, verification: 'verified' })] });
    expect(wordsOf(items()[0])).to.match(/^Ada ?, Verified .*\d.* Words of 1$/);
  });

  it('calls a contact without name and address "Unknown visitor" with a short id', async () => {
    const contact = { ...conversation(7).contact, id: '0190a000-0000-7000-8000-00000000beef', name: null };
    const { items } = await setup({ conversations: [conversation(7, { contact })] });
    expect(wordsOf(items()[0])).to.match(/^Unknown visitor beef /);
  });

  it('says whose the last words were when an agent said them', async () => {
    const said = (id: string, author: Partial<Author> = {}) => {
      const { lastMessage } = conversation(1);
      return conversation(1, {
        lastMessage: { ...lastMessage!, text: 'Hello', author: { kind: 'agent', id, name: 'Sam', ...author } },
      });
    };
    const { list, items } = await setup({ agentId: 'me', conversations: [said('me')] });
    expect(wordsOf(items()[0])).to.match(/You: Hello$/);
    list.conversations = [said('other')];
    await list.updateComplete;
    expect(wordsOf(items()[0])).to.match(/Sam: Hello$/);
    list.conversations = [said('system', { kind: 'system', name: 'Support' })];
    await list.updateComplete;
    expect(wordsOf(items()[0])).to.match(/Support: Hello$/);
  });

  it('marks what is unread by weight and a dot, and says how much it is', async () => {
    const { items } = await setup({ conversations: [conversation(1, { unread: 2 }), conversation(2)] });
    const weight = (item: HTMLElement | undefined) =>
      Number(getComputedStyle(item!.querySelector('.name')!).fontWeight);
    expect(wordsOf(items()[0])).to.contain('2 unread messages');
    expect(wordsOf(items()[1])).not.to.contain('unread');
    expect(weight(items()[0])).to.be.above(weight(items()[1]));
    expect(items().map((item) => item.querySelectorAll('.dot').length)).to.deep.equal([1, 0]);
  });

  it('is one stop for Tab; the arrow keys, Home and End move inside', async () => {
    const { items, focused } = await setup();
    expect(items().map((item) => item.tabIndex)).to.deep.equal([0, -1, -1]);
    items()[0].focus();
    await press('ArrowDown');
    expect(focused()).to.equal(1);
    await press('End');
    expect(focused()).to.equal(2);
    await press('ArrowDown');
    expect(focused()).to.equal(2);
    await press('Home');
    await press('ArrowDown');
    await press('ArrowUp');
    expect(focused()).to.equal(0);
  });

  it('leads to a conversation by its address when Enter is pressed', async () => {
    const { items } = await setup();
    items()[0].focus();
    await press('ArrowDown');
    const arrived = oneEvent(window, 'hashchange');
    await press('Enter');
    await arrived;
    expect(location.hash).to.equal(`#/conversations/${conversation(2).id}`);
  });

  it('says which conversation is open, and Tab comes back to that one', async () => {
    const { items } = await setup({ current: conversation(3).id });
    expect(items().map((item) => item.getAttribute('aria-current'))).to.deep.equal([null, null, 'true']);
    expect(items().map((item) => item.tabIndex)).to.deep.equal([-1, -1, 0]);
  });

  it('takes the focus with its heading while there is no conversation yet', async () => {
    const { list } = await setup({ conversations: [], more: true, loading: true });
    list.focus();
    expect(list.shadowRoot!.activeElement?.textContent).to.equal('Open');
  });

  it('keeps the focus with a conversation that others overtake, and with one that overtakes', async () => {
    const { list, items, focused } = await setup();
    items()[1].focus();
    list.conversations = [conversation(3), conversation(1), conversation(2)];
    await list.updateComplete;
    expect(focused()).to.equal(2);
    list.conversations = [conversation(2), conversation(3), conversation(1)];
    await list.updateComplete;
    expect(focused()).to.equal(0);
  });

  it('asks for more when its end comes into sight, and again when the next page leaves it there', async () => {
    const { list } = await setup({ conversations: Array.from({ length: 30 }, (_, n) => conversation(n)), more: true });
    const asked = oneEvent(list, 'cw-more');
    list.shadowRoot!.querySelector('.scroller')!.scrollTo({ top: 1e6 });
    await asked;
    list.loading = true;
    await list.updateComplete;
    const again = oneEvent(list, 'cw-more');
    list.loading = false;
    await again;
  });

  it('says what to do when there is nothing, and when it could not be loaded', async () => {
    const { list } = await setup({ conversations: [] });
    expect(list.shadowRoot!.textContent).to.contain('All answered');
    list.view = 'resolved';
    await list.updateComplete;
    expect(list.shadowRoot!.textContent).to.contain('Nothing resolved yet');
    list.failed = true;
    await list.updateComplete;
    expect(list.shadowRoot!.querySelector('[role="alert"]')!.textContent).to.contain('could not be loaded');
    const asked = oneEvent(list, 'cw-more');
    list.shadowRoot!.querySelector<HTMLButtonElement>('[role="alert"] button')!.click();
    await asked;
  });
});
