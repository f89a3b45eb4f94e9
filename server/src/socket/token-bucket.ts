import type { Rate } from '../limits.ts';

/** So many at once, then so many per second. */
export class TokenBucket {
  #burst: number;
  #perMs: number;
  #tokens: number;
  #at: number;

  constructor({ burst, perSecond }: Rate, now: number) {
    this.#burst = burst;
    this.#perMs = perSecond / 1_000;
    this.#tokens = burst;
    this.#at = now;
  }

  /** Takes one. Returns 0, or after how many ms there will be one again. */
  take(now: number): number {
    this.#refill(now);
    if (this.#tokens >= 1) {
      this.#tokens -= 1;
      return 0;
    }
    return Math.ceil((1 - this.#tokens) / this.#perMs);
  }

  /** Puts one back: it was not needed. */
  give(): void {
    this.#tokens = Math.min(this.#burst, this.#tokens + 1);
  }

  /** From now on another rate. */
  adjust({ burst, perSecond }: Rate, now: number): void {
    this.#refill(now);
    this.#tokens = Math.max(0, this.#tokens + burst - this.#burst);
    this.#burst = burst;
    this.#perMs = perSecond / 1_000;
  }

  /** Nothing has been taken for so long that a new one would be the same. */
  isFull(now: number): boolean {
    this.#refill(now);
    return this.#tokens >= this.#burst;
  }

  #refill(now: number): void {
    // A clock that is set back gives nothing, and takes nothing away.
    this.#tokens = Math.min(this.#burst, this.#tokens + Math.max(0, now - this.#at) * this.#perMs);
    this.#at = now;
  }
}

/** Buckets by key: one contact's sockets share theirs, and reconnecting does not fill it. */
export class TokenBuckets {
  readonly #buckets = new Map<string, TokenBucket>();

  /** @param rate counts for a bucket that is there already too */
  get(key: string, rate: Rate, now: number): TokenBucket {
    let bucket = this.#buckets.get(key);
    if (bucket) bucket.adjust(rate, now);
    else this.#buckets.set(key, (bucket = new TokenBucket(rate, now)));
    return bucket;
  }

  /** Forgets those that are full. */
  sweep(now: number): void {
    for (const [key, bucket] of this.#buckets) if (bucket.isFull(now)) this.#buckets.delete(key);
  }
}
