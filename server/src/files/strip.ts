import { readFile, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { default as sharp, Sharp } from 'sharp';
import { Refusal } from '../refusal.ts';
import type { SettingsWarning } from '../settings-patch.ts';
import type { InboxSettings } from '../settings.ts';
import { cleanGif } from './clean-gif.ts';
import { cleanHeif } from './clean-heif.ts';
import { cleanPng, isAnimatedPng } from './clean-png.ts';
import { cleanTiff } from './clean-tiff.ts';
import { detect, MOST_PIXELS } from './sniff.ts';

/** Of what is written anew; sharp's own 80 shows. */
const QUALITY = 90;

/** Written anew by sharp, and turned as the camera wrote down. */
const WRITERS: Readonly<Record<string, (picture: Sharp) => Sharp>> = {
  'image/jpeg': (picture) => picture.jpeg({ quality: QUALITY }),
  'image/png': (picture) => picture.png(),
  'image/webp': (picture) => picture.webp({ quality: QUALITY }),
};

/** Cleaned as they are: sharp writes no HEIC, one page of a TIFF, and is slow with AVIF and large with GIF. */
const CLEANERS: Readonly<Record<string, (bytes: Buffer) => Buffer>> = {
  'image/avif': cleanHeif,
  'image/heic': cleanHeif,
  'image/heic-sequence': cleanHeif,
  'image/heif': cleanHeif,
  'image/heif-sequence': cleanHeif,
  'image/gif': cleanGif,
  'image/tiff': cleanTiff,
};

/** Drawings: there is no place in them for what a camera knows. */
const DRAWN: ReadonlySet<string> = new Set(['image/bmp', 'image/x-icon', 'image/svg+xml']);

const require = createRequire(import.meta.url);
let library: typeof sharp | null | undefined;

/** sharp, where it is installed: an optional dependency, loaded when it is wanted. */
function loadSharp(): typeof sharp | null {
  try {
    library ??= require('sharp') as typeof sharp;
  } catch {
    library = null;
  }
  return library;
}

/**
 * What a setting costs. Agents hear it when they save it.
 *
 * @param isAble default: whether sharp is here
 */
export function pictureWarnings(
  { behaviour }: { readonly behaviour: Pick<InboxSettings['behaviour'], 'stripPictures'> },
  isAble = (): boolean => loadSharp() !== null,
): readonly SettingsWarning[] {
  if (!behaviour.stripPictures || isAble()) return [];
  const message = 'JPEG, PNG and WebP pictures are refused: the package sharp is not installed on the server.';
  return [{ field: '/settings/behaviour/stripPictures', message }];
}

/** One after the other: each takes up to four bytes a pixel. */
let turn: Promise<unknown> = Promise.resolve();

/**
 * Puts a picture down without what stands beside its pixels: place, camera, time, thumbnail. Colours stay what they were.
 * What a picture is, is looked at here: also one that nobody can show may be full of notes.
 *
 * @returns its bytes; undefined where nothing was written: it is no picture
 * @throws Refusal when the picture is broken, or of a kind that cannot be cleaned: nothing is kept that should not be
 */
export async function strip(source: string, target: string): Promise<number | undefined> {
  const mediaType = await detect(source);
  if (!mediaType.startsWith('image/') || DRAWN.has(mediaType)) return undefined;
  const stripped = turn.then(() => write(source, target, mediaType));
  turn = stripped.catch(() => {});
  return stripped;
}

async function write(source: string, target: string, mediaType: string): Promise<number> {
  const bytes = mediaType === 'image/png' || CLEANERS[mediaType] ? await readFile(source) : undefined;
  const isMoving = mediaType === 'image/png' && bytes !== undefined && isAnimatedPng(bytes);
  const clean = isMoving ? cleanPng : CLEANERS[mediaType];
  const [load, writer] = [loadSharp(), WRITERS[mediaType]];
  if (!clean && (!load || !writer)) {
    throw new Refusal('bad_request', 'Place and camera cannot be taken out of such a picture here.', {
      field: '/file/kind',
    });
  }
  try {
    if (clean && bytes) await writeFile(target, clean(bytes), { flag: 'wx', mode: 0o600 });
    else if (load && writer) {
      const options = { limitInputPixels: MOST_PIXELS, failOn: 'error', animated: mediaType === 'image/webp' } as const;
      await writer(load(source, options).autoOrient().keepIccProfile()).toFile(target);
    }
  } catch {
    throw new Refusal('bad_request', 'The picture is broken.', { field: '/file' });
  }
  return (await stat(target)).size;
}
