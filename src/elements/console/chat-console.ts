import { ContextProvider } from '@lit/context';
import { html, LitElement, type PropertyValues } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { AgentClient } from '../../api/agent-client.ts';
import { initialState, type ChatState } from '../../api/chat-state.ts';
import { clientContext } from '../../context/client-context.ts';
import { consoleStringsContext } from '../../context/console-strings-context.ts';
import { stringsContext } from '../../context/strings-context.ts';
import { consoleEnglish, type ConsoleWords } from '../../text/console-strings.ts';
import { canonical } from '../../text/canonical.ts';
import { inEnglish } from '../../text/language.ts';
import { wordsOf } from '../../text/words.ts';
import { shared } from '../tokens.styles.ts';
import { tokens } from './console-tokens.styles.ts';
import { chatConsoleStyles } from './chat-console.styles.ts';
import { restIllustration } from './console-icons.ts';
import { consoleStyles } from './console.styles.ts';
import './cw-desk.ts';
import type { CwDesk } from './cw-desk.ts';
import './cw-sign-in.ts';
import type { CwSignInEvent } from './cw-sign-in.ts';
import { signInProblem, type SignInProblem } from './sign-in-problem.ts';

/**
 * The agents' console: sign in, see every conversation live, answer, resolve. One tag is the whole screen:
 *
 * ```html
 * <chat-console></chat-console>
 * ```
 *
 * It fills the height of the window; give it a `block-size` to place it in a page of your own. The page must be of the
 * chat server's own origin, since agents are known by a cookie. The open conversation stands in the page's hash
 * (`#/conversations/{id}`), so reload, Back and links work; the number of unread conversations stands before the page's
 * title. Admins find the settings of the inboxes, with a live preview, at `#/settings`. Light and dark follow
 * `color-scheme`, the direction follows `dir`.
 *
 * Keyboard: arrow keys move through the conversations and Enter opens one; from anywhere, Alt+ArrowDown and Alt+ArrowUp
 * open the next and the previous conversation, Alt+E resolves or reopens, Alt+I shows or hides the details.
 *
 * @summary The agents' console of a chat server.
 * @tag chat-console
 *
 * @cssproperty [--chat-brand=oklch(0.55 0.19 268)] - Brand colour; the palette follows it.
 * @cssproperty [--chat-font=system-ui, sans-serif] - Font family.
 */
export class ChatConsole extends LitElement {
  static override styles = [shared, consoleStyles, tokens, chatConsoleStyles];

  /** Origin of the chat server, such as `https://chat.example.com`. Default: the page's own. */
  @property() server = '';

  @state() private chat: ChatState = initialState;
  @state() private bootFailed = false;
  @state() private signingIn = false;
  @state() private signInProblem: SignInProblem | undefined;
  /** The server is being told that the agent leaves: before it knows, another page would still be let in. */
  @state() private leaving = false;
  /** What the form has to say about how the session ended. */
  @state() private notice = '';
  @query('cw-desk') private desk!: CwDesk | null;

  readonly #words: ConsoleWords = { lang: englishOf(globalThis.navigator?.languages ?? []), strings: consoleEnglish };
  readonly #provided = new ContextProvider(this, { context: clientContext });
  #client: AgentClient | undefined;
  #stopFollowing: (() => void) | undefined;

  constructor() {
    super();
    new ContextProvider(this, { context: consoleStringsContext, initialValue: this.#words });
    new ContextProvider(this, { context: stringsContext, initialValue: wordsOf(inEnglish(this.#words.lang)) });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // Its words are English, whatever those of the page are.
    this.lang ||= this.#words.lang;
    if (this.hasUpdated && !this.#client) this.#start();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // Moved within the page, it is back at once and keeps its connection.
    queueMicrotask(() => {
      if (!this.isConnected) this.#stop();
    });
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (this.#client && !changed.has('server')) return;
    this.#stop();
    this.#start();
  }

  protected override render() {
    const { strings } = this.#words;
    if (this.bootFailed) return this.#renderBootFailed();
    if (!this.chat.booted || this.leaving) {
      return html`<div class="wait" role="status">${this.leaving ? strings.signingOut : strings.loading}</div>`;
    }
    if (!this.#client || !this.#isSignedIn()) {
      return html`<cw-sign-in
        .busy=${this.signingIn}
        .problem=${this.signInProblem?.sentence ?? ''}
        .wrong=${this.signInProblem?.wrong ?? false}
        .notice=${this.notice}
        @cw-sign-in=${this.#onSignIn}
      ></cw-sign-in>`;
    }
    return html`<cw-desk .client=${this.#client} .server=${this.server} @cw-sign-out=${this.#onSignOut}></cw-desk>`;
  }

  #renderBootFailed() {
    const { strings } = this.#words;
    return html`
      <div class="wait" role="alert">
        ${restIllustration}
        <p>${strings.serverUnreachable}</p>
        <button class="button" type="button" @click=${this.#boot}>${strings.tryAgain}</button>
      </div>
    `;
  }

  #start(): void {
    const client = new AgentClient({ server: this.server || location.origin });
    this.#client = client;
    this.#stopFollowing = client.subscribe(() => this.#follow(client.state));
    this.#provided.setValue(client);
    this.#follow(client.state);
    void this.#boot();
  }

  #stop(): void {
    this.#stopFollowing?.();
    this.#client?.close();
    this.#client = undefined;
  }

  async #boot(): Promise<void> {
    const client = this.#client;
    this.bootFailed = false;
    try {
      await client?.boot();
    } catch {
      this.bootFailed = client === this.#client;
    }
  }

  #follow(next: ChatState): void {
    const wasSignedIn = this.#isSignedIn();
    this.chat = next;
    if (wasSignedIn && !this.#isSignedIn() && !this.leaving) this.notice = this.#words.strings.signedOutElsewhere;
  }

  #isSignedIn(): boolean {
    const { agent, connection, closeReason } = this.chat;
    return agent !== null && !(connection === 'closed' && closeReason === 'unauthorized');
  }

  async #onSignIn({ email, password }: CwSignInEvent): Promise<void> {
    this.signingIn = true;
    this.signInProblem = undefined;
    try {
      await this.#client?.signIn(email, password);
      this.notice = '';
      await this.updateComplete;
      await this.desk?.updateComplete;
      // The form took the focus with it.
      this.desk?.focus();
    } catch (error) {
      this.signInProblem = signInProblem(error, this.#words);
    } finally {
      this.signingIn = false;
    }
  }

  async #onSignOut(): Promise<void> {
    this.leaving = true;
    // The next agent at this screen need not know which conversation was open.
    location.hash = '#/';
    try {
      await this.#client?.signOut();
    } catch {
      this.notice = this.#words.strings.signOutFailed;
    } finally {
      this.leaving = false;
    }
  }
}

/** The reader's own kind of English, for times and dates: 14:05 or 2:05 PM. */
function englishOf(languages: readonly string[]): string {
  return languages.flatMap(canonical).find((language) => /^en\b/.test(language)) ?? 'en';
}

declare global {
  interface HTMLElementTagNameMap {
    'chat-console': ChatConsole;
  }
}

if (!customElements.get('chat-console')) customElements.define('chat-console', ChatConsole);
