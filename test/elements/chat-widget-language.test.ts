import { expect } from '@open-wc/testing';
import type { ChatWidget } from '../../src/elements/chat-widget.ts';
import { english } from '../../src/text/english.ts';
import type { AllWords } from '../../src/text/locale.ts';
import type { LocaleName } from '../../src/text/launcher-names.ts';
import { locales } from '../../src/text/locales.ts';
import { press, type } from '../support/browser.ts';
import { startChatServer, type ChatServer } from '../support/server.ts';
import { all, find, sees, textOf } from './console/screen.ts';
import { dialogOf, launcherOf, mount, ready, unmountAll } from './widgets.ts';
import { until } from '../support/until.ts';

const { documentElement } = document;

/** All texts in a table, whatever they stand in. */
const textsOf = (node: unknown): string[] =>
  typeof node === 'string' ? [node] : Object.values(node as object).flatMap(textsOf);

/** The words of a language, whole. */
async function wordsOf(name: LocaleName): Promise<AllWords> {
  const [load, loadMore] = locales[name];
  return { ...(await load()).default, ...(await loadMore()).default };
}

/** Whatever is to be read or heard in a widget and is the English of something that is called otherwise in its language. */
function englishIn(widget: ChatWidget, words: AllWords): string[] {
  const own = new Set(textsOf(words));
  const foreign = new Set(textsOf(english).filter((text) => !own.has(text)));
  const names = ['aria-label', 'placeholder', 'title'];
  const shown = all(widget.shadowRoot!, '*').flatMap((element) => [
    ...names.map((name) => element.getAttribute(name) ?? ''),
    ...[...element.childNodes].filter((node) => node instanceof Text).map(({ data }) => data),
  ]);
  return shown.map((text) => text.trim()).filter((text) => foreign.has(text));
}

