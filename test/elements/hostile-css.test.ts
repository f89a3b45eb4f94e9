import { expect } from '@open-wc/testing';
import type { ChatWidget } from '../../src/elements/chat-widget.ts';
import { resize, type } from '../support/browser.ts';
import { startChatServer, type ChatServer } from '../support/server.ts';
import { find, sees } from './console/screen.ts';
import { differences, lookOf, PLACES, type Look } from './look-of.ts';
import { comeToRest, mount, ready, settled, unmountAll } from './widgets.ts';

/** Everything that is inherited, each as something that would be seen. */
const INHERITED = `
  font: italic small-caps 700 40px/3 serif; letter-spacing: 1em; word-spacing: 2em; text-transform: uppercase;
  text-indent: 5em; text-align: end; white-space: pre; color: red; visibility: hidden; cursor: none;
  -webkit-user-select: none; user-select: none; pointer-events: none; text-shadow: 0 0 9px red;
  -webkit-text-fill-color: red; -webkit-text-stroke: 2px red; quotes: none; hyphens: auto; tab-size: 40; list-style: square inside; border-collapse: collapse; word-break: break-all;
  overflow-wrap: normal; line-break: anywhere; caret-color: red; accent-color: red; scrollbar-color: red red;
  font-variant-numeric: slashed-zero; font-feature-settings: 'swsh' 2; font-kerning: none; text-rendering: optimizeSpeed;
  image-rendering: pixelated; forced-color-adjust: none; print-color-adjust: exact; text-size-adjust: 300%;
  text-emphasis: dot red; text-underline-offset: 9px; fill: red; stroke: red; stroke-width: 9px; stroke-linecap: butt;
  paint-order: stroke; -webkit-font-smoothing: antialiased; hanging-punctuation: first; text-wrap: balance;
`;

/** Style sheets of pages that mean no harm to a chat, and would do it. */
const PAGES: Readonly<Record<string, string>> = {
  'takes away all that there is': '* { all: unset !important }',
  'takes away all that there is, and inherits the worst': `html, body { ${INHERITED} } * { all: inherit !important }`,
  'has everything that is inherited otherwise': `html, body { ${INHERITED} }`,
  'says so to every element': `* { ${INHERITED.replaceAll(';', ' !important;')} }`,
  'has a huge font': 'html { font-size: 200px } body { font-size: 4em; line-height: 5 }',
  'has a font for easy sums': 'html { font-size: 62.5% }',
  'moves, blurs, contains and hides what its chat stands in': `
    body { transform: rotate(20deg) scale(0.5); filter: blur(4px); perspective: 1px; contain: strict; opacity: 0.1;
      clip-path: inset(50%); mix-blend-mode: difference; will-change: transform; isolation: isolate; position: relative;
      z-index: -1; inline-size: 0; block-size: 0; overflow: hidden; container-type: size; backdrop-filter: invert(1);
      mask: linear-gradient(transparent, transparent) }`,
  'has ideas about buttons, dialogs and drawings': `
    button, textarea, input, dialog, svg, path, section, header, img, slot, div, span, p, h2, h3, ul, li, time, i, bdi,
    [popover], [hidden], [role], [part], ::slotted(*), ::placeholder, ::backdrop, :focus-visible {
      display: none !important; position: static !important; width: 3px !important; height: 3px !important;
      margin: 40px !important; padding: 40px !important; border: 9px solid red !important; background: red !important;
      color: red !important; font: 40px serif !important; outline: 9px solid red !important; transform: scale(3) !important;
      fill: red !important; stroke: none !important; box-sizing: content-box !important; appearance: auto !important }
    svg, path { d: none !important; vector-effect: non-scaling-stroke !important }
    dialog::backdrop { background: red !important }`,
  'moves everything all the time': `
    @keyframes spin { to { transform: rotate(360deg); opacity: 0; color: red } }
    @keyframes rise { to { transform: rotate(360deg); opacity: 0 } }
    @keyframes appear { to { opacity: 0 } }
    *, *::before, *::after { animation: spin 0.1s infinite !important; transition: all 30s !important }`,
  'makes every element a box of its own': `
    * { display: block !important; float: left !important; position: static !important; opacity: 0.3 !important;
      filter: invert(1) !important; transform: rotate(45deg) !important; margin: 50px !important; padding: 50px !important;
      overflow: hidden !important; max-width: 10px !important; max-height: 10px !important; clip-path: inset(40%) !important;
      z-index: -1 !important; contain: paint !important; translate: 50px !important; rotate: 5deg !important }`,
  'lays its elements out in a grid with gaps':
    'body { display: grid; gap: 60px; place-items: center; grid: 9px 9px / 1fr }',
  'is written from above':
    'html { writing-mode: vertical-rl; text-orientation: upright } * { writing-mode: vertical-lr !important }',
};

/** A scroll bar makes the window smaller, for everybody. */
const WITHOUT_SCROLL_BARS = ':root:root { overflow: hidden !important }';

/** What all stands in has no size: where that point is nobody sees. */
const POINT = /^ > div\.layer[^>]*: (@left|@top|inset-|left|right|top|bottom|min-)/;

