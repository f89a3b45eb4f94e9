import { html, LitElement } from 'lit';
import { property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import type { InboxDetails } from '../../../api/admin-client.ts';
import { fill } from '../../../text/phrase.ts';
import { english as strings } from '../../../text/settings-strings.ts';
import { shared } from '../../tokens.styles.ts';
import { consoleStyles } from '../console.styles.ts';
import { formStyles } from './form.styles.ts';
import { installationStyles } from './cw-installation.styles.ts';
import { copyIcon } from './settings-icons.ts';
import { dropInSnippets, ownSnippet, packageSnippet } from './snippets.ts';

/**
 * How the chat comes onto a site: what to paste, with this inbox's id and this server's address in it.
 *
 * @internal
 */
export class CwInstallation extends LitElement {
  static override styles = [shared, consoleStyles, formStyles, installationStyles];

  /** Origin of the chat server. */
  @property() server = '';
  @property({ attribute: false }) inbox!: InboxDetails;
  /** Gives the inbox another name. May reject. */
  @property({ attribute: false }) rename!: (name: string) => Promise<void>;

  /** Name of the snippet that was copied last. */
  @state() private copied = '';
  @state() private news = '';
  @state() private name: string | undefined;

  protected override render() {
    const { server, inbox } = this;
    return html`
      <form class="field" @submit=${this.#onRename}>
        <label for="name">${strings.inboxName}</label>
        <div class="line">
          <input
            id="name"
            autocomplete="off"
            maxlength="80"
            required
            aria-describedby="name-hint"
            .value=${live(this.name ?? inbox.name)}
            @input=${({ currentTarget }: Event) => (this.name = (currentTarget as HTMLInputElement).value)}
          />
          <button
            class="button"
            type="submit"
            aria-disabled=${this.name === undefined || this.name.trim() === '' || this.name === inbox.name}
          >
            ${strings.save}
          </button>
        </div>
        <p class="hint" id="name-hint">${strings.inboxNameHint}</p>
      </form>
      ${this.#renderSnippet(strings.ownTag, strings.ownTagHint, ownSnippet(server, inbox.id))}
      ${this.#renderSnippet(strings.ownPackage, strings.ownPackageHint, packageSnippet(server, inbox.id))}
      <section aria-labelledby="drop-in">
        <h2 id="drop-in">${strings.dropIn}</h2>
        <p class="hint">${strings.dropInHint}</p>
        ${dropInSnippets(server, inbox.id).map(
          ({ name, code }) => html`
            <details>
              <summary>${name}<span class="later">${strings.comesLater}</span></summary>
              ${this.#renderCode(name, code)}
            </details>
          `,
        )}
      </section>
      <p class="unseen" role="status">${this.news}</p>
    `;
  }

  #renderSnippet(title: string, hint: string, code: string) {
    return html`
      <section aria-label=${title}>
        <h2>${title}</h2>
        <p class="hint">${hint}</p>
        ${this.#renderCode(title, code)}
      </section>
    `;
  }

  #renderCode(name: string, code: string) {
    return html`
      <div class="snippet" dir="ltr">
        <pre tabindex="0"><code>${code}</code></pre>
        <button
          class="button"
          type="button"
          aria-label=${fill(strings.copyOf, { name })}
          @click=${() => void this.#copy(name, code)}
        >
          ${copyIcon}${this.copied === name ? strings.copied : strings.copy}
        </button>
      </div>
    `;
  }

  async #copy(name: string, code: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(code);
      this.copied = name;
      this.news = strings.copied;
    } catch {
      this.news = strings.copyFailed;
    }
  }

  async #onRename(event: Event): Promise<void> {
    event.preventDefault();
    const name = this.name?.trim();
    if (!name || name === this.inbox.name) return;
    try {
      await this.rename(name);
      this.name = undefined;
      this.news = strings.saved;
    } catch {
      this.news = strings.saveFailed;
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cw-installation': CwInstallation;
  }
}

if (!customElements.get('cw-installation')) customElements.define('cw-installation', CwInstallation);
