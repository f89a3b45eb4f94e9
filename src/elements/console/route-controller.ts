import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { conversationAddress, conversationIn } from './conversation-address.ts';
import { settingsPlaceIn, type SettingsPlace } from './settings/settings-address.ts';

/** Whether the page may go to this address now. If not, `go` does so later. */
export type RouteGuard = (settings: SettingsPlace | undefined, go: () => void) => boolean;

/** Which conversation, or page of the settings, the page's address names: links, Back, Forward and reload do what they do everywhere. */
export class RouteController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #guard: RouteGuard;
  #hash = '';
  #conversationId = '';
  #settings: SettingsPlace | undefined;

  constructor(host: ReactiveControllerHost, guard: RouteGuard) {
    this.#host = host;
    this.#guard = guard;
    host.addController(this);
  }

  /** Empty: none. */
  get conversationId(): string {
    return this.#conversationId;
  }

  /** Undefined: the conversations are on screen. */
  get settings(): SettingsPlace | undefined {
    return this.#settings;
  }

  /** Goes to a conversation, or with an empty id to the list. */
  go(conversationId: string): void {
    location.hash = conversationId ? conversationAddress(conversationId) : '#/';
  }

  hostConnected(): void {
    addEventListener('hashchange', this.#onHash);
    this.#read();
  }

  hostDisconnected(): void {
    removeEventListener('hashchange', this.#onHash);
  }

  // A field, so that the listener is the same when it is removed.
  readonly #onHash = (): void => {
    const { hash } = location;
    if (hash === this.#hash) return;
    if (this.#guard(settingsPlaceIn(hash), () => (location.hash = hash))) return this.#read();
    // Whoever went Back is where they were, with a way forward that leads to the same question.
    history.pushState(null, '', this.#hash || '#/');
    this.#host.requestUpdate();
  };

  #read(): void {
    const { hash } = location;
    this.#hash = hash;
    this.#conversationId = conversationIn(hash);
    const before = this.#settings;
    const next = settingsPlaceIn(hash);
    const isSame = before && next && before.inboxId === next.inboxId && before.page === next.page;
    if (!isSame) this.#settings = next;
    this.#host.requestUpdate();
  }
}
