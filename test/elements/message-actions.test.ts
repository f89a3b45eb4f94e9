import { ContextProvider } from '@lit/context';
import { expect, nextFrame } from '@open-wc/testing';
import { ChatError } from '../../src/api/chat-error.ts';
import { applyFields } from '../../src/api/chat-state.ts';
import type { WidgetSettings } from '../../src/api/protocol.ts';
import { clientContext } from '../../src/context/client-context.ts';
import '../../src/elements/cw-composer.ts';
import type { CwComposer, CwSendEvent } from '../../src/elements/cw-composer.ts';
import '../../src/elements/cw-thread.ts';
import { press, type } from '../support/browser.ts';
import { until } from '../support/until.ts';
import { all, find, nameOf, sees, seesNoMore, textOf } from './console/screen.ts';
import { ada, MemoryClient, visitor } from './memory-client.ts';
import { focused } from './widgets.ts';

const settings: WidgetSettings = {
  appearance: { color: '#3355ff', position: 'right', teamName: 'Makers', logoUrl: '' },
  messages: { greeting: '', replyTime: '' },
  limits: { messageLength: 1_000 },
  behaviour: {
    ...{ oneAtATime: false, reopen: true, end: true, editSeconds: 900, reactions: true, emoji: true, files: true },
    ...{ sound: true, notifications: true, transcript: true, export: true, forget: true, backButton: true },
  },
};

