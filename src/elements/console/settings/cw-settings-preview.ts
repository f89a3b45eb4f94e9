import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { WidgetSettingsAnswer } from '../../../api/protocol.ts';
import { english as strings } from '../../../text/settings-strings.ts';
import { shared } from '../../tokens.styles.ts';
import { settingsPreviewStyles } from './cw-settings-preview.styles.ts';
import { PREVIEW_INBOX, PREVIEW_SERVER, PreviewInbox } from './preview-inbox.ts';

/**
 * The real widget, with settings that are not saved: a `<chat-widget>` whose server is a `PreviewInbox` in this page.
 * Its code comes when there is something to show.
 *
 * @internal
 */
export class CwSettingsPreview extends LitElement {
  static override styles = [shared, settingsPreviewStyles];

  /** What the widget would get from the server. */
  @property({ attribute: false }) answer: WidgetSettingsAnswer | undefined;
  /** Why it does not show what the form says. */
  @property() problem = '';

  @state() private failed = false;
  @state() private ready = false;
  #inbox: PreviewInbox | undefined;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('answer') || !this.answer) return;
    if (this.#inbox) return this.#inbox.show(this.answer);
    this.#inbox = new PreviewInbox(this.answer);
    import('../../chat-widget.ts').then(
      () => (this.ready = true),
      () => (this.failed = true),
    );
  }

  protected override render() {
    return html`
      <div class="stage" role="group" aria-label=${strings.preview}>
        <div class="device">
          <div class="page" aria-hidden="true"><i></i><i></i><i></i><i></i><i></i><i></i></div>
          ${
            this.ready && this.#inbox
              ? html`<chat-widget
                  .transport=${this.#inbox.transport}
                  server=${PREVIEW_SERVER}
                  inbox=${PREVIEW_INBOX}
                  session="auto"
                  persist="none"
                  z-index="1"
                  open
                ></chat-widget>`
              : nothing
          }
        </div>
      </div>
      <p class="hint" role=${this.problem || this.failed ? 'status' : nothing}>
        ${this.failed ? strings.previewFailed : this.problem || strings.previewHint}
      </p>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cw-settings-preview': CwSettingsPreview;
  }
}

if (!customElements.get('cw-settings-preview')) customElements.define('cw-settings-preview', CwSettingsPreview);
