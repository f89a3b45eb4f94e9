import { createHash, createHmac, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import { domainToASCII } from 'node:url';
import { emailKey } from './email.ts';

const MINUTE_MS = 60_000;

/** How a typed e-mail is proven: by a code that is mailed to it. */
export const EMAIL_CODE = {
  /** The scheme's name in sessions. */
  scheme: 'email-code',
  /** How long a code is good, ms. */
  codeMs: 15 * MINUTE_MS,
  /** An address gets one mail in this time (ms), whoever asks, in whichever inbox. */
  mailMs: 60 * MINUTE_MS,
  /** How often one may be wrong about a code; the last time ends it. */
  tries: 5,
  /** How long a session made with it lasts, ms: 365 days, like the other proofs of an e-mail. */
  sessionMs: 365 * 24 * 60 * MINUTE_MS,
} as const;

/** Six digits, each code as likely as any other. */
export function newCode(): string {
  return String(randomInt(1_000_000)).padStart(6, '0');
}

/** The code in what a person types, blanks and a hyphen in the middle forgiven; undefined when it is none. */
export function readCode(typed: string): string | undefined {
  const code = typed.replace(/[\s-]+/g, '');
  return /^\d{6}$/.test(code) ? code : undefined;
}

/**
 * What is stored of a code: bound to the session that asked and to the address. The key is the session's token, of
 * which the server keeps only a hash: a million codes are tried in a second, but not by who has read the database.
 */
export function hashCode(code: string, { token, email }: { readonly token: string; readonly email: string }): string {
  return createHmac('sha256', token)
    .update(`${emailKey(email)}\n${code}`)
    .digest('base64url');
}

/** The hash of a code that there is not: nothing fits. */
export function hashOfNone(): string {
  return randomBytes(32).toString('base64url');
}

/** Compares two hashes in constant time. */
export function isSameHash(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/**
 * Names, in a hash, the mailbox that a mail is likely to end in: letter case, a `+tag`, Unicode forms and the two
 * spellings of an international domain make no difference. Good for nothing but counting mails.
 */
export function mailboxHash(email: string): string {
  const at = email.lastIndexOf('@');
  const [local = ''] = email.slice(0, at).split('+', 1);
  const domain = email.slice(at + 1);
  const mailbox = `${local || email.slice(0, at)}@${domainToASCII(domain) || domain}`;
  return createHash('sha256').update(mailbox.normalize('NFKC').toLowerCase()).digest('base64url');
}
