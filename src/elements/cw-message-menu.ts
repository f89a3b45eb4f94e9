import { ContextConsumer } from '@lit/context';
import { html, LitElement, nothing } from 'lit';
import { property } from 'lit/decorators/property.js';
import { state } from 'lit/decorators/state.js';
import { stringsContext } from '../context/strings-context.ts';
import { english } from '../text/message-strings.ts';
import { defaultWords } from '../text/words.ts';
import { messageMenuStyles } from './cw-message-menu.styles.ts';
import { copyIcon, deleteIcon, editIcon, plusIcon, replyIcon, selectIcon } from './message-icons.ts';
import { shared } from './tokens.styles.ts';

/** What can be done with a message. */
export type MessageAction = 'reply' | 'copy' | 'select' | 'edit' | 'delete' | 'react' | 'more';

/** Somebody has chosen what to do; with `react`, an emoji. */
export class CwChooseEvent extends Event {
  readonly action: MessageAction;
  readonly emoji: string;

  constructor(action: MessageAction, emoji = '') {
    super('cw-choose');
    this.action = action;
    this.emoji = emoji;
  }
}

const ICONS = { reply: replyIcon, copy: copyIcon, select: selectIcon, edit: editIcon, delete: deleteIcon } as const;

/**
 * What can be done with a message: a few emoji in a row, below them actions in words. Arrow keys go through all of it;
 * deleting is asked about once more. Whoever listens takes it away.
 *
 * @fires {CwChooseEvent} cw-choose - This is to be done.
 * @fires {Event} cw-ask - It asks once more, and has another size.
 * @fires {Event} cw-leave - Nothing is to be done.
 * @internal
 */
export class CwMessageMenu extends LitElement {
  static override styles = [shared, messageMenuStyles];

  /** Its name: whose message it is about. */
  @property() label = '';
  /** To choose from, each with whether it is on; none: the row is not there. */
  @property({ attribute: false }) emoji: readonly { readonly emoji: string; readonly on: boolean }[] = [];
  @property({ attribute: false }) actions: readonly (keyof typeof ICONS)[] = [];

  @state() private confirming = false;
  readonly #words = new ContextConsumer(this, { context: stringsContext, subscribe: true });
  #listeners: AbortController | undefined;

  get #strings() {
    return (this.#words.value ?? defaultWords).of('message', english);
  }

  override connectedCallback(): void {
    super.connectedCallback();
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

  protected override firstUpdated(): void {
    // It is not in its place yet: nothing is to be scrolled to.
    this.#items[0]?.focus({ preventScroll: true });
  }

  protected override render() {
    return html`
      <div class="menu" role="menu" aria-label=${this.label} @keydown=${this.#onKeydown}>
        ${this.confirming ? this.#renderQuestion() : [this.#renderEmoji(), this.actions.map((action) => this.#renderAction(action))]}
      </div>
    `;
  }

  #renderEmoji() {
    if (!this.emoji.length) return nothing;
    return html`
      <div class="emoji" role="group" aria-label=${this.#strings.react}>
        ${this.emoji.map(
          ({ emoji, on }) =>
            html`<button
              type="button"
              role="menuitemcheckbox"
              aria-checked=${on}
              tabindex="-1"
              @click=${() => this.#choose('react', emoji)}
            >
              ${emoji}
            </button>`,
        )}
        <button
          type="button"
          role="menuitem"
          aria-haspopup="dialog"
          aria-label=${this.#strings.moreEmoji}
          tabindex="-1"
          @click=${() => this.#choose('more')}
        >
          ${plusIcon}
        </button>
      </div>
    `;
  }

  #renderAction(action: keyof typeof ICONS) {
    const act = () => (action === 'delete' ? this.#ask() : this.#choose(action));
    return html`<button class="item ${action}" type="button" role="menuitem" tabindex="-1" @click=${act}>
      ${ICONS[action]}${this.#strings[action]}
    </button>`;
  }

  #renderQuestion() {
    return html`
      <p id="question">${this.#strings.confirmDelete}</p>
      <button
        class="item delete"
        type="button"
        role="menuitem"
        aria-describedby="question"
        tabindex="-1"
        @click=${() => this.#choose('delete')}
      >
        ${deleteIcon}${this.#strings.delete}
      </button>
      <button
        class="item"
        type="button"
        role="menuitem"
        aria-describedby="question"
        tabindex="-1"
        @click=${this.#leave}
      >
        ${this.#strings.keep}
      </button>
    `;
  }

  get #items(): readonly HTMLElement[] {
    return [...this.renderRoot.querySelectorAll('button')];
  }

  #ask(): void {
    this.confirming = true;
    // The one that does no harm.
    void this.updateComplete.then(() => {
      this.dispatchEvent(new Event('cw-ask'));
      this.#items.at(-1)?.focus();
    });
  }

  #choose(action: MessageAction, emoji?: string): void {
    this.dispatchEvent(new CwChooseEvent(action, emoji));
  }

  readonly #leave = () => this.dispatchEvent(new Event('cw-leave'));

  #onKeydown(event: KeyboardEvent): void {
    const { key } = event;
    const items = this.#items;
    const index = items.findIndex((item) => item.matches(':focus'));
    const forwards = getComputedStyle(this).direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
    if (key === 'Escape' || key === 'Tab') this.#leave();
    else if (key === 'Home' || key === 'End') items.at(key === 'Home' ? 0 : -1)?.focus();
    else if (key.startsWith('Arrow')) {
      const step = key === 'ArrowDown' || key === forwards ? 1 : -1;
      items[(index + step + items.length) % items.length]?.focus();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cw-message-menu': CwMessageMenu;
  }
}

if (!customElements.get('cw-message-menu')) customElements.define('cw-message-menu', CwMessageMenu);
