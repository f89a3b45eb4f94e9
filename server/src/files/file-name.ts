import { endingsOf } from './kinds.ts';

/** Longest name, bytes of UTF-8: with a folder's path and a browser's " (1)" it fits every file system. */
const NAME_BYTES = 180;
/** Longest ending that is kept when a name is cut. */
const ENDING_LENGTH = 16;
/** Names of Windows' devices (learn.microsoft.com/windows/win32/fileio/naming-a-file), with or without an ending. */
const RESERVED = /^(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9\u00b9\u00b2\u00b3])(\.|$)/i;
/**
 * What is never seen but changes how a name reads: controls, half surrogate pairs, and all format characters (direction
 * overrides, zero-width spaces, tags) but the joiners that emoji and some scripts need.
 */
const UNSEEN = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]|(?![\u200c\u200d])\p{Cf}/gu;

/**
 * A name that no file system, header, page or reader can be hurt by.
 *
 * @param given whatever the sender called it
 * @param mediaType decided by the content: the ending of what is shown inline must not say another kind
 */
export function safeName(given: string, mediaType: string): string {
  const seen = given.replace(UNSEEN, '').normalize('NFC');
  let name = (seen.split(/[/\\]/).at(-1) ?? '')
    .replace(/[<>:"|?*]/g, '_')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+|[. ]+$/g, '');
  if (name === '') name = 'file';
  if (RESERVED.test(name)) name = `_${name}`;
  const endings = endingsOf(mediaType);
  const ending = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
  if (endings[0] !== undefined && !endings.includes(ending)) name = `${name}.${endings[0]}`;
  return shorten(name);
}

/** Cuts the middle of a name that is too long, between two characters as people see them. */
function shorten(name: string): string {
  if (Buffer.byteLength(name) <= NAME_BYTES) return name;
  const dot = name.lastIndexOf('.');
  const ending = dot > 0 && name.length - dot <= ENDING_LENGTH ? name.slice(dot) : '';
  const room = NAME_BYTES - Buffer.byteLength(`…${ending}`);
  let kept = '';
  let bytes = 0;
  // A letter may carry any number of marks: what is looked at is bounded first.
  for (const { segment } of new Intl.Segmenter().segment(name.slice(0, NAME_BYTES))) {
    bytes += Buffer.byteLength(segment);
    if (bytes > room) break;
    kept += segment;
  }
  return `${kept.trimEnd()}…${ending}`;
}

/** `Content-Disposition` (RFC 6266) for a name that `safeName` has made. */
export function contentDisposition(type: 'inline' | 'attachment', name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  // RFC 8187: what encodeURIComponent leaves, but four, may stand in an ext-value.
  const exact = encodeURIComponent(name).replace(
    /['()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${type}; filename="${plain}"; filename*=UTF-8''${exact}`;
}
