import { expect } from '@open-wc/testing';
import { AgentClient } from '../../src/api/agent-client.ts';
import type { ChatWidget } from '../../src/elements/chat-widget.ts';
import { backgroundOf, colourOf, contrast } from '../a11y/colour.ts';
import { around, rendered } from '../a11y/flat-tree.ts';
import { resize, type } from '../support/browser.ts';
import { startChatServer, type ChatServer } from '../support/server.ts';
import { until } from '../support/until.ts';
import { all, find, sees } from './console/screen.ts';
import { choose, written } from './files.ts';
import { boxOf, comeToRest, launcherOf, mount, ready, unmountAll } from './widgets.ts';

/** What custom-elements.json says of `<chat-widget>`. */
interface Documented {
  readonly tagName: string;
  readonly cssProperties: readonly { readonly name: string }[];
  readonly cssParts: readonly { readonly name: string }[];
  readonly cssStates: readonly { readonly name: string }[];
  readonly slots: readonly { readonly name: string }[];
}

/** What a property is set to, where that shows, and as what; without `shown`: as it was set. */
interface Effect {
  readonly value: string;
  readonly on: (widget: ChatWidget) => Element;
  /** A CSS property, or something measured. */
  readonly as: string | ((element: HTMLElement) => string);
  readonly shown?: string;
}

const COLOUR = 'rgb(1, 102, 51)';

const part = (name: string) => (widget: ChatWidget) => {
  const [found] = all(widget.shadowRoot!, `[part~="${name}"]`).filter((each) => each.checkVisibility());
  if (!found) throw new Error(`There is no part ${name} on screen.`);
  return found;
};
const element = (selector: string) => (widget: ChatWidget) => all(widget.shadowRoot!, selector)[0];
const coloured = (on: Effect['on'], as: string, value = COLOUR): Effect => ({ value, on, as });
const background = (name: string) => coloured(part(name), 'background-color');
const text = (name: string) => coloured(part(name), 'color');
const edge = (side: 'right' | 'bottom') => (box: Element) => {
  const { innerWidth: right, innerHeight: bottom } = window;
  return `${{ right, bottom }[side] - box.getBoundingClientRect()[side]}px`;
};
const wide = (box: Element) => `${box.getBoundingClientRect().width}px`;
const high = (box: Element) => `${box.getBoundingClientRect().height}px`;

/** Where each documented custom property shows: by the scene in which it does. */
const PROPERTIES: Readonly<Record<string, Readonly<Record<string, Effect>>>> = {
  closed: {
    '--chat-brand': background('launcher'),
    '--chat-on-brand': text('launcher'),
    '--chat-launcher-size': { value: '80px', on: part('launcher'), as: wide },
    '--chat-offset': { value: '44px', on: part('launcher'), as: edge('bottom') },
    '--chat-offset-x': { value: '33px', on: part('launcher'), as: edge('right') },
    '--chat-offset-y': { value: '55px', on: part('launcher'), as: edge('bottom') },
    '--chat-radius-launcher': { value: '9px', on: part('launcher'), as: 'border-top-left-radius' },
    '--chat-shadow-launcher': { value: 'none', on: part('launcher'), as: 'box-shadow' },
    '--chat-duration': { value: '0.5s', on: part('launcher'), as: 'transition-duration' },
    '--chat-ease': { value: 'linear', on: part('launcher'), as: 'transition-timing-function' },
  },
  home: {
    '--chat-window': background('header'),
    '--chat-on-window': text('header'),
    '--chat-surface': background('panel'),
    '--chat-text': text('panel'),
    '--chat-line': coloured(part('composer'), 'border-top-color'),
    '--chat-raised': background('send'),
    '--chat-font': { value: 'monospace', on: part('greeting'), as: 'font-family' },
    '--chat-panel-width': { value: '360px', on: part('panel'), as: wide },
    '--chat-panel-height': { value: '420px', on: part('panel'), as: high },
    '--chat-radius-panel': { value: '3px', on: part('panel'), as: 'border-top-left-radius' },
    '--chat-shadow-panel': { value: 'none', on: element('cw-panel'), as: 'box-shadow' },
  },
  forms: {
    '--chat-accent': background('button'),
    '--chat-on-accent': text('button'),
    '--chat-radius-control': { value: '2px', on: part('button'), as: 'border-top-left-radius' },
  },
  list: { '--chat-radius-card': { value: '1px', on: part('conversation'), as: 'border-top-left-radius' } },
  thread: {
    '--chat-own': background('own'),
    '--chat-on-own': text('own'),
    '--chat-other': background('other'),
    '--chat-on-other': text('other'),
    '--chat-muted': text('time'),
    '--chat-brand-text': text('choice'),
    '--chat-brand-tint': coloured(element('.file-kind'), 'background-color'),
    '--chat-danger': coloured(element('#hint'), 'color'),
    '--chat-focus': coloured(part('log'), 'outline-color'),
    '--chat-font-size': { value: '20px', on: part('message'), as: 'font-size' },
    '--chat-bubble-padding': { value: '3px', on: part('message'), as: 'padding-left' },
    '--chat-message-gap': {
      value: '31px',
      on: (widget) => part('message')(widget).closest('[role="group"]')!,
      as: 'margin-top',
    },
    '--chat-radius-bubble': { value: '4px', on: part('own'), as: 'border-bottom-left-radius' },
  },
  menu: { '--chat-shadow-float': { value: 'none', on: part('menu'), as: 'box-shadow' } },
  offline: { '--chat-warning': text('notice'), '--chat-warning-tint': background('notice') },
};

