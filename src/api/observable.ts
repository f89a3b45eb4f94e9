/** A value that is replaced, never changed, and somebody who wants to know. */
export class Observable<T> {
  #value: T;
  #telling = false;
  readonly #listeners = new Set<() => void>();

  constructor(value: T) {
    this.#value = value;
  }

  get value(): T {
    return this.#value;
  }

  /** Replaces the value by what `change` makes of it. Listeners hear of it once, after the current task's changes are all made. */
  update<A extends unknown[]>(change: (value: T, ...args: A) => T, ...args: A): void {
    const next = change(this.#value, ...args);
    if (next === this.#value) return;
    this.#value = next;
    if (this.#telling) return;
    this.#telling = true;
    queueMicrotask(() => {
      this.#telling = false;
      for (const listener of [...this.#listeners]) listener();
    });
  }

  /** Returns how to stop. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
