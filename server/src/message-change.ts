import type { MessageEdit, MessageEntry, MessageReaction } from '../../src/api/protocol.ts';
import { isEmoji } from './emoji.ts';
import { messageText } from './message-text.ts';
import type { Parts } from './parts.ts';
import { notFound, Refusal } from './refusal.ts';
import type { Writer } from './store/append-request.ts';
import { UUID } from './store/record-id.ts';
import type { ConversationRow } from './store/rows.ts';
import { appendAndTell } from './tell.ts';

/** Which message, and who changes it. */
export interface Change {
  readonly by: Writer;
  readonly conversation: Pick<ConversationRow, 'id'>;
  readonly messageId: string;
  /** How old it may be, ms; default: any age. */
  readonly editMs?: number;
}

/**
 * Changes a message's text, for its writer.
 *
 * @param longest text, UTF-16 code units; default: the wire's
 * @throws Refusal `not_found`, `forbidden` (another's, or too old), `conflict` (deleted, or an answer), `bad_request`, `too_long`
 */
export async function editMessage(
  parts: Parts,
  change: Change,
  { text }: MessageEdit,
  longest?: number,
): Promise<MessageEntry> {
  return apply(parts, change, { type: 'edited', text: messageText(text, longest, true) });
}

/** Takes a message back, for its writer. @throws Refusal `not_found`, `forbidden` */
export async function deleteMessage(parts: Parts, change: Change): Promise<void> {
  await apply(parts, change, { type: 'deleted' });
}

/** Puts an emoji on a message, or takes it away. @throws Refusal `not_found`, `bad_request`, `conflict` (deleted, or full) */
export async function reactTo(parts: Parts, change: Change, { emoji, on }: MessageReaction): Promise<void> {
  if (!isEmoji(emoji)) throw new Refusal('bad_request', 'That is not one emoji.', { field: '/emoji' });
  await apply(parts, change, { type: 'reacted', emoji, on });
}

async function apply(
  parts: Parts,
  { by, conversation, messageId, editMs }: Change,
  what: {
    readonly type: 'edited' | 'deleted' | 'reacted';
    readonly text?: string;
    readonly emoji?: string;
    readonly on?: boolean;
  },
): Promise<MessageEntry> {
  if (!UUID.test(messageId)) throw notFound();
  const request = { by, conversationId: conversation.id, log: 'main', messageId, ...what } as const;
  const { message } = await appendAndTell(parts, { ...request, ...(editMs !== undefined && { editMs }) });
  if (!message) throw new Error('A message was changed and is not there.');
  return message;
}
