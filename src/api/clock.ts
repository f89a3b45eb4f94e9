/** Time, so that tests can move it. */
export interface Clock {
  /** ms since 1970. */
  now(): number;
  /** Calls `run` after `ms`. Returns how to prevent it. */
  after(ms: number, run: () => void): () => void;
}

/** About so long, so that not everybody comes at once. */
export const spread = (ms: number): number => ms * (0.5 + Math.random());

/** The device's own clock. */
export const deviceClock: Clock = {
  now: () => Date.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};
