import { CloseCode } from '../../src/api/protocol.ts';
import type { Parts } from './parts.ts';
import type { ContactRow } from './store/rows.ts';
import { closeContact, tellGone } from './tell.ts';

/**
 * Deletes a contact and everything that hangs on them, signs them out everywhere, and takes their conversations from the
 * agents' screens.
 *
 * @returns how many conversations went; null when there was no such contact any more
 */
export async function forgetContact(parts: Parts, { id }: Pick<ContactRow, 'id'>): Promise<number | null> {
  const forgotten = await parts.store.contactData.forget(id);
  if (!forgotten) return null;
  for (const contactId of forgotten.contactIds) closeContact(parts, contactId, CloseCode.signedOut, 'forgotten');
  for (const conversation of forgotten.conversations) tellGone(parts, conversation);
  // Not waited for: what cannot be removed just now is removed later.
  void parts.files.sweep();
  return forgotten.conversations.length;
}
