import { ContextConsumer } from '@lit/context';
import { html, LitElement, nothing } from 'lit';
import { query } from 'lit/decorators/query.js';
import { state } from 'lit/decorators/state.js';
import { clientContext } from '../context/client-context.ts';
import { stringsContext } from '../context/strings-context.ts';
import { english } from '../text/emoji-strings.ts';
import { defaultWords } from '../text/words.ts';
import { emojiPickerStyles } from './cw-emoji-picker.styles.ts';
import {
  EMOJI_GROUPS,
  inTone,
  keepTone,
  keptTone,
  recentEmoji,
  remember,
  searchEmoji,
  type Emoji,
} from './emoji-set.ts';
import { shared } from './tokens.styles.ts';

/** In one row. */
const COLUMNS = 8;

/** Somebody has picked an emoji. */
export class CwPickEvent extends Event {
  readonly emoji: string;

  constructor(emoji: string) {
    super('cw-pick');
    this.emoji = emoji;
  }
}

/**
 * All emoji to pick from: by category, by search, those taken last first, people in the skin tone that was chosen. A grid
 * is one stop in the tab order, arrow keys go through it.
 *
 * @fires {CwPickEvent} cw-pick - This one.
 * @fires {Event} cw-leave - None.
 * @internal
 */
export class CwEmojiPicker extends LitElement {
  static override styles = [shared, emojiPickerStyles];

  @state() private text = '';
  @state() private tone = 0;
  @query('input') private input!: HTMLInputElement;
  @query('.picker') private dialog!: HTMLElement;
  @query('.list') private list!: HTMLElement;
  readonly #client = new ContextConsumer(this, { context: clientContext });
  readonly #words = new ContextConsumer(this, { context: stringsContext, subscribe: true });
  #recent: readonly Emoji[] = [];
  #listeners: AbortController | undefined;

  get #strings() {
    return (this.#words.value ?? defaultWords).of('emoji', english);
  }

  override focus(): void {
    this.input.focus();
  }

