/** One WebSocket, kept alive: hello, resume, back-off, silence watch. Queues nothing. */
import { ChatError } from './chat-error.ts';
import type { Clock } from './clock.ts';
import { CloseCode, LIMITS, type ClientFrame, type ErrorCode, type HelloFrame, type ServerFrame } from './protocol.ts';

/** How long a socket may take until `welcome`, ms. */
const WELCOME_MS = 10_000;
/** A server that goes down sends everybody away at once: they come back spread over this, ms. */
const RESTART_SPREAD_MS = 5_000;
/** The first attempts after the network came back: it may need a moment until it can be used. */
const HOPES = 3;
/** After this a hidden page lets its socket go, ms. */
const HIDDEN_MS = 5 * 60_000;

/**
 * `idle`: not wanted, or let go of while the page is hidden. `connecting`: nothing has failed yet. `waiting`: from the
 * first failure until `open`, whether the next attempt is still to come or under way.
 */
export type ConnectionStatus = 'idle' | 'connecting' | 'open' | 'waiting' | 'closed';

/** How a `Connection` is made. */
export interface ConnectionOptions {
  /** Address of the socket, `ws:` or `wss:`. */
  readonly url: string;
  readonly clock: Clock;
  /** Lets go of everything, for ever. */
  readonly signal: AbortSignal;
  /** Default: the global `WebSocket`. */
  readonly createSocket?: (url: string) => WebSocket;
  /** The first frame, asked for at each attempt. A rejection that is not temporary closes the connection. */
  readonly hello: () => Promise<HelloFrame>;
  /** Every frame but `ping`. */
  readonly onFrame: (frame: ServerFrame) => void;
  readonly onStatus: (status: ConnectionStatus, why?: ErrorCode) => void;
  /** Closed for good: by a close code that forbids to come back (4401 is `unauthorized`), or by `hello`'s rejection. */
  readonly onRefused: (reason: ChatError) => void;
  /** Whether a page hidden for minutes may let its socket go now; default: never. */
  readonly mayRest?: () => boolean;
}

/** What a close code says that forbids to come back. */
const refusals: Readonly<Record<number, ErrorCode>> = {
  [CloseCode.tooLarge]: 'too_large',
  [CloseCode.signedOut]: 'unauthorized',
  [CloseCode.refused]: 'forbidden',
  [CloseCode.noSuchInbox]: 'not_found',
};

/** Whether a socket closed with this code may come back. */
export function mayRetry(code: number): boolean {
  return code !== CloseCode.tooLarge && (code < 4400 || code > 4499);
}

/** Full jitter: anywhere between 0 and a bound that doubles with each failure in a row. */
export function backOffMs(failures: number, code?: number): number {
  const goesDown = code === CloseCode.restart || code === CloseCode.tryLater;
  const bound = Math.min(30_000, 500 * 2 ** failures);
  return Math.random() * (goesDown ? Math.max(bound, RESTART_SPREAD_MS) : bound);
}

/** Keeps one socket to the server while it is wanted. */
export class Connection {
  readonly #options: ConnectionOptions;
  #status: ConnectionStatus = 'idle';
  #wanted = false;
  #socket?: WebSocket;
  /** Counts attempts: whoever waited for an answer asks whether it still is the one that was asked for. */
  #attempt = 0;
  #failures = 0;
  /** Attempts that are made soon after another, because the network has just come back. */
  #hopes = 0;
  #trying = false;
  /** What the server said to the last attempt, where it said anything. */
  #why?: ErrorCode;
  #said = 'idle undefined';
  #heardAt = 0;
  /** Frames that came since the last `ping`. */
  #received = 0;
  #cancelTimer = () => {};
  #cancelRest = () => {};

