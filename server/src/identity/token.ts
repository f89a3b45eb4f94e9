import { createHash, randomBytes } from 'node:crypto';

/** 32 bytes in base64url. */
const TOKEN = /^[\w-]{43}$/;

/** A new opaque token: 256 random bits. Only its hash is kept. */
export function mintToken(): string {
  return randomBytes(32).toString('base64url');
}

/** What is stored of a token or an API key. They are random, so a plain SHA-256 is enough and cheap to look up by. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}

/** A new API key. The prefix lets people and secret scanners tell what it is. */
export function mintApiKey(): string {
  return `cw_${mintToken()}`;
}

/** True for what `mintToken` could have made: anything else is refused before it is hashed. */
export function isToken(text: unknown): text is string {
  return typeof text === 'string' && TOKEN.test(text);
}
