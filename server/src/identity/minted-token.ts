import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { emailKey, parseEmail } from './email.ts';
import { fullName } from './profile.ts';
import type { ProvenEmail, Refused, Verifier } from './proof.ts';

/** HubSpot's `identificationEmail` and `identificationToken`. */
export interface MintedTokenProof {
  readonly email: unknown;
  readonly identificationToken: unknown;
}

/** Whom a token is minted for. */
export interface TokenSubject {
  readonly email: string;
  readonly firstName?: string;
  readonly lastName?: string;
}

/** 12 hours, as HubSpot's tokens live. */
export const MINTED_TOKEN_MS = 12 * 60 * 60 * 1_000;

/** The longest subject that the door takes makes a token of about half this. */
const MAX_LENGTH = 4_096;

/** First byte of a token: how the rest is made. */
const VERSION = 1;
const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

interface Sealed {
  readonly email: string;
  readonly firstName?: string;
  readonly lastName?: string;
  /** ms since 1970. */
  readonly until: number;
}

/**
 * Makes a token that says: this inbox's site vouches for the owner of this e-mail until then. Nothing is stored, so any
 * number of tokens is valid at once, each on any number of devices. It is sealed (AES-256-GCM): a page that carries it
 * shows nobody the e-mail or the name, and not one bit of it can be changed.
 *
 * @param secret the inbox's secret of the scheme `minted`
 * @throws RangeError for an empty secret
 */
export function mintVisitorToken(
  { email, firstName, lastName }: TokenSubject,
  secret: string,
  { inboxId, now }: { readonly inboxId: string; readonly now: number },
): string {
  if (secret === '') throw new RangeError('An empty secret seals nothing.');
  const sealed: Sealed = { email, firstName, lastName, until: now + MINTED_TOKEN_MS };
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(CIPHER, keyOf(secret, inboxId), iv, { authTagLength: TAG_BYTES });
  const text = Buffer.concat([cipher.update(JSON.stringify(sealed), 'utf8'), cipher.final()]);
  return Buffer.concat([Buffer.of(VERSION), iv, text, cipher.getAuthTag()]).toString('base64url');
}

/**
 * Scheme 3: a token of `mintVisitorToken`, with the e-mail that it was minted for (A–Z and a–z are one). A right token
 * that is too old is `proof_expired`, so that the page knows to fetch another.
 */
export const verifyMintedToken: Verifier<MintedTokenProof, ProvenEmail> = (proof, secrets, { inboxId, now }) => {
  const email = parseEmail(proof.email);
  if (email === undefined) return { ok: false, code: 'bad_request', message: 'The e-mail is not an address.' };

  const refused: Refused = { ok: false, code: 'invalid_proof', message: 'The token does not fit the e-mail.' };
  const token = decode(proof.identificationToken);
  if (!token) return refused;
  for (const { id, value } of secrets) {
    const sealed = open(token, keyOf(value, inboxId));
    if (!sealed) continue;
    if (emailKey(sealed.email) !== emailKey(email)) return refused;
    if (sealed.until <= now) return { ok: false, code: 'proof_expired', message: 'The token has expired.' };
    const name = fullName(sealed.firstName, sealed.lastName);
    return { ok: true, email: sealed.email, profile: { name }, secretId: id, sessionMs: sealed.until - now };
  }
  return refused;
};

/** A key for each inbox, so that one inbox's token opens nothing in another, even when both were set to one secret. */
function keyOf(secret: string, inboxId: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, inboxId, 'chat-widget visitor token 1', 32));
}

function decode(token: unknown): Buffer | undefined {
  if (typeof token !== 'string' || token.length > MAX_LENGTH) return undefined;
  const bytes = Buffer.from(token, 'base64url');
  const canonical = bytes.toString('base64url') === token;
  return canonical && bytes[0] === VERSION && bytes.length > 1 + IV_BYTES + TAG_BYTES ? bytes : undefined;
}

function open(token: Buffer, key: Buffer): Sealed | undefined {
  const decipher = createDecipheriv(CIPHER, key, token.subarray(1, 1 + IV_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAuthTag(token.subarray(-TAG_BYTES));
  try {
    const text = Buffer.concat([decipher.update(token.subarray(1 + IV_BYTES, -TAG_BYTES)), decipher.final()]);
    // Whatever the tag fits was written by `mintVisitorToken`.
    return JSON.parse(text.toString('utf8')) as Sealed;
  } catch {
    return undefined;
  }
}