describe('<chat-widget> on the page of somebody else', () => {
  let server: ChatServer;
  const sheet = new CSSStyleSheet();

  before(async () => {
    server = await startChatServer();
    document.adoptedStyleSheets.push(sheet);
  });
  beforeEach(() => resize(1024, 800));
  afterEach(async () => {
    sheet.replaceSync('');
    document.querySelector('main')?.remove();
    await unmountAll();
  });
  after(async () => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet);
    await server?.dispose();
  });

  function expectSame(before: Look, widget: ChatWidget, page: string): void {
    const found = differences(before, lookOf(widget.shadowRoot!)).filter((each) => !POINT.test(each));
    expect(found, `A page that ${page}`).to.deep.equal([]);
  }

  /** A widget of which everything is to be seen: launcher, panel, bubbles of both sides, the field one writes in. */
  async function talking(): Promise<ChatWidget> {
    const widget = await ready(mount(server));
    await widget.show();
    await type('Do you mend zips?');
    (await find(widget, 'button', 'Send')).click();
    await sees(widget, 'Sent');
    const [{ id }] = await server.agent.conversations();
    await server.agent.answer(id, 'Of course: **for life**, see https://shop.example/mend.');
    await sees(widget, 'for life');
    await find(widget, 'strong');
    // What comes later makes room for itself.
    await find(widget, 'button', 'Leave your e-mail');
    await sees(widget, 'We are');
    await comeToRest(widget);
    return widget;
  }

  it('looks as on a plain one, whatever the style sheets', async () => {
    const widget = await talking();
    const plain = lookOf(widget.shadowRoot!);
    expect(plain.size, 'elements').to.be.greaterThan(60);
    for (const [page, css] of Object.entries(PAGES)) {
      sheet.replaceSync(css + WITHOUT_SCROLL_BARS);
      expectSame(plain, widget, page);
      expect(document.elementFromPoint(innerWidth - 48, innerHeight - 48), `pressed where it ${page}`).to.equal(widget);
    }
  });

  it('looks as on a plain one from the beginning, closed', async () => {
    const before = lookOf((await ready(mount(server))).shadowRoot!);
    for (const [page, css] of Object.entries(PAGES)) {
      await unmountAll();
      sheet.replaceSync(css + WITHOUT_SCROLL_BARS);
      const widget = await ready(mount(server));
      expectSame(before, widget, page);
    }
  });

  it('looks as on a plain one where it stands in an element of the page', async () => {
    const room = document.createElement('main');
    room.style.cssText = 'position: fixed; inset: 0 auto auto 0; inline-size: 420px; block-size: 600px';
    document.body.append(room);
    const widget = mount(server, { mode: 'inline' });
    room.append(widget);
    await sees(widget, 'We are');
    await sees(widget, 'Start a conversation');
    await comeToRest(widget);
    const plain = lookOf(widget.shadowRoot!);
    for (const page of ['has everything that is inherited otherwise', 'has a huge font', 'has a font for easy sums']) {
      sheet.replaceSync(PAGES[page] + WITHOUT_SCROLL_BARS);
      expectSame(plain, widget, page);
    }
  });

  it('keeps its shape on a dark page', async () => {
    const widget = await talking();
    const plain = lookOf(widget.shadowRoot!);
    sheet.replaceSync(':root { color-scheme: dark; background: #111; color: #eee }');
    await comeToRest(widget);
    expect(differences(plain, lookOf(widget.shadowRoot!), PLACES)).to.deep.equal([]);
  });

  it('can be hidden by the page, which is the only thing a page can do to it by mistake', async () => {
    const widget = await talking();
    sheet.replaceSync('chat-widget { display: none }');
    expect(document.elementFromPoint(innerWidth - 48, innerHeight - 48)).not.to.equal(widget);
  });

  it('changes nothing of the page: not its styles, not its layout, not where it is scrolled to', async () => {
    const main = document.createElement('main');
    main.innerHTML = `
      <h1>A shop</h1><p style="columns: 2">We mend <b>for life</b>, <a href="#zips">zips</a> too.</p>
      <form><label>Size <input value="12"></label> <select><option>Red</select> <textarea>Hello</textarea>
      <button>Buy</button> <progress value="0.3"></progress></form><dialog open>Cookies?</dialog>
      <details open><summary>More</summary><svg width="20" height="20"><path d="M2 2h9v9"/></svg></details>
      <div style="position: sticky; top: 0">Menu</div><div style="position: fixed; right: 0; bottom: 0">Top</div>
      <div style="height: 3000px; --chat-brand: 36 88 76; color: rgb(var(--chat-brand))">Long</div>`;
    document.body.append(main);
    sheet.replaceSync('body { display: grid; gap: 30px; margin: 8px } h1 { font: 40px serif }');
    const page = () => lookOf(document, (element) => element.localName === 'chat-widget');
    const frame = () => {
      const { scrollWidth, scrollHeight, clientWidth, className, style } = document.documentElement;
      const inline = [className, style.cssText, document.body.className, document.body.style.cssText];
      return [scrollX, scrollY, scrollWidth, scrollHeight, clientWidth, document.styleSheets.length, ...inline];
    };
    scrollTo(0, 700);
    await settled();
    const [plain, plainFrame] = [page(), frame()];

    const widget = await talking();
    expect(differences(plain, page()), 'with the panel open').to.deep.equal([]);
    expect(frame(), 'with the panel open').to.deep.equal(plainFrame);
    await widget.hide();
    await comeToRest(widget);
    expect(differences(plain, page()), 'with the panel closed').to.deep.equal([]);
    expect(frame(), 'with the panel closed').to.deep.equal(plainFrame);
    widget.remove();
    expect(differences(plain, page()), 'without it').to.deep.equal([]);
  });
});
