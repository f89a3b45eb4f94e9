import { expect } from '@open-wc/testing';
import { html, LitElement } from 'lit';
import { SessionController, type SessionControllerOptions } from '../../src/controllers/session-controller.ts';
import { startChatServer, type ChatServer } from '../support/server.ts';
import { mount, ready, settled, unmountAll } from '../elements/widgets.ts';
import { until } from '../support/until.ts';

class ChatLamp extends LitElement {
  renders = 0;
  chat!: SessionController;

  protected override render() {
    this.renders++;
    const { ready: isReady, visible, contact, unreadCount, unreadConversations } = this.chat;
    return html`${isReady ? 'ready' : 'not ready'}, ${visible ? 'visible' : 'hidden'}, ${contact?.name ?? 'nobody'},
    ${unreadCount}/${unreadConversations}`;
  }
}
customElements.define('test-chat-lamp', ChatLamp);

describe('SessionController', () => {
  let server: ChatServer;

  before(async () => {
    server = await startChatServer();
  });

  afterEach(async () => {
    for (const lamp of document.querySelectorAll('test-chat-lamp')) lamp.remove();
    await unmountAll();
  });
  after(() => server?.dispose());

  function lamp(options?: SessionControllerOptions): ChatLamp {
    const element = document.createElement('test-chat-lamp') as ChatLamp;
    element.chat = new SessionController(element, options);
    return element;
  }

  const says = (element: ChatLamp) => element.shadowRoot!.textContent.replace(/\s+/g, ' ').trim();
  const shows = (element: ChatLamp, text: string) =>
    until(() => says(element) === text, `it does not say "${text}"`).catch((error: Error) => {
      throw new Error(`${error.message} but "${says(element)}"`);
    });

  it('has nothing to tell while there is no widget', async () => {
    const element = lamp({ widget: '#none' });
    document.body.append(element);
    await element.updateComplete;
    expect(says(element)).to.equal('not ready, hidden, nobody, 0/0');
    expect(element.chat.booted).to.equal(false);
  });

  for (const [way, make] of Object.entries({
    'an element': (widget: HTMLElement) => lamp({ widget }),
    'a selector': () => lamp({ widget: 'chat-widget' }),
  })) {
    it(`follows a widget that ${way} names`, async () => {
      const widget = await ready(mount(server, { 'first-name': 'Ada' }));
      const element = make(widget);
      document.body.append(element);
      await shows(element, 'ready, hidden, nobody, 0/0');
      await widget.show();
      await shows(element, 'ready, visible, nobody, 0/0');
      await widget.hide();
      const email = `${way.replaceAll(' ', '-')}@example.com`;
      await widget.identify({ email, authToken: await server.sign(email), firstName: 'Ada' });
      await shows(element, 'ready, hidden, Ada, 0/0');
      const { conversationId } = await widget.send('Hello');
      await server.agent.answer(conversationId, 'Hi');
      await shows(element, 'ready, hidden, Ada, 1/1');
      await widget.logout();
      await shows(element, 'ready, hidden, nobody, 0/0');
    });
  }

  it('finds by context the widget that its host stands in', async () => {
    const widget = await ready(mount(server));
    const element = lamp();
    element.slot = 'home';
    widget.append(element);
    await shows(element, 'ready, hidden, nobody, 0/0');
    await widget.show();
    await shows(element, 'ready, visible, nobody, 0/0');
    expect(element.checkVisibility(), 'it stands on the home screen').to.equal(true);
  });

  it('finds a widget that comes later', async () => {
    const element = lamp({ widget: '#later' });
    document.body.append(element);
    await element.updateComplete;
    await ready(mount(server, { id: 'later' }));
    await shows(element, 'ready, hidden, nobody, 0/0');
  });

  it('tells whatever can render again, as the components of a framework do', async () => {
    const widget = await ready(mount(server));
    let shown = '';
    const session = new SessionController(
      { requestUpdate: () => (shown = session.visible ? 'visible' : 'hidden') },
      { widget: 'chat-widget' },
    );
    session.hostConnected();
    await widget.show();
    await until(() => shown === 'visible', 'it was not told');
    session.hostDisconnected();
    await widget.hide();
    expect(shown).to.equal('visible');
  });

  it('rests while its host is away, and is right again when it comes back', async () => {
    const widget = await ready(mount(server));
    for (const element of [lamp({ widget }), lamp({ widget: 'chat-widget' })]) {
      document.body.append(element);
      await shows(element, 'ready, hidden, nobody, 0/0');
      element.remove();
      const { renders } = element;
      await widget.show();
      await settled();
      expect(element.renders).to.equal(renders);
      document.body.append(element);
      await shows(element, 'ready, visible, nobody, 0/0');
      await widget.hide();
      await shows(element, 'ready, hidden, nobody, 0/0');
    }
  });

  it('does so too below the widget', async () => {
    const widget = await ready(mount(server));
    const element = lamp();
    widget.append(element);
    await shows(element, 'ready, hidden, nobody, 0/0');
    element.remove();
    await widget.show();
    widget.append(element);
    await shows(element, 'ready, visible, nobody, 0/0');
    await widget.hide();
    await shows(element, 'ready, hidden, nobody, 0/0');
  });
});
