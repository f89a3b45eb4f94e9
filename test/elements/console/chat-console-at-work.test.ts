import { LIMITS } from '../../../src/api/protocol.ts';
import { expect, fixture, fixtureCleanup, html } from '@open-wc/testing';
import { untilForgotten, untilKept } from '../../api/kept-on-this-device.ts';
import { press, type } from '../../support/browser.ts';
import { all, find, sees, seesNoMore, textOf, until } from './screen.ts';
import { openFromList, World } from './world.ts';

describe('<chat-console> at work', () => {
  const world = new World();

  it('is accessible with a conversation open', async () => {
    const { id } = await world.visitor('Is this accessible?');
    const console = await world.signedIn();
    location.hash = `#/conversations/${id}`;
    await find(console, 'textarea', 'Reply');
    await expect(console).to.be.accessible();
  });

  it('shows a new conversation the moment it begins, first and unread, and counts it in the title', async () => {
    const console = await world.signedIn();
    await world.visitor('Anybody there?');
    const item = await find(console, 'nav a', /Anybody there\?/);
    expect(all(console.shadowRoot!, 'nav a')[0]).to.equal(item);
    expect(textOf(item)).to.match(/^Unknown visitor [0-9a-f]{4} .* 1 unread message$/);
    await until(() => /^\(\d+\) /.test(document.title), 'no count in the title');
    console.remove();
    expect(document.title).to.equal('Console');
  });

  it('carries words in both directions', async () => {
    const console = await world.signedIn();
    const { client, id, hears } = await world.visitor('Can you hear me?');
    await openFromList(console, 'Can you hear me');
    const reply = await find<HTMLTextAreaElement>(console, 'textarea', 'Reply');
    await until(() => reply.matches(':focus'), 'who opens a conversation can write at once');
    await type('Loud and clear');
    await press('Enter');
    await hears('Loud and clear');
    await client.send(id, 'Wonderful');
    await sees(await find(console, 'cw-console-thread'), 'Wonderful');
  });

  it('keeps in the field what is too long to be sent, and says by how much', async () => {
    const console = await world.signedIn();
    await world.visitor('Tell me everything');
    await openFromList(console, 'Tell me everything');
    const reply = await find<HTMLTextAreaElement>(console, 'textarea', 'Reply');
    await until(() => reply.matches(':focus'), 'who opens a conversation can write at once');
    reply.value = 'x'.repeat(LIMITS.textLength + 1);
    reply.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
    await sees(console, '1 character too many');
    await press('Enter');
    expect(reply.value).to.have.length(LIMITS.textLength + 1);
  });

  it('tells the visitor that an agent has read', async () => {
    const console = await world.signedIn();
    const { client, id } = await world.visitor('Read this');
    await openFromList(console, 'Read this');
    await until(
      () => (client.state.conversations.find((each) => each.id === id)?.agentReadSeq ?? 0) > 0,
      'the visitor never heard that it was read',
    );
    await seesNoMore(await find(console, 'nav a', /Read this/), 'unread');
  });

  it('shows that the visitor is writing', async () => {
    const console = await world.signedIn();
    const { client, id } = await world.visitor('Wait for it');
    await openFromList(console, 'Wait for it');
    await find(console, 'textarea', 'Reply');
    client.setTyping(id, true);
    await sees(console, 'Visitor is typing');
  });

  it('shows that the visitor has seen a reply, wherever they read it', async () => {
    const { client, id } = await world.visitor('Are you there?');
    const console = await world.signedIn();
    await openFromList(console, 'Are you there?');
    const reply = await find<HTMLTextAreaElement>(console, 'textarea', 'Reply');
    await until(() => reply.matches(':focus'), 'the reply has no focus');
    await type('I am.');
    const heard = new Promise((resolve) => client.on('message', resolve));
    await press('Enter');
    await heard;
    const thread = await find(console, 'cw-console-thread');
    await sees(thread, 'Sent');
    client.markRead(id);
    await sees(thread, 'Seen');
  });

  it('resolves, and reopens', async () => {
    const console = await world.signedIn();
    await world.visitor('Solve this');
    await openFromList(console, 'Solve this');
    (await find(console, 'button', 'Resolve')).click();
    const reopen = await find(console, 'button', 'Reopen');
    await sees(console, 'Conversation resolved');
    expect(all(console.shadowRoot!, 'nav a').map(textOf).join()).not.to.contain('Solve this');
    (await find(console, '[role="tab"]', 'Resolved')).click();
    await find(console, 'nav a', /Solve this/);
    // The entry may come before the answer to what caused it: until then a click is a double one.
    await until(() => reopen.getAttribute('aria-disabled') === 'false', 'it is still being resolved');
    reopen.click();
    await find(console, 'button', 'Resolve');
    await sees(console, 'Conversation reopened');
  });

  it('leaves a conversation to others: who has answered, and not before', async () => {
    const console = await world.signedIn();
    const { client, id } = await world.visitor('Who can help me?');
    await openFromList(console, 'Who can help me');
    const reply = await find<HTMLTextAreaElement>(console, 'textarea', 'Reply');
    const leave = 'Leave this conversation to others';
    const hasLeave = () => all(console.shadowRoot!, 'button').some((each) => each.ariaLabel === leave);
    expect(hasLeave()).to.equal(false);
    await until(() => reply.matches(':focus'), 'the reply has no focus');
    await type('A colleague can');
    await press('Enter');
    (await find(console, 'button', leave)).click();
    await sees(console, 'left the conversation');
    await until(() => !hasLeave(), 'it can still be left');
    await until(() => reply.matches(':focus'), 'the focus is lost');
    const agents = () => client.state.conversations.find((each) => each.id === id)?.agents.length;
    await until(() => agents() === 0, 'the visitor was never told');
  });

  it('says "Verified" of a customer whom the site has proven, and "Not verified" of anybody else', async () => {
    const console = await world.signedIn();
    await world.visitor('It is me', 'ada@example.com');
    await world.visitor('It is nobody');
    await openFromList(console, 'It is me');
    const thread = await find(console, 'cw-console-thread');
    await sees(thread, 'Ada');
    expect(textOf(await find(console, 'cw-verification'))).to.equal('Verified');
    await openFromList(console, 'It is nobody');
    await sees(thread, 'Unknown visitor');
    expect(textOf(await find(console, 'cw-verification'))).to.equal('Not verified');
  });

  it('shows what the site has said of a visitor, and what of it nobody has proven', async () => {
    const { client } = await world.visitor('My case is the blue one');
    await client.identify({
      visitor: { phone: '+49 30 1234', notes: 'Prefers mornings', custom: { plan: 'pro', seats: 3 } },
    });
    const console = await world.signedIn();
    await openFromList(console, 'My case is the blue one');
    const data = await find(console, 'cw-details');
    for (const words of ['Phone', '+49 30 1234', 'Prefers mornings', 'plan', 'pro', 'seats', '3'])
      await sees(data, words);
    const unproven = all(data.shadowRoot!, 'dd').filter((each) => textOf(each).includes('Not verified'));
    expect(unproven).to.have.length(4);
  });

  it('shows at once what a visitor says of themselves while it is open, in the list and in the details', async () => {
    const { client } = await world.visitor('You do not know me yet');
    const console = await world.signedIn();
    await openFromList(console, 'You do not know me yet');
    const data = await find(console, 'cw-details');
    await sees(data, 'This is the only one.');
    await client.identify({ email: 'noor@shop.example', firstName: 'Noor', visitor: { custom: { team: 'Blue' } } });
    await sees(data, /Noor noor@shop\.example/);
    await sees(data, /team Blue Not verified/);
    await find(console, 'nav a', /Noor .*You do not know me yet/);
    await client.identify({ visitor: { phone: '+49 30 1234' } });
    await sees(data, '+49 30 1234');
  });

  it('shows attributes by their names, and lets agents change them', async () => {
    const define = (body: object) => world.server.request<{ id: string }>('POST', '/v1/attributes', body);
    const defined = await Promise.all([
      define({ owner: 'contact', key: 'seats', label: 'Seats booked', type: 'number' }),
      define({ owner: 'contact', key: 'tier', label: 'Tier', type: 'list', options: ['Gold', 'Silver'] }),
      define({ owner: 'contact', key: 'score', label: 'Score', type: 'number', writers: ['api', 'visitor'] }),
      define({ owner: 'conversation', key: 'topic', label: 'Topic', type: 'string' }),
    ]);
    const { client, id } = await world.visitor('A table for two');
    await client.identify({ visitor: { custom: { seats: 2, score: 7 } } });
    const console = await world.signedIn();
    location.hash = `#/conversations/${id}`;
    const data = await find(console, 'cw-details');
    await sees(data, /Seats booked 2 Not verified/);
    const control = async <E extends HTMLElement>(label: string) =>
      (await find<HTMLLabelElement>(console, 'label', label)).control as E;
    const press = async (name: string) => (await find(console, 'button', name)).click();

    await press('Edit: Attributes of the contact');
    await find(console, 'label', 'Tier');
    expect(all(data.shadowRoot!, 'form label').map(textOf)).to.deep.equal(['Seats booked', 'Tier']);
    const seats = await control<HTMLInputElement>('Seats booked');
    await until(() => seats.matches(':focus'), 'the focus is not in the form');
    seats.select();
    await type('4');
    const tier = await control<HTMLSelectElement>('Tier');
    tier.value = 'Gold';
    tier.dispatchEvent(new Event('change'));
    await expect(data).to.be.accessible();
    await press('Save');
    await sees(data, /Seats booked 4 Tier Gold Score 7 Not verified/);
    const edit = await find(console, 'button', 'Edit: Attributes of the contact');
    await until(() => edit.matches(':focus'), 'the focus is lost');

    await press('Edit: Attributes of the conversation');
    (await control('Topic')).focus();
    await type('Tables');
    await press('Save');
    await sees(data, 'Topic Tables');
    await press('Edit: Attributes of the conversation');
    (await control('Topic')).focus();
    await press('Cancel');
    await sees(data, 'Topic Tables');
    for (const { body } of defined) await world.server.request('DELETE', `/v1/attributes/${body.id}`);
  });

  it('keeps what was begun in one conversation while another is open', async () => {
    const console = await world.signedIn();
    await world.visitor('First of two');
    await world.visitor('Second of two');
    await openFromList(console, 'First of two');
    const reply = await find<HTMLTextAreaElement>(console, 'textarea', 'Reply');
    await until(() => reply.matches(':focus'), 'the reply has no focus');
    await type('Half a sen');
    await openFromList(console, 'Second of two');
    await until(() => reply.value === '', 'the draft followed into another conversation');
    await openFromList(console, 'First of two');
    await until(() => reply.value === 'Half a sen', 'the draft is gone');
  });

  it('keeps a reply that was begun over a reload, and forgets it with signing out', async () => {
    const { id } = await world.visitor('Take your time');
    const console = await world.signedIn();
    await openFromList(console, 'Take your time');
    const reply = await find<HTMLTextAreaElement>(console, 'textarea', 'Reply');
    await until(() => reply.matches(':focus'), 'the reply has no focus');
    await type('Thinking ab');
    await untilKept('Thinking ab');
    fixtureCleanup();

    const again = await world.open();
    await sees(await find(again, 'cw-console-thread'), 'Take your time');
    const found = await find<HTMLTextAreaElement>(again, 'textarea', 'Reply');
    await until(() => found.value === 'Thinking ab', 'the draft is gone');
    (await find(again, 'button', 'Sign out')).click();
    await find(again, 'button', 'Sign in');
    await untilForgotten('Thinking ab');
    await world.signIn(again);
    location.hash = `#/conversations/${id}`;
    await sees(await find(again, 'cw-console-thread'), 'Take your time');
    expect((await find<HTMLTextAreaElement>(again, 'textarea', 'Reply')).value).to.equal('');
  });

  it('keeps what is being offered with its conversation, over Escape and a reload, until it is sent', async () => {
    const { id, client } = await world.visitor('What do you have?');
    const console = await world.signedIn();
    location.hash = `#/conversations/${id}`;
    (await find(console, 'button', 'Offer choices or a form')).click();
    const dialog = await find(console, 'dialog', /Offer choices/);
    await until(() => dialog.matches(':modal'), 'the dialog is not open');
    (await find<HTMLTextAreaElement>(console, 'dialog textarea')).focus();
    await type('This one?');
    (await find(console, 'input', 'Reply 1')).focus();
    await type('Yes please');
    await press('Escape');
    const reply = await find<HTMLTextAreaElement>(console, 'textarea', 'Reply');
    await until(() => reply.value === 'This one?', 'the words are gone');
    await untilKept('Yes please');
    fixtureCleanup();

    const again = await world.open();
    (await find(again, 'button', 'Go on with what you offer')).click();
    const choice = await find<HTMLInputElement>(again, 'input', 'Reply 1');
    expect(choice.value).to.equal('Yes please');
    choice.focus();
    await press('Enter');
    await find(again, 'button', 'Offer choices or a form');
    const offered = () =>
      client.state.threads[id]?.entries.some((entry) => entry.type === 'message' && entry.content?.type === 'replies');
    await until(offered, 'the visitor was offered nothing');
    expect((await find<HTMLTextAreaElement>(again, 'textarea', 'Reply')).value).to.equal('');
    await untilForgotten('Yes please');
  });

  it('loads older conversations while one scrolls towards them', async () => {
    const { client } = await world.visitor('Oldest of many');
    for (let n = 0; n < 60; n++) await client.send(client.startConversation(), `One of many ${n}`);
    const console = await world.signedIn();
    await find(console, 'nav a', /One of many 59/);
    expect(textOf(console)).not.to.contain('Oldest of many');
    const [scroller] = all((await find(console, 'cw-console-list')).shadowRoot!, '.scroller');
    scroller.scrollTo({ top: 1e6 });
    await sees(console, 'Oldest of many');
  });

  it('opens the same conversation after a reload, from its address', async () => {
    const { id } = await world.visitor('Bookmark me');
    await world.signedIn();
    location.hash = `#/conversations/${id}`;
    fixtureCleanup();
    const again = await world.open();
    await sees(await find(again, 'cw-console-thread'), 'Bookmark me');
    expect(location.href).not.to.match(/token|password|@/);
  });

  it('says so when an address leads nowhere, and leads back', async () => {
    const console = await world.signedIn();
    location.hash = '#/conversations/0190a000-0000-7000-8000-000000000000';
    await sees(console, 'This conversation is not here');
    (await find(console, 'button', 'Back to the conversations')).click();
    await sees(console, 'No conversation is open');
  });

  it('stays live when it is moved within the page, and comes back when it is put in again', async () => {
    const console = await world.signedIn();
    const place = await fixture<HTMLElement>(html`<main></main>`);
    place.append(console);
    await world.visitor('After the move');
    await find(console, 'nav a', /After the move/);
    console.remove();
    await Promise.resolve();
    place.append(console);
    await world.visitor('After the pause');
    await find(console, 'nav a', /After the pause/);
  });

  it('says that the server cannot be reached, and tries again when told to', async () => {
    await world.signedIn();
    fixtureCleanup();
    await world.server.kill();
    const again = await world.open();
    const button = await find(again, 'button', 'Try again');
    await sees(again, 'The server cannot be reached.');
    await world.server.restart();
    button.click();
    await find(again, 'button', 'Sign out');
  });

  it('says that the connection is lost, and goes on when the server is back', async () => {
    const console = await world.signedIn();
    await world.server.kill();
    await sees(console, 'Connection lost.');
    // What it was told last may not be so any more.
    expect((await find(console, 'button', /Not connected$/)).getAttribute('aria-disabled')).to.equal('true');
    const tryNow = await find(console, 'button', 'Try now');
    await world.server.restart();
    tryNow.click();
    await seesNoMore(console, 'Connection lost.');
    await world.visitor('After the night');
    await find(console, 'nav a', /After the night/);
  });
});
