import { CloseCode } from '../../../src/api/protocol.ts';
import type {
  FormValues,
  SessionAnswer,
  SessionPatch,
  SessionRequest,
  Verification,
} from '../../../src/api/protocol.ts';
import { findAttribute } from '../attributes.ts';
import { OWN_FIELDS } from '../form-attributes.ts';
import { ANONYMOUS_SESSION_MS } from '../identity/duration.ts';
import { emailKey, parseEmail } from '../identity/email.ts';
import { fullName } from '../identity/profile.ts';
import { usableSecrets } from '../identity/secrets.ts';
import { hashToken, mintToken } from '../identity/token.ts';
import { dataProvesEmail } from '../identity-rules.ts';
import { settleHandedOver } from '../handed-over.ts';
import type { Inbox } from '../inbox-directory.ts';
import type { Parts } from '../parts.ts';
import { Refusal } from '../refusal.ts';
import type { ContactRow, SessionRow } from '../store/rows.ts';
import type { NewSession } from '../store/sessions.ts';
import { closeSession } from '../tell.ts';
import { ownContact, profileOf, readVisitorForm } from '../visitor-form.ts';
import { refusalOfVisitor } from '../welcome.ts';
import { readEvidence, readUnsigned } from './evidence.ts';
import type { Data, Evidence } from './evidence.ts';
import { provenContact, proveEmail, writeProfile } from './proven-contact.ts';
import type { Visitor } from './requester.ts';

/** Who a new session is to stand for, and how that is known. */
interface Standing extends Pick<SessionRow, 'scheme' | 'secretId' | 'expiresAt'> {
  readonly contact: ContactRow;
  readonly isVerified: boolean;
}

/**
 * Makes a session, or changes who the given one stands for.
 *
 * - A proof: the contact whom it stands for. What this device wrote anonymously joins them, once.
 * - An e-mail without: a claim. It opens nobody's history; an anonymous visitor stays who they were, with the claim beside.
 * - Neither: who the session stands for already, else a new anonymous visitor.
 *
 * Another person than before (a proof or a claim of another e-mail) takes nothing over. The token always changes, and
 * the old one is revoked in the same transaction (no fixation, no replay).
 *
 * @param before whose session the request carried, if any
 * @throws Refusal `bad_request`, `invalid_proof`, `proof_expired`, `conflict` (nothing was made or changed),
 *   `identity_required`, `forbidden`
 */
export async function identify(
  parts: Parts,
  inbox: Inbox,
  request: SessionRequest,
  before: Visitor | null,
): Promise<SessionAnswer> {
  const evidence = readEvidence(inbox, request, parts.now());
  const name = cleanName(request);
  const standing = evidence.proof
    ? await byProof(parts, inbox, evidence.proof, name, before)
    : await byWord(parts, inbox, request.email, name, before);
  const contact = evidence.data ? await writeData(parts, inbox, standing, evidence.data) : standing.contact;

  const { scheme, secretId, expiresAt, isVerified } = standing;
  const verification: Verification = isVerified ? 'verified' : contact.claimedEmail === null ? 'anonymous' : 'claimed';
  const token = mintToken();
  const session: NewSession = {
    tokenHash: hashToken(token),
    inboxId: inbox.row.id,
    contactId: contact.id,
    ...{ scheme, secretId, verification, expiresAt },
    // What a chat window was given goes on to end with the page; what is proven in it stands on its own.
    fingerprint: !evidence.proof && before?.session.contactId === contact.id ? before.session.fingerprint : null,
  };
  const made = await (evidence.proof ? openProven : openUnproven)(parts, session, before);
  if (before) {
    closeSession(parts, before.session.id, CloseCode.signedOut, 'the token was replaced');
    await settleHandedOver(parts, before.session, made);
  }
  return { token, expiresAt, contact: ownContact(inbox, contact, verification) };
}

/**
 * Takes unsigned data about the visitor of a session, which goes on with the same token: what the page says, and what they
 * have filled in.
 *
 * @throws Refusal `bad_request`, `forbidden` where the inbox takes the page's data only when they are signed
 */
export async function describeVisitor(
  parts: Parts,
  inbox: Inbox,
  visitor: Visitor,
  patch: SessionPatch,
): Promise<Visitor> {
  const form = patch.form && readVisitorForm(inbox, patch.form);
  const data = patch.visitor && readUnsigned(inbox, patch.visitor);
  if (data === null)
    throw new Refusal('forbidden', 'This inbox takes signed visitor data only.', { field: '/visitor' });
  const described = data ? await writeUnsigned(parts, inbox, visitor, data) : visitor;
  return form ? fillIn(parts, inbox, described, form) : described;
}

type Standings = Pick<SessionRow, 'id' | 'verification'>;
type Known<S> = { readonly session: S; readonly contact: ContactRow };

/** Takes what a visitor has filled in: it fills what is empty, unverified; a proven e-mail stays. @throws Refusal `bad_request` */
export async function fillIn<S extends Standings>(
  parts: Parts,
  inbox: Inbox,
  visitor: Known<S>,
  values: FormValues,
): Promise<Known<S>> {
  return writeUnsigned(parts, inbox, visitor, { ...profileOf(values), isSigned: false });
}

/**
 * The same of a form in a message. Its keys are whatever its maker liked: what is no field of contacts and no attribute that
 * is defined stands in the answer alone, and nobody agrees to anything by it.
 *
 * @throws Refusal `bad_request`
 */
export async function fillInAnswer<S extends Standings>(
  parts: Parts,
  inbox: Inbox,
  visitor: Known<S>,
  values: FormValues,
): Promise<Known<S>> {
  const definitions = await parts.store.attributes.list('contact');
  const kept = Object.entries(values).filter(([key]) => OWN_FIELDS.has(key) || findAttribute(definitions, key));
  return kept.length > 0 ? fillIn(parts, inbox, visitor, Object.fromEntries(kept)) : visitor;
}

