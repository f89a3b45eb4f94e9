/**
 * What tells a reader how the pixels are to be read (TIFF 6.0 and its supplements, ICC.1). Everything else is words: who,
 * where, when, and with what.
 */
const KEPT: ReadonlySet<number> = new Set([
  ...range(254, 259),
  ...[262, 263, 264, 265, 266, 273, 274],
  ...range(277, 284),
  ...[286, 287, 290, 291, 292, 293, 296, 297, 301, 317, 318, 319],
  ...range(320, 325),
  ...[330, 332, 334, 336, 338, 339, 340, 341, 347],
  ...range(529, 532),
  34_675,
]);
const COMPRESSION = 259;
/** Further pictures, such as smaller copies. */
const SUB_PICTURES = 330;
/** Exif, GPS and what hangs on them. */
const NOTES: ReadonlySet<number> = new Set([34_665, 34_853, 40_965]);
/** Bytes of one value, by its type. */
const TYPE_BYTES = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4] as const;
const ENTRY_BYTES = 12;
/** Pages, and smaller copies of them. */
const MOST_PICTURES = 10_000;

/**
 * Takes out of a TIFF what is said beside its pixels, in all its pages. What is left keeps its place.
 *
 * @returns the same bytes, changed
 * @throws Error when it is not built as the standard says, or is of a kind whose pixels may hold words themselves
 */
export function cleanTiff(bytes: Buffer): Buffer {
  const isLittle = bytes.toString('latin1', 0, 2) === 'II';
  const short = (at: number): number => (isLittle ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at));
  const long = (at: number): number => (isLittle ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at));
  if (short(2) !== 42) throw new Error('This is a TIFF of another kind.');
  const ahead = [long(4)];
  /** Nothing in a TIFF overlaps: who has looked at more bytes than there are is in a trap. */
  let left = 2 * bytes.length;
  const seen = new Set<number>();
  for (let at = ahead.pop(); at !== undefined; at = ahead.pop()) {
    if (at === 0 || seen.has(at)) continue;
    if (seen.add(at).size > MOST_PICTURES) throw tooMany();
    ahead.push(cleanDirectory(at));
  }
  return bytes;

  /** @returns where the next one stands; 0: nowhere */
  function cleanDirectory(at: number): number {
    const end = endOf(at);
    const next = long(end);
    const kept: Buffer[] = [];
    for (let entry = at + 2; entry < end; entry += ENTRY_BYTES) {
      const tag = short(entry);
      // Old JPEG in TIFF: a whole file, with notes of its own.
      if (tag === COMPRESSION && short(entry + 8) === 6) throw new Error('There is another picture in the TIFF.');
      if (KEPT.has(tag)) {
        if (tag === SUB_PICTURES) ahead.push(...placesIn(entry));
        kept.push(Buffer.from(bytes.subarray(entry, entry + ENTRY_BYTES)));
        continue;
      }
      if (NOTES.has(tag)) blankDirectory(placesIn(entry)[0], 0);
      blankValue(entry);
    }
    bytes.fill(0, at, end + 4);
    if (isLittle) bytes.writeUInt16LE(kept.length, at);
    else bytes.writeUInt16BE(kept.length, at);
    const link = Buffer.concat(kept).copy(bytes, at + 2) + at + 2;
    if (isLittle) bytes.writeUInt32LE(next, link);
    else bytes.writeUInt32BE(next, link);
    return next;
  }

  function blankDirectory(at = 0, depth: number): void {
    const end = endOf(at);
    for (let entry = at + 2; entry < end; entry += ENTRY_BYTES) {
      if (depth < 2 && NOTES.has(short(entry))) blankDirectory(placesIn(entry)[0], depth + 1);
      blankValue(entry);
    }
    bytes.fill(0, at, end);
  }

  function endOf(directory: number): number {
    const size = 2 + short(directory) * ENTRY_BYTES;
    spend(size);
    return directory + size;
  }

  function spend(size: number): void {
    left -= size;
    if (left < 0) throw tooMany();
  }

  /** What an entry says stands in it, or, if it is too long for that, where it points to. */
  function blankValue(entry: number): void {
    const size = sizeOf(entry);
    if (size <= 4) return;
    const at = long(entry + 8);
    if (at + size > bytes.length) throw new Error('The TIFF points beyond its end.');
    spend(size);
    bytes.fill(0, at, at + size);
  }

  function placesIn(entry: number): number[] {
    const count = long(entry + 4);
    if (count + ahead.length > MOST_PICTURES) throw tooMany();
    const first = count === 1 ? entry + 8 : long(entry + 8);
    return Array.from({ length: count }, (_, index) => long(first + 4 * index));
  }

  function sizeOf(entry: number): number {
    return (TYPE_BYTES[short(entry + 2)] ?? 0) * long(entry + 4);
  }
}

function tooMany(): Error {
  return new Error('The TIFF has more in it than fits.');
}

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