  constructor(options: ConnectionOptions) {
    this.#options = options;
    const { signal } = options;
    signal.addEventListener('abort', () => this.stop(), { once: true });
    const wake = () => this.wake();
    const online = () => {
      this.#hopes = HOPES;
      this.wake();
    };
    globalThis.addEventListener?.('online', online, { signal });
    globalThis.addEventListener?.('pageshow', wake, { signal });
    globalThis.addEventListener?.('offline', () => this.#onOffline(), { signal });
    const rest = () => this.#rest();
    // A page with an open socket is not kept for the way back.
    globalThis.addEventListener?.('pagehide', rest, { signal });
    // A frozen page answers no ping, and lets no other tab send what it was about to.
    globalThis.document?.addEventListener('freeze', rest, { signal });
    globalThis.document?.addEventListener('resume', wake, { signal });
    globalThis.document?.addEventListener('visibilitychange', () => this.#onVisibility(), { signal });
  }

  get status(): ConnectionStatus {
    return this.#status;
  }

  /** Connects unless that is under way, and comes back after each loss. */
  start(): void {
    if (this.#options.signal.aborted) return;
    this.#wanted = true;
    if (this.#status === 'idle' || this.#status === 'closed') void this.#connect();
  }

  /** Gives the socket up, and takes a new one with a new `hello` if one is wanted. */
  restart(): void {
    if (!this.#wanted) return;
    this.#drop();
    void this.#connect();
  }

  /** Gives the socket up. */
  stop(): void {
    this.#wanted = false;
    this.#drop();
    this.#set('idle');
  }

  /** The network is back, the page is looked at again, or somebody says so: no reason to wait any longer. */
  wake(): void {
    this.#cancelRest();
    if (!this.#wanted) return;
    const silence = this.#options.clock.now() - this.#heardAt;
    if (this.#status === 'open' && silence > LIMITS.heartbeatMs + 5_000) this.#drop();
    else if (this.#status === 'open' || this.#trying) return;
    void this.#connect();
  }

  /** Sends if welcomed; false: nothing was sent. */
  send(frame: ClientFrame): boolean {
    if (this.#status !== 'open') return false;
    this.#socket!.send(JSON.stringify(frame));
    return true;
  }

  async #connect(): Promise<void> {
    const attempt = ++this.#attempt;
    const { hello, url, createSocket = (address) => new WebSocket(address) } = this.#options;
    this.#cancelTimer();
    this.#trying = true;
    this.#set(this.#failures ? 'waiting' : 'connecting');
    let first: HelloFrame;
    let socket: WebSocket;
    try {
      first = await hello();
      if (attempt !== this.#attempt) return;
      socket = createSocket(url);
    } catch (error) {
      if (attempt !== this.#attempt) return;
      if (error instanceof ChatError && !error.temporary) this.#refuse(error);
      else this.#retry(undefined, error as Partial<ChatError>);
      return;
    }
    this.#socket = socket;
    this.#received = 0;
    this.#watch(WELCOME_MS);
    const ours = () => socket === this.#socket;
    socket.addEventListener('open', () => ours() && socket.send(JSON.stringify(first)));
    socket.addEventListener('message', ({ data }) => ours() && this.#receive(data));
    socket.addEventListener('close', ({ code }) => ours() && this.#lost(code));
  }

  #receive(data: unknown): void {
    this.#heardAt = this.#options.clock.now();
    let frame: ServerFrame;
    try {
      frame = JSON.parse(data as string) as ServerFrame;
    } catch {
      return;
    }
    if (frame.type === 'ping') {
      // Even the very last frame can get lost, where no gap tells.
      if ((frame.sent ?? this.#received) !== this.#received) return this.restart();
      this.#received = 0;
      this.send({ type: 'pong' });
      return;
    }
    this.#received++;
    if (frame.type === 'welcome') {
      this.#failures = 0;
      this.#trying = false;
      this.#why = undefined;
      this.#set('open');
      this.#watch(2 * LIMITS.heartbeatMs);
      // A page may have been hidden from its beginning.
      this.#onVisibility();
    }
    this.#options.onFrame(frame);
  }

  /** Gives up on a socket that stays silent. One timer for many frames: it looks when the last one came. */
  #watch(limitMs: number): void {
    const { clock } = this.#options;
    this.#cancelTimer();
    this.#heardAt = clock.now();
    const look = () => {
      const left = this.#heardAt + limitMs - clock.now();
      if (left <= 0) this.#lost();
      // A clock that was set back must not make this wait for years.
      else this.#cancelTimer = clock.after(Math.min(left, limitMs), look);
    };
    this.#cancelTimer = clock.after(limitMs, look);
  }

  #lost(code?: number): void {
    this.#drop();
    if (code === undefined || mayRetry(code)) return this.#retry(code);
    this.#refuse(
      new ChatError(refusals[code] ?? 'bad_request', `The chat server closed the connection for good: ${code}.`),
    );
  }

  #retry(closeCode?: number, { code, retryAfterMs = 0 }: Partial<ChatError> = {}): void {
    const { clock } = this.#options;
    this.#trying = false;
    this.#why = code === 'rate_limited' ? code : undefined;
    const ms = Math.max(retryAfterMs, backOffMs(this.#hopes-- > 0 ? 0 : this.#failures, closeCode));
    this.#failures++;
    this.#set('waiting');
    this.#cancelTimer = clock.after(ms, () => void this.#connect());
  }

  #refuse(reason: ChatError): void {
    this.#wanted = this.#trying = false;
    this.#set('closed');
    this.#options.onRefused(reason);
  }

  #drop(): void {
    this.#attempt++;
    this.#trying = false;
    this.#cancelTimer();
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.close();
  }

  #set(status: ConnectionStatus): void {
    const said = `${status} ${this.#why}`;
    if (said === this.#said) return;
    this.#said = said;
    this.#status = status;
    this.#options.onStatus(status, status === 'waiting' ? this.#why : undefined);
  }

  /** Said at once, not when the silence gets long. It may be wrong, as with a server on this machine: it is still tried. */
  #onOffline(): void {
    if (this.#status === 'open' || this.#trying) this.#lost();
  }

  #onVisibility(): void {
    if (globalThis.document?.visibilityState !== 'hidden') return this.wake();
    const rest = () => {
      if (this.#options.mayRest?.()) this.#rest();
      else this.#cancelRest = this.#options.clock.after(HIDDEN_MS, rest);
    };
    this.#cancelRest();
    this.#cancelRest = this.#options.clock.after(HIDDEN_MS, rest);
  }

  /** Lets the socket go; `wake` takes a new one. */
  #rest(): void {
    if (!this.#wanted) return;
    this.#drop();
    this.#set('idle');
  }
}
