import type { Generated } from 'kysely';
import type { Team, TrailItem, Trigger } from '../../../src/api/protocol.ts';

/* The tables of who is reached and who answers: triggers, chatbots, visits, teams. As in `schema.ts`. */

export interface TriggerTable {
  id: string;
  inbox_id: string;
  kind: Trigger['kind'];
  name: string;
  enabled: number;
  /** Higher comes first. */
  priority: number;
  message: string;
  /** JSON array; all have to hold. */
  conditions: string;
  delay_seconds: number;
  /** JSON. */
  frequency: string;
  created_at: number;
}

/** What visitors did on the site: see `TrailItem`. Of each contact the latest only, and only for a time. */
export interface TrailTable {
  number: Generated<number>;
  id: string;
  inbox_id: string;
  contact_id: string;
  type: TrailItem['type'];
  at: number;
  url: string | null;
  title: string | null;
  referrer: string | null;
  name: string | null;
  /** JSON. */
  data: string | null;
}

/** What a trigger's chatbot says. */
export interface BotFlowTable {
  trigger_id: string;
  /** JSON, see `Flow`. */
  flow: string;
  /** What its webhooks are signed with. */
  secret: string;
}

/** Where a chatbot stands in a conversation: one row for each that ever answered. */
export interface BotRunTable {
  conversation_id: string;
  inbox_id: string;
  trigger_id: string;
  /** JSON, see `Flow`: as it was when the run began. */
  flow: string;
  /** JSON: what was known of the visit then, by parameter. */
  facts: string;
  /** JSON: what the visitor was asked for, by key. */
  answers: string;
  step: string;
  /** `act`: the step is to be done. `listen`: it is done but for the visitor's answer. */
  phase: 'act' | 'listen';
  /** Grows with whatever is done. */
  turn: number;
  /** Answers to this step that were none. */
  tries: number;
  /** Seq up to which the main log was read. */
  heard_seq: number;
  /** When there is something to be done, whether somebody answers or not, ms. */
  due_at: number;
  /** Some node is at it until then, ms. */
  claimed_until: number;
  started_at: number;
  ended_at: number | null;
  end_reason: 'done' | 'handed_over' | 'taken_over' | 'silence' | 'failed' | null;
}

export interface TeamTable {
  id: string;
  name: string;
  /** The name in lower case. */
  name_key: string;
  strategy: Team['strategy'];
  created_at: number;
}

export interface TeamMemberTable {
  team_id: string;
  agent_id: string;
}

export interface AssignmentRuleTable {
  id: string;
  /** Null: for all inboxes. */
  inbox_id: string | null;
  name: string;
  /** The first that holds counts. */
  position: number;
  enabled: number;
  /** JSON array: all of them must hold. */
  conditions: string;
  /** JSON array: ids of agents and teams. */
  targets: string;
  created_at: number;
}

/** Whose turn it is. */
export interface TurnTable {
  /** Those who take turns, see `poolOf`; empty: everybody. */
  pool: string;
  agent_id: string;
  /** A higher number was later. */
  turn: number;
}

/** What one node does for all. */
export interface LeaseTable {
  name: string;
  holder: string;
  /** ms since 1970. */
  until: number;
}

/** When the last agent of a team, or of all, went offline. */
export interface AvailabilityTable {
  /** A team's id; empty: all agents. */
  scope: string;
  online: number;
  last_offline_at: number | null;
}
