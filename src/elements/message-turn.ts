/** Longer than the slowest timer of a tab in the background. */
const HELD_MS = 120_000;

/**
 * Whether this tab is the one that makes a message known in some way (`what`): the first that asks. Where Web Locks are
 * missing every tab is. Nothing is stored; a tab that is closed passes its turn on.
 */
export function takesTurn(what: string, messageId: string): Promise<boolean> {
  const locks = navigator.locks as LockManager | undefined;
  if (!locks) return Promise.resolve(true);
  return new Promise((resolve) => {
    const hold = (lock: Lock | null) => {
      resolve(lock !== null);
      return lock ? new Promise((end) => setTimeout(end, HELD_MS)) : undefined;
    };
    // Refused where a page may store nothing: there each tab is alone.
    locks.request(`chat-widget ${what} ${messageId}`, { ifAvailable: true }, hold).catch(() => resolve(true));
  });
}
