/** Clocks that are wrong, or are set while they run. */
import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { deviceClock, type Clock } from '../../src/api/clock.ts';

const HOUR = 60 * 60 * 1_000;
const YEAR = 365 * 24 * HOUR;

/** How far off the clocks of devices are, ms. */
export const OFFSETS = [0, HOUR, -HOUR, 10 * YEAR, -10 * YEAR];

/** A device's clock that can be set. */
export class WrongClock implements Clock {
  offset: number;

  constructor(offset: number) {
    this.offset = offset;
  }

  now(): number {
    return deviceClock.now() + this.offset;
  }

  after(ms: number, run: () => void): () => void {
    return deviceClock.after(ms, run);
  }
}

/** The clock of a server that is a process of its own. */
export class ServerClock {
  readonly #file = path.join(tmpdir(), `chat-clock-${process.pid}-${Math.random().toString(36).slice(2)}`);
  #offset = 0;
  /** The furthest that it ever was set back and forth, ms. */
  readonly range = { least: 0, most: 0 };

  constructor() {
    this.set(0);
  }

  /** What the server's environment needs. */
  get env(): Readonly<Record<string, string>> {
    const preload = new URL('moved-date.mjs', import.meta.url).href;
    return { CLOCK_FILE: this.#file, NODE_OPTIONS: `${process.env['NODE_OPTIONS'] ?? ''} --import=${preload}` };
  }

  /** What it shows. */
  get now(): number {
    return Date.now() + this.#offset;
  }

  /** Sets it, so many ms off. */
  set(offset: number): void {
    this.#offset = offset;
    this.range.least = Math.min(this.range.least, offset);
    this.range.most = Math.max(this.range.most, offset);
    writeFileSync(this.#file, String(offset));
  }

  dispose(): void {
    rmSync(this.#file, { force: true });
  }
}
