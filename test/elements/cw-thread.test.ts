import { ContextProvider } from '@lit/context';
import { expect, nextFrame } from '@open-wc/testing';
import { ChatError } from '../../src/api/chat-error.ts';
import { applyFields } from '../../src/api/chat-state.ts';
import { applyRead } from '../../src/api/log-state.ts';
import { clientContext } from '../../src/context/client-context.ts';
import type { CwThread } from '../../src/elements/cw-thread.ts';
import '../../src/elements/cw-thread.ts';
import { formatTime } from '../../src/text/format-time.ts';
import { press } from '../support/browser.ts';
import { all, find, sees, seesNoMore, textOf } from './console/screen.ts';
import { ada, MemoryClient, visitor } from './memory-client.ts';
import { until } from '../support/until.ts';

describe('<cw-thread>', () => {
  let stage: HTMLElement;

  beforeEach(() => {
    stage = document.createElement('div');
    stage.style.cssText = 'display:flex; flex-direction:column; width:360px; height:400px; font:15px/22px sans-serif';
    document.body.append(stage);
  });

  afterEach(() => stage.remove());

  async function setup(client = new MemoryClient(), { active = true } = {}) {
    new ContextProvider(stage, { context: clientContext, initialValue: client });
    const thread = document.createElement('cw-thread');
    thread.conversationId = client.conversationId;
    thread.active = active;
    stage.append(thread);
    await settled(thread);
    return { client, thread, log: all(thread.shadowRoot!, '[role="log"]')[0] };
  }

  /** The loads of the memory client take some microtasks, an update one more. */
  async function settled(thread: CwThread): Promise<void> {
    await nextFrame();
    await thread.updateComplete;
  }

  function talk(count: number): MemoryClient {
    const client = new MemoryClient();
    for (let n = 1; n <= count; n++) client.wait(3).says(n % 2 ? ada : visitor, `message ${n}`);
    return client;
  }

  const spoken = (thread: CwThread) => textOf(all(thread.shadowRoot!, '[role="status"]')[0]);
  const pendingOf = ({ state, conversationId }: MemoryClient) => state.threads[conversationId].pending[0];
  const message = (thread: CwThread, text: string) =>
    all(thread.shadowRoot!, '.message').find((each) => textOf(each).startsWith(text))!;

  it('is accessible, whatever it shows', async () => {
    const { client, thread } = await setup(talk(4));
    client.happens('resolved', ada);
    client.types(ada, true);
    void client.send(client.conversationId, 'On its way');
    client.refuse(client.state.threads[client.conversationId].pending[0].clientId);
    await settled(thread);
    await expect(thread).to.be.accessible();
  });

  it('says nothing about an entry that only a newer server knows', async () => {
    const client = new MemoryClient();
    client.says(ada, 'Before');
    client.happens('edit' as 'joined', ada);
    client.says(ada, 'After');
    const { log } = await setup(client);
    expect(all(log, '.event')).to.deep.equal([]);
    expect(all(log, '.message').map((each) => textOf(each.querySelector('.bubble')!))).to.deep.equal([
      'Before',
      'After',
    ]);
  });

  it('gives the messages of one author within two minutes one name and one time', async () => {
    const client = new MemoryClient();
    client.says(ada, 'One');
    client.wait(1).says(ada, 'Two');
    client.wait(5).says(ada, 'Three');
    const { thread } = await setup(client);
    const groups = all(thread.shadowRoot!, '[role="group"]').map((group) => group.getAttribute('aria-label'));
    expect(groups).to.have.length(2);
    expect(groups[0]).to.match(/^Ada Lovelace, 9:01/);
    expect(groups[1]).to.match(/^Ada Lovelace, 9:06/);
  });

  it('puts a heading between two days', async () => {
    const client = new MemoryClient();
    client.says(ada, 'Late');
    client.wait(24 * 60).says(ada, 'The day after');
    const { thread } = await setup(client);
    expect(all(thread.shadowRoot!, 'h3')).to.have.length(2);
  });

  it('says how far the last own message came: Sending…, Sent, Seen', async () => {
    const { client, thread } = await setup(talk(1));
    void client.send(client.conversationId, 'Is it in stock?');
    await sees(thread, 'Sending…');
    const { clientId } = client.state.threads[client.conversationId].pending[0];
    const bubble = message(thread, 'Is it in stock?');
    client.echo(clientId);
    await sees(thread, 'Sent');
    expect(message(thread, 'Is it in stock?'), 'the same bubble').to.equal(bubble);
    client.reads('agent', 2);
    await sees(thread, 'Seen');
    await seesNoMore(thread, 'Sent');
  });

  it('keeps a refused message with Retry and Discard', async () => {
    const { client, thread } = await setup();
    void client.send(client.conversationId, 'Hello?');
    const { clientId } = client.state.threads[client.conversationId].pending[0];
    client.refuse(clientId);
    (await find(thread, '[role="alert"] button', 'Retry')).click();
    await sees(thread, 'Sending…');
    client.refuse(clientId);
    (await find(thread, '[role="alert"] button', 'Discard')).click();
    await seesNoMore(thread, 'Hello?');
  });

  it('says why a message was not sent that would have to wait for long, and when it can be', async () => {
    const { client, thread } = await setup();
    const tomorrow = new Date();
    tomorrow.setDate(tomorrow.getDate() + 1);
    const error = { code: 'rate_limited', message: 'rule conversationsPerDay' } as const;
    const time = formatTime(tomorrow.getTime(), 'en');
    for (const [start, sentence] of [
      [true, `Not sent. You can start another conversation tomorrow at ${time}.`],
      [undefined, `Not sent. You can write again tomorrow at ${time}.`],
    ] as const) {
      void client.send(client.conversationId, 'Hello?');
      const { clientId } = client.state.threads[client.conversationId].pending[0];
      client.refuse(clientId, { error, start, until: tomorrow.getTime() });
      await sees(thread, sentence);
      // By then there is nothing to wait for.
      client.refuse(clientId, { error, start, until: Date.now() - 1 });
      await seesNoMore(thread, 'tomorrow');
      await sees(thread, 'Not sent');
      (await find(thread, '[role="alert"] button', 'Discard')).click();
      await seesNoMore(thread, 'Not sent');
    }
  });

  it('says until when messages wait of which there were too many at once', async () => {
    const { client, thread } = await setup();
    void client.send(client.conversationId, 'One');
    const { clientId } = client.state.threads[client.conversationId].pending[0];
    client.postpone(clientId, Date.now() - 1);
    await sees(thread, 'Sending…');
    const until = Date.now() + 40_000;
    client.postpone(clientId, until);
    void client.send(client.conversationId, 'Two');
    await sees(thread, `Waiting its turn: goes out at ${new Date(until).toLocaleTimeString('en')}.`);
    await seesNoMore(thread, 'Sending…');
    await expect(thread).to.be.accessible();
  });

  it('says that the server cannot keep a message now, and names no hour', async () => {
    const { client, thread } = await setup();
    void client.send(client.conversationId, 'One');
    const { clientId } = client.state.threads[client.conversationId].pending[0];
    client.postpone(clientId, Date.now() + 3_000, { code: 'unavailable', message: 'no database' });
    await sees(thread, 'Not saved yet. Trying again…');
    expect(textOf(thread)).to.not.match(/goes out|Sending/);
    // Also while the next attempt is under way.
    client.postpone(clientId, Date.now() - 1, { code: 'unavailable', message: 'no database' });
    await settled(thread);
    expect(textOf(thread)).to.include('Not saved yet. Trying again…');
    client.echo(clientId);
    await seesNoMore(thread, 'Not saved yet');
  });

  it('opens at the newest message and stays there while the reader is there', async () => {
    const { client, thread, log } = await setup(talk(30));
    const below = () => log.scrollHeight - log.scrollTop - log.clientHeight;
    expect(below()).to.be.lessThan(2);
    client.says(ada, 'A new one');
    await sees(thread, 'A new one');
    expect(below()).to.be.lessThan(2);
  });

  it('stays at the end when its room becomes smaller', async () => {
    const { log } = await setup(talk(30));
    stage.style.height = '250px';
    await until(() => log.clientHeight < 300 && log.scrollHeight - log.scrollTop - log.clientHeight < 2);
  });

  it('lets a reader who scrolled up read on, and counts what came meanwhile', async () => {
    const { client, thread, log } = await setup(talk(30));
    log.scrollTop -= 600;
    await find(thread, 'button', 'Jump to the newest messages');
    const { scrollTop } = log;
    client.says(ada, 'First');
    client.says(ada, 'Second');
    const jump = await find(thread, 'button', '2 new messages');
    expect(log.scrollTop).to.equal(scrollTop);
    jump.click();
    await until(() => log.scrollHeight - log.scrollTop - log.clientHeight < 2);
    await until(() => !all(thread.shadowRoot!, '.newest').length);
  });

  it('goes to the end when the reader says something', async () => {
    const { client, log } = await setup(talk(30));
    log.scrollTop = 0;
    await nextFrame();
    void client.send(client.conversationId, 'Here I am');
    await until(() => log.scrollHeight - log.scrollTop - log.clientHeight < 2);
  });

  it('loads older pages when the top comes near, and keeps every word where it was', async () => {
    const { client, thread, log } = await setup(talk(120));
    expect(all(thread.shadowRoot!, '.message')).to.have.length(50);
    client.held = true;
    log.scrollTop = 0;
    await until(() => client.calls.loadOlder === 1);
    await settled(thread);
    const topOf = () => message(thread, 'message 71').getBoundingClientRect().top;
    const before = topOf();
    client.release();
    await until(() => message(thread, 'message 21'), 'the older page never came');
    expect(Math.abs(topOf() - before)).to.be.lessThan(1);
    expect(client.calls.loadOlder).to.equal(1);
  });

  it('shows a bounded window of a long conversation, and finds back to its newest message', async () => {
    const { client, thread, log } = await setup(talk(1_000));
    for (let pages = 1; pages <= 5; pages++) {
      log.scrollTop = 0;
      await until(() => client.calls.loadOlder >= pages && !client.state.threads[client.conversationId].loading);
      await settled(thread);
    }
    expect(all(thread.shadowRoot!, '.message').length).to.be.at.most(200);
    expect(client.state.threads[client.conversationId].hasNewer).to.equal(true);
    (await find(thread, 'button', 'Jump to the newest messages')).click();
    await until(() => message(thread, 'message 1000'));
    await until(() => log.scrollHeight - log.scrollTop - log.clientHeight < 2);
  });

  it('says aloud what others write from now on: no history, no echo', async () => {
    const { client, thread } = await setup(talk(4));
    expect(spoken(thread)).to.equal('');
    void client.send(client.conversationId, 'My own');
    client.echo(client.state.threads[client.conversationId].pending[0].clientId);
    client.says(ada, 'Good news');
    await sees(thread, 'Good news');
    expect(spoken(thread)).to.equal('Ada Lovelace: Good news');
    expect(all(thread.shadowRoot!, '[role="log"]')[0].getAttribute('aria-live')).to.equal('off');
  });

  it('says in one line that much came at once, as after a lost connection', async () => {
    const { client, thread } = await setup(talk(4));
    for (let each = 1; each <= 24; each++) client.says(ada, `missed ${each}`);
    await sees(thread, 'missed 24');
    expect(spoken(thread)).to.equal('24 new messages');
    client.says(ada, 'And one more');
    await sees(thread, 'And one more');
    expect(spoken(thread)).to.equal('Ada Lovelace: And one more');
  });

  it('shows grey bubbles while the first page is on its way, and what to do when it does not come', async () => {
    const client = talk(2);
    client.held = true;
    client.failNext = new ChatError('offline', 'no way');
    const { thread } = await setup(client);
    expect(textOf(thread)).to.include('Loading…');
    client.release();
    const again = await find(thread, '[role="alert"] button', 'Try again');
    again.click();
    await sees(thread, 'message 2');
  });

  it('loads by itself what failed while there was no connection', async () => {
    const client = talk(2);
    client.failNext = new ChatError('offline', 'no way');
    client.set((state) => applyFields(state, { connection: 'waiting' }));
    const { thread } = await setup(client);
    await sees(thread, 'could not be loaded');
    client.set((state) => applyFields(state, { connection: 'open' }));
    await sees(thread, 'message 2');
  });

  it('names who is writing, until they have written', async () => {
    const { client, thread } = await setup(talk(1));
    client.types(ada, true);
    await sees(thread, 'Ada Lovelace is typing');
    client.says(ada, 'Done');
    await seesNoMore(thread, 'is typing');
  });

  it('marks as read what a person sees, and nothing else', async () => {
    const hidden = await setup(talk(3), { active: false });
    expect(hidden.client.calls.markRead).to.equal(0);
    hidden.thread.active = true;
    await settled(hidden.thread);
    expect(hidden.client.calls.markRead).to.be.greaterThan(0);
    hidden.thread.remove();

    const long = await setup(talk(30));
    long.log.scrollTop = 0;
    await find(long.thread, 'button', 'Jump to the newest messages');
    const before = long.client.calls.markRead;
    long.client.says(ada, 'Far below');
    await find(long.thread, 'button', '1 new message');
    expect(long.client.calls.markRead).to.equal(before);
  });

  it('lets arrow keys walk through the messages and shows the exact time of the one in focus', async () => {
    const { thread, log } = await setup(talk(3));
    log.focus();
    await press('ArrowUp');
    expect(textOf(thread.shadowRoot!.activeElement as HTMLElement)).to.include('message 3');
    await press('ArrowUp');
    const second = thread.shadowRoot!.activeElement as HTMLElement;
    expect(textOf(second)).to.include('message 2');
    expect(getComputedStyle(second.querySelector('time')!).visibility).to.equal('visible');
    await press('End');
    expect(textOf(thread.shadowRoot!.activeElement as HTMLElement)).to.include('message 3');
  });

  it('makes links that tell nothing and hide nothing [hostile 55] [hostile 56]', async () => {
    const client = new MemoryClient();
    client.says(ada, 'See https://bank.example@evil.example/x and javascript:alert(1)');
    const { thread } = await setup(client);
    const link = await find<HTMLAnchorElement>(thread, 'a');
    expect(all(thread.shadowRoot!, 'a')).to.deep.equal([link]);
    expect(link.rel).to.equal('noopener noreferrer nofollow ugc');
    expect(link.target).to.equal('_blank');
    expect(textOf(thread)).to.include('leads to evil.example');
  });

  it('shows markup as what it means, and never as HTML [hostile 55]', async () => {
    const client = new MemoryClient();
    client.says(ada, '**Two** of _them_, `<img src=x onerror=alert(1)>`\n- [one](https://a.example)\n- two\n\n> said');
    const { thread } = await setup(client);
    const bubble = await find(thread, '.bubble:has(ul)');
    expect(bubble.querySelector('strong')?.innerText).to.equal('Two');
    expect(bubble.querySelector('em')?.innerText).to.equal('them');
    expect(bubble.querySelector('code')?.innerText).to.equal('<img src=x onerror=alert(1)>');
    expect(bubble.querySelector('blockquote')?.innerText).to.equal('said');
    expect([...bubble.querySelectorAll('li')].map((item) => item.innerText)).to.deep.equal([
      'one (leads to a.example)',
      'two',
    ]);
    expect(bubble.querySelector('img')).to.equal(null);
    await expect(thread).to.be.accessible();
  });

  it('shows a plain text to the letter', async () => {
    const client = new MemoryClient();
    const text = '  a <b>b</b>\n\n   c & d';
    client.says(ada, text);
    const { log } = await setup(client);
    expect(log.querySelector('.bubble')?.textContent).to.equal(text);
  });

  it('says who left and how the conversation was rated', async () => {
    const client = talk(2);
    client.happens('left', ada);
    client.adds({ type: 'rated', author: visitor, score: 4 });
    const { thread } = await setup(client);
    await sees(thread, 'Ada Lovelace left the conversation');
    await sees(thread, 'You rated this conversation: 4 of 5');
    thread.side = 'agent';
    await sees(thread, 'Grace rated this conversation: 4 of 5');
  });

  it('shows both sides what was said with the rating, as it was written', async () => {
    const client = talk(2);
    const comment = `<b>Quick</b>,\n\nand kind. ${'so'.repeat(200)}`;
    client.adds({ type: 'rated', author: visitor, score: 4, comment });
    const { thread, log } = await setup(client);
    for (const side of ['contact', 'agent'] as const) {
      thread.side = side;
      await thread.updateComplete;
      const [quote] = all(log, 'blockquote');
      expect(quote?.textContent).to.equal(comment);
      expect(quote.innerText).to.contain('\n\n');
    }
    expect(log.scrollWidth).to.equal(log.clientWidth);
    await expect(thread).to.be.accessible();
  });

  it('marks where the reader has not read yet, until they say something', async () => {
    const client = talk(6);
    client.set((state) =>
      applyRead(state, 'contact', { conversationId: client.conversationId, by: 'contact', seq: 4 }),
    );
    const { thread } = await setup(client);
    const line = await find(thread, '[role="separator"]');
    expect(textOf(line)).to.equal('New');
    const follows = (text: string) =>
      Boolean(line.compareDocumentPosition(message(thread, text)) & Node.DOCUMENT_POSITION_FOLLOWING);
    expect([follows('message 4'), follows('message 5')]).to.deep.equal([false, true]);
    client.says(ada, 'While they look');
    await sees(thread, 'While they look');
    expect(all(thread.shadowRoot!, '[role="separator"]')).to.have.length(1);
    void client.send(client.conversationId, 'Thanks');
    await until(() => !all(thread.shadowRoot!, '[role="separator"]').length);
  });

  it('marks what came while the tab was hidden', async () => {
    const client = talk(6);
    const { conversationId } = client;
    const reads = (seq: number) =>
      client.set((state) => applyRead(state, 'contact', { conversationId, by: 'contact', seq }));
    reads(6);
    const { thread } = await setup(client);
    const marks = () => all(thread.shadowRoot!, '[role="separator"]').length;
    const show = (state: DocumentVisibilityState) => {
      Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state });
      document.dispatchEvent(new Event('visibilitychange'));
    };
    try {
      show('hidden');
      client.types(ada, true);
      await settled(thread);
      expect(marks()).to.equal(0);
      client.says(ada, 'Are you there?');
      await sees(thread, 'Are you there?');
      show('visible');
      reads(7);
      client.says(ada, 'There you are');
      await sees(thread, 'There you are');
      const line = await find(thread, '[role="separator"]');
      expect(line.compareDocumentPosition(message(thread, 'Are you there?'))).to.equal(
        Node.DOCUMENT_POSITION_FOLLOWING,
      );
      expect(line.compareDocumentPosition(message(thread, 'message 6'))).to.equal(Node.DOCUMENT_POSITION_PRECEDING);
      expect(marks()).to.equal(1);
    } finally {
      Reflect.deleteProperty(document, 'visibilityState');
    }
  });

  it('marks nothing where all is read', async () => {
    const client = talk(6);
    client.set((state) =>
      applyRead(state, 'contact', { conversationId: client.conversationId, by: 'contact', seq: 6 }),
    );
    const { thread } = await setup(client);
    client.says(ada, 'While they look');
    await sees(thread, 'While they look');
    expect(all(thread.shadowRoot!, '[role="separator"]')).to.have.length(0);
  });

  it('says Sent and Seen with icons where the inbox wants that', async () => {
    const client = talk(1);
    const appearance = { color: '#3355ff', position: 'right', teamName: '', logoUrl: '', textStatuses: false } as const;
    const settings = { appearance, messages: { greeting: '', replyTime: '' }, limits: { messageLength: 100 } };
    client.set((state) => applyFields(state, { settings }));
    client.says(visitor, 'Hello');
    const { thread } = await setup(client);
    await find(thread, '[role="img"]', 'Sent');
    void client.send(client.conversationId, 'Still there?');
    await find(thread, '[role="img"]', 'Sending…');
    expect(textOf(thread)).to.not.include('Sending');
    client.postpone(pendingOf(client).clientId, Date.now() + 60_000);
    await sees(thread, 'Waiting its turn');
    client.echo(pendingOf(client).clientId);
    client.reads('agent', 3);
    await find(thread, '[role="img"]', 'Seen');
    await expect(thread).to.be.accessible();
  });

  it('keeps the focus in the log when what had it goes', async () => {
    const { client, thread, log } = await setup(talk(30));
    log.scrollTop -= 600;
    (await find(thread, 'button', 'Jump to the newest messages')).focus();
    await press('Enter');
    await until(() => thread.shadowRoot!.activeElement === log, 'the focus is gone with the button');
    for (const [name, text] of [
      ['Retry', 'one'],
      ['Discard', 'two'],
    ] as const) {
      void client.send(client.conversationId, text);
      client.refuse(pendingOf(client).clientId);
      (await find(thread, 'button', name)).focus();
      await press('Enter');
      await until(() => thread.shadowRoot!.activeElement === log, `the focus is gone with ${name}`);
      client.discard(pendingOf(client)?.clientId ?? '');
    }
  });

  it('casts a shadow from above only while something is scrolled away there', async () => {
    const { thread, log } = await setup(talk(30));
    const shadow = () => getComputedStyle(thread, '::before').opacity;
    await until(() => shadow() === '1', 'no shadow at the end of a long thread');
    log.scrollTop = 0;
    await until(() => shadow() === '0', 'a shadow at the very beginning');
  });

  it('does not count, say aloud or name what was taken back', async () => {
    const { client, thread, log } = await setup(talk(30));
    log.scrollTop -= 600;
    await find(thread, 'button', 'Jump to the newest messages');
    client.says(ada, 'First');
    const { id } = client.says(ada, 'Second');
    await find(thread, 'button', '2 new messages');
    client.adds({ type: 'deleted', author: ada, messageId: id });
    await find(thread, 'button', '1 new message');
  });

  it('stays at the end when what is in it grows by itself', async () => {
    const { thread, log } = await setup(talk(30));
    message(thread, 'message 30').style.paddingBlockEnd = '200px';
    await until(() => log.scrollHeight - log.scrollTop - log.clientHeight < 2);
  });

  it('shows another conversation when it is given one', async () => {
    const { client, thread } = await setup(talk(2));
    thread.conversationId = '0190b000-0000-7000-8000-00000000000f';
    await until(() => client.calls.open === 2);
    thread.conversationId = client.conversationId;
    await sees(thread, 'message 2');
  });

  it('stops listening when it is gone, and goes on when it comes back', async () => {
    const { client, thread } = await setup(talk(2));
    const listeners = client.listeners;
    thread.remove();
    expect(client.listeners).to.equal(0);
    stage.append(thread);
    expect(client.listeners).to.equal(listeners);
    client.says(ada, 'Still there');
    await sees(thread, 'Still there');
  });
});
