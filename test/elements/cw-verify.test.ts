import { expect } from '@open-wc/testing';
import { readCode } from '../../src/elements/typed-code.ts';
import type { ChatWidget } from '../../src/elements/chat-widget.ts';
import { press, type } from '../support/browser.ts';
import { startChatServer, type ChatServer } from '../support/server.ts';
import { all, find, sees, seesNoMore, textOf, until } from './console/screen.ts';
import { dialogOf, focused, mount, ready, record, unmountAll } from './widgets.ts';

describe('the form that asks for an e-mail', () => {
  let server: ChatServer;

  before(async () => {
    server = await startChatServer();
  });
  afterEach(unmountAll);
  after(() => server?.dispose());

  /** Somebody who has written something, with the panel in front of them. */
  async function talking(attributes?: Record<string, string>): Promise<ChatWidget> {
    const widget = await ready(mount(server, attributes));
    await widget.show();
    await type('Hello');
    await press('Enter');
    await sees(widget, 'Sent');
    return widget;
  }

  const button = (widget: ChatWidget, name: string) => find<HTMLButtonElement>(widget, 'button', name);
  const field = (widget: ChatWidget) => find<HTMLInputElement>(widget, 'input');
  const hasFocus = async (widget: ChatWidget, selector: string) =>
    until(() => focused()?.matches(selector) ?? false, `${selector} has not the focus in ${textOf(widget)}`);
  /** Until it has come in, its colours are mixtures. */
  const accessible = async (widget: ChatWidget) => {
    const form = all(widget.shadowRoot!, 'cw-verify')[0];
    const moving = all(form.shadowRoot!, '*').flatMap((element) => element.getAnimations());
    await Promise.all(moving.map((animation) => animation.finished.catch(() => undefined)));
    await expect(widget).to.be.accessible();
  };
  const codeFor = async (email: string) => /\b\d{6}\b/.exec(await server.mailTo(email))![0];
  const otherThan = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

  /** What the field says about itself to somebody who cannot see it. */
  async function complaint(widget: ChatWidget): Promise<string> {
    const input = await field(widget);
    const described = input.getAttribute('aria-describedby')!;
    const text = (input.getRootNode() as ShadowRoot).getElementById(described)!.textContent;
    expect(input.getAttribute('aria-invalid')).to.equal(text ? 'true' : null);
    return text.trim();
  }

  it('is one quiet line first, leads by keyboard to the mailed code, and the earlier conversation appears', async () => {
    const email = 'kim@typed.example';
    const earlier = mount(server, { email, 'auth-token': await server.sign(email), persist: 'none' });
    await (await ready(earlier)).send('From another day');
    await unmountAll();

    const widget = await talking();
    const events = record(widget, 'chat-identify');
    (await button(widget, 'Leave your e-mail')).focus();
    await accessible(widget);
    await press('Enter');
    await hasFocus(widget, 'input[type=email]');
    await press('Enter');
    expect(await complaint(widget)).to.equal('Type your e-mail.');
    await type('kim@');
    expect(await complaint(widget)).to.equal('');
    await press('Enter');
    expect(await complaint(widget)).to.equal('This is not a complete e-mail address.');
    await accessible(widget);
    await type(email);
    await press('Enter');

    await hasFocus(widget, '[autocomplete=one-time-code][inputmode=numeric]');
    // Nobody is told whether there was a mail: who asks on a second device within the hour gets none.
    await sees(
      widget,
      /Look for a code in the mail of kim@typed\.example, good until \d.* We mail one an hour at most/,
    );
    await accessible(widget);
    const code = await codeFor(email);
    await type(otherThan(code));
    await until(() => textOf(widget).includes('This is not the code'), 'the wrong code was taken');
    expect(await complaint(widget)).to.contain('This is not the code');
    // Out of habit: the code was on its way already.
    await press('Enter');
    expect(await complaint(widget)).to.contain('This is not the code');
    await type('12');
    await press('Enter');
    expect(await complaint(widget)).to.equal('The code has six digits.');
    await press('Control+a');
    await type(code);
    await sees(widget, 'kim@typed.example is confirmed.');
    await hasFocus(widget, 'textarea');
    await accessible(widget);
    expect(widget.contact?.verification).to.equal('verified');
    expect(events.map((event) => event.detail.contact.verification as string)).to.deep.equal(['claimed', 'verified']);

    (await button(widget, 'Back to your conversations')).click();
    await sees(widget, 'From another day');
    await sees(widget, 'Hello');
    (await button(widget, 'Close')).click();
    await seesNoMore(widget, 'is confirmed');
  });

  it('says aloud what has happened', async () => {
    const email = 'aloud@typed.example';
    const widget = await talking();
    const [region] = all(widget.shadowRoot!, 'cw-verify')[0].shadowRoot!.querySelectorAll<HTMLElement>('[role=status]');
    expect(region.textContent).to.equal('');
    (await button(widget, 'Leave your e-mail')).click();
    (await field(widget)).focus();
    await type(email);
    await press('Enter');
    await until(() => region.textContent.includes('Look for a code'), 'nothing was said');
    await hasFocus(widget, '[autocomplete=one-time-code]');
    await type(await codeFor(email));
    await until(() => region.textContent.includes('is confirmed'), 'nothing was said');
  });

  it('sends the code at once to an e-mail that the page has claimed, also from the home screen', async () => {
    const email = 'page@typed.example';
    const widget = await ready(mount(server, { email }));
    await widget.show();
    await widget.send('Hello');
    await sees(widget, `Is ${email} yours?`);
    (await button(widget, 'Confirm your e-mail')).click();
    await hasFocus(widget, '[autocomplete=one-time-code]');
    const code = await codeFor(email);
    await type(`${code.slice(0, 3)} ${code.slice(3)}`);
    await sees(widget, 'is confirmed');
    expect(widget.contact?.email).to.equal(email);
  });

  it('takes a code that is pasted, with whatever stands around it', () => {
    for (const typed of ['123456', ' 123 456\n', '123-456', 'Code: 123456', '١٢٣٤٥٦', '۱۲۳۴۵۶', '１２３４５６']) {
      expect(readCode(typed), typed).to.equal('123456');
    }
    for (const typed of ['', '12345', '1234567', 'abcdef']) expect(readCode(typed), typed).to.equal(undefined);
  });

  it('tells when another code can be had, and lets one change the address', async () => {
    const email = 'again@typed.example';
    const widget = await talking({ email });
    (await button(widget, 'Confirm your e-mail')).click();
    await hasFocus(widget, '[autocomplete=one-time-code]');
    const code = await codeFor(email);
    (await button(widget, 'Send another code')).click();
    await sees(widget, /one was asked for already.*spam/);
    await hasFocus(widget, '[autocomplete=one-time-code]');
    for (let attempt = 0; attempt < 5; attempt++) {
      await type(otherThan(code));
      await until(
        () => all(widget.shadowRoot!, 'form')[0].getAttribute('aria-busy') === 'false',
        'it was busy for ever',
      );
    }
    expect(await complaint(widget)).to.equal('This code is over. Ask for another one.');
    expect(textOf(widget)).to.not.match(/good until|asked for already/);
    (await button(widget, 'Send another code')).click();
    await sees(widget, /Another code can be sent at \d/);
    expect((await button(widget, 'Send another code')).getAttribute('aria-disabled')).to.equal('true');

    (await button(widget, 'Use another e-mail')).click();
    await hasFocus(widget, 'input[type=email]');
    expect((await field(widget)).value).to.equal(email);
    await press('Control+a');
    await type('right@typed.example');
    await press('Enter');
    await hasFocus(widget, '[autocomplete=one-time-code]');
    await type(await codeFor('right@typed.example'));
    await sees(widget, 'right@typed.example is confirmed');
  });

  it('goes with Escape, which leaves the panel open, and does not come back by itself', async () => {
    const widget = await talking();
    (await button(widget, 'Leave your e-mail')).click();
    await hasFocus(widget, 'input[type=email]');
    await press('Escape');
    expect(dialogOf(widget).checkVisibility()).to.equal(true);
    expect(widget.visible).to.equal(true);
    await hasFocus(widget, 'textarea');
    await widget.send('Something else');
    await sees(widget, 'Something else');
    expect(textOf(widget)).to.not.include('Leave your e-mail');
  });

  it('shows the next person nothing that the one before has typed into it', async () => {
    const widget = await talking();
    (await button(widget, 'Leave your e-mail')).click();
    await hasFocus(widget, 'input[type=email]');
    await type('mine@typed.example');
    await press('Enter');
    await hasFocus(widget, '[autocomplete=one-time-code]');
    await widget.logout();
    await widget.send('Somebody else');
    (await find(widget, 'button', /Somebody else/)).click();
    (await button(widget, 'Leave your e-mail')).click();
    expect((await field(widget)).value).to.equal('');
    expect(textOf(widget)).to.not.include('mine@typed.example');
  });

  it('is not there for who is verified, nor on the home screen of who has said nothing', async () => {
    const email = 'known@typed.example';
    const known = await talking({ email, 'auth-token': await server.sign(email) });
    expect(textOf(known)).to.not.include('e-mail');
    await unmountAll();
    const widget = await talking();
    await button(widget, 'Leave your e-mail');
    (await button(widget, 'Back to your conversations')).click();
    await seesNoMore(widget, 'Leave your e-mail');
  });

  it('goes, in every tab, when a form in a message was answered with an e-mail, which no other form asks for again', async () => {
    const fields = [{ key: 'email', label: 'Your address', type: 'email', required: true }];
    const ask = (preChat: object[]) =>
      server.request('PATCH', '/v1/inboxes/demo', { settings: { forms: { preChat } } });
    const widget = await talking();
    await button(widget, 'Leave your e-mail');
    const other = await ready(mount(server));
    await other.show();
    await sees(other, 'Leave your e-mail');
    await ask(fields);
    const [{ id }] = await server.agent.conversations();
    await server.request('POST', `/v1/conversations/${id}/messages`, {
      text: 'Where can we reach you?',
      content: { type: 'form', fields },
    });
    const input = await field(widget);
    input.focus();
    await type('form@typed.example');
    await press('Enter');
    for (const each of [widget, other]) {
      await seesNoMore(each, 'Leave your e-mail');
      expect(each.contact?.email).to.equal('form@typed.example');
      expect(each.contact?.known).to.deep.equal(['email']);
    }
    await ask([]);
  });

  it('asks for no code where the inbox wants none: the e-mail stays a claim', async () => {
    const verify = (requireEmailVerification: boolean) =>
      server.request('PATCH', '/v1/inboxes/demo', { settings: { identity: { requireEmailVerification } } });
    await verify(false);
    const widget = await talking();
    (await button(widget, 'Leave your e-mail')).click();
    await hasFocus(widget, 'input[type=email]');
    await type('claim@typed.example');
    (await button(widget, 'Save')).click();
    await sees(widget, 'Thank you. We have noted claim@typed.example.');
    expect(widget.contact?.verification).to.equal('claimed');
    await verify(true);
  });
});
