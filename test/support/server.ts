/**
 * The real server, for browser tests. It runs beside the test runner (scripts/chat-server-plugin.mjs), in a process that
 * all of them share, and can be taken away and started again under the feet of what is tested.
 *
 *     const server = await startChatServer();
 *     after(() => server.dispose());
 *     const widget = await fixture(html`<chat-widget server=${server.url} inbox=${server.inbox}></chat-widget>`);
 */
import { executeServerCommand } from '@web/test-runner-commands';
import type { AgentConversation, ConversationPage, EntryPage, MessageEntry } from '../../src/api/protocol.ts';

/** An answer of the HTTP API: its status and its parsed JSON body, null when empty. */
export interface Answer<Body = unknown> {
  readonly status: number;
  readonly body: Body;
}

interface StartedServer {
  readonly id: string;
  readonly url: string;
  readonly inbox: string;
  readonly apiKey: string;
  readonly admin: { readonly email: string; readonly password: string };
}

/** Starts a server with an empty store on a free port. Dispose of it in `after`. */
export async function startChatServer(options: StartOptions = {}): Promise<ChatServer> {
  return new ChatServer(await execute<StartedServer>('start', { ...options }));
}

export interface StartOptions {
  /** Variables of the server's environment, such as `LIMITS`. */
  readonly env?: Readonly<Record<string, string>>;
}

/** A running server, and what its operator knows of it. */
export class ChatServer {
  readonly url: string;
  readonly inbox: string;
  readonly apiKey: string;
  readonly admin: { readonly email: string; readonly password: string };
  /** An agent who answers through the API, as a back end would. */
  readonly agent = new RestAgent(this);
  readonly #id: string;

  constructor(started: StartedServer) {
    this.#id = started.id;
    this.url = started.url;
    this.inbox = started.inbox;
    this.apiKey = started.apiKey;
    this.admin = started.admin;
  }

  /** Cuts it off as `kill -9` would: connections break without a word, and nobody listens any more. */
  async kill(): Promise<void> {
    await execute('kill', { id: this.#id });
  }

  /** Stops it as an operator would (SIGTERM); its data stay. */
  async stop(): Promise<void> {
    await execute('stop', { id: this.#id });
  }

  /**
   * Starts it again with the same port and data, after `kill()` or `stop()`. Who waits on this page tries again at once:
   * how long anybody waits after how many failures is chance, and no business of these tests.
   */
  async restart(): Promise<void> {
    await execute('restart', { id: this.#id });
    dispatchEvent(new Event('online'));
  }

  /** Stops it for good and deletes its data. */
  async dispose(): Promise<void> {
    await execute('dispose', { id: this.#id });
  }

  /** The proof for an e-mail that a site's back end would put into `auth-token`. */
  async sign(email: string): Promise<string> {
    return execute<string>('sign', { id: this.#id, email });
  }

  /** Gives the inbox a secret that the test knows, so that it can sign like a site's back end. */
  async setSecret(scheme: string, value: string): Promise<void> {
    await execute('setSecret', { id: this.#id, scheme, value });
  }

  /** The newest mail to an address; waits until there is one. */
  async mailTo(address: string): Promise<string> {
    return execute<string>('mailTo', { id: this.#id, address });
  }

  /** Calls the HTTP API with the API key, from outside of the browser: no CORS, no cookies. */
  async request<Body = unknown>(method: string, address: string, body?: unknown): Promise<Answer<Body>> {
    return execute<Answer<Body>>('request', { id: this.#id, method, address, body });
  }

  /**
   * Shows this server below `/v1/` of the test page's own origin, as a page that the server itself delivers sees it.
   * Returns that origin, for the `server` attribute of `<chat-console>`.
   */
  mount(): string {
    document.cookie = `chat-server=${this.#id}; path=/; SameSite=Lax`;
    return location.origin;
  }
}

/** Reads and answers conversations with the API key. */
export class RestAgent {
  readonly #server: ChatServer;

  constructor(server: ChatServer) {
    this.#server = server;
  }

  /** Newest activity first. */
  async conversations(): Promise<readonly AgentConversation[]> {
    const page = await this.#ask<ConversationPage<AgentConversation>>('GET', '/v1/conversations');
    return page.conversations;
  }

  /** The newest page of a conversation's entries, ascending. */
  async entries(conversationId: string): Promise<EntryPage['entries']> {
    const page = await this.#ask<EntryPage>('GET', `/v1/conversations/${conversationId}/entries`);
    return page.entries;
  }

  async answer(conversationId: string, text: string): Promise<MessageEntry> {
    return this.#ask<MessageEntry>('POST', `/v1/conversations/${conversationId}/messages`, { text });
  }

  async resolve(conversationId: string): Promise<void> {
    await this.#ask('PATCH', `/v1/conversations/${conversationId}`, { state: 'resolved' });
  }

  async #ask<Body>(method: string, address: string, body?: unknown): Promise<Body> {
    const answer = await this.#server.request<Body>(method, address, body);
    if (answer.status >= 400) throw new Error(`${method} ${address}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  }
}

function execute<Result = void>(action: string, payload: object): Promise<Result> {
  return executeServerCommand<Result, object>('chat-server', { action, ...payload });
}
