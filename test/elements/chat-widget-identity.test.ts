import { expect } from '@open-wc/testing';
import type { ChatWidget } from '../../src/elements/chat-widget.ts';
import { JWT_SECRET, signJwt } from '../api/sign-jwt.ts';
import { type } from '../support/browser.ts';
import { startChatServer, type ChatServer } from '../support/server.ts';
import { sees, seesNoMore, textOf, until } from './console/screen.ts';
import { boxOf, dialogOf, launcherOf, mount, next, ready, record, settled, unmountAll } from './widgets.ts';

describe('who <chat-widget> takes the visitor for', () => {
  let server: ChatServer;
  const { fetch } = window;
  let requests: string[] = [];

  before(async () => {
    server = await startChatServer();
    await server.setSecret('jwt', JWT_SECRET);
  });
  beforeEach(() => {
    requests = [];
    window.fetch = (input, init) => {
      requests.push(`${init?.method ?? 'GET'} ${(input as URL).pathname.split('/').at(-1)}`);
      return fetch.call(window, input, init);
    };
  });
  afterEach(async () => {
    window.fetch = fetch;
    await unmountAll();
  });
  after(() => server?.dispose());

  const settings = (groups: object) => server.request('PATCH', '/v1/inboxes/demo', { settings: groups });

  it('is said by attributes or identify(), with any proof', async () => {
    const path = '/conversations/v3/visitor-identification/tokens/create';
    const { body } = await server.request<{ token: string }>('POST', path, { email: 'minted@who.example' });
    const jwt = await signJwt('who', 'jwt@who.example');
    const proofs: [
      email: string,
      attributes: Record<string, string>,
      identity: Parameters<ChatWidget['identify']>[0],
    ][] = [
      ['jwt@who.example', { jwt }, { jwt }],
      [
        'minted@who.example',
        { email: 'minted@who.example', 'identification-token': body.token },
        { email: 'minted@who.example', identificationToken: body.token },
      ],
    ];
    for (const [email, attributes, identity] of proofs) {
      const said = await ready(mount(server, { ...attributes, persist: 'none' }));
      expect([said.contact?.email, said.contact?.verification]).to.deep.equal([email, 'verified']);
      await unmountAll();
      const widget = await ready(mount(server, { persist: 'none' }));
      const identified = next(widget, 'chat-identify');
      expect((await widget.identify(identity))?.email).to.equal(email);
      expect((await identified).detail.contact.verification).to.equal('verified');
      await unmountAll();
    }
  });

  it('is somebody else with another attribute, and nobody with none: names alone say nobody', async () => {
    const widget = await ready(mount(server, { jwt: await signJwt('a', 'a@who.example'), persist: 'none' }));
    await widget.send('A’s words');
    widget.jwt = await signJwt('b', 'b@who.example');
    await until(() => widget.contact?.email === 'b@who.example', 'it is still A');
    expect(widget.conversations).to.deep.equal([]);
    widget.firstName = 'Bo';
    widget.removeAttribute('jwt');
    widget.jwt = '';
    await until(() => widget.contact === null, 'it is still B');
  });

  it('may be described before anybody is asked: nothing is requested, and all is sent with the first message', async () => {
    const visitor = '{"name": "Kim", "custom": {"plan": "pro"}}';
    const widget = await ready(mount(server, { visitor, persist: 'none' }));
    await settled();
    expect(requests).to.deep.equal([]);
    await widget.send('Hello');
    expect(requests.filter((each) => each.endsWith('sessions'))).to.have.length(1);
    const [{ contact }] = await server.agent.conversations();
    const seen = await server.request<{ name: string; attributes: object }>('GET', `/v1/contacts/${contact.id}`);
    expect([seen.body.name, seen.body.attributes]).to.deep.equal(['Kim', { plan: 'pro' }]);

    await widget.identify({ visitor: { phone: '+49 30' } });
    expect(requests.at(-1)).to.equal('PATCH session');
  });

  it('is asked of the tokenProvider when the proof is over, also of one that is set later', async () => {
    const widget = mount(server, {
      jwt: await signJwt('late', 'late@who.example', Date.now() - 1_000),
      persist: 'none',
    });
    let calls = 0;
    widget.tokenProvider = async () => {
      calls++;
      return signJwt('late', 'late@who.example');
    };
    await ready(widget);
    expect([widget.contact?.email, calls]).to.deep.equal(['late@who.example', 1]);
    const email = 'other@who.example';
    widget.tokenProvider = () => server.sign(email);
    expect((await widget.identify({ email }))?.verification).to.equal('verified');
  });

  it('tells the page by chat-error and by its promise when a proof is not good, and the chat goes on', async () => {
    const widget = await ready(mount(server, { persist: 'none' }));
    const errors = record(widget, 'chat-error');
    const why = await widget.identify({ jwt: 'no.good.jwt' }).catch(({ code }: { code: string }) => code);
    expect([why, ...errors.map((event) => event.detail.code as string)]).to.deep.equal([
      'invalid_proof',
      'invalid_proof',
    ]);
    await widget.send('Hello all the same');
    expect(widget.contact?.verification).to.equal('anonymous');
  });

  it('keeps what is half written when the session runs out, but for nobody else [hostile 39]', async () => {
    const widget = await ready(mount(server, { persist: 'none' }));
    await widget.show();
    await widget.send('My order');
    await sees(widget, 'My order');
    (await boxOf(widget)).focus();
    await type('half a sentence');
    await settings({ identity: { sessionDuration: '4s' } });
    widget.tokenProvider = () => Promise.reject(new Error('the back end is down'));
    const fails = next(widget, 'chat-error');
    // Over before the session is.
    widget.jwt = await signJwt('half', 'half@who.example', Date.now() + 3_000);
    const failed = await fails;
    expect(failed.detail.code).to.equal('proof_expired');
    await seesNoMore(widget, 'My order');
    expect((await boxOf(widget)).value).to.equal('half a sentence');

    await settings({ identity: { sessionDuration: '10h' } });
    await widget.identify({ jwt: await signJwt('else', 'else@who.example') });
    await until(() => widget.contact?.email === 'else@who.example', 'it is nobody else');
    await until(async () => (await boxOf(widget)).value === '', 'what somebody else began still stands there');
    expect(textOf(widget)).to.not.include('half@who.example');
  });

  it('stays with this host, and says so, when the page names a domain for cookies that is not its own', async () => {
    const widget = mount(server, { 'cookie-domain': 'co.uk', session: 'auto' });
    const failed = next(widget, 'chat-error');
    expect((await failed).detail.code).to.equal('not_saved');
    await ready(widget);
    await widget.send('Hello');
    expect(document.cookie).to.not.include('chat-widget');
    const { id } = widget.contact!;
    widget.remove();
    await settled();
    const again = await ready(mount(server));
    expect(again.contact?.id).to.equal(id);
  });

  it('is nobody for an inbox of verified visitors: no launcher, no panel, until the page proves somebody', async () => {
    await settings({ security: { whoMayTalk: 'verified' } });
    const widget = await ready(mount(server, { session: 'auto', persist: 'none' }));
    await until(() => !launcherOf(widget).checkVisibility(), 'the launcher is there');
    const errors = record(widget, 'chat-error');
    const why = await widget.show().catch(({ code }: { code: string }) => code);
    expect([why, widget.open, widget.visible]).to.deep.equal(['identity_required', false, false]);
    expect(errors.map((event) => event.detail.code as string)).to.deep.equal(['identity_required']);

    await widget.identify({ jwt: await signJwt('member', 'member@who.example') });
    await until(() => launcherOf(widget).checkVisibility(), 'the launcher did not come');
    await widget.show();
    expect(widget.visible).to.equal(true);
    await widget.logout();
    await until(() => !widget.visible && !launcherOf(widget).checkVisibility(), 'the panel stayed');
    await settings({ security: { whoMayTalk: 'everybody' } });
  });

  it('is told so by the first show() too, before the chat knew anything of that inbox', async () => {
    await settings({ security: { whoMayTalk: 'verified' } });
    const widget = await ready(mount(server, { persist: 'none' }));
    const events = record(widget, 'chat-show', 'chat-error');
    const why = await widget.show().catch(({ code }: { code: string }) => code);
    expect([why, widget.open, widget.visible, dialogOf(widget)]).to.deep.equal([
      ...['identity_required', false, false],
      undefined,
    ]);
    await until(() => !launcherOf(widget).checkVisibility(), 'the launcher stayed');
    expect(events.map(({ type: name }) => name)).to.deep.equal(['chat-error']);

    // A click is no promise that somebody waits for.
    const other = await ready(mount(server, { persist: 'none' }));
    const shown = record(other, 'chat-show');
    const refused = next(other, 'chat-error');
    launcherOf(other).click();
    expect((await refused).detail.code).to.equal('identity_required');
    await until(() => !launcherOf(other).checkVisibility(), 'the launcher stayed');
    expect([shown, dialogOf(other)]).to.deep.equal([[], undefined]);
    await settings({ security: { whoMayTalk: 'everybody' } });
  });

  it('opens for a stranger when it cannot be told who may talk, and at once for who has a session', async () => {
    window.fetch = (input, init) =>
      (input as URL).pathname.endsWith('/settings') ? Promise.reject(new TypeError('away')) : fetch(input, init);
    const widget = await ready(mount(server));
    await widget.show();
    expect(widget.visible).to.equal(true);
    await widget.send('Hello');
    widget.remove();
    await settled();

    let answer = () => {};
    const wait = new Promise<void>((resolve) => (answer = resolve));
    window.fetch = async (input, init) => {
      if ((input as URL).pathname.endsWith('/settings')) await wait;
      return fetch(input, init);
    };
    const again = mount(server);
    const shown = next(again, 'chat-show');
    const showing = again.show();
    await shown;
    answer();
    await showing;
  });
});
