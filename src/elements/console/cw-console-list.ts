import { ContextConsumer } from '@lit/context';
import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Agent, AgentConversation, ConversationState } from '../../api/protocol.ts';
import { consoleStringsContext } from '../../context/console-strings-context.ts';
import { defaultConsoleWords, type ConsoleWords } from '../../text/console-strings.ts';
import { formatShort } from '../../text/format-time.ts';
import { lastWords } from '../../text/last-words.ts';
import { fill, plural } from '../../text/phrase.ts';
import { selectStyles } from '../select.styles.ts';
import { shared } from '../tokens.styles.ts';
import { face, faceStyles } from '../face.ts';
import { inboxIcon, resolvedIcon, verifiedIcon } from './console-icons.ts';
import { consoleStyles } from './console.styles.ts';
import { contactName } from './contact-name.ts';
import { conversationAddress } from './conversation-address.ts';
import { listStyles } from './cw-console-list.styles.ts';
import { WHOSE, type Whose } from './whose.ts';

/** Others' conversations are wanted. */
export class CwWhoseEvent extends Event {
  readonly whose: Whose;

  constructor(whose: Whose) {
    super('cw-whose');
    this.whose = whose;
  }
}

/**
 * One view's conversations, newest activity first. Each is a link to its address, so Enter opens it; the arrow keys,
 * Home and End move between them, and the focus stays with a conversation while others overtake it.
 *
 * @fires {CwWhoseEvent} cw-whose - Others are wanted.
 * @fires {Event} cw-more - The end is near, or a person asked again: load the next page.
 * @internal
 */
export class CwConsoleList extends LitElement {
  static override styles = [shared, consoleStyles, faceStyles, selectStyles, listStyles];

  /** Which conversations these are. */
  @property() view: ConversationState = 'open';
  @property({ attribute: false }) conversations: readonly AgentConversation[] = [];
  /** Id of the conversation that is open beside the list. */
  @property() current = '';
  /** Id of the agent who looks, to say "You". */
  @property() agentId = '';
  /** There may be older ones. */
  @property({ type: Boolean }) more = false;
  @property({ type: Boolean }) loading = false;
  @property({ type: Boolean }) failed = false;
  /** Of whom they are. */
  @property({ attribute: false }) whose: Whose = 'all';
  /** All agents, to say who has which. */
  @property({ attribute: false }) agents: readonly Agent[] = [];

  @state() private scrolled = false;
  /** Id of the one conversation that Tab reaches. */
  @state() private reachable = '';
  @query('h2') private heading!: HTMLElement;
  @query('.scroller') private scroller!: HTMLElement;
  @query('.end') private end!: HTMLElement;

  readonly #words = new ContextConsumer(this, { context: consoleStringsContext, subscribe: true });
  #endWatch?: IntersectionObserver;
  #focused = '';

  /** Puts the focus on the conversation that Tab reaches; on the heading while there is none. */
  override focus(): void {
    if (!this.hasUpdated) return void this.updateComplete.then(() => this.focus());
    const reachable = this.renderRoot.querySelector<HTMLElement>('a[tabindex="0"]');
    (reachable ?? this.heading).focus();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#endWatch?.disconnect();
    this.#endWatch = undefined;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('current') && this.current) this.reachable = this.current;
    if (changed.has('view')) this.scroller?.scrollTo({ top: 0 });
    this.#focused = this.#idOf(this.shadowRoot?.activeElement);
  }

  protected override updated(): void {
    // Moving a node takes its focus away.
    if (this.#focused && !this.shadowRoot?.activeElement) this.#link(this.#focused)?.focus({ preventScroll: true });
    this.#watchEnd();
  }

  protected override render() {
    const words = this.#words.value ?? defaultConsoleWords;
    const { strings } = words;
    const name = this.view === 'open' ? strings.openConversations : strings.resolvedConversations;
    const reachable = (this.conversations.find(({ id }) => id === this.reachable) ?? this.conversations[0])?.id;
    return html`
      <div class="head ${this.scrolled ? 'scrolled' : ''}">
        <h2 tabindex="-1">${this.view === 'open' ? strings.open : strings.resolved}</h2>
        <select aria-label=${strings.whose} .value=${live(this.whose)} @change=${this.#onWhose}>
          ${WHOSE.map(
            (whose) =>
              html`<option value=${whose} .selected=${live(whose === this.whose)}>${strings.ofWhom[whose]}</option>`,
          )}
        </select>
      </div>
      <div class="scroller" @scroll=${this.#onScroll}>
        <nav aria-label=${name} ?hidden=${!this.conversations.length}>
          <ul @keydown=${this.#onKeydown} @focusin=${this.#onFocusin}>
            ${repeat(
              this.conversations,
              (conversation) => conversation.id,
              (conversation) => this.#renderItem(conversation, conversation.id === reachable, words),
            )}
          </ul>
        </nav>
        <div class="end">${this.#renderEnd(words)}</div>
      </div>
    `;
  }

  #renderItem(conversation: AgentConversation, isReachable: boolean, words: ConsoleWords) {
    const { strings, lang } = words;
    const { id, contact, lastMessage, verification } = conversation;
    // Nobody waits where an agent has said that all is done.
    const unread = conversation.state === 'open' ? conversation.unread : 0;
    return html`
      <li>
        <a
          class=${unread ? 'unread' : ''}
          href=${conversationAddress(id)}
          data-id=${id}
          tabindex=${isReachable ? 0 : -1}
          aria-current=${id === this.current ? 'true' : nothing}
        >
          ${face({ id: contact.id, name: contact.name ?? contact.email })}
          <span class="name">
            <span class="cut" dir="auto">${contactName(contact, strings)}</span>
            ${
              verification === 'verified'
                ? html`${verifiedIcon}<span class="unseen">, ${strings.verified}</span>`
                : nothing
            }
          </span>
          <time dir="auto" datetime=${new Date(conversation.updatedAt).toISOString()}>
            ${formatShort(lastMessage?.at ?? conversation.updatedAt, lang)}
          </time>
          <span class="last">
            <span class="cut" dir="auto">${this.#lastWords(conversation, words)}</span>
            ${this.#renderHolder(conversation)}
            ${
              unread
                ? html`<span class="dot"></span><span class="unseen">, ${plural(lang, strings.unread, unread)}</span>`
                : nothing
            }
          </span>
        </a>
      </li>
    `;
  }

