import type { FormField } from '../api/protocol.ts';

type Kind = 'replies' | 'buttons' | 'cards' | 'form';

/** The words of the dialog in which an agent offers choices or a form. They come with it. */
export interface OfferStrings {
  readonly title: string;
  readonly message: string;
  readonly messageMissing: string;
  readonly kind: string;
  readonly kinds: Readonly<Record<Kind, string>>;
  /** What a kind is for. */
  readonly hints: Readonly<Record<Kind, string>>;
  readonly reply: string;
  readonly button: string;
  readonly buttonMissing: string;
  readonly address: string;
  readonly addressHint: string;
  readonly addressMalformed: string;
  readonly card: string;
  readonly cardTitle: string;
  readonly cardText: string;
  readonly cardImage: string;
  readonly titleMissing: string;
  readonly imageMalformed: string;
  readonly addCard: string;
  readonly removeCard: string;
  readonly addButton: string;
  readonly field: string;
  readonly fieldType: string;
  readonly types: Readonly<Record<FormField['type'], string>>;
  readonly labelMissing: string;
  readonly options: string;
  readonly optionsHint: string;
  readonly optionsMissing: string;
  readonly optionsTooMany: string;
  readonly optionTooLong: string;
  readonly required: string;
  readonly nothingToOffer: string;
  readonly add: string;
  readonly remove: string;
  readonly send: string;
  readonly later: string;
}

/** English, the default. */
export const english: OfferStrings = {
  title: 'Offer choices',
  message: 'Message',
  messageMissing: 'Write what this is about.',
  kind: 'What to offer',
  kinds: { replies: 'Quick replies', buttons: 'Buttons', cards: 'Cards', form: 'Form' },
  hints: {
    replies: 'The visitor says one of these with a click. They go when something was said.',
    buttons: 'These stay. One with an address opens it.',
    cards: 'Side by side, each with a picture if you like. They stay.',
    form: 'The visitor fills it in once; the answer is a message.',
  },
  reply: 'Reply {number}',
  button: 'Button {number}',
  buttonMissing: 'Write what stands on the button.',
  address: 'Address of button {number}, if it opens one',
  addressHint: 'https:// (if it opens one)',
  addressMalformed: 'An address begins with https://',
  card: 'Card {number}',
  cardTitle: 'Title',
  cardText: 'Text (optional)',
  cardImage: 'Address of a picture (optional)',
  titleMissing: 'Give the card a title.',
  imageMalformed: 'The address of a picture begins with https://',
  addCard: 'Add a card',
  removeCard: 'Remove card {number}',
  addButton: 'Add a button',
  field: 'Field {number}',
  fieldType: 'Kind of field {number}',
  types: {
    text: 'Text',
    email: 'E-mail',
    phone: 'Phone',
    number: 'Number',
    date: 'Date',
    list: 'List',
    checkbox: 'Checkbox',
    link: 'Link',
  },
  labelMissing: 'Write what you ask for.',
  options: 'Choices of field {number}, one per line',
  optionsHint: 'One choice per line',
  optionsMissing: 'Write at least one choice.',
  optionsTooMany: 'A list has at most 100 choices.',
  optionTooLong: 'A choice has at most 120 characters.',
  required: 'Required',
  nothingToOffer: 'Fill in at least one.',
  add: 'Add one',
  remove: 'Remove {number}',
  send: 'Send',
  later: 'Not now',
};
