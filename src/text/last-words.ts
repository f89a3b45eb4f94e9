import type { MessageEntry } from '../api/protocol.ts';
import { inEnglish, type Language } from './language.ts';
import { english } from './thread-strings.ts';

/**
 * What a message says, for a line in a list or to be heard: at most `length` UTF-16 code units, without line breaks. The
 * commonest marks are left out by sight; the parser, which knows better, comes only when a message is shown.
 */
export function lastWords(
  { text, deletedAt, attachments }: MessageEntry,
  language: Language = inEnglish(),
  length = 200,
): string {
  if (deletedAt) return language.of('thread', english).deleted;
  const words = text
    .slice(0, 4 * length)
    .replace(/\[([^[\]\n]{1,200})\]\([^()\s]{1,500}\)/g, '$1')
    .replace(/\*\*|__|`+|^ {0,3}(?:> ?|[-*•] )/gm, '')
    .replace(/\s+/g, ' ');
  return words.slice(0, length) || (attachments?.[0]?.name ?? '');
}
