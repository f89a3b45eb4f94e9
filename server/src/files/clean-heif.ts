/** A box of ISO BMFF (ISO/IEC 14496-12): where it begins, and from where to where its content goes. */
interface Box {
  readonly type: string;
  readonly at: number;
  readonly start: number;
  readonly end: number;
}

/** Where the bytes of an item stand. */
type Extent = readonly [start: number, end: number];

/** What describes a picture and is not shown (ISO/IEC 23008-12, A.2 and A.3): camera and place, XMP. */
const NOTES: ReadonlySet<string> = new Set(['Exif', 'mime', 'uri ']);
/** Boxes of notes, wherever they stand. */
const NOTE_BOXES: ReadonlySet<string> = new Set(['uuid', 'udta', 'XMP_']);

/**
 * Blanks what a HEIC, HEIF or AVIF file says beside its pixels. Its parts keep their places, so nothing is written anew;
 * how it is turned stands among its pixels' own properties and stays.
 *
 * @returns the same bytes, changed
 * @throws Error when it is not built as the standard says
 */
export function cleanHeif(bytes: Buffer): Buffer {
  for (const box of boxes(bytes, 0, bytes.length)) {
    if (box.type === 'meta') cleanItems(bytes, box);
    else if (box.type === 'moov') cleanTracks(bytes, box);
    else if (NOTE_BOXES.has(box.type)) blank(bytes, box);
  }
  return bytes;
}

/** Animations: what is said about all of it, or about a track. */
function cleanTracks(bytes: Buffer, { start, end }: Box): void {
  for (const box of boxes(bytes, start, end)) {
    if (box.type === 'trak') cleanTracks(bytes, box);
    else if (box.type === 'meta' || NOTE_BOXES.has(box.type)) blank(bytes, box);
  }
}

function cleanItems(bytes: Buffer, meta: Box): void {
  const parts = new Map<string, Box>();
  for (const box of boxes(bytes, meta.start + 4, meta.end)) {
    if (NOTE_BOXES.has(box.type)) blank(bytes, box);
    else parts.set(box.type, box);
  }
  const [names, places] = [parts.get('iinf'), parts.get('iloc')];
  if (!names) return;
  const notes = noteItems(bytes, names);
  if (notes.size === 0) return;
  if (!places) throw broken('has items in no place');
  let left = bytes.length;
  for (const [id, extents] of placesOf(bytes, places, parts.get('idat')?.start)) {
    if (!notes.has(id)) continue;
    for (const [start, end] of extents) {
      const isThere = start >= 0 && start <= end && end <= bytes.length;
      // Notes do not overlap: more than there are bytes is a trap.
      if (!isThere || (left -= end - start) < 0) throw broken('has notes where nobody finds them');
      bytes.fill(0, start, end);
    }
  }
}

/** Ids of the items that are notes. */
function noteItems(bytes: Buffer, { start, end }: Box): ReadonlySet<number> {
  const notes = new Set<number>();
  const isLong = bytes.readUInt8(start) > 0;
  for (const box of boxes(bytes, start + (isLong ? 8 : 6), end)) {
    if (box.type !== 'infe') continue;
    const version = bytes.readUInt8(box.start);
    if (version < 2) throw broken('names its items as nobody does');
    const [id, type] =
      version === 2
        ? [bytes.readUInt16BE(box.start + 4), box.start + 8]
        : [bytes.readUInt32BE(box.start + 4), box.start + 10];
    if (NOTES.has(bytes.toString('latin1', type, type + 4))) notes.add(id);
  }
  return notes;
}

/** Where the items stand (`iloc`). @param idat where the bytes begin that stand in the description itself */
function* placesOf(bytes: Buffer, { start }: Box, idat?: number): Generator<readonly [number, readonly Extent[]]> {
  let at = start;
  const read = (size: number): number => {
    if (size === 0) return 0;
    const value = size === 8 ? Number(bytes.readBigUInt64BE(at)) : bytes.readUIntBE(at, size);
    at += size;
    return value;
  };
  const version = read(1);
  at += 3;
  const [sizes, more] = [read(1), read(1)];
  const [offsetSize, lengthSize, baseSize] = [sizes >> 4, sizes & 15, more >> 4];
  const indexSize = version > 0 ? more & 15 : 0;
  for (let left = read(version < 2 ? 2 : 4); left > 0; left--) {
    const id = read(version < 2 ? 2 : 4);
    // 0: in the file, 1: in `idat`, 2: in another item.
    const method = version > 0 ? read(2) & 15 : 0;
    read(2);
    const base = read(baseSize) + (method === 1 ? (idat ?? NaN) : 0);
    const extents: Extent[] = [];
    const count = read(2);
    // Else a few bytes could stand for any number of parts.
    if (count > 1 && offsetSize + lengthSize === 0) throw broken('is in parts that are everywhere');
    for (let part = 0; part < count; part++) {
      read(indexSize);
      const first = base + read(offsetSize);
      // NaN: it goes on to some end, or stands in another item, as notes do nowhere.
      const length = lengthSize === 0 || method === 2 ? NaN : read(lengthSize);
      extents.push([first, first + length]);
    }
    yield [id, extents];
  }
}

function* boxes(bytes: Buffer, from: number, to: number): Generator<Box> {
  for (let at = from; at < to;) {
    if (to - at < 8) throw broken('ends in the middle of a box');
    const short = bytes.readUInt32BE(at);
    const size = short === 0 ? to - at : short === 1 ? Number(bytes.readBigUInt64BE(at + 8)) : short;
    const start = at + (short === 1 ? 16 : 8);
    const end = at + size;
    if (end < start || end > to) throw broken('has a box that does not fit');
    yield { type: bytes.toString('latin1', at + 4, at + 8), at, start, end };
    at = end;
  }
}

/** A box of this type is nothing (ISO/IEC 14496-12, 8.1.2). */
function blank(bytes: Buffer, { at, start, end }: Box): void {
  bytes.write('free', at + 4, 'latin1');
  bytes.fill(0, start, end);
}

function broken(how: string): Error {
  return new Error(`The picture ${how}.`);
}
