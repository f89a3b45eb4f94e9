import { createHmac, timingSafeEqual } from 'node:crypto';
import { parseEmail } from './email.ts';
import type { ProvenEmail, Refused, Verifier } from './proof.ts';

/** `email` + `auth-token` of the element; also Front's `userHash` and Herodesk's `auth_token`. */
export interface EmailHmacProof {
  readonly email: unknown;
  readonly authToken: unknown;
}

/** 365 days, as Herodesk keeps an identified contact. */
const SESSION_MS = 365 * 24 * 60 * 60 * 1_000;

/** 32 bytes in hex. Upper case is the same number, so it is the same proof. */
const HEX_SHA256 = /^[0-9a-f]{64}$/i;

/**
 * The proof that a site's back end makes for an e-mail: hex HMAC-SHA256 of its UTF-8 bytes, exactly as passed.
 *
 * @throws RangeError for an empty secret, with which anybody could sign
 */
export function signEmail(email: string, secret: string): string {
  if (secret === '') throw new RangeError('An empty secret signs nothing.');
  return createHmac('sha256', secret).update(email, 'utf8').digest('hex');
}

/** Scheme 1: hex HMAC-SHA256 of the e-mail with the inbox's verification secret. */
export const verifyEmailHmac: Verifier<EmailHmacProof, ProvenEmail> = (proof, secrets) => {
  const email = parseEmail(proof.email);
  if (email === undefined) return { ok: false, code: 'bad_request', message: 'The e-mail is not an address.' };

  const { authToken } = proof;
  const refused: Refused = { ok: false, code: 'invalid_proof', message: 'The proof does not fit the e-mail.' };
  if (typeof authToken !== 'string' || !HEX_SHA256.test(authToken)) return refused;

  const given = Buffer.from(authToken, 'hex');
  // Every secret is tried, so that the time says nothing about which of them fits.
  let secretId: string | undefined;
  for (const { id, value } of secrets) {
    if (timingSafeEqual(given, Buffer.from(signEmail(email, value), 'hex'))) secretId ??= id;
  }
  return secretId === undefined ? refused : { ok: true, email, secretId, sessionMs: SESSION_MS };
};
