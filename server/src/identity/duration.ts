const UNITS = { s: 1_000, m: 60_000, h: 3_600_000 } as const;

/** An inbox's session duration as long as nobody sets one: `10h`. */
export const DEFAULT_SESSION_MS = 10 * UNITS.h;

/** How long an anonymous session lasts from its last use: 365 days. */
export const ANONYMOUS_SESSION_MS = 365 * 24 * UNITS.h;

/** A whole number and `s`, `m` or `h`: `45s`, `30m`, `24h`; at most a year or so. */
export const DURATION_PATTERN = '^([1-9]\\d{0,6}s|[1-9]\\d{0,4}m|[1-9]\\d{0,3}h)$';
const DURATION = new RegExp(DURATION_PATTERN);

/** Reads a duration as settings have it, in ms; undefined for anything else. */
export function parseDuration(text: unknown): number | undefined {
  if (typeof text !== 'string' || !DURATION.test(text)) return undefined;
  return Number(text.slice(0, -1)) * UNITS[text.slice(-1) as keyof typeof UNITS];
}
