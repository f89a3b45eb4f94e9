import { randomBytes } from 'node:crypto';
import type { InboxSecret } from '../store/rows.ts';
import type { Secret } from './proof.ts';

/** How long an old secret lives on after a rotation, ms, unless said otherwise: long enough to deploy the new one. */
export const DEFAULT_GRACE_MS = 24 * 60 * 60 * 1_000;

/** Longest grace, ms: 30 days. */
export const MAX_GRACE_MS = 30 * DEFAULT_GRACE_MS;

/** No session lasts longer than this, ms: 420 days, a bit more than the longest duration that an inbox may set. */
const SESSIONS_MS = 420 * DEFAULT_GRACE_MS;

/** Longest secret, in UTF-16 code units. */
export const SECRET_LENGTH = 1_024;

/** RFC 7518 §3.2: an HS256 key has at least 256 bits; the same is right for every scheme here. */
const STRONG_BYTES = 32;

/** A new secret: 256 random bits in base64url, and an id that a JWT's `kid` may name. */
export function newSecret(now: number, value: string = randomBytes(32).toString('base64url')): InboxSecret {
  return { id: randomBytes(9).toString('base64url'), value, createdAt: now };
}

/** The keys that count at `now`, newest first; none when the scheme has no secret, or an empty one. */
export function usableSecrets(secret: InboxSecret | undefined, now: number): readonly Secret[] {
  if (!secret) return [];
  return [secret, ...(secret.previous ?? []).filter(({ until }) => until > now)].filter(({ value }) => value !== '');
}

/** What an admin wants done with a scheme's secret. */
export interface Rotation {
  /** An existing value to take, so that a back end can go on signing as it does; made up when absent. */
  readonly value?: string;
  /** How long the old one lives on, ms; default 24 hours, at most 30 days, 0 ends it at once. */
  readonly graceMs?: number;
  /** Somebody else knows the old one: no grace, and whatever was made with it ends. */
  readonly compromised?: boolean;
}

export type Rotated =
  | {
      readonly ok: true;
      readonly secret: InboxSecret;
      /** Ids of the secrets whose sessions must be ended now. */
      readonly ended: readonly string[];
      /** Sentences for the admin: what is weak about the new value. */
      readonly warnings: readonly string[];
    }
  | { readonly ok: false; readonly message: string };

/**
 * Takes a new secret into use. Every old one keeps the term that it was given: rotating twice in a row cuts nobody off.
 *
 * @param current the scheme's secret so far; undefined when it has none
 */
export function rotate(current: InboxSecret | undefined, rotation: Rotation, now: number): Rotated {
  const { value, graceMs = DEFAULT_GRACE_MS, compromised = false } = rotation;
  const wrong = value === undefined ? undefined : faultOf(value);
  if (wrong) return { ok: false, message: wrong };
  if (!Number.isSafeInteger(graceMs) || graceMs < 0 || graceMs > MAX_GRACE_MS) {
    return { ok: false, message: 'The grace time is from 0 to 720 hours.' };
  }
  const old = current
    ? [{ id: current.id, value: current.value, until: now + graceMs }, ...(current.previous ?? [])]
    : [];
  if (compromised) {
    if (old.some((secret) => secret.value === value)) {
      return { ok: false, message: 'A compromised secret cannot be replaced by itself or by one that it replaced.' };
    }
    return {
      ok: true,
      secret: newSecret(now, value),
      ended: old.map(({ id }) => id),
      warnings: value === undefined ? [] : secretWeaknesses(value),
    };
  }
  if (current && current.value === value)
    return { ok: true, secret: current, ended: [], warnings: value === undefined ? [] : secretWeaknesses(value) };

  // A value that comes back is the current one again, not a second time an old one. Of those that are over the id stays,
  // by which their sessions can be ended.
  const previous = old
    .filter(({ until }) => until > now - SESSIONS_MS)
    .map((secret) => (secret.until > now && secret.value !== value ? secret : { ...secret, value: '' }));
  const secret = newSecret(now, value);
  return {
    ok: true,
    secret: previous.length > 0 ? { ...secret, previous } : secret,
    ended: [],
    warnings: value === undefined ? [] : secretWeaknesses(value),
  };
}

/** True when one value would count for both schemes at `now`: a proof made for one of them may then pass as the other. */
export function shareValue(one: InboxSecret | undefined, other: InboxSecret | undefined, now: number): boolean {
  const values = usableSecrets(other, now).map(({ value }) => value);
  return usableSecrets(one, now).some(({ value }) => values.includes(value));
}

function faultOf(value: string): string | undefined {
  if (value === '') return 'An empty secret would let anybody sign.';
  if (value.length > SECRET_LENGTH) return `A secret has at most ${SECRET_LENGTH} characters.`;
  // A line break or a NUL is what copying or a file's end has left, never what a back end signs with.
  if (/\p{Cc}/u.test(value) || !value.isWellFormed()) return 'A secret holds no control characters.';
  return undefined;
}

/** Sentences for the admin: what is weak about a value. */
export function secretWeaknesses(value: string): string[] {
  const warnings: string[] = [];
  const bytes = Buffer.byteLength(value);
  if (bytes < STRONG_BYTES) {
    warnings.push(
      `This secret has ${bytes} bytes; with fewer than ${STRONG_BYTES} random ones a signature that somebody sees lets them guess it.`,
    );
  }
  if (value !== value.trim()) warnings.push('This secret begins or ends with white space, which counts.');
  return warnings;
}
