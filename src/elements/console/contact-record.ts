import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { AgentClient, AttributeChanges } from '../../api/agent-client.ts';
import type { AgentContact, AgentConversation, AttributeDefinition } from '../../api/protocol.ts';

/** What the server knows of one contact beyond the conversation at hand. */
export class ContactRecord implements ReactiveController {
  contact: AgentContact | null = null;
  conversations: readonly AgentConversation[] = [];
  /** Which attributes there are. */
  attributes: readonly AttributeDefinition[] = [];
  status: 'loading' | 'ready' | 'failed' = 'loading';

  readonly #host: ReactiveControllerHost;
  #client?: AgentClient;
  #contactId = '';
  #stop = () => {};
  /** An answer that was asked for before the last one is an older one. */
  #asked = 0;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.#listen();
  }

  hostDisconnected(): void {
    this.#stop();
  }

  /** Loads another contact. The one that is here is not asked for again, unless that failed and `again` is said. */
  async load(client: AgentClient, contactId: string, again = false): Promise<void> {
    if (client !== this.#client) {
      this.#client = client;
      this.#listen();
    }
    if (contactId === this.#contactId && !(again && this.status === 'failed')) return;
    this.#contactId = contactId;
    this.contact = null;
    this.conversations = [];
    this.#set('loading');
    const asked = ++this.#asked;
    try {
      const [contact, conversations, attributes] = await Promise.all([
        client.loadContact(contactId),
        client.loadContactConversations(contactId),
        client.loadAttributes(),
      ]);
      if (contactId !== this.#contactId) return;
      if (asked === this.#asked || !this.contact) this.contact = contact;
      this.attributes = attributes;
      this.conversations = conversations;
      this.#set('ready');
    } catch {
      if (contactId === this.#contactId) this.#set('failed');
    }
  }

  /** Writes attributes of the contact that is here. Rejects with ChatError. */
  async write(client: AgentClient, changes: AttributeChanges): Promise<void> {
    const contactId = this.#contactId;
    const contact = await client.writeContactAttributes(contactId, changes);
    if (contactId !== this.#contactId) return;
    this.#asked++;
    this.contact = contact;
    this.#host.requestUpdate();
  }

  #listen(): void {
    this.#stop();
    this.#stop = this.#client?.on('contact', ({ id }) => void this.#renew(id)) ?? this.#stop;
  }

  /** Asks for the contact again, who has changed. Should that fail, what is here stays. */
  async #renew(contactId: string): Promise<void> {
    if (contactId !== this.#contactId) return;
    const asked = ++this.#asked;
    const contact = await this.#client!.loadContact(contactId).catch(() => undefined);
    if (!contact || asked !== this.#asked || contactId !== this.#contactId) return;
    this.contact = contact;
    this.#host.requestUpdate();
  }

  #set(status: ContactRecord['status']): void {
    this.status = status;
    this.#host.requestUpdate();
  }
}
