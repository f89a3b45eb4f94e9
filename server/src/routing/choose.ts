import { createHash } from 'node:crypto';
import type { Team } from '../../../src/api/protocol.ts';
import type { InboxSettings } from '../settings.ts';
import type { Assignment } from '../store/append-request.ts';
import type { AgentRow, ConversationRow } from '../store/rows.ts';
import type { RoutingPlan } from './routing-plan.ts';
import type { Turns } from './turns.ts';

/** What decides who gets the next conversation. */
export interface Workforce {
  readonly agents: readonly AgentRow[];
  readonly teams: readonly Team[];
  /** Ids of the agents who are online. */
  readonly online: ReadonlySet<string>;
  /** How many open conversations each has; who gets one has one more. */
  readonly loads: Map<string, number>;
  readonly turns: Turns;
}

type AssignmentSettings = InboxSettings['assignment'];
type Strategy = Team['strategy'];

/** Who gets a conversation: somebody who is online and has room for it, or else nobody yet, and it waits. */
export function choose(row: ConversationRow, settings: AssignmentSettings, work: Workforce): Assignment {
  const plan = planOf(row);
  const teams = work.teams.filter(({ id }) => plan.teams?.includes(id));
  const agents = work.agents.filter(({ id, disabled }) => !disabled && plan.agents?.includes(id));
  const [first] = teams;
  if (first && agents.length === 0 && teams.every(({ strategy }) => strategy === 'manual')) {
    return { agent: null, team: toNamed(first) };
  }
  const members = teams.filter(({ strategy }) => strategy !== 'manual').flatMap(({ agentIds }) => agentIds);
  const isForSome = agents.length + teams.length > 0;
  const pool = isForSome ? [...agents.map(({ id }) => id), ...members] : work.agents.map(({ id }) => id);
  const strategy = first && teams.length === 1 && agents.length === 0 ? first.strategy : settings.strategy;
  const agent = pick(pool, strategy, settings, work);
  if (agent) return { agent: toNamed(agent), team: toNamed(teams.find(({ agentIds }) => agentIds.includes(agent.id))) };
  return fallBack(settings, work) ?? { agent: null, team: toNamed(first), waits: true };
}

/** Where those for whom it is are not there, or have enough to do. */
function fallBack(settings: AssignmentSettings, work: Workforce): Assignment | undefined {
  const { fallback, fallbackTeam, strategy } = settings;
  if (fallback === 'wait') return undefined;
  const team = fallback === 'team' ? work.teams.find(({ id }) => id === fallbackTeam.trim()) : undefined;
  const pool = fallback === 'everybody' ? work.agents.map(({ id }) => id) : (team?.agentIds ?? []);
  const agent = pick(pool, team?.strategy ?? strategy, settings, work);
  return agent && { agent: toNamed(agent), team: toNamed(team) };
}

/** One of the pool; it is counted as theirs. */
function pick(
  pool: readonly string[],
  strategy: Strategy,
  { capacity }: AssignmentSettings,
  { agents, online, loads, turns }: Workforce,
): AgentRow | undefined {
  const loadOf = (id: string): number => loads.get(id) ?? 0;
  const members = agents.filter(({ id, disabled }) => pool.includes(id) && !disabled);
  const free = members.filter(
    ({ id, capacity: own }) => online.has(id) && loadOf(id) < (own ?? (capacity || Infinity)),
  );
  const key = keyOf(members);
  const inTurn = turns.inOrder(
    key,
    free.map(({ id }) => id),
  );
  const chosen = strategy === 'leastBusy' ? inTurn.toSorted((one, other) => loadOf(one) - loadOf(other))[0] : inTurn[0];
  if (chosen === undefined) return undefined;
  turns.take(key, chosen);
  loads.set(chosen, loadOf(chosen) + 1);
  return free.find(({ id }) => id === chosen);
}

/** What a conversation that is looked after anew was for: what was found at its start, or else its team. */
function planOf({ routing, assignedTeamId }: ConversationRow): RoutingPlan {
  if (routing !== null) return JSON.parse(routing) as RoutingPlan;
  return assignedTeamId === null ? {} : { teams: [assignedTeamId] };
}

/** A name for these agents, whichever teams they are in. */
function keyOf(members: readonly AgentRow[]): string {
  const ids = members.map(({ id }) => id).sort();
  return createHash('sha256').update(ids.join()).digest('base64url');
}

function toNamed(one: { readonly id: string; readonly name: string }): { readonly id: string; readonly name: string };
function toNamed(one?: { readonly id: string; readonly name: string }): {
  readonly id: string;
  readonly name: string;
} | null;
function toNamed(one?: { readonly id: string; readonly name: string }) {
  return one ? { id: one.id, name: one.name } : null;
}
