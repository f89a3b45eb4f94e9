import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { english as strings } from '../../text/offer-strings.ts';
import { fill } from '../../text/phrase.ts';
import { closeIcon } from '../icons.ts';
import { FIELD_TYPES, LENGTHS, MOST, type Card, type Faults, type Row } from './offer-draft.ts';

/** Makes of what there is at that moment what is to be: more than one thing may change before the next render. */
export type Update<T> = (change: (now: T) => T) => void;

/** What the fields of an offer need of the dialog around them. */
export interface OfferStage {
  readonly faults: Faults;
  /** Removes what the focus is in. */
  readonly remove: (act: () => void) => void;
}

type RowKind = 'replies' | 'buttons' | 'form';

export function rowsView(rows: readonly Row[], kind: RowKind, stage: OfferStage, update: Update<readonly Row[]>) {
  return repeat(
    rows,
    ({ id }) => id,
    (row, index) => rowView(row, index + 1, { kind, stage, update }),
  );
}

interface RowOptions {
  readonly kind: RowKind;
  readonly stage: OfferStage;
  readonly update: Update<readonly Row[]>;
}

function rowView(row: Row, number: number, { kind, stage, update }: RowOptions) {
  const change = (part: Partial<Row>) =>
    update((rows) => rows.map((each) => (each.id === row.id ? { ...each, ...part } : each)));
  const named = (words: string) => fill(words, { number });
  const name = named({ replies: strings.reply, buttons: strings.button, form: strings.field }[kind]);
  const problemId = (place: string) => `row-${row.id}-${place}`;
  const places = ['text', 'url', 'options'].filter((place) => stage.faults.has(`${row.id} ${place}`));
  const invalid = (place: string) => (places.includes(place) ? 'true' : nothing);
  const described = (place: string) => (places.includes(place) ? problemId(place) : nothing);
  return html`
    <div class="row" data-id=${row.id}>
      <input
        dir="auto"
        maxlength=${kind === 'form' ? LENGTHS.field : LENGTHS.button}
        aria-label=${name}
        aria-describedby=${described('text')}
        aria-invalid=${invalid('text')}
        placeholder=${name}
        .value=${row.text}
        @input=${(event: Event) => change({ text: valueOf(event) })}
      />
      ${
        kind === 'buttons'
          ? html`<input
              type="url"
              dir="ltr"
              maxlength=${LENGTHS.address}
              aria-label=${named(strings.address)}
              aria-describedby=${described('url')}
              aria-invalid=${invalid('url')}
              placeholder=${strings.addressHint}
              .value=${row.url}
              @input=${(event: Event) => change({ url: valueOf(event) })}
            />`
          : nothing
      }
      ${kind === 'form' ? fieldOptions(row, named(strings.fieldType), change) : nothing}
      ${removeButton(named(strings.remove), stage, () => update((rows) => rows.filter(({ id }) => id !== row.id)))}
      ${
        kind === 'form' && row.type === 'list'
          ? html`<textarea
              class="area options"
              dir="auto"
              aria-label=${named(strings.options)}
              aria-describedby=${described('options')}
              aria-invalid=${invalid('options')}
              placeholder=${strings.optionsHint}
              .value=${row.options}
              @input=${(event: Event) => change({ options: valueOf(event) })}
            ></textarea>`
          : nothing
      }
      ${places.map(
        (place) =>
          html`<p class="problem" id=${problemId(place)} role="alert">${stage.faults.get(`${row.id} ${place}`)}</p>`,
      )}
    </div>
  `;
}

function fieldOptions(row: Row, name: string, change: (part: Partial<Row>) => void) {
  return html`
    <select aria-label=${name} @change=${(event: Event) => change({ type: valueOf(event) as Row['type'] })}>
      ${FIELD_TYPES.map(
        (type) => html`<option value=${type} ?selected=${type === row.type}>${strings.types[type]}</option>`,
      )}
    </select>
    <label class="required"
      ><input
        type="checkbox"
        .checked=${row.required}
        @change=${() => change({ required: !row.required })}
      />${strings.required}</label
    >
  `;
}

interface CardOptions {
  readonly stage: OfferStage;
  readonly update: Update<Card>;
  readonly remove: () => void;
  readonly addButton: () => void;
}

/** A card is a small form of its own. */
export function cardView(card: Card, number: number, options: CardOptions) {
  const { stage, update, remove, addButton } = options;
  const name = fill(strings.card, { number });
  return html`
    <fieldset class="card" data-id=${card.id}>
      <legend class="unseen">${name}</legend>
      <div class="card-head">
        <p aria-hidden="true">${name}</p>
        ${removeButton(fill(strings.removeCard, { number }), stage, remove)}
      </div>
      ${cardField(card, 'title', options)} ${cardField(card, 'text', options)} ${cardField(card, 'imageUrl', options)}
      ${rowsView(card.buttons, 'buttons', stage, (change) =>
        update((now) => ({ ...now, buttons: change(now.buttons) })),
      )}
      ${
        card.buttons.length < MOST.buttonsOfCard
          ? html`<button class="link" type="button" @click=${addButton}>${strings.addButton}</button>`
          : nothing
      }
    </fieldset>
  `;
}

const CARD_LABELS = { title: strings.cardTitle, text: strings.cardText, imageUrl: strings.cardImage } as const;

function cardField(card: Card, name: keyof typeof CARD_LABELS, { stage, update }: CardOptions) {
  const id = `${name}-${card.id}`;
  const fault = stage.faults.get(`${card.id} ${name}`);
  const onInput = (event: Event) => update((now) => ({ ...now, [name]: valueOf(event) }));
  const isAddress = name === 'imageUrl';
  return html`
    <div class="one">
      <label for=${id}>${CARD_LABELS[name]}</label>
      ${
        name === 'text'
          ? html`<textarea
              id=${id}
              class="area"
              dir="auto"
              maxlength=${LENGTHS.text}
              .value=${card.text}
              @input=${onInput}
            ></textarea>`
          : html`<input
              id=${id}
              type=${isAddress ? 'url' : 'text'}
              dir=${isAddress ? 'ltr' : 'auto'}
              maxlength=${isAddress ? LENGTHS.address : LENGTHS.title}
              placeholder=${isAddress ? 'https://' : nothing}
              aria-describedby=${fault ? `${id}-problem` : nothing}
              aria-invalid=${fault ? 'true' : nothing}
              .value=${card[name]}
              @input=${onInput}
            />`
      }
      ${fault ? html`<p class="problem" id="${id}-problem" role="alert">${fault}</p>` : nothing}
    </div>
  `;
}

function removeButton(name: string, { remove }: OfferStage, act: () => void) {
  return html`<button class="icon-button" type="button" aria-label=${name} @click=${() => remove(act)}>
    ${closeIcon}
  </button>`;
}

function valueOf(event: Event): string {
  return (event.target as HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement).value;
}
