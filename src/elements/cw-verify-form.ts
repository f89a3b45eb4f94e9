import { ContextConsumer } from '@lit/context';
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators/property.js';
import { state } from 'lit/decorators/state.js';
import type { ChatClient } from '../api/chat-client.ts';
import type { ChatError } from '../api/chat-error.ts';
import type { ChatState } from '../api/chat-state.ts';
import { confirmCode, requestCode } from '../api/email-verification.ts';
import { stringsContext } from '../context/strings-context.ts';
import { english as offers } from '../text/conversation-strings.ts';
import { fill } from '../text/phrase.ts';
import { defaultWords } from '../text/words.ts';
import { english } from '../text/verify-strings.ts';
import { controlStyles } from './controls.styles.ts';
import { formStyles } from './cw-verify-form.styles.ts';
import { offerStyles } from './cw-verify.styles.ts';
import { checkIcon, closeIcon } from './icons.ts';
import { shared } from './tokens.styles.ts';
import { readCode } from './typed-code.ts';
import { problemOf } from './verify-problem.ts';

type Step = 'email' | 'code' | 'done';

/**
 * Asks a visitor for their e-mail, and to confirm it by the code that is mailed to it.
 *
 * @fires {Event} cw-done - The visitor can go on writing; leaves the shadow root.
 * @internal
 */
export class CwVerifyForm extends LitElement {
  static override styles = [shared, controlStyles, offerStyles, formStyles];

  @property({ attribute: false }) client!: ChatClient;
  @property({ attribute: false }) state!: ChatState;
  /** Known, and to be confirmed: it gets its code at once. */
  @property({ attribute: false }) email = '';
  /** Says aloud what has happened. */
  @property({ attribute: false }) tell!: (note: string) => void;
  /** The visitor wants none of it any more. */
  @property({ attribute: false }) leave!: () => void;

  @state() private step: Step = 'email';
  @state() private busy = false;
  /** What is wrong with the field, under it. */
  @state() private problem = '';
  /** What has happened, above it. */
  @state() private note = '';
  @state() private isTooSoon = false;

  readonly #words = new ContextConsumer(this, { context: stringsContext, subscribe: true });
  #goodUntil = 0;
  #resend: ReturnType<typeof setTimeout> | undefined;

