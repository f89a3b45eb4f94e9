import type { FormField } from '../../api/protocol.ts';

/** The server takes 64; room for what stands before and behind. */
const KEY_LENGTH = 40;
/** Keys that mean something to the server, whatever is asked. */
const RESERVED: ReadonlySet<string> = new Set(['name', 'email', 'phone', 'consent', 'constructor', 'prototype']);

/**
 * Where the answer is kept with the visitor: by what is asked, so that the answer to another question does not take its
 * place, in this form or another.
 *
 * @param taken the keys of the form's other fields
 */
export function newKey(label: string, type: FormField['type'], taken: ReadonlySet<string>): string {
  const slug = slugOf(label);
  const own = RESERVED.has(slug) || /^\d/.test(slug) ? `field-${slug}` : slug;
  const wanted = [own];
  if (type === 'email' || type === 'phone') wanted.unshift(type);
  else if (type === 'text' && slug === 'name') wanted.unshift(slug);
  for (let number = 2; ; number++) {
    const free = wanted.find((key) => !taken.has(key));
    if (free) return free;
    wanted.push(`${own}-${number}`);
  }
}

/** A label in the letters, digits and hyphens that keys take; what cannot be written in them is told apart by a number. */
function slugOf(label: string): string {
  // Upper case on the way: of ß it makes two letters that there are.
  const plain = label.normalize('NFKD').replace(/\p{M}/gu, '').toUpperCase().toLowerCase();
  const words = plain.match(/[a-z0-9]+/g) ?? [];
  const slug = words.join('-').slice(0, KEY_LENGTH);
  if (words.length > 0 && !/(?![a-z0-9])[\p{L}\p{N}]/u.test(plain)) return slug;
  return `${slug || 'field'}-${numberOf(plain)}`;
}

/** The same for the same text (FNV-1a), in base 36. */
function numberOf(text: string): string {
  let number = 0x811c9dc5;
  for (const character of text) number = Math.imul(number ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return (number >>> 0).toString(36);
}
