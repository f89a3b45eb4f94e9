import { LIMITS } from '../../src/api/protocol.ts';
import { Refusal } from './refusal.ts';

/**
 * What may be stored as a message.
 *
 * @param longest in UTF-16 code units
 * @param mayBeEmpty beside files
 * @returns the text, with lone surrogates replaced: no database could give them back
 * @throws Refusal `too_long`; `bad_request` when nothing is said, or a NUL
 */
export function messageText(text: string, longest: number = LIMITS.textLength, mayBeEmpty = false): string {
  if (text.length > longest) {
    throw new Refusal('too_long', `A message has at most ${longest} characters; this one has ${text.length}.`, {
      field: '/text',
    });
  }
  if (text.includes('\0')) throw new Refusal('bad_request', 'A message cannot hold a NUL.', { field: '/text' });
  if (mayBeEmpty && text.trim() === '') return '';
  if (text.trim() === '') throw new Refusal('bad_request', 'The message is empty.', { field: '/text' });
  return text.toWellFormed();
}

/** The page a visitor writes from, if it is one that an agent could open: not `file:`, not `javascript:`. */
export function pageUrl(text: string | undefined): string | undefined {
  if (text === undefined || text.length > LIMITS.pageUrlLength) return undefined;
  const url = URL.parse(text);
  return url && /^https?:$/.test(url.protocol) ? url.href : undefined;
}
