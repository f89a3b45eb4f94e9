import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';
import { CloseCode, PROTOCOL_VERSION } from '../../../src/api/protocol.ts';
import type { HelloFrame, ServerFrame } from '../../../src/api/protocol.ts';
import type { Inbox } from '../inbox-directory.ts';
import type { Parts } from '../parts.ts';
import { asRefusal, Refusal, tooMany } from '../refusal.ts';
import { StoreUnavailable } from '../store/store-unavailable.ts';
import { encode } from '../tell.ts';
import { refusalOf } from '../validation.ts';
import { frameValidators } from './frames.ts';
import type { FrameType } from './frames.ts';
import type { Follower, Hub } from './hub.ts';
import { Goodbye } from './session.ts';
import type { AgentSession, Door, Handler, VisitorSession } from './session.ts';
import { textFrame } from './text-frame.ts';
import { TokenBucket } from './token-bucket.ts';
import { currentTurn, holdForTurn } from './turn.ts';

/** What most sockets get at most times. */
const QUIET_PING = textFrame(encode({ type: 'ping', sent: 0 }));
/** Frames of one socket that may wait to be read: a client has 16 messages on their way, and a few signs. */
const MOST_WAITING = 100;
/** Who would have to wait for longer, ms, is cut off: a client takes what is not answered in 10 s for lost. */
const LONGEST_WAIT_MS = 5_000;
/** How often it is tried again, ms. */
const LOOK_MS = 50;

export interface ConnectionOptions<S extends VisitorSession | AgentSession> {
  readonly id: string;
  readonly socket: WebSocket;
  /** The TCP socket below: frames that are framed already go straight there. */
  readonly wire: Socket;
  readonly door: Door<S>;
  readonly hub: Hub;
  readonly parts: Parts;
  /** Shared by all sockets of one address. */
  readonly addressFrames: TokenBucket;
}

/** What does not allow one more frame, and when it may (ms). */
interface Limit {
  readonly rule: string;
  readonly waitMs: number;
}

/** One socket: its limits, its hello, its heartbeat, its end. What frames mean, the door's handlers know. */
export class Connection<S extends VisitorSession | AgentSession = VisitorSession | AgentSession> implements Follower {
  readonly id: string;
  readonly #socket: WebSocket;
  readonly #wire: Socket;
  readonly #door: Door<S>;
  readonly #hub: Hub;
  readonly #parts: Parts;
  readonly #addressFrames: TokenBucket;
  readonly #frames: TokenBucket;
  readonly #helloTimer: NodeJS.Timeout;
  /** What the hub is to bring, or will be after the hello. */
  readonly #topics = new Set<string>();
  #session: S | undefined;
  #greeting = false;
  #closed = false;
  /** Frames from the client that are not read yet: its hello is being answered, or it sends too fast. */
  #waiting: Buffer[] = [];
  /** Since when the limits allow no frame to be read, ms. */
  #stalledAt: number | undefined;
  #lookTimer: NodeJS.Timeout | undefined;
  /** Frames for the client while its welcome is being made; then undefined. */
  #held: Buffer[] | undefined;
  #heldBytes = 0;
  #pingedAt: number;
  /** The turn of the event loop in which a frame was written last. */
  #wroteIn = -1;
  /** Frames written since the last ping. */
  #sent = 0;
  #heard = true;
  readonly #working = new Set<Promise<void>>();

