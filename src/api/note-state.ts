/** What entries of the agents' own log change. */
import { applySettled, findConversation, type ChatState } from './chat-state.ts';
import { putConversation } from './log-state.ts';
import type { AgentConversation, AssignedEntry, Assignee, NoteEntry } from './protocol.ts';

/** An entry of the notes log: it is not part of the window. */
export function applyNote(state: ChatState, note: NoteEntry | AssignedEntry): ChatState {
  const next = note.type === 'note' ? applySettled(state, note.conversationId, note.clientId) : state;
  const held = findConversation(next, note.conversationId);
  if (!held || !('lastNoteSeq' in held) || held.lastNoteSeq >= note.seq) return next;
  const changed = note.type === 'assigned' ? withAssignee(held, note) : held;
  return putConversation(next, 'agent', { ...changed, lastNoteSeq: note.seq });
}

function withAssignee(
  { assignee = {}, ...rest }: AgentConversation,
  { agent, team }: AssignedEntry,
): AgentConversation {
  const agentId = agent === undefined ? assignee.agentId : agent?.id;
  const teamId = team === undefined ? assignee.teamId : team?.id;
  const now: Assignee = { ...(agentId !== undefined && { agentId }), ...(teamId !== undefined && { teamId }) };
  return { ...rest, ...(Object.keys(now).length > 0 && { assignee: now }) };
}
