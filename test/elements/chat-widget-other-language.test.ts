import { expect, nextFrame } from '@open-wc/testing';
import type { ChatWidget } from '../../src/elements/chat-widget.ts';
import type { CwPanel } from '../../src/elements/cw-panel.ts';
import { english } from '../../src/text/english.ts';
import { launcherNames } from '../../src/text/launcher-names.ts';
import { locales } from '../../src/text/locales.ts';
import { press, type } from '../support/browser.ts';
import { startChatServer, type ChatServer } from '../support/server.ts';
import { all, find, sees, textOf } from './console/screen.ts';
import { dialogOf, focused, launcherOf, mount, ready, unmountAll } from './widgets.ts';
import { until } from '../support/until.ts';

const { documentElement } = document;

/** Words that stand, even in part, beyond the panel's edges or what they are in. */
function textsBeyond(widget: ChatWidget): string[] {
  const edge = dialogOf(widget).getBoundingClientRect();
  return all(all(widget.shadowRoot!, 'cw-panel')[0].shadowRoot!, '*').flatMap((element) => {
    const { overflowX, position } = getComputedStyle(element);
    // What only screen readers find has no place on screen.
    if (!element.checkVisibility() || (position === 'absolute' && element.clientWidth <= 1)) return [];
    const isCut =
      overflowX !== 'visible' && element.childElementCount === 0 && element.scrollWidth > element.clientWidth;
    return [...element.childNodes].flatMap((node) => {
      if (!(node instanceof Text) || !node.data.trim()) return [];
      const range = document.createRange();
      range.selectNode(node);
      const isOut = [...range.getClientRects()].some(
        ({ left, right }) => left < edge.left - 1 || right > edge.right + 1,
      );
      return isOut || isCut ? [node.data.trim()] : [];
    });
  });
}