describe('What can be done with a message', () => {
  let stage: HTMLElement;
  let screen: HTMLElement;

  beforeEach(() => {
    stage = document.createElement('div');
    stage.style.cssText = 'display:flex; flex-direction:column; width:360px; height:500px; font:15px/22px sans-serif';
    document.body.append(stage);
  });

  afterEach(() => stage.remove());

  /** A thread with the composer beside it, as in a panel; what is sent goes to the client. */
  async function setup(behaviour: Partial<NonNullable<WidgetSettings['behaviour']>> = {}, client = new MemoryClient()) {
    client.startNow();
    const all = { ...settings, behaviour: { ...settings.behaviour!, ...behaviour } };
    client.set((state) => applyFields(state, { settings: all }));
    new ContextProvider(stage, { context: clientContext, initialValue: client });
    screen = document.createElement('div');
    screen.style.cssText = 'display:contents';
    const root = screen.attachShadow({ mode: 'open' });
    const thread = document.createElement('cw-thread');
    const composer: CwComposer = document.createElement('cw-composer');
    thread.conversationId = client.conversationId;
    thread.active = true;
    composer.addEventListener('cw-send', (event) => {
      const { text, options } = event as CwSendEvent;
      void client.send(client.conversationId, text, options);
    });
    root.append(thread, composer);
    stage.append(screen);
    await nextFrame();
    return { client, thread, composer };
  }

  const article = (text: string) =>
    all(screen.shadowRoot!, '[role="article"]').find((each) => textOf(each).includes(text))!;

  /** Opens the menu of a message by pointer. */
  async function open(text: string): Promise<HTMLElement> {
    await sees(screen, text);
    article(text).querySelector<HTMLElement>('button[aria-haspopup="menu"]')!.click();
    return find(screen, '[role="menu"]');
  }

  const choose = async (name: string) => (await find(screen, '[role="menuitem"]', name)).click();
  const names = (selector: string) => all(screen.shadowRoot!, selector).map(nameOf);
  const box = (name: string) => find<HTMLTextAreaElement>(screen, 'textarea', name);

  it('offers to answer, copy and react, and with one’s own to edit and delete', async () => {
    const { client } = await setup();
    client.says(ada, 'Theirs');
    client.says(visitor, 'Mine');
    await expect(await open('Theirs')).to.be.accessible();
    expect(names('[role="menuitem"]')).to.deep.equal(['More emoji', 'Reply', 'Copy text']);
    expect(names('[role="menuitemcheckbox"]')).to.have.length(6);
    await press('Escape');
    await open('Mine');
    expect(names('[role="menuitem"]')).to.deep.equal(['More emoji', 'Reply', 'Copy text', 'Edit', 'Delete']);
  });

  it('offers no more than the inbox allows', async () => {
    const { client } = await setup({ reactions: false, editSeconds: 0 });
    client.says(visitor, 'Mine');
    await open('Mine');
    expect(names('[role="menuitem"], [role="menuitemcheckbox"]')).to.deep.equal(['Reply', 'Copy text']);
  });

  it('offers no change of what was said too long ago', async () => {
    const { client } = await setup({ editSeconds: 60 });
    client.wait(-5).says(visitor, 'Mine');
    await open('Mine');
    expect(names('[role="menuitem"]')).to.not.include('Edit');
  });

  it('opens by keyboard, is walked through with arrows, and gives the focus back', async () => {
    const { client, thread } = await setup();
    client.says(ada, 'Hello');
    await sees(screen, 'Hello');
    all(thread.shadowRoot!, '[role="log"]')[0].focus();
    await press('ArrowUp');
    expect(focused()).to.equal(article('Hello'));
    await press('Enter');
    await find(screen, '[role="menu"]');
    await until(() => focused()?.role === 'menuitemcheckbox');
    await press('End');
    expect(nameOf(focused() as HTMLElement)).to.equal('Copy text');
    await press('ArrowUp');
    expect(nameOf(focused() as HTMLElement)).to.equal('Reply');
    await press('Escape');
    expect(all(screen.shadowRoot!, '[role="menu"]')).to.have.length(0);
    expect(focused()).to.equal(article('Hello'));
    await press('Tab');
    expect(nameOf(focused() as HTMLElement)).to.equal('Message actions');
  });

  it('opens under a finger that rests, not under one that scrolls, taps, or rests on a link; nor under a mouse', async () => {
    const { client } = await setup();
    for (const text of ['Scrolled', 'Tapped', 'https://shop.example', 'Clicked', 'Pressed']) client.says(ada, text);
    await sees(screen, 'Pressed');
    // Links come with their code.
    await find(screen, '.bubble a');
    const point = (text: string, type: string, more: PointerEventInit = {}, on = '.bubble') => {
      const at = { clientX: 40, clientY: 40, pointerType: 'touch', isPrimary: true };
      const event = new PointerEvent(type, { bubbles: true, composed: true, cancelable: true, ...at, ...more });
      article(text).querySelector(on)!.dispatchEvent(event);
    };
    point('Scrolled', 'pointerdown');
    point('Scrolled', 'pointermove', { clientY: 80 });
    point('Tapped', 'pointerdown');
    point('Tapped', 'pointerup');
    point('shop.example', 'pointerdown', {}, 'a');
    point('Clicked', 'pointerdown', { pointerType: 'mouse' });
    point('Pressed', 'pointerdown');
    point('Pressed', 'pointermove', { clientY: 43 });
    // Whatever else would have opened, would have by now.
    await find(screen, '[role="menu"]');
    const opened = all<HTMLElement>(screen.shadowRoot!, '[aria-expanded="true"]');
    expect(opened.map((button) => textOf(button.closest<HTMLElement>('[role="article"]')!))).to.deep.equal(['Pressed']);
    point('Pressed', 'pointerup');
    await until(() => focused()?.role === 'menuitemcheckbox', 'the focus is not in the menu');
    expect(all(screen.shadowRoot!, '[role="menu"]')).to.have.length(1);
    await press('Escape');
    expect(focused()).to.equal(article('Pressed'));
  });

  it('leaves a finger alone that moves what is selected', async () => {
    const { client } = await setup();
    client.says(ada, 'Selected');
    client.says(ada, 'Pressed');
    await sees(screen, 'Pressed');
    const down = () =>
      new PointerEvent('pointerdown', { bubbles: true, composed: true, pointerType: 'touch', isPrimary: true });
    const outside = document.body.appendChild(document.createElement('p'));
    outside.textContent = 'Some words of the page';
    getSelection()!.selectAllChildren(outside);
    article('Selected').querySelector('.bubble')!.dispatchEvent(down());
    getSelection()!.removeAllRanges();
    outside.remove();
    article('Pressed').querySelector('.bubble')!.dispatchEvent(down());
    await find(screen, '[role="menu"]');
    const [button] = all<HTMLElement>(screen.shadowRoot!, '[aria-expanded="true"]');
    expect(textOf(button.closest<HTMLElement>('[role="article"]')!)).to.equal('Pressed');
  });

  it('closes when the pointer goes down elsewhere', async () => {
    const { client } = await setup();
    client.says(ada, 'Hello');
    await open('Hello');
    document.body.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, composed: true }));
    await until(() => !all(screen.shadowRoot!, '[role="menu"]').length);
  });

  it('answers a message: it stands above the composer, goes along, and can be called off', async () => {
    const { client } = await setup();
    client.says(ada, 'Is it the **blue** one?');
    await open('Is it the');
    await choose('Reply');
    await sees(screen, 'Reply to Ada Lovelace Is it the blue one?');
    await box('Reply to Ada Lovelace');
    await until(() => (focused() as HTMLElement)?.localName === 'textarea');
    await press('Escape');
    await seesNoMore(screen, 'Reply to Ada');
    await open('Is it the');
    await choose('Reply');
    (await find(screen, 'button', 'Cancel')).focus();
    await press('Enter');
    await seesNoMore(screen, 'Reply to Ada');
    await until(() => focused()?.localName === 'textarea', 'the focus is gone with Cancel');
    await open('Is it the');
    await choose('Reply');
    await box('Reply to Ada Lovelace');
    await type('Yes');
    await press('Enter');
    expect(client.calls.sent).to.deep.equal([{ replyTo: 'message-1' }]);
    await seesNoMore(screen, 'Reply to Ada');
    await sees(screen, 'In reply to Ada Lovelace: Is it the blue one?');
  });

  it('leads from an answer to what it answers, also when that is not loaded yet', async () => {
    const client = new MemoryClient();
    for (let n = 1; n <= 120; n++) client.wait(3).says(ada, `Message ${n}.`);
    client.says(visitor, 'About the first', undefined, { replyTo: 'message-1' });
    await setup({}, client);
    const quote = await find(screen, '[role="article"] button', /^In reply to An earlier message/);
    quote.click();
    await until(() => textOf(focused() as HTMLElement).includes('Message 1.'));
    expect(focused()?.role).to.equal('article');
  });

  it('leads there however long ago it was, stays there while others write, and back to the newest', async () => {
    const client = new MemoryClient();
    for (let n = 1; n <= 2_500; n++) client.wait(3).says(ada, `Message ${n}.`);
    client.says(visitor, 'About the tenth', undefined, { replyTo: 'message-10' });
    const { thread } = await setup({}, client);
    (await find(screen, '[role="article"] button', /^In reply to An earlier message/)).click();
    await until(() => textOf(focused() as HTMLElement).includes('Message 10.'));
    const answered = focused() as HTMLElement;
    const inView = () => {
      const [box, log] = [answered, answered.closest('[role=log]')!].map((each) => each.getBoundingClientRect());
      return answered.isConnected && box.top >= log.top && box.bottom <= log.bottom;
    };
    expect(inView()).to.equal(true);
    const { top } = answered.getBoundingClientRect();
    client.says(ada, 'Meanwhile');
    await until(() => client.state.conversations[0].lastMessage?.text === 'Meanwhile');
    await thread.updateComplete;
    expect(answered.getBoundingClientRect().top).to.equal(top);
    (await find(screen, 'button', /newest messages|new message/)).click();
    await sees(screen, 'About the tenth');
    await sees(screen, 'Meanwhile');
  });

  it('says so where what it answers is not to be found', async () => {
    const { client } = await setup();
    client.says(visitor, 'About nothing', undefined, { replyTo: 'message-99' });
    (await find(screen, '[role="article"] button', /^In reply to An earlier message/)).click();
    await find(screen, '[role="alert"]');
  });

  it('edits one’s own words in the composer while the draft waits', async () => {
    const { client, composer } = await setup();
    client.says(visitor, 'Helo');
    composer.value = 'half written';
    await open('Helo');
    await choose('Edit');
    const field = await box('Edit your message');
    await until(() => field.value === 'Helo');
    field.setSelectionRange(4, 4);
    await type('!');
    await press('Escape');
    expect((await box('Message')).value).to.equal('half written');
    await open('Helo');
    await choose('Edit');
    await box('Edit your message');
    await until(() => field.value === 'Helo');
    field.select();
    await type('Hello');
    await press('Enter');
    await until(() => article('Hello'));
    await sees(screen, 'edited');
    expect((await box('Message')).value).to.equal('half written');
    expect(composer.value).to.equal('half written');
  });

  it('keeps what was typed when an edit is refused, and says why', async () => {
    const { client } = await setup();
    client.says(visitor, 'Helo');
    await open('Helo');
    await choose('Edit');
    const field = await box('Edit your message');
    await until(() => field.value === 'Helo');
    await type(' again');
    client.refuseNext = new ChatError('forbidden', 'too late');
    await press('Enter');
    await sees(screen, 'It is too late to change this message.');
    expect(field.value).to.equal('Helo again');
  });

  it('asks before it deletes; then only the place of the message is left', async () => {
    const { client } = await setup();
    client.says(visitor, 'Never mind');
    await open('Never mind');
    await choose('Delete');
    await sees(screen, 'Delete this message for everybody?');
    await until(() => nameOf(focused() as HTMLElement) === 'Keep it');
    await press('Enter');
    await seesNoMore(screen, 'for everybody');
    await open('Never mind');
    await choose('Delete');
    await sees(screen, 'for everybody');
    await choose('Delete');
    await sees(screen, 'Message deleted');
    await seesNoMore(screen, 'Never mind');
    expect(article('Message deleted').querySelector('button')).to.equal(null);
  });

  it('says at the message what could not be done, until that is dismissed', async () => {
    const { client } = await setup();
    client.says(visitor, 'Mine');
    client.refuseNext = new ChatError('offline', 'no way');
    await open('Mine');
    (await find(screen, '[role="menuitemcheckbox"]', '👍')).click();
    await find(screen, '[role="article"] [role="alert"]', /Check your connection/);
    (await find(screen, '[role="alert"] button', 'Dismiss')).click();
    await seesNoMore(screen, 'Check your connection');
  });

  it('shows who put which emoji on a message, and takes one’s own away again', async () => {
    const { client, thread } = await setup();
    client.says(ada, 'Done!');
    client.adds({ type: 'reacted', author: ada, messageId: 'message-1', emoji: '🎉', on: true });
    client.set((state) =>
      applyFields(state, { conversations: state.conversations.map((each) => ({ ...each, agents: [ada] })) }),
    );
    const theirs = await find(screen, 'button[aria-pressed]', '🎉 1: Ada Lovelace');
    expect(theirs.getAttribute('aria-pressed')).to.equal('false');
    theirs.click();
    const both = await find(screen, 'button[aria-pressed]', '🎉 2: Ada Lovelace and You');
    expect(both.getAttribute('aria-pressed')).to.equal('true');
    await expect(thread).to.be.accessible();
    both.click();
    await find(screen, 'button[aria-pressed]', '🎉 1: Ada Lovelace');
    await open('Done!');
    (await find(screen, '[role="menuitemcheckbox"]', '👍')).click();
    await find(screen, 'button[aria-pressed]', '👍 1: You');
  });

  it('has all other emoji one step further', async () => {
    const { client } = await setup();
    client.says(ada, 'Done!');
    await open('Done!');
    await choose('More emoji');
    await until(() => nameOf(focused() as HTMLElement) === 'Search emoji');
    await expect(await find(screen, '[role="dialog"]', 'Emoji')).to.be.accessible();
    await press('Escape');
    await until(() => focused() === article('Done!'));
    await open('Done!');
    await choose('More emoji');
    await until(() => nameOf(focused() as HTMLElement) === 'Search emoji');
    await type('rocket');
    await find(screen, '[role="gridcell"]', 'rocket');
    await press('Enter');
    await find(screen, 'button[aria-pressed]', '🚀 1: You');
    await until(() => focused() === article('Done!'));
  });

  it('says whether the text was copied', async () => {
    const { client } = await setup();
    client.says(ada, 'Hello');
    await open('Hello');
    await choose('Copy text');
    await sees(screen, /Copied|could not be copied/);
  });

  it('ends with the conversation: no answer goes to another one', async () => {
    const { client, thread } = await setup();
    client.says(ada, 'Hello');
    await open('Hello');
    await choose('Reply');
    await sees(screen, 'Reply to Ada');
    thread.conversationId = '0190b000-0000-7000-8000-00000000000f';
    await seesNoMore(screen, 'Reply to Ada');
  });
});
