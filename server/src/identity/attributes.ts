/** Fields about a contact that a site makes up: JSON, whatever it likes within the limits. */
export type Attributes = Readonly<Record<string, unknown>>;

export const ATTRIBUTE_LIMITS = {
  /** Attributes of one contact. */
  count: 100,
  /** Longest key, in UTF-16 code units. */
  keyLength: 128,
  /** Arrays and objects inside each other, the attributes' own object included. */
  depth: 5,
  /** Members and elements in all. */
  nodes: 1_000,
  /** UTF-16 code units of the whole as JSON. */
  size: 16_384,
} as const;

/** Names that mean something to JavaScript: whoever copies an object with such a key may change every object. */
const RESERVED = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * What is wrong with `value` as attributes, as the end of a sentence (`… has more than 100 members`); undefined when
 * nothing is.
 */
export function attributesFault(value: unknown): string | undefined {
  if (!isObject(value)) return 'is not an object';
  if (Object.keys(value).length > ATTRIBUTE_LIMITS.count) return `has more than ${ATTRIBUTE_LIMITS.count} members`;
  return jsonFault(value);
}

/** What is wrong with parsed JSON that a stranger sent: too deep, too many parts, too long, or names that harm. */
export function jsonFault(value: unknown): string | undefined {
  let nodes = 0;
  const visit = (part: unknown, depth: number): string | undefined => {
    if (++nodes > ATTRIBUTE_LIMITS.nodes) return `has more than ${ATTRIBUTE_LIMITS.nodes} parts`;
    if (typeof part === 'string') return textFault(part);
    if (typeof part !== 'object' || part === null) return undefined;
    if (depth > ATTRIBUTE_LIMITS.depth) return `is nested more than ${ATTRIBUTE_LIMITS.depth} deep`;
    for (const key of Array.isArray(part) ? [] : Object.keys(part)) {
      const fault = keyFault(key);
      if (fault) return fault;
    }
    for (const member of Object.values(part)) {
      const fault = visit(member, depth + 1);
      if (fault) return fault;
    }
    return undefined;
  };
  const fault = visit(value, 1);
  if (fault) return fault;
  return JSON.stringify(value).length > ATTRIBUTE_LIMITS.size ? 'is too large' : undefined;
}

/** No attribute may have this name. */
export const isReservedName = (name: string): boolean => RESERVED.has(name);

/** A JSON object: no array, no null. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function keyFault(key: string): string | undefined {
  if (RESERVED.has(key)) return `has a member named ${key}`;
  if (key.length > ATTRIBUTE_LIMITS.keyLength) return `has a name longer than ${ATTRIBUTE_LIMITS.keyLength} characters`;
  return textFault(key);
}

/** No database takes a NUL in text, and half a surrogate pair is no character. */
function textFault(text: string): string | undefined {
  return text.includes('\0') || !text.isWellFormed() ? 'holds a NUL or half a character' : undefined;
}
