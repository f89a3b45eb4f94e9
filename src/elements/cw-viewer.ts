import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { property } from 'lit/decorators/property.js';
import { state } from 'lit/decorators/state.js';
import type { Attachment } from '../api/protocol.ts';
import { english } from '../text/file-strings.ts';
import { formatBytes } from '../text/format-bytes.ts';
import { fill } from '../text/phrase.ts';
import { viewerStyles } from './cw-viewer.styles.ts';
import { addressOf } from './file-address.ts';
import { downloadIcon, zoomInIcon, zoomOutIcon } from './file-icons.ts';
import { fresh } from './fresh-file.ts';
import { backIcon, closeIcon } from './icons.ts';
import type { ThreadStage } from './thread-stage.ts';
import { shared } from './tokens.styles.ts';

/** Shows the picture of a thread, and those before and after it. The focus comes back to the one that was shown last. */
export function openViewer(button: HTMLElement, stage: ThreadStage): void {
  const buttons = [...stage.root.querySelectorAll<HTMLElement>('button.picture')];
  const { entries, pending } = stage.thread;
  const files = [...entries, ...pending].flatMap((each) => ('attachments' in each && each.attachments) || []);
  const viewer = document.createElement('cw-viewer');
  viewer.files = buttons.flatMap(({ dataset }) => files.find(({ id }) => id === dataset['file']) ?? []);
  viewer.index = buttons.indexOf(button);
  viewer.stage = stage;
  viewer.addEventListener('cw-leave', () => {
    viewer.remove();
    buttons[viewer.index]?.focus();
  });
  // In the thread's own root: colours and words are inherited from there.
  stage.root.append(viewer);
}

/**
 * One picture on the whole screen. Escape closes, the arrows show the previous and the next, + and − zoom, as does a
 * click; what is larger than the screen can be scrolled.
 *
 * @fires {Event} cw-leave - It is closed.
 * @internal
 */
export class CwViewer extends LitElement {
  static override styles = [shared, viewerStyles];

  @property({ attribute: false }) files: readonly Attachment[] = [];
  @property({ attribute: false }) index = 0;
  @property({ attribute: false }) stage!: ThreadStage;

  /** As large as it is, in the place of as large as the screen. */
  @state() private zoomed = false;
  /** With addresses that are good again, by id. */
  @state() private renewed: Readonly<Record<string, Attachment>> = {};

  get #file(): Attachment | undefined {
    const file = this.files[this.index];
    return file && (this.renewed[file.id] ?? file);
  }

  get #dialog(): HTMLDialogElement | null {
    return this.renderRoot.querySelector('dialog');
  }

  protected override firstUpdated(): void {
    // Modal: the rest of the page is inert, so the focus stays in here.
    this.#dialog?.showModal();
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('index')) this.zoomed = false;
  }

  protected override render() {
    const { files, index, stage, zoomed } = this;
    const file = this.#file;
    if (!file) return nothing;
    const { name, width, height } = file;
    const strings = stage.of('file', english);
    const address = addressOf(file, stage);
    return html`
      <dialog
        aria-label=${fill(strings.viewer, { name })}
        @close=${() => this.dispatchEvent(new Event('cw-leave'))}
        @keydown=${this.#onKeydown}
        @click=${this.#onPress}
      >
        <div class="bar">
          <p><bdi class="name">${name}</bdi><bdi class="size">${formatBytes(file.bytes, stage.lang)}</bdi></p>
          ${
            files.length > 1
              ? html`<p class="place" role="status">
                  ${fill(strings.place, { count: index + 1, total: files.length })}
                </p>`
              : nothing
          }
          <button
            class="icon-button"
            type="button"
            aria-label=${zoomed ? strings.zoomOut : strings.zoomIn}
            @click=${() => (this.zoomed = !zoomed)}
          >
            ${zoomed ? zoomOutIcon : zoomInIcon}
          </button>
          <a
            class="icon-button"
            href=${`${address}&download`}
            download=${name}
            aria-label=${fill(strings.download, { name })}
            >${downloadIcon}</a
          >
          <button class="icon-button" type="button" aria-label=${strings.close} @click=${() => this.#dialog?.close()}>
            ${closeIcon}
          </button>
        </div>
        <div class="stage ${zoomed ? 'zoomed' : ''}" tabindex=${zoomed ? '0' : nothing}>
          <img
            src=${address}
            alt=${name}
            width=${width ?? nothing}
            height=${height ?? nothing}
            @error=${() => this.#renew(file)}
          />
        </div>
        ${files.length > 1 ? this.#renderTurn(-1) : nothing} ${files.length > 1 ? this.#renderTurn(1) : nothing}
      </dialog>
    `;
  }

  #renderTurn(step: 1 | -1) {
    const strings = this.stage.of('file', english);
    return html`<button
      class="turn ${step < 0 ? 'previous' : 'next'}"
      type="button"
      aria-label=${step < 0 ? strings.previous : strings.next}
      ?disabled=${this.files[this.index + step] === undefined}
      @click=${() => this.#turn(step)}
    >
      ${backIcon}
    </button>`;
  }

  #turn(step: number): void {
    this.index = Math.max(0, Math.min(this.index + step, this.files.length - 1));
  }

  async #renew(file: Attachment): Promise<void> {
    if (this.renewed[file.id]) return;
    const renewed = await fresh(file, this.stage);
    if (renewed) this.renewed = { ...this.renewed, [file.id]: renewed };
  }

  #onKeydown(event: KeyboardEvent): void {
    const { key } = event;
    // The panel behind has an Escape of its own.
    if (key === 'Escape') event.stopPropagation();
    if (key === '+' || key === '=') this.zoomed = true;
    if (key === '-') this.zoomed = false;
    // What is zoomed is moved by them.
    if (this.zoomed || (key !== 'ArrowLeft' && key !== 'ArrowRight')) return;
    const isRtl = getComputedStyle(this).direction === 'rtl';
    event.preventDefault();
    this.#turn((key === 'ArrowRight') === isRtl ? -1 : 1);
  }

  /** The picture zooms; beside it, one leaves. */
  #onPress({ target }: Event): void {
    if (target instanceof HTMLImageElement) this.zoomed = !this.zoomed;
    else if (target instanceof Element && target.matches('dialog, .stage')) this.#dialog?.close();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cw-viewer': CwViewer;
  }
}

if (!customElements.get('cw-viewer')) customElements.define('cw-viewer', CwViewer);
