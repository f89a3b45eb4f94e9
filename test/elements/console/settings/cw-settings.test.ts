import { expect, fixtureCleanup } from '@open-wc/testing';
import { ChatClient } from '../../../../src/api/chat-client.ts';
import type { ChatWidget } from '../../../../src/elements/chat-widget.ts';
import type { ChatConsole } from '../../../../src/elements/console/chat-console.ts';
import { press as pressKeys, resize } from '../../../support/browser.ts';
import { all, find, nameOf, sees, seesNoMore, textOf, until } from '../screen.ts';
import { World } from '../world.ts';

interface Inbox {
  readonly id: string;
  readonly settings: {
    readonly appearance: { readonly teamName: string };
    readonly messages: { readonly greeting: string };
  };
}

/** The field that bears this label. */
async function field<E extends HTMLElement = HTMLInputElement>(console: ChatConsole, label: string): Promise<E> {
  const found = await find<HTMLLabelElement>(console, 'label', label);
  return found.control as E;
}

async function write(console: ChatConsole, label: string, value: string): Promise<void> {
  const input = await field(console, label);
  input.value = value;
  input.dispatchEvent(new Event('input'));
}

const press = async (console: ChatConsole, name: string | RegExp): Promise<void> =>
  (await find(console, 'button', name)).click();

const preview = (console: ChatConsole): string =>
  all<ChatWidget>(console.shadowRoot!, 'chat-widget').map(textOf).join();