  /** The search has the focus; where a keyboard on the screen would cover the emoji then, the picker as a whole. */
  enter(): void {
    if (matchMedia('(pointer: coarse)').matches) this.dialog.focus();
    else this.focus();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.tone = keptTone(this.#client.value);
    this.#recent = recentEmoji(this.#client.value);
    this.#listeners = new AbortController();
    const { signal } = this.#listeners;
    const leave = (event: Event) => {
      if (!event.composedPath().includes(this)) this.#leave();
    };
    document.addEventListener('pointerdown', leave, { capture: true, signal });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#listeners?.abort();
  }

  protected override render() {
    const found = searchEmoji(this.text);
    return html`
      <div
        class="picker"
        role="dialog"
        tabindex="-1"
        aria-label=${this.#strings.picker}
        @keydown=${this.#onKeydown}
        @focusout=${this.#onFocusOut}
      >
        <div class="top">
          <input
            type="search"
            autocomplete="off"
            enterkeyhint="search"
            aria-label=${this.#strings.search}
            placeholder=${this.#strings.search}
            .value=${this.text}
            @input=${() => (this.text = this.input.value)}
          />
          <select aria-label=${this.#strings.skinTone} @change=${this.#onTone}>
            ${this.#strings.tones.map(
              (name, tone) =>
                html`<option value=${tone} aria-label=${name} ?selected=${tone === this.tone}>
                  ${inTone('✋', tone)}
                </option>`,
            )}
          </select>
        </div>
        ${this.text ? nothing : this.#renderCategories()}
        <div class="list">
          ${
            this.text
              ? this.#renderGrid('found', this.#strings.found, found)
              : [
                  this.#recent.length ? this.#renderGrid('recent', this.#strings.recent, this.#recent) : nothing,
                  EMOJI_GROUPS.map(({ category, emoji }) =>
                    this.#renderGrid(category, this.#strings.names[category], emoji),
                  ),
                ]
          }
        </div>
        <p class="unseen" role="status">${this.text && !found.length ? this.#strings.nothing : nothing}</p>
      </div>
    `;
  }

  #renderCategories() {
    return html`
      <div class="categories" role="group" aria-label=${this.#strings.categories}>
        ${EMOJI_GROUPS.map(
          ({ category, emoji }) =>
            html`<button
              type="button"
              aria-label=${this.#strings.names[category]}
              title=${this.#strings.names[category]}
              @click=${() => this.#show(category)}
            >
              ${emoji[0].emoji}
            </button>`,
        )}
      </div>
    `;
  }

  #renderGrid(id: string, name: string, emoji: readonly Emoji[]) {
    const rows = Array.from({ length: Math.ceil(emoji.length / COLUMNS) }, (_, row) =>
      emoji.slice(row * COLUMNS, (row + 1) * COLUMNS),
    );
    return html`
      <h3 id=${id}>${id === 'found' && !rows.length ? this.#strings.nothing : name}</h3>
      <div role="grid" aria-labelledby=${id} data-size=${rows.length}>
        ${rows.map(
          (row, index) =>
            html`<div role="row">${row.map((each, column) => this.#renderEmoji(each, index + column === 0))}</div>`,
        )}
      </div>
    `;
  }

  #renderEmoji({ emoji, name }: Emoji, isFirst: boolean) {
    const toned = inTone(emoji, this.tone);
    // Their names are English: elsewhere the emoji itself is what a screen reader has a word for, in its own language.
    const label = /^en\b/.test((this.#words.value ?? defaultWords).lang) ? name : nothing;
    return html`<button
      type="button"
      role="gridcell"
      tabindex=${isFirst ? 0 : -1}
      aria-label=${label}
      title=${label}
      @click=${() => this.#pick(toned)}
    >
      ${toned}
    </button>`;
  }

  #pick(emoji: string): void {
    remember(emoji, this.#client.value);
    this.dispatchEvent(new CwPickEvent(emoji));
  }

  readonly #leave = () => this.dispatchEvent(new Event('cw-leave'));

  /** Whoever goes on with Tab leaves it: it would cover where they are. */
  readonly #onFocusOut = ({ relatedTarget }: FocusEvent): void => {
    if (relatedTarget && !this.shadowRoot!.contains(relatedTarget as Node)) this.#leave();
  };

  #show(category: string): void {
    const heading = this.renderRoot.querySelector<HTMLElement>(`#${category}`)!;
    this.list.scrollTop = heading.offsetTop - this.list.offsetTop;
  }

  #onTone(event: Event): void {
    this.tone = Number((event.target as HTMLSelectElement).value);
    keepTone(this.tone, this.#client.value);
  }

  #onKeydown(event: KeyboardEvent): void {
    const { key, target } = event;
    if (key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      this.#leave();
      return;
    }
    const rows = [...this.renderRoot.querySelectorAll('[role="row"]')].map((row) => [
      ...row.querySelectorAll('button'),
    ]);
    if (target === this.input) {
      if (key === 'Enter' && this.text) rows[0]?.[0]?.click();
      if (key === 'Enter' || key === 'ArrowDown') {
        event.preventDefault();
        if (key === 'ArrowDown') rows[0]?.[0]?.focus();
      }
      return;
    }
    const row = rows.findIndex((cells) => cells.includes(target as HTMLButtonElement));
    if (row < 0) return;
    const column = rows[row].indexOf(target as HTMLButtonElement);
    const backwards = getComputedStyle(this).direction === 'rtl' ? 'ArrowRight' : 'ArrowLeft';
    const cells = rows.flat();
    const index = cells.indexOf(target as HTMLButtonElement);
    const below = (next: readonly HTMLButtonElement[] | undefined) => next?.[Math.min(column, next.length - 1)];
    if (key === 'ArrowUp' && row === 0) this.focus();
    else if (key === 'ArrowUp') below(rows[row - 1])?.focus();
    else if (key === 'ArrowDown') below(rows[row + 1])?.focus();
    else if (key === 'ArrowLeft' || key === 'ArrowRight') cells[index + (key === backwards ? -1 : 1)]?.focus();
    else if (key === 'Home' || key === 'End') rows[row].at(key === 'Home' ? 0 : -1)?.focus();
    else return;
    event.preventDefault();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cw-emoji-picker': CwEmojiPicker;
  }
}

if (!customElements.get('cw-emoji-picker')) customElements.define('cw-emoji-picker', CwEmojiPicker);