  /** Who has it, unless it is who looks. */
  #renderHolder({ assignee }: AgentConversation) {
    const holder = this.agents.find(({ id }) => id === assignee?.agentId);
    if (!holder || holder.id === this.agentId) return nothing;
    return html`<span class="holder" title=${holder.name}
      >${face(holder)}<span class="unseen">, ${holder.name}</span></span
    >`;
  }

  #lastWords({ lastMessage }: AgentConversation, { strings }: ConsoleWords): string {
    if (!lastMessage) return strings.noWordsYet;
    const { author } = lastMessage;
    const text = lastWords(lastMessage);
    if (author.kind === 'contact') return text;
    if (author.id === this.agentId) return fill(strings.lastWordsOwn, { text });
    return author.name ? fill(strings.lastWordsAgent, { name: author.name, text }) : text;
  }

  #renderEnd({ strings }: ConsoleWords) {
    const empty = !this.conversations.length;
    if (this.failed) {
      return html`<div class="state" role="alert">
        <p>${empty ? strings.listFailed : strings.olderFailed}</p>
        <button class="button" type="button" @click=${this.#askForMore}>${strings.tryAgain}</button>
      </div>`;
    }
    if (this.loading || this.more) {
      return html`<div class="skeleton" role="status">
        <span class="unseen">${strings.loading}</span>
        ${Array.from({ length: empty ? 7 : 2 }, () => html`<div><i></i><i></i></div>`)}
      </div>`;
    }
    if (!empty) return nothing;
    if (this.whose !== 'all') {
      return html`<div class="state">
        <p>${strings.nothingOfTheirs}</p>
        <button class="button" type="button" @click=${() => this.#want('all')}>${strings.showAll}</button>
      </div>`;
    }
    return html`<div class="state">
      <span class="mark-of-rest">${this.view === 'open' ? resolvedIcon : inboxIcon}</span>
      <strong>${this.view === 'open' ? strings.nothingOpen : strings.nothingResolved}</strong>
      <p>${this.view === 'open' ? strings.nothingOpenHint : strings.nothingResolvedHint}</p>
    </div>`;
  }

  /** Starting to watch tells at once whether the end is in sight, so a page that fills nothing brings the next one. */
  #watchEnd(): void {
    this.#endWatch?.disconnect();
    if (!this.more || this.loading || this.failed) return;
    this.#endWatch = new IntersectionObserver(
      ([end]) => {
        if (end?.isIntersecting) this.#askForMore();
      },
      { root: this.scroller, rootMargin: '0px 0px 400px' },
    );
    this.#endWatch.observe(this.end);
  }

  #onWhose({ target }: Event): void {
    this.#want((target as HTMLSelectElement).value as Whose);
  }

  #want(whose: Whose): void {
    this.dispatchEvent(new CwWhoseEvent(whose));
  }

  #askForMore(): void {
    this.dispatchEvent(new Event('cw-more'));
  }

  #onScroll(): void {
    this.scrolled = this.scroller.scrollTop > 0;
  }

  #onFocusin(event: FocusEvent): void {
    this.reachable = this.#idOf(event.target);
  }

  #onKeydown(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const links = [...this.renderRoot.querySelectorAll<HTMLElement>('a')];
    const at = links.indexOf(event.target as HTMLElement);
    const next = { ArrowDown: links[at + 1], ArrowUp: links[at - 1], Home: links[0], End: links.at(-1) }[event.key];
    if (!next || at < 0) return;
    event.preventDefault();
    next.focus();
  }

  #idOf(target: EventTarget | null | undefined): string {
    return (target as HTMLElement | null | undefined)?.closest?.<HTMLElement>('a')?.dataset['id'] ?? '';
  }

  #link(id: string): HTMLElement | undefined {
    return [...this.renderRoot.querySelectorAll<HTMLElement>('a')].find((link) => link.dataset['id'] === id);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cw-console-list': CwConsoleList;
  }
}

if (!customElements.get('cw-console-list')) customElements.define('cw-console-list', CwConsoleList);
