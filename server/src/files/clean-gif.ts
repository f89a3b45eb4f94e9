const EXTENSION = 0x21;
const COMMENT = 0xfe;
const APPLICATION = 0xff;
const IMAGE = 0x2c;
const END = 0x3b;
/** How often it is played, and its colour profile. */
const KEPT: ReadonlySet<string> = new Set(['NETSCAPE2.0', 'ANIMEXTS1.0', 'ICCRGBG1012']);

/**
 * Takes out of a GIF (GIF89a) what is said beside its frames: comments, XMP, and what stands behind its end.
 *
 * @throws Error when it is not built as the standard says
 */
export function cleanGif(bytes: Buffer): Buffer {
  const kept: Buffer[] = [];
  let at = 13 + paletteBytes(bytes.readUInt8(10));
  kept.push(bytes.subarray(0, at));
  // One that breaks off is shown as far as it goes.
  while (at < bytes.length) {
    const start = at;
    const kind = bytes.readUInt8(at);
    if (kind === END) break;
    if (kind === IMAGE) {
      at = endOfBlocks(at + 11 + paletteBytes(bytes[at + 9] ?? 0));
      kept.push(bytes.subarray(start, at));
    } else if (kind === EXTENSION) {
      const label = bytes[at + 1];
      const name = bytes.toString('latin1', at + 3, at + 14);
      at = endOfBlocks(at + 2);
      if (label !== COMMENT && (label !== APPLICATION || KEPT.has(name))) kept.push(bytes.subarray(start, at));
    } else if (kind === 0) at++;
    else throw new Error('There is something else in the GIF.');
  }
  return Buffer.concat([...kept, Buffer.of(END)]);

  /** Blocks, each with its length in front, up to an empty one. */
  function endOfBlocks(from: number): number {
    let end = from;
    for (let size = bytes[end] ?? 0; size > 0; size = bytes[end] ?? 0) end += size + 1;
    return Math.min(end + 1, bytes.length);
  }
}

/** Of the colours that a descriptor announces. */
function paletteBytes(flags: number): number {
  return flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0;
}
