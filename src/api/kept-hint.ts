/** The hint for the loader: localStorage `chat-widget:{inbox}` says that this device keeps what the chat has to wake for. */
import type { DeviceStorage } from './device-storage.ts';

/** How a `KeptHint` is made. */
export interface KeptHintOptions {
  readonly inbox: string;
  /** Prefix of all keys: server and inbox. */
  readonly scope: string;
  readonly storage: DeviceStorage;
}

/** Given while a session, or a message that was not sent, is kept. */
export class KeptHint {
  readonly #options: KeptHintOptions;

  constructor(options: KeptHintOptions) {
    this.#options = options;
  }

  /** Something was kept. */
  give(): void {
    if (this.#options.storage.shared) this.#write('1');
  }

  /** Something was forgotten: looks whether anything is left. */
  async review(): Promise<void> {
    const { scope, storage } = this.#options;
    // One reading: of two at the same time, the one that began later has the last word.
    const kept = await storage.list(`${scope} `);
    if (!storage.closed) this.#write(storage.shared && kept.length ? '1' : undefined);
  }

  #write(value: string | undefined): void {
    const name = `chat-widget:${this.#options.inbox}`;
    try {
      if (value) localStorage.setItem(name, value);
      else localStorage.removeItem(name);
    } catch {
      // No localStorage here, or not for us: the loader then waits for intent.
    }
  }
}
