/** What a panel does that fills the screen of a phone. */
import { BackEntry } from './back-entry.ts';
import type { CwPanel } from './cw-panel.ts';
import { fullScreenStyles } from './full-screen.styles.ts';
import { lockPage } from './lock-page.ts';
import { oneOf } from './widget-options.ts';

/** What it asks of its widget, and tells it. */
export interface FullScreenHost {
  /** What the page says on the tag. */
  readonly element: HTMLElement & Partial<Record<'responsive' | 'backButton' | 'contact', unknown>>;
  /** The visitor wants it closed. */
  readonly close: () => void;
  /** The visitor wants it again. */
  readonly show: () => void;
}

/** Lower than this much less than the page, px: a keyboard, and not the browser's own bars. */
const KEYBOARD_PX = 120;

/**
 * The panel as a modal dialog on the whole screen: the page is inert and does not scroll, the keyboard covers nothing, and
 * Back closes. What the page is like, and what it becomes meanwhile, does not matter: the browser's top layer does it.
 */
export class FullScreen {
  readonly #host: FullScreenHost;
  readonly #back: BackEntry;
  #ending: AbortController | undefined;
  #dialog: HTMLDialogElement | undefined;
  #unlock = () => {};

  constructor(host: FullScreenHost) {
    this.#host = host;
    this.#back = new BackEntry(host);
  }

  /** The panel, which is open, takes the whole screen. */
  enter(panel: CwPanel): void {
    if (this.#dialog) return;
    const { shadowRoot } = panel;
    const { styleSheet } = fullScreenStyles;
    if (shadowRoot && styleSheet && !shadowRoot.adoptedStyleSheets.includes(styleSheet))
      shadowRoot.adoptedStyleSheets.push(styleSheet);
    const dialog = (this.#dialog = shadowRoot!.querySelector('dialog')!);
    const { signal } = (this.#ending = new AbortController());
    panel.toggleAttribute('full', true);
    this.#unlock = lockPage();
    this.#keepFocus(panel, () => {
      // Itself, and none of what is in it: that would bring the keyboard.
      dialog.autofocus = true;
      dialog.showModal();
    });
    // What the browser has for Escape, where that is no key: Android's own way back.
    const onCancel = (event: Event) => {
      if (event.target !== dialog) return;
      event.preventDefault();
      this.#host.close();
    };
    dialog.addEventListener('cancel', onCancel, { signal });
    // The event comes later: it may be told of the last time.
    dialog.addEventListener('close', () => dialog.open || this.#host.close(), { signal });
    const fit = () => this.#fit(panel);
    for (const change of ['resize', 'scroll']) visualViewport?.addEventListener(change, fit, { signal });
    fit();
    if (this.#backCloses(panel)) this.#back.enter();
  }

  /**
   * The panel is closed, or no longer fills the screen. Resolves when the history is as it was.
   *
   * @param panel given when it stays open
   */
  leave(panel?: CwPanel): Promise<void> {
    this.#release(panel);
    return this.#back.leave();
  }

  /** The widget is gone. */
  end(): void {
    this.#release();
    void this.#back.end();
  }

  #release(panel?: CwPanel): void {
    const dialog = this.#dialog;
    if (!dialog) return;
    this.#dialog = undefined;
    this.#ending?.abort();
    const close = () => dialog.close();
    if (panel) {
      panel.removeAttribute('full');
      this.#keepFocus(panel, close);
    } else close();
    dialog.style.blockSize = dialog.style.insetBlockStart = '';
    this.#unlock();
  }

  /** What is seen of the page is what is left beside the keyboard. Whoever zooms in sees a part of the panel instead. */
  #fit(panel: CwPanel): void {
    const { height, offsetTop, scale } = visualViewport!;
    const { style } = this.#dialog!;
    if (scale > 1.01) return;
    style.blockSize = `${height}px`;
    style.insetBlockStart = `${offsetTop}px`;
    panel.toggleAttribute('keyboard', innerHeight - height > KEYBOARD_PX);
  }

  #backCloses({ state }: CwPanel): boolean {
    const { responsive, backButton } = this.#host.element;
    isOn('responsive', responsive, true);
    return isOn('back-button', backButton, state.settings?.behaviour?.backButton !== false);
  }

  #keepFocus(panel: CwPanel, change: () => void): void {
    let focused: Element | null | undefined = panel.shadowRoot?.activeElement;
    while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
    change();
    if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
  }
}

function isOn(attribute: string, value: unknown, otherwise: boolean): boolean {
  const said = oneOf(attribute, typeof value === 'boolean' ? String(value) : value, ['auto', 'true', 'false']);
  return said === 'auto' ? otherwise : said === 'true';
}
