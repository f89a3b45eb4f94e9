import type { AttributeDefinition } from '../../src/api/protocol.ts';
import { isDate } from './form-values.ts';

/** Longest text of an attribute, in UTF-16 code units. */
export const ATTRIBUTE_TEXT_LENGTH = 1_000;
/** How pages and other chats write "this is one of our own fields". */
const PREFIX = 'custom.';
/** Kept like an attribute, but nobody's to define: that the visitor has agreed. */
export const CONSENT_KEY = 'consent';

type Writer = AttributeDefinition['writers'][number];

/** The attribute that somebody means: by its key, with or without `custom.`, or by its label (in either case). */
export function findAttribute(
  definitions: readonly AttributeDefinition[],
  name: string,
): AttributeDefinition | undefined {
  const bare = name.startsWith(PREFIX) ? name.slice(PREFIX.length) : name;
  return (
    definitions.find(({ key }) => key === name || key === bare) ??
    definitions.find(({ label }) => label.trim().toLowerCase() === name.trim().toLowerCase())
  );
}

/** A value as the attribute's type has it; or what is wrong, as the end of a sentence. */
export function readAttribute(
  { type, options = [] }: Pick<AttributeDefinition, 'type' | 'options'>,
  value: unknown,
): { readonly ok: true; readonly value: string | number | boolean } | { readonly ok: false; readonly says: string } {
  const wrong = (says: string) => ({ ok: false, says }) as const;
  if (type === 'number') {
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    return typeof number === 'number' && Number.isFinite(number)
      ? { ok: true, value: number }
      : wrong('must be a number');
  }
  if (type === 'boolean') {
    const flag = value === 'true' ? true : value === 'false' ? false : value;
    return typeof flag === 'boolean' ? { ok: true, value: flag } : wrong('must be true or false');
  }
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string') return wrong('must be text');
  if (text.includes('\0') || !text.isWellFormed()) return wrong('holds a NUL or half a character');
  if (type === 'date') return isDate(text) ? { ok: true, value: text } : wrong('must be a date such as 2026-11-20');
  if (type === 'list') {
    return options.includes(text) ? { ok: true, value: text } : wrong(`must be one of ${options.join(', ')}`);
  }
  return text.length <= ATTRIBUTE_TEXT_LENGTH
    ? { ok: true, value: text }
    : wrong(`must have at most ${ATTRIBUTE_TEXT_LENGTH} characters`);
}

/**
 * What is taken of what a page, a visitor or a back end says of a person. What is defined is kept under its key, if this
 * writer may write it and it is of its type, else it is left out: a page that gets one field wrong is not shut out for it.
 * What nobody has defined is kept as it is, unless only known ones are taken.
 */
export function takeAttributes(
  definitions: readonly AttributeDefinition[],
  said: Readonly<Record<string, unknown>>,
  { writer, knownOnly }: { readonly writer: Writer; readonly knownOnly: boolean },
): Record<string, unknown> {
  const taken = new Map<string, unknown>();
  for (const [name, value] of Object.entries(said)) {
    const definition = findAttribute(definitions, name);
    if (!definition) {
      if (!knownOnly || name === CONSENT_KEY) taken.set(name, value);
      continue;
    }
    const read = readAttribute(definition, value);
    if (definition.writers.includes(writer) && read.ok) taken.set(definition.key, read.value);
  }
  return Object.fromEntries(taken);
}
