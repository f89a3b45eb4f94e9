import { createHash, timingSafeEqual } from 'node:crypto';
import type { Secret } from './proof.ts';

const HEX_SHA1 = /^[0-9a-f]{40}$/;

/**
 * Chaport's signature, `sha1(salt . text)` in lower-case hex. It is weak: SHA-1 with the secret in front can be
 * lengthened by whoever sees one, it never runs out, and it is bound to no inbox. Both schemes that use it take only
 * texts that a lengthened one can never be.
 *
 * @throws RangeError for an empty salt, with which anybody could sign
 */
export function saltedSha1(salt: string, text: string): string {
  if (salt === '') throw new RangeError('An empty salt signs nothing.');
  return createHash('sha1').update(salt, 'utf8').update(text, 'utf8').digest('hex');
}

/** The id of the salt with which `hash` signs one of `texts`. All are tried, so that the time says nothing. */
export function findSalt(hash: unknown, texts: readonly string[], salts: readonly Secret[]): string | undefined {
  if (typeof hash !== 'string' || !HEX_SHA1.test(hash)) return undefined;
  const given = Buffer.from(hash, 'hex');
  let secretId: string | undefined;
  for (const { id, value } of salts) {
    for (const text of texts) {
      if (timingSafeEqual(given, Buffer.from(saltedSha1(value, text), 'hex'))) secretId ??= id;
    }
  }
  return secretId;
}
