/** A page's time that can be moved, as it moves when a laptop sleeps: the clock jumps, and timers are late. */

/** What `movableTime` puts into the page. */
interface Movable {
  /** So much time passes at once, ms. */
  skip(ms: number): void;
}

/** Runs in the page before anything else. */
export function movableTime(): void {
  interface Timer {
    readonly at: number;
    run(): void;
  }
  const real = { now: Date.now, set: setTimeout, clear: clearTimeout };
  const timers = new Map<number, Timer>();
  let skipped = 0;
  const clear = (id?: number) => {
    if (id !== undefined) timers.delete(id);
    real.clear.call(globalThis, id);
  };
  const set = (run: TimerHandler, ms = 0, ...args: unknown[]): number => {
    const ring = () => {
      clear(id);
      if (typeof run === 'function') Reflect.apply(run, globalThis, args);
    };
    const id = Reflect.apply(real.set, globalThis, [ring, ms]) as unknown as number;
    timers.set(id, { at: Date.now() + ms, run: ring });
    return id;
  };
  const skip = (ms: number) => {
    skipped += ms;
    const due = [...timers.values()].filter(({ at }) => at <= Date.now()).sort((a, b) => a.at - b.at);
    for (const { run } of due) run();
  };
  Date.now = () => real.now.call(Date) + skipped;
  Object.assign(globalThis, { setTimeout: set, clearTimeout: clear, skip });
}

/** Runs in a page with `movableTime`. */
export function skipTime(ms: number): void {
  (globalThis as unknown as Movable).skip(ms);
}
