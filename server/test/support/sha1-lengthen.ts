/**
 * The length-extension attack on SHA-1 (RFC 3174): from `sha1(secret . text)` and the length of what was hashed, the
 * hash of `secret . text . suffix`, without the secret. Tests use it to show that the doors take no such suffix.
 */
export function lengthen(
  digest: string,
  hashedBytes: number,
  more: string,
): { readonly suffix: Buffer; readonly digest: string } {
  const glue = padding(hashedBytes);
  const addition = Buffer.from(more);
  const total = hashedBytes + glue.length + addition.length;
  const state = Array.from({ length: 5 }, (_, index) => parseInt(digest.slice(index * 8, index * 8 + 8), 16) | 0);
  const rest = Buffer.concat([addition, padding(total)]);
  for (let offset = 0; offset < rest.length; offset += 64) compress(state, rest.subarray(offset, offset + 64));
  const hex = state.map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
  return { suffix: Buffer.concat([glue, addition]), digest: hex };
}

function padding(bytes: number): Buffer {
  const zeros = (119 - (bytes % 64)) % 64;
  const padding = Buffer.alloc(1 + zeros + 8);
  padding[0] = 0x80;
  padding.writeBigUInt64BE(BigInt(bytes) * 8n, 1 + zeros);
  return padding;
}

const rotate = (word: number, bits: number) => (word << bits) | (word >>> (32 - bits));

function compress(state: number[], block: Buffer): void {
  const words = Array.from({ length: 80 }, () => 0);
  for (let t = 0; t < 80; t++) {
    const mixed = (words[t - 3] ?? 0) ^ (words[t - 8] ?? 0) ^ (words[t - 14] ?? 0) ^ (words[t - 16] ?? 0);
    words[t] = t < 16 ? block.readInt32BE(t * 4) : rotate(mixed, 1);
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0] = state;
  words.forEach((word, t) => {
    const [f, k] =
      t < 20
        ? [(b & c) | (~b & d), 0x5a827999]
        : t < 40
          ? [b ^ c ^ d, 0x6ed9eba1]
          : t < 60
            ? [(b & c) | (b & d) | (c & d), 0x8f1bbcdc]
            : [b ^ c ^ d, 0xca62c1d6];
    const next = (rotate(a, 5) + f + e + k + word) | 0;
    [a, b, c, d, e] = [next, a, rotate(b, 30), c, d];
  });
  [a, b, c, d, e].forEach((word, index) => (state[index] = ((state[index] ?? 0) + word) | 0));
}
