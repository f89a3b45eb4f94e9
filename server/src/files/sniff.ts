import { open } from 'node:fs/promises';
import { fileTypeFromFile } from 'file-type';
import { imageSize } from 'image-size';
import { Refusal } from '../refusal.ts';
import { isPicture, mediaTypeOf, UNKNOWN_KIND } from './kinds.ts';

/** What a file is, by what stands in it. */
export interface Kind {
  readonly mediaType: string;
  /** Pictures: in pixels, as they are shown (after the turn that the camera wrote down). */
  readonly width?: number;
  readonly height?: number;
}

/**
 * A picture with more pixels is refused before anybody decodes it: it would take more than 160 MB, here or in the
 * browsers of whoever sees it.
 */
export const MOST_PIXELS = 40_000_000;
/** WebP, JPEG: no browser decodes a longer side. */
const LONGEST_SIDE = 16_383;
/** Where a picture's size stands: behind the camera's notes and the colour profile at the latest. */
const HEAD_BYTES = 1_048_576;
/** So much of a text is looked at. */
const TEXT_BYTES = 65_536;

/**
 * Decides what a file is. Its name and what the sender called it count for nothing.
 *
 * @throws Refusal `bad_request` for a picture that is too large to be shown
 */
export async function sniff(path: string): Promise<Kind> {
  const mediaType = await detect(path);
  return isPicture(mediaType) ? pictureKind(mediaType, await head(path, HEAD_BYTES)) : { mediaType };
}

/** The kind that a file says it is; whether it can be shown is another question. */
export async function detect(path: string): Promise<string> {
  const found = await fileTypeFromFile(path).catch(() => undefined);
  return found ? mediaTypeOf(found.mime) : textKind(path);
}

function pictureKind(mediaType: string, bytes: Uint8Array): Kind {
  const size = sizeOf(bytes);
  // What does not say how large it is, is no picture that anybody should try to show.
  if (!size) return { mediaType: UNKNOWN_KIND };
  const { width, height } = size;
  if (width * height > MOST_PIXELS || Math.max(width, height) > LONGEST_SIDE) {
    throw new Refusal('bad_request', `A picture may have ${MOST_PIXELS / 1e6} megapixels; this one has more.`, {
      field: '/file/pixels',
    });
  }
  return { mediaType, width, height };
}

function sizeOf(bytes: Uint8Array): { readonly width: number; readonly height: number } | undefined {
  try {
    const { width, height, orientation = 1 } = imageSize(bytes);
    if (!(width > 0 && height > 0)) return undefined;
    // EXIF: from 5 on the picture lies on its side.
    return orientation >= 5 ? { width: height, height: width } : { width, height };
  } catch {
    return undefined;
  }
}

async function textKind(path: string): Promise<string> {
  const bytes = await head(path, TEXT_BYTES);
  let text: string;
  try {
    // The end may stand in the middle of a character.
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return UNKNOWN_KIND;
  }
  // Tabs, line ends and form feeds stand in texts; other controls do not.
  if (/[^\P{Cc}\t\n\f\r\u001b\u0085]/u.test(text)) return UNKNOWN_KIND;
  return markupKind(text);
}

/** Markup may begin with blanks, a declaration and comments; all of it is a download, whatever it is called here. */
function markupKind(text: string): string {
  const start = text.slice(0, 4_096).toLowerCase();
  if (/<svg[\s>:/]/.test(start)) return 'image/svg+xml';
  if (/<(?:!doctype\s+html|html|head|body|script|iframe|title|style|meta|base|form)[\s>/]/.test(start))
    return 'text/html';
  if (/^\s*<\?xml\s/.test(start)) return 'application/xml';
  return 'text/plain';
}

async function head(path: string, bytes: number): Promise<Uint8Array> {
  await using file = await open(path);
  const buffer = Buffer.alloc(bytes);
  const { bytesRead } = await file.read(buffer, 0, bytes, 0);
  return buffer.subarray(0, bytesRead);
}
