/** Proving a typed e-mail by a code that is mailed to it. Comes with the form that asks for it. */
import type { Contact, VerificationAnswer } from './protocol.ts';
import type { SessionHolder } from './session.ts';
import { fingerprintOfEmail, isSamePerson } from './subject.ts';

/**
 * Takes an e-mail that the visitor has typed, and mails a code to it: one mail per address and hour. Resolves with until
 * when the code is good, ms since 1970. Rejects with ChatError, `rate_limited` among others.
 */
export function requestCode(client: SessionHolder, email: string): Promise<number> {
  return client.withSession(async (held, { http, path }) => {
    const { token, contact } = held.current!;
    const request = { method: 'POST', token, body: { email } } as const;
    const { expiresAt } = await http.request<VerificationAnswer>(`${path}/verification`, request);
    await held.amend({ contact: { ...contact, email, verification: 'claimed' } });
    return expiresAt;
  });
}

/**
 * Proves the typed e-mail by the mailed code: the conversations of this device join the contact's. Rejects with
 * ChatError: `invalid_proof`, the code is wrong; `proof_expired`, there is none any more.
 */
export function confirmCode(client: SessionHolder, code: string): Promise<Contact> {
  return client.withSession(async (held, { inbox }) => {
    const { contact, subject } = held.current!;
    const proven = { email: await fingerprintOfEmail(inbox, contact.email ?? '') };
    // Whom the page has named stays the page's; else it is the visitor's own word, for pages that say nobody.
    const isPages = subject !== undefined && isSamePerson(subject, proven);
    const about = isPages ? { subject } : { subject: proven, own: true };
    return (await held.ask('/verification/confirm', { code }, about)).contact;
  });
}
