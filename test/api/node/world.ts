/** A server, and visitors without a screen who talk with it. */
import { after, afterEach, before } from 'node:test';
import { ChatServerProcess, INBOX } from '../../../scripts/chat-server-process.mjs';
import {
  ChatClient,
  type ChatClientEvents,
  type ChatClientOptions,
  type Identity,
} from '../../../src/api/chat-client.ts';
import type { AgentConversation, EntryPage, MessageEntry } from '../../../src/api/protocol.ts';
import { FaultySocket } from './faulty-socket.ts';

/** The server of a test file. */
export class World {
  #server?: ChatServerProcess;
  readonly #clients: ChatClient[] = [];

  /**
   * Starts the server before the tests of this file, closes the clients after each, stops the server after all.
   *
   * @param env variables of the server's environment beyond the usual ones
   * @param prepare what is to be done with the server first
   */
  constructor(env: Readonly<Record<string, string>> = {}, prepare?: (world: World) => Promise<void>) {
    before(async () => {
      this.#server = await ChatServerProcess.start(env);
      await prepare?.(this);
    });
    afterEach(() => {
      for (const client of this.#clients.splice(0)) client.close();
    });
    after(() => this.#server?.dispose());
  }

  get server(): ChatServerProcess {
    return this.#server!;
  }

  /** A visitor who has not come in yet. */
  visitor(options: Partial<ChatClientOptions> = {}): ChatClient {
    const client = new ChatClient({ server: this.server.url, inbox: INBOX, persist: 'none', ...options });
    this.#clients.push(client);
    return client;
  }

  /** A visitor who has come in. */
  async booted(identity?: Identity, options?: Partial<ChatClientOptions>): Promise<ChatClient> {
    const client = this.visitor(options);
    await client.boot(identity);
    return client;
  }

  /** E-mail and proof, as the site would put them into its page. */
  async identity(email: string): Promise<Identity> {
    return { email, authToken: await this.server.sign(email) };
  }

  /** Changes settings of the inbox. */
  async settings(settings: object): Promise<void> {
    const { status, body } = await this.server.request('PATCH', `/v1/inboxes/${INBOX}`, { settings });
    if (status >= 400) throw new Error(`The settings were refused: ${status} ${JSON.stringify(body)}`);
  }

  /** An agent answers, through the API. */
  async answer(conversationId: string, text: string): Promise<void> {
    const path = `/v1/conversations/${conversationId}/messages`;
    const { status } = await this.server.request('POST', path, { text });
    if (status >= 400) throw new Error(`The answer was refused: ${status}`);
  }

  /** What agents see of a conversation. */
  async seenByAgents(conversationId: string): Promise<AgentConversation> {
    return (await this.#ask(`/v1/conversations/${conversationId}`)) as AgentConversation;
  }

  /** What the store holds of a conversation, read from its start. */
  async stored(conversationId: string): Promise<MessageEntry[]> {
    const all: MessageEntry[] = [];
    for (let last = 0, more = true; more;) {
      const path = `/v1/conversations/${conversationId}/entries?after=${last}&limit=100`;
      const page = (await this.#ask(path)) as EntryPage;
      for (const entry of page.entries) if (entry.type === 'message') all.push(entry);
      last = page.entries.at(-1)?.seq ?? last;
      more = page.more;
    }
    return all;
  }

  /** Who the server says that this token stands for: a status. */
  async session(method: 'GET' | 'DELETE', token: string): Promise<number> {
    const headers = { authorization: `Bearer ${token}` };
    return (await fetch(`${this.server.url}/v1/widget/${INBOX}/session`, { method, headers })).status;
  }

  async #ask(address: string): Promise<unknown> {
    const answer: { status: number; body: unknown } = await this.server.request('GET', address);
    if (answer.status >= 400) throw new Error(`GET ${address}: ${answer.status}`);
    return answer.body;
  }
}

/** Everything of one kind that a client tells from now on. */
export function heard<K extends keyof ChatClientEvents>(client: ChatClient, type: K): ChatClientEvents[K][] {
  const all: ChatClientEvents[K][] = [];
  client.on(type, (detail) => all.push(detail));
  return all;
}

/** Numbered texts. */
export const lines = (count: number, word = 'line') => Array.from({ length: count }, (_, i) => `${word} ${i + 1}`);

/** Every request to the server's sessions, until it is stopped. */
export function sessionRequests(): { readonly made: string[]; stop(): void } {
  const real = globalThis.fetch;
  const made: string[] = [];
  globalThis.fetch = (input, init) => {
    const { pathname } = new URL(input as URL);
    if (/\/sessions?$/.test(pathname)) made.push(`${init?.method} ${pathname}`);
    return real(input, init);
  };
  return { made, stop: () => void (globalThis.fetch = real) };
}

/** A way to connect that remembers which tokens were said hello with. */
export function tokensSaid(): { readonly tokens: string[]; createSocket(this: void, url: string): WebSocket } {
  const tokens: string[] = [];
  const createSocket = (url: string) => {
    const socket = new FaultySocket(url, {});
    const send = socket.send.bind(socket);
    socket.send = (data) => {
      const { token } = JSON.parse(data) as { token?: string };
      if (token) tokens.push(token);
      send(data);
    };
    return socket.asWebSocket;
  };
  return { tokens, createSocket };
}
