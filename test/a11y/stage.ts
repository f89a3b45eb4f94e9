/** Where the scenes are played: a real server, and whoever acts in them. */
import { expect } from '@open-wc/testing';
import type { ChatWidget } from '../../src/elements/chat-widget.ts';
import { resize } from '../support/browser.ts';
import { startChatServer, type ChatServer } from '../support/server.ts';
import { until } from '../support/until.ts';
import { all, find, sees } from '../elements/console/screen.ts';
import { mount, ready, settled, unmountAll } from '../elements/widgets.ts';

/** Something to see: a state of the widget or of the console. A new one is one row of panel-scenes.ts, message-scenes.ts or console-scenes.ts. */
export interface Scene {
  /** What one sees. */
  readonly name: string;
  /** Of the inbox, while it is played. */
  readonly settings?: Readonly<Record<string, object>>;
  /** Brings it about; resolves with the element that shows it, when all of it is there. */
  readonly open: (stage: Stage) => Promise<HTMLElement>;
  /** Its words are those of when it was opened, or always English, as the console's. */
  readonly wordsStay?: true;
}

/** The size of a window at which there is room for everything. */
export const DESKTOP = [1280, 800] as const;

/** WebKitGTK's window cannot be smaller. */
const LEAST = /AppleWebKit(?!.*Chrome)/.test(navigator.userAgent) ? [500, 400] : [0, 0];

/** Below it a panel fills the screen. */
const PHONE_PX = 600;

export class Stage {
  readonly server: ChatServer;
  #isAway = false;
  #shown: HTMLElement | undefined;
  /** Groups of settings that are not as they were. */
  readonly #changed: string[] = [];

  private constructor(server: ChatServer) {
    this.server = server;
  }

  static async build(): Promise<Stage> {
    return new Stage(await startChatServer());
  }

  dispose(): Promise<void> {
    return this.server.dispose();
  }

  /** Sets the inbox up. */
  async furnish(settings: Scene['settings'] = {}): Promise<void> {
    const [width, height] = DESKTOP;
    if (innerWidth !== width || innerHeight !== height) await resize(width, height);
    const groups = Object.keys(settings);
    if (groups.length) await this.#set(settings);
    this.#changed.push(...groups);
  }

  /** Makes the window so large, and waits until what is shown has followed. */
  async resize(root: HTMLElement, size: readonly [width: number, height: number]): Promise<void> {
    const [width = 0, height = 0] = size.map((side, axis) => Math.max(side, LEAST[axis] ?? 0));
    await resize(width, height);
    const [panel] = root.localName === 'chat-widget' ? all(root.shadowRoot!, 'cw-panel[open]') : [];
    const fills = () => !panel || panel.hasAttribute('full') === width < PHONE_PX;
    await until(() => innerWidth === width && innerHeight === height && fills(), 'the window has another size');
    await settled();
  }

  /** Takes everything off the page again; server and inbox are as they were. */
  async clear(): Promise<void> {
    if (this.#isAway) await this.server.restart();
    this.#isAway = false;
    this.#shown?.remove();
    await unmountAll();
    location.hash = '';
    const groups = this.#changed.splice(0);
    if (groups.length) await this.#set(Object.fromEntries(groups.map((group) => [group, null])));
  }

  /** Puts something on the page that goes with the scene. */
  show<E extends HTMLElement>(element: E): E {
    this.#shown = element;
    document.body.append(element);
    return element;
  }

  /** A widget on the page. */
  widget(attributes?: Record<string, string>): Promise<ChatWidget> {
    return ready(mount(this.server, attributes));
  }

  /** One whose panel is open. */
  async panel(attributes?: Record<string, string>): Promise<ChatWidget> {
    const widget = await this.widget(attributes);
    await widget.show();
    return widget;
  }

  /** One with a conversation in it that the visitor has begun. */
  async talk(text = 'Do you mend zips?', attributes?: Record<string, string>): Promise<ChatWidget> {
    const widget = await this.panel(attributes);
    await widget.send(text);
    await widget.showConversation(widget.conversations[0]!.id);
    await sees(widget, 'Sent');
    return widget;
  }

  /** An agent answers, with a message as it travels. */
  async answers(widget: ChatWidget, message: object): Promise<void> {
    const path = `/v1/conversations/${widget.conversations[0]!.id}/messages`;
    const { status, body } = await this.server.request('POST', path, message);
    expect(status, JSON.stringify(body)).to.equal(201);
  }

  /** An agent uploads something; resolves with its id. */
  async uploads(widget: ChatWidget, file: File): Promise<string> {
    const body = new FormData();
    body.append('file', file);
    const headers = { authorization: `Bearer ${this.server.apiKey}` };
    const path = `${this.server.mount()}/v1/conversations/${widget.conversations[0]!.id}/files`;
    const answer = await fetch(path, { method: 'POST', headers, body });
    return ((await answer.json()) as { id: string }).id;
  }

  /** Nobody answers any more, until the scene is over. */
  async cutOff(): Promise<void> {
    this.#isAway = true;
    await this.server.kill();
  }

  resolve(widget: ChatWidget): Promise<void> {
    return this.server.agent.resolve(widget.conversations[0]!.id);
  }

  /** Signs the admin in: this page's requests to its own origin are theirs. */
  async signIn(): Promise<string> {
    const origin = this.server.mount();
    const headers = { 'content-type': 'application/json' };
    await fetch('/v1/agent/session', { method: 'POST', headers, body: JSON.stringify(this.server.admin) });
    return origin;
  }

  async #set(settings: object): Promise<void> {
    const { status, body } = await this.server.request('PATCH', '/v1/inboxes/demo', { settings });
    expect(status, JSON.stringify(body)).to.equal(200);
  }
}

/** Presses a button of this name. */
export async function click(root: HTMLElement, name: string | RegExp): Promise<HTMLElement> {
  const button = await find(root, 'button, [role=menuitem], a', name);
  button.click();
  return button;
}

/** Waits until so much of this kind is on screen. */
export async function has(root: HTMLElement, selector: string, count = 1): Promise<void> {
  const there = () => all(root.shadowRoot!, selector).filter((each) => each.checkVisibility()).length >= count;
  await until(there, () => `no ${selector} in ${root.localName}`);
}

/** Puts words into a field, as typing would. */
export async function fillIn(root: HTMLElement, selector: string, value: string): Promise<void> {
  const field = await find<HTMLInputElement>(root, selector);
  field.value = value;
  field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
}
