import { waitUntil } from '@open-wc/testing';

/** Ends a wait that would never end; no test relies on how long anything takes, and a busy machine takes its time. */
const PATIENCE_MS = 60_000;

/** How often it looks: what is late by this much at each step makes a slow suite. */
const LOOK_MS = 10;

/**
 * Waits until `condition` holds. `otherwise`: what to say when it never does; a function says what is on screen then,
 * not what was there when the wait began.
 */
export async function until(
  condition: () => unknown,
  otherwise: string | (() => string) = 'it did not happen',
): Promise<void> {
  let error: Error | undefined;
  await waitUntil(condition, 'until', { timeout: PATIENCE_MS, interval: LOOK_MS }).catch((reason: Error) => {
    error = reason;
  });
  if (!error) return;
  if (error.message !== 'Timeout: until') throw error;
  throw new Error(`Timeout: ${typeof otherwise === 'function' ? otherwise() : otherwise}`, { cause: error });
}
