const SIGNATURE_BYTES = 8;
/** Length, type, checksum. */
const AROUND_BYTES = 12;
/** What is needed to show the picture (PNG, third edition, 11.3); the rest is words. Critical chunks are kept as well. */
const KEPT: ReadonlySet<string> = new Set([
  ...['tRNS', 'cHRM', 'gAMA', 'iCCP', 'sBIT', 'sRGB', 'cICP', 'mDCV', 'cLLI'],
  ...['bKGD', 'hIST', 'pHYS', 'sPLT', 'acTL', 'fcTL', 'fdAT'],
]);

/** Whether a PNG moves (APNG). */
export function isAnimatedPng(bytes: Buffer): boolean {
  for (const { type } of chunks(bytes)) {
    if (type === 'acTL') return true;
    if (type === 'IDAT') return false;
  }
  return false;
}

/** Takes out of a PNG what is said beside its pixels, and what stands behind its end. @throws Error when it is broken */
export function cleanPng(bytes: Buffer): Buffer {
  const kept = [bytes.subarray(0, SIGNATURE_BYTES)];
  for (const { type, whole } of chunks(bytes)) {
    // A capital: without it there is no picture.
    if (/^[A-Z]/.test(type) || KEPT.has(type)) kept.push(whole);
    if (type === 'IEND') return Buffer.concat(kept);
  }
  throw new Error('The PNG breaks off.');
}

function* chunks(bytes: Buffer): Generator<{ readonly type: string; readonly whole: Buffer }> {
  for (let at = SIGNATURE_BYTES; at + AROUND_BYTES <= bytes.length;) {
    const end = at + AROUND_BYTES + bytes.readUInt32BE(at);
    yield { type: bytes.toString('latin1', at + 4, at + 8), whole: bytes.subarray(at, end) };
    at = end;
  }
}
