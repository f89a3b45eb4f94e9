import { css, html, LitElement, nothing } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { ChatError } from '../../api/chat-error.ts';
import { english as strings } from '../../text/password-strings.ts';
import { shared } from '../tokens.styles.ts';
import { consoleStyles } from './console.styles.ts';
import { dialogStyles } from './settings/dialog.styles.ts';
import { formStyles } from './settings/form.styles.ts';

type Field = 'password' | 'newPassword';
const FIELDS = ['password', 'newPassword'] as const;
/** The server takes no shorter one. */
const SHORTEST = 8;

/**
 * A dialog in which agents change their own password.
 *
 * @fires {Event} cw-leave - It is closed.
 * @internal
 */
export class CwPassword extends LitElement {
  static override styles = [
    shared,
    consoleStyles,
    formStyles,
    dialogStyles,
    css`
      .error:empty {
        display: none;
      }
    `,
  ];

  /** Changes it; rejects with ChatError. */
  @property({ attribute: false }) change!: (password: string, newPassword: string) => Promise<void>;

  @state() private problems: Partial<Record<Field | 'all', string>> = {};
  @state() private busy = false;
  @state() private done = false;
  @query('dialog') private dialog!: HTMLDialogElement;

  protected override firstUpdated(): void {
    this.dialog.showModal();
  }

  protected override render() {
    return html`
      <dialog aria-labelledby="title" @close=${() => this.dispatchEvent(new Event('cw-leave'))}>
        ${this.done ? this.#renderDone() : this.#renderForm()}
      </dialog>
    `;
  }

  #renderForm() {
    return html`
      <form novalidate @submit=${this.#onSubmit}>
        <h2 id="title">${strings.title}</h2>
        <p class="hint">${strings.hint}</p>
        ${FIELDS.map((name) => this.#renderField(name))}
        <p class="error" role="alert">${this.problems.all ?? ''}</p>
        <div class="answers">
          <button class="button" type="button" @click=${() => this.dialog.close()}>${strings.cancel}</button>
          <button class="button primary" type="submit" aria-disabled=${this.busy}>
            ${this.busy ? strings.changing : strings.change}
          </button>
        </div>
      </form>
    `;
  }

  #renderField(name: Field) {
    const problem = this.problems[name];
    const isNew = name === 'newPassword';
    const described = [isNew && `${name}-hint`, problem && `${name}-problem`].filter(Boolean).join(' ');
    return html`
      <div class="field">
        <label for=${name}>${strings[name]}</label>
        <input
          id=${name}
          type="password"
          autocomplete=${isNew ? 'new-password' : 'current-password'}
          aria-describedby=${described || nothing}
          aria-invalid=${problem ? 'true' : nothing}
          @input=${() => (this.problems = { ...this.problems, [name]: undefined, all: undefined })}
        />
        ${isNew ? html`<p class="hint" id="${name}-hint">${strings.newPasswordHint}</p>` : nothing}
        ${problem ? html`<p class="error" id="${name}-problem" role="alert">${problem}</p>` : nothing}
      </div>
    `;
  }

  #renderDone() {
    return html`
      <h2 id="title" role="status">${strings.changed}</h2>
      <div class="answers">
        <button class="button primary" type="button" data-first @click=${() => this.dialog.close()}>
          ${strings.close}
        </button>
      </div>
    `;
  }

  async #onSubmit(event: Event): Promise<void> {
    event.preventDefault();
    if (this.busy) return;
    const [password, newPassword] = FIELDS.map(
      (name) => this.renderRoot.querySelector<HTMLInputElement>(`#${name}`)!.value,
    ) as [string, string];
    this.problems = {
      ...(!password && { password: strings.passwordMissing }),
      ...(newPassword.length < SHORTEST && { newPassword: strings.tooShort }),
    };
    if (!Object.keys(this.problems).length) await this.#change(password, newPassword);
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('[aria-invalid="true"], [data-first]')?.focus();
  }

  async #change(password: string, newPassword: string): Promise<void> {
    this.busy = true;
    try {
      await this.change(password, newPassword);
      this.done = true;
    } catch (error) {
      const { code, field, message } = error as ChatError;
      const at = FIELDS.find((name) => field === `/${name}`);
      if (code === 'bad_request' && at) this.problems = { [at]: message };
      else this.problems = { all: code === 'rate_limited' ? strings.tooMany : strings.failed };
    } finally {
      this.busy = false;
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cw-password': CwPassword;
  }
}

if (!customElements.get('cw-password')) customElements.define('cw-password', CwPassword);
