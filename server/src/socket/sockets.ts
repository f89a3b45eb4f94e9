import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { WebSocket } from 'ws';
import { CloseCode } from '../../../src/api/protocol.ts';
import type { OnlineNotice, TeamNotice } from '../../../src/api/protocol.ts';
import type { Parts } from '../parts.ts';
import type { PresenceChange } from '../presence.ts';
import { Refusal, tooMany } from '../refusal.ts';
import { encode } from '../tell.ts';
import { topics } from '../topics.ts';
import { Connection } from './connection.ts';
import { HoursWatch } from './hours-watch.ts';
import { Hub } from './hub.ts';
import { RuleWatch } from './rule-watch.ts';
import type { AgentSession, Budgets, Door, VisitorSession } from './session.ts';
import { TokenBuckets } from './token-bucket.ts';

/** The round of heartbeats is cut into so many parts, so that pings do not leave all at once. */
const BEATS = 20;
const SWEEP_MS = 60_000;
/** Closing a few sockets needs no spreading: this much time for each. */
const DRAIN_MS_PER_SOCKET = 2;
/** How long a closed socket's client has to say goodbye too. */
const FAREWELL_MS = 1_500;

/** All sockets of this node. */
export class Sockets {
  readonly #parts: Parts;
  readonly #hub: Hub;
  readonly #open = new Map<Pick<Connection, 'beat' | 'close' | 'settled'>, WebSocket>();
  readonly #agents = new Set<Pick<Connection, 'follow'>>();
  readonly #perAddress = new Map<string, number>();
  readonly #addressFrames = new TokenBuckets();
  /** For the visitors' doors. */
  readonly budgets: Budgets = { messages: new TokenBuckets(), starts: new TokenBuckets() };
  readonly #rules: RuleWatch;
  readonly #hours: HoursWatch;
  readonly #timers: readonly NodeJS.Timeout[];
  readonly #stopResuming: () => void;
  readonly #stopPresence: () => void;
  readonly #stopNewInboxes: () => void;
  /** As they were told last. */
  #faces = '';
  #draining = false;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#hub = new Hub(parts.bus);
    this.#rules = new RuleWatch(parts);
    this.#hours = new HoursWatch({
      ...parts,
      watched: () => this.#rules.inboxIds,
      tell: (inboxId, hours) => {
        const { online } = parts.presence;
        this.#hub.tell(topics.settings(inboxId), encode({ type: 'online', online, hours }));
      },
    });
    const { heartbeatMs } = parts.config.limits;
    this.#timers = [
      setInterval(() => this.#beat(), Math.max(1, heartbeatMs / BEATS)),
      setInterval(() => this.#sweep(), SWEEP_MS),
    ];
    for (const timer of this.#timers) timer.unref();
    // What was said on other nodes meanwhile is in the store: whoever comes again says how far they got, and gets it.
    this.#stopPresence = parts.presence.onChange((change) => this.#tellPresence(change));
    this.#stopNewInboxes = parts.bus.subscribe(topics.newInboxes(), (inboxId) => {
      for (const agent of this.#agents) agent.follow(topics.inbox(inboxId));
    });
    this.#stopResuming = parts.bus.onGap(() => void this.#sendAway([...this.#open.keys()], 'come again'));
  }

  /**
   * Asked before an upgrade.
   *
   * @param address prefix that shares one budget
   * @throws Refusal when the server is going down, or the address has too many sockets already
   */
  admit(address: string): void {
    if (this.#draining)
      throw new Refusal('unavailable', 'The server is going down. Come back.', { retryAfterMs: 1_000 });
    if ((this.#perAddress.get(address) ?? 0) >= this.#parts.config.limits.socketsPerAddress) {
      throw tooMany('socketsPerAddress', 10_000);
    }
  }

  /** Takes an upgraded socket in. */
  add<S extends VisitorSession | AgentSession>(socket: WebSocket, wire: Socket, door: Door<S>, address: string): void {
    const { limits } = this.#parts.config;
    const connection = new Connection<S>({
      id: randomUUID(),
      socket,
      wire,
      door,
      hub: this.#hub,
      parts: this.#parts,
      addressFrames: this.#addressFrames.get(address, limits.framesPerAddress, this.#parts.now()),
    });
    this.#open.set(connection, socket);
    this.#perAddress.set(address, (this.#perAddress.get(address) ?? 0) + 1);
    const { inboxId } = door;
    if (inboxId !== undefined) this.#rules.add(inboxId, connection);
    if (door.name === 'agent') this.#agents.add(connection);
    socket.once('close', () => {
      this.#open.delete(connection);
      this.#agents.delete(connection);
      if (inboxId !== undefined) this.#rules.remove(inboxId, connection);
      const left = (this.#perAddress.get(address) ?? 1) - 1;
      if (left > 0) this.#perAddress.set(address, left);
      else this.#perAddress.delete(address);
    });
    if (this.#draining) connection.close(CloseCode.restart, 'restarting');
  }

  /** Sends all clients away, after what each has sent so far was answered. Resolves when all sockets are gone. */
  async drain(): Promise<void> {
    this.#draining = true;
    this.#stopResuming();
    this.#stopPresence();
    this.#stopNewInboxes();
    const sockets = [...this.#open];
    await this.#sendAway([...this.#open.keys()], 'restarting');
    // Where all have gone, nothing waits for its end.
    const farewell = wait(FAREWELL_MS, undefined, { ref: false });
    await Promise.race([Promise.all(sockets.map(([, socket]) => closed(socket))), farewell]);
    for (const socket of this.#open.values()) socket.terminate();
    for (const timer of this.#timers) clearInterval(timer);
    this.#rules.close();
    this.#hours.close();
  }

  /** Tells clients to come again (1012), spread over time so that they do not come all at once. */
  async #sendAway(connections: readonly Pick<Connection, 'close' | 'settled'>[], reason: string): Promise<void> {
    const all = Math.min(this.#parts.config.limits.drainMs, connections.length * DRAIN_MS_PER_SOCKET);
    const started = performance.now();
    for (const [index, connection] of connections.entries()) {
      const ahead = (index / connections.length) * all - (performance.now() - started);
      if (ahead > 5) await wait(ahead);
      void connection.settled().then(() => connection.close(CloseCode.restart, reason));
    }
  }

  #tellPresence({ agents, online }: PresenceChange): void {
    this.#hub.tell(topics.agents(), encode({ type: 'presence', agents }));
    if (online !== undefined) this.#tellWidgets({ type: 'online', online });
    void this.#tellTeam();
  }

  /** Where the store is away, faces stay as they were: who comes again gets them anew. */
  async #tellTeam(): Promise<void> {
    const team = await this.#parts.team.list().catch(() => undefined);
    const faces = JSON.stringify(team);
    if (!team || faces === this.#faces) return;
    this.#faces = faces;
    this.#tellWidgets({ type: 'team', team });
  }

  #tellWidgets(notice: OnlineNotice | TeamNotice): void {
    const frame = encode(notice);
    for (const inboxId of this.#rules.inboxIds) this.#hub.tell(topics.settings(inboxId), frame);
  }

  #beat(): void {
    const now = this.#parts.now();
    for (const connection of this.#open.keys()) connection.beat(now);
  }

  #sweep(): void {
    const now = this.#parts.now();
    this.#addressFrames.sweep(now);
    this.budgets.messages.sweep(now);
    this.budgets.starts.sweep(now);
  }
}

function closed(socket: WebSocket): Promise<void> {
  if (socket.readyState === socket.CLOSED) return Promise.resolve();
  return new Promise((resolve) => socket.once('close', () => resolve()));
}
