import { randomUUID } from 'node:crypto';
import type { FastifyBaseLogger } from 'fastify';
import type { Presence } from '../../src/api/protocol.ts';
import type { Bus } from './bus/bus.ts';
import type { Agents } from './store/agents.ts';
import type { AgentRow } from './store/rows.ts';
import { StoreUnavailable } from './store/store-unavailable.ts';
import { topics } from './topics.ts';

export interface PresenceOptions {
  readonly store: { readonly agents: Pick<Agents, 'list' | 'holdOnline' | 'capOnline' | 'signedIn'> };
  readonly bus: Bus;
  readonly log: FastifyBaseLogger;
  /** ms since 1970. */
  readonly now: () => number;
  /** How long an agent without a socket still counts as there, ms. */
  readonly presenceMs: number;
}

/** What has changed since it was told last. */
export interface PresenceChange {
  /** By agent id: those for whom it changed. */
  readonly agents: Readonly<Record<string, Presence>>;
  /** Some agent is online; only when that changed. */
  readonly online?: boolean;
}

/** After one look the next waits this long (ms), so that what changes together is read and told together. */
const TOGETHER_MS = 250;
/** Nodes vouch for their agents anew this often within `presenceMs`: one that was late is not a death. */
const RENEWALS = 3;
/** A node that is alone on its data vouches once. No date is later (ECMA-262, time values). */
const FOREVER = 8.64e15;

/**
 * Who of the agents is there. Each node vouches in the store for those who have a socket on it, until `presenceMs` from
 * now, and again in time; a bus message makes the others look sooner. So a reload, a restart and the death of a node are
 * one and the same: nobody vouches any more, the time runs out, every node sees it. Only who has signed out everywhere is
 * gone at once. The nodes' clocks must agree within a few seconds.
 */
export class AgentPresence {
  readonly #options: PresenceOptions;
  readonly #nodeId = randomUUID();
  /** Open sockets here, by agent. */
  readonly #sockets = new Map<string, number>();
  /** Who came or left since the store was told. */
  readonly #unwritten = new Set<string>();
  readonly #told = new Map<string, Presence>();
  #online = false;
  readonly #listeners = new Set<(change: PresenceChange) => void>();
  readonly #stopListening: readonly (() => void)[];
  /** Other nodes are to look too. */
  #hasNews = false;
  /** The store was away: until then other nodes may not have vouched anew, so nobody is taken for gone. */
  #patientUntil = -Infinity;
  /** What an earlier server has promised was limited. */
  #isCapped = false;
  #lookedAt = -Infinity;
  #dueAt = Infinity;
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> = Promise.resolve();
  #isClosed = false;

