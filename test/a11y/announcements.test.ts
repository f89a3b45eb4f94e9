/** What a screen reader is told without being asked (WCAG 2.2, 4.1.3): every change of a live region is written down. */
import { expect } from '@open-wc/testing';
import type { ChatWidget } from '../../src/elements/chat-widget.ts';
import { click, fillIn, Stage } from './stage.ts';
import { around, rendered, rootsBelow } from './flat-tree.ts';
import { all, find, sees, textOf } from '../elements/console/screen.ts';
import { boxOf, next } from '../elements/widgets.ts';
import { press, type } from '../support/browser.ts';
import { until } from '../support/until.ts';

const LIVE = '[role=alert], [role=status], [role=log], [aria-live]';

/** Listens as a screen reader does. */
class Listener {
  readonly said: string[] = [];
  readonly #watch = new MutationObserver((changes) => this.#hear(changes));
  readonly #root: Element;

  constructor(root: Element) {
    this.#root = root;
    this.follow();
  }

  /** Parts that came later are heard, too. */
  follow(): void {
    for (const root of rootsBelow(this.#root)) {
      if (root instanceof ShadowRoot)
        this.#watch.observe(root, { childList: true, characterData: true, subtree: true });
    }
  }

  get all(): string {
    return this.said.join(' | ');
  }

  #hear(changes: readonly MutationRecord[]): void {
    this.follow();
    const regions = new Set<Element>();
    for (const { target, addedNodes } of changes) {
      for (const node of [target, ...addedNodes]) {
        const region = regionOf(node);
        if (region) regions.add(region);
        if (node instanceof Element) for (const each of node.querySelectorAll(LIVE)) regions.add(each);
      }
    }
    for (const region of regions) {
      const { ariaLive, role } = region;
      const isOff = (ariaLive ?? (role === 'log' || role === 'status' || role === 'alert' ? 'on' : 'off')) === 'off';
      const words = textOf(region as HTMLElement);
      if (!isOff && words && region.isConnected) this.said.push(words);
    }
  }
}

function regionOf(node: Node): Element | null {
  for (let each: Element | null = node instanceof Element ? node : node.parentElement; each; each = around(each)) {
    if (each.matches(LIVE)) return each;
  }
  return null;
}

describe('A screen reader', () => {
  let stage: Stage;
  before(async () => {
    stage = await Stage.build();
  });
  beforeEach(() => stage.furnish());
  afterEach(() => stage.clear());
  after(() => stage?.dispose());

  it('is told what others write from now on, and no history', async () => {
    const widget = await stage.talk('From yesterday');
    await stage.answers(widget, { text: 'Old words' });
    await sees(widget, 'Old words');
    await click(widget, /^Back/);
    await find(widget, 'li button', /Old words/);
    const listener = new Listener(widget);
    await click(widget, /Old words/);
    await find(widget, '.message');
    await sees(widget, 'Old words');
    await stage.answers(widget, { text: 'New words' });
    await until(
      () => listener.all.includes('New words'),
      () => `heard: ${listener.all}`,
    );
    expect(listener.all).to.not.match(/Old words|From yesterday/);
    expect(listener.said.filter((words) => words.includes('New words'))).to.have.length(1);
  });

  it('is not told what one has just written oneself, nor that it was sent', async () => {
    const widget = await stage.talk();
    const listener = new Listener(widget);
    (await boxOf(widget)).focus();
    await type('My own words');
    await press('Enter');
    await sees(widget, 'My own words');
    await stage.answers(widget, { text: 'Theirs' });
    await until(
      () => listener.all.includes('Theirs'),
      () => `heard: ${listener.all}`,
    );
    expect(listener.all).to.not.match(/My own words|Sending|Sent/);
  });

  it('is told of a message while the panel is closed, once', async () => {
    const widget = await stage.widget();
    await widget.send('Hello');
    const listener = new Listener(widget);
    const heard = next(widget, 'chat-message');
    await stage.answers(widget, { text: 'We mend for life.' });
    await heard;
    await find(widget, 'button', /Open the conversation/);
    await until(() => listener.all.includes('We mend for life.'));
    expect(listener.said.filter((words) => words.includes('We mend'))).to.have.length(1);
  });

  const told = (listener: Listener, words: RegExp) =>
    until(
      () => listener.said.some((each) => words.test(each)),
      () => `heard: ${listener.all}`,
    );

  it('is told that the connection is lost', async () => {
    const widget = await stage.talk();
    const listener = new Listener(widget);
    await stage.cutOff();
    await told(listener, /connect/i);
  });

  it('is told why nobody can write any more', async () => {
    const widget = await stage.talk();
    const listener = new Listener(widget);
    await stage.server.request('PATCH', `/v1/contacts/${widget.contact!.id}`, { blocked: true });
    await told(listener, /cannot|not available|no longer/i);
  });

  it('is told what is wrong with a field, and what has come of a form', async () => {
    const widget = await stage.talk();
    const listener = new Listener(widget);
    await click(widget, 'Leave your e-mail');
    await find(widget, 'input[type=email]');
    (await find(widget, 'button[type=submit]')).click();
    await told(listener, /^Type your e-mail\.$/);
    const email = `told-${Date.now()}@typed.example`;
    await fillIn(widget, 'input[type=email]', email);
    (await find(widget, 'button[type=submit]')).click();
    await told(listener, /Look for a code/);
  });

  it('is told that a file is ready, or cannot be sent', async () => {
    const widget = await stage.panel();
    const { choose, written } = await import('../elements/files.ts');
    const listener = new Listener(widget);
    await choose(widget, written('order.txt', 'number 12'), new File([], 'empty.txt'));
    await told(listener, /order\.txt/);
    await told(listener, /empty/);
  });

  it('is told that what one asked for could not be loaded', async () => {
    const widget: ChatWidget = await stage.panel();
    const listener = new Listener(widget);
    const [composer] = all<HTMLElement & { error: string }>(widget.shadowRoot!, 'cw-composer');
    composer!.error = 'This part of the chat could not be loaded.';
    await told(listener, /could not be loaded/);
  });

  it('finds nothing else that speaks by itself', async () => {
    const widget = await stage.talk();
    const regions = [...rendered(widget)].filter((element) => element.matches(LIVE) && textOf(element));
    expect(regions.filter((element) => element.ariaLive !== 'off').map(textOf)).to.deep.equal([]);
  });
});
