/** Tabs of one browser: taking turns, and telling each other. */

/**
 * Runs `work` while no other tab runs work of this name. Where Web Locks are missing, or the turn does not come within
 * `waitMs` (another tab that is frozen may hold the lock), runs it anyway: whatever is guarded so must stay correct without.
 */
export async function exclusive<T>(name: string, waitMs: number, work: () => Promise<T>): Promise<T> {
  const locks = globalThis.navigator?.locks as LockManager | undefined;
  let started = !locks;
  const start = () => {
    started = true;
    return work();
  };
  try {
    return await (locks ? locks.request(name, { signal: AbortSignal.timeout(waitMs) }, start) : work());
  } catch (error) {
    if (started) throw error;
    return work();
  }
}

/** What tabs tell each other about sessions. */
export interface TabMessage {
  /** `in`: a session was made or changed hands, and is kept where all tabs see it; `out`: it was ended. */
  readonly type: 'in' | 'out';
  /** The page has said whose session it is. */
  readonly identified: boolean;
  /** Whose session. */
  readonly contactId: string;
}

/** A line between the tabs of one inbox. Silent where BroadcastChannel is missing or refused. */
export class TabChannel<Message> {
  /** Undefined once it is closed: then it refuses. */
  #channel?: BroadcastChannel;

  constructor(name: string, onMessage: (message: Message) => void) {
    try {
      this.#channel = new BroadcastChannel(name);
    } catch {
      // Where a page may store nothing, Firefox refuses this too.
      return;
    }
    this.#channel.onmessage = (event: MessageEvent<Message>) => onMessage(event.data);
  }

  post(message: Message): void {
    this.#channel?.postMessage(message);
  }

  close(): void {
    this.#channel?.close();
    this.#channel = undefined;
  }
}
