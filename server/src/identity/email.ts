/** RFC 5321 §4.5.3.1: an address is at most 254 octets, its local part at most 64. */
const MAX_BYTES = 254;
const MAX_LOCAL_BYTES = 64;

/**
 * Whatever has no place in a bare address: controls, invisible and bidirectional marks, lone surrogates (all `\p{C}`),
 * white space of any script, and the punctuation of display names, lists, comments and quoting. Quoted local parts
 * are legal mail and refused here: no mailbox that a site signs needs them, and they are how two readers of one string
 * come to see two addresses.
 */
const FORBIDDEN = /[\p{C}\p{Z}"(),:;<>[\\\]]/u;

/**
 * Takes one bare e-mail address, and hands it back unchanged: not trimmed, not folded, not normalised, because the
 * bytes as sent are what a site has signed.
 *
 * @returns the address, or undefined when it is none
 */
export function parseEmail(text: unknown): string | undefined {
  // The length in code units is checked first, so that a hostile megabyte is never scanned.
  if (typeof text !== 'string' || text.length > MAX_BYTES || FORBIDDEN.test(text)) return undefined;
  const at = text.indexOf('@');
  if (at < 1 || at !== text.lastIndexOf('@')) return undefined;
  const local = text.slice(0, at);
  const labels = text.slice(at + 1).split('.');
  if (Buffer.byteLength(text) > MAX_BYTES || Buffer.byteLength(local) > MAX_LOCAL_BYTES) return undefined;
  if (labels.some((label) => label === '' || label.startsWith('-') || label.endsWith('-'))) return undefined;
  return text;
}

/**
 * What decides whether two addresses are one person: A–Z folded, nothing else. So `A@x` and `a@x` share a history, and
 * no two signed identities fall together through Unicode (NFC and NFD, the Kelvin sign and `k`, IDN and punycode,
 * plus-tags and dots stay apart).
 */
export function emailKey(email: string): string {
  return email.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}
