/** What an agent puts together for a visitor to choose from, and what of it is sent. No screen in here. */
import type { FormField, MessageButton, MessageCard, MessageContent } from '../../api/protocol.ts';
import { safeUrl } from '../../text/links.ts';
import { english as strings } from '../../text/offer-strings.ts';
import { newKey } from './form-keys.ts';

export const KINDS = ['replies', 'buttons', 'cards', 'form'] as const;
export type Kind = (typeof KINDS)[number];
export const FIELD_TYPES = ['text', 'email', 'phone', 'number', 'date', 'list', 'checkbox', 'link'] as const;
type FieldType = (typeof FIELD_TYPES)[number];

/** A reply, a button or a field; not every kind uses all of it. */
export interface Row {
  readonly id: number;
  readonly text: string;
  /** Where a button leads; empty: it is an answer. */
  readonly url: string;
  readonly type: FieldType;
  readonly required: boolean;
  /** What can be chosen from a list, a line each. */
  readonly options: string;
}

export interface Card {
  readonly id: number;
  readonly title: string;
  readonly text: string;
  readonly imageUrl: string;
  readonly buttons: readonly Row[];
}

export interface OfferDraft {
  readonly kind: Kind;
  readonly rows: readonly Row[];
  readonly cards: readonly Card[];
  /** No row or card has a higher id: ids are unique in the draft, and so in the message. */
  readonly lastId: number;
}

/** As much as the server takes. */
export const MOST = { replies: 10, buttons: 10, cards: 10, form: 30, buttonsOfCard: 5 } as const;
export const LENGTHS = { button: 80, field: 120, title: 120, text: 500, address: 2_048 } as const;
const OPTIONS = { count: 100, length: 120 } as const;

/** What is wrong, by the place: `rows`, `{row id} url`, `{card id} title`, … */
export type Faults = ReadonlyMap<string, string>;

export function emptyDraft(): OfferDraft {
  return { kind: 'replies', rows: [emptyRow(1), emptyRow(2)], cards: [emptyCard(3)], lastId: 3 };
}

export function emptyRow(id: number): Row {
  return { id, text: '', url: '', type: 'text', required: false, options: '' };
}

export function emptyCard(id: number): Card {
  return { id, title: '', text: '', imageUrl: '', buttons: [] };
}

/** What was kept; undefined where it is nothing, or from another version of this code. */
export function readDraft(kept: string): OfferDraft | undefined {
  try {
    const draft = JSON.parse(kept) as OfferDraft;
    const isDraft = KINDS.includes(draft.kind) && Array.isArray(draft.rows) && Array.isArray(draft.cards);
    return isDraft ? draft : undefined;
  } catch {
    return undefined;
  }
}

/** What is to be kept; '' when nothing was written. */
export function writeDraft(draft: OfferDraft): string {
  return [...draft.rows, ...draft.cards].every(isEmpty) ? '' : JSON.stringify(draft);
}

/** Why this cannot be sent. */
export function faultsOf({ kind, rows, cards }: OfferDraft): Faults {
  const faults = new Map<string, string>();
  const isNothing = kind === 'cards' ? cards.every(isEmpty) : filled(kind, rows).length === 0;
  if (isNothing) faults.set('rows', strings.nothingToOffer);
  const check = (row: Row, isButton: boolean): void => {
    const at = (place: string, words: string) => faults.set(`${row.id} ${place}`, words);
    if (!row.text.trim()) at('text', isButton ? strings.buttonMissing : strings.labelMissing);
    if (isButton && !isAddress(row.url, 'http')) at('url', strings.addressMalformed);
    if (!isButton && row.type === 'list') {
      const options = optionsOf(row);
      if (options.length === 0) at('options', strings.optionsMissing);
      if (options.length > OPTIONS.count) at('options', strings.optionsTooMany);
      if (options.some(({ length }) => length > OPTIONS.length)) at('options', strings.optionTooLong);
    }
  };
  if (kind !== 'cards') for (const row of filled(kind, rows)) check(row, kind !== 'form');
  else {
    for (const card of cards.filter((each) => !isEmpty(each))) {
      if (!card.title.trim()) faults.set(`${card.id} title`, strings.titleMissing);
      if (!isAddress(card.imageUrl, 'https:')) faults.set(`${card.id} imageUrl`, strings.imageMalformed);
      for (const row of filled('buttons', card.buttons)) check(row, true);
    }
  }
  return faults;
}

/** What is sent, of a draft without faults. */
export function contentOf({ kind, rows, cards }: OfferDraft): MessageContent {
  switch (kind) {
    case 'replies':
      return { type: kind, replies: filled(kind, rows).map((row) => toButton({ ...row, url: '' })) };
    case 'buttons':
      return { type: kind, buttons: filled(kind, rows).map(toButton) };
    case 'cards':
      return { type: kind, cards: cards.filter((card) => !isEmpty(card)).map(toCard) };
    case 'form': {
      const keys = new Set<string>();
      return { type: kind, fields: filled(kind, rows).map((row) => toField(row, keys)) };
    }
  }
}

/** The rows in which there is something that this kind uses. */
function filled(kind: Exclude<Kind, 'cards'>, rows: readonly Row[]): readonly Row[] {
  return rows.filter(({ text, url, type, options }) => {
    if (text.trim()) return true;
    return kind === 'buttons' ? url.trim() !== '' : kind === 'form' && type === 'list' && options.trim() !== '';
  });
}

function isEmpty(each: Row | Card): boolean {
  if (!('buttons' in each)) return [each.text, each.url, each.options].every((words) => !words.trim());
  return [each.title, each.text, each.imageUrl].every((words) => !words.trim()) && each.buttons.every(isEmpty);
}

/** Or none at all. */
function isAddress(url: string, scheme: string): boolean {
  return url.trim() === '' || Boolean(safeUrl(url.trim())?.protocol.startsWith(scheme));
}

function toButton({ id, text, url }: Row): MessageButton {
  return { id: String(id), text: text.trim(), ...(url.trim() && { url: url.trim() }) };
}

function toCard({ title, text, imageUrl, buttons }: Card): MessageCard {
  const own = filled('buttons', buttons).map(toButton);
  return {
    title: title.trim(),
    ...(text.trim() && { text: text.trim() }),
    ...(imageUrl.trim() && { imageUrl: imageUrl.trim() }),
    ...(own.length && { buttons: own }),
  };
}

function toField(row: Row, keys: Set<string>): FormField {
  const { text, type, required } = row;
  const label = text.trim();
  const key = newKey(label, type, keys);
  keys.add(key);
  return { key, label, type, required, ...(type === 'list' && { options: optionsOf(row) }) };
}

/** Each once. */
function optionsOf({ options }: Row): string[] {
  return [...new Set(options.split('\n').map((line) => line.trim()))].filter(Boolean);
}
