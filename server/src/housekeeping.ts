import { forgetTrails } from './forget-trails.ts';
import type { Parts } from './parts.ts';

const HOUR_MS = 60 * 60 * 1_000;
/** Sessions that are over are kept so long, for whoever looks into what happened. */
const KEPT_MS = 30 * 24 * HOUR_MS;

/** Forgets, every hour, what is long over. Returns how to stop. Several nodes may do it at once. */
export function keepHouse(parts: Parts): () => void {
  const { store, files, log, now } = parts;

  async function forget(): Promise<void> {
    const before = now() - KEPT_MS;
    try {
      const sessions = await store.sessions.deleteExpired(before);
      const agentSessions = await store.agents.deleteExpiredSessions(before);
      await store.verifications.deleteOld(now());
      await files.sweep();
      const trail = await forgetTrails(parts);
      if (trail > 0) log.info({ trail }, 'forgot pages and events that were kept long enough');
      if (sessions + agentSessions > 0) log.info({ sessions, agentSessions }, 'forgot sessions that were long over');
    } catch (error) {
      log.warn({ err: error }, 'housekeeping failed; it is tried again in an hour');
    }
  }
  const timer = setInterval(() => void forget(), HOUR_MS);
  timer.unref();
  return () => clearInterval(timer);
}
