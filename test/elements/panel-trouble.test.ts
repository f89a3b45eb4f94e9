import { expect } from '@open-wc/testing';
import type { ChatWidget } from '../../src/elements/chat-widget.ts';
import { english as words } from '../../src/text/trouble-strings.ts';
import { english } from '../../src/text/strings.ts';
import { JWT_SECRET, signJwt } from '../api/sign-jwt.ts';
import { press, resize, type } from '../support/browser.ts';
import { startChatServer, type ChatServer } from '../support/server.ts';
import { until } from '../support/until.ts';
import { all, find, sees, textOf } from './console/screen.ts';
import { boxOf, comeToRest, dialogOf, focusedBox, mount, ready, unmountAll } from './widgets.ts';

describe('a panel that is refused', () => {
  let server: ChatServer;

  before(async () => {
    server = await startChatServer();
  });
  beforeEach(() => resize(1024, 768));
  afterEach(unmountAll);
  after(() => server?.dispose());

  const patch = (address: string, body: object) => server.request('PATCH', address, body);
  const hasNoField = (widget: ChatWidget) =>
    until(() => !all(widget.shadowRoot!, 'textarea').some((field) => field.checkVisibility()), 'the field stayed');

  /** Somebody has got hold of a secret: an admin ends every session that was made with it. */
  async function endAll(scheme: string): Promise<void> {
    const own = server.mount();
    const headers = { 'content-type': 'application/json' };
    const post = (path: string, body: object) =>
      fetch(own + path, { method: 'POST', headers, body: JSON.stringify(body) });
    await post('/v1/agent/session', server.admin);
    const { status } = await post(`/v1/inboxes/${server.inbox}/secrets/${scheme}/rotate`, { compromised: true });
    expect(status).to.equal(200);
  }

  async function opened(attributes: Record<string, string> = {}): Promise<ChatWidget> {
    const widget = await ready(mount(server, attributes));
    await widget.show();
    return widget;
  }

  async function talking(attributes?: Record<string, string>): Promise<ChatWidget> {
    const widget = await opened(attributes);
    await focusedBox(widget);
    await type('Do you mend bags?');
    await press('Enter');
    await sees(widget, 'Sent');
    return widget;
  }

  it('tells a contact who was blocked, and keeps what they were writing in sight', async () => {
    const widget = await talking();
    await type('It is the one of my');
    await patch(`/v1/contacts/${widget.contact!.id}`, { blocked: true });
    await sees(widget, words.blocked);
    await hasNoField(widget);
    await sees(widget, 'Do you mend bags?');
    await sees(widget, `${words.yourWords} It is the one of my`);
    expect(textOf(widget)).to.not.include(english.tryNow);
    expect(textOf(widget)).to.not.match(/usually reply|are (online|away)/i);
    expect(dialogOf(widget).matches(':focus-within')).to.equal(true);
    await comeToRest(widget);
    await expect(dialogOf(widget)).to.be.accessible();
  });

  it('says so again after a reload, and once they are let in everything is there as before', async () => {
    const widget = await talking();
    const { id } = widget.contact!;
    await patch(`/v1/contacts/${id}`, { blocked: true });
    await sees(widget, words.blocked);
    widget.remove();
    const reloaded = await opened();
    await sees(reloaded, words.blocked);
    await hasNoField(reloaded);
    reloaded.remove();
    await patch(`/v1/contacts/${id}`, { blocked: false });
    const forgiven = await opened();
    await sees(forgiven, 'Do you mend bags?');
    expect((await boxOf(forgiven)).checkVisibility()).to.equal(true);
    expect(forgiven.contact?.id).to.equal(id);
  });

  it('tells somebody from whom the inbox takes nothing, before they write a word', async () => {
    const block = (blockedIps: readonly string[]) =>
      patch(`/v1/inboxes/${server.inbox}`, { settings: { security: { blockedIps } } });
    await block(['127.0.0.1', '::1']);
    try {
      const widget = await opened();
      await sees(widget, words.notHere);
      await hasNoField(widget);
      expect(all(widget.shadowRoot!, '.first').some((invitation) => invitation.checkVisibility())).to.equal(false);
    } finally {
      await block([]);
    }
  });

  it('lets a customer whose session has ended sign in again, and goes on without', async () => {
    const inAnHour = Date.now() + 3_600_000;
    await server.setSecret('jwt', JWT_SECRET);
    const widget = await talking({ jwt: await signJwt('ended', 'ended@who.example', inAnHour) });
    await type('It is the one of my');
    await endAll('jwt');
    await sees(widget, words.ended);
    expect((await boxOf(widget)).value).to.equal('It is the one of my');
    expect(textOf(widget)).to.not.include('Do you mend bags?');
    expect(all(widget.shadowRoot!, 'cw-verify').some((offer) => offer.checkVisibility())).to.equal(false);
    await comeToRest(widget);
    await expect(dialogOf(widget)).to.be.accessible();

    await server.setSecret('jwt', JWT_SECRET);
    const jwt = await signJwt('ended', 'ended@who.example', inAnHour + 1_000);
    document.addEventListener(
      'chat-sign-in',
      (event) => {
        event.preventDefault();
        (event.target as ChatWidget).jwt = jwt;
      },
      { once: true },
    );
    (await find(widget, 'button', words.signInAgain)).click();
    await until(() => !textOf(widget).includes(words.ended), 'it still says that the session has ended');
    await sees(widget, 'Do you mend bags?');
  });
});

describe('a panel of somebody who was here too often', () => {
  let server: ChatServer;

  before(async () => {
    server = await startChatServer({ env: { LIMITS: JSON.stringify({ sessionsPerAddress: 1 }) } });
  });
  afterEach(unmountAll);
  after(() => server?.dispose());

  it('says so, and that it goes on by itself', async () => {
    const first = await ready(mount(server, { session: 'auto', persist: 'none' }));
    await until(() => first.contact, 'no session');
    const widget = await ready(mount(server, { session: 'auto', persist: 'none' }));
    await widget.show();
    await sees(widget, words.tooMany);
    await find(widget, 'button', english.tryNow);
    expect(textOf(widget)).to.not.include(english.reconnecting);
  });
});
