import { ContextConsumer } from '@lit/context';
import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { property, query } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import { repeat } from 'lit/directives/repeat.js';
import type { AgentClient, AttributeChanges } from '../../api/agent-client.ts';
import type { AgentConversation, AttributeDefinition, Entry } from '../../api/protocol.ts';
import { consoleStringsContext } from '../../context/console-strings-context.ts';
import { defaultConsoleWords, type ConsoleWords } from '../../text/console-strings.ts';
import { formatDay, formatExact, formatShort, formatTime } from '../../text/format-time.ts';
import { lastWords } from '../../text/last-words.ts';
import { closeIcon } from '../icons.ts';
import { shared } from '../tokens.styles.ts';
import { face, faceStyles } from '../face.ts';
import { consoleStyles } from './console.styles.ts';
import { contactDataView } from './contact-data.ts';
import { contactName } from './contact-name.ts';
import { ContactRecord } from './contact-record.ts';
import { conversationAddress } from './conversation-address.ts';
import { detailsStyles } from './cw-details.styles.ts';
import './cw-assignee.ts';
import './cw-attribute-values.ts';
import './cw-verification.ts';
import { pagesOf } from './pages-of.ts';
import { KEYS } from './shortcuts.ts';
import { TrailRecord } from './trail-record.ts';
import { trailView } from './trail-view.ts';

/** So many pages are enough to see where somebody comes from. */
const PAGES = 8;
/** Of what was done on the site so much is shown, until more is asked for. */
const TRAIL = 8;

/**
 * Who an agent is talking with: name, address, proof, where the messages were written, what else was talked about.
 *
 * @fires {Event} cw-close - Fold it away.
 * @internal
 */
export class CwDetails extends LitElement {
  static override styles = [shared, consoleStyles, faceStyles, detailsStyles];

  @property({ attribute: false }) client!: AgentClient;
  @property({ attribute: false }) conversation!: AgentConversation;
  /** What is loaded of its thread. */
  @property({ attribute: false }) entries: readonly Entry[] = [];
  /** `entries` are the whole thread: what is not in them is nowhere. */
  @property({ type: Boolean }) complete = false;
  /** The same contact's conversations as far as they are live. */
  @property({ attribute: false }) known: readonly AgentConversation[] = [];

  @query('.head button') private closeButton!: HTMLButtonElement | null;

  readonly #record = new ContactRecord(this);
  readonly #trail = new TrailRecord(this);
  #trailShown = TRAIL;
  readonly #ofConversation = new Map<string, Readonly<Record<string, unknown>>>();
  /** The conversation whose attributes were asked for. */
  #asked = '';
  readonly #words = new ContextConsumer(this, { context: consoleStringsContext, subscribe: true });

