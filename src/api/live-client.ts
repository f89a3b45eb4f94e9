/** What the visitor's and the agent's client have in common: one state, one way out, conversations kept live, one socket. */
import { ChatError } from './chat-error.ts';
import { applyFields, initialState, type ChatState, type Side } from './chat-state.ts';
import { deviceClock, type Clock } from './clock.ts';
import type { ConnectionStatus } from './connection.ts';
import type { ConversationLog } from './conversation-log.ts';
import { DeviceStorage } from './device-storage.ts';
import { Drafts } from './drafts.ts';
import { Http, type HttpOptions, type HttpRequest } from './http.ts';
import { KeptHint } from './kept-hint.ts';
import { LazyConnection } from './lazy-connection.ts';
import { LazySender, type MessageOptions } from './lazy-sender.ts';
import { Observable } from './observable.ts';
import type {
  AssignedEntry,
  ClientFrame,
  ErrorCode,
  HelloFrame,
  MessageEntry,
  NoteEntry,
  ServerFrame,
} from './protocol.ts';
import type { SendOptions, ThreadClient } from './thread-client.ts';

/** How a `LiveClient` is made. */
export interface LiveClientOptions extends Pick<HttpOptions, 'credentials' | 'fetch'> {
  readonly side: Side;
  /** The chat server; only its origin counts. */
  readonly server: string;
  /** What the addresses of conversations begin with: `/v1/widget/{inbox}` or `/v1`. */
  readonly path: string;
  /** Address of the socket. */
  readonly socketPath: string;
  /** Visitors: what this device keeps is kept for this inbox. */
  readonly inbox?: string;
  /** Default: the global `WebSocket`. */
  readonly createSocket?: (url: string) => WebSocket;
  readonly clock?: Clock;
}

/** What the parts of a client share. */
export interface LiveParts {
  readonly state: Observable<ChatState>;
  readonly storage: DeviceStorage;
  readonly http: Http;
  /** Origin of the chat server. */
  readonly server: string;
  /** Visitors: wakes the next page. */
  readonly hint?: KeptHint;
  /** Prefix of all keys on this device. */
  readonly scope: string;
  readonly path: string;
  readonly clock: Clock;
  /** Ended when the client is closed. */
  readonly signal: AbortSignal;
  /** Sends if there is a connection; false: nothing was sent. */
  readonly transmit: (frame: ClientFrame) => boolean;
  /** Connects now, where that is wanted and there is no connection. */
  readonly wake: () => void;
  readonly onError: (error: unknown) => void;
}

/** The parts of a client, each made for the others, and what elements ask of every client. */
export abstract class LiveClient implements ThreadClient {
  /** What is half written. */
  readonly drafts: Drafts;
  /** For code that comes later. @internal */
  readonly parts: LiveParts;
  protected readonly sender: LazySender;
  /** Comes with the first conversation, or with a session. */
  protected log?: ConversationLog;
  protected readonly connection: LazyConnection;
  readonly #side: Side;
  readonly #abort = new AbortController();
  #loading?: Promise<ConversationLog>;

  constructor(options: LiveClientOptions) {
    const { side, path, socketPath, inbox, credentials, fetch, createSocket, clock = deviceClock } = options;
    const { signal } = this.#abort;
    const server = new URL(options.server).origin;
    const scope = inbox !== undefined ? `chat-widget ${server} ${inbox}` : `chat-console ${server}`;
    const state = new Observable(initialState);
    const onError = (error: unknown) => void this.fail(error as ChatError);
    const onFailure = (cause: unknown) => onError(new ChatError('not_saved', `Nothing is kept here: ${String(cause)}`));
    const storage = new DeviceStorage({ signal, onFailure });
    const hint = inbox !== undefined ? new KeptHint({ inbox, scope, storage }) : undefined;
    const http = new Http({ server, credentials, signal, fetch });
    const transmit: LiveParts['transmit'] = (frame) => this.connection.send(frame);
    const wake = () => this.connection.wake();
    this.#side = side;
    const parts = { state, storage, http, server, hint, scope, path, clock, signal, transmit, wake, onError };
    this.parts = parts;
    const settled = () => this.sender.settled();
    this.drafts = new Drafts({ ...parts, settled, onGone: () => state.update((value) => ({ ...value })) });
    this.sender = new LazySender(parts);
    this.connection = new LazyConnection({
      ...{ clock, signal, createSocket },
      url: server.replace(/^http/, 'ws') + socketPath,
      hello: () => this.hello(),
      onFrame: (frame) => this.onFrame(frame),
      onStatus: (connection, why) => {
        if (connection !== 'open') this.sender.pause();
        this.show(connection, why);
      },
      onRefused: (reason) => this.onRefused(reason),
      mayRest: () => side === 'contact' && this.sender.empty,
    });
  }

  get state(): ChatState {
    return this.parts.state.value;
  }

