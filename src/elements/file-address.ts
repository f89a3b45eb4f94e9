import type { Attachment } from '../api/protocol.ts';
import type { ThreadStage } from './thread-stage.ts';

/** Where its content is. */
export function addressOf({ url }: Attachment, { client }: Pick<ThreadStage, 'client'>): string {
  return client.parts.server + url;
}