describe('a <chat-widget> whose language changes', () => {
  let server: ChatServer;
  const { lang: pageLang } = documentElement;
  const { warn } = console;

  before(async () => {
    server = await startChatServer();
  });
  beforeEach(() => {
    console.warn = () => {};
  });
  afterEach(async () => {
    console.warn = warn;
    documentElement.lang = pageLang;
    documentElement.removeAttribute('dir');
    await unmountAll();
  });
  after(() => server?.dispose());

  const isCalled = (widget: ChatWidget, name: string) =>
    until(
      () => launcherOf(widget)?.ariaLabel === name,
      () => `the launcher is called ${launcherOf(widget)?.ariaLabel}`,
    );
  const directionOf = (widget: ChatWidget) => getComputedStyle(launcherOf(widget)).direction;

  it('follows the page, whichever element around it says so, in and out of the document', async () => {
    documentElement.lang = 'de';
    const widget = mount(server);
    await isCalled(widget, launcherNames.de);
    documentElement.lang = 'pl';
    await isCalled(widget, launcherNames.pl);
    documentElement.lang = 'ar';
    await isCalled(widget, launcherNames.ar);
    expect(directionOf(widget)).to.equal('rtl');
    documentElement.dir = 'ltr';
    await until(() => directionOf(widget) === 'ltr');
    const section = document.createElement('section');
    section.lang = 'it';
    document.body.append(section);
    section.append(widget);
    await isCalled(widget, launcherNames.it);
    section.lang = 'hu';
    await isCalled(widget, 'Open chat');
    widget.remove();
    section.lang = 'cs';
    section.append(widget);
    await isCalled(widget, launcherNames.cs);
    widget.lang = 'tr';
    await isCalled(widget, launcherNames.tr);
    section.lang = 'nl';
    await widget.updateComplete;
    expect(launcherOf(widget).ariaLabel).to.equal(launcherNames.tr);
    section.remove();
  });

  it('takes the language of an element around the one in whose shadow root it stands', async () => {
    const host = document.createElement('div');
    host.lang = 'fi';
    document.body.append(host);
    const widget = mount(server);
    host.attachShadow({ mode: 'open' }).append(widget);
    await isCalled(widget, launcherNames.fi);
    host.remove();
  });

  it('knows the names that languages have had, and those of their regions', async () => {
    const widget = mount(server);
    for (const [lang, name] of [
      ['iw', 'he'],
      ['in-ID', 'id'],
      ['zh-Hant-HK', 'zh-TW'],
      ['zh', 'zh-CN'],
      ['PT-pt', 'pt-BR'],
      ['nn-NO', 'no'],
    ] as const) {
      widget.lang = lang;
      await isCalled(widget, launcherNames[name]);
    }
    widget.lang = 'hu-HU';
    await isCalled(widget, 'Open chat');
  });

  it('asks for nothing but its name until somebody comes near it', async () => {
    const { uk } = locales;
    let asked = 0;
    Object.assign(locales, { uk: [() => (asked++, uk[0]()), uk[1]] });
    try {
      const widget = await ready(mount(server, { lang: 'uk' }));
      await isCalled(widget, launcherNames.uk);
      expect(asked).to.equal(0);
      launcherOf(widget).dispatchEvent(new PointerEvent('pointerenter'));
      await until(() => asked === 1);
      await widget.show();
      await isCalled(widget, (await uk[0]()).default.launcher.closeChat);
      expect(asked).to.equal(1);
    } finally {
      Object.assign(locales, { uk });
    }
  });

  it('keeps the focus, the draft with its caret, and the place in a long conversation', async () => {
    const widget = await ready(mount(server, { lang: 'en' }));
    await widget.show();
    await type('Hello');
    await press('Enter');
    await sees(widget, 'Sent');
    const [{ id }] = await server.agent.conversations();
    for (let n = 1; n <= 12; n++) await server.agent.answer(id, `Line ${n}\n\nand more\n\nof it`);
    await sees(widget, 'Line 12');
    const field = await find<HTMLTextAreaElement>(widget, 'textarea');
    await type('Half a sentence');
    field.setSelectionRange(2, 5);
    const log = await find(widget, '[role=log]');
    const scroller = all(widget.shadowRoot!, '*').find(
      (each) => each.contains(log) && each.scrollHeight > each.clientHeight + 100 && each.scrollTop > 0,
    )!;
    scroller.scrollTop = 40;
    // The thread has heard that somebody reads further up.
    await find(widget, 'button', english.thread.newest);
    const before = all(widget.shadowRoot!, '[part~=message]');

    for (const lang of ['ja', 'ar', 'en'] as const) {
      widget.lang = lang;
      const panel = all<CwPanel>(widget.shadowRoot!, 'cw-panel')[0];
      await until(() => panel.language.lang === lang);
      await sees(widget, (lang === 'en' ? english : (await locales[lang][0]()).default).thread.sent);
      expect(focused() === field).to.equal(true);
      expect([field.value, field.selectionStart, field.selectionEnd]).to.deep.equal(['Half a sentence', 2, 5]);
      expect(scroller.scrollTop).to.be.closeTo(40, 1);
      const messages = all(widget.shadowRoot!, '[part~=message]');
      expect(messages.every((message, index) => message === before[index])).to.equal(true);
    }
  });

  it('has room for the words of each on the narrowest phone', async () => {
    const widget = mount(server, { lang: 'en' });
    widget.style.setProperty('--chat-panel-width', '320px');
    await (await ready(widget)).show();
    expect(dialogOf(widget).offsetWidth).to.equal(320);
    const tooWide: string[] = [];
    const look = async () => {
      for (const lang of Object.keys(locales)) {
        widget.lang = lang;
        const panel = all<CwPanel>(widget.shadowRoot!, 'cw-panel')[0];
        await until(() => panel.language.lang === lang);
        await panel.updateComplete;
        await nextFrame();
        tooWide.push(...textsBeyond(widget).map((text) => `${lang}: ${text}`));
      }
    };
    await look();
    widget.lang = 'en';
    await find(widget, 'textarea', 'Message');
    const { conversationId } = await widget.send('Hello');
    await widget.showConversation(conversationId);
    await sees(widget, 'Sent');
    await look();
    expect(tooWide).to.deep.equal([]);
  });

  it('is English while words do not come, and asks for them again in a while', async () => {
    const { sv } = locales;
    const { setTimeout } = window;
    const waiting: (() => void)[] = [];
    let fails = true;
    const load = () => (fails ? Promise.reject(new TypeError('Failed to fetch')) : sv[0]());
    Object.assign(locales, { sv: [load, sv[1]] });
    // These waits end when the test says so.
    const patient = (act: () => void, ms = 0, ...rest: unknown[]) =>
      [20_000, 40_000, 80_000].includes(ms)
        ? 0 * waiting.push(act)
        : (Reflect.apply(setTimeout, window, [act, ms, ...rest]) as number);
    Object.assign(window, { setTimeout: patient });
    try {
      const widget = await ready(mount(server, { lang: 'sv' }));
      await widget.show();
      await sees(widget, english.panel.startFirst);
      // There is one more where the settings came only after the first words did not.
      const endWaits = () => waiting.splice(0).forEach((act) => act());
      await until(() => waiting.length > 0, 'they are not asked for again');
      endWaits();
      await until(() => waiting.length > 0, 'they are not asked for again and again');
      expect(textOf(widget)).to.include(english.panel.startFirst);
      fails = false;
      endWaits();
      await sees(widget, (await sv[0]()).default.panel.startFirst);
      expect(waiting).to.have.length(0);
    } finally {
      Object.assign(window, { setTimeout });
      Object.assign(locales, { sv });
    }
  });
});
