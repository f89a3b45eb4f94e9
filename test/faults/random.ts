import { createHash } from 'node:crypto';

/** Chance that can be repeated: the same seed makes the same decisions. Xorshift128 (Marsaglia, 2003), seeded by SHA-256. */
export class Random {
  readonly #seed: string;
  readonly #words: Uint32Array;

  constructor(seed: string | number) {
    this.#seed = String(seed);
    const hash = createHash('sha256').update(this.#seed).digest();
    this.#words = Uint32Array.from({ length: 4 }, (_, i) => hash.readUInt32LE(4 * i) || 1);
  }

  /** Chance of its own, for a part of a run that must not depend on when the others decide. */
  fork(name: string | number): Random {
    return new Random(`${this.#seed}/${name}`);
  }

  /** At least 0, below 1. */
  next(): number {
    const [x, y, z, w] = this.#words;
    const mixed = x ^ (x << 11);
    const last = (w ^ (w >>> 19) ^ mixed ^ (mixed >>> 8)) >>> 0;
    this.#words.set([y, z, w, last]);
    return last / 2 ** 32;
  }

  /** @param share how often it is true, 0 to 1 */
  chance(share: number): boolean {
    return share > 0 && this.next() < share;
  }

  between(least: number, below: number): number {
    return least + this.next() * (below - least);
  }

  /** A whole number, at least 0. */
  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  pick<T>(from: readonly T[]): T {
    return from[this.below(from.length)];
  }
}