/** Where each documented part is on screen. */
const PARTS: Readonly<Record<string, readonly string[]>> = {
  closed: ['launcher'],
  home: ['panel', 'header', 'greeting', 'close', 'home', 'composer', 'input', 'tool', 'send'],
  forms: ['button'],
  list: ['conversation'],
  thread: ['log', 'date', 'event', 'avatar', 'name', 'message', 'own', 'other', 'file', 'choice', 'time'],
  menu: ['menu'],
  alerted: ['badge', 'preview'],
  offline: ['notice'],
};

/** Where each documented state holds; in a widget that is closed and asks nobody none does but `ready`. */
const STATES: Readonly<Record<string, readonly string[]>> = {
  closed: ['ready'],
  home: ['open', 'online'],
  alerted: ['unread'],
  offline: ['reconnecting'],
};

/** What stands in each documented slot is seen inside of this part. */
const SLOTS: Readonly<Record<string, string>> = { launcher: 'launcher', header: 'header', home: 'home' };

const SCENES = [...new Set([PROPERTIES, PARTS, STATES].flatMap(Object.keys))];

describe('what a page may style', () => {
  let server: ChatServer;
  let desk: AgentClient;
  let documented: Documented;
  const sheet = new CSSStyleSheet();

  before(async () => {
    server = await startChatServer();
    desk = new AgentClient({ server: server.mount() });
    await desk.signIn(server.admin.email, server.admin.password);
    await desk.setPresence('online');
    await until(() => desk.state.agents?.some(({ presence }) => presence === 'online'), 'nobody is there');
    const manifest = (await (await fetch('/custom-elements.json')).json()) as {
      modules: { declarations: Documented[] }[];
    };
    documented = manifest.modules
      .flatMap(({ declarations }) => declarations)
      .find(({ tagName }) => tagName === 'chat-widget')!;
    document.adoptedStyleSheets.push(sheet);
  });
  beforeEach(() => resize(1024, 800));
  afterEach(async () => {
    sheet.replaceSync('');
    await unmountAll();
    await settings({ forms: null });
  });
  after(async () => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet);
    desk?.close();
    await server?.dispose();
  });

  async function settings(groups: object): Promise<void> {
    const { status, body } = await server.request('PATCH', '/v1/inboxes/demo', { settings: groups });
    expect(status, JSON.stringify(body)).to.equal(200);
  }

  async function say(widget: ChatWidget, message: object): Promise<void> {
    const [{ id }] = widget.conversations;
    const { status, body } = await server.request('POST', `/v1/conversations/${id}/messages`, message);
    expect(status, JSON.stringify(body)).to.equal(201);
  }

  async function opened(): Promise<ChatWidget> {
    const widget = await ready(mount(server, { 'close-button': 'show' }));
    await widget.show();
    await find(widget, '[role="dialog"], dialog');
    return widget;
  }

  async function talking(): Promise<ChatWidget> {
    const widget = await opened();
    await type('Do you mend `zips`?');
    (await find(widget, 'button', 'Send')).click();
    await sees(widget, 'Sent');
    return widget;
  }

  /** What has to be done so that something is to be seen. */
  const scenes: Readonly<Record<string, () => Promise<ChatWidget>>> = {
    closed: () => ready(mount(server)),
    async home() {
      const widget = await opened();
      await until(() => widget.online, 'nobody came online');
      // The field without the focus has lines like others.
      part('close')(widget).focus();
      return widget;
    },
    async forms() {
      const preChat = [{ key: 'name', label: 'Your name', type: 'text', required: true }];
      await settings({ forms: { preChat } });
      const widget = await opened();
      await find(widget, 'button', 'Start a conversation');
      return widget;
    },
    async list() {
      const widget = await talking();
      (await find(widget, 'button', /back/i)).click();
      await until(() => all(widget.shadowRoot!, '[part~=conversation]').length, 'no conversation is listed');
      return widget;
    },
    async thread() {
      const widget = await talking();
      await until(() => all(widget.shadowRoot!, 'code').length, 'its marks are not shown');
      await choose(widget, written('measures.txt', '12 by 30'));
      await sees(widget, 'measures.txt');
      (await find(widget, 'button', 'Send')).click();
      await until(() => all(widget.shadowRoot!, '[part~=file]').length, 'no file was sent');
      const { agent } = desk.state;
      // Unlike quick replies they stay, whatever is said after them.
      const buttons = [{ id: 'yes', text: 'Yes' }];
      await say(widget, { text: 'Shall we?', agentId: agent?.id, content: { type: 'buttons', buttons } });
      await find(widget, 'button', 'Yes');
      const box = await boxOf(widget);
      box.value = 'Too long. '.repeat(2_000);
      box.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
      await until(() => all(widget.shadowRoot!, '#hint.problem').length, 'nothing is said of the length');
      // After the field, the focus is one of the keyboard.
      box.focus();
      part('log')(widget).focus();
      return widget;
    },
    async menu() {
      const widget = await talking();
      (await find(widget, 'button', 'More')).click();
      await find(widget, '[role=menu]');
      return widget;
    },
    async alerted() {
      const widget = await talking();
      await widget.hide();
      await say(widget, { text: 'Of course.' });
      await until(() => all(widget.shadowRoot!, 'cw-preview').length && widget.unreadCount, 'no card came');
      await sees(widget, 'Of course.');
      return widget;
    },
    async offline() {
      const widget = await talking();
      await server.kill();
      await until(() => all(widget.shadowRoot!, '[part~=notice]').length, 'the loss is not told');
      return widget;
    },
  };

  /** As numbers, whatever the notation. */
  function normal(value: string, shown: HTMLElement): string {
    if (!/^(rgb|color|oklch|lab)/.test(value)) return value.replace(/\.000\d*px/, 'px');
    const probe = document.createElement('i');
    (shown.shadowRoot ?? shown).append(probe);
    probe.style.color = `color(from ${value} srgb r g b / alpha)`;
    const numbers = getComputedStyle(probe).color.match(/-?[\d.]+(?:e-?\d+)?/g)!;
    probe.remove();
    return numbers.map((number) => Number(number).toFixed(2)).join(' ');
  }

  function look({ on, as }: Effect, widget: ChatWidget): string {
    const shown = on(widget) as HTMLElement;
    const value = typeof as === 'function' ? as(shown) : getComputedStyle(shown).getPropertyValue(as);
    // A list with one value for each property that moves, or one font after the other.
    return normal(/^(rgb|color|oklch|lab)/.test(value) ? value : value.split(/, /)[0], shown);
  }

  /** No movement between one look and the next. */
  function still(properties: string): string {
    return `${properties} chat-widget::part(composer), chat-widget::part(send) { transition: none }`;
  }

  it('is what custom-elements.json says, by name', () => {
    const names = (list: readonly { readonly name: string }[]) => list.map(({ name }) => name);
    expect(Object.values(PROPERTIES).flatMap(Object.keys)).to.have.members(names(documented.cssProperties));
    expect(Object.values(PARTS).flat()).to.have.members(names(documented.cssParts));
    expect(Object.values(STATES).flat()).to.have.members(names(documented.cssStates));
    expect(Object.keys(SLOTS)).to.have.members(names(documented.slots));
  });

  for (const scene of SCENES) {
    const [properties, parts, states] = [PROPERTIES[scene] ?? {}, PARTS[scene] ?? [], STATES[scene] ?? []];
    const told = [...Object.keys(properties), ...parts.map((name) => `::part(${name})`), ...states];
    it(`takes effect, ${scene}: ${told.join(', ')}`, async () => {
      const widget = await scenes[scene]();
      try {
        await comeToRest(widget);
        for (const [name, effect] of Object.entries(properties)) {
          sheet.replaceSync(still(''));
          const before = look(effect, widget);
          sheet.replaceSync(still(`chat-widget { ${name}: ${effect.value} }`));
          const after = look(effect, widget);
          expect(after, `${name}, before`).to.not.equal(before);
          expect(after, name).to.equal(normal(effect.value, effect.on(widget) as HTMLElement));
        }
        for (const name of parts) {
          sheet.replaceSync('');
          const shown = part(name)(widget);
          const before = getComputedStyle(shown).textDecorationColor;
          sheet.replaceSync(`chat-widget::part(${name}) { text-decoration-color: rgb(7, 8, 9) }`);
          expect(before, name).to.not.equal('rgb(7, 8, 9)');
          expect(getComputedStyle(shown).textDecorationColor, `::part(${name})`).to.equal('rgb(7, 8, 9)');
        }
        for (const name of states) {
          expect(widget.matches(`:state(${name})`), `:state(${name})`).to.equal(true);
          if (scene === 'closed') continue;
          const other = await ready(mount(server, { inbox: 'nobody-asks' }));
          expect(other.matches(`:state(${name})`), `:state(${name}) of a widget at rest`).to.equal(false);
          other.remove();
        }
      } finally {
        if (scene === 'offline') await server.restart();
      }
    });
  }

  it('can be read with white, black, yellow, grey, see-through and nonsense for a brand', async () => {
    const [home, thread] = [await opened(), await scenes.thread()];
    await comeToRest(thread);
    const unreadable = (widget: ChatWidget) =>
      [...rendered(widget)]
        .filter((each) => [...each.childNodes].some((node) => node instanceof Text && node.data.trim()))
        .filter((each) => each.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
        .filter((each) => !each.closest(':disabled') && getComputedStyle(each).clipPath === 'none')
        .filter((each) => contrast(colourOf(getComputedStyle(each).color), backgroundOf(each)) < 4.5)
        .map((each) => each.outerHTML);
    /** Who is there: green, and seen. */
    const unseen = (widget: ChatWidget) =>
      all(widget.shadowRoot!, '.dot.on')
        .filter((dot) => contrast(colourOf(getComputedStyle(dot).backgroundColor), backgroundOf(around(dot)!)) < 3)
        .map((dot) => dot.outerHTML);
    await until(() => all(home.shadowRoot!, '[role=img] .dot.on').length, 'nobody came online');
    for (const brand of ['#fff', '#000', '#ff0', '#777', 'transparent', 'nonsense']) {
      for (const scheme of ['light', 'dark']) {
        sheet.replaceSync(
          still(`chat-widget { --chat-brand: ${brand}; color-scheme: ${scheme}; --chat-duration: 0s }`),
        );
        await Promise.all([comeToRest(home), comeToRest(thread)]);
        const found = [home, thread].flatMap((widget) => [...unreadable(widget), ...unseen(widget)]);
        expect(found, `${brand}, ${scheme}`).to.deep.equal([]);
      }
    }
  });

  it('shows what stands in each slot', async () => {
    const widget = await opened();
    for (const [slot, within] of Object.entries(SLOTS)) {
      const own = document.createElement('span');
      own.slot = slot;
      own.textContent = 'ours';
      own.style.display = 'block';
      widget.append(own);
      const box = own.getBoundingClientRect();
      const room = part(within)(widget).getBoundingClientRect();
      expect(box.width * box.height, slot).to.be.greaterThan(0);
      expect(box.top >= room.top && box.bottom <= room.bottom, `${slot} is in the ${within}`).to.equal(true);
      own.remove();
    }
  });

  it('replaces the icon of the launcher, and nothing else of it', async () => {
    const widget = await ready(mount(server));
    const { width, height } = launcherOf(widget).getBoundingClientRect();
    const own = document.createElement('span');
    own.slot = 'launcher';
    own.textContent = '?';
    widget.append(own);
    expect(all(widget.shadowRoot!, 'button svg').some((each) => each.checkVisibility())).to.equal(false);
    const after = launcherOf(widget).getBoundingClientRect();
    expect([after.width, after.height]).to.deep.equal([width, height]);
  });

  it('follows the colour scheme of the page, or its own', async () => {
    const widget = await opened();
    await comeToRest(widget);
    const panel = part('panel')(widget);
    const lightness = () => Number(/oklch\(([\d.]+)/.exec(getComputedStyle(panel).backgroundColor)?.[1]);
    expect(lightness(), 'a page that says nothing').to.equal(1);
    sheet.replaceSync(':root { color-scheme: dark }');
    expect(lightness(), 'a dark page').to.be.below(0.3);
    sheet.replaceSync(':root { color-scheme: dark } chat-widget { color-scheme: light }');
    expect(lightness(), 'a light chat on it').to.equal(1);
    sheet.replaceSync('chat-widget { color-scheme: light dark }');
    const isDark = matchMedia('(prefers-color-scheme: dark)').matches;
    expect(lightness() < 0.3, 'as the system has it').to.equal(isDark);
  });
});
