import { renew } from '../api/upload.ts';
import type { Attachment } from '../api/protocol.ts';
import type { ThreadStage } from './thread-stage.ts';

/** Asked for once each: a file that is gone would be asked for at every rendering. */
const asked = new Map<string, Promise<Attachment | undefined>>();
/** As long as what was answered counts, ms. */
const GOOD_MS = 60_000;

/** The file with an address that is good again; undefined when it is not there any more, or out of reach. */
export function fresh(
  file: Attachment,
  { client, conversationId }: Pick<ThreadStage, 'client' | 'conversationId'>,
): Promise<Attachment | undefined> {
  let answer = asked.get(file.id);
  if (!answer) {
    answer = renew(client, conversationId, file.id).catch(() => undefined);
    asked.set(file.id, answer);
    setTimeout(() => asked.delete(file.id), GOOD_MS);
  }
  return answer;
}
