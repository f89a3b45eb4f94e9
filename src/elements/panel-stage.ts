import { ChatHideEvent, ChatShowEvent } from './chat-widget-events.ts';
import { palette, type CwPanel } from './cw-panel.ts';
import { dress } from './dress.ts';
import type { FullScreen, FullScreenHost } from './full-screen.ts';
import { addChevron, openLauncherStyles } from './open-launcher.ts';

/** Where a panel has no room beside anything: a phone, held upright or across. */
const phone = '(max-width: 599.98px), (max-width: 959.98px) and (max-height: 499.98px) and (pointer: coarse)';

/** What a panel's stage asks of its widget, and tells it. */
export interface StageHost extends FullScreenHost {
  /** What the panel is to stand in now. */
  readonly place: () => HTMLElement;
  readonly launcher: HTMLElement;
  /** Still wanted open: it may have been closed while it was on its way. */
  readonly wanted: () => boolean;
  /** Gives the panel all that it shows. */
  readonly furnish: (panel: CwPanel) => void;
  readonly onChange: () => void;
  /** On a phone the panel takes the whole screen. */
  readonly fills: () => boolean;
}

/** How the panel comes; said once. */
export interface Entrance {
  /** The next time the panel comes, it takes the focus. */
  takesFocus: boolean;
  /** A text for the composer; empty: none. */
  offered: string;
}

/** Fetches what a phone's panel needs beside itself. */
const fullScreen = () => import('./full-screen.ts').catch(() => undefined);
if (matchMedia(phone).matches) void fullScreen();

/** Fetches what a visitor who is known sees first, before the click that opens it. */
export function foresee({ element }: StageHost): void {
  if (element.contact) import('./panel-history.ts').catch(() => {});
}

/** Where the panel comes on screen, and goes off it: moves the focus in and back out, fires `chat-show` and `chat-hide`. */
export class PanelStage {
  /** Undefined until it was opened for the first time. */
  panel: CwPanel | undefined;
  /** The panel is on screen. */
  visible = false;
  /** Resolves when the history is as it was before a panel that has been closed. */
  left: Promise<void> | undefined;

  #host: StageHost;
  readonly #phone = matchMedia(phone);
  #full: FullScreen | undefined;
  #opener: HTMLElement | undefined;

  constructor(host: StageHost) {
    this.#host = host;
  }

  /** Resolves when the panel is on screen, or not wanted any more. */
  async show(entrance: Entrance): Promise<void> {
    const code = await this.#code();
    const host = this.#host;
    const { element, launcher, wanted, furnish, place } = host;
    if (this.visible && entrance.takesFocus) this.panel?.takeFocus();
    if (!wanted() || this.visible) return;
    const panel = (this.panel ??= this.#build());
    furnish(panel);
    if (panel.parentNode !== place()) this.#place(panel);
    panel.prefill(entrance.offered);
    entrance.offered = '';
    panel.open = true;
    await panel.updateComplete;
    if (panel !== this.panel || host !== this.#host) return;
    if (!wanted()) {
      panel.open = false;
      return;
    }
    this.visible = true;

    const { activeElement } = document;
    const elsewhere =
      activeElement instanceof HTMLElement && activeElement !== element && activeElement !== document.body;
    this.#opener = elsewhere ? activeElement : launcher;
    this.#expand(true);
    this.#fit(code);
    if (entrance.takesFocus) {
      // In its own place it is always seen.
      if (panel.elsewhere) panel.scrollIntoView({ block: 'nearest' });
      panel.takeFocus();
    }
    entrance.takesFocus = false;
    element.dispatchEvent(new ChatShowEvent('chat-show', null));
  }

  hide(): void {
    const { panel, visible } = this;
    if (!panel || !visible) return;
    const { element, launcher, onChange } = this.#host;
    // In a modal dialog nobody sees a focus within.
    const hasFocus = panel.matches(':focus-within') || panel.shadowRoot?.activeElement;
    panel.open = this.visible = false;
    this.#phone.onchange = null;
    this.#expand(false);
    this.left = this.#full?.leave();
    // Whoever went on to the page meanwhile stays there.
    if (hasFocus) (this.#opener?.isConnected ? this.#opener : launcher).focus();
    element.dispatchEvent(new ChatHideEvent('chat-hide', null));
    onChange();
  }

  /** The widget was removed, or talks to another server: the next panel is a new one. */
  remove(): void {
    this.hide();
    this.#full?.end();
    this.panel?.remove();
    this.#full = this.panel = undefined;
  }

  /** Another widget goes on with the panel as it is: nothing is shown or hidden. */
  moveTo(host: StageHost): void {
    this.#full?.end();
    this.#full = undefined;
    this.#host = host;
    this.#opener = host.launcher;
    if (this.panel) this.#place(this.panel);
    void this.#refit();
  }

  /** What the page itself has to open the chat with says whether it is open: links to it, and a button that said so before. */
  #expand(is: boolean): void {
    const { element, launcher } = this.#host;
    const opener = this.#opener;
    const isFirst = document.querySelector(element.localName) === element;
    const own: Element[] = isFirst ? [...document.querySelectorAll('[href="#chat"]')] : [];
    if (opener && opener !== launcher && opener.hasAttribute('aria-expanded')) own.push(opener);
    for (const each of own) {
      each.setAttribute('aria-expanded', String(is));
      if (element.id) each.setAttribute('aria-controls', element.id);
    }
  }

  #place(panel: CwPanel): void {
    const { element, launcher, place } = this.#host;
    for (const styles of [palette, openLauncherStyles]) dress(element.shadowRoot!, styles);
    addChevron(launcher);
    const there = place();
    panel.elsewhere = there !== launcher.parentElement;
    there.prepend(panel);
  }

  #build(): CwPanel {
    const panel = document.createElement('cw-panel');
    for (const name of ['header', 'home']) {
      const slot = document.createElement('slot');
      slot.name = slot.slot = name;
      panel.append(slot);
    }
    panel.addEventListener('cw-close', () => this.#host.close());
    return panel;
  }

  get #fills(): boolean {
    return this.#phone.matches && this.#host.fills();
  }

  /** Without it a phone's panel stays as small as elsewhere. */
  async #code() {
    return this.#fills ? fullScreen() : undefined;
  }

  /** Takes the whole screen of a phone, or gives it back where there is more room. */
  #fit(code: Awaited<ReturnType<typeof fullScreen>>): void {
    const { panel, visible } = this;
    if (!panel || !visible) return;
    this.#phone.onchange = this.#refit;
    if (!this.#fills) void this.#full?.leave(panel);
    else if (code) (this.#full ??= new code.FullScreen(this.#host)).enter(panel);
  }

  readonly #refit = async (): Promise<void> => this.#fit(await this.#code());
}
