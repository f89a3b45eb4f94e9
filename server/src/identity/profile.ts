/** What the limits of a person's fields are, in UTF-16 code units. */
export const PROFILE_LIMITS = { name: 256, phone: 64, notes: 5_000 } as const;

/** One line of text that people may see: not empty, not only spaces, no control characters, at most `max` units. */
export function isLine(value: unknown, max: number): value is string {
  return (
    typeof value === 'string' &&
    value.length <= max &&
    /\S/.test(value) &&
    !/\p{Cc}/u.test(value) &&
    value.isWellFormed()
  );
}

/** First and last name as the one name that is shown; undefined when there is neither. */
export function fullName(...parts: readonly (string | null | undefined)[]): string | undefined {
  const name = parts
    .map((part) => part?.trim())
    .filter(Boolean)
    .join(' ');
  return name === '' ? undefined : name;
}
