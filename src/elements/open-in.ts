import { boxStyles, embeddedStyles } from './embedded.styles.ts';
import { toldAlready } from './tell.ts';
import { warnOnce } from './warn-once.ts';
import { clientOptionsOf } from './session-options.ts';
import type { WidgetAttributes } from './widget-options.ts';
import type { WidgetSession } from './widget-session.ts';
import { isSaid, type PageAnswers, type WindowAsks } from './window-talk.ts';

/** Of a window, or of a frame; everything else is a selector. */
const NAME = /^\w[\w-]*$/;

/** What it asks of its widget. */
export interface OpenInHost {
  readonly element: HTMLElement & WidgetAttributes;
  readonly wake: () => Promise<WidgetSession>;
  readonly lang: () => string;
}

/** A chat that opens elsewhere: in a window or a frame, or in another element of the page. */
export class OpenIn {
  readonly #host: OpenInHost;
  readonly #ended = new AbortController();
  #window: Window | null = null;
  /** Where the panel stands in another element. */
  #box: HTMLElement | undefined;

  constructor(host: OpenInHost) {
    this.#host = host;
    addEventListener('message', (event) => this.#hear(event), { signal: this.#ended.signal });
  }

  /** Opens the window of that name, or goes to it. False: that is no window, or the browser allows none. */
  window(target: string): boolean {
    if (!NAME.test(target)) return false;
    if (this.#window && !this.#window.closed) this.#window.focus();
    else {
      const { server, inbox } = clientOptionsOf(this.#host.element);
      this.#window = open(`${server}/chat/${encodeURIComponent(inbox)}`, target);
    }
    // A frame may be a part of this page that nobody sees.
    const frame = document.querySelector<HTMLElement>(`iframe[name="${target}"]`);
    frame?.scrollIntoView({ block: 'nearest' });
    frame?.focus();
    if (!this.#window) warnOnce(`The browser opens no window ${target}. The chat opens in the page.`);
    return this.#window !== null;
  }

  /** What the panel is to stand in; undefined: that is no element of the page. */
  place(target: string): HTMLElement | undefined {
    if (NAME.test(target)) return undefined;
    const element = find(target);
    if (!element) {
      warnOnce(`open-in="${target}" is no element of the page. The chat opens in its corner.`);
      return undefined;
    }
    if (this.#box?.parentElement !== element) {
      this.#box?.remove();
      this.#box = makeBox();
      this.#box.addEventListener('keydown', (event) => this.#onKeydown(event));
      element.append(this.#box);
    }
    const [from, to] = [this.#host.element.shadowRoot!, this.#box.shadowRoot!];
    // What the inbox and the page say of looks holds there, too.
    const sheets = [...from.adoptedStyleSheets, embeddedStyles.styleSheet!, boxStyles.styleSheet!];
    if (sheets.some((sheet, at) => to.adoptedStyleSheets[at] !== sheet)) to.adoptedStyleSheets = sheets;
    const [own, layer] = [from, to].map((root) => root.querySelector<HTMLElement>('.layer')!);
    Object.assign(layer, { lang: own.lang, dir: own.dir });
    return layer;
  }

  end(): void {
    this.#ended.abort();
    this.#box?.remove();
  }

  /** Escape means here what it means where the panel stands otherwise. */
  #onKeydown(event: KeyboardEvent): void {
    const { key, isComposing, defaultPrevented } = event;
    if (key !== 'Escape' || defaultPrevented) return;
    const layer = this.#host.element.shadowRoot!.querySelector('.layer')!;
    if (layer.dispatchEvent(new KeyboardEvent('keydown', { key, isComposing, cancelable: true }))) return;
    event.preventDefault();
    event.stopPropagation();
  }

  #hear({ source, origin, data }: MessageEvent): void {
    const { server, inbox } = clientOptionsOf(this.#host.element);
    if (!source || source !== this.#window || origin !== server) return;
    if (!isSaid<WindowAsks>(data, 'hello', 'where') || data.inbox !== inbox) return;
    this.#answer(this.#window, data.chat === 'hello').catch(toldAlready);
  }

  async #answer(chat: Window, isNew: boolean): Promise<void> {
    const { server } = clientOptionsOf(this.#host.element);
    const code = isNew ? await this.#code() : undefined;
    const answer: PageAnswers = { chat: 'page', page: location.href, code, lang: this.#host.lang() };
    chat.postMessage(answer, server);
  }

  async #code(): Promise<string | undefined> {
    try {
      const [{ handOver }, { client }] = await Promise.all([import('../api/handover.ts'), this.#host.wake()]);
      return await handOver(client);
    } catch {
      // What failed was told; the window goes on as somebody new.
      return undefined;
    }
  }
}

function find(selector: string): Element | null {
  try {
    return document.querySelector(selector);
  } catch {
    return null;
  }
}

function makeBox(): HTMLElement {
  const box = document.createElement('div');
  const layer = document.createElement('div');
  layer.className = 'layer embedded';
  box.attachShadow({ mode: 'open' }).append(layer);
  return box;
}
