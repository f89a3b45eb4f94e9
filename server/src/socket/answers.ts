import type { Conversation, EntryFrame, ReadNotice } from '../../../src/api/protocol.ts';
import { logOf } from '../store/append-checks.ts';
import type { Appended } from '../store/append-request.ts';

/** The answer to something that was stored before: its sender has missed the echo. */
export function entryFrames({ entries }: Appended): EntryFrame[] {
  return entries.map((entry) => ({ type: 'entry', log: logOf(entry.type), entry }));
}

/** How far the contact, or some agent, has read. */
export function readNotice(
  { id, contactReadSeq, agentReadSeq }: Pick<Conversation, 'id' | 'contactReadSeq' | 'agentReadSeq'>,
  by: 'contact' | 'agent',
): ReadNotice {
  return { type: 'read', conversationId: id, by, seq: by === 'contact' ? contactReadSeq : agentReadSeq };
}
