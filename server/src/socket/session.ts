import type { Agent, Contact, HelloFrame, ServerFrame } from '../../../src/api/protocol.ts';
import type { Inbox } from '../inbox-directory.ts';
import type { Parts } from '../parts.ts';
import type { Refusal } from '../refusal.ts';
import type { BotCall } from './bot-call.ts';
import type { Consent } from './consent.ts';
import type { FrameOf, FrameType } from './frames.ts';
import type { SendOrder } from './send-order.ts';
import type { TokenBucket, TokenBuckets } from './token-bucket.ts';

interface SocketSession {
  readonly sessionId: string;
  /** ms since 1970. */
  readonly expiresAt: number;
  /** Id of the socket, for what is published to all but its sender. */
  readonly socketId: string;
  /** What the hub is to bring to this socket. */
  readonly topics: readonly string[];
  readonly typing: TokenBucket;
  readonly order: SendOrder;
}

/** What visitors may still do, over all sockets of the node. */
export interface Budgets {
  /** Messages, by contact. */
  readonly messages: TokenBuckets;
  /** New conversations, by address prefix. */
  readonly starts: TokenBuckets;
}

/** A visitor's socket after its hello. */
export interface VisitorSession extends SocketSession {
  readonly kind: 'visitor';
  readonly inboxId: string;
  readonly contact: Contact;
  readonly consent: Consent;
  readonly botCall: BotCall;
  /** Where it comes from (IP). */
  readonly address: string;
  /** What shares the budgets of an address. */
  readonly addressPrefix: string;
  readonly budgets: Budgets;
}

/** An agent's socket after its hello. */
export interface AgentSession extends SocketSession {
  readonly kind: 'agent';
  readonly agent: Agent;
}

/** Frames for the sender alone. What everybody hears goes over the bus. */
export type Replies = readonly ServerFrame[] | void;

/** What happens on a frame. Handlers check rights, call the store and publish; they never see a socket. */
export type Handler<S, T extends FrameType> = (
  session: S,
  frame: FrameOf<T>,
  parts: Parts,
) => Promise<Replies> | Replies;

/** One handler per frame type: a forgotten one does not compile. `hello` and `pong` are the connection's own. */
export type Handlers<S> = { readonly [T in Exclude<FrameType, 'hello' | 'pong'>]: Handler<S, T> };

/** One of the two ways in. */
export interface Door<S extends VisitorSession | AgentSession = VisitorSession | AgentSession> {
  readonly name: 'visitor' | 'agent';
  /** Finds out who says hello. @throws Goodbye when there is nobody to talk with */
  identify(hello: HelloFrame, socketId: string): Promise<S>;
  /**
   * What is said first; asked once the socket hears its topics, so that nothing falls between the two.
   * @throws Goodbye when the session has ended meanwhile
   */
  welcome(session: S, hello: HelloFrame): Promise<readonly ServerFrame[]>;
  readonly handlers: Handlers<S>;
  /** The socket hears its topics from now on, … */
  enter?(session: S): void;
  /** … and from now on no more. */
  leave?(session: S): void;
  /** Visitors: the inbox whose rules hold as long as the socket is open, … */
  readonly inboxId?: string;
  /** … and why they refuse it, before its hello or after. */
  refusal?(inbox: Inbox, session: S | undefined): Refusal | undefined;
}

/** The socket is closed, and its client is told by the code whether to come back. */
export class Goodbye extends Error {
  override readonly name = 'Goodbye';
  readonly code: number;

  constructor(code: number, reason: string) {
    super(reason);
    this.code = code;
  }
}
