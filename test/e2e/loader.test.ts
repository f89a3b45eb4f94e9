import assert from 'node:assert/strict';
import { it } from 'node:test';
import { INBOX } from '../../scripts/chat-server-process.mjs';
import { Visitor } from './people.ts';
import { inEveryEngine } from './world.ts';

/** What a page uses of the element. */
interface ChatWidget {
  readonly email: string;
  prefill(text: string): void;
  show(): Promise<void>;
}

/** A page with the tag as it is pasted. */
function pastedPage(attributes = '', script = ''): string {
  return `<!doctype html>
<html lang="en">
  <meta charset="utf-8">
  <title>A shop</title>
  <script type="module" async src="/chat/${INBOX}.js"></script>
  <h1>A shop</h1>
  <chat-widget ${attributes}></chat-widget>
  <script type="module">${script}</script>
</html>`;
}

/** Runs in the page: how the launcher looks, and who has the focus. */
function launcherNow() {
  const root = document.querySelector('chat-widget')!.shadowRoot!;
  const buttons = root.querySelectorAll<HTMLElement>('button.launcher');
  // Without the growth under the pointer.
  const { offsetLeft, offsetTop, offsetWidth, offsetHeight } = buttons[0]!;
  // Of a derived colour each engine has a notation of its own; what it paints is the same.
  const pen = document.createElement('canvas').getContext('2d')!;
  pen.fillStyle = getComputedStyle(buttons[0]!).backgroundColor;
  pen.fillRect(0, 0, 1, 1);
  return {
    buttons: buttons.length,
    place: [offsetLeft, offsetTop, offsetWidth, offsetHeight],
    color: String(pen.getImageData(0, 0, 1, 1).data),
    hasFocus: root.activeElement === buttons[0],
    isUpgraded: customElements.get('chat-widget') !== undefined,
  };
}

/** Runs in the page: moves the launcher, and resolves when it is there. */
function moveTo60() {
  const tag = document.querySelector('chat-widget')!;
  tag.setAttribute('offset-x', '60');
  return new Promise<boolean>((resolve) => {
    const look = (): unknown =>
      tag.shadowRoot!.querySelector<HTMLElement>('.launcher')!.offsetLeft === 60
        ? resolve(true)
        : requestAnimationFrame(look);
    look();
  });
}