describe("The console's settings", () => {
  const world = new World();
  const saved = async (): Promise<Inbox> => (await world.server.request<Inbox>('GET', '/v1/inboxes/demo')).body;
  const change = (settings: object) => world.server.request('PATCH', '/v1/inboxes/demo', { settings });

  /** What was sent to change something, as `[method, path, body, If-Match]`. */
  let sent: [method: string, path: string, body: unknown, ifMatch: string | undefined][] = [];
  const { fetch } = window;
  beforeEach(async () => {
    await change({ appearance: null, messages: null, security: null });
    sent = [];
    window.fetch = (input, init) => {
      const { pathname } = new URL(input as URL, location.href);
      const { 'if-match': ifMatch } = (init?.headers ?? {}) as Record<string, string>;
      if (init?.method && init.body) sent.push([init.method, pathname, JSON.parse(init.body as string), ifMatch]);
      return fetch(input, init);
    };
  });
  afterEach(() => (window.fetch = fetch));

  /** The settings, on a page of the demo inbox. */
  async function open(page = 'messages'): Promise<ChatConsole> {
    const console = await world.signedIn();
    location.hash = `#/settings/demo/${page}`;
    await find(console, 'nav a[aria-current="page"]');
    await find(console, 'button', 'Save');
    return console;
  }

  it('are reached from the rail by an admin, and the conversations are one click away', async () => {
    const console = await world.signedIn();
    (await find(console, 'a', 'Settings')).click();
    await find(console, 'h1', 'Appearance');
    await until(() => preview(console).includes('How can we help?'), 'the preview never came');
    await expect(console).to.be.accessible();
    (await find(console, '[role="tab"]', /^Open/)).click();
    await find(console, 'cw-console-list');
    expect(location.hash).to.equal('#/');
  });

  it('are no business of an agent who is no admin', async () => {
    const agent = { email: 'settings-grace@shop.example', password: 'a good long password' };
    await world.signedIn();
    await fetch('/v1/agents', json('POST', { ...agent, name: 'Grace' }));
    fixtureCleanup();
    const console = await world.signedIn(agent);
    expect(all(console.shadowRoot!, 'a').filter((each) => nameOf(each) === 'Settings')).to.have.length(0);
    location.hash = '#/settings/demo/messages';
    await sees(console, 'Only an admin can see and change the settings.');
  });

  it('show what is written in the real widget before it is saved, and nobody else sees it', async () => {
    const console = await open();
    await until(() => preview(console).includes('How can we help?'), 'the preview never came');
    await write(console, 'Greeting', 'Ahoy, what can we mend?');
    await until(() => preview(console).includes('Ahoy, what can we mend?'), 'the preview did not follow');
    expect((await saved()).settings.messages.greeting).to.equal('Hello! How can we help?');
    const kept = Object.keys(localStorage).filter((key) => key.includes('preview'));
    expect(kept).to.deep.equal([]);
  });

  it('say in the preview what a visitor writes there, and send it to nobody', async () => {
    const console = await open();
    await until(() => preview(console).includes('How can we help?'), 'the preview never came');
    const widget = all<ChatWidget>(console.shadowRoot!, 'chat-widget')[0]!;
    await widget.send('Is this thing on?');
    await until(() => preview(console).includes('Is this thing on?'), 'it was not said');
    expect((await world.server.agent.conversations()).map(({ lastMessage }) => lastMessage?.text)).not.to.include(
      'Is this thing on?',
    );
  });

  it('send only what was changed, made from what was read, and are live at once', async () => {
    const visitor = new ChatClient({ server: world.server.url, inbox: 'demo', persist: 'none', session: 'auto' });
    await visitor.boot();
    await until(() => visitor.state.connection === 'open', 'the visitor is not connected');
    const console = await open();
    await write(console, 'Greeting', 'Good day');
    await sees(console, 'Not saved yet');
    sent = [];
    await press(console, 'Save');
    await find(console, '[role="status"]', 'Saved. It is live.');
    await until(() => visitor.state.settings?.messages.greeting === 'Good day', 'the visitor never heard of it');
    visitor.close();
    const [[method, path, body, ifMatch] = []] = sent.filter(([each]) => each === 'PATCH');
    expect([method, path, body]).to.deep.equal([
      'PATCH',
      '/v1/inboxes/demo',
      { settings: { messages: { greeting: 'Good day' } } },
    ]);
    expect(ifMatch).to.match(/^"\d+"$/);
  });

  it('go on where they were when the console is moved within its page', async () => {
    const console = await open();
    await write(console, 'Greeting', 'Moved');
    console.parentElement!.append(console);
    await press(console, 'Save');
    await sees(console, 'Saved. It is live.');
    expect((await saved()).settings.messages.greeting).to.equal('Moved');
  });

  it('are saved with Ctrl+S as well', async () => {
    const console = await open();
    await write(console, 'Greeting', 'Quickly');
    (await field(console, 'Greeting')).focus();
    await pressKeys('Control+s');
    await sees(console, 'Saved. It is live.');
    expect((await saved()).settings.messages.greeting).to.equal('Quickly');
  });

  it('keep what is changed on one page while another is looked at, and undo all of it', async () => {
    const console = await open();
    await write(console, 'Greeting', 'Mine');
    (await find(console, 'nav a', 'Appearance')).click();
    await write(console, 'Team name', 'Crew');
    (await find(console, 'nav a', 'Messages')).click();
    await until(async () => (await field(console, 'Greeting')).value === 'Mine');
    await press(console, 'Undo changes');
    await sees(console, 'Your changes are undone.');
    expect((await field(console, 'Greeting')).value).to.equal('Hello! How can we help?');
  });

  it('lead to the field that the server does not take, on whatever page it is', async () => {
    const console = await open('appearance');
    await write(console, 'Brand colour', 'red');
    await sees(console, '“Brand colour” must be a colour such as #4364df');
    (await find(console, 'nav a', 'Messages')).click();
    await press(console, 'Save');
    await sees(console, 'Not saved: one field needs another look.');
    await find(console, 'h1', 'Appearance');
    const color = await field(console, 'Brand colour');
    await until(() => color.matches(':focus'), 'the field has no focus');
    expect(color.getAttribute('aria-invalid')).to.equal('true');
    await write(console, 'Brand colour', '#aa3344');
    await press(console, 'Save');
    await sees(console, 'Saved. It is live.');
  });

  it('take a picture from this device, show it, and give widgets its address', async () => {
    const console = await open('appearance');
    const canvas = Object.assign(document.createElement('canvas'), { width: 32, height: 32 });
    const blob = await new Promise<Blob>((resolve) => canvas.toBlob((made) => resolve(made!)));
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([blob], 'logo.png'));
    const upload = await find(console, 'button', 'Upload a picture: Logo');
    upload.parentElement!.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
    const picture = await find<HTMLImageElement>(console, 'img[alt="How the picture looks"]');
    await until(() => picture.naturalWidth === 32, 'the picture does not show');
    await press(console, 'Save');
    await sees(console, 'Saved. It is live.');
    const { body } = await world.server.request<Inbox>('GET', '/v1/inboxes/demo');
    expect((body.settings.appearance as { logoUrl?: string }).logoUrl).to.equal(picture.src);
    expect(picture.src).to.match(/\/v1\/images\/[0-9a-f]{32}\.png$/);
  });

  it('show what to think of at the field that it is about', async () => {
    const console = await open('security');
    await press(console, 'Add domain');
    const [domain] = await Promise.all([
      find<HTMLInputElement>(console, 'input[aria-label="Trusted domains, Domain 1"]'),
    ]);
    domain.value = '*.github.io';
    domain.dispatchEvent(new Event('input'));
    await sees(console, 'Anybody can get a site of their own under *.github.io');
    const group = domain.closest('fieldset')!;
    const ids = group.getAttribute('aria-describedby')!.split(' ');
    const words = ids.map((id) => (group.getRootNode() as ShadowRoot).getElementById(id)?.textContent ?? '');
    expect(words.join(' ')).to.include('Anybody can get a site of their own');
  });

  it('say when somebody else has saved meanwhile, and lose neither their changes nor mine', async () => {
    const console = await open();
    await write(console, 'Greeting', 'Mine');
    await change({ appearance: { teamName: 'Theirs' } });
    await press(console, 'Save');
    await sees(console, 'Somebody else has saved these settings meanwhile.');
    await press(console, 'Load theirs, keep my changes');
    await sees(console, 'Theirs are loaded');
    expect((await field(console, 'Greeting')).value).to.equal('Mine');
    await press(console, 'Save');
    await sees(console, 'Saved. It is live.');
    const { settings } = await saved();
    expect([settings.appearance.teamName, settings.messages.greeting]).to.deep.equal(['Theirs', 'Mine']);
  });

  describe('with changes that are not saved', () => {
    it('ask before they are left, and stay when one wants to', async () => {
      const console = await open();
      await write(console, 'Greeting', 'Mine');
      location.hash = '#/';
      await find(console, 'dialog', /Leave without saving/);
      await press(console, 'Stay here');
      await seesNoMore(console, 'Leave without saving');
      expect(location.hash).to.equal('#/settings/demo/messages');
      expect((await field(console, 'Greeting')).value).to.equal('Mine');
    });

    it('are left without them', async () => {
      const console = await open();
      await write(console, 'Greeting', 'Mine');
      location.hash = '#/';
      await press(console, 'Discard changes');
      await find(console, 'cw-console-list');
      expect((await saved()).settings.messages.greeting).to.equal('Hello! How can we help?');
    });

    it('are saved on the way out', async () => {
      const console = await open();
      await write(console, 'Greeting', 'Saved on the way');
      (await find(console, '[role="tab"]', /^Open/)).click();
      await press(console, 'Save and leave');
      await find(console, 'cw-console-list');
      expect((await saved()).settings.messages.greeting).to.equal('Saved on the way');
    });

    it('ask before signing out', async () => {
      const console = await open();
      await write(console, 'Greeting', 'Mine');
      await press(console, 'Sign out');
      await press(console, 'Discard changes');
      await find(console, 'button', 'Sign in');
    });
  });

  it('show the preview in the place of the form where there is no room for both', async () => {
    await resize(600, 800);
    const console = await open();
    expect(all(console.shadowRoot!, 'cw-settings-preview')).to.have.length(0);
    await write(console, 'Greeting', 'On a phone');
    await press(console, 'Show the preview');
    await until(() => preview(console).includes('On a phone'), 'the preview never came');
    expect(all(console.shadowRoot!, 'cw-settings-form').some((form) => form.checkVisibility())).to.equal(false);
    await press(console, 'Back to the form');
    expect((await field(console, 'Greeting')).value).to.equal('On a phone');
  });

  it('say so when there is no such inbox, and when nothing can be loaded', async () => {
    const console = await open();
    location.hash = '#/settings/nowhere/messages';
    await sees(console, 'There is no such inbox.');
    window.fetch = () => Promise.reject(new TypeError('no network'));
    location.hash = '#/settings/demo/messages';
    await sees(console, 'The settings could not be loaded.');
    window.fetch = fetch;
    await press(console, 'Try again');
    await field(console, 'Greeting');
    await seesNoMore(console, 'could not be loaded');
  });
});

function json(method: string, body: object): RequestInit {
  return { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}