  subscribe(listener: () => void): () => void {
    return this.parts.state.subscribe(listener);
  }

  /** Lets go of socket, timers, listeners and database. What is kept stays kept. The client cannot be used afterwards. */
  close(): void {
    this.#abort.abort();
  }

  /** Tries to connect now, where it would wait for its next attempt. */
  reconnect(): void {
    this.connection.wake();
  }

  async open(conversationId: string): Promise<void> {
    await (await this.loadLog()).open(conversationId);
  }

  async loadOlder(conversationId: string): Promise<void> {
    await this.log?.loadOlder(conversationId);
  }

  async loadNewer(conversationId: string): Promise<void> {
    await this.log?.loadNewer(conversationId);
  }

  async loadAround(conversationId: string, messageId: string): Promise<void> {
    const { loadAround } = await import('./page-around.ts');
    await loadAround(this, conversationId, messageId);
  }

  abstract send(conversationId: string, text: string, options?: SendOptions): Promise<MessageEntry | NoteEntry>;

  edit(conversationId: string, messageId: string, text: string): Promise<void> {
    return this.#change(conversationId, messageId, { method: 'PATCH', body: { text } });
  }

  remove(conversationId: string, messageId: string): Promise<void> {
    return this.#change(conversationId, messageId, { method: 'DELETE' });
  }

  react(conversationId: string, messageId: string, emoji: string, on: boolean): Promise<void> {
    return this.#change(conversationId, `${messageId}/reaction`, { method: 'PUT', body: { emoji, on } });
  }

  /** Somebody begins to write: what sends it is loaded while they do. */
  prepare(): void {
    void this.sender.load();
  }

  retry(clientId: string): void {
    this.sender.retry(clientId);
    this.connection.start();
  }

  discard(clientId: string): void {
    this.sender.discard(clientId);
  }

  setTyping(conversationId: string, typing: boolean): void {
    this.log?.typing.send(conversationId, typing);
  }

  markRead(conversationId: string): void {
    this.log?.reads.mark(conversationId);
  }

  /** Says how it stands with the way to the server. While it is lost nobody knows who is there. */
  protected show(connection: ConnectionStatus, closeReason?: ErrorCode): void {
    const online = connection === 'waiting' || connection === 'closed' ? undefined : this.state.online;
    this.parts.state.update(applyFields, { connection, closeReason, online });
  }

  /** The visitor's proof; agents have a cookie. @internal */
  token(): string | undefined {
    return undefined;
  }

  /** Rejects with ChatError when its code cannot be loaded. */
  protected loadLog(): Promise<ConversationLog> {
    return (this.#loading ??= import('./conversation-log.ts').then(
      ({ ConversationLog }) => {
        this.log = new ConversationLog({
          ...this.parts,
          ...{ side: this.#side, sender: this.sender },
          path: `${this.parts.path}/conversations`,
          token: () => this.token(),
          onMessage: (message) => this.onMessage(message),
          onNote: (note) => this.onNote(note),
        });
        this.onLog(this.log);
        return this.log;
      },
      (error: unknown) => {
        this.#loading = undefined;
        throw notLoaded(error);
      },
    ));
  }

  /** The first frame of a socket. Rejects with ChatError. */
  protected abstract hello(): Promise<HelloFrame>;
  protected abstract onFrame(frame: ServerFrame): void;
  /** A message was stored while we listened: each once, in order. */
  protected abstract onMessage(message: MessageEntry): void;
  /** The connection is closed for good. */
  protected abstract onRefused(reason: ChatError): void;
  /** Tells the page. Returns whether trying again may help. */
  protected abstract fail(error: ChatError): boolean;

  /** Conversations can be followed from now on. */
  protected onLog(_log: ConversationLog): void {}

  /** Agents: an entry of the notes log. */
  protected onNote(_note: NoteEntry | AssignedEntry): void {}

  /** Puts a message on its way. */
  protected put(conversationId: string, text: string, options: MessageOptions): Promise<MessageEntry | NoteEntry> {
    const outcome = this.sender.send(conversationId, text, options);
    this.log?.typing.stopped(conversationId);
    if (this.state.threads[conversationId]?.hasNewer) void this.open(conversationId).catch(() => {});
    this.connection.start();
    return outcome;
  }

  /** What has changed arrives as an entry. */
  async #change(conversationId: string, address: string, request: HttpRequest): Promise<void> {
    const { http, path } = this.parts;
    await http.request(`${path}/conversations/${conversationId}/messages/${address}`, {
      ...request,
      token: this.token(),
    });
  }

  /** Nothing of whom this state was of stays under way. */
  protected stop(): void {
    this.connection.stop();
    this.log?.clear();
    this.sender.rejectAll();
  }
}

/** Code that is not there cannot be told from a server that is not. */
export function notLoaded(error: unknown): ChatError {
  return new ChatError('offline', `The chat could not be loaded: ${String(error)}`);
}
