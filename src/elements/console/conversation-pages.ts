import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { AgentClient } from '../../api/agent-client.ts';
import type { ConversationState } from '../../api/protocol.ts';

/** How far one view has been loaded. */
export interface PageProgress {
  /** Cursor of the next page; undefined before the first and after the last. */
  readonly cursor?: string;
  readonly loading: boolean;
  readonly failed: boolean;
  /** There may be another page. */
  readonly more: boolean;
}

const UNTOUCHED: PageProgress = { loading: false, failed: false, more: true };

const nothingLoaded = (): Record<ConversationState, PageProgress> => ({ open: UNTOUCHED, resolved: UNTOUCHED });

/** Loads the views page by page; the conversations themselves stand in the client's state. */
export class ConversationPages implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #client: () => AgentClient;
  #progress = nothingLoaded();

  constructor(host: ReactiveControllerHost, client: () => AgentClient) {
    this.#host = host;
    this.#client = client;
    host.addController(this);
  }

  hostConnected(): void {}

  /** How far a view is. */
  of(view: ConversationState): PageProgress {
    return this.#progress[view];
  }

  /** The client has let go of what was loaded. */
  reset(): void {
    this.#progress = nothingLoaded();
  }

  /** Loads the next page of a view, unless one is under way or there is none. After a failure: the same one again. */
  async load(view: ConversationState): Promise<void> {
    const progress = this.#progress;
    const before = progress[view];
    const set = (now: PageProgress): void => {
      progress[view] = now;
      this.#host.requestUpdate();
    };
    if (before.loading || !before.more) return;
    set({ ...before, loading: true, failed: false });
    try {
      const cursor = await this.#client().loadConversations(view, before.cursor);
      set({ cursor, loading: false, failed: false, more: cursor !== undefined });
    } catch {
      set({ ...before, loading: false, failed: true });
    }
  }
}
