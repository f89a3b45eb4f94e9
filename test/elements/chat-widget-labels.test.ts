import { expect } from '@open-wc/testing';
import type { Label } from '../../src/api/protocol.ts';
import type { ChatWidget } from '../../src/elements/chat-widget.ts';
import type { CwPanel } from '../../src/elements/cw-panel.ts';
import { english } from '../../src/text/english.ts';
import { startChatServer, type ChatServer } from '../support/server.ts';
import { all, find, sees, textOf } from './console/screen.ts';
import { launcherOf, mount, ready, unmountAll } from './widgets.ts';
import { until } from '../support/until.ts';

describe('the words of an inbox', () => {
  let server: ChatServer;
  const { warn } = console;
  let warnings: string[];

  before(async () => {
    server = await startChatServer();
  });
  beforeEach(() => {
    warnings = [];
    console.warn = (...words: unknown[]) => void warnings.push(words.join(' '));
  });
  afterEach(async () => {
    console.warn = warn;
    await unmountAll();
    await save(null);
  });
  after(() => server?.dispose());

  const save = (labels: readonly Label[] | null) =>
    server.request('PATCH', `/v1/inboxes/${server.inbox}`, { settings: { words: { labels } } });

  /** Hears what is saved from now on. */
  const hears = (widget: ChatWidget) =>
    until(() => all<CwPanel>(widget.shadowRoot!, 'cw-panel')[0]?.state.connection === 'open');

  it('are there from the first moment of an open panel, and others as soon as they are saved', async () => {
    await save([{ key: 'panel.startFirst', text: 'Ask our bike mechanics' }]);
    const widget = await ready(mount(server, { lang: 'en', session: 'auto' }));
    await widget.show();
    expect(textOf(widget)).to.not.include(english.panel.startFirst);
    await sees(widget, 'Ask our bike mechanics');
    expect(textOf(widget)).to.not.include(english.panel.startFirst);
    await hears(widget);
    await save([{ key: 'panel.startFirst', text: 'Ask the workshop' }]);
    await sees(widget, 'Ask the workshop');
    await save(null);
    await sees(widget, english.panel.startFirst);
    expect(warnings).to.deep.equal([]);
  });

  it('are each language’s own before they are for all, and the page’s go over both', async () => {
    const key = 'panel.startFirst';
    await save([
      { key, text: 'Ask us' },
      { key, language: 'de', text: 'Fragen Sie uns' },
      { key: 'panel.charactersLeft.one', text: 'One more' },
      { key: 'launcher.closeChat', language: 'ja', text: 'とじる' },
    ]);
    const widget = await ready(mount(server, { lang: 'de-CH' }));
    await widget.show();
    await sees(widget, 'Fragen Sie uns');
    widget.lang = 'ja';
    await sees(widget, 'Ask us');
    await until(() => launcherOf(widget).ariaLabel === 'とじる');
    widget.labels = { [key]: 'Los' };
    await sees(widget, 'Los');
    expect(launcherOf(widget).ariaLabel).to.equal('とじる');
    widget.labels = undefined;
    await sees(widget, 'Ask us');
    // A form that Japanese does not have is no mistake of the page's author.
    expect(warnings).to.deep.equal([]);
  });

  it('are read by whoever has a draft, without being in its way', async () => {
    const widget = await ready(mount(server, { lang: 'en', session: 'auto' }));
    await widget.show();
    const field = await find<HTMLTextAreaElement>(widget, 'textarea');
    field.value = 'Half a sent';
    field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
    field.focus();
    field.setSelectionRange(4, 6);
    await hears(widget);
    await save([{ key: 'panel.writeMessage', text: 'What is broken?' }]);
    await until(() => field.placeholder === 'What is broken?');
    const again = await find<HTMLTextAreaElement>(widget, 'textarea');
    expect(again === field).to.equal(true);
    expect(field.value).to.equal('Half a sent');
    expect([field.selectionStart, field.selectionEnd]).to.deep.equal([4, 6]);
    expect(field.matches(':focus')).to.equal(true);
  });
});
