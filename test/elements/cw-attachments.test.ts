import { expect } from '@open-wc/testing';
import type { MessageEntry } from '../../src/api/protocol.ts';
import { ChatError } from '../../src/api/chat-error.ts';
import type { ChatWidget } from '../../src/elements/chat-widget.ts';
import type { CwPanel } from '../../src/elements/cw-panel.ts';
import { press, resize, type } from '../support/browser.ts';
import { startChatServer, type ChatServer } from '../support/server.ts';
import { until } from '../support/until.ts';
import { all, find, sees, seesNoMore } from './console/screen.ts';
import { choose, drag, dragWith, drawn, paste, pasteWith, written } from './files.ts';
import { boxOf, comeToRest, dialogOf, focused, focusedBox, mount, ready, unmountAll } from './widgets.ts';

describe('files in a chat', () => {
  let server: ChatServer;

  before(async () => {
    server = await startChatServer();
  });
  beforeEach(() => resize(1024, 768));
  afterEach(unmountAll);
  after(() => server?.dispose());

  async function opened(): Promise<ChatWidget> {
    const widget = await ready(mount(server));
    await widget.show();
    await find(widget, 'button', 'Attach files');
    return widget;
  }

  /** What the server has of the newest conversation. */
  async function stored(): Promise<readonly MessageEntry[]> {
    const [conversation] = await server.agent.conversations();
    const entries = await server.agent.entries(conversation.id);
    return entries.filter((entry) => entry.type === 'message');
  }

  const setLimits = (limits: object, behaviour: object = {}) =>
    server.request('PATCH', '/v1/inboxes/demo', { settings: { limits, behaviour } });

  it('go out with the very first message: chosen, uploaded, sent, seen', async () => {
    const widget = await opened();
    await choose(widget, await drawn('bag.png'), written('order.txt', 'number 12'));
    await sees(widget, 'bag.png');
    await sees(widget, '9 bytes');
    await until(() => all(widget.shadowRoot!, 'li.ready').length === 2, 'the uploads never ended');
    await expect(dialogOf(widget)).to.be.accessible();
    await focusedBox(widget);
    await type('Here they are');
    await press('Enter');
    await find(widget, 'button', 'Show bag.png');
    await find(widget, 'a', 'Download order.txt 9 bytes');
    await sees(widget, 'Sent');
    expect(all(widget.shadowRoot!, 'cw-attachments')).to.have.length(0);
    const [message] = await stored();
    expect(message.text).to.equal('Here they are');
    expect(message.attachments?.map(({ name, mediaType }) => [name, mediaType])).to.deep.equal([
      ['bag.png', 'image/png'],
      ['order.txt', 'text/plain'],
    ]);
    await comeToRest(widget);
    await expect(widget).to.be.accessible();
  });

  it('need no words', async () => {
    const widget = await opened();
    await paste(widget, await drawn('pasted.png'));
    await sees(widget, 'Ready');
    (await find(widget, 'button', /^Send/)).click();
    const picture = await find(widget, 'button', 'Show pasted.png');
    const image = picture.querySelector('img')!;
    await until(() => image.complete && image.naturalWidth === 320, 'the picture was never loaded');
    await sees(widget, 'Sent');
    const [message] = await stored();
    expect([message.text, message.attachments?.length]).to.deep.equal(['', 1]);
  });

  it('stand at their side’s edge where there are no words, and so do those under a wider one', async () => {
    const widget = await opened();
    await choose(widget, await drawn('wide.png', 1000, 500), written('a.txt', 'a'), written('much-longer.txt', 'b'));
    await until(() => all(widget.shadowRoot!, 'li.ready').length === 3, 'the uploads never ended');
    (await find(widget, 'button', /^Send/)).click();
    await sees(widget, 'Sent');
    const [{ id }] = await server.agent.conversations();
    server.mount();
    const uploaded: string[] = [];
    for (const file of [await drawn('answer.png', 1000, 500), written('b.txt', 'b')]) {
      const body = new FormData();
      body.append('file', file);
      const headers = { authorization: `Bearer ${server.apiKey}` };
      const answer = await fetch(`/v1/conversations/${id}/files`, { method: 'POST', headers, body });
      uploaded.push(((await answer.json()) as { id: string }).id);
    }
    await server.request('POST', `/v1/conversations/${id}/messages`, { text: '', attachments: uploaded });
    const last = await find(widget, 'a', /b\.txt/);
    const edges = (card: HTMLElement, edge: 'left' | 'right') =>
      Array.from(card.parentElement!.children, (each) => Math.round(each.getBoundingClientRect()[edge]));
    const own = await find(widget, 'a', /much-longer\.txt/);
    for (const dir of ['ltr', 'rtl']) {
      document.documentElement.dir = dir;
      const [start, end] = dir === 'ltr' ? (['left', 'right'] as const) : (['right', 'left'] as const);
      await until(
        () => new Set(edges(own, end)).size === 1,
        () => `own, ${dir}: ${edges(own, end).join()}`,
      );
      await until(
        () => new Set(edges(last, start)).size === 1,
        () => `theirs, ${dir}: ${edges(last, start).join()}`,
      );
    }
    document.documentElement.dir = '';
  });

  it('show a kind instead of a picture that cannot be read, and names that say nothing but what they are', async () => {
    const widget = await opened();
    const broken = new File(['no picture'], 'broken.png', { type: 'image/png' });
    // Empty: it is never uploaded, so no server gives it another name.
    await choose(widget, new File([], '../../etc/pa\u202Etxt.dwss'), broken);
    const row = await find(widget, 'li', /patxt\.dwss/);
    expect(row.querySelector('bdi')!.textContent).to.equal('patxt.dwss');
    await find(widget, 'button', 'Remove patxt.dwss');
    await sees(widget, 'broken.png');
    await until(
      () =>
        all(widget.shadowRoot!, 'li .file-kind').every(
          (kind) => kind.querySelector('svg') && !kind.querySelector('img'),
        ),
      'the picture that is none stays',
    );
  });

  it('are films with controls, which never start by themselves; one that cannot be played is a card', async () => {
    const widget = await opened();
    // As much of one as says what it is (Matroska, RFC 9559), and no picture.
    const head = [0x1a, 0x45, 0xdf, 0xa3, 0x87, 0x42, 0x82, 0x84, ...new TextEncoder().encode('webm')];
    await choose(widget, new File([new Uint8Array(head)], 'strap.webm', { type: 'video/webm' }));
    await sees(widget, 'Ready');
    (await find(widget, 'button', /^Send/)).click();
    await find(widget, 'a', /Download strap\.webm/);
    const [film] = all<HTMLVideoElement>(widget.shadowRoot!, 'video');
    expect([film.controls, film.autoplay, film.preload, film.ariaLabel]).to.deep.equal([
      true,
      false,
      'metadata',
      'strap.webm',
    ]);
    await until(() => !film.checkVisibility(), 'what cannot be played stays');
    await find(widget, 'a', /Download strap\.webm/);
  });

  it('are taken with their names beside them, as file managers give them; words with a picture of them are words', async () => {
    const widget = await opened();
    const named = (name: string) => ({ 'text/plain': name });
    const pages = { 'text/plain': 'Words', 'text/html': '<b>Words</b>' };
    expect(await pasteWith(widget, pages, await drawn('words.png')), 'left to the browser').to.equal(true);
    expect(await pasteWith(widget, named('found.txt'), written('found.txt', 'found'))).to.equal(false);
    await sees(widget, 'found.txt');
    dragWith(dialogOf(widget), 'drop', { ...pages, ...named('dropped.txt') }, written('dropped.txt', 'dropped'));
    await sees(widget, 'dropped.txt');
    await seesNoMore(widget, 'words.png');
  });

  it('have their place before they are loaded', async () => {
    const widget = await opened();
    await choose(widget, await drawn('wide.png', 1000, 500));
    await sees(widget, 'Ready');
    (await boxOf(widget)).focus();
    await press('Enter');
    const image = (await find(widget, 'button', 'Show wide.png')).querySelector('img')!;
    image.removeAttribute('src');
    const { width, height } = image.getBoundingClientRect();
    expect(Math.round((width / height) * 100)).to.equal(200);
    expect(width).to.be.greaterThan(100);
  });

  it('can be dropped on the conversation, which says so', async () => {
    const widget = await opened();
    const frame = dialogOf(widget);
    const file = await drawn('dropped.png');
    drag(frame, 'dragenter', file);
    await sees(widget, 'Drop files here');
    drag(frame, 'dragleave');
    await seesNoMore(widget, 'Drop files here');
    drag(frame, 'dragenter', file);
    await sees(widget, 'Drop files here');
    drag(frame, 'drop', file);
    await seesNoMore(widget, 'Drop files here');
    await sees(widget, 'dropped.png');
    await until(() => focused()?.localName === 'textarea', 'the focus is not in the field');
  });

  it('of a kind that place and camera cannot be taken out of are refused in words, where they are to be', async () => {
    await setLimits({}, { stripPictures: true });
    const widget = await opened();
    const raw = new File(
      [new Uint8Array([0x49, 0x49, 0x2a, 0, 0x10, 0, 0, 0, 0x43, 0x52, 2, 0]), 'x'.repeat(64)],
      'ada.cr2',
    );
    await choose(widget, raw, await drawn('bag.png'));
    await sees(widget, 'Pictures of this kind cannot be sent here.');
    await sees(widget, 'Ready');
    await setLimits({}, { stripPictures: false });
  });

  it('that are too large, empty or too many say so in words, and keep nothing from being sent once they are gone', async () => {
    await setLimits({ fileBytes: 2_000, filesPerMessage: 3 });
    const widget = await opened();
    await choose(widget, written('long.txt', 'x'.repeat(2_001)), written('empty.txt', ''), written('fine.txt', 'fine'));
    await sees(widget, 'This file is too large. At most 2 kB, please.');
    await sees(widget, 'This file is empty.');
    await choose(widget, written('fourth.txt', '4'));
    await sees(widget, 'A message can hold 3 files.');
    await until(() => all(widget.shadowRoot!, 'li.ready').length === 1, 'the good one was never uploaded');
    (await boxOf(widget)).focus();
    await press('Enter');
    await sees(widget, 'long.txt cannot be sent. Please remove it.');
    const isAtHand = () => focused()?.getAttribute('aria-label') === 'Remove long.txt';
    await until(isAtHand, 'what can be done has no focus');
    (await boxOf(widget)).focus();
    await press('Enter');
    await until(isAtHand, 'what can be done has no focus the second time');
    for (const name of ['long.txt', 'empty.txt', 'fourth.txt'])
      (await find(widget, 'button', `Remove ${name}`)).click();
    await seesNoMore(widget, 'long.txt');
    expect(focused()?.getAttribute('aria-label')).to.equal('Remove fine.txt');
    (await boxOf(widget)).focus();
    await press('Enter');
    await find(widget, 'a', /^Download fine\.txt/);
    await setLimits({ fileBytes: 25_000_000, filesPerMessage: 10 });
  });

  it('that the server refuses say so too', async () => {
    const widget = await opened();
    await setLimits({ filesPerDay: 1 });
    await choose(widget, written('one.txt', '1'));
    await sees(widget, 'Ready');
    await choose(widget, written('two.txt', '2'));
    await sees(widget, 'That is all for today. Try again tomorrow.');
    await setLimits({ filesPerDay: 100 });
  });

  it('are sent by themselves when Send was pressed too early, and go on when the server is back', async () => {
    const widget = await opened();
    await type('First words');
    await press('Enter');
    await sees(widget, 'Sent');
    await server.stop();
    await choose(widget, written('patient.txt', 'patience'));
    await sees(widget, 'No connection.');
    (await boxOf(widget)).focus();
    await type('With patience');
    await press('Enter');
    await sees(widget, 'Sends as soon as the files are there.');
    await server.restart();
    await find(widget, 'a', /^Download patient\.txt/);
    expect((await boxOf(widget)).value).to.equal('');
    await until(async () => (await stored()).at(-1)?.text === 'With patience');
  });

  it('go along also when Send is pressed before anything of them is to be seen', async () => {
    const widget = await opened();
    await type('Here it is');
    const button = await find(widget, 'button', /^Send/);
    drag(dialogOf(widget), 'drop', written('order.txt', 'number 12'));
    button.click();
    await find(widget, 'a', 'Download order.txt 9 bytes');
    await sees(widget, 'Here it is');
    await sees(widget, 'Sent');
    expect((await stored()).map(({ text, attachments }) => [text, attachments?.length])).to.deep.equal([
      ['Here it is', 1],
    ]);
  });

  it('stay on the shelf, and the words in the field, when what was sent is not even taken', async () => {
    const widget = await opened();
    const panel = all(widget.shadowRoot!, 'cw-panel')[0] as CwPanel;
    const { client } = panel;
    const send = client.send.bind(client);
    client.send = () => Promise.reject(new ChatError('forbidden', 'This visitor is refused.'));
    await choose(widget, written('order.txt', 'number 12'));
    await sees(widget, 'Ready');
    await focusedBox(widget);
    await type('Here it is');
    await press('Enter');
    await panel.updateComplete;
    expect((await boxOf(widget)).value).to.equal('Here it is');
    await sees(widget, 'order.txt');
    client.send = send;
    await press('Enter');
    await find(widget, 'a', 'Download order.txt 9 bytes');
    await sees(widget, 'Sent');
    expect((await boxOf(widget)).value).to.equal('');
    expect((await stored()).at(-1)?.attachments).to.have.length(1);
  });

  it('stay on the shelf of their conversation while another is looked at', async () => {
    const widget = await opened();
    await type('First words');
    await press('Enter');
    await sees(widget, 'Sent');
    await choose(widget, written('order.txt', 'number 12'));
    await sees(widget, 'Ready');
    (await find(widget, 'button', /^Back/)).click();
    await seesNoMore(widget, 'order.txt');
    (await find(widget, 'button', /First words/)).click();
    await sees(widget, 'order.txt');
  });

  it('are taken away again, here and on the server, with the focus in the field', async () => {
    const widget = await opened();
    await choose(widget, written('secret.txt', 'never mind'));
    await sees(widget, 'Ready');
    (await find(widget, 'button', 'Remove secret.txt')).click();
    await seesNoMore(widget, 'secret.txt, ');
    await until(() => focused()?.localName === 'textarea', 'the focus is not in the field');
    expect((await find<HTMLButtonElement>(widget, 'button', /^Send/)).disabled).to.equal(true);
  });

  it('of one visitor are not the next one’s, and of one conversation not another’s', async () => {
    const widget = await opened();
    await choose(widget, written('mine.txt', 'mine'));
    await sees(widget, 'Ready');
    await widget.logout();
    await widget.show();
    await seesNoMore(widget, 'mine.txt');
  });

  it('are not offered where the inbox has none', async () => {
    await setLimits({}, { files: false });
    const widget = await ready(mount(server));
    await widget.show();
    await boxOf(widget);
    expect(all(widget.shadowRoot!, '[aria-label="Attach files"]')).to.have.length(0);
    await setLimits({}, { files: true });
    await opened();
  });

  it('are looked at in a viewer: zoomed, turned, left with Escape, the focus where it was', async () => {
    const widget = await opened();
    await choose(widget, await drawn('one.png', 1600, 1200), await drawn('two.png', 20, 20));
    await until(() => all(widget.shadowRoot!, 'li.ready').length === 2, 'the uploads never ended');
    (await boxOf(widget)).focus();
    await press('Enter');
    (await find(widget, 'button', 'Show one.png')).click();
    const dialog = await find<HTMLDialogElement>(widget, 'dialog', 'Picture one.png');
    expect(dialog.matches(':modal')).to.equal(true);
    expect(dialog.querySelector('img')!.alt).to.equal('one.png');
    await comeToRest(widget);
    await expect(dialog).to.be.accessible();
    await press('=');
    await find(widget, 'button', 'Zoom out');
    await press('-');
    await find(widget, 'button', 'Zoom in');
    await press('ArrowRight');
    await find(widget, 'dialog', 'Picture two.png');
    await sees(widget, '2 of 2');
    await press('Escape');
    await until(() => !all(widget.shadowRoot!, 'cw-viewer').length, 'the viewer stayed');
    expect(focused()?.getAttribute('aria-label')).to.equal('Show two.png');
    expect(dialogOf(widget).checkVisibility(), 'the panel is still open').to.equal(true);
  });
});
