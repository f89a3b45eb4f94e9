/** Typed event hooks: what an EventTarget does, without DOM events, in a few lines. */
export class Listeners<Events extends object> {
  readonly #sets: { [K in keyof Events]?: Set<(detail: Events[K]) => void> } = {};

  /** Listens. Returns how to stop. */
  on<K extends keyof Events>(type: K, listener: (detail: Events[K]) => void): () => void {
    const set = (this.#sets[type] ??= new Set());
    set.add(listener);
    return () => set.delete(listener);
  }

  /** Tells everybody. A listener that throws harms nobody else: its error is reported like that of a DOM listener. */
  emit<K extends keyof Events>(type: K, detail: Events[K]): void {
    for (const listener of [...(this.#sets[type] ?? [])]) {
      try {
        listener(detail);
      } catch (error) {
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }
}
