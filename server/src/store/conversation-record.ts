import type { Author } from '../../../src/api/protocol.ts';
import type { ConversationRow } from './rows.ts';
import type { CONVERSATION_CHANGES, ConversationRecord } from './schema.ts';

export function toConversationRow(record: ConversationRecord): ConversationRow {
  return {
    id: record.id,
    number: record.number,
    inboxId: record.inbox_id,
    contactId: record.contact_id,
    state: record.state,
    verification: record.verification,
    createdAt: record.created_at,
    updatedAt: record.updated_at,
    lastSeq: record.last_seq,
    lastNoteSeq: record.last_note_seq,
    lastMessageSeq: record.last_message_seq,
    contactReadSeq: record.contact_read_seq,
    agentReadSeq: record.agent_read_seq,
    contactUnread: record.contact_unread,
    agentUnread: record.agent_unread,
    agents: JSON.parse(record.agents) as Author[],
    rating: record.rating,
    canRate: record.can_rate === 1,
    bot: record.bot === 1,
    assignedAgentId: record.assigned_agent_id,
    assignedTeamId: record.assigned_team_id,
    routing: record.routing,
    isWaiting: record.waiting === 1,
  };
}

/** The part of it that the hot path writes back. */
export function toConversationChanges(
  row: ConversationRow,
): Pick<ConversationRecord, (typeof CONVERSATION_CHANGES)[number]> {
  return {
    state: row.state,
    verification: row.verification,
    updated_at: row.updatedAt,
    last_seq: row.lastSeq,
    last_note_seq: row.lastNoteSeq,
    last_message_seq: row.lastMessageSeq,
    contact_read_seq: row.contactReadSeq,
    agent_read_seq: row.agentReadSeq,
    contact_unread: row.contactUnread,
    agent_unread: row.agentUnread,
    agents: JSON.stringify(row.agents),
    rating: row.rating,
    can_rate: row.canRate ? 1 : 0,
    bot: row.bot ? 1 : 0,
    assigned_agent_id: row.assignedAgentId,
    assigned_team_id: row.assignedTeamId,
    routing: row.routing,
    waiting: row.isWaiting ? 1 : 0,
  };
}