inEveryEngine('A pasted tag', (world) => {
  it('costs one request until somebody wants to chat; the click that wakes it opens it, and nothing moves', async () => {
    const server = await world().server();
    await server.asAdmin('PATCH', `/v1/inboxes/${INBOX}`, {
      settings: { appearance: { color: '#0a7d4f', position: 'left', offsetX: 44, offsetY: 32 } },
    });
    const site = await world().newSite({ '/': pastedPage() }, server);
    const visitor = await Visitor.at(await world().newProfile(), `${site.url}/`);
    await visitor.launcher.isThere();
    const before = await visitor.page.evaluate(launcherNow, null);
    assert.equal(before.isUpgraded, false);
    assert.equal(before.color, '10,125,79,255');
    assert.equal(before.place[0], 44);
    const requested = () => site.requests.filter((address) => !['/', '/favicon.ico'].includes(address));
    assert.deepEqual(requested(), [`/chat/${INBOX}.js`]);

    await visitor.openChat();
    await visitor.panel.textbox('Message').hasFocus();
    assert.deepEqual(await visitor.page.evaluate(launcherNow, null), { ...before, isUpgraded: true });

    // Whoever comes again with a session kept is known without a click.
    await visitor.write('A word to keep');
    await visitor.messages.reads('A word to keep');
    await visitor.page.reload();
    await visitor.page.evaluate(() => customElements.whenDefined('chat-widget').then(() => true), null);
    await server.asAdmin('PATCH', `/v1/inboxes/${INBOX}`, { settings: { appearance: null } });
  });

  it('looks as the inbox says, but for what the page says: from its first moment, and when the page changes its mind', async () => {
    const server = await world().server();
    await server.asAdmin('PATCH', `/v1/inboxes/${INBOX}`, {
      settings: { appearance: { color: '#0a7d4f', position: 'left', offsetX: 44, offsetY: 32 } },
    });
    const pages = { '/0': pastedPage('offset-x="60"'), '/1': pastedPage() };
    const site = await world().newSite(pages, server);
    const visitor = await Visitor.at(await world().newProfile(), `${site.url}/0`);
    await visitor.launcher.isThere();
    const { color, place } = await visitor.page.evaluate(launcherNow, null);
    assert.deepEqual([color, place[0]], ['10,125,79,255', 60]);

    await visitor.page.goto(`${site.url}/1`);
    await visitor.launcher.isThere();
    const before = await visitor.page.evaluate(launcherNow, null);
    assert.equal(before.place[0], 44);
    await visitor.page.evaluate(moveTo60, null);
    const after = await visitor.page.evaluate(launcherNow, null);
    const [, ...rest] = before.place;
    assert.deepEqual(after, { ...before, place: [60, ...rest], isUpgraded: true });
    await server.asAdmin('PATCH', `/v1/inboxes/${INBOX}`, { settings: { appearance: null } });
  });

  it('keeps the focus of who comes by keyboard, and what the page has asked for before it was there', async () => {
    const server = await world().server();
    const script = `
      const { promise, resolve } = Promise.withResolvers();
      document.querySelector('chat-widget').addEventListener('chat-ready', resolve, { once: true });
      globalThis.told = promise.then(() => true);
    `;
    const site = await world().newSite({ '/': pastedPage('', script) }, server);
    const visitor = await Visitor.at(await world().newProfile(), `${site.url}/`);
    await visitor.launcher.isThere();
    await visitor.page.evaluate(() => {
      addEventListener('focusin', () => document.documentElement.setAttribute('data-met', ''), { once: true });
    }, null);
    // A key that is pressed before a page takes input is lost, as it is to a person. Once met, it is not pressed again.
    const isMet = () => visitor.page.evaluate(() => document.documentElement.hasAttribute('data-met'), null);
    const deadline = performance.now() + 60_000;
    while (!(await isMet()) && performance.now() < deadline) await visitor.page.press('Tab');
    await visitor.launcher.hasFocus();
    await visitor.page.evaluate(() => customElements.whenDefined('chat-widget').then(() => true), null);
    await visitor.launcher.hasFocus();
    assert.equal((await visitor.page.evaluate(launcherNow, null)).buttons, 1);
    await visitor.page.press('Enter');
    await visitor.panel.textbox('Message').hasFocus();

    await visitor.page.goto(`${site.url}/`);
    await visitor.launcher.isThere();
    await visitor.page.evaluate(() => {
      const widget = document.querySelector('chat-widget') as unknown as ChatWidget;
      widget.prefill('Where is my bag?');
      void widget.show();
    }, null);
    await visitor.panel.textbox('Message').holds('Where is my bag?');
  });

  it('opens for a press during which the element comes', async () => {
    const server = await world().server();
    const site = await world().newSite({ '/': pastedPage() }, server);
    const visitor = await Visitor.at(await world().newProfile(), `${site.url}/`);
    const upgraded = () =>
      visitor.page.evaluate(() => customElements.whenDefined('chat-widget').then(() => true), null);
    await visitor.launcher.click(upgraded);
    await visitor.panel.textbox('Message').hasFocus();
  });

  it('opens by the page’s own link to #chat, before the element is there and where the page wants no launcher', async () => {
    const server = await world().server();
    const pages = ['', 'launcher="none"'].map((attributes, at) => {
      const html = pastedPage(attributes).replace('</h1>', '</h1><a href="#chat"><b>Help</b></a>');
      return [`/${at}`, html] as const;
    });
    const site = await world().newSite(Object.fromEntries(pages), server);
    const visitor = await Visitor.at(await world().newProfile(), `${site.url}/0`);
    await visitor.launcher.isThere();
    const follow = () => document.querySelector<HTMLElement>('a b')!.click();
    await visitor.page.evaluate(follow, null);
    await visitor.panel.textbox('Message').hasFocus();

    await visitor.page.goto(`${site.url}/1`);
    await visitor.page.evaluate(() => customElements.whenDefined('chat-widget').then(() => true), null);
    await visitor.launcher.isGone();
    await visitor.page.evaluate(follow, null);
    await visitor.panel.textbox('Message').hasFocus();
    assert.equal(await visitor.page.evaluate(() => location.hash, null), '');
  });

  it('shows the card of a trigger with nobody’s act, unless the page says when a session begins', async () => {
    const server = await world().server();
    const trigger = { kind: 'invitation', name: 'Test', message: 'Are you looking for a bag?' };
    const made = await server.asAdmin('POST', '/v1/triggers', trigger);
    const pages = { '/': pastedPage(), '/lazy': pastedPage('session="lazy"') };
    const site = await world().newSite(pages, server);
    const visitor = await Visitor.at(await world().newProfile(), `${site.url}/lazy`);
    await visitor.launcher.isThere();
    assert.equal((await visitor.page.evaluate(launcherNow, null)).isUpgraded, false);
    await visitor.page.goto(`${site.url}/`);
    await visitor.page.button(/Are you looking for a bag\?/).isThere();
    await server.asAdmin('PATCH', `/v1/triggers/${(made as { id: string }).id}`, { enabled: false });
  });

  it('says so when its code does not come, and opens at the next click when it does', async () => {
    const server = await world().server();
    const site = await world().newSite({ '/': pastedPage() }, server);
    const visitor = await Visitor.at(await world().newProfile(), `${site.url}/`);
    site.lost.add('/chat-widget.js');
    await visitor.launcher.click();
    const note = visitor.page.find('alert');
    await note.reads('The chat did not load. Try again.');
    assert.equal((await visitor.page.evaluate(launcherNow, null)).isUpgraded, false);
    site.lost.clear();
    await visitor.openChat();
    await visitor.panel.textbox('Message').hasFocus();
    await note.isGone();
    assert.equal((await visitor.page.evaluate(launcherNow, null)).buttons, 1);
  });

  it('is called what the inbox calls it in the browser’s language, and speaks the page’s once it is awake', async () => {
    const server = await world().server();
    const labels = [
      { key: 'launcher.openChat', language: 'en', text: 'Ask the chat' },
      { key: 'panel.startFirst', language: 'de', text: 'Fragen Sie die Werkstatt' },
    ];
    await server.asAdmin('PATCH', `/v1/inboxes/${INBOX}`, { settings: { words: { labels } } });
    const site = await world().newSite({ '/': pastedPage().replace('lang="en"', 'lang="de"') }, server);
    const visitor = await Visitor.at(await world().newProfile(), `${site.url}/`);
    await visitor.page.button('Ask the chat').isThere();
    const spoken = () => {
      const { shadowRoot } = document.querySelector('chat-widget')!;
      return shadowRoot!.querySelector<HTMLElement>('.layer')!.lang;
    };
    assert.equal(await visitor.page.evaluate(spoken, null), 'en');
    await visitor.openChat();
    await visitor.panel.reads('Fragen Sie die Werkstatt');
    assert.equal(await visitor.page.evaluate(spoken, null), 'de');
    await server.asAdmin('PATCH', `/v1/inboxes/${INBOX}`, { settings: { words: null } });
  });

  it('wakes by itself where the page says who is there, also afterwards, and in tags that come later', async () => {
    const server = await world().server();
    const later = `setTimeout(() => {
      const tag = document.createElement('chat-widget');
      tag.setAttribute('email', 'ada@shop.example');
      document.querySelector('chat-widget').replaceWith(tag);
    });`;
    const site = await world().newSite({ '/': pastedPage('', later) }, server);
    const visitor = await Visitor.at(await world().newProfile(), `${site.url}/`);
    await visitor.page.evaluate(() => customElements.whenDefined('chat-widget').then(() => true), null);
    const emailOf = () => (document.querySelector('chat-widget') as unknown as ChatWidget).email;
    assert.equal(await visitor.page.evaluate(emailOf, null), 'ada@shop.example');
    await visitor.openChat();
    await visitor.panel.textbox('Message').isThere();
    assert.equal((await visitor.page.evaluate(launcherNow, null)).buttons, 1);
  });
});
