import type { ChatState } from '../api/chat-state.ts';

/** It is known what conversations the visitor has: before that, an empty list says nothing. */
export function isKnown({ booted, contact, conversations, connection }: ChatState): boolean {
  return booted && (!contact || conversations.length > 0 || (connection !== 'idle' && connection !== 'connecting'));
}