async function writeUnsigned<S extends Standings>(
  parts: Parts,
  inbox: Inbox,
  visitor: Known<S>,
  data: Data,
): Promise<Known<S>> {
  const { session } = visitor;
  const isVerified = session.verification === 'verified';
  const contact = await writeData(parts, inbox, { contact: visitor.contact, isVerified }, data);
  if (session.verification !== 'anonymous' || contact.claimedEmail === null) return { session, contact };
  await parts.store.sessions.claim(session.id);
  return { session: { ...session, verification: 'claimed' }, contact };
}

async function byProof(
  parts: Parts,
  inbox: Inbox,
  proof: NonNullable<Evidence['proof']>,
  name: string | null,
  before: Visitor | null,
): Promise<Standing> {
  const contact = await provenContact(parts, inbox, proof, { name, before });
  const { secretId, sessionMs } = proof.proven;
  return { contact, scheme: proof.scheme, secretId, isVerified: true, expiresAt: parts.now() + sessionMs };
}

async function byWord(
  parts: Parts,
  inbox: Inbox,
  email: string | undefined,
  name: string | null,
  before: Visitor | null,
): Promise<Standing> {
  if (email !== undefined && parseEmail(email) === undefined) {
    throw new Refusal('bad_request', 'The e-mail is not an address.', { field: '/email' });
  }
  const kept = before && keeps(before, email) ? before : null;
  const { verification = 'anonymous' } = kept?.session ?? {};
  const refusal = refusalOfVisitor(inbox, { verification, blockedAt: kept?.contact.blockedAt });
  if (refusal) throw refusal;
  if (!kept) {
    const made = { inboxId: inbox.row.id, name, claimedEmail: email ?? null };
    const contact = await parts.store.contacts.createAnonymous(made);
    return {
      contact,
      scheme: 'anonymous',
      secretId: null,
      isVerified: false,
      expiresAt: parts.now() + ANONYMOUS_SESSION_MS,
    };
  }
  const { scheme, secretId, expiresAt } = kept.session;
  const isVerified = kept.session.verification === 'verified';
  const isKnown =
    email === undefined || (kept.contact.email !== null && emailKey(kept.contact.email) === emailKey(email));
  const contact = await writeProfile(
    parts,
    kept.contact,
    { name: name ?? undefined },
    'proven',
    isKnown ? undefined : email,
  );
  // A proof lasts as long as it was said to; an anonymous session slides.
  return {
    contact,
    scheme,
    secretId,
    isVerified,
    expiresAt: isVerified ? expiresAt : parts.now() + ANONYMOUS_SESSION_MS,
  };
}

/** @throws Refusal `invalid_proof` when the secret was found compromised while this proof was on its way */
async function openProven(
  { store, inboxes, now }: Parts,
  session: NewSession,
  before: Visitor | null,
): Promise<SessionRow> {
  const { sessions } = store;
  const made = before ? await sessions.rotate(before.session.id, session) : await sessions.create(session);
  // Sessions made with it have just been ended; this one may have come a moment too late for that.
  const { secrets } = (await inboxes.get(session.inboxId)).row;
  if (usableSecrets(secrets[session.scheme], now()).some(({ id }) => id === session.secretId)) return made;
  await sessions.revoke(made.id);
  throw new Refusal('invalid_proof', 'The secret of this proof has just been ended.');
}

/** @throws Refusal `unauthorized` when the session that it would go on from has ended meanwhile */
async function openUnproven({ store }: Parts, session: NewSession, before: Visitor | null): Promise<SessionRow> {
  const { sessions } = store;
  if (before?.session.contactId !== session.contactId) {
    return before ? sessions.rotate(before.session.id, session) : sessions.create(session);
  }
  const made = await sessions.renew(before.session.id, session);
  if (!made) throw new Refusal('unauthorized', 'The session has ended.');
  return made;
}

/** True when the session goes on to stand for the same person. */
function keeps({ session, contact }: Visitor, email: string | undefined): boolean {
  if (email === undefined) return true;
  const known = session.verification === 'verified' ? contact.email : contact.claimedEmail;
  return known === null || emailKey(known) === emailKey(email);
}

async function writeData(
  parts: Parts,
  inbox: Inbox,
  { contact, isVerified }: Pick<Standing, 'contact' | 'isVerified'>,
  { profile, email, isSigned }: Data,
): Promise<ContactRow> {
  const isSame = email !== undefined && contact.email !== null && emailKey(contact.email) === emailKey(email);
  if (email !== undefined && !isSame && isSigned && isVerified && dataProvesEmail(inbox, parts.now())) {
    return writeProfile(parts, await proveEmail(parts, contact, email), profile, 'proven');
  }
  // Without a signature it fills what is empty, for a verified visitor the place beside the proven one; with a signature
  // that others can get hold of, it is the newest claim.
  const isFree = contact.claimedEmail === null && (isVerified || contact.email === null);
  const isClaim = email !== undefined && !isSame && (isSigned || isFree);
  return writeProfile(parts, contact, profile, isSigned ? 'proven' : 'unproven', isClaim ? email : undefined);
}

/** One line, as people read it; null when there is none. */
function cleanName({ firstName, lastName }: SessionRequest): string | null {
  const parts = [firstName, lastName].map((part) =>
    part
      ?.toWellFormed()
      .replace(/\p{C}+/gu, ' ')
      .replace(/\s+/g, ' '),
  );
  return fullName(...parts) ?? null;
}
