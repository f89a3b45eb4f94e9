/** A session as this device holds it. */
import type { Clock } from './clock.ts';
import { keyOf, type Subject } from './identity.ts';
import type { Contact, SessionAnswer } from './protocol.ts';

/** What this device keeps: `all`, `anonymous` (an identified session lives in memory only), `none`. */
export type Persist = 'all' | 'anonymous' | 'none';

/**
 * What becomes of what is on the screen. `same`: it is the same person, only known better · `anew`: it is the same
 * person, of whom the server knows nothing any more: what is unsent begins anew · `other`: it is somebody else, or nobody
 * · `lapsed`: the session ran out, and the one who sits there goes on without its conversations.
 */
export type Change = 'same' | 'anew' | 'other' | 'lapsed';

/** A session, and for whom it was asked. */
export interface SessionRecord extends Omit<SessionAnswer, 'unknownAttributes'> {
  /** Who it is; absent: nobody has said so. */
  readonly subject?: Subject;
  /** The visitor has said and proven it, not the page: pages that say nobody go on with it. */
  readonly own?: boolean;
  /** Anonymous, in the place of a session of this person that ran out: joins nobody else. */
  readonly was?: Subject;
  /** Whose place it took, and what becomes of the screens of other tabs that still stand for that contact. */
  readonly from?: { readonly contactId: string; readonly change: Change };
  /** Fingerprint of the visitor data that the server has. */
  readonly data?: string;
}

/** Where a session is kept: pages that say nobody never see one of which the page has said who it is. */
export type Slot = 'anonymous' | 'identified';

/** The slot of a session. */
export const slotOf = ({ subject, own }: SessionRecord): Slot => (subject && !own ? 'identified' : 'anonymous');

/** What the session of a slot is kept as. `scope` is the prefix of all keys: server and inbox. */
export const keyOfSlot = (scope: string, slot: Slot): string => `${scope} session ${slot}`;

/**
 * What a person's unsent messages are kept under: it tells no e-mail, and a mere claim never opens a proven person's.
 *
 * @param lapsed whose session ran out, while nobody's has taken its place
 */
export function ownerOf({ contact, subject }: Partial<SessionRecord> = {}, lapsed?: Subject): string {
  const key = keyOf(subject);
  if (key) return contact?.verification === 'verified' ? key : `claim ${key}`;
  return contact?.id ?? (lapsed ? `was ${keyOf(lapsed)}` : '');
}

/** It is the same contact, known as well as before. */
export const isSame = (before: Contact | undefined, after: Contact): boolean =>
  (['id', 'email', 'verification'] as const).every((field) => before?.[field] === after[field]);

/** The server has verified who it is. */
export const isProven = ({ contact }: SessionRecord): boolean => contact.verification === 'verified';

/**
 * The session is over by this device's clock. An anonymous one slides with each use, so only the server knows.
 *
 * @param leewayMs clocks differ: counts as over so long before its time
 */
export function isExpired({ subject, expiresAt }: SessionRecord, clock: Clock, leewayMs = 0): boolean {
  return subject !== undefined && expiresAt - leewayMs <= clock.now();
}
