import type { Socket } from 'node:net';
import type { Random } from './random.ts';

/** Bytes that may wait for their time before the source is asked to pause. */
const MOST_WAITING = 256 * 1024;

/** One direction of a line: what is put in comes out in order, later, in crumbs or not at all. */
export class Lane {
  /** Everything takes so long, ms. */
  latencyMs = 0;
  /** Bytes per second; Infinity: as fast as it goes. */
  bytesPerSecond = Infinity;
  readonly #from: Socket;
  readonly #to: Socket;
  readonly #waiting: { readonly at: number; readonly bytes: Buffer }[] = [];
  #waitingBytes = 0;
  #freeAt = 0;
  #timer: NodeJS.Timeout | undefined;
  #isFrozen = false;
  #isEnding = false;

  constructor(from: Socket, to: Socket) {
    this.#from = from;
    this.#to = to;
    to.on('drain', () => this.#isFrozen || from.resume());
    to.once('close', () => clearTimeout(this.#timer));
  }

  put(bytes: Buffer): void {
    if (this.#isFrozen) return;
    const now = performance.now();
    const at = Math.max(this.#freeAt, now) + (bytes.length / this.bytesPerSecond) * 1_000;
    this.#freeAt = at;
    const due = at + this.latencyMs;
    if (!this.#waiting.length && due <= now) return this.#write(bytes);
    this.#waiting.push({ at: due, bytes });
    this.#waitingBytes += bytes.length;
    if (this.#waitingBytes > MOST_WAITING) this.#from.pause();
    this.#timer ??= setTimeout(() => this.#release(), due - now);
  }

  /** In crumbs: each is a write of its own. */
  crumble(bytes: Buffer, random: Random): void {
    for (let at = 0; at < bytes.length;) {
      const end = at + 1 + random.below(7);
      this.put(bytes.subarray(at, end));
      at = end;
    }
  }

  /** Says goodbye when everything has arrived. */
  end(): void {
    this.#isEnding = true;
    if (!this.#waiting.length && !this.#isFrozen) this.#to.end();
  }

  /** From now on nothing arrives, and nothing is read. */
  freeze(): void {
    this.#isFrozen = true;
    clearTimeout(this.#timer);
    this.#from.pause();
  }

  #release(): void {
    this.#timer = undefined;
    const now = performance.now();
    while (this.#waiting.length && this.#waiting[0].at <= now) {
      const { bytes } = this.#waiting.shift()!;
      this.#waitingBytes -= bytes.length;
      this.#write(bytes);
    }
    if (this.#waiting.length) this.#timer = setTimeout(() => this.#release(), this.#waiting[0].at - now);
    else if (this.#isEnding) this.#to.end();
    else if (!this.#isFrozen && !this.#to.writableNeedDrain) this.#from.resume();
  }

  #write(bytes: Buffer): void {
    if (this.#to.writable && !this.#to.write(bytes)) this.#from.pause();
  }
}
