import { CloseCode } from '../../src/api/protocol.ts';
import type { Parts } from './parts.ts';
import type { SessionRow } from './store/rows.ts';
import { closeSession } from './tell.ts';

/**
 * What becomes of chat windows that got their session from one that has ended: where the same person goes on with another
 * session, they do, too; else they have ended with it.
 *
 * @param heir the session that took the place of `ended`, if one did
 */
export async function settleHandedOver(
  parts: Parts,
  ended: Pick<SessionRow, 'id' | 'contactId'>,
  heir?: SessionRow,
): Promise<void> {
  const { sessions } = parts.store;
  if (heir?.contactId === ended.contactId) return sessions.adoptHandedOver(ended, heir.id);
  for (const id of await sessions.revokeHandedOver(ended)) {
    closeSession(parts, id, CloseCode.signedOut, 'signed out');
    // A window may have passed it on.
    await settleHandedOver(parts, { id, contactId: ended.contactId });
  }
}
