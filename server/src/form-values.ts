import { LIMITS } from '../../src/api/protocol.ts';
import type { FormField, FormValues, MessageAnswer, MessageButton, MessageContent } from '../../src/api/protocol.ts';
import { parseEmail } from './identity/email.ts';
import { isLine, PROFILE_LIMITS } from './identity/profile.ts';

/** Longest text that is typed into a field, in UTF-16 code units. */
const TEXT_LENGTH = 1_000;
const ADDRESS_LENGTH = 2_048;
/** Fewer digits are no phone number anywhere. */
const PHONE_DIGITS = 4;
/** Language-neutral: the server does not know what its reader speaks. */
const CHECKED = '✓';
const UNCHECKED = '–';

export interface FormFault {
  readonly ok: false;
  /** JSON pointer below the values, or below the answer; `` for the whole. */
  readonly field: string;
  /** One sentence for a developer. */
  readonly message: string;
}

export type ReadForm =
  | {
      readonly ok: true;
      /** Without what was left empty, in the order of the fields. */
      readonly values: FormValues;
      /** `Label: value`, a line each. */
      readonly text: string;
    }
  | FormFault;

/**
 * Checks what was filled in against the form, whoever made that: an agent, a bot, or the inbox's settings.
 *
 * @param values as they came; `''` counts as left empty
 */
export function readForm(fields: readonly FormField[], values: FormValues): ReadForm {
  const known = new Set(fields.map(({ key }) => key));
  const stranger = Object.keys(values).find((key) => !known.has(key));
  if (stranger !== undefined) return fault(stranger, 'is no field of this form');
  const read: [FormField, FormValues[string]][] = [];
  for (const field of fields) {
    const value = Object.hasOwn(values, field.key) ? values[field.key] : undefined;
    const isEmpty = value === undefined || (typeof value === 'string' && value.trim() === '');
    if (field.required && (isEmpty || value === false)) return fault(field.key, 'is required');
    if (isEmpty) continue;
    const wrong = wrongWith(field, value);
    if (wrong) return fault(field.key, wrong);
    read.push([field, value]);
  }
  const text = read.map(([{ label }, value]) => `${label}: ${inWords(value)}`).join('\n');
  if (text.length > LIMITS.textLength) return { ok: false, field: '', message: 'What was filled in is too long.' };
  return { ok: true, values: Object.fromEntries(read.map(([{ key }, value]) => [key, value])), text };
}

/**
 * Checks an answer against what it answers.
 *
 * @returns what the visitor says by it, and the answer without anything that is not asked for
 */
export function readAnswer(
  content: MessageContent,
  { to, button: id, values }: MessageAnswer,
): { readonly ok: true; readonly text: string; readonly answer: MessageAnswer } | FormFault {
  if (content.type === 'form') {
    if (!values || id !== undefined) return { ok: false, field: '/values', message: 'A form is answered with values.' };
    const read = readForm(content.fields, values);
    if (!read.ok) return { ...read, field: `/values${read.field}` };
    if (read.text === '') return { ok: false, field: '/values', message: 'Nothing was filled in.' };
    return { ok: true, text: read.text, answer: { to, values: read.values } };
  }
  const button = buttonsOf(content).find((one) => one.id === id);
  if (!button) return { ok: false, field: '/button', message: 'The message has no such button.' };
  if (button.url !== undefined) return { ok: false, field: '/button', message: 'This button opens an address.' };
  return { ok: true, text: button.text, answer: { to, button: button.id } };
}

/** All buttons that a message offers. */
export function buttonsOf(content: MessageContent): readonly MessageButton[] {
  switch (content.type) {
    case 'replies':
      return content.replies;
    case 'buttons':
      return content.buttons;
    case 'cards':
      return content.cards.flatMap(({ buttons = [] }) => buttons);
    case 'form':
      return [];
  }
}

/** What is wrong with a value that is there, as the end of a sentence. */
function wrongWith({ key, type, options = [] }: FormField, value: FormValues[string]): string | undefined {
  if (type === 'checkbox') return typeof value === 'boolean' ? undefined : 'must be true or false';
  if (type === 'number') return Number.isFinite(value) ? undefined : 'must be a number';
  if (typeof value !== 'string') return 'must be text';
  if (value.includes('\0') || !value.isWellFormed()) return 'holds a NUL or half a character';
  // What fills in the contact has the contact's limits.
  if (key === 'name' && !isLine(value, PROFILE_LIMITS.name)) return 'must be one line of text';
  if ((key === 'email' || type === 'email') && parseEmail(value) === undefined) return 'must be an e-mail address';
  if ((key === 'phone' || type === 'phone') && !isPhone(value)) return 'must be a phone number';
  switch (type) {
    case 'date':
      return isDate(value) ? undefined : 'must be a date such as 2026-11-20';
    case 'list':
      return options.includes(value) ? undefined : 'must be one of the options';
    case 'link':
      return isLink(value) ? undefined : 'must be an address that begins with https:// or http://';
    default:
      return value.length <= TEXT_LENGTH ? undefined : `has more than ${TEXT_LENGTH} characters`;
  }
}

function isPhone(text: string): boolean {
  return (
    text.length <= PROFILE_LIMITS.phone && /^[\d +()./-]+$/.test(text) && text.replace(/\D/g, '').length >= PHONE_DIGITS
  );
}

/** A day of the calendar (ISO 8601). */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

function isLink(text: string): boolean {
  return text.length <= ADDRESS_LENGTH && /^https?:\/\/[^\s\p{Cc}]+$/iu.test(text) && URL.canParse(text);
}

function inWords(value: FormValues[string]): string {
  return typeof value === 'boolean' ? (value ? CHECKED : UNCHECKED) : String(value);
}

function fault(key: string, says: string): FormFault {
  const field = `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  return { ok: false, field, message: `"${field}" ${says}.` };
}
