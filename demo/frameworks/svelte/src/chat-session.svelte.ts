import { SessionController } from 'chat-widget-element';
import { createSubscriber } from 'svelte/reactivity';

/** What the chat on this page knows: what reads `current` follows when something changes. */
export class ChatSession {
  readonly #session: SessionController;
  readonly #subscribe: () => void;

  constructor(widget = 'chat-widget') {
    let requestUpdate = () => {};
    const session = new SessionController({ requestUpdate: () => requestUpdate() }, { widget });
    this.#session = session;
    this.#subscribe = createSubscriber((update) => {
      requestUpdate = update;
      session.hostConnected();
      return () => session.hostDisconnected();
    });
  }

  get current(): SessionController {
    this.#subscribe();
    return this.#session;
  }
}