  constructor({ id, socket, wire, door, hub, parts, addressFrames }: ConnectionOptions<S>) {
    const now = parts.now();
    this.id = id;
    this.#socket = socket;
    this.#wire = wire;
    this.#door = door;
    this.#hub = hub;
    this.#parts = parts;
    this.#addressFrames = addressFrames;
    this.#frames = new TokenBucket(parts.config.limits.framesPerSocket, now);
    this.#pingedAt = now;
    this.#helloTimer = setTimeout(() => this.close(CloseCode.helloTimeout, 'no hello'), parts.config.limits.helloMs);
    socket.on('message', (data: Buffer, isBinary: boolean) => this.#receive(data, isBinary));
    socket.once('close', () => this.#end());
    parts.metrics.sockets.inc({ door: door.name });
  }

  /** Writes bytes that are a frame already. A client that reads too slowly is cut off, and will ask for what it missed. */
  write(frame: Buffer): void {
    if (this.#closed || this.#socket.readyState !== this.#socket.OPEN) return;
    const waiting = this.#held ? this.#heldBytes : this.#wire.writableLength;
    if (waiting + frame.length > this.#parts.config.limits.bufferedBytes) {
      this.close(CloseCode.tooSlow, 'reads too slowly');
      return;
    }
    if (this.#held) {
      this.#held.push(frame);
      this.#heldBytes += frame.length;
      return;
    }
    this.#sent += 1;
    const turn = currentTurn();
    if (this.#wroteIn === turn) holdForTurn(this.#wire);
    this.#wroteIn = turn;
    this.#wire.write(frame);
  }

  close(code: number, reason: string): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#leave();
    this.#parts.metrics.closes.inc({ code: String(code) });
    this.#socket.close(code, reason);
    // For its goodbye.
    this.#socket.resume();
  }

  /** Regular round: pings, and ends who did not answer the last ping or whose session is over. */
  beat(now: number): void {
    if (this.#session && this.#session.expiresAt <= now) return this.close(CloseCode.signedOut, 'session expired');
    // While its welcome is being made, its ping would wait behind that.
    if (this.#held || now - this.#pingedAt < this.#parts.config.limits.heartbeatMs) return;
    // Whoever is gone will not answer the close either: the library then cuts the connection. The answer of a client that
    // sends too fast waits with the rest of what it sent.
    if (!this.#heard && this.#waiting.length === 0) return this.close(CloseCode.tooSlow, 'no answer to ping');
    this.#heard = false;
    this.#pingedAt = now;
    this.write(this.#sent === 0 ? QUIET_PING : textFrame(encode({ type: 'ping', sent: this.#sent })));
    this.#sent = 0;
  }

  /** Closes the socket when the inbox's rules refuse it by now. */
  comply(inbox: Inbox): void {
    const refusal = this.#door.refusal?.(inbox, this.#session);
    if (refusal) this.close(CloseCode.refused, refusal.code);
  }

  /** Hears one more topic: now, or from its hello on. */
  follow(topic: string): void {
    if (this.#closed || this.#topics.has(topic)) return;
    this.#topics.add(topic);
    if (this.#session) this.#hub.follow(topic, this);
  }

  /** Resolves when everything that was received has been answered. */
  async settled(): Promise<void> {
    await Promise.allSettled([...this.#working]);
  }

  #receive(data: Buffer, isBinary: boolean): void {
    if (this.#closed) return;
    this.#heard = true;
    if (isBinary) return this.close(CloseCode.badFrame, 'frames are text');
    const waiting = this.#waiting.push(data);
    if (waiting === 1) this.#readOn();
    else if (waiting > MOST_WAITING) this.#cutOff(this.#overLimit() ?? { rule: 'framesPerSocket', waitMs: LOOK_MS });
  }

  /**
   * Reads what waits, as far as it may. While anything has to wait, nothing more is taken from the network: the rest stays
   * on its way, in its order. A frame that is dropped would be overtaken by those behind it.
   */
  #readOn(): void {
    while (this.#waiting.length > 0 && !this.#greeting) {
      const limit = this.#overLimit();
      if (limit) return this.#waitFor(limit);
      this.#stalledAt = undefined;
      this.#read(this.#waiting.shift()!);
    }
    if (this.#waiting.length > 0) this.#socket.pause();
    else if (this.#socket.isPaused) this.#socket.resume();
  }

  /** Takes what one more frame costs; else says what does not allow it. */
  #overLimit(): Limit | undefined {
    const now = this.#parts.now();
    const ownWait = this.#frames.take(now);
    if (ownWait > 0) return { rule: 'framesPerSocket', waitMs: ownWait };
    const sharedWait = this.#addressFrames.take(now);
    if (sharedWait === 0) return undefined;
    this.#frames.give();
    return { rule: 'framesPerAddress', waitMs: sharedWait };
  }

  #waitFor(limit: Limit): void {
    const now = this.#parts.now();
    this.#stalledAt ??= now;
    if (Math.max(limit.waitMs, now - this.#stalledAt) > LONGEST_WAIT_MS) return this.#cutOff(limit);
    this.#socket.pause();
    this.#lookTimer = setTimeout(() => this.#readOn(), LOOK_MS);
  }

  /** Nothing more is read of this socket: its client comes again, and begins with what was not answered. */
  #cutOff({ rule, waitMs }: Limit): void {
    this.#parts.metrics.refusals.inc({ code: 'rate_limited' });
    const { code, message } = tooMany(rule, waitMs);
    this.#say({ type: 'error', code, message, retryAfterMs: waitMs });
    this.close(CloseCode.tryLater, 'too many frames');
  }

  #read(data: Buffer): void {
    let frame: unknown;
    try {
      frame = JSON.parse(data.toString());
    } catch {
      return this.close(CloseCode.badFrame, 'not JSON');
    }
    if (typeof frame !== 'object' || frame === null || !('type' in frame) || typeof frame.type !== 'string') {
      return this.close(CloseCode.badFrame, 'no type');
    }
    const validator = frameValidators.get(frame.type);
    this.#parts.metrics.frames.inc({ type: validator ? frame.type : 'unknown' });
    if (!this.#session && frame.type !== 'hello') return this.close(CloseCode.badFrame, 'hello comes first');
    // A newer client may know frames that we do not.
    if (!validator) return;
    if (!validator.Check(frame)) return this.#refuse(refusalOf(validator.Errors(frame)), frame);
    // The validators are proven equal to the protocol's types, see test/socket/frames.types.ts.
    this.#dispatch(frame as { readonly type: FrameType });
  }

  #dispatch(frame: { readonly type: FrameType }): void {
    if (frame.type === 'pong') return;
    if (frame.type === 'hello') return this.#work(this.#greet(frame as HelloFrame), frame);
    const handler = this.#door.handlers[frame.type] as Handler<S, FrameType>;
    try {
      const replies = handler(this.#session as S, frame as never, this.#parts);
      if (replies instanceof Promise)
        this.#work(
          replies.then((frames) => this.#sayAll(frames ?? [])),
          frame,
        );
      else this.#sayAll(replies ?? []);
    } catch (error) {
      this.#refuse(error, frame);
    }
  }

  #work(task: Promise<void>, frame: object): void {
    const tracked = task
      .catch((error: unknown) => this.#refuse(error, frame))
      .finally(() => this.#working.delete(tracked));
    this.#working.add(tracked);
  }

  async #greet(hello: HelloFrame): Promise<void> {
    if (this.#session) throw new Refusal('bad_request', 'hello was said already.');
    if (hello.version !== PROTOCOL_VERSION) return this.close(CloseCode.version, `speak version ${PROTOCOL_VERSION}`);
    clearTimeout(this.#helloTimer);
    this.#greeting = true;
    try {
      const session = await this.#door.identify(hello, this.id);
      if (this.#closed) return;
      this.#session = session;
      this.#held = [];
      for (const topic of session.topics) this.#topics.add(topic);
      for (const topic of this.#topics) this.#hub.follow(topic, this);
      this.#door.enter?.(session);
      await this.#hub.settled();
      const frames = await this.#door.welcome(session, hello);
      const held = this.#held ?? [];
      this.#held = undefined;
      this.#sayAll(frames);
      for (const frame of held) this.write(frame);
    } catch (error) {
      if (error instanceof Goodbye) return this.close(error.code, error.message);
      if (!(error instanceof StoreUnavailable)) this.#parts.log.error({ err: error }, 'hello failed');
      this.close(CloseCode.tryLater, 'try later');
      return;
    } finally {
      this.#greeting = false;
    }
    this.#readOn();
  }

  #sayAll(frames: readonly ServerFrame[]): void {
    // Several leave in one piece.
    if (frames.length > 1) this.#wroteIn = currentTurn();
    for (const frame of frames) this.#say(frame);
  }

  #say(frame: ServerFrame): void {
    this.write(textFrame(encode(frame)));
  }

  /** Makes an `error` frame of whatever a handler threw. */
  #refuse(error: unknown, frame: object): void {
    const refusal = asRefusal(error, this.#parts.log);
    this.#parts.metrics.refusals.inc({ code: refusal.code });
    const text = (name: string): string | undefined => {
      const value: unknown = Reflect.get(frame, name);
      return typeof value === 'string' ? value.slice(0, 64) : undefined;
    };
    this.#say({
      type: 'error',
      code: refusal.code,
      message: refusal.message,
      field: refusal.details.field,
      clientId: text('clientId'),
      conversationId: text('conversationId'),
      retryAfterMs: refusal.details.retryAfterMs,
    });
  }

  #leave(): void {
    clearTimeout(this.#helloTimer);
    clearTimeout(this.#lookTimer);
    this.#waiting = [];
    if (!this.#session) return;
    for (const topic of this.#topics) this.#hub.unfollow(topic, this);
    this.#door.leave?.(this.#session);
  }

  #end(): void {
    if (!this.#closed) this.#leave();
    this.#closed = true;
    this.#held = undefined;
    this.#parts.metrics.sockets.dec({ door: this.#door.name });
  }
}
