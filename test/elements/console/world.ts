/** A server with visitors who write, and a console in front of it. */
import { fixture, html } from '@open-wc/testing';
import { ChatClient } from '../../../src/api/chat-client.ts';
import type { AgentSessionAnswer } from '../../../src/api/protocol.ts';
import '../../../src/console.ts';
import type { ChatConsole } from '../../../src/console.ts';
import { resize } from '../../support/browser.ts';
import { startChatServer, type ChatServer } from '../../support/server.ts';
import { find, seesNoMore, until } from './screen.ts';

export class World {
  #server?: ChatServer;
  #origin = '';
  readonly #visitors: ChatClient[] = [];

  /** Starts the server before the tests and stops it after all; before each, the window is wide. */
  constructor() {
    before(async () => {
      this.#server = await startChatServer();
      this.#origin = this.#server.mount();
    });
    beforeEach(async () => {
      await resize(1280, 800);
      document.title = 'Console';
      localStorage.clear();
      location.hash = '#/';
    });
    afterEach(() => {
      for (const visitor of this.#visitors.splice(0)) visitor.close();
    });
    after(() => this.#server?.dispose());
  }

  get server(): ChatServer {
    return this.#server!;
  }

  /** A console on the page, for whoever is signed in. */
  open(): Promise<ChatConsole> {
    return fixture<ChatConsole>(html`<chat-console server=${this.#origin}></chat-console>`);
  }

  /** A console at which nobody is signed in. */
  async signedOut(): Promise<ChatConsole> {
    await fetch('/v1/agent/session', { method: 'DELETE' });
    return this.open();
  }

  /** Signs in through the form. */
  async signIn(console: ChatConsole, { email, password } = this.server.admin): Promise<void> {
    (await find<HTMLInputElement>(console, 'input[type="email"]')).value = email;
    (await find<HTMLInputElement>(console, 'input[type="password"]')).value = password;
    (await find(console, 'button', 'Sign in')).click();
  }

  /** A console at which the admin is signed in, connected: what is told only to those who are there, it hears. */
  async signedIn(agent = this.server.admin): Promise<ChatConsole> {
    await this.#letIn(agent);
    const console = await this.open();
    await find(console, 'button', 'Sign out');
    await seesNoMore(console, 'Not connected');
    return console;
  }

  /**
   * Whoever was let in before stays it from test to test: to look at a password costs a quarter of a second of all that
   * a core can do, by design, and much more where every engine's tests do so at once.
   */
  async #letIn(agent: { readonly email: string; readonly password: string }): Promise<void> {
    const session = (await (await fetch('/v1/agent/session')).json()) as AgentSessionAnswer;
    if (session.agent?.email === agent.email) return;
    const headers = { 'content-type': 'application/json' };
    await fetch('/v1/agent/session', { method: 'POST', headers, body: JSON.stringify(agent) });
  }

  /** A visitor who writes; with an e-mail, one whom the site has proven. */
  async visitor(text: string, email?: string) {
    const { url, inbox } = this.server;
    const client = new ChatClient({ server: url, inbox, persist: 'none' });
    this.#visitors.push(client);
    await client.boot(email ? { email, authToken: await this.server.sign(email), firstName: 'Ada' } : undefined);
    const id = client.startConversation();
    await client.send(id, text);
    const hears = (words: string) =>
      until(
        () =>
          client.state.threads[id]?.entries.some((entry) => entry.type === 'message' && entry.text === words) ?? false,
        `the visitor never heard "${words}"`,
      );
    return { client, id, hears };
  }
}

/** Opens the conversation whose last message has these words. */
export async function openFromList(console: ChatConsole, words: string): Promise<void> {
  (await find(console, 'nav a', new RegExp(words))).click();
}
