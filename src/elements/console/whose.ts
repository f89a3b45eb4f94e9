import type { AgentConversation, Team } from '../../api/protocol.ts';
import type { ConsoleStrings } from '../../text/console-strings.ts';

/** Whose conversations an agent wants to see: everybody's, their own, those of their teams, or those that nobody has. */
export type Whose = keyof ConsoleStrings['ofWhom'];

export const WHOSE: readonly Whose[] = ['all', 'mine', 'team', 'nobody'];

const KEY = 'chat-console:whose';

/** What was chosen last on this device. */
export function readWhose(): Whose {
  try {
    return WHOSE.find((each) => each === localStorage.getItem(KEY)) ?? 'all';
  } catch {
    // Storage is blocked: everybody's each time.
    return 'all';
  }
}

/** Remembers it. */
export function writeWhose(whose: Whose): void {
  try {
    localStorage.setItem(KEY, whose);
  } catch {
    // Storage is blocked: everybody's each time.
  }
}

/**
 * Does the agent want to see this one?
 *
 * @param teams all there are
 */
export function isWanted(
  { assignee = {} }: AgentConversation,
  whose: Whose,
  agentId: string | undefined,
  teams: readonly Team[],
): boolean {
  const { agentId: holder, teamId } = assignee;
  if (whose === 'mine') return holder !== undefined && holder === agentId;
  if (whose === 'nobody') return holder === undefined;
  if (whose === 'all') return true;
  return teams.some(({ id, agentIds }) => id === teamId && agentId !== undefined && agentIds.includes(agentId));
}
