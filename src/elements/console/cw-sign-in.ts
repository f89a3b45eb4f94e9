import { ContextConsumer } from '@lit/context';
import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { consoleStringsContext } from '../../context/console-strings-context.ts';
import { defaultConsoleWords } from '../../text/console-strings.ts';
import { alertIcon } from '../icons.ts';
import { shared } from '../tokens.styles.ts';
import { eyeIcon, eyeOffIcon, inboxIcon } from './console-icons.ts';
import { signInStyles } from './cw-sign-in.styles.ts';

/** Both fields are filled: try to sign in with them. */
export class CwSignInEvent extends Event {
  readonly email: string;
  readonly password: string;

  constructor(email: string, password: string) {
    super('cw-sign-in');
    this.email = email;
    this.password = password;
  }
}

type Field = 'email' | 'password';

/**
 * The form that lets an agent in. A missing or malformed field is told under it and gets the focus; what the server
 * says about both together stands above them.
 *
 * @fires {CwSignInEvent} cw-sign-in - The form was filled in and sent.
 * @internal
 */
export class CwSignIn extends LitElement {
  static override styles = [shared, signInStyles];

  /** An attempt is under way: the form cannot be sent again. */
  @property({ type: Boolean }) busy = false;
  /** Why the last attempt failed, in one sentence. */
  @property() problem = '';
  /** The e-mail or the password is what was wrong, not the server or the connection. */
  @property({ type: Boolean }) wrong = false;
  /** Why the form is shown, when there is something to say. */
  @property() notice = '';

  @state() private problems: Partial<Record<Field, string>> = {};
  @state() private passwordShown = false;
  @query('#email') private email!: HTMLInputElement;
  @query('#password') private password!: HTMLInputElement;

  readonly #words = new ContextConsumer(this, { context: consoleStringsContext, subscribe: true });

  protected override firstUpdated(): void {
    this.email.focus();
  }

  protected override updated(changed: PropertyValues<this>): void {
    // The password is the likelier mistake, and is typed anew in any case.
    if (changed.has('wrong') && this.wrong) this.password.select();
  }

  protected override render() {
    const { strings } = this.#words.value ?? defaultConsoleWords;
    return html`
      <form novalidate aria-labelledby="title" aria-busy=${this.busy} @submit=${this.#onSubmit}>
        <header>
          <span class="mark">${inboxIcon}</span>
          <h1 id="title">${strings.signIn}</h1>
          <p>${strings.signInHint}</p>
        </header>
        <div role="alert" ?hidden=${!this.problem && !this.notice}>
          ${
            this.problem
              ? html`<p id="problem" class="notice">${alertIcon}<span>${this.problem}</span></p>`
              : this.notice && html`<p class="notice quiet">${alertIcon}<span>${this.notice}</span></p>`
          }
        </div>
        <div class="field">
          <label for="email">${strings.email}</label>
          <div class="box">
            <input
              id="email"
              type="email"
              name="email"
              autocomplete="username"
              autocapitalize="none"
              spellcheck="false"
              required
              aria-invalid=${this.problems.email || this.wrong ? 'true' : nothing}
              aria-describedby="email-problem problem"
              @input=${this.#onInput}
            />
          </div>
          <p id="email-problem" class="problem" ?hidden=${!this.problems.email}>${this.problems.email}</p>
        </div>
        <div class="field">
          <label for="password">${strings.password}</label>
          <div class="box">
            <input
              id="password"
              type=${this.passwordShown ? 'text' : 'password'}
              name="password"
              autocomplete="current-password"
              autocapitalize="none"
              spellcheck="false"
              required
              aria-invalid=${this.problems.password || this.wrong ? 'true' : nothing}
              aria-describedby="password-problem problem"
              @input=${this.#onInput}
            />
            <button
              class="icon-button"
              type="button"
              aria-label=${strings.showPassword}
              aria-pressed=${this.passwordShown}
              title=${strings.showPassword}
              @click=${this.#onShowPassword}
            >
              ${this.passwordShown ? eyeOffIcon : eyeIcon}
            </button>
          </div>
          <p id="password-problem" class="problem" ?hidden=${!this.problems.password}>${this.problems.password}</p>
        </div>
        <!-- Not disabled while busy: that would throw the focus away. -->
        <button class="submit" type="submit" aria-disabled=${this.busy}>
          ${this.busy ? strings.signingIn : strings.signIn}
        </button>
      </form>
    `;
  }

  #onSubmit(event: SubmitEvent): void {
    event.preventDefault();
    if (this.busy) return;
    const { strings } = this.#words.value ?? defaultConsoleWords;
    this.problems = {
      ...(this.email.validity.valid ? {} : { email: this.email.value ? strings.emailMalformed : strings.emailMissing }),
      ...(this.password.value ? {} : { password: strings.passwordMissing }),
    };
    if (this.problems.email) this.email.focus();
    else if (this.problems.password) this.password.focus();
    else this.dispatchEvent(new CwSignInEvent(this.email.value.trim(), this.password.value));
  }

  /** A field that is being mended is no longer wrong. */
  #onInput(event: InputEvent): void {
    const { [(event.target as HTMLInputElement).name as Field]: _mended, ...others } = this.problems;
    this.problems = others;
  }

  #onShowPassword(): void {
    this.passwordShown = !this.passwordShown;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cw-sign-in': CwSignIn;
  }
}

if (!customElements.get('cw-sign-in')) customElements.define('cw-sign-in', CwSignIn);
