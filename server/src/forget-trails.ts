import type { Parts } from './parts.ts';
import { readSettings } from './settings.ts';

const DAY_MS = 24 * 60 * 60_000;

/** Forgets what visitors did on the sites longer ago than their inbox keeps it. Resolves with how much that was. */
export async function forgetTrails({ store, now }: Pick<Parts, 'store' | 'now'>): Promise<number> {
  let forgotten = 0;
  for (const { id, settings } of await store.inboxes.list()) {
    const { trailDays } = readSettings(settings).behaviour;
    forgotten += await store.trail.forget(id, now() - trailDays * DAY_MS);
  }
  return forgotten;
}