describe('the language of <chat-widget>', () => {
  let server: ChatServer;
  const { lang: pageLang } = documentElement;
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
    documentElement.lang = pageLang;
    documentElement.removeAttribute('dir');
    await unmountAll();
  });
  after(() => server?.dispose());

  const nameOf = (widget: ChatWidget) => launcherOf(widget)?.getAttribute('aria-label');
  const isCalled = (widget: ChatWidget, name: string) =>
    until(
      () => nameOf(widget) === name,
      () => `the launcher is called ${nameOf(widget)}`,
    );
  const directionOf = (widget: ChatWidget) => getComputedStyle(launcherOf(widget)).direction;

  async function opened(attributes?: Record<string, string>): Promise<ChatWidget> {
    const widget = await ready(mount(server, attributes));
    await widget.show();
    return widget;
  }

  for (const name of Object.keys(locales) as LocaleName[]) {
    it(`is ${name} throughout, from the first moment that the panel is on screen`, async () => {
      const words = await wordsOf(name);
      const widget = await opened({ lang: name });
      expect(englishIn(widget, words)).to.deep.equal([]);
      expect(nameOf(widget)).to.equal(words.launcher.closeChat);
      await sees(widget, words.panel.startFirst);
      const isRightToLeft = ['ar', 'fa', 'he'].includes(name);
      expect(getComputedStyle(dialogOf(widget)).direction).to.equal(isRightToLeft ? 'rtl' : 'ltr');
      expect(dialogOf(widget).closest('[lang]') ?? launcherOf(widget).closest('[lang]')).to.have.property('lang', name);
    });
  }

  it('is German in all that a conversation leads to', async () => {
    const words = await wordsOf('de');
    const widget = await opened({ lang: 'de-AT' });
    const holds = () => {
      expect(englishIn(widget, words)).to.deep.equal([]);
    };
    await type('Guten Tag');
    await press('Enter');
    await sees(widget, words.thread.sent);
    holds();
    (await find(widget, 'button', words.thread.actions)).click();
    await find(widget, '[role=menuitem]', words.message.copy);
    holds();
    await press('Escape');
    (await find(widget, 'button', words.conversation.more)).click();
    await find(widget, '[role=menuitem]', words.menu.downloadTranscript);
    holds();
    await press('Escape');
    (await find(widget, 'button', words.panel.emoji)).click();
    await find(widget, '[role=dialog]', words.emoji.picker);
    holds();
    await press('Escape');
    (await find(widget, 'button', words.conversation.leaveEmail)).click();
    await sees(widget, words.verify.email);
    holds();
    expect(warnings).to.deep.equal([]);
  });

  it('is another one as soon as the page says so, the open panel included', async () => {
    const widget = await opened({ lang: 'de' });
    await type('Hallo');
    await press('Enter');
    await sees(widget, 'Gesendet');
    const french = await wordsOf('fr');
    widget.lang = 'fr';
    await sees(widget, french.thread.sent);
    await until(() => englishIn(widget, french).length === 0);
    expect(textOf(widget)).to.not.include('Gesendet');
    expect(nameOf(widget)).to.equal(french.launcher.closeChat);
    widget.lang = 'ar';
    await until(() => getComputedStyle(dialogOf(widget)).direction === 'rtl');
    await sees(widget, (await wordsOf('ar')).thread.sent);
    widget.lang = 'en';
    await sees(widget, 'Sent');
    expect(getComputedStyle(dialogOf(widget)).direction).to.equal('ltr');
  });

  it('is each widget’s own', async () => {
    const [danish, thai] = [mount(server, { lang: 'da' }), mount(server, { lang: 'th' })];
    await isCalled(danish, (await wordsOf('da')).launcher.openChat);
    await isCalled(thai, (await wordsOf('th')).launcher.openChat);
    await isCalled(mount(server), 'Open chat');
  });

  it('is the page’s, and English where there are no words of that', async () => {
    documentElement.lang = 'nb-NO';
    await isCalled(mount(server), (await wordsOf('no')).launcher.openChat);
    documentElement.lang = 'hu';
    const widget = await opened();
    expect(nameOf(widget)).to.equal('Close chat');
    expect(launcherOf(widget).closest('[lang]')).to.have.property('lang', 'en');
    expect(warnings).to.deep.equal([]);
  });

  it('is the browser’s where the page wants that', async () => {
    documentElement.lang = 'de';
    const languages = Object.getOwnPropertyDescriptor(Navigator.prototype, 'languages')!;
    const one = Object.getOwnPropertyDescriptor(Navigator.prototype, 'language')!;
    Object.defineProperty(navigator, 'languages', { configurable: true, get: () => ['hu', 'it-CH', 'en'] });
    Object.defineProperty(navigator, 'language', { configurable: true, get: () => 'hu' });
    try {
      await isCalled(mount(server, { 'lang-source': 'browser' }), (await wordsOf('it')).launcher.openChat);
      await isCalled(mount(server, { 'lang-source': 'browser', lang: 'ja' }), (await wordsOf('ja')).launcher.openChat);
      await isCalled(mount(server, { 'lang-source': 'guess' }), (await wordsOf('de')).launcher.openChat);
    } finally {
      Object.defineProperty(navigator, 'languages', languages);
      Object.defineProperty(navigator, 'language', one);
    }
    expect(warnings.join()).to.include('lang-source "guess" is not understood');
  });

  it('is written in its own direction, unless the page says another', async () => {
    documentElement.lang = 'fa';
    const persian = mount(server);
    await isCalled(persian, (await wordsOf('fa')).launcher.openChat);
    expect(directionOf(persian)).to.equal('rtl');
    documentElement.dir = 'ltr';
    persian.requestUpdate();
    await persian.updateComplete;
    expect(directionOf(persian)).to.equal('ltr');
    const hebrew = mount(server, { lang: 'he' });
    await hebrew.updateComplete;
    expect(directionOf(hebrew)).to.equal('rtl');
    const turned = mount(server, { lang: 'he', dir: 'ltr' });
    await turned.updateComplete;
    expect(directionOf(turned)).to.equal('ltr');
  });

  it('is English when its words do not come, and the page’s author hears of it once', async () => {
    const { sv } = locales;
    const fails = () => Promise.reject(new TypeError('Failed to fetch'));
    Object.assign(locales, { sv: [fails, fails] });
    try {
      for (let n = 0; n < 2; n++) {
        const widget = await opened({ lang: 'sv' });
        await sees(widget, english.panel.startFirst);
        expect(nameOf(widget)).to.equal('Close chat');
      }
    } finally {
      Object.assign(locales, { sv });
    }
    expect(warnings.filter((warning) => warning.includes('sv'))).to.have.length(1);
  });

  it('does not keep the panel waiting for words that never come', async () => {
    const { fi } = locales;
    Object.assign(locales, { fi: [() => new Promise(() => {}), fi[1]] });
    try {
      const widget = await opened({ lang: 'fi' });
      await sees(widget, english.panel.startFirst);
    } finally {
      Object.assign(locales, { fi });
    }
  });

  it('has the page’s own words in it, in any language', async () => {
    const labels = { 'panel.startFirst': 'Los geht’s', 'launcher.closeChat': 'Zu', 'panel.no': 'x', 'else.where': 'x' };
    const widget = await ready(mount(server, { lang: 'de' }));
    widget.labels = labels;
    await widget.show();
    await sees(widget, 'Los geht’s');
    expect(nameOf(widget)).to.equal('Zu');
    widget.lang = 'en';
    await sees(widget, english.panel.startFirstHint);
    await sees(widget, 'Los geht’s');
    widget.labels = undefined;
    await sees(widget, english.panel.startFirst);
    expect(warnings.filter((warning) => warning.includes('panel.no'))).to.have.length(1);
    expect(warnings.filter((warning) => warning.includes('else.where'))).to.have.length(1);
    const another = await opened({ labels: '{"panel.startFirst": "Go"}' });
    await sees(another, 'Go');
  });
});
