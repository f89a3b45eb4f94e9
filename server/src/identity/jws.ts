import { createHmac, timingSafeEqual } from 'node:crypto';
import { isObject } from './attributes.ts';
import type { Secret } from './proof.ts';

/** A token whose signature is good. */
export interface OpenedJws {
  readonly payload: Readonly<Record<string, unknown>>;
  /** The secret that fits. */
  readonly secretId: string;
}

const BASE64URL = /^[A-Za-z0-9_-]+$/;
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Opens a JWS in compact form (RFC 7515 §7.1) with a JSON object in it, signed by HS256 and by nothing else. Read
 * strictly, so that one token has one spelling: three parts, canonical base64url without padding, valid UTF-8.
 *
 * The header decides nothing but the key: `kid`, when present, must be the id of one of `secrets`, which alone is then
 * tried. `jku`, `jwk`, `x5u` and `x5c` are never looked at, and an extension that must be understood (`crit`) is not.
 * The payload is not parsed before the signature fits.
 *
 * @returns undefined for whatever is wrong
 */
export function openJws(token: string, secrets: readonly Secret[]): OpenedJws | undefined {
  const [head, body, signature, ...rest] = token.split('.', 4).map((part) => ({ part, bytes: decode(part) }));
  if (!head?.bytes || !body?.bytes || !signature?.bytes || rest.length > 0) return undefined;

  const header = parseObject(head.bytes);
  if (!header || header['alg'] !== 'HS256' || 'crit' in header || !isJwtType(header['typ'])) return undefined;

  const candidates = 'kid' in header ? secrets.filter(({ id }) => id === header['kid']) : secrets;
  let secretId: string | undefined;
  for (const { id, value } of candidates) {
    const expected = createHmac('sha256', value).update(`${head.part}.${body.part}`).digest();
    if (expected.length === signature.bytes.length && timingSafeEqual(expected, signature.bytes)) secretId ??= id;
  }
  const payload = secretId === undefined ? undefined : parseObject(body.bytes);
  return secretId !== undefined && payload ? { payload, secretId } : undefined;
}

/** RFC 8725 §3.11: a token that says it is something else is something else. */
function isJwtType(typ: unknown): boolean {
  return typ === undefined || (typeof typ === 'string' && /^(application\/)?jwt$/i.test(typ));
}

function decode(part: string): Buffer | undefined {
  if (!BASE64URL.test(part)) return undefined;
  const bytes = Buffer.from(part, 'base64url');
  // Node forgives stray bits in the last character; then several strings would be the same token.
  return bytes.toString('base64url') === part ? bytes : undefined;
}

function parseObject(bytes: Buffer): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(utf8.decode(bytes));
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
