import type { IncomingHttpHeaders } from 'node:http';
import type { ByteRange } from '../files/storage.ts';

/**
 * The part of a file that a request wants (RFC 9110, 14). Undefined: all of it, also where several parts are asked for,
 * or one of another version.
 *
 * @param bytes of the file, at least 1
 */
export function readRange(
  { range, 'if-range': version }: IncomingHttpHeaders,
  bytes: number,
  etag: string,
): ByteRange | 'outside' | undefined {
  const [, first = '', last = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(range ?? '') ?? [];
  if ((first === '' && last === '') || (version !== undefined && version !== etag)) return undefined;
  // `-500` is the last 500.
  const start = first === '' ? Math.max(0, bytes - Number(last)) : Number(first);
  const end = first === '' || last === '' ? bytes - 1 : Math.min(Number(last), bytes - 1);
  // `5-2` is not a range at all.
  if (first !== '' && last !== '' && Number(last) < start) return undefined;
  return start >= bytes ? 'outside' : { start, end };
}
