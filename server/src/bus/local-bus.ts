import type { Bus, BusControl, BusHandler } from './bus.ts';

/** The bus of a single node: a table of handlers per topic, called at once. */
export class LocalBus implements Bus {
  readonly isShared = false;
  readonly isConnected = true;
  readonly #topics = new Map<string, Set<BusHandler>>();
  readonly #onError: (error: unknown) => void;

  /** @param onError hears what a handler throws; the other handlers are called all the same. */
  constructor(onError: (error: unknown) => void = () => {}) {
    this.#onError = onError;
  }

  publish(topic: string, frame: string, control?: BusControl): void {
    const handlers = this.#topics.get(topic);
    if (!handlers) return;
    // A copy: a handler that unsubscribes itself, or subscribes another, changes only the next publish.
    for (const handler of [...handlers]) {
      try {
        handler(frame, control);
      } catch (error) {
        this.#onError(error);
      }
    }
  }

  subscribe(topic: string, handler: BusHandler): () => void {
    let handlers = this.#topics.get(topic);
    if (!handlers) this.#topics.set(topic, (handlers = new Set()));
    // Wrapped, so that one function subscribed twice is two subscriptions.
    const own: BusHandler = (frame, control) => handler(frame, control);
    handlers.add(own);
    return () => {
      const current = this.#topics.get(topic);
      if (current?.delete(own) && current.size === 0) this.#topics.delete(topic);
    };
  }

  /** True when somebody would hear it. */
  hasSubscribers(topic: string): boolean {
    return this.#topics.has(topic);
  }

  async flush(): Promise<void> {}

  /** There are no other nodes. */
  onGap(): () => void {
    return () => {};
  }

  async close(): Promise<void> {
    this.#topics.clear();
  }
}
