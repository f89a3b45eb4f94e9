import { connect } from '@nats-io/transport-node';
import type { NatsConnection, Subscription } from '@nats-io/transport-node';
import type { Bus, BusControl, BusHandler } from './bus.ts';
import { LocalBus } from './local-bus.ts';
import type { NatsAddress } from './nats-address.ts';

export interface NatsBusOptions {
  /** Keeps installations that share one NATS apart: only nodes with the same scope hear each other. */
  readonly scope: string;
  /** Hears what a handler, or a malformed message, throws. */
  readonly onError?: (error: unknown) => void;
  /** NATS went away, or came back. */
  readonly onChange?: (isConnected: boolean) => void;
}

/** A server that says nothing for so long is gone, even if the connection stands (ms). */
const PING_MS = 5_000;
const PINGS_UNANSWERED = 2;
/** A hello does not wait longer for NATS than this, ms. */
const FLUSH_MS = 2_000;
const RECONNECT_MS = 1_000;

/**
 * The bus of several nodes: NATS core, one subject per topic, a subscription only for topics that have sockets here.
 * This node's own sockets are served without NATS, so they hear each other while it is away; it is reconnected to for
 * ever.
 *
 * NATS core forgets. Whoever was cut off has missed what others said, and the others have missed what it said, though
 * they may never have been cut off themselves: so it tells them, and there is a gap for all.
 */
export class NatsBus implements Bus {
  readonly isShared = true;
  readonly #connection: NatsConnection;
  readonly #prefix: string;
  readonly #local: LocalBus;
  readonly #subscriptions = new Map<string, Subscription>();
  readonly #gapListeners = new Set<() => void>();
  readonly #onError: (error: unknown) => void;
  #lateFlush: Promise<void> | undefined;
  #isConnected = true;
  #isClosed = false;

  /** Use `openNatsBus`. */
  constructor(connection: NatsConnection, { scope, onError = () => {}, onChange = () => {} }: NatsBusOptions) {
    this.#connection = connection;
    this.#prefix = `chat.${toWord(scope)}`;
    this.#onError = onError;
    this.#local = new LocalBus(onError);
    connection.subscribe(this.#gapSubject, { callback: () => this.#tellGap() });
    void this.#watch(onChange);
  }

  get isConnected(): boolean {
    return this.#isConnected && this.#lateFlush === undefined;
  }

  publish(topic: string, frame: string, control?: BusControl): void {
    if (this.#isClosed) return;
    this.#local.publish(topic, frame, control);
    // While it is away the client would keep everything in memory, to send it when nobody needs it any more.
    if (!this.#isConnected) return;
    this.#send(this.#subject(topic), encode(frame, control));
  }

  subscribe(topic: string, handler: BusHandler): () => void {
    if (this.#isClosed) return () => {};
    if (!this.#local.hasSubscribers(topic)) this.#listen(topic);
    const unsubscribe = this.#local.subscribe(topic, handler);
    return () => {
      unsubscribe();
      if (this.#local.hasSubscribers(topic)) return;
      this.#subscriptions.get(topic)?.unsubscribe();
      this.#subscriptions.delete(topic);
    };
  }

  async flush(): Promise<void> {
    if (!this.#isConnected) throw new Error('The connection to NATS is lost.');
    const answered = this.#connection.flush();
    if (await isWithin(answered, FLUSH_MS)) return;
    // Whoever did not wait has missed something. Answers keep their order, so the last one speaks for all.
    this.#lateFlush = answered;
    answered.then(
      () => {
        if (this.#lateFlush !== answered) return;
        this.#lateFlush = undefined;
        this.#tellGap();
      },
      // The connection is lost: there will be a gap when it is back.
      () => {},
    );
    throw new Error('NATS does not answer.');
  }

  onGap(listener: () => void): () => void {
    this.#gapListeners.add(listener);
    return () => void this.#gapListeners.delete(listener);
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    await this.#local.close();
    this.#subscriptions.clear();
    this.#gapListeners.clear();
    // Draining sends what is on its way; without a connection there is no way.
    if (this.#isConnected) await this.#connection.drain().catch(() => {});
    await this.#connection.close();
  }

  get #gapSubject(): string {
    return `${this.#prefix}.gap`;
  }

  #subject(topic: string): string {
    return `${this.#prefix}.topic.${toWord(topic)}`;
  }

  #send(subject: string, data: string): void {
    try {
      this.#connection.publish(subject, data);
    } catch (error) {
      this.#onError(error);
    }
  }

  #listen(topic: string): void {
    const callback = (error: Error | null, message: { readonly data: Uint8Array }) => {
      if (error) return this.#onError(error);
      try {
        this.#local.publish(topic, ...decode(message.data));
      } catch (cause) {
        this.#onError(cause);
      }
    };
    this.#subscriptions.set(topic, this.#connection.subscribe(this.#subject(topic), { callback }));
  }

  #tellGap(): void {
    for (const listener of [...this.#gapListeners]) {
      try {
        listener();
      } catch (error) {
        this.#onError(error);
      }
    }
  }

  async #watch(onChange: (isConnected: boolean) => void): Promise<void> {
    for await (const { type } of this.#connection.status()) {
      if (type !== 'disconnect' && type !== 'reconnect') continue;
      this.#isConnected = type === 'reconnect';
      this.#lateFlush = undefined;
      onChange(this.#isConnected);
      if (!this.#isConnected) continue;
      // Before anything else that this node says: what it said until now is in the store when the others look there.
      this.#send(this.#gapSubject, '');
      this.#tellGap();
    }
  }
}

/** @throws the client's error when none of the servers answers */
export async function openNatsBus(address: NatsAddress, options: NatsBusOptions): Promise<NatsBus> {
  const { servers, tls, ...proof } = address;
  const connection = await connect({
    ...proof,
    ...(tls && { tls: {} }),
    servers: [...servers],
    name: 'chat-widget-server',
    timeout: 5_000,
    // Our own sockets were served already.
    noEcho: true,
    pingInterval: PING_MS,
    maxPingOut: PINGS_UNANSWERED,
    reconnectTimeWait: RECONNECT_MS,
    maxReconnectAttempts: -1,
    // A password that is being changed must not silence a node for good.
    ignoreAuthErrorAbort: true,
  });
  return new NatsBus(connection, options);
}

/** Subjects are words separated by dots, and `*` and `>` are wildcards; nothing of that may come out of an id. */
function toWord(text: string): string {
  return encodeURIComponent(text).replace(/[.*]/g, (sign) => (sign === '.' ? '%2E' : '%2A'));
}

/** @throws what the promise rejects with, when that is soon */
async function isWithin(promise: Promise<void>, ms: number): Promise<boolean> {
  const { promise: late, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(resolve, ms, false);
  try {
    return await Promise.race([promise.then(() => true), late]);
  } finally {
    clearTimeout(timer);
  }
}

/** A line of JSON (empty without a control), then the frame as it is: sockets get the very same text. */
function encode(frame: string, control: BusControl | undefined): string {
  return `${control ? JSON.stringify(control) : ''}\n${frame}`;
}

const decoder = new TextDecoder();

function decode(data: Uint8Array): [frame: string, control?: BusControl] {
  const text = decoder.decode(data);
  const end = text.indexOf('\n');
  if (end < 0) throw new Error('A message on the bus is not one of ours.');
  const frame = text.slice(end + 1);
  return end === 0 ? [frame] : [frame, JSON.parse(text.slice(0, end)) as BusControl];
}
