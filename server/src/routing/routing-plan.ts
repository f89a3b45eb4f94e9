import type { Route, Team } from '../../../src/api/protocol.ts';
import { holds } from '../../../src/api/rules.ts';
import type { InboxSettings } from '../settings.ts';
import type { AssignmentRule } from '../store/assignment-rules.ts';
import type { AgentRow } from '../store/rows.ts';
import { nameKey } from '../store/teams.ts';

/** For whom a conversation is, by id, as was found at its start. Empty: for whoever is there. */
export interface RoutingPlan {
  readonly agents?: readonly string[];
  readonly teams?: readonly string[];
}

/** Who there is, and what is to be asked. */
export interface RoutingBook {
  readonly agents: readonly AgentRow[];
  readonly teams: readonly Team[];
  readonly rules: readonly AssignmentRule[];
}

/** A conversation that begins. */
export interface Beginning {
  readonly inboxId: string;
  readonly settings: Pick<InboxSettings, 'assignment'>;
  /** What its page says. */
  readonly route?: Route | undefined;
  /** What the server knows of it; leads before what the page says. */
  readonly parameters: Readonly<Record<string, string | undefined>>;
}

/** Finds somebody for each conversation that waits. */
export interface ConversationRouter {
  /** For whom a conversation is that begins, a `RoutingPlan` as JSON; undefined: nobody is looked for. */
  plan(beginning: Beginning): string | undefined;
  /** Something waits, or somebody has room again. */
  look(): void;
  /** Agents, teams or rules are others now: every node is to look. */
  changed(): Promise<void>;
}

/** For whom a conversation is that begins; null: nobody is looked for. */
export function planRouting(book: RoutingBook, { inboxId, settings, route = {}, parameters }: Beginning) {
  const { strategy, pages } = settings.assignment;
  const { to, rules: asksRules = true, among, parameters: said } = pages ? route : { parameters: route.parameters };
  const read = (key: string): string | undefined => parameters[key] ?? (said && own(said, key));
  const rule = (asksRules ? book.rules : []).find(
    ({ enabled, inboxId: only, conditions, to: targets }) =>
      enabled &&
      (only ?? inboxId) === inboxId &&
      conditions.every((condition) => holds(condition, read)) &&
      named(book, targets) !== undefined,
  );
  return named(book, to) ?? named(book, rule?.to) ?? named(book, among) ?? (strategy === 'manual' ? null : {});
}

const own = (said: Readonly<Record<string, string>>, key: string): string | undefined =>
  Object.hasOwn(said, key) ? said[key] : undefined;

/** Those whom these ids and names stand for; undefined: nobody. */
function named({ agents, teams }: RoutingBook, names: readonly string[] = []): RoutingPlan | undefined {
  const keys = new Set(names.map(nameKey));
  const isMeant = ({ id, name }: { readonly id: string; readonly name: string }): boolean =>
    keys.has(id) || keys.has(nameKey(name));
  const plan = {
    agents: agents.filter((agent) => !agent.disabled && isMeant(agent)).map(({ id }) => id),
    teams: teams.filter(isMeant).map(({ id }) => id),
  };
  return plan.agents.length + plan.teams.length > 0 ? plan : undefined;
}
