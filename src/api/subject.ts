/** What a page's statement about its visitor is about: whom, proven by what, and whether two are about one person. */
import type { Subject } from './identity.ts';
import type { SessionRequest } from './protocol.ts';
import { hexOf } from './uuid.ts';

const KINDS = ['external', 'visitor', 'email'] as const;

/** The secret part of an identity; undefined when it has none. */
export function proofOf({
  authToken,
  identificationToken,
  jwt,
  visitorId,
  visitorToken,
  visitorHash,
}: SessionRequest): string | undefined {
  return authToken || identificationToken || jwt || visitorToken || visitorId || visitorHash;
}

/** What of it the server is asked with; nothing that is empty. */
export function requestOf(identity: SessionRequest): SessionRequest {
  const { visitor: _data, visitorHash: _hash, ...request } = identity;
  return Object.fromEntries(Object.entries(request).filter(([, value]) => value));
}

/** The same without a proof; undefined when nobody is named then. */
export function claimOf({ email, firstName, lastName }: SessionRequest): SessionRequest | undefined {
  return email ? requestOf({ email, firstName, lastName }) : undefined;
}

/** The fingerprints of whom an identity names; none when it names nobody. */
export async function subjectOf(inbox: string, identity: SessionRequest): Promise<Subject> {
  const { jwt, visitorId, visitor, visitorHash } = identity;
  // A signature is for the server to check; here it is only about recognising the same person.
  const claims = jwt ? claimsOf(jwt) : {};
  // The server takes strings only; of anything else nobody is recognised, and it will say so.
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
  const email = text(claims.email) ?? text(identity.email || (visitorHash && visitor?.email));
  const [external, id, address] = await Promise.all([
    jwt && fingerprint(inbox, `external ${text(claims.external_user_id) ?? jwt}`),
    visitorId && fingerprint(inbox, `visitor ${visitorId}`),
    email && fingerprintOfEmail(inbox, email),
  ]);
  return {
    ...(external && { external }),
    ...(id && { visitor: id }),
    ...(address && { email: address }),
  };
}

/** One person: the site's own id tells, where both have one, else Chaport's, else the e-mail. */
export function isSamePerson(one: Subject, other: Subject): boolean {
  const kind = KINDS.find((each) => one[each] && other[each]);
  return kind !== undefined && one[kind] === other[kind];
}

/** One person, of whom neither says what the other contradicts. */
export function agrees(one: Subject, other: Subject): boolean {
  return isSamePerson(one, other) && KINDS.every((kind) => !one[kind] || !other[kind] || one[kind] === other[kind]);
}

/** Two spellings of an e-mail that differ in A–Z only are one person, as on the server. */
export function fingerprintOfEmail(inbox: string, email: string): Promise<string> {
  return fingerprint(
    inbox,
    email.replace(/[A-Z]/g, (letter) => letter.toLowerCase()),
  );
}

/** SHA-256 over inbox and text, in hex: tells whether two are the same, and not what they are. */
export async function fingerprint(inbox: string, text: string): Promise<string> {
  const salted = `${inbox}\n${text}`;
  const subtle = globalThis.crypto.subtle as SubtleCrypto | undefined;
  // Pages without https have no SHA-256.
  if (!subtle) return salted;
  return hexOf(new Uint8Array(await subtle.digest('SHA-256', new TextEncoder().encode(salted))));
}

/** What a JWT says, unverified. */
function claimsOf(jwt: string): { readonly external_user_id?: unknown; readonly email?: unknown } {
  try {
    const base64 = jwt.split('.')[1].replaceAll('-', '+').replaceAll('_', '/');
    const bytes = Uint8Array.from(atob(base64), (byte) => byte.charCodeAt(0));
    return Object(JSON.parse(new TextDecoder().decode(bytes))) as object;
  } catch {
    return {};
  }
}
