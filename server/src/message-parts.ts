import type { SendFrame } from '../../src/api/protocol.ts';
import { messageContent } from './message-content.ts';
import { messageText } from './message-text.ts';
import { Refusal } from './refusal.ts';
import type { AppendRequest } from './store/append-request.ts';

/** What one side may put into a message. */
export interface MessageRules {
  /** Longest text, UTF-16 code units; default: the wire's. */
  readonly textLength?: number;
  /** Most files; 0: none at all. */
  readonly files: number;
  /** Under whose name they were uploaded: id of a contact, an agent or an API key. */
  readonly uploaderId: string;
  /** Agents, back ends and bots offer something; visitors answer. */
  readonly side: 'visitor' | 'team';
  /** A note is words only. */
  readonly isNote?: boolean;
}

/** Files in one message of the team, whatever the inbox allows visitors. */
export const TEAM_FILES = 20;

export type MessageParts = Pick<AppendRequest, 'text' | 'replyTo' | 'attachments' | 'content' | 'answer'>;

/**
 * What of a message may be stored, as far as it can be told without looking into the conversation.
 *
 * @param message valid by its schema
 * @throws Refusal `bad_request`, `too_long`, `forbidden`
 */
export function messageParts(
  { text, replyTo, attachments = [], content, answer }: Partial<SendFrame>,
  { textLength, files, uploaderId, side, isNote = false }: MessageRules,
): MessageParts {
  if (isNote && (replyTo !== undefined || attachments.length > 0 || content)) throw refused('/note', 'A note is text.');
  if (content && side === 'visitor') throw refused('/content', 'Visitors offer nothing.');
  if (answer && side === 'team') throw refused('/answer', 'Visitors answer, nobody else.');
  if (answer && (attachments.length > 0 || replyTo !== undefined)) throw refused('/answer', 'An answer says no more.');
  if (attachments.length > 0 && files === 0) {
    throw new Refusal('forbidden', 'This inbox takes no files.', { field: '/attachments' });
  }
  if (attachments.length > files) throw refused('/attachments', `A message has at most ${files} files.`);
  return {
    // What an answer says is the server's to write.
    text: answer ? '' : messageText(text ?? '', textLength, attachments.length > 0),
    ...(replyTo !== undefined && { replyTo }),
    ...(attachments.length > 0 && { attachments: { ids: attachments, uploaderId } }),
    ...(content && { content: messageContent(content) }),
    ...(answer && { answer }),
  };
}

function refused(field: string, message: string): Refusal {
  return new Refusal('bad_request', message, { field });
}