  private constructor(options: PresenceOptions) {
    const { bus } = options;
    this.#options = options;
    this.#stopListening = [
      bus.subscribe(topics.agents(), (_frame, control) => {
        if (control?.except !== this.#nodeId) this.#lookIn(0);
      }),
      bus.onGap(() => this.#lookIn(0)),
    ];
  }

  /** Looks once, if the store answers. */
  static async open(options: PresenceOptions): Promise<AgentPresence> {
    const presence = new AgentPresence(options);
    presence.#lookIn(0);
    await presence.#looking;
    return presence;
  }

  /** Some agent is online, as everybody here was told. */
  get online(): boolean {
    return this.#online;
  }

  /** As this node's agents were told; what changes from there on, they hear. */
  told(agentId: string): Presence {
    return this.#told.get(agentId) ?? 'offline';
  }

  /** As this record of the agent says. */
  of({ id, disabled, away, onlineUntil }: AgentRow): Presence {
    const isThere = this.#sockets.has(id) || onlineUntil > this.#options.now();
    return disabled || !isThere ? 'offline' : away ? 'away' : 'online';
  }

  /** An agent has opened a socket here. */
  enter(agentId: string): void {
    const open = this.#sockets.get(agentId) ?? 0;
    this.#sockets.set(agentId, open + 1);
    if (open > 0) return;
    this.#unwritten.add(agentId);
    this.changed();
  }

  /** One of an agent's sockets here is closed. */
  leave(agentId: string): void {
    const open = this.#sockets.get(agentId) ?? 0;
    if (open > 1) return void this.#sockets.set(agentId, open - 1);
    this.#sockets.delete(agentId);
    this.signedOut(agentId);
  }

  /** An agent has ended a session, or closed its last socket here, which may have come to the same. */
  signedOut(agentId: string): void {
    this.#unwritten.add(agentId);
    this.changed();
  }

  /** What the store says about an agent was changed. */
  changed(): void {
    this.#hasNews = true;
    this.#lookIn(0);
  }

  /** Each node tells its own sockets. Returns how to stop. */
  onChange(listener: (change: PresenceChange) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  get #renewalMs(): number {
    return this.#options.presenceMs / RENEWALS;
  }

  /** Call it when all sockets are gone, before the store is closed. */
  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    for (const stop of this.#stopListening) stop();
    await this.#looking;
    // The last ones have just gone. Should this fail, the next start sees to it.
    await this.#vouch().catch(() => {});
  }

  /** Looks after so long (ms), or sooner if that was asked for before; one look at a time. */
  #lookIn(ms: number): void {
    const at = Math.max(performance.now() + ms, this.#lookedAt + TOGETHER_MS);
    if (this.#isClosed || at >= this.#dueAt) return;
    clearTimeout(this.#timer);
    this.#dueAt = at;
    const look = (): void => {
      this.#dueAt = Infinity;
      this.#looking = this.#looking.then(() => this.#look());
    };
    const wait = at - performance.now();
    if (wait <= 0) return look();
    this.#timer = setTimeout(look, wait);
    this.#timer.unref();
  }

  async #look(): Promise<void> {
    const { store, bus, log } = this.#options;
    this.#lookedAt = performance.now();
    try {
      await this.#vouch();
      const agents = await store.agents.list();
      const patienceMs = this.#patientUntil - performance.now();
      if (patienceMs > 0) this.#lookIn(patienceMs);
      else this.#see(agents);
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) log.error({ err: error }, 'who of the agents is there cannot be told');
      if (bus.isShared) this.#patientUntil = performance.now() + 2 * this.#renewalMs;
      this.#lookIn(this.#renewalMs);
    }
  }

  /** Says in the store who is here, and who was until now. */
  async #vouch(): Promise<void> {
    const { store, bus, now } = this.#options;
    if (bus.isShared) for (const id of this.#sockets.keys()) this.#unwritten.add(id);
    const ids = [...this.#unwritten];
    const here = ids.filter((id) => this.#sockets.has(id));
    const gone = ids.filter((id) => !this.#sockets.has(id));
    const at = now();
    const until = at + this.#options.presenceMs;
    this.#unwritten.clear();
    try {
      // Whoever was there when the server ended has that long to come back.
      if (!this.#isCapped) await store.agents.capOnline(until);
      this.#isCapped = true;
      await store.agents.holdOnline(here, bus.isShared ? until : FOREVER);
      const signedIn = await store.agents.signedIn(gone, at);
      const left = gone.filter((id) => !signedIn.has(id));
      await store.agents.holdOnline([...signedIn], until);
      await store.agents.holdOnline(left, at);
    } catch (error) {
      for (const id of ids) this.#unwritten.add(id);
      throw error;
    }
    if (!this.#hasNews) return;
    this.#hasNews = false;
    bus.publish(topics.agents(), '', { except: this.#nodeId });
  }

  #see(agents: readonly AgentRow[]): void {
    const { bus, now } = this.#options;
    const changes: Record<string, Presence> = {};
    let nextMs = bus.isShared ? this.#renewalMs : Infinity;
    for (const agent of agents) {
      const presence = this.of(agent);
      if (presence !== this.told(agent.id)) changes[agent.id] = presence;
      this.#told.set(agent.id, presence);
      const leftMs = agent.onlineUntil - now();
      if (leftMs > 0 && !this.#sockets.has(agent.id)) nextMs = Math.min(nextMs, leftMs);
    }
    if (nextMs < Infinity) this.#lookIn(Math.min(nextMs, this.#options.presenceMs));
    if (Object.keys(changes).length === 0) return;
    const online = [...this.#told.values()].includes('online');
    const change = { agents: changes, ...(online === this.#online ? {} : { online }) };
    this.#online = online;
    for (const tell of this.#listeners) tell(change);
  }
}
