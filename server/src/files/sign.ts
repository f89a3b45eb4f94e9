import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Attachment } from '../../../src/api/protocol.ts';

/** A file as its row and its message keep it: all but the address, which is made anew for whoever asks. */
export type StoredAttachment = Omit<Attachment, 'url'>;

/** Which file an address is for. A conversation's id is part of it, so an address opens no other conversation's file. */
export interface SignedFile {
  readonly id: string;
  readonly conversationId: string;
}

/** What the query of an address carries. */
export interface Signature {
  /** Good until then, s since 1970. */
  readonly exp: number;
  /** HMAC-SHA256, base64url. */
  readonly sig: string;
}

/** An address is good for at least this long, s … */
const LIFE_SECONDS = 24 * 60 * 60;
/** … and for so much longer at most: within that time one file has one address, which caches know again. */
const STEP_SECONDS = 6 * 60 * 60;

/** Makes and checks the addresses of files. All nodes on one database have the same key. */
export class FileSigner {
  readonly #key: string;

  constructor(key: string) {
    if (key === '') throw new Error('Addresses cannot be signed with an empty key.');
    this.#key = key;
  }

  /** The file as the wire shows it, with an address that is good for a day. */
  signAttachment(file: StoredAttachment, conversationId: string): Attachment {
    const seconds = Math.floor(Date.now() / 1_000);
    const exp = (Math.floor(seconds / STEP_SECONDS) + 1) * STEP_SECONDS + LIFE_SECONDS;
    const sig = this.#sign({ id: file.id, conversationId }, exp).toString('base64url');
    return { ...file, url: `/v1/files/${file.id}/${encodeURIComponent(file.name)}?exp=${exp}&sig=${sig}` };
  }

  /** True when the signature is ours, for this file, and not over yet. @param now ms since 1970 */
  isGood(file: SignedFile, { exp, sig }: Signature, now: number): boolean {
    const given = Buffer.from(sig, 'base64url');
    const right = this.#sign(file, exp);
    const isOurs = given.length === right.length && timingSafeEqual(given, right);
    return isOurs && exp * 1_000 > now;
  }

  #sign({ id, conversationId }: SignedFile, exp: number): Buffer {
    return createHmac('sha256', this.#key).update(`${id}\n${conversationId}\n${exp}`).digest();
  }
}
