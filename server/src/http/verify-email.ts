import type { WidgetLocale } from '../../../src/text/launcher-names.ts';
import { CloseCode } from '../../../src/api/protocol.ts';
import type { SessionAnswer } from '../../../src/api/protocol.ts';
import { EMAIL_CODE, hashCode, isSameHash, newCode } from '../identity/email-code.ts';
import { settleHandedOver } from '../handed-over.ts';
import { hashToken, mintToken } from '../identity/token.ts';
import type { Inbox } from '../inbox-directory.ts';
import { codeMail } from '../mail/code-mail.ts';
import type { Parts } from '../parts.ts';
import { Refusal, tooMany } from '../refusal.ts';
import { closeSession } from '../tell.ts';
import { ownContact } from '../visitor-form.ts';
import { provenContact, writeProfile } from './proven-contact.ts';
import type { Visitor } from './requester.ts';

/**
 * Takes the e-mail as this session's claim and mails a code to it, unless it has had its mail.
 *
 * @returns until when the code is good, whether it is mailed or not
 * @throws Refusal `forbidden`, `conflict`, `rate_limited`
 */
export async function requestCode(
  parts: Parts,
  inbox: Inbox,
  { session, contact }: Visitor,
  email: string,
  token: string,
  locale: WidgetLocale,
): Promise<number> {
  const { store, now } = parts;
  if (!inbox.settings.identity.requireEmailVerification) {
    throw new Refusal('forbidden', 'This inbox does not verify typed e-mails (rule requireEmailVerification).');
  }
  if (session.verification === 'verified') throw new Refusal('conflict', 'This visitor is verified already.');
  await writeProfile(parts, contact, {}, 'unproven', email);
  await store.sessions.claim(session.id);

  const code = newCode();
  const wanted = { sessionId: session.id, email, codeHash: hashCode(code, { token, email }) };
  const answer = await store.verifications.request({ ...wanted, now: now() });
  if (!answer.ok) {
    if (answer.code === 'too_soon') throw tooMany('one mail per address and hour', answer.retryAt - now());
    throw new Refusal('unauthorized', 'The session has ended.');
  }
  // Not before the answer is out: how long that takes must not tell whether there is a mail.
  if (answer.mail) setImmediate(() => void mailCode(parts, inbox, code, { ...wanted, locale }));
  return answer.expiresAt;
}

interface WantedCode {
  readonly sessionId: string;
  readonly email: string;
  readonly codeHash: string;
  /** Of who has asked. */
  readonly locale: WidgetLocale;
}

/** Never rejects: a mail that cannot be sent is logged, and may be asked for again. */
async function mailCode(
  { mailer, store, log }: Parts,
  { settings }: Inbox,
  code: string,
  { locale, ...wanted }: WantedCode,
): Promise<void> {
  const { teamName } = settings.appearance;
  try {
    await mailer.send(codeMail(wanted.email, { code, teamName, minutes: EMAIL_CODE.codeMs / 60_000, locale }));
  } catch (error) {
    await store.verifications.undo(wanted).catch((failure: unknown) => log.warn({ err: failure }, 'not taken back'));
    // The sentences of mail servers repeat the address.
    const { code: reason, responseCode } = error as { readonly code?: string; readonly responseCode?: number };
    log.warn({ reason, responseCode }, 'a code could not be mailed');
  }
}

/**
 * Makes a verified session in the place of the one that asked for this code.
 *
 * @throws Refusal `invalid_proof` for a wrong code, `proof_expired` when there is none (any more), `forbidden` when the
 *   contact is blocked
 */
export async function confirmCode(
  parts: Parts,
  inbox: Inbox,
  visitor: Visitor,
  code: string,
  token: string,
): Promise<SessionAnswer> {
  const { verifications, sessions } = parts.store;
  const { session: old } = visitor;
  const attempt = await verifications.try(old.id, parts.now());
  if (!attempt) throw isOver();
  const { email, codeHash, triesLeft } = attempt;
  if (!isSameHash(codeHash, hashCode(code, { token, email }))) {
    throw triesLeft > 0 ? new Refusal('invalid_proof', 'The code is wrong.') : isOver();
  }
  if (!(await verifications.use(old.id, codeHash))) throw isOver();

  const { scheme, sessionMs } = EMAIL_CODE;
  const grounds = { scheme, proven: { email } };
  const contact = await provenContact(parts, inbox, grounds, { name: visitor.contact.name, before: visitor });
  const fresh = mintToken();
  const session = await sessions.rotate(old.id, {
    tokenHash: hashToken(fresh),
    inboxId: inbox.row.id,
    contactId: contact.id,
    scheme,
    verification: 'verified',
    expiresAt: parts.now() + sessionMs,
  });
  closeSession(parts, old.id, CloseCode.signedOut, 'the token was replaced');
  await settleHandedOver(parts, old, session);
  return {
    token: fresh,
    expiresAt: session.expiresAt,
    contact: ownContact(inbox, contact, session.verification),
  };
}

const isOver = (): Refusal => new Refusal('proof_expired', 'There is no code for this session, or it is over.');
