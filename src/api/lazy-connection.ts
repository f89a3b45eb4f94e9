/** A connection whose code comes when one is wanted for the first time: a visitor who only looks needs none. */
import { spread } from './clock.ts';
import type { Connection, ConnectionOptions, ConnectionStatus } from './connection.ts';
import type { ClientFrame } from './protocol.ts';

/** When its code could not be loaded, it is tried again after about so long, ms. */
const AGAIN_MS = 5_000;

/** As a `Connection`; `waiting` while its code cannot be loaded. */
export class LazyConnection {
  readonly #options: ConnectionOptions;
  #connection?: Connection;
  /** Before its code is there. */
  #status: ConnectionStatus = 'idle';
  #cancel = () => {};

  constructor(options: ConnectionOptions) {
    this.#options = options;
    options.signal.addEventListener('abort', () => this.stop(), { once: true });
  }

  get status(): ConnectionStatus {
    return this.#connection?.status ?? this.#status;
  }

  start(): void {
    if (this.#connection) this.#connection.start();
    else if (this.#status === 'idle') void this.#load('connecting');
  }

  restart(): void {
    this.#connection?.restart();
  }

  stop(): void {
    this.#cancel();
    if (this.#connection) this.#connection.stop();
    else this.#set('idle');
  }

  wake(): void {
    if (this.#connection) this.#connection.wake();
    else if (this.#status === 'waiting') void this.#load('waiting');
  }

  send(frame: ClientFrame): boolean {
    return this.#connection?.send(frame) ?? false;
  }

  async #load(status: ConnectionStatus): Promise<void> {
    const { clock } = this.#options;
    this.#cancel();
    this.#set(status);
    try {
      const { Connection } = await import('./connection.ts');
      // Nobody wants it any more, or who asked before has brought it.
      if (this.#status === 'idle' || this.#connection) return;
      this.#connection = new Connection(this.#options);
      this.#connection.start();
    } catch {
      // Nobody wants it any more.
      if (this.status === 'idle') return;
      this.#set('waiting');
      this.#cancel = clock.after(spread(AGAIN_MS), () => void this.#load('waiting'));
    }
  }

  #set(status: ConnectionStatus): void {
    if (status === this.#status) return;
    this.#status = status;
    this.#options.onStatus(status);
  }
}
