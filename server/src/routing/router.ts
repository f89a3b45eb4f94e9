import { randomUUID } from 'node:crypto';
import type { Parts } from '../parts.ts';
import type { Assignment } from '../store/append-request.ts';
import type { AgentRow, ConversationRow } from '../store/rows.ts';
import type { InboxSettings } from '../settings.ts';
import { StoreUnavailable } from '../store/store-unavailable.ts';
import { appendAndTell } from '../tell.ts';
import { topics } from '../topics.ts';
import { noteAttendance } from './attendance.ts';
import { choose } from './choose.ts';
import type { Workforce } from './choose.ts';
import { planRouting } from './routing-plan.ts';
import type { Beginning, ConversationRouter, RoutingBook } from './routing-plan.ts';
import { Turns } from './turns.ts';

/** Most conversations that are decided on together. */
const TOGETHER = 200;
/** Another look, for what a node that died has left, ms. */
const LOOK_MS = 30_000;
/** How long a node that died keeps the others from deciding, ms. */
const LEASE_MS = 10_000;
/** How soon a node asks again that found another one deciding, or the store away, ms. */
const AGAIN_MS = 250;
const LEASE = 'routing';

/**
 * Finds an agent for each conversation that waits for one, and another one where its own has gone. What there is to do
 * stands in the store: a look at it takes up whatever any node has left. One node decides at a time, so that two never
 * fill up one agent.
 */
