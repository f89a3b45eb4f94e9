import { html, LitElement } from 'lit';
import { property } from 'lit/decorators/property.js';
import type { Author } from '../api/protocol.ts';
import { english, type AlertStrings } from '../text/alert-strings.ts';
import { fill } from '../text/phrase.ts';
import { previewStyles } from './cw-preview.styles.ts';
import { face, faceStyles } from './face.ts';
import { closeIcon } from './icons.ts';
import { shared } from './tokens.styles.ts';

/**
 * The newest message, on a card beside the launcher: a click opens its conversation. It takes no focus, and is said aloud
 * once.
 *
 * @internal
 */
export class CwPreview extends LitElement {
  static override styles = [shared, faceStyles, previewStyles];

  @property({ attribute: false }) author!: Author;
  /** Who writes. */
  @property() name = '';
  @property() text = '';
  /** Which side of the page it stands on, as the launcher does. */
  @property({ reflect: true }) position: 'left' | 'right' = 'right';
  @property({ attribute: false }) strings: AlertStrings = english;
  @property({ attribute: false }) onOpen: () => void = () => {};
  @property({ attribute: false }) onDismiss: () => void = () => {};

  protected override updated(): void {
    const { name, text, strings } = this;
    // Empty at first: only a change is said.
    this.renderRoot.querySelector('[role=status]')!.textContent = fill(strings.said, { name, text });
  }

  protected override render() {
    const { author, name, text, strings } = this;
    return html`
      <div class="unseen" role="status"></div>
      <div class="card" part="preview" @keydown=${this.#onKeydown}>
        <button class="open" type="button" @click=${this.onOpen}>
          ${face(author)}
          <span class="words">
            <span class="name"><bdi>${name}</bdi></span>
            <span class="text"><bdi>${text}</bdi></span>
            <span class="unseen">${strings.open}</span>
          </span>
        </button>
        <button class="icon-button" type="button" aria-label=${strings.dismiss} @click=${this.onDismiss}>
          ${closeIcon}
        </button>
      </div>
    `;
  }

  #onKeydown(event: KeyboardEvent): void {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    this.onDismiss();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cw-preview': CwPreview;
  }
}

if (!customElements.get('cw-preview')) customElements.define('cw-preview', CwPreview);