  /** Puts the focus on the way out, as a dialog does. */
  override focus(): void {
    this.closeButton?.focus();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('conversation')) return;
    const { id } = this.conversation.contact;
    if (changed.get('conversation')?.contact.id !== id) this.#trailShown = TRAIL;
    void this.#record.load(this.client, id);
    this.#trail.load(this.client, id);
  }

  protected override updated(): void {
    void this.#loadOfConversation();
  }

  protected override render() {
    const words = this.#words.value ?? defaultConsoleWords;
    const { strings } = words;
    return html`
      <div class="head">
        <h2>${strings.details}</h2>
        <button
          class="icon-button"
          type="button"
          aria-label=${strings.hideDetails}
          aria-keyshortcuts=${KEYS['toggle-details']}
          data-tip=${`${strings.hideDetails}  ${KEYS['toggle-details']}`}
          @click=${this.#onClose}
        >
          ${closeIcon}
        </button>
      </div>
      <div class="scroller">
        ${this.#renderPerson(words)}
        <cw-assignee .client=${this.client} .conversation=${this.conversation}></cw-assignee>
        ${this.#renderAttributes(words)} ${this.#renderFacts(words)} ${this.#renderTrail(words)}
        ${this.#renderPages(words)} ${this.#renderOthers(words)}
      </div>
    `;
  }

  #renderPerson({ strings }: ConsoleWords) {
    const { contact, verification } = this.conversation;
    const hint = { verified: 'verifiedHint', claimed: 'claimedHint', anonymous: 'anonymousHint' } as const;
    return html`
      <div class="person">
        ${face({ id: contact.id, name: contact.name ?? contact.email })}
        <strong dir="auto">${contactName(contact, strings)}</strong>
        <span class="email">
          ${contact.email ? html`<a href="mailto:${contact.email}">${contact.email}</a>` : strings.noEmail}
        </span>
        <cw-verification .verification=${verification}></cw-verification>
        <span class="hint">${strings[hint[verification]]}</span>
      </div>
    `;
  }

  #renderAttributes({ strings }: ConsoleWords) {
    const { contact, attributes } = this.#record;
    if (!contact) return nothing;
    const of = (owner: AttributeDefinition['owner']) => attributes.filter((each) => each.owner === owner);
    const marks = (contact.unverified ?? []).map((mark) => mark.replace('attributes.', ''));
    const { id } = this.conversation;
    // Keyed: what is being changed is of one contact, or of one conversation.
    return html`
      ${contactDataView(contact, of('contact'), strings)}
      ${keyed(
        contact.id,
        html`<cw-attribute-values
          .heading=${strings.contactAttributes}
          .definitions=${of('contact')}
          .values=${contact.attributes ?? {}}
          .unproven=${new Set(marks)}
          .save=${(changes: AttributeChanges) => this.#record.write(this.client, changes)}
        ></cw-attribute-values>`,
      )}
      ${
        of('conversation').length
          ? keyed(
              id,
              html`<cw-attribute-values
                .heading=${strings.conversationAttributes}
                .definitions=${of('conversation')}
                .values=${this.#ofConversation.get(id) ?? {}}
                .save=${async (changes: AttributeChanges) =>
                  this.#keep(id, await this.client.writeConversationAttributes(id, changes))}
              ></cw-attribute-values>`,
            )
          : nothing
      }
    `;
  }

  #keep(id: string, values: Readonly<Record<string, unknown>>): void {
    this.#ofConversation.set(id, values);
    this.requestUpdate();
  }

  /** What is kept of the conversation: asked for where there is something to keep, each time that it is opened. */
  async #loadOfConversation(): Promise<void> {
    const { id } = this.conversation;
    if (id === this.#asked || !this.#record.attributes.some(({ owner }) => owner === 'conversation')) return;
    this.#asked = id;
    await this.client.loadConversationAttributes(id).then(
      (values) => this.#keep(id, values),
      // Asked for again with the next render.
      () => (this.#asked = ''),
    );
  }

  #renderFacts({ strings, lang }: ConsoleWords) {
    const { contact, number, createdAt, agents } = this.conversation;
    const firstSeen = this.#record.contact?.createdAt;
    const time = (at: number) =>
      html`<time dir="auto" datetime=${new Date(at).toISOString()} title=${formatExact(at, lang)}
        >${formatDay(at, lang)}, ${formatTime(at, lang)}</time
      >`;
    return html`
      <section>
        <dl>
          <dt>${strings.contactNumber}</dt>
          <dd>#${contact.number}</dd>
          <dt>${strings.firstSeen}</dt>
          <dd>${firstSeen === undefined ? '–' : time(firstSeen)}</dd>
          <dt>${strings.conversationNumber}</dt>
          <dd>#${number}</dd>
          <dt>${strings.started}</dt>
          <dd>${time(createdAt)}</dd>
          ${
            agents.length
              ? html`<dt>${strings.answeredBy}</dt>
                  <dd dir="auto">${new Intl.ListFormat(lang).format(agents.flatMap((agent) => agent.name ?? []))}</dd>`
              : nothing
          }
        </dl>
      </section>
    `;
  }

  #renderTrail(words: ConsoleWords) {
    const { items, hasMore } = this.#trail;
    const hasHidden = hasMore || items.length > this.#trailShown;
    return trailView(items.slice(0, this.#trailShown), words, hasHidden ? this.#onMore : undefined);
  }

  #renderPages({ strings, lang }: ConsoleWords) {
    const pages = pagesOf(this.entries).slice(0, PAGES);
    if (!pages.length && !this.complete) return nothing;
    return html`
      <section>
        <h3 id="pages">${strings.pages}</h3>
        ${
          pages.length
            ? html`<ul aria-labelledby="pages">
                ${pages.map(
                  ({ url, label, at }) =>
                    html`<li>
                      <a href=${url} target="_blank" rel="noopener noreferrer nofollow" title=${url}>
                        <span>${label}</span>
                        <span class="hint"><bdi>${formatShort(at, lang)}</bdi></span>
                      </a>
                    </li>`,
                )}
              </ul>`
            : html`<p class="hint">${strings.noPages}</p>`
        }
      </section>
    `;
  }

  #renderOthers(words: ConsoleWords) {
    const { strings } = words;
    const others = this.#others();
    return html`
      <section>
        <h3 id="others">${strings.otherConversations}</h3>
        ${
          this.#record.status === 'failed'
            ? html`<div class="problem" role="alert">
                <p>${strings.detailsFailed}</p>
                <button class="button" type="button" @click=${this.#onRetry}>${strings.tryAgain}</button>
              </div>`
            : others.length
              ? html`<ul aria-labelledby="others">
                  ${repeat(
                    others,
                    (other) => other.id,
                    (other) => this.#renderOther(other, words),
                  )}
                </ul>`
              : html`<p class="hint">
                  ${this.#record.status === 'loading' ? strings.loading : strings.noOtherConversations}
                </p>`
        }
      </section>
    `;
  }

  #renderOther(other: AgentConversation, { strings, lang }: ConsoleWords) {
    return html`<li>
      <a href=${conversationAddress(other.id)}>
        <span class="cut" dir="auto">${other.lastMessage ? lastWords(other.lastMessage) : strings.noWordsYet}</span>
        <span class="hint">
          <span>${other.state === 'open' ? strings.open : strings.resolved}</span>
          <bdi>${formatShort(other.updatedAt, lang)}</bdi>
        </span>
      </a>
    </li>`;
  }

  /** What was loaded once, overlaid with what is live. */
  #others(): readonly AgentConversation[] {
    const byId = new Map([...this.#record.conversations, ...this.known].map((each) => [each.id, each]));
    byId.delete(this.conversation.id);
    return [...byId.values()].sort((a, b) => b.updatedAt - a.updatedAt);
  }

  readonly #onMore = (): void => {
    this.#trailShown += TRAIL;
    if (this.#trailShown > this.#trail.items.length) void this.#trail.loadMore();
    this.requestUpdate();
  };

  #onRetry(): void {
    void this.#record.load(this.client, this.conversation.contact.id, true);
  }

  #onClose(): void {
    this.dispatchEvent(new Event('cw-close'));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cw-details': CwDetails;
  }
}

if (!customElements.get('cw-details')) customElements.define('cw-details', CwDetails);