  get #strings() {
    return (this.#words.value ?? defaultWords).of('verify', english);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#resend);
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('note')) this.tell(this.note);
  }

  protected override firstUpdated(): void {
    void this.updateComplete.then(() => {
      this.renderRoot.querySelector('input')?.focus();
      if (this.email) void this.#send();
    });
  }

  protected override render() {
    const { contact } = this.state;
    if (this.step === 'done') return this.#renderDone();
    const isNoted = contact?.verification === 'claimed' && !this.#verifies;
    if (!contact || contact.verification === 'verified' || isNoted) return nothing;
    return html`
      <form novalidate aria-busy=${this.busy} @submit=${this.#onSubmit} @keydown=${this.#onKeydown}>
        <p class="note" ?hidden=${!this.note}>${this.note}</p>
        ${this.step === 'email' ? this.#renderEmail() : this.#renderCode()}
      </form>
    `;
  }

  #renderDone() {
    return html`
      <div class="row">
        ${checkIcon}
        <p class="offer">${this.note}</p>
        <button class="icon-button" type="button" aria-label=${this.#strings.close} @click=${this.leave}>
          ${closeIcon}
        </button>
      </div>
    `;
  }

  #renderEmail() {
    return this.#renderField(
      this.#strings.email,
      html`<input
        id="field"
        type="email"
        name="email"
        autocomplete="email"
        autocapitalize="none"
        spellcheck="false"
        dir="ltr"
        required
        .value=${this.email}
        aria-invalid=${this.problem ? 'true' : nothing}
        aria-describedby="problem"
        @input=${this.#onMended}
      />`,
      this.#verifies ? this.#strings.sendCode : this.#strings.save,
      html`<button class="link" type="button" @click=${this.leave}>
        ${(this.#words.value ?? defaultWords).of('conversation', offers).notNow}
      </button>`,
    );
  }

  #renderCode() {
    return this.#renderField(
      this.#strings.code,
      html`<input
        id="field"
        class="code"
        type="text"
        name="code"
        inputmode="numeric"
        .autocomplete=${'one-time-code'}
        dir="ltr"
        required
        aria-invalid=${this.problem ? 'true' : nothing}
        aria-describedby="problem"
        @input=${this.#onCode}
      />`,
      this.#strings.confirm,
      html`
        <button class="link" type="button" aria-disabled=${this.isTooSoon} @click=${this.#sendAgain}>
          ${this.#strings.sendAgain}
        </button>
        <button class="link" type="button" @click=${() => this.#go('email')}>${this.#strings.otherEmail}</button>
      `,
    );
  }

  #renderField(label: string, field: TemplateResult, submit: string, others: TemplateResult) {
    return html`
      <label for="field">${label}</label>
      <div class="field">
        ${field}
        <!-- Not disabled while busy: that would throw the focus away. -->
        <button class="primary" part="button" type="submit" aria-disabled=${this.busy}>
          ${this.busy ? this.#strings.working : submit}
        </button>
      </div>
      <p id="problem" class="problem" role="alert">${this.problem}</p>
      <div class="others">${others}</div>
    `;
  }

  get #field(): HTMLInputElement {
    return this.renderRoot.querySelector('input')!;
  }

  get #verifies(): boolean {
    return this.state.settings?.identity?.verifyEmail ?? false;
  }

  #time(at: number): string {
    const { lang } = this.#words.value ?? defaultWords;
    // The one time of day that is told here is not worth a request for all ways to tell one.
    return new Date(at).toLocaleTimeString(lang, { hour: 'numeric', minute: '2-digit' });
  }

  #go(step: Step, note = ''): void {
    this.step = step;
    this.note = note;
    this.problem = '';
    if (step === 'done') this.dispatchEvent(new Event('cw-done', { bubbles: true, composed: true }));
    else void this.updateComplete.then(() => this.renderRoot.querySelector('input')?.focus());
  }

  #onKeydown(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || event.isComposing) return;
    // The panel stays.
    event.preventDefault();
    event.stopPropagation();
    this.leave();
  }

  #onMended(): void {
    this.problem = '';
  }

  #onCode(): void {
    this.problem = '';
    if (readCode(this.#field.value)) void this.#confirm();
  }

  #onSubmit(event: SubmitEvent): void {
    event.preventDefault();
    void (this.step === 'email' ? this.#send() : this.#confirm());
  }

  async #send(): Promise<void> {
    const field = this.renderRoot.querySelector('input');
    const email = (field?.value ?? this.email).trim();
    if (!email || (field && !field.validity.valid)) {
      this.#complain(email ? this.#strings.emailMalformed : this.#strings.emailMissing);
      return;
    }
    this.email = email;
    await this.#try(async () => {
      if (this.#verifies) {
        this.#goodUntil = await requestCode(this.client, email);
        this.#go('code', fill(this.#strings.codeSent, { email, time: this.#time(this.#goodUntil) }));
      } else {
        await this.client.identify({ visitor: { email } });
        this.#go('done', fill(this.#strings.saved, { email }));
      }
    });
  }

  async #sendAgain(): Promise<void> {
    if (this.isTooSoon) return;
    const before = this.#goodUntil;
    this.problem = '';
    this.#field.focus();
    await this.#try(async () => {
      this.#goodUntil = await requestCode(this.client, this.email);
      const time = this.#time(this.#goodUntil);
      const isNew = this.#goodUntil !== before;
      this.note = fill(isNew ? this.#strings.codeSent : this.#strings.notAgain, { email: this.email, time });
    });
  }

  async #confirm(): Promise<void> {
    const { value } = this.#field;
    const code = readCode(value);
    // Six digits send themselves: an Enter that comes after them finds an empty field, and says nothing.
    if (!value && this.problem) return;
    if (!code) return this.#complain(this.#strings.codeIncomplete);
    await this.#try(async () => {
      await confirmCode(this.client, code);
      this.#go('done', fill(this.#strings.confirmed, { email: this.email }));
    });
  }

  async #try(work: () => Promise<void>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    try {
      await work();
    } catch (error) {
      this.#onFailure(error as ChatError);
    } finally {
      this.busy = false;
    }
  }

  #onFailure(error: ChatError): void {
    const { code, temporary, retryAfterMs = 60_000 } = error;
    const isCode = this.step === 'code';
    // A wrong code is typed anew.
    if (isCode && !temporary) this.#field.value = '';
    if (code === 'proof_expired') this.note = '';
    this.#complain(problemOf(error, isCode, this.#time(Date.now() + retryAfterMs), this.#words.value ?? defaultWords));
    if (code !== 'rate_limited') return;
    this.isTooSoon = true;
    this.#resend = setTimeout(() => (this.isTooSoon = false), retryAfterMs);
  }

  #complain(problem: string): void {
    this.problem = problem;
    void this.updateComplete.then(() => this.renderRoot.querySelector('input')?.select());
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cw-verify-form': CwVerifyForm;
  }
}

if (!customElements.get('cw-verify-form')) customElements.define('cw-verify-form', CwVerifyForm);
