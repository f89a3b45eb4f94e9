import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { AdminClient, InboxSecret, SecretRotation } from '../../../api/admin-client.ts';
import type { ChatError } from '../../../api/chat-error.ts';
import { fill, plural } from '../../../text/phrase.ts';
import { english as strings } from '../../../text/settings-strings.ts';
import { shared } from '../../tokens.styles.ts';
import { consoleStyles } from '../console.styles.ts';
import { formStyles } from './form.styles.ts';
import { secretsStyles } from './cw-secrets.styles.ts';
import { rotationDialog, type RotationKind } from './rotation-dialog.ts';
import { sentenceOf } from './settings-controller.ts';

/**
 * The secrets that a site signs with: read only when asked for, shown one at a time, and replaced after a question.
 *
 * @internal
 */
export class CwSecrets extends LitElement {
  static override styles = [shared, consoleStyles, formStyles, secretsStyles];

  @property({ attribute: false }) client!: AdminClient;
  @property({ attribute: false }) inboxId = '';
  @property() override lang = 'en';

  @state() private secrets: readonly InboxSecret[] | undefined;
  @state() private loading = false;
  /** The scheme whose secret is legible. */
  @state() private revealed = '';
  @state() private asking: { readonly secret: InboxSecret; readonly kind: RotationKind } | undefined;
  @state() private rotating = false;
  @state() private refusal = '';
  @state() private news = '';
  @state() private failed = false;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('inboxId')) return;
    this.secrets = this.asking = undefined;
    this.revealed = this.news = '';
  }

  protected override render() {
    return html`
      <section aria-labelledby="secrets">
        <h2 id="secrets">${strings.secrets}</h2>
        <p class="hint">${strings.secretsHint}</p>
        ${
          this.secrets
            ? this.secrets.length
              ? html`<ul>
                  ${this.secrets.map((secret) => this.#renderSecret(secret))}
                </ul>`
              : html`<p class="none">${strings.noSecrets}</p>`
            : html`<button class="button" type="button" aria-disabled=${this.loading} @click=${() => void this.#load()}>
                ${strings.showSecrets}
              </button>`
        }
        <p role="status" class=${this.failed ? 'error' : 'hint'}>${this.news}</p>
      </section>
      ${
        this.asking
          ? rotationDialog({
              ...this.asking,
              name: this.#nameOf(this.asking.secret),
              busy: this.rotating,
              refusal: this.refusal,
              onCancel: () => (this.asking = undefined),
              onConfirm: (rotation) => void this.#rotate(rotation),
            })
          : nothing
      }
    `;
  }

  #renderSecret(secret: InboxSecret) {
    const { scheme, value, createdAt, previous, warnings } = secret;
    const isShown = this.revealed === scheme;
    const name = this.#nameOf(secret);
    const ask = (kind: RotationKind) => () => {
      this.refusal = '';
      this.asking = { secret, kind };
    };
    return html`
      <li>
        <h3>${name}</h3>
        <p class="hint">${strings.schemes[scheme]?.use ?? ''}</p>
        <div class="value">
          <code dir="ltr">${isShown ? value : '••••••••••••••••'}</code>
          <button
            class="text-button"
            type="button"
            aria-label=${`${isShown ? strings.conceal : strings.reveal}: ${name}`}
            @click=${() => (this.revealed = isShown ? '' : scheme)}
          >
            ${isShown ? strings.conceal : strings.reveal}
          </button>
          <button
            class="text-button"
            type="button"
            aria-label=${fill(strings.copyOf, { name })}
            @click=${() => void this.#copy(value)}
          >
            ${strings.copy}
          </button>
        </div>
        <p class="hint">${fill(strings.made, { time: this.#time(createdAt) })}</p>
        ${previous.map(
          ({ until }) => html`<p class="hint">${fill(strings.previousUntil, { time: this.#time(until) })}</p>`,
        )}
        ${warnings.map((words) => html`<p class="warning">${words}</p>`)}
        <div class="acts">
          <button class="button" type="button" @click=${ask('replace')}>${strings.replaceSecret}</button>
          <button class="button" type="button" @click=${ask('set')}>${strings.setSecret}</button>
          <button class="button danger" type="button" @click=${ask('compromised')}>${strings.compromised}</button>
        </div>
      </li>
    `;
  }

  #nameOf({ scheme }: InboxSecret): string {
    return strings.schemes[scheme]?.name ?? scheme;
  }

  #time(at: number): string {
    return new Intl.DateTimeFormat(this.lang, { dateStyle: 'medium', timeStyle: 'short' }).format(at);
  }

  #say(words: string, failed = false): void {
    this.news = words;
    this.failed = failed;
  }

  async #load(): Promise<void> {
    if (this.loading) return;
    this.loading = true;
    try {
      this.secrets = await this.client.secrets(this.inboxId);
      this.#say('');
    } catch {
      this.#say(strings.secretsFailed, true);
    } finally {
      this.loading = false;
    }
  }

  async #copy(value: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(value);
      this.#say(strings.copied);
    } catch {
      this.#say(strings.copyFailed, true);
    }
  }

  async #rotate(rotation: SecretRotation): Promise<void> {
    const scheme = this.asking?.secret.scheme;
    if (scheme === undefined || this.rotating) return;
    this.rotating = true;
    this.refusal = '';
    try {
      const { secret, endedSessions } = await this.client.rotateSecret(this.inboxId, scheme, rotation);
      this.secrets = this.secrets?.map((each) => (each.scheme === scheme ? secret : each));
      this.asking = undefined;
      const isCompromised = rotation.compromised === true;
      this.#say(isCompromised ? plural(this.lang, strings.secretCompromised, endedSessions) : strings.secretReplaced);
    } catch (error) {
      const { field, message } = error as ChatError;
      this.refusal = field ? sentenceOf(message, field) : strings.rotateFailed;
    } finally {
      this.rotating = false;
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cw-secrets': CwSecrets;
  }
}

if (!customElements.get('cw-secrets')) customElements.define('cw-secrets', CwSecrets);
