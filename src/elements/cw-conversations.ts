import { ContextConsumer } from '@lit/context';
import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { property } from 'lit/decorators/property.js';
import { repeat } from 'lit/directives/repeat.js';
import { state } from 'lit/decorators/state.js';
import type { ChatState } from '../api/chat-state.ts';
import type { Conversation } from '../api/protocol.ts';
import { stringsContext } from '../context/strings-context.ts';
import { formatShort } from '../text/format-time.ts';
import { english as conversationWords } from '../text/conversation-strings.ts';
import { lastWords } from '../text/last-words.ts';
import { english } from '../text/list-strings.ts';
import { fill, plural } from '../text/phrase.ts';
import { defaultWords } from '../text/words.ts';
import { conversationsStyles } from './cw-conversations.styles.ts';
import { face, faceStyles } from './face.ts';
import { icon } from './icons.ts';
import { logo, logoStyles } from './logo.ts';
import type { PanelPage } from './panel-page.ts';
import { shared } from './tokens.styles.ts';

const nextIcon = icon('M8 4.5 13.5 10 8 15.5', true);

/** So many stand on the home screen. */
const RECENT = 3;

/**
 * The visitor's conversations, newest activity first: with whom, the last words, what is unread. The newest few lead to
 * the list of all, which loads older ones when its end comes near.
 *
 * @internal
 */
export class CwConversations extends LitElement {
  static override styles = [shared, faceStyles, logoStyles, conversationsStyles];

  @property({ attribute: false }) page!: PanelPage;
  @property({ attribute: false }) state!: ChatState;
  /** Not only the newest. */
  @property({ type: Boolean }) all = false;

  @state() private failed = false;

  readonly #words = new ContextConsumer(this, { context: stringsContext, subscribe: true });
  #end: IntersectionObserver | undefined;
  #loading = false;
  #hasMore = true;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#end?.disconnect();
    this.#end = undefined;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (!this.all) return;
    const before = changed.get('state');
    if (before && before.person !== this.state.person) this.#hasMore = true;
    // Looked at anew when there are more rows: the end has moved.
    this.#end?.disconnect();
    this.#end = new IntersectionObserver(([{ isIntersecting }]) => void (isIntersecting && this.#loadMore()), {
      root: this.closest('.home'),
      rootMargin: '200px',
    });
    this.#end.observe(this.renderRoot.querySelector('.end')!);
  }

  get #language() {
    return this.#words.value ?? defaultWords;
  }

  protected override render() {
    const { conversations } = this.state;
    const { of } = this.#language;
    const shown = this.all ? conversations : conversations.slice(0, RECENT);
    return html`
      ${this.all ? nothing : html`<h3>${of('conversation', conversationWords).conversations}</h3>`}
      <ul>
        ${repeat(
          shown,
          ({ id }) => id,
          (conversation) => this.#renderRow(conversation),
        )}
      </ul>
      ${this.all ? this.#renderEnd() : nothing}
      ${
        shown.length < conversations.length
          ? html`<button class="more" type="button" @click=${() => this.page.go('', 'list')}>
              ${of('list', english).allConversations}${nextIcon}
            </button>`
          : nothing
      }
    `;
  }

  #renderEnd() {
    const { strings, of } = this.#language;
    return html`
      <div class="end"></div>
      ${
        this.failed
          ? html`<p class="failed" role="alert">
              ${of('list', english).olderConversationsFailed}
              <button class="again" type="button" @click=${() => this.#loadMore()}>${strings.tryAgain}</button>
            </p>`
          : nothing
      }
    `;
  }

  #renderRow({ id, agents, lastMessage, unread, state, updatedAt }: Conversation) {
    const language = this.#language;
    const { strings, lang } = language;
    const words = language.of('list', english);
    const { settings } = this.state;
    const agent = agents.at(-1);
    const text = lastMessage ? lastWords(lastMessage, language) : '';
    const said = lastMessage?.author.kind === 'contact' ? fill(words.lastWordsOwn, { text }) : text;
    return html`
      <li>
        <button
          class="row ${unread ? 'unread' : ''}"
          part="conversation"
          type="button"
          @click=${() => this.page.go(id)}
        >
          ${agent ? face(agent) : logo(settings)}
          <span class="row-name">${(agent?.name ?? settings?.appearance.teamName) || strings.chat}</span>
          <time dir="auto" datetime=${new Date(updatedAt).toISOString()}
            >${formatShort(lastMessage?.at ?? updatedAt, lang)}</time
          >
          <span class="row-words"><bdi>${said}</bdi></span>
          ${
            unread
              ? html`<span class="count" aria-hidden="true">${unread > 99 ? '99+' : unread}</span
                  ><span class="unseen">${plural(lang, strings.unreadMessages, unread)}</span>`
              : state === 'resolved'
                ? html`<span class="row-state">${words.resolved}</span>`
                : nothing
          }
        </button>
      </li>
    `;
  }

  async #loadMore(): Promise<void> {
    if (this.#loading || !this.#hasMore) return;
    this.#loading = true;
    this.failed = false;
    try {
      this.#hasMore = await this.page.client.loadConversations();
    } catch {
      this.failed = true;
    } finally {
      this.#loading = false;
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cw-conversations': CwConversations;
  }
}

if (!customElements.get('cw-conversations')) customElements.define('cw-conversations', CwConversations);
