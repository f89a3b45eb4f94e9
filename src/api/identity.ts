/** Who the page says the visitor is. */
import type { SessionRequest, VisitorData } from './protocol.ts';

interface Personal {
  readonly firstName?: string;
  readonly lastName?: string;
  /** More about the visitor; without `visitorHash` it fills only what is empty. */
  readonly visitor?: VisitorData;
  /** Chaport: hex SHA-1 of the salt and the JSON of `visitor`, made by the site's back end. */
  readonly visitorHash?: string;
}

type Said = 'email' | 'authToken' | 'identificationToken' | 'jwt' | 'visitorId' | 'visitorToken';

/** These, and none of the others: one proof, not several. */
type Only<Members> = Personal & Readonly<Members> & { readonly [Name in Exclude<Said, keyof Members>]?: never };

/** An e-mail; `authToken`: the hex HMAC-SHA256 of it. Without a valid one it is a claim and opens nobody's history. */
export type EmailIdentity = Only<{ email: string; authToken?: string }>;

/** An e-mail, with a token that the chat server minted for it, good for 12 hours. */
export type MintedIdentity = Only<{ email: string; identificationToken: string }>;

/** An HS256 token of the site's back end, which says itself who it is. `email` is claimed where it is not valid. */
export type JwtIdentity = Only<{ jwt: string; email?: string }>;

/** Chaport: a visitor's id, with the hex SHA-1 of the salt and the id. */
export type VisitorIdentity = Only<{ visitorId: string; visitorToken: string; email?: string }>;

/** Something about a visitor of whom nobody says who it is. It waits for a session, and makes none. */
export type VisitorDescription = Only<{ visitor: VisitorData }>;

/** Who the page says the visitor is: one proof, or none. */
export type Identity = EmailIdentity | MintedIdentity | JwtIdentity | VisitorIdentity | VisitorDescription;

/**
 * Gets a fresh proof from the site's back end: an identity, or only the token that takes the old one's place. Nothing:
 * the site does not know this visitor (any more).
 */
export type TokenProvider = () => Promise<Identity | string | null | undefined>;

/** Whom a session stands for, in fingerprints: the site's own id, Chaport's, the e-mail. */
export type Subject = Partial<Readonly<Record<'external' | 'visitor' | 'email', string>>>;

/** It says who it is, not only something about whoever it is. */
export function isNamed({ email, jwt, visitorId, visitor, visitorHash }: SessionRequest): boolean {
  return Boolean(email || jwt || visitorId || (visitorHash && visitor?.email));
}

/** Under which name what belongs to a person is kept. */
export function keyOf(subject: Subject | undefined): string | undefined {
  return subject?.email ?? subject?.external ?? subject?.visitor;
}
