import { attributesFault, isObject, jsonFault } from './attributes.ts';
import type { Attributes } from './attributes.ts';
import { parseEmail } from './email.ts';
import { isLine, PROFILE_LIMITS } from './profile.ts';

/** Chaport's visitor data, read: what the page says about the person, signed or not. */
export interface VisitorData {
  readonly name?: string;
  readonly email?: string;
  readonly phone?: string;
  readonly notes?: string;
  readonly custom?: Attributes;
}

export type ReadVisitorData =
  { readonly ok: true; readonly data: VisitorData } | { readonly ok: false; readonly message: string };

/** Reads `{name, email, phone, notes, custom}`. Absent, null and '' are one; members with other names are left alone. */
export function readVisitorData(value: unknown): ReadVisitorData {
  if (!isObject(value)) return wrong('The visitor data is not an object.');
  const fault = jsonFault(value);
  if (fault) return wrong(`The visitor data ${fault}.`);

  const field = (name: string): unknown => (value[name] === null || value[name] === '' ? undefined : value[name]);
  const email = field('email');
  // Sites keep phone numbers as numbers, too.
  const phone = typeof field('phone') === 'number' ? String(field('phone')) : field('phone');
  const [name, notes, custom] = [field('name'), field('notes'), field('custom')];

  if (name !== undefined && !isLine(name, PROFILE_LIMITS.name)) return wrong(notALine('name', PROFILE_LIMITS.name));
  if (phone !== undefined && !isLine(phone, PROFILE_LIMITS.phone))
    return wrong(notALine('phone', PROFILE_LIMITS.phone));
  if (email !== undefined && parseEmail(email) === undefined)
    return wrong("The visitor data's email is not an address.");
  if (notes !== undefined && (typeof notes !== 'string' || notes.length > PROFILE_LIMITS.notes)) {
    return wrong(`The visitor data's notes must be text of at most ${PROFILE_LIMITS.notes} characters.`);
  }
  const customFault = custom === undefined || isEmptyList(custom) ? undefined : attributesFault(custom);
  if (customFault) return wrong(`The visitor data's custom ${customFault}.`);

  return {
    ok: true,
    data: { name, email: parseEmail(email), phone, notes, custom: isObject(custom) ? custom : undefined },
  };
}

/** PHP has one word for an empty list and an empty map. */
function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

function notALine(name: string, max: number): string {
  return `The visitor data's ${name} must be one line of text of at most ${max} characters.`;
}

function wrong(message: string): ReadVisitorData {
  return { ok: false, message };
}
