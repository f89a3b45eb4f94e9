import type { AppendBatch, Draft } from './append-batch.ts';
import type { AppendRequest, Assignment, Writer } from './append-request.ts';
import { writeExtras } from './entry-record.ts';
import type { EntryRecord } from './schema.ts';

/** Says who has the conversation from now on. Nothing is written where it is so already, or stands otherwise than expected. */
export function assign(request: AppendRequest, draft: Draft, batch: AppendBatch): readonly EntryRecord[] {
  const { by, assignment = {} } = request;
  const { row } = draft;
  const { expected } = assignment;
  if (expected) {
    const isSo = row.assignedAgentId === expected.assignedAgentId && row.isWaiting === expected.isWaiting;
    if (!isSo || row.state !== 'open') return [];
  }
  return put(assignment, by, draft, batch);
}

/** Who answers a conversation for which somebody is looked for has it. */
export function take(by: Writer, draft: Draft, batch: AppendBatch): readonly EntryRecord[] {
  if (by.kind !== 'agent' || !draft.row.isWaiting) return [];
  return put({ agent: { id: by.agentId, name: by.name } }, by, draft, batch);
}

/** Who hands a conversation over has it no more. */
export function giveBack({ by }: AppendRequest, draft: Draft, batch: AppendBatch): readonly EntryRecord[] {
  if (by.kind !== 'agent' || draft.row.assignedAgentId !== by.agentId) return [];
  return put({ agent: null }, by, draft, batch);
}

function put(assignment: Assignment, by: Writer, draft: Draft, batch: AppendBatch): readonly EntryRecord[] {
  const { agent, team, waits = false } = assignment;
  const { row } = draft;
  if (row.isWaiting !== waits) draft.changed = true;
  row.isWaiting = waits;
  const isNewAgent = agent !== undefined && (agent?.id ?? null) !== row.assignedAgentId;
  const isNewTeam = team !== undefined && (team?.id ?? null) !== row.assignedTeamId;
  if (isNewAgent) row.assignedAgentId = agent?.id ?? null;
  if (isNewTeam) row.assignedTeamId = team?.id ?? null;
  // By hand: from now on it is for that team, whatever was found at its start.
  if (isNewTeam && !assignment.expected) row.routing = null;
  if (!isNewAgent && !isNewTeam) return [];
  const extras = writeExtras({ ...(isNewAgent && { agent }), ...(isNewTeam && { team }) });
  return [batch.add(draft, by, 'assigned', { extras })];
}
