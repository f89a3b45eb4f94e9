import { expect } from '@open-wc/testing';
import type { ChatError } from '../../src/api/chat-error.ts';
import { press, type } from '../support/browser.ts';
import { startChatServer, type ChatServer } from '../support/server.ts';
import { boxOf, dialogOf, mount, next, ready, record, settled, unmountAll } from './widgets.ts';
import { sees, textOf } from './console/screen.ts';
import { until } from '../support/until.ts';

describe("<chat-widget>'s events and methods", () => {
  let server: ChatServer;

  before(async () => {
    server = await startChatServer();
  });

  afterEach(unmountAll);
  after(() => server?.dispose());

  /** The visitor's newest conversation, as agents see it. */
  const newest = async () => (await server.agent.conversations())[0];

  it('chat-ready comes once, without any act of the visitor, and nothing was asked or kept for it', async () => {
    const requests = performance.getEntriesByType('resource').length;
    const widget = mount(server);
    const events = record(widget, 'chat-ready');
    await ready(widget);
    await settled();
    expect(events.map((event) => event.detail as unknown)).to.deep.equal([{}]);
    const own = performance.getEntriesByType('resource').slice(requests);
    expect(own.filter(({ name }) => name.startsWith(server.url))).to.deep.equal([]);
    expect(localStorage).to.have.length(0);
    expect(widget.booted).to.equal(false);
  });

  it('chat-ready names the visitor when there is a session', async () => {
    const email = 'ready@example.com';
    const widget = mount(server, { email, 'auth-token': await server.sign(email) });
    const { detail } = await next(widget, 'chat-ready');
    expect(detail.visitorId).to.equal(widget.contact!.id);
    expect(widget.booted).to.equal(true);
  });

  it('chat-show and chat-hide come once for each time', async () => {
    const widget = await ready(mount(server));
    const events = record(widget, 'chat-show', 'chat-hide');
    await Promise.all([widget.show(), widget.show()]);
    await widget.show();
    await Promise.all([widget.hide(), widget.hide()]);
    await widget.toggle();
    await widget.toggle();
    expect(events.map(({ type }) => type)).to.deep.equal(['chat-show', 'chat-hide', 'chat-show', 'chat-hide']);
  });

  it('a panel that is closed before it came fires nothing', async () => {
    const widget = await ready(mount(server));
    const events = record(widget, 'chat-show', 'chat-hide');
    const shown = widget.show();
    await widget.hide();
    await shown;
    await settled();
    expect(events).to.deep.equal([]);
    expect(widget.visible).to.equal(false);
  });

  it('a panel that is closed before it came fires nothing for a visitor who is known, either', async () => {
    const email = 'hasty@example.com';
    const widget = await ready(mount(server, { email, 'auth-token': await server.sign(email) }));
    const events = record(widget, 'chat-show', 'chat-hide');
    const shown = widget.show();
    // Its code is on its way by then.
    await widget.updateComplete;
    await widget.hide();
    await shown;
    await settled();
    expect(events).to.deep.equal([]);
    expect(widget.visible).to.equal(false);
  });

  it('a panel that is closed while it is being painted never tells of its end before its beginning', async () => {
    const widget = await ready(mount(server));
    await widget.show();
    await widget.hide();
    const events = record(widget, 'chat-show', 'chat-hide');
    const panel = widget.shadowRoot!.querySelector('cw-panel')!;
    const painted = new Promise<void>((resolve) => {
      new MutationObserver((_, observer) => {
        observer.disconnect();
        resolve(widget.hide());
      }).observe(panel, { attributes: true, attributeFilter: ['open'] });
    });
    await widget.show();
    await painted;
    await settled();
    expect(events).to.deep.equal([]);
    expect(widget.visible).to.equal(false);
  });

  it('chat-start and chat-message tell what was stored, each once, never history', async () => {
    const widget = await ready(mount(server));
    const events = record(widget, 'chat-start', 'chat-message');
    const sent = await widget.send('Hello');
    expect(events.map(({ type }) => type).sort()).to.deep.equal(['chat-message', 'chat-start']);
    const start = events.find(({ type }) => type === 'chat-start')!;
    expect(start.detail).to.deep.equal({ visitorId: widget.contact!.id, conversationId: sent.conversationId });
    const answered = next(widget, 'chat-message');
    await server.agent.answer(sent.conversationId, 'Hi');
    const { detail } = await answered;
    expect([detail.message.text, detail.own]).to.deep.equal(['Hi', false]);
    await widget.send('Thanks');
    expect(events.filter(({ type }) => type === 'chat-start')).to.have.length(1);
    expect(widget.conversations).to.have.length(1);

    widget.remove();
    const again = mount(server);
    const later = record(again, 'chat-message');
    await until(() => again.conversations.length === 1, 'the kept session was not resumed');
    await again.show();
    await settled();
    expect(later).to.deep.equal([]);
  });

  it('unread-change counts messages and conversations', async () => {
    const widget = await ready(mount(server));
    const { conversationId } = await widget.send('Hello');
    const events = record(widget, 'unread-change');
    const changed = next(widget, 'unread-change');
    await server.agent.answer(conversationId, 'One');
    await changed;
    await server.agent.answer(conversationId, 'Two');
    await until(() => widget.unreadCount === 2);
    expect(events.map((event) => event.detail as unknown)).to.deep.equal([
      { messages: 1, conversations: 1 },
      { messages: 2, conversations: 1 },
    ]);
    expect(widget.unreadConversations).to.equal(1);
  });

  it('bubble out of every shadow tree, so that a page can listen on document', async () => {
    const heard: EventTarget[] = [];
    const listen = (event: Event) => heard.push(event.target!);
    document.addEventListener('chat-ready', listen);
    const widget = await ready(mount(server));
    document.removeEventListener('chat-ready', listen);
    expect(heard).to.deep.equal([widget]);
  });

  it('identify() resolves with the contact and fires chat-identify', async () => {
    const email = 'ada@example.com';
    const widget = await ready(mount(server));
    const events = record(widget, 'chat-identify', 'chat-error');
    const contact = await widget.identify({ email, authToken: await server.sign(email), firstName: 'Ada' });
    expect(contact).to.include({ email, name: 'Ada', verification: 'verified' });
    expect(events.map(({ type }) => type)).to.deep.equal(['chat-identify']);
    expect(widget.email).to.equal(email);
  });

  it('identify() with a wrong proof rejects, tells the page once, and shows nobody’s history', async () => {
    const email = 'secret@example.com';
    const owner = await ready(mount(server, { email, 'auth-token': await server.sign(email) }));
    await owner.send('My secret');
    await owner.logout();
    await unmountAll();

    const widget = await ready(mount(server));
    const errors = record(widget, 'chat-error');
    const wrong = await widget.identify({ email, authToken: '00'.repeat(32) }).catch((error: ChatError) => error);
    expect((wrong as ChatError).code).to.equal('invalid_proof');
    expect(errors.map(({ detail }) => (detail as ChatError).code)).to.deep.equal(['invalid_proof']);
    expect(widget.conversations).to.deep.equal([]);
    expect(widget.contact?.verification).to.not.equal('verified');
  });

  it('chat-error says, once, that nothing can be kept on this device; the chat goes on', async () => {
    const open = Object.getOwnPropertyDescriptor(IDBFactory.prototype, 'open')!;
    IDBFactory.prototype.open = () => {
      throw new DOMException('not here', 'SecurityError');
    };
    try {
      const widget = mount(server);
      const errors = record(widget, 'chat-error');
      await ready(widget);
      const { conversationId } = await widget.send('First');
      await widget.send('Second');
      await widget.showConversation(conversationId);
      await sees(widget, 'Second');
      expect(errors.map(({ detail }) => (detail as ChatError).code)).to.deep.equal(['not_saved']);
      expect(textOf(widget)).to.include('First');
    } finally {
      Object.defineProperty(IDBFactory.prototype, 'open', open);
    }
  });

  it('showConversation() takes an id or a number of the visitor’s own, and nobody else’s [hostile 47]', async () => {
    const other = await ready(mount(server));
    const { conversationId: foreign } = await other.send('Mine');
    await unmountAll();

    const widget = await ready(mount(server));
    const { conversationId } = await widget.send('Hello');
    const errors = record(widget, 'chat-error');
    for (const id of [foreign, '0190a000-0000-7000-8000-000000000000', 999_999]) {
      const refused = await widget.showConversation(id).catch((error: ChatError) => error);
      expect((refused as ChatError).code, String(id)).to.equal('not_found');
    }
    expect(errors).to.have.length(3);
    expect(dialogOf(widget)).to.equal(undefined);

    const { number } = widget.conversations[0];
    await widget.showConversation(number);
    expect(widget.visible).to.equal(true);
    const later = await widget.send('To the one on screen');
    expect(later.conversationId).to.equal(conversationId);
  });

  it('send() goes into the newest open conversation, and into a new one when that is resolved', async () => {
    const widget = await ready(mount(server));
    const first = await widget.send('First');
    const second = await widget.send('Second');
    expect(second.conversationId).to.equal(first.conversationId);
    await server.agent.resolve((await newest()).id);
    await until(() => widget.conversations[0]?.state === 'resolved');
    const third = await widget.send('Third');
    expect(third.conversationId).to.not.equal(first.conversationId);
  });

  it('logout() leaves no contact, no conversation, no count and no draft', async () => {
    const email = 'leaver@example.com';
    const widget = await ready(mount(server, { email, 'auth-token': await server.sign(email) }));
    const { conversationId } = await widget.send('Hello');
    await server.agent.answer(conversationId, 'Hi');
    await until(() => widget.unreadCount === 1);
    await widget.logout();
    expect(widget.contact).to.equal(null);
    expect(widget.conversations).to.deep.equal([]);
    expect(widget.unreadCount).to.equal(0);
    expect(widget.email).to.equal('');
    await settled();
    expect(widget.contact, 'and nobody is signed in again').to.equal(null);
  });

  it('the next visitor of the device finds no word of the one before', async () => {
    const [one, two] = ['first@example.com', 'second@example.com'];
    const widget = await ready(mount(server, { email: one, 'auth-token': await server.sign(one) }));
    await widget.show();
    await type('Something private');
    await press('Enter');
    await sees(widget, 'Sent');
    await type('half a sen');
    const authToken = await server.sign(two);
    await widget.identify({ email: two, authToken });
    await settled();
    expect(widget.contact?.email).to.equal(two);
    expect(textOf(widget)).to.not.include('private');
    expect((await boxOf(widget)).value).to.equal('');
  });

  it('a method of an element that is not in the document rejects, and says nothing', async () => {
    const widget = document.createElement('chat-widget');
    const errors = record(widget, 'chat-error');
    const refused = await widget.send('Hello').catch((error: ChatError) => error);
    expect((refused as ChatError).code).to.equal('closed');
    expect(errors).to.deep.equal([]);
  });
});