export class Router implements ConversationRouter {
  readonly #parts: Parts;
  readonly #nodeId = randomUUID();
  #book: RoutingBook = { agents: [], teams: [], rules: [] };
  #isWanted = false;
  #looking: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #isClosed = false;
  #stopListening: readonly (() => void)[] = [];

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Looks once, if the store answers; from then on whenever there is something to do. */
  async start(): Promise<void> {
    const { bus, presence } = this.#parts;
    this.#stopListening = [
      presence.onChange(() => this.look()),
      bus.subscribe(topics.routing(), () => this.look()),
      bus.onGap(() => this.look()),
    ];
    this.look();
    await this.#looking;
  }

  plan(beginning: Beginning): string | undefined {
    const plan = planRouting(this.#book, beginning);
    return plan ? JSON.stringify(plan) : undefined;
  }

  async changed(): Promise<void> {
    this.#book = await this.#read();
    this.look();
    this.#parts.bus.publish(topics.routing(), '');
  }

  look(): void {
    this.#isWanted = true;
    if (!this.#isClosed) this.#looking ??= this.#lookUntilDone();
  }

  /** Looks, and resolves when there is nothing left to decide just now. */
  async settled(): Promise<void> {
    this.look();
    await this.#looking;
  }

  /** Ends what is under way. */
  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    for (const stop of this.#stopListening) stop();
    await this.#looking;
  }

  async #lookUntilDone(): Promise<void> {
    let inMs = LOOK_MS;
    try {
      while (this.#isWanted && !this.#isClosed) {
        this.#isWanted = false;
        inMs = await this.#look();
      }
    } catch (error) {
      const { log } = this.#parts;
      if (!(error instanceof StoreUnavailable)) log.error({ err: error }, 'who gets a conversation was not decided');
      inMs = error instanceof StoreUnavailable ? AGAIN_MS : LOOK_MS;
    } finally {
      this.#looking = undefined;
      this.#lookIn(inMs);
    }
  }

  #lookIn(ms: number): void {
    if (this.#isClosed) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.look(), ms);
    this.#timer.unref();
  }

  async #read(): Promise<RoutingBook> {
    const { agents, teams, assignmentRules } = this.#parts.store;
    const [all, allTeams, rules] = await Promise.all([agents.list(), teams.list(), assignmentRules.list()]);
    return { agents: all, teams: allTeams, rules };
  }

  /** Returns when to look again, ms. */
  async #look(): Promise<number> {
    const { store, bus, now } = this.#parts;
    const { routing } = store;
    if (bus.isShared && !(await routing.lease(LEASE, this.#nodeId, now(), now() + LEASE_MS))) {
      return AGAIN_MS * (1 + Math.random());
    }
    try {
      return await this.#decide();
    } finally {
      if (bus.isShared) await routing.release(LEASE, this.#nodeId);
    }
  }

  async #decide(): Promise<number> {
    const { store, presence, now } = this.#parts;
    const book = await this.#read();
    this.#book = book;
    const online = new Set(book.agents.filter((agent) => presence.of(agent) === 'online').map(({ id }) => id));
    await noteAttendance(store, book, online, now());
    const { left, nextMs } = await this.#left(book.agents.filter(({ id }) => !online.has(id)));
    let waiting = await store.routing.waiting(TOGETHER);
    if (waiting.length + left.length === 0) return nextMs;

    const [loads, turns] = await Promise.all([store.routing.loads(), store.routing.turns()]);
    const work: Workforce = { ...book, online, loads: new Map(loads), turns: new Turns(turns) };
    for (let rows = [...left, ...waiting]; rows.length > 0; rows = [...waiting]) {
      await this.#decideOn(rows, work);
      const last = waiting.length === TOGETHER ? waiting.at(-1) : undefined;
      waiting = last ? await store.routing.waiting(TOGETHER, last.number) : [];
    }
    return nextMs;
  }

  async #decideOn(rows: readonly ConversationRow[], work: Workforce): Promise<void> {
    const { store, inboxes } = this.#parts;
    const chosen: (() => Promise<void>)[] = [];
    for (const row of rows) {
      const { settings } = await inboxes.get(row.inboxId);
      const isHandedBack = !row.isWaiting && settings.assignment.whenAway === 'handBack';
      const assignment = isHandedBack ? { agent: null } : choose(row, settings.assignment, work);
      if (isNews(row, assignment)) chosen.push(() => this.#assign(row, assignment));
    }
    // First: a turn that was taken for nothing is better than one that is taken twice.
    await store.routing.saveTurns(work.turns.taken);
    await Promise.all(chosen.map((assign) => assign()));
  }

  /** Conversations that their agents are to lose now, for they are gone; and when to look for more. */
  async #left(absent: readonly AgentRow[]) {
    const { store, inboxes, now } = this.#parts;
    const left: ConversationRow[] = [];
    let nextMs = LOOK_MS;
    if (absent.length === 0) return { left, nextMs };
    const rules = new Map<string, InboxSettings['assignment']>();
    for (const { id } of await store.inboxes.list()) {
      const { assignment } = (await inboxes.get(id)).settings;
      if (assignment.whenAway !== 'keep') rules.set(id, assignment);
    }
    const ids = absent.map(({ id }) => id);
    for (const row of await store.routing.assignedTo(ids, [...rules.keys()], TOGETHER)) {
      const { awayMinutes = 0 } = rules.get(row.inboxId) ?? {};
      const agent = absent.find(({ id }) => id === row.assignedAgentId);
      const since = agent?.disabled ? -Infinity : (agent?.absentSince ?? now());
      const leftMs = since + awayMinutes * 60_000 - now();
      if (leftMs <= 0) left.push(row);
      else nextMs = Math.min(nextMs, leftMs);
    }
    return { left, nextMs };
  }

  async #assign({ id: conversationId, assignedAgentId, isWaiting }: ConversationRow, assignment: Assignment) {
    await appendAndTell(this.#parts, {
      by: { kind: 'system' },
      ...{ conversationId, log: 'notes', type: 'assigned' },
      assignment: { ...assignment, expected: { assignedAgentId, isWaiting } },
    });
  }
}

/** Who waits on for the same team needs no word. */
function isNews(row: ConversationRow, { agent, team, waits = false }: Assignment): boolean {
  const isOther = (now: string | null, next: { readonly id: string } | null | undefined): boolean =>
    next !== undefined && (next?.id ?? null) !== now;
  return row.isWaiting !== waits || isOther(row.assignedAgentId, agent) || isOther(row.assignedTeamId, team);
}
