import { AgentClient } from '../../src/api/agent-client.ts';
import { ChatClient } from '../../src/api/chat-client.ts';
import { findConversation, type ChatState } from '../../src/api/chat-state.ts';
import { lastSeqOf } from '../../src/api/thread-growth.ts';
import { ADMIN, INBOX } from '../../scripts/chat-server-process.mjs';
import { CookieJar } from '../api/node/cookie-fetch.ts';
import { stateOf } from '../api/node/eventually.ts';
import type { Random } from './random.ts';
import type { Verdict } from './verdict.ts';
import { View } from './view.ts';

/** What a sender was told: this message is stored, there. */
export interface Told {
  readonly conversationId: string;
  readonly clientId: string;
  readonly id: string;
  readonly seq: number;
  readonly text: string;
}

/** What some talkers together have to say. */
export interface Pool {
  /** False when there is nothing more to say. */
  take(): boolean;
}

const ALPHABET = [...'abcdefghijklmnopqrstuvwxyz      ', 'ä', 'ß', '語', 'ש', '👋🏽', '"', '\\', '\n', '<b>'];

/** A real client of either side: it writes numbered messages, and remembers what it was told and shown. */
export class Talker<Client extends ChatClient | AgentClient = ChatClient | AgentClient> {
  readonly name: string;
  readonly client: Client;
  readonly view: View;
  /** Where it writes. */
  conversationIds: readonly string[] = [];
  /** Called at each acknowledgement. */
  onTold: (told: Told) => void = () => {};
  /** How often it was welcomed again. */
  resumes = 0;
  /** Messages that it has handed to the client and knows no outcome of. */
  waiting = 0;
  readonly #verdict: Verdict;
  readonly #random: Random;
  #written = 0;
  #status = '';
  /** Resolves when the newest message has settled, or one after it. */
  #settled = Promise.resolve();
  #settle = () => {};

  constructor(name: string, client: Client, random: Random, verdict: Verdict) {
    this.name = name;
    this.client = client;
    this.#random = random;
    this.#verdict = verdict;
    this.view = new View(name, verdict);
    client.subscribe(() => this.#look());
    // The two clients' events of this name are the same.
    (client as ChatClient).on('message', ({ message }) => this.view.hear(message));
  }

  get state(): ChatState {
    return this.client.state;
  }

  /** Shows a conversation, tried until it can be. */
  async open(conversationId: string): Promise<void> {
    this.view.follow(conversationId);
    await stateOf(this.client, (state) => findConversation(state, conversationId) !== undefined);
    await this.client.open(conversationId);
  }

  /** Writes as long as the pool has something, a few at a time. */
  async write(pool: Pool): Promise<void> {
    // More than may be on their way at once, for some: then they wait on the device.
    const most = 1 + this.#random.below(24);
    while (pool.take()) {
      this.say();
      while (this.waiting >= most) await this.#settled;
    }
  }

  /** Writes one message, and now and then reads, or is seen typing. */
  say(): void {
    const conversationId = this.#random.pick(this.conversationIds);
    const text = `${this.name}#${++this.#written} ${this.#filler()}`;
    this.waiting++;
    this.#settled = new Promise((resolve) => (this.#settle = resolve));
    this.client
      .send(conversationId, text)
      .then(({ clientId, id, seq, text: stored }) => {
        if (stored !== text) this.#verdict.mismatch(`${this.name} wrote "${text}", and was told "${stored}".`);
        this.onTold({ conversationId, clientId, id, seq, text });
      })
      .catch((error: Error) => this.#verdict.other(`"${text}" was refused: ${error.message}`))
      .finally(() => {
        this.waiting--;
        this.#settle();
      });
    if (this.#random.chance(0.02)) this.client.markRead(conversationId);
    if (this.#random.chance(0.005)) this.client.setTyping(conversationId, true);
  }

  /** Scrolls up until everything up to `seq` was shown. */
  async scroll(conversationId: string, seq: number): Promise<void> {
    await this.open(conversationId);
    while (!this.view.has(conversationId, seq)) {
      const before = this.state.threads[conversationId]?.entries[0]?.seq;
      await this.client.loadOlder(conversationId);
      if (this.state.threads[conversationId]?.entries[0]?.seq === before) return;
    }
  }

  /** Whether it holds a conversation up to `seq`, on the screen too if it is open, and was told of it. */
  isAt(conversationId: string, seq: number): boolean {
    const { threads } = this.state;
    const thread = threads[conversationId];
    const isShown = !thread?.entries.length || lastSeqOf(thread) >= seq;
    const lastSeq = findConversation(this.state, conversationId)?.lastSeq ?? 0;
    return lastSeq >= seq && isShown && this.view.wasTold(conversationId, seq);
  }

  close(): void {
    this.client.close();
  }

  #filler(): string {
    return Array.from({ length: this.#random.below(60) }, () => this.#random.pick(ALPHABET)).join('');
  }

  #look(): void {
    const { state } = this;
    if (state.connection !== this.#status) {
      this.#status = state.connection;
      if (state.connection === 'open') this.resumes++;
    }
    this.view.look(state);
  }
}

/** A device of a visitor who is proven by e-mail, welcomed. */
export async function visitorDevice(
  name: string,
  server: string,
  identity: { readonly email: string; readonly authToken: string },
  random: Random,
  verdict: Verdict,
): Promise<Talker<ChatClient>> {
  const client = new ChatClient({ server, inbox: INBOX, persist: 'none' });
  const talker = new Talker(name, client, random, verdict);
  await client.boot(identity);
  await stateOf(client, ({ connection }) => connection === 'open');
  return talker;
}

/** A console of the agent, welcomed. */
export async function agentConsole(
  name: string,
  server: string,
  random: Random,
  verdict: Verdict,
): Promise<Talker<AgentClient>> {
  const jar = new CookieJar(server);
  const createSocket = (url: string) => new WebSocket(url, { headers: jar.headers } as never);
  const client = new AgentClient({ server, fetch: jar.fetch, createSocket });
  const talker = new Talker(name, client, random, verdict);
  await client.boot();
  await client.signIn(ADMIN.email, ADMIN.password);
  await stateOf(client, ({ connection }) => connection === 'open');
  return talker;
}
