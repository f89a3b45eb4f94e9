import { ContextConsumer } from '@lit/context';
import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import type { AgentClient } from '../../api/agent-client.ts';
import { ChatError } from '../../api/chat-error.ts';
import { LIMITS, type AgentConversation } from '../../api/protocol.ts';
import { consoleStringsContext } from '../../context/console-strings-context.ts';
import { ClientController } from '../../controllers/client-controller.ts';
import { defaultConsoleWords, type ConsoleStrings } from '../../text/console-strings.ts';
import '../cw-composer.ts';
import type { CwComposer, CwSendEvent } from '../cw-composer.ts';
import '../cw-thread.ts';
import { alertIcon, backIcon } from '../icons.ts';
import { shared } from '../tokens.styles.ts';
import { face, faceStyles } from '../face.ts';
import { detailsIcon, leaveIcon, offerIcon, reopenIcon, resolvedIcon, restIllustration } from './console-icons.ts';
import { consoleStyles } from './console.styles.ts';
import { contactName } from './contact-name.ts';
import { consoleThreadStyles } from './cw-console-thread.styles.ts';
import type { CwOfferDraftEvent } from './cw-offer.ts';
import './cw-verification.ts';
import { KEYS } from './shortcuts.ts';
import type { Aside } from '../thread-days.ts';
import { TrailRecord } from './trail-record.ts';
import { eventAsides } from './trail-view.ts';

/**
 * The open conversation: who it is with, its messages, and where one replies. A reply that was begun waits while other
 * conversations are looked at.
 *
 * @fires {Event} cw-back - Show the list.
 * @fires {Event} cw-details - Show or hide the details.
 * @internal
 */
export class CwConsoleThread extends LitElement {
  static override styles = [shared, consoleStyles, faceStyles, consoleThreadStyles];

  @property({ attribute: false }) client!: AgentClient;
  @property({ attribute: false }) conversationId = '';
  /** Undefined until the client holds it. */
  @property({ attribute: false }) conversation: AgentConversation | undefined;
  @property({ attribute: false }) detailsShown = false;
  /** There is room for this pane only: it has a way back. */
  @property({ type: Boolean, reflect: true }) narrow = false;

  /** Why there is no conversation to show. */
  @state() private absence: 'missing' | 'failed' | undefined;
  /** It is being resolved, reopened or left. */
  @state() private changing = false;
  @state() private changeFailed = false;
  /** Something is being put together that the visitor can choose from. */
  @state() private offering = false;
  @query('cw-composer') private composer!: CwComposer | null;

  readonly #words = new ContextConsumer(this, { context: consoleStringsContext, subscribe: true });
  /** What another tab has sent is gone from here. */
  readonly #draft = new ClientController(this, () => this.client?.drafts.get(this.conversationId) ?? '');
  readonly #events = new TrailRecord(this, 'event');
  /** Made anew only when something else is to be seen. */
  #asides: { readonly of: readonly unknown[]; readonly rows: readonly Aside[] } = { of: [], rows: [] };
  #focusWanted = false;

  /** Puts the focus into the reply, as soon as there is one. */
  override focus(): void {
    this.#focusWanted = true;
    this.requestUpdate();
  }

  /** The conversation that files go to. */
  begin(): string {
    return this.conversationId;
  }

  /** Resolves an open conversation, reopens a resolved one. */
  async toggleState(): Promise<void> {
    const { client } = this;
    await this.#change(({ id, state }) => (state === 'open' ? client.resolve(id) : client.reopen(id)));
  }

