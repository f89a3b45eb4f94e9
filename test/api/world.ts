/** A server, and pages of one browser that talk with it. */
import { ChatClient, type ChatClientOptions, type Identity } from '../../src/api/chat-client.ts';
import type { ChatState } from '../../src/api/chat-state.ts';
import type { EntryPage } from '../../src/api/protocol.ts';
import { startChatServer, type ChatServer } from '../support/server.ts';
import { forgetEverything } from './kept-on-this-device.ts';

/** The server of a test file, and what is kept in this browser. */
export class World {
  #server?: ChatServer;
  readonly #clients: ChatClient[] = [];
  #requests: string[] = [];

  /** Starts the server before the tests, closes the pages and forgets everything after each, stops the server after all. */
  constructor() {
    const fetch = window.fetch.bind(window);
    before(async () => {
      this.#server = await startChatServer();
    });
    beforeEach(() => {
      this.#requests = [];
      window.fetch = (input, init) => {
        this.#requests.push(`${init?.method ?? 'GET'} ${(input as URL).pathname}`);
        return fetch(input, init);
      };
    });
    afterEach(async () => {
      for (const client of this.#clients.splice(0)) client.close();
      window.fetch = fetch;
      await forgetEverything();
    });
    after(() => this.#server?.dispose());
  }

  get server(): ChatServer {
    return this.#server!;
  }

  /** What was asked of the server since the test began: methods and paths. */
  get requests(): readonly string[] {
    return this.#requests;
  }

  /** How often a session was asked for since the test began. */
  get sessionsMade(): number {
    return this.#requests.filter((each) => each.startsWith('POST') && each.endsWith('/sessions')).length;
  }

  /** A page that is loaded, or another tab, before its client has booted. */
  page(options: Partial<ChatClientOptions> = {}): ChatClient {
    const client = new ChatClient({ server: this.server.url, inbox: this.server.inbox, ...options });
    this.#clients.push(client);
    return client;
  }

  /** The same, booted. */
  async booted(identity?: Identity, options?: Partial<ChatClientOptions>): Promise<ChatClient> {
    const client = this.page(options);
    await client.boot(identity);
    return client;
  }

  /** E-mail and proof, as the site would put them into its page. */
  async identity(email: string): Promise<Identity> {
    return { email, authToken: await this.server.sign(email) };
  }

  /** The code in the newest mail to an address. */
  async codeFor(email: string): Promise<string> {
    return /\b\d{6}\b/.exec(await this.server.mailTo(email))![0];
  }

  /** Ends a session at the server, of which the pages of this browser hear nothing. */
  async endSession(token: string): Promise<void> {
    const address = `${this.server.url}/v1/widget/${this.server.inbox}/session`;
    const { status } = await fetch(new URL(address), {
      method: 'DELETE',
      headers: { authorization: `Bearer ${token}` },
    });
    if (status !== 204) throw new Error(`The session was not ended: ${status}`);
  }

  /** What a person does who clears the data of the site. Whoever was on a page must have left it. */
  async clearDevice(): Promise<void> {
    await forgetEverything();
  }

  /** What the store holds of a conversation. */
  async stored(id: string): Promise<string[]> {
    const { body } = await this.server.request<EntryPage>('GET', `/v1/conversations/${id}/entries?after=0`);
    return body.entries.flatMap((entry) => (entry.type === 'message' ? [entry.text] : []));
  }
}

/** Resolves with the state as soon as it is so. */
export function stateOf(client: ChatClient, isSo: (state: ChatState) => boolean): Promise<ChatState> {
  return new Promise((resolve) => {
    const look = () => {
      if (!isSo(client.state)) return;
      stop();
      resolve(client.state);
    };
    const stop = client.subscribe(look);
    look();
  });
}

export const isLive = ({ connection }: ChatState) => connection === 'open';

/** What a thread shows, oldest first. */
export function texts(state: ChatState, id: string): string[] {
  const { entries = [] } = state.threads[id] ?? {};
  return entries.flatMap((entry) => (entry.type === 'message' ? [entry.text] : []));
}
