import { expect } from '@open-wc/testing';
import type { ChatWidget } from '../../src/index.ts';
import '../../src/index.ts';
import { createLauncher } from '../../src/launcher.ts';
import { renderLauncher, type LauncherOptions } from '../../src/ssr.ts';
import { press } from '../support/browser.ts';
import { startChatServer, type ChatServer } from '../support/server.ts';
import { comeToRest, dialogOf, focused, next, ready, settled, unmountAll } from './widgets.ts';

describe('<chat-widget> whose launcher a server has rendered', () => {
  let server: ChatServer;
  let stage: HTMLIFrameElement | undefined;

  before(async () => {
    server = await startChatServer();
  });
  afterEach(async () => {
    stage?.remove();
    for (const widget of document.querySelectorAll('chat-widget')) widget.remove();
    await unmountAll();
  });
  after(() => server.dispose());

  /** As a browser parses it, in a page without the element; then that page's tag is taken over into this one. */
  function parsed(options?: LauncherOptions): HTMLElement {
    const html = `<chat-widget server="${server.url}" inbox="${server.inbox}">${renderLauncher(options)}</chat-widget>`;
    return Document.parseHTMLUnsafe(html).querySelector<HTMLElement>('chat-widget')!;
  }

  const buttonOf = (tag: Element) => tag.shadowRoot!.querySelector<HTMLButtonElement>('button')!;

  it('is the very same markup as the loader’s', () => {
    const { layer, button } = createLauncher();
    button.ariaLabel = 'Chat "öffnen" <&>';
    button.ariaExpanded = 'false';
    const attributes = (element: Element): unknown => [
      element.localName,
      element.namespaceURI,
      Object.fromEntries([...element.attributes].map(({ name, value }) => [name, value])),
      [...element.children].map(attributes),
    ];
    const found = parsed({ label: 'Chat "öffnen" <&>' }).shadowRoot!.querySelector('.layer')!;
    expect(attributes(found)).to.deep.equal(attributes(layer));
  });

  it('is taken over as it stands: one button, its place, its colour, its name and its focus', async () => {
    // In a page of its own: there the element is not defined yet.
    stage = document.createElement('iframe');
    stage.style.cssText = 'position:fixed; inset:0; inline-size:800px; block-size:600px; border:0';
    document.body.append(stage);
    const page = stage.contentDocument!;
    const options = { label: 'Talk to us', color: 'rgb(10, 125, 79)', position: 'left', offsetX: 44 } as const;
    const tag = page.adoptNode(parsed(options));
    page.body.append(tag);
    const button = buttonOf(tag);
    const look = () => {
      const { left, top, width, height } = button.getBoundingClientRect();
      const { backgroundColor, color } = stage!.contentWindow!.getComputedStyle(button);
      return { box: [left, top, width, height], backgroundColor, color, name: button.ariaLabel };
    };
    const before = look();
    expect(before.name).to.equal('Talk to us');
    expect(before.backgroundColor).to.match(/10, 125, 79|0\.039\d* 0\.490\d* 0\.309/);
    expect(before.box).to.deep.equal([44, 600 - 20 - 56, 56, 56]);
    button.focus();

    const isReady = new Promise((resolve) => page.addEventListener('chat-ready', resolve, { once: true }));
    const script = page.createElement('script');
    script.type = 'module';
    script.src = new URL('../../src/index.ts', import.meta.url).href;
    page.head.append(script);
    await isReady;
    await settled();
    const buttons = tag.shadowRoot!.querySelectorAll('button');
    expect([buttons.length, buttons[0] === button, tag.shadowRoot!.querySelectorAll('style').length]).to.deep.equal([
      1,
      true,
      0,
    ]);
    expect(look()).to.deep.equal(before);
    expect(tag.shadowRoot!.activeElement === button).to.equal(true);
    tag.remove();
  });

  it('opens for a press during which the element comes', async () => {
    const widget = parsed() as ChatWidget;
    const button = buttonOf(widget);
    button.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, composed: true }));
    document.body.append(widget);
    const shown = next(widget, 'chat-show');
    button.dispatchEvent(new PointerEvent('pointerup', { bubbles: true, composed: true }));
    button.click();
    await shown;
    await comeToRest(widget);
    expect(dialogOf(widget).checkVisibility()).to.equal(true);
    await widget.hide();
    expect(focused() === button).to.equal(true);
    await press('Enter');
    await ready(widget);
    expect(widget.open).to.equal(true);
  });

  it('refuses what could be more than a colour or a distance, and names a nonce', () => {
    expect(() => renderLauncher({ color: 'red}</style><script>' })).to.throw(RangeError, 'no colour');
    expect(() => renderLauncher({ offsetX: NaN })).to.throw(RangeError, 'no distance');
    expect(renderLauncher({ nonce: 'a"b' })).to.include('<style nonce="a&quot;b">');
    expect(renderLauncher({ label: '</template><b>' })).to.not.include('<b>');
  });
});
