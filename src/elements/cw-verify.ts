import { ContextConsumer } from '@lit/context';
import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { property } from 'lit/decorators/property.js';
import { state } from 'lit/decorators/state.js';
import type { ChatClient } from '../api/chat-client.ts';
import type { ChatState } from '../api/chat-state.ts';
import { stringsContext } from '../context/strings-context.ts';
import { english } from '../text/conversation-strings.ts';
import { fill } from '../text/phrase.ts';
import { defaultWords } from '../text/words.ts';
import { offerStyles } from './cw-verify.styles.ts';
import { closeIcon } from './icons.ts';
import { shared } from './tokens.styles.ts';

/**
 * Offers a visitor to leave their e-mail, or to confirm it, in one calm line; shows nothing when there is nothing to ask.
 * The form comes when somebody takes up the offer.
 *
 * @fires {Event} cw-done - The visitor wants to go on writing.
 * @internal
 */
export class CwVerify extends LitElement {
  static override styles = [shared, offerStyles];

  @property({ attribute: false }) client!: ChatClient;
  @property({ attribute: false }) state!: ChatState;
  /** The conversation on screen; without one, only whoever has said an e-mail is asked for anything. */
  @property({ attribute: false }) conversationId = '';

  @state() private step: 'offer' | 'form' | 'gone' = 'offer';
  /** What has happened, to be said aloud. */
  @state() private note = '';
  #asked = '';
  readonly #words = new ContextConsumer(this, { context: stringsContext, subscribe: true });

  get #strings() {
    return (this.#words.value ?? defaultWords).of('conversation', english);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('state');
    if (!before || before.person === this.state.person) return;
    this.step = 'offer';
    this.note = '';
  }

  protected override updated(): void {
    // While somebody is at it, nothing else is asked.
    this.toggleAttribute('busy', this.step === 'form');
  }

  protected override render() {
    return html`<div class="unseen" role="status">${this.note}</div>
      ${this.step === 'form' ? this.#renderForm() : this.#renderOffer()}`;
  }

  /** What is asked for: an e-mail (''), or the confirmation of this one. */
  get #email(): string | undefined {
    const { contact, settings } = this.state;
    if (contact?.verification === 'claimed') return settings?.identity?.verifyEmail ? (contact.email ?? '') : undefined;
    return contact?.verification === 'anonymous' && this.conversationId ? '' : undefined;
  }

  #renderOffer() {
    const email = this.#email;
    if (email === undefined || this.step === 'gone') return nothing;
    return html`
      <div class="row">
        <div class="offer">
          <p>${this.note || (email ? fill(this.#strings.confirmHint, { email }) : this.#strings.leaveHint)}</p>
          <button class="link" type="button" @click=${this.#begin}>
            ${email ? this.#strings.confirmEmail : this.#strings.leaveEmail}
          </button>
        </div>
        <button class="icon-button" type="button" aria-label=${this.#strings.notNow} @click=${this.#leave}>
          ${closeIcon}
        </button>
      </div>
    `;
  }

  #renderForm() {
    return html`<cw-verify-form
      exportparts="button"
      .client=${this.client}
      .state=${this.state}
      .email=${this.#asked}
      .tell=${this.#tell}
      .leave=${this.#leave}
    ></cw-verify-form>`;
  }

  readonly #begin = async (): Promise<void> => {
    try {
      await import('./cw-verify-form.ts');
      this.#asked = this.#email ?? '';
      this.note = '';
      this.step = 'form';
    } catch {
      this.note = this.#strings.offerFailed;
    }
  };

  readonly #tell = (note: string): void => {
    this.note = note;
  };

  readonly #leave = (): void => {
    this.step = 'gone';
    this.note = '';
    this.dispatchEvent(new Event('cw-done'));
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'cw-verify': CwVerify;
  }
}

if (!customElements.get('cw-verify')) customElements.define('cw-verify', CwVerify);
