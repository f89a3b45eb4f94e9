import { ContextConsumer } from '@lit/context';
import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { property } from 'lit/decorators/property.js';
import { state } from 'lit/decorators/state.js';
import type { ChatClient } from '../api/chat-client.ts';
import type { ChatError } from '../api/chat-error.ts';
import { emptyThread, type ChatState } from '../api/chat-state.ts';
import { rateConversation } from '../api/rating.ts';
import { stringsContext } from '../context/strings-context.ts';
import { english } from '../text/closed-strings.ts';
import { defaultWords } from '../text/words.ts';
import { controlStyles } from './controls.styles.ts';
import { closedStyles } from './cw-closed.styles.ts';
import { isUnrated, leaveUnrated } from './device-choices.ts';
import { failureOf } from './form-failure.ts';
import { checkIcon, closeIcon, icon } from './icons.ts';
import { shared } from './tokens.styles.ts';

/** Longest comment, UTF-16 code units; the wire's. */
const COMMENT_LENGTH = 2_000;

/** What somebody was about to say. */
interface Kept {
  readonly score?: number;
  readonly comment?: string;
}

const starIcon = icon('m10 3.1 2.1 4.4 4.8.6-3.5 3.3.9 4.8L10 13.9l-4.3 2.3.9-4.8L3.1 8.1l4.8-.6Z');

/**
 * Stands below a conversation that was closed, and asks how it was: once after each closing, and only who wants to say.
 *
 * @fires {Event} cw-done - The visitor wants to go on writing.
 * @internal
 */
export class CwClosed extends LitElement {
  static override styles = [shared, controlStyles, closedStyles];

  @property({ attribute: false }) client!: ChatClient;
  @property({ attribute: false }) state!: ChatState;
  @property({ attribute: false }) conversationId = '';

  @state() private score = 0;
  @state() private busy = false;
  @state() private failure = '';
  /** What was rated a moment ago. */
  @state() private thanked = '';

  /** Of which closing score and comment are. */
  #key?: string;
  #comment = '';
  #focused?: Element | null;

  readonly #words = new ContextConsumer(this, { context: stringsContext, subscribe: true });

  get #strings() {
    return (this.#words.value ?? defaultWords).of('closed', english);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    this.#focused = this.shadowRoot?.activeElement;
    if (changed.has('conversationId')) this.failure = this.thanked = '';
    const closing = this.#closing();
    if (!closing || closing.key === this.#key) return;
    this.#key = closing.key;
    const { score = 0, comment = '' } = JSON.parse(this.client.drafts.get(`rating ${closing.key}`) || '{}') as Kept;
    this.score = score;
    this.#comment = comment;
  }

  protected override updated(): void {
    // One question at a time: this one first.
    this.toggleAttribute('asks', this.renderRoot.querySelector('form') !== null);
    // The question went, and would take the focus with it: the thread may tell of the rating before the answer does.
    if (this.#focused?.isConnected === false) this.dispatchEvent(new Event('cw-done'));
  }

  protected override render() {
    const closing = this.#closing();
    const isThanked = this.thanked !== '' && this.thanked === closing?.key;
    return html`
      <div class="unseen" role="status">${isThanked ? this.#strings.thanks : ''}</div>
      ${isThanked ? html`<p class="thanks" aria-hidden="true">${checkIcon}${this.#strings.thanks}</p>` : closing?.asks ? this.#renderForm(closing.key) : nothing}
    `;
  }

  #renderForm(key: string) {
    const { score, busy } = this;
    return html`
      <form novalidate aria-busy=${busy} @submit=${(event: SubmitEvent) => this.#onSubmit(event, key)}>
        <fieldset>
          <legend>${this.#strings.howWasIt}</legend>
          <div class="scores">
            ${this.#strings.scores.map((label, index) => this.#renderScore(label, index + 1))}
            <span class="chosen" aria-hidden="true">${this.#strings.scores[score - 1]}</span>
          </div>
        </fieldset>
        <button class="icon-button" type="button" aria-label=${this.#strings.notNow} @click=${() => this.#skip(key)}>
          ${closeIcon}
        </button>
        ${score ? this.#renderComment() : nothing}
      </form>
    `;
  }

  #renderScore(label: string, value: number) {
    return html`
      <label class=${value <= this.score ? 'score on' : 'score'}>
        <input
          class="unseen"
          type="radio"
          name="score"
          value=${value}
          aria-label=${label}
          .checked=${value === this.score}
          @change=${() => this.#keep(value, this.#comment)}
        />
        ${starIcon}
      </label>
    `;
  }

  #renderComment() {
    return html`
      <div class="comment">
        <label for="comment">${this.#strings.comment} <span class="optional">${this.#strings.optional}</span></label>
        <textarea
          id="comment"
          class="area"
          rows="2"
          dir="auto"
          maxlength=${COMMENT_LENGTH}
          .value=${this.#comment}
          @input=${({ target }: InputEvent) => this.#keep(this.score, (target as HTMLTextAreaElement).value)}
        ></textarea>
        <p class="problem" role="alert">${this.failure}</p>
        <button class="primary" part="button" type="submit" aria-disabled=${this.busy}>${this.#strings.send}</button>
      </div>
    `;
  }

  /** Which closing is the last one, and whether it can still be rated; undefined while that is not known. */
  #closing(): { readonly key: string; readonly asks: boolean } | undefined {
    const { conversationId: id } = this;
    const { threads, settings } = this.state;
    const { entries, hasNewer } = threads[id] ?? emptyThread;
    const closed = entries.findLast(({ type }) => type === 'resolved');
    if (!closed || hasNewer) return undefined;
    const key = `${id} ${closed.seq}`;
    const isDone = entries.some(({ type, seq }) => type === 'rated' && seq > closed.seq);
    const asks = settings?.forms?.rating === true && !isDone && !isUnrated(key, this.client);
    return { key, asks };
  }

  /** Without a score there is nothing to keep. */
  #keep(score: number, comment: string): void {
    this.score = score;
    this.#comment = comment;
    this.client.drafts.set(`rating ${this.#key}`, score ? JSON.stringify({ score, comment } satisfies Kept) : '');
  }

  #skip(key: string): void {
    this.#keep(0, '');
    leaveUnrated(key, this.client);
    this.requestUpdate();
  }

  async #onSubmit(event: SubmitEvent, key: string): Promise<void> {
    event.preventDefault();
    if (this.busy || !this.score) return;
    const comment = this.#comment.trim();
    this.busy = true;
    this.failure = '';
    try {
      await rateConversation(this.client, this.conversationId, { score: this.score, ...(comment && { comment }) });
      this.#keep(0, '');
      this.thanked = key;
    } catch (error) {
      // Another tab, or another device, was faster.
      if ((error as ChatError).code === 'conflict') this.#skip(key);
      else this.failure = failureOf(error as ChatError, this.#words.value ?? defaultWords);
    } finally {
      this.busy = false;
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cw-closed': CwClosed;
  }
}

if (!customElements.get('cw-closed')) customElements.define('cw-closed', CwClosed);
