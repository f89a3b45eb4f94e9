import { setTimeout as wait } from 'node:timers/promises';

/** Who starts what has ended waits so long before trying again, ms. */
const AGAIN_MS = 200;
/** A process that does not come back within this will not come back, ms. */
const LIMIT_MS = 120_000;

/** Starts something again and again until it runs, as a supervisor does. */
export async function bringBack<Result>(start: () => Promise<Result>): Promise<Result> {
  const from = performance.now();
  for (;;) {
    try {
      return await start();
    } catch (error) {
      if (performance.now() - from > LIMIT_MS) throw error;
      await wait(AGAIN_MS);
    }
  }
}

export const portOf = (url: string): number => Number(new URL(url).port);
