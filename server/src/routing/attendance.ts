import type { Team } from '../../../src/api/protocol.ts';
import type { Store } from '../store/store.ts';
import type { AgentRow } from '../store/rows.ts';

/** The scope of all agents together: every one of them serves every inbox. */
export const EVERYBODY = '';

/** Notes in the store who is not there any more, and when the last one of each team, and of all, went offline. */
export async function noteAttendance(
  { agents: table, routing }: Pick<Store, 'agents' | 'routing'>,
  { agents, teams }: { readonly agents: readonly AgentRow[]; readonly teams: readonly Team[] },
  online: ReadonlySet<string>,
  now: number,
): Promise<void> {
  const gone = agents.filter(({ id, absentSince }) => !online.has(id) && absentSince === null);
  const back = agents.filter(({ id, absentSince }) => online.has(id) && absentSince !== null);
  const idsOf = (some: readonly AgentRow[]): readonly string[] => some.map(({ id }) => id);
  await table.setAbsent(idsOf(gone), now);
  await table.setAbsent(idsOf(back), null);

  const known = await routing.availability();
  const scopes = [
    { id: EVERYBODY, isOnline: online.size > 0 },
    ...teams.map(({ id, agentIds }) => ({ id, isOnline: agentIds.some((agentId) => online.has(agentId)) })),
  ];
  for (const { id, isOnline } of scopes) {
    if (isOnline !== (known.get(id)?.online ?? false)) await routing.noteAvailability(id, isOnline, now);
  }
}
