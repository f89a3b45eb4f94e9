import { randomFillSync } from 'node:crypto';

const random = new Uint8Array(4096);
let used = random.length;
let lastMs = 0;
let counter = 0;

const hex = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/**
 * A UUID of version 7 (RFC 9562, 5.7, counter in rand_a): ids made later sort later, also within one millisecond and
 * when the clock steps back, so that an index on them grows at its end.
 */
export function uuidV7(now = Date.now()): string {
  if (now > lastMs) {
    lastMs = now;
    counter = 0;
  } else if (++counter > 0xfff) {
    lastMs += 1;
    counter = 0;
  }
  if (used + 8 > random.length) {
    randomFillSync(random);
    used = 0;
  }
  const time = lastMs.toString(16).padStart(12, '0');
  const high = hex[0x70 | (counter >> 8)]! + hex[counter & 0xff]!;
  let low = hex[0x80 | (random[used]! & 0x3f)]! + hex[random[used + 1]!]! + '-';
  for (let index = 2; index < 8; index++) low += hex[random[used + index]!]!;
  used += 8;
  return `${time.slice(0, 8)}-${time.slice(8)}-${high}-${low}`;
}