  async #change(change: (conversation: AgentConversation) => Promise<void>): Promise<void> {
    const { conversation } = this;
    if (!conversation || this.changing) return;
    this.changing = true;
    this.changeFailed = false;
    try {
      await change(conversation);
    } catch {
      this.changeFailed = conversation.id === this.conversationId;
    } finally {
      this.changing = false;
    }
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (this.conversation) this.#events.load(this.client, this.conversation.contact.id);
    // It is no more, or older than what was loaded anew.
    if (changed.get('conversation') && !this.conversation && !changed.has('conversationId')) void this.#find();
    if (!changed.has('conversationId')) return;
    const left = changed.get('conversationId');
    if (left && this.client.drafts.get(left)) this.client.setTyping(left, false);
    this.changeFailed = this.offering = false;
    this.absence = undefined;
    if (!this.conversation) void this.#find();
  }

  protected override updated(): void {
    const { composer } = this;
    if (!this.#focusWanted || !composer || !this.conversation) return;
    this.#focusWanted = false;
    void composer.updateComplete.then(() => composer.focus());
  }

  protected override render() {
    const { strings } = this.#words.value ?? defaultConsoleWords;
    const { conversation, conversationId } = this;
    if (!conversation && this.absence) return this.#renderAbsence(strings);
    const name = conversation ? contactName(conversation.contact, strings) : '';
    const hasOffer = this.client.drafts.get(this.#offerKey) !== '';
    return html`
      ${this.#renderHeader(strings)}
      ${this.changeFailed ? html`<p class="problem" role="alert">${alertIcon}${strings.stateFailed}</p>` : nothing}
      <cw-thread
        side="agent"
        .conversationId=${conversation ? conversationId : ''}
        .name=${name}
        .active=${conversation !== undefined}
        .asides=${this.#asidesOf(conversation)}
      ></cw-thread>
      <cw-composer
        .label=${strings.reply}
        .placeholder=${conversation?.state === 'resolved' ? strings.writeReplyResolved : strings.writeReply}
        .value=${live(this.#draft.value)}
        .limit=${LIMITS.textLength}
        emoji
        .files=${this}
        .place=${conversationId}
        ?hidden=${!conversation}
        @cw-input=${this.#onInput}
        @cw-send=${this.#onSend}
        ><button
          slot="tools"
          class="icon-button"
          type="button"
          aria-label=${hasOffer ? strings.offerBegun : strings.offer}
          aria-haspopup="dialog"
          data-begun=${hasOffer ? '' : nothing}
          title=${hasOffer ? strings.offerBegun : strings.offer}
          @click=${this.#onOffer}
        >
          ${offerIcon}
        </button></cw-composer
      >
      ${
        this.offering
          ? html`<cw-offer
              .text=${this.#draft.value}
              .draft=${this.client.drafts.get(this.#offerKey)}
              @cw-offer-draft=${this.#onOfferDraft}
              @cw-send=${this.#onSend}
              @cw-leave=${() => (this.offering = false)}
            ></cw-offer>`
          : nothing
      }
    `;
  }

  /** What the site reports while one talks; what comes after the end is no part of it. */
  #asidesOf(conversation: AgentConversation | undefined): readonly Aside[] {
    const words = this.#words.value ?? defaultConsoleWords;
    const end = conversation?.state === 'resolved' ? conversation.updatedAt : Infinity;
    const of = [this.#events.items, words, end];
    if (of.some((part, i) => part !== this.#asides.of[i])) {
      const items = this.#events.items.filter(({ at }) => at <= end);
      this.#asides = { of, rows: eventAsides(items, words) };
    }
    return this.#asides.rows;
  }

  #renderHeader(strings: ConsoleStrings) {
    const { conversation } = this;
    return html`
      <div class="head">
        ${this.narrow ? this.#renderBack(strings) : nothing}
        ${
          conversation
            ? html`
                ${face({ id: conversation.contact.id, name: conversation.contact.name ?? conversation.contact.email })}
                <div class="who">
                  <h2 dir="auto">${contactName(conversation.contact, strings)}</h2>
                  <div class="proof">
                    <cw-verification .verification=${conversation.verification}></cw-verification>
                    ${
                      conversation.contact.name && conversation.contact.email
                        ? html`<span class="email">${conversation.contact.email}</span>`
                        : nothing
                    }
                  </div>
                </div>
                <div class="actions">
                  ${this.#renderLeave(conversation, strings)} ${this.#renderState(conversation, strings)}
                  ${this.#renderToggle(strings)}
                </div>
              `
            : nothing
        }
      </div>
    `;
  }

  /** Who has said nothing has nothing to hand over. */
  #renderLeave({ agents }: AgentConversation, strings: ConsoleStrings) {
    if (!agents.some(({ id }) => id === this.client.state.agent?.id)) return nothing;
    return html`<button
      class="icon-button"
      type="button"
      aria-label=${strings.leave}
      aria-disabled=${this.changing}
      data-tip=${strings.leave}
      @click=${this.#onLeave}
    >
      ${leaveIcon}
    </button>`;
  }

  #renderState({ state }: AgentConversation, strings: ConsoleStrings) {
    const name = state === 'open' ? strings.resolve : strings.reopen;
    return html`<button
      class="button resolve"
      type="button"
      aria-label=${name}
      aria-disabled=${this.changing}
      aria-keyshortcuts=${KEYS['toggle-state']}
      data-tip="${name}  ${KEYS['toggle-state']}"
      @click=${this.#onToggleState}
    >
      ${state === 'open' ? resolvedIcon : reopenIcon}<span>${name}</span>
    </button>`;
  }

  #renderToggle(strings: ConsoleStrings) {
    const tip = this.detailsShown ? strings.hideDetails : strings.showDetails;
    return html`<button
      class="icon-button"
      type="button"
      aria-label=${strings.details}
      aria-pressed=${this.detailsShown}
      aria-keyshortcuts=${KEYS['toggle-details']}
      data-tip="${tip}  ${KEYS['toggle-details']}"
      @click=${this.#onDetails}
    >
      ${detailsIcon}
    </button>`;
  }

  #renderBack(strings: ConsoleStrings) {
    return html`<button class="icon-button back" type="button" aria-label=${strings.backToList} @click=${this.#onBack}>
      ${backIcon}
    </button>`;
  }

  #renderAbsence(strings: ConsoleStrings) {
    const missing = this.absence === 'missing';
    return html`
      <div class="missing" role="alert">
        ${restIllustration}
        <h2>${missing ? strings.noSuchConversation : strings.conversationFailed}</h2>
        ${missing ? html`<p>${strings.noSuchConversationHint}</p>` : nothing}
        <button class="button" type="button" @click=${missing ? this.#onBack : this.#find}>
          ${missing ? strings.backToList : strings.tryAgain}
        </button>
      </div>
    `;
  }

  /** The address may name a conversation that no list has brought. */
  async #find(): Promise<void> {
    const id = this.conversationId;
    this.absence = undefined;
    try {
      await this.client.loadConversation(id);
    } catch (error) {
      if (id !== this.conversationId) return;
      const missing = error instanceof ChatError && ['not_found', 'bad_request'].includes(error.code);
      this.absence = missing ? 'missing' : 'failed';
    }
  }

  #onInput(): void {
    const { value } = this.composer!;
    this.client.drafts.set(this.conversationId, value);
    this.client.setTyping(this.conversationId, value !== '');
  }

  #onSend(event: CwSendEvent): void {
    const { client, conversationId } = this;
    // A refusal stands in the thread, beside the message that it is about.
    client.send(conversationId, event.text, event.options).catch(() => undefined);
    if (client.state.threads[conversationId]?.pending.at(-1)?.text === event.text) {
      client.drafts.sent(conversationId);
      if (event.options?.content) client.drafts.sent(this.#offerKey);
    } else {
      // It was not even taken: nothing that was written is lost.
      event.preventDefault();
      this.composer!.value = event.text;
    }
  }

  /** Where what is being put together waits beside the words: on this device, for this agent. */
  get #offerKey(): string {
    return `${this.conversationId} offer`;
  }

  #onOfferDraft({ text, draft }: CwOfferDraftEvent): void {
    this.client.drafts.set(this.conversationId, text);
    this.client.drafts.set(this.#offerKey, draft);
  }

  async #onOffer(): Promise<void> {
    await import('./cw-offer.ts');
    this.offering = true;
  }

  #onToggleState(): void {
    void this.toggleState();
  }

  async #onLeave(): Promise<void> {
    const { conversationId } = this;
    await this.#change(({ id }) => this.client.leave(id));
    // The button goes, and with it the focus.
    if (conversationId === this.conversationId && !this.changeFailed) this.focus();
  }

  #onBack(): void {
    this.dispatchEvent(new Event('cw-back'));
  }

  #onDetails(): void {
    this.dispatchEvent(new Event('cw-details'));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cw-console-thread': CwConsoleThread;
  }
}

if (!customElements.get('cw-console-thread')) customElements.define('cw-console-thread', CwConsoleThread);
