import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { AgentClient } from '../../api/agent-client.ts';
import type { TrailItem } from '../../api/protocol.ts';

/** What one contact did on the site, live: all of it, or of one type. */
export class TrailRecord implements ReactiveController {
  /** As far as it is loaded, latest first. */
  items: readonly TrailItem[] = [];

  readonly #host: ReactiveControllerHost;
  readonly #type: TrailItem['type'] | undefined;
  #client?: AgentClient;
  #contactId = '';
  #cursor?: string;
  #wasOpen = false;
  #stops: (() => void)[] = [];

  constructor(host: ReactiveControllerHost, type?: TrailItem['type']) {
    this.#host = host;
    this.#type = type;
    host.addController(this);
  }

  /** There are older ones. */
  get hasMore(): boolean {
    return this.#cursor !== undefined;
  }

  hostConnected(): void {
    this.#listen();
  }

  hostDisconnected(): void {
    for (const stop of this.#stops.splice(0)) stop();
  }

  /** Shows another contact's; the one that is here is not asked for again. */
  load(client: AgentClient, contactId: string): void {
    if (client !== this.#client) {
      this.#client = client;
      this.#listen();
    }
    if (contactId === this.#contactId) return;
    this.#contactId = contactId;
    this.items = [];
    this.#cursor = undefined;
    void this.#fetch(true);
  }

  /** Loads older ones. */
  async loadMore(): Promise<void> {
    if (this.#cursor) await this.#fetch(false, this.#cursor);
  }

  #listen(): void {
    this.hostDisconnected();
    const client = this.#client;
    if (!client) return;
    this.#wasOpen = client.state.connection === 'open';
    this.#stops = [
      client.on('trail', ({ contactId, items }) => contactId === this.#contactId && this.#add(items)),
      client.subscribe(() => {
        const isOpen = client.state.connection === 'open';
        // What was told meanwhile has not been heard.
        if (isOpen && !this.#wasOpen && this.#contactId) void this.#fetch(this.items.length === 0);
        this.#wasOpen = isOpen;
      }),
    ];
  }

  /** @param isEnd the page's end is that of what is loaded. Should it fail, what is here stays, and the next connection asks again. */
  async #fetch(isEnd: boolean, before?: string): Promise<void> {
    const contactId = this.#contactId;
    const page = await this.#client!.loadTrail(contactId, { type: this.#type, before }).catch(() => undefined);
    if (!page || contactId !== this.#contactId) return;
    if (isEnd || before) this.#cursor = page.cursor;
    this.#add(page.items);
  }

  #add(items: readonly TrailItem[]): void {
    const news = items.filter(
      ({ id, type }) => (this.#type ?? type) === type && !this.items.some((each) => each.id === id),
    );
    this.items = [...this.items, ...news].sort((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1));
    this.#host.requestUpdate();
  }
}
