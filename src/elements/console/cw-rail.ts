import { ContextConsumer } from '@lit/context';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { AgentClient } from '../../api/agent-client.ts';
import type { Agent, ConversationState, Presence } from '../../api/protocol.ts';
import { consoleStringsContext } from '../../context/console-strings-context.ts';
import { ClientController } from '../../controllers/client-controller.ts';
import { defaultConsoleWords } from '../../text/console-strings.ts';
import { fill, plural } from '../../text/phrase.ts';
import { face, faceStyles } from '../face.ts';
import { shared } from '../tokens.styles.ts';
import { inboxIcon, passwordIcon, resolvedIcon, settingsIcon, signOutIcon } from './console-icons.ts';
import { consoleStyles } from './console.styles.ts';
import { railStyles } from './cw-rail.styles.ts';

/** Another view was chosen. */
export class CwViewEvent extends Event {
  readonly view: ConversationState;

  constructor(view: ConversationState) {
    super('cw-view');
    this.view = view;
  }
}

const VIEWS: readonly ConversationState[] = ['open', 'resolved'];

/**
 * The console's views as tabs, and who is signed in, with their switch. A column beside the list; a bar below it where
 * there is only room for one pane.
 *
 * @fires {CwViewEvent} cw-view - A view was chosen.
 * @fires {Event} cw-sign-out - The agent wants to leave.
 * @internal
 */
export class CwRail extends LitElement {
  static override styles = [shared, consoleStyles, faceStyles, railStyles];

  /** Undefined: the settings are on screen. */
  @property() view: ConversationState | undefined = 'open';
  /** Conversations in which somebody waits. */
  @property({ type: Number }) unread = 0;
  @property({ attribute: false }) client!: AgentClient;
  /** It lies below the list instead of standing beside it. */
  @property({ type: Boolean, reflect: true }) bar = false;

  @state() private switchFailed = false;
  @state() private changingPassword = false;

  readonly #agent = new ClientController(this, ({ agent }) => agent);
  /** Undefined while there is no way to the server: what it was told last may not be so any more. */
  readonly #presence = new ClientController(this, ({ agent, agents, connection }) =>
    connection === 'open' ? agents?.find(({ id }) => id === agent?.id)?.presence : undefined,
  );
  #shown?: Presence;
  readonly #words = new ContextConsumer(this, { context: consoleStringsContext, subscribe: true });

  protected override willUpdate(): void {
    const presence = this.#presence.value;
    // The connection is back, or it was switched elsewhere.
    if (presence && presence !== this.#shown) this.switchFailed = false;
    this.#shown = presence;
  }

  protected override render() {
    const { strings } = this.#words.value ?? defaultConsoleWords;
    return html`
      <div
        role="tablist"
        aria-label=${strings.views}
        aria-orientation=${this.bar ? 'horizontal' : 'vertical'}
        @keydown=${this.#onKeydown}
      >
        ${this.#renderView('open', inboxIcon, strings.open, this.unread)}
        ${this.#renderView('resolved', resolvedIcon, strings.resolved, 0)}
      </div>
      <div class="agent">
        ${this.#agent.value?.role === 'admin' ? this.#renderSettings() : nothing}
        <button
          class="icon-button"
          type="button"
          aria-label=${strings.changePassword}
          aria-haspopup="dialog"
          data-tip=${strings.changePassword}
          @click=${this.#onPassword}
        >
          ${passwordIcon}
        </button>
        ${
          this.changingPassword
            ? html`<cw-password
                .change=${(password: string, newPassword: string) => this.client.changePassword(password, newPassword)}
                @cw-leave=${() => (this.changingPassword = false)}
              ></cw-password>`
            : nothing
        }
        <button
          class="icon-button"
          type="button"
          aria-label=${strings.signOut}
          data-tip=${strings.signOut}
          @click=${this.#onSignOut}
        >
          ${signOutIcon}
        </button>
        ${this.#agent.value ? this.#renderAgent(this.#agent.value) : nothing}
      </div>
    `;
  }

  #renderAgent(agent: Agent) {
    const { strings } = this.#words.value ?? defaultConsoleWords;
    const presence = this.#presence.value;
    const wanted = presence === 'online' ? 'away' : 'online';
    const action = wanted === 'away' ? strings.goAway : strings.comeBack;
    const signedInAs = fill(strings.signedInAs, { name: agent.name, email: agent.email });
    return html`
      <span class="unseen">${signedInAs}</span>
      <button
        class="switch ${presence ?? 'unknown'}"
        type="button"
        aria-disabled=${presence ? nothing : 'true'}
        data-tip=${`${signedInAs}\n${presence ? action : strings.notConnected}`}
        @click=${() => presence && this.#switch(wanted)}
      >
        <span class="who">${face(agent)}</span>
        <span>${presence ? strings.presence[presence] : '…'}</span>
        <span class="unseen">${presence ? action : strings.notConnected}</span>
      </button>
      ${this.switchFailed ? html`<p class="problem" role="alert">${strings.switchFailed}</p>` : nothing}
    `;
  }

  #renderSettings() {
    const { strings } = this.#words.value ?? defaultConsoleWords;
    return html`
      <a
        class="icon-button"
        href="#/settings"
        aria-label=${strings.settings}
        aria-current=${this.view ? nothing : 'page'}
        data-tip=${strings.settings}
        >${settingsIcon}</a
      >
    `;
  }

  #renderView(view: ConversationState, icon: TemplateResult, name: string, unread: number) {
    const { strings, lang } = this.#words.value ?? defaultConsoleWords;
    const selected = view === this.view;
    const waiting = unread ? plural(lang, strings.unreadConversations, unread) : '';
    return html`
      <button
        role="tab"
        type="button"
        aria-label=${waiting ? `${name}, ${waiting}` : name}
        aria-selected=${selected}
        tabindex=${selected || (!this.view && view === 'open') ? 0 : -1}
        @click=${() => this.dispatchEvent(new CwViewEvent(view))}
      >
        ${icon}<span>${name}</span>
        ${unread ? html`<span class="badge" aria-hidden="true">${unread > 99 ? '99+' : unread}</span>` : nothing}
      </button>
    `;
  }

  #onKeydown(event: KeyboardEvent): void {
    const back = getComputedStyle(this).direction === 'rtl' ? 'ArrowRight' : 'ArrowLeft';
    const forward = back === 'ArrowLeft' ? 'ArrowRight' : 'ArrowLeft';
    const [previous, next] = this.bar ? [back, forward] : ['ArrowUp', 'ArrowDown'];
    const step = event.key === next ? 1 : event.key === previous ? -1 : 0;
    if (!step) return;
    event.preventDefault();
    const at = (VIEWS.indexOf(this.view ?? 'open') + step + VIEWS.length) % VIEWS.length;
    this.renderRoot.querySelectorAll<HTMLElement>('[role="tab"]')[at]?.focus();
    this.dispatchEvent(new CwViewEvent(VIEWS[at]));
  }

  async #switch(wanted: 'online' | 'away'): Promise<void> {
    this.switchFailed = false;
    await this.client.setPresence(wanted).catch(() => (this.switchFailed = true));
  }

  /** Its code comes when it is wanted. */
  async #onPassword(): Promise<void> {
    await import('./cw-password.ts');
    this.changingPassword = true;
  }

  #onSignOut(): void {
    this.dispatchEvent(new Event('cw-sign-out'));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cw-rail': CwRail;
  }
}

if (!customElements.get('cw-rail')) customElements.define('cw-rail', CwRail);
