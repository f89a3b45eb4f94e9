/** What a run starts is ended when the run is over, however that comes about. */
import { setTimeout as wait } from 'node:timers/promises';

const BETWEEN_LOOKS_MS = 20;

/** The processes, clients and pages of one run. */
export class Stage {
  /** Aborted when the run must end now. */
  readonly signal: AbortSignal;
  readonly #ends: (() => unknown)[] = [];

  private constructor(signal: AbortSignal) {
    this.signal = signal;
  }

  /** Carries `work` out, then ends whatever was added meanwhile, the newest first; at once when `signal` is aborted. */
  static async for<Result>(signal: AbortSignal, work: (stage: Stage) => Promise<Result>): Promise<Result> {
    const stage = new Stage(signal);
    const aborted = new Promise<never>((_, reject) => {
      const end = () => reject(signal.reason as Error);
      if (signal.aborted) end();
      else signal.addEventListener('abort', end, { once: true });
    });
    try {
      return await Promise.race([work(stage), aborted]);
    } finally {
      for (const end of stage.#ends.reverse()) await Promise.resolve(end()).catch(() => {});
    }
  }

  /** Hands `thing` on, and calls `end` when the run is over. */
  add<Thing>(thing: Thing, end: (thing: Thing) => unknown): Thing {
    this.#ends.push(() => end(thing));
    return thing;
  }

  /** Lets time pass. */
  async pause(ms: number): Promise<void> {
    await wait(ms, undefined, { signal: this.signal });
  }

  /**
   * Looks again and again until `look` finds something. Resolves with that, or with undefined when `limitMs` are over: a
   * run says in its own words what did not happen.
   */
  async until<Result>(
    limitMs: number,
    look: () => Result | undefined | Promise<Result | undefined>,
  ): Promise<Result | undefined> {
    const end = performance.now() + limitMs;
    for (;;) {
      const found = await look();
      if (found !== undefined || performance.now() > end) return found;
      await this.pause(BETWEEN_LOOKS_MS);
    }
  }
}
