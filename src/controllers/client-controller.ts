import { ContextConsumer } from '@lit/context';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { initialState, type ChatState } from '../api/chat-state.ts';
import type { ThreadClient } from '../api/thread-client.ts';
import { clientContext } from '../context/client-context.ts';

/**
 * Gives its host a slice of the client's state and updates the host when the slice is another one.
 * The trap: slices are compared by identity. Pick what stands in the state; a slice that makes a new object or array
 * each time updates its host at every transition.
 */
export class ClientController<Slice> implements ReactiveController {
  /** The client above; undefined until the host is connected below one. */
  client: ThreadClient | undefined;

  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #pick: (state: ChatState) => Slice;
  readonly #context: ContextConsumer<typeof clientContext, ReactiveControllerHost & HTMLElement>;
  /** The slice that the host last showed. */
  #shown: Slice;
  #stop: (() => void) | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement, pick: (state: ChatState) => Slice) {
    this.#host = host;
    this.#pick = pick;
    this.#shown = pick(initialState);
    this.#context = new ContextConsumer(host, {
      context: clientContext,
      subscribe: true,
      callback: (client) => this.#follow(client),
    });
    host.addController(this);
  }

  /** The slice as it is now. What it is picked by may be a property of the host. */
  get value(): Slice {
    return this.#pick(this.client?.state ?? initialState);
  }

  hostUpdate(): void {
    this.#shown = this.value;
  }

  hostConnected(): void {
    // The context answers before this when it is there; after a move it may be the same client again.
    this.#follow(this.#context.value);
  }

  /** Only stops listening: a host that is gone, or about to come back, keeps showing what it showed. */
  hostDisconnected(): void {
    this.#stop?.();
    this.#stop = undefined;
  }

  #follow(client: ThreadClient | undefined): void {
    if (client === this.client && this.#stop) return;
    this.#stop?.();
    this.client = client;
    this.#stop = client?.subscribe(() => this.#read());
    this.#read();
  }

  #read(): void {
    if (!Object.is(this.value, this.#shown)) this.#host.requestUpdate();
  }
}
