import { takeAttributes } from '../attributes.ts';
import type { EMAIL_CODE } from '../identity/email-code.ts';
import { emailKey } from '../identity/email.ts';
import type { Profile, Proven } from '../identity/proof.ts';
import { profilePatch } from '../identity/profile-rules.ts';
import type { ProfileRule } from '../identity/profile-rules.ts';
import { hashToken } from '../identity/token.ts';
import type { Scheme } from '../identity/verifier.ts';
import type { Inbox } from '../inbox-directory.ts';
import type { Parts } from '../parts.ts';
import { Refusal } from '../refusal.ts';
import type { ContactRow } from '../store/rows.ts';
import { tellContact, tellConversation } from '../tell.ts';
import { refusalOfVisitor } from '../welcome.ts';
import type { Visitor } from './requester.ts';

/** What has been proven, and how: by one of the inbox's secrets, or by a code that was mailed. */
interface Grounds {
  readonly scheme: Scheme | typeof EMAIL_CODE.scheme;
  readonly proven: Pick<Proven, 'email' | 'externalId' | 'visitorId' | 'profile' | 'once'>;
}

/**
 * A token that we minted brings names for whoever has none, and a code proves no name at all; all other proofs say how
 * it is.
 */
const RULES: Readonly<Record<Grounds['scheme'], ProfileRule>> = {
  email: 'proven',
  jwt: 'proven',
  minted: 'fill',
  'email-code': 'fill',
  'chaport-data': 'proven',
  'chaport-login': 'proven',
};

/**
 * The contact whom a proof stands for, made when there is none, with what the proof says about them written down. What
 * this device wrote anonymously joins them, once; not that of somebody who is blocked.
 *
 * @param name the visitor's own word, for when the proof has no name
 * @throws Refusal `invalid_proof` for one that counts once and has, `conflict` when its e-mail is another contact's,
 *   `forbidden` when the contact is blocked
 */
export async function provenContact(
  parts: Parts,
  inbox: Inbox,
  { scheme, proven }: Grounds,
  { name, before }: { readonly name: string | null; readonly before: Visitor | null },
): Promise<ContactRow> {
  const { store } = parts;
  const inboxId = inbox.row.id;
  const { once } = proven;
  if (once && !(await store.usedProofs.use({ inboxId, idHash: hashToken(once.id), until: once.until }))) {
    throw new Refusal('invalid_proof', 'The token was used before; this inbox takes each once.');
  }
  const found = await find(parts, inboxId, { scheme, proven }, before);
  const refusal = refusalOfVisitor(inbox, { verification: 'verified', blockedAt: found.blockedAt });
  if (refusal) throw refusal;
  const profile = { ...proven.profile, name: proven.profile?.name ?? name ?? undefined };
  const contact = await writeProfile(parts, found, profile, RULES[scheme]);
  if (before && before.contact.blockedAt === null && isSamePerson(before, contact)) {
    const { conversations } = await store.contacts.merge(before.contact.id, contact.id);
    for (const conversation of conversations) await tellConversation(parts, conversation);
  }
  return contact;
}

/** Writes what is new, and tells the contact and the agents. */
export async function writeProfile(
  parts: Parts,
  contact: ContactRow,
  profile: Profile,
  rule: ProfileRule,
  claimedEmail?: string,
): Promise<ContactRow> {
  const patch = {
    ...profilePatch(contact, await known(parts, contact, profile, rule), rule),
    ...(claimedEmail !== undefined && claimedEmail !== contact.claimedEmail && { claimedEmail }),
  };
  if (Object.keys(patch).length === 0) return contact;
  const changed = await parts.store.contacts.update(contact.id, patch);
  await tellContact(parts, contact.id, contact.inboxId);
  return changed ?? contact;
}

/** What is said of attributes, by those that are defined. */
async function known(
  { store, inboxes }: Parts,
  { inboxId }: ContactRow,
  profile: Profile,
  rule: ProfileRule,
): Promise<Profile> {
  const { attributes } = profile;
  if (!attributes || Object.keys(attributes).length === 0) return profile;
  const { knownAttributesOnly: knownOnly } = (await inboxes.get(inboxId)).settings.identity;
  const writer = rule === 'unproven' ? 'visitor' : 'api';
  return {
    ...profile,
    attributes: takeAttributes(await store.attributes.list('contact'), attributes, { writer, knownOnly }),
  };
}

/** Gives a contact an e-mail that their site has signed. @throws Refusal `conflict` when it is another contact's */
export async function proveEmail(parts: Parts, contact: ContactRow, email: string): Promise<ContactRow> {
  const changed = await parts.store.identities.proveEmail(contact.id, email);
  if (!changed) throw conflict();
  if (changed.updatedAt !== contact.updatedAt) await tellContact(parts, contact.id, contact.inboxId);
  return changed;
}

async function find(
  parts: Parts,
  inboxId: string,
  { scheme, proven }: Grounds,
  before: Visitor | null,
): Promise<ContactRow> {
  const { contacts, identities } = parts.store;
  const { email, externalId, visitorId } = proven;
  if (visitorId !== undefined) return (await identities.ensureByVisitorId({ inboxId, visitorId })).contact;
  if (email === undefined) throw new Error(`A proof by ${scheme} names nobody.`);
  if (externalId !== undefined) {
    const found = await identities.ensureByExternalId({ inboxId, externalId, email });
    if (!found) throw conflict();
    return found.contact;
  }
  // Whoever has proven an id but no e-mail yet proves the e-mail now.
  if (scheme === 'chaport-data' && before?.session.verification === 'verified' && before.contact.email === null) {
    return proveEmail(parts, before.contact, email);
  }
  return (await contacts.ensureByEmail({ inboxId, email, verified: true })).contact;
}

/** An anonymous visitor may turn out to be anybody; one who claimed an e-mail, only its owner. */
function isSamePerson({ contact: { claimedEmail } }: Visitor, { email }: ContactRow): boolean {
  return claimedEmail === null || (email !== null && emailKey(claimedEmail) === emailKey(email));
}

/** Two people have proven that they are one, or one has proven to be two: an agent has to look. */
function conflict(): Refusal {
  return new Refusal('conflict', 'This e-mail belongs to another contact of this inbox.');
}
