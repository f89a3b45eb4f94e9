import { html, LitElement, nothing } from 'lit';
import { property } from 'lit/decorators/property.js';
import { query } from 'lit/decorators/query.js';
import { state } from 'lit/decorators/state.js';
import { repeat } from 'lit/directives/repeat.js';
import { LIMITS } from '../../api/protocol.ts';
import { english as strings } from '../../text/offer-strings.ts';
import { controlStyles } from '../controls.styles.ts';
import { CwSendEvent } from '../cw-composer.ts';
import { shared } from '../tokens.styles.ts';
import { offerStyles } from './cw-offer.styles.ts';
import * as offers from './offer-draft.ts';
import { KINDS, MOST, type Card, type Faults, type Kind, type OfferDraft } from './offer-draft.ts';
import { cardView, rowsView, type OfferStage, type Update } from './offer-fields.ts';

/** What was put together is another now; either is '' when there is nothing. */
export class CwOfferDraftEvent extends Event {
  /** The message above it. */
  readonly text: string;
  readonly draft: string;

  constructor(text: string, draft: string) {
    super('cw-offer-draft');
    this.text = text;
    this.draft = draft;
  }
}

/**
 * Where an agent puts together what the visitor is offered: quick replies, buttons, cards or a form, below a message.
 * Left without sending, it asks nothing and loses nothing: whoever keeps the draft opens it with that again.
 *
 * @fires {CwOfferDraftEvent} cw-offer-draft - Something was changed.
 * @fires {CwSendEvent} cw-send - This is to be sent; `preventDefault()`: it could not be taken, and stays.
 * @fires {Event} cw-leave - The dialog is closed.
 * @internal
 */
export class CwOffer extends LitElement {
  static override styles = [shared, controlStyles, offerStyles];

  /** What is half written. */
  @property() text = '';
  /** What was put together before, as `cw-offer-draft` told it. */
  @property() draft = '';

  @state() private offer: OfferDraft = offers.emptyDraft();
  @state() private tried = false;
  @query('dialog') private dialog!: HTMLDialogElement;

  protected override willUpdate(): void {
    if (!this.hasUpdated) this.offer = offers.readDraft(this.draft) ?? this.offer;
  }

  protected override firstUpdated(): void {
    this.dialog.showModal();
  }

  protected override render() {
    const { kind, rows, cards } = this.offer;
    const hasNoText = this.tried && !this.text.trim();
    const faults = this.#faults;
    const stage: OfferStage = { faults, remove: (act) => void this.#remove(act) };
    const isFull = (kind === 'cards' ? cards : rows).length >= MOST[kind];
    return html`
      <dialog aria-labelledby="title" @close=${this.#onClose}>
        <form novalidate @submit=${this.#onSubmit}>
          <h2 id="title">${strings.title}</h2>
          <div class="one">
            <label for="text">${strings.message}</label>
            <textarea
              id="text"
              class="area"
              dir="auto"
              maxlength=${LIMITS.textLength}
              aria-describedby="text-problem"
              aria-invalid=${hasNoText ? 'true' : nothing}
              .value=${this.text}
              @input=${this.#onText}
            ></textarea>
            <p id="text-problem" class="problem">${hasNoText ? strings.messageMissing : ''}</p>
          </div>
          ${this.#renderKinds(kind)}
          ${
            kind === 'cards'
              ? repeat(
                  cards,
                  ({ id }) => id,
                  (card, index) => this.#renderCard(card, index + 1, stage),
                )
              : rowsView(rows, kind, stage, (change) => this.#change({ rows: change(this.offer.rows) }))
          }
          <p class="problem" role="alert">${faults.get('rows') ?? ''}</p>
          ${
            isFull
              ? nothing
              : html`<button class="link" type="button" @click=${this.#onAdd}>
                  ${kind === 'cards' ? strings.addCard : strings.add}
                </button>`
          }
          <div class="buttons">
            <button class="secondary" type="button" @click=${() => this.dialog.close()}>${strings.later}</button>
            <button class="primary" type="submit">${strings.send}</button>
          </div>
        </form>
      </dialog>
    `;
  }

  #renderKinds(kind: Kind) {
    return html`
      <fieldset>
        <legend>${strings.kind}</legend>
        <div class="kinds">
          ${KINDS.map(
            (each) =>
              html`<label
                ><input
                  type="radio"
                  name="kind"
                  .checked=${each === kind}
                  @change=${() => this.#change({ kind: each })}
                />${strings.kinds[each]}</label
              >`,
          )}
        </div>
        <p class="hint">${strings.hints[kind]}</p>
      </fieldset>
    `;
  }

  #renderCard(card: Card, number: number, stage: OfferStage) {
    const update: Update<Card> = (change) =>
      this.#change({ cards: this.offer.cards.map((each) => (each.id === card.id ? change(each) : each)) });
    return cardView(card, number, {
      stage,
      update,
      remove: () => this.#change({ cards: this.offer.cards.filter(({ id }) => id !== card.id) }),
      addButton: () => this.#add((id) => update((now) => ({ ...now, buttons: [...now.buttons, offers.emptyRow(id)] }))),
    });
  }

  get #faults(): Faults {
    return this.tried ? offers.faultsOf(this.offer) : new Map();
  }

  #change(part: Partial<OfferDraft>): void {
    this.offer = { ...this.offer, ...part };
    this.#tell();
  }

  #tell(): void {
    this.dispatchEvent(new CwOfferDraftEvent(this.text, offers.writeDraft(this.offer)));
  }

  /** Puts something new there, and the focus into it. */
  #add(put: (id: number) => void): void {
    const lastId = this.offer.lastId + 1;
    put(lastId);
    this.#change({ lastId });
    void this.updateComplete.then(() =>
      this.renderRoot.querySelector<HTMLElement>(`[data-id="${lastId}"] input`)?.focus(),
    );
  }

  /** What is removed takes the focus along: it goes to what adds another. */
  async #remove(act: () => void): Promise<void> {
    // Not `:focus`: WebKit matches it nowhere while its window is not in front.
    const { activeElement } = this.renderRoot as ShadowRoot;
    const around = activeElement?.closest('.icon-button')?.closest('[data-id]')?.parentElement;
    act();
    await this.updateComplete;
    around?.querySelector<HTMLElement>(':scope > .link')?.focus();
  }

  readonly #onText = ({ target }: Event): void => {
    this.text = (target as HTMLTextAreaElement).value;
    this.#tell();
  };

  readonly #onAdd = (): void => {
    this.#add((id) => {
      const { kind, rows, cards } = this.offer;
      this.#change(
        kind === 'cards' ? { cards: [...cards, offers.emptyCard(id)] } : { rows: [...rows, offers.emptyRow(id)] },
      );
    });
  };

  async #onSubmit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    this.tried = true;
    const text = this.text.trim();
    if (!text || this.#faults.size > 0) {
      await this.updateComplete;
      this.renderRoot.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
      return;
    }
    if (!this.dispatchEvent(new CwSendEvent(text, { content: offers.contentOf(this.offer) }))) return;
    this.dialog.close();
  }

  #onClose(): void {
    this.dispatchEvent(new Event('cw-leave'));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cw-offer': CwOffer;
  }
}

if (!customElements.get('cw-offer')) customElements.define('cw-offer', CwOffer);
