import { expect } from '@open-wc/testing';
import { html, LitElement } from 'lit';
import { AgentClient } from '../../src/api/agent-client.ts';
import { SessionController } from '../../src/index.ts';
import { startChatServer, type ChatServer } from '../support/server.ts';
import { until } from '../support/until.ts';
import { find, sees, seesNoMore, textOf } from './console/screen.ts';
import { comeToRest, mount, next, ready, record, settled, unmountAll } from './widgets.ts';

class OnlineLamp extends LitElement {
  readonly chat = new SessionController(this, { widget: 'chat-widget' });

  protected override render() {
    return html`${this.chat.online === undefined ? 'unknown' : this.chat.online ? 'on' : 'off'}`;
  }
}
customElements.define('test-online-lamp', OnlineLamp);

describe('<chat-widget> and the agents who are there', () => {
  let server: ChatServer;
  /** A console that is open, away until the test says otherwise. */
  let desk: AgentClient;

  const ownPresence = () => desk.state.agents?.find(({ id }) => id === desk.state.agent?.id)?.presence;
  async function turn(presence: 'online' | 'away'): Promise<void> {
    await desk.setPresence(presence);
    await until(() => ownPresence() === presence);
  }

  before(async () => {
    server = await startChatServer();
    desk = new AgentClient({ server: server.mount() });
    await desk.signIn(server.admin.email, server.admin.password);
  });
  beforeEach(() => turn('away'));
  afterEach(async () => {
    document.querySelector('test-online-lamp')?.remove();
    await unmountAll();
  });
  after(async () => {
    desk?.close();
    await server?.dispose();
  });

  it('does not know, and asks nobody, before somebody asks for the chat', async () => {
    const widget = mount(server);
    const requests = performance.getEntriesByType('resource').length;
    await ready(widget);
    await settled();
    expect(widget.online).to.equal(undefined);
    const own = performance.getEntriesByType('resource').slice(requests);
    expect(own.filter(({ name }) => name.startsWith(server.url))).to.deep.equal([]);
  });

  it('names the team on the home screen, says who of them is there, and follows while it is open', async () => {
    const widget = mount(server, { session: 'auto' });
    await until(() => widget.online === false, 'it never knew');
    await widget.show();
    const { name } = desk.state.agent!;
    await find(widget, '[role=img]', name);
    await turn('online');
    await find(widget, '[role=img]', `${name} is online`);
    await comeToRest(widget);
    await expect(widget).to.be.accessible();
    await turn('away');
    await find(widget, '[role=img]', name);
  });

  it('tells the page when somebody comes, and when nobody is there any more', async () => {
    const widget = mount(server, { session: 'auto' });
    const lamp = new OnlineLamp();
    document.body.append(lamp);
    const events = record(widget, 'chat-online-change');
    await until(() => widget.online === false, 'it never knew');
    await until(() => lamp.shadowRoot?.textContent === 'off');

    const came = next(widget, 'chat-online-change');
    await turn('online');
    expect((await came).detail).to.deep.equal({ online: true });
    expect(widget.online).to.equal(true);
    await until(() => lamp.shadowRoot?.textContent === 'on');

    const left = next(widget, 'chat-online-change');
    await turn('away');
    expect((await left).detail).to.deep.equal({ online: false });
    expect(events.map(({ detail }) => detail as unknown)).to.deep.equal([
      { online: false },
      { online: true },
      { online: false },
    ]);
    expect(events.every(({ bubbles, composed }) => bubbles && composed)).to.equal(true);
  });

  it('says in the head of the panel, in words, whether somebody is there and when to expect an answer', async () => {
    const widget = mount(server, { session: 'auto' });
    await widget.show();
    await sees(widget, 'We are away');
    await sees(widget, 'We answer as soon as we are back');
    expect(textOf(widget)).to.not.include('within a few minutes');
    await turn('online');
    await sees(widget, 'We are online');
    await sees(widget, 'We usually reply within a few minutes');
    await widget.send('Hello');
    await sees(widget, 'Hello');
    await turn('away');
    await sees(widget, 'We are away');
    await expect(widget).to.be.accessible();
  });

  it('shows a visitor without a session how it is each time that the chat is opened', async () => {
    await turn('online');
    const widget = await ready(mount(server));
    await widget.show();
    await sees(widget, 'We are online');
    expect(widget.online).to.equal(true);
    await widget.hide();
    await turn('away');
    await widget.show();
    await sees(widget, 'We are away');
    await seesNoMore(widget, 'We are online');
    expect(widget.contact, 'and there is no session for that').to.equal(null);
  });

  it('still knows it after the visitor has signed out', async () => {
    await turn('online');
    const email = 'leaver@example.com';
    const widget = mount(server, { email, 'auth-token': await server.sign(email) });
    await until(() => widget.online === true);
    const events = record(widget, 'chat-online-change');
    await widget.logout();
    await settled();
    expect(widget.online).to.equal(true);
    expect(events).to.deep.equal([]);
  });
});
