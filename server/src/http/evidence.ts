import type { SessionRequest, VisitorData } from '../../../src/api/protocol.ts';
import type { Profile, Proven, Refused } from '../identity/proof.ts';
import { verify } from '../identity/verifier.ts';
import type { Scheme } from '../identity/verifier.ts';
import { readVisitorData } from '../identity/visitor-data.ts';
import { dataProvesEmail, proofContext } from '../identity-rules.ts';
import type { Inbox } from '../inbox-directory.ts';
import { Refusal } from '../refusal.ts';

/** A proof that holds. */
export interface Proof {
  readonly scheme: Scheme;
  readonly proven: Proven;
}

/** What came along about the visitor. */
export interface Data {
  readonly profile: Profile;
  readonly email?: string;
  /** The site's back end has signed it. */
  readonly isSigned: boolean;
}

/** All that a request says of who sends it; a bad proof is no evidence but a refusal. */
export interface Evidence {
  readonly proof: Proof | null;
  /** What the proof itself does not say. */
  readonly data: Data | null;
}

/**
 * Reads and verifies what the request brings. Signed visitor data with an e-mail is a proof too, where there is no other.
 *
 * @throws Refusal `invalid_proof`, `proof_expired`, `bad_request`, `too_large`
 */
export function readEvidence(inbox: Inbox, request: SessionRequest, now: number): Evidence {
  const { visitor, visitorHash } = request;
  const signed = visitorHash === undefined ? null : readSigned(inbox, visitor, visitorHash, now);
  const proof = readProof(inbox, request, now);
  if (!signed) return { proof, data: visitor === undefined ? null : readUnsigned(inbox, visitor) };

  const { email, profile = {} } = signed;
  if (!proof && email !== undefined && dataProvesEmail(inbox, now)) {
    return { proof: { scheme: 'chaport-data', proven: signed }, data: null };
  }
  return { proof, data: { profile, email, isSigned: true } };
}

/** Visitor data without a proof. Null where the inbox takes signed data only. @throws Refusal `bad_request` */
export function readUnsigned({ settings }: Inbox, visitor: VisitorData): Data | null {
  const read = readVisitorData(visitor);
  if (!read.ok) throw new Refusal('bad_request', read.message, { field: '/visitor' });
  if (settings.identity.signedDataOnly) return null;
  const { email, custom, ...profile } = read.data;
  return { profile: { ...profile, attributes: custom }, email, isSigned: false };
}

/** A wrong hash refuses the whole request: it never falls back to unsigned. */
function readSigned(inbox: Inbox, data: unknown, hash: string, now: number): Proven {
  const secret = inbox.row.secrets['chaport-data'];
  return held(verify('chaport-data', { data, hash }, secret, proofContext(inbox, now)), '/visitor');
}

function readProof(inbox: Inbox, request: SessionRequest, now: number): Proof | null {
  const { email, authToken, jwt, identificationToken, visitorId, visitorToken } = request;
  const { secrets } = inbox.row;
  const context = proofContext(inbox, now);
  const given = [authToken, identificationToken, jwt, visitorToken ?? visitorId].filter((proof) => proof !== undefined);
  if (given.length > 1) throw new Refusal('bad_request', 'Give one proof, not several.');

  if (jwt !== undefined) {
    return { scheme: 'jwt', proven: held(verify('jwt', { jwt }, secrets['jwt'], context), '/jwt') };
  }
  if (visitorToken !== undefined || visitorId !== undefined) {
    const outcome = verify('chaport-login', { visitorId, token: visitorToken }, secrets['chaport-login'], context);
    return { scheme: 'chaport-login', proven: held(outcome, '/visitorId') };
  }
  if (authToken === undefined && identificationToken === undefined) return null;
  if (email === undefined) throw new Refusal('bad_request', 'A proof needs its e-mail.', { field: '/email' });
  if (authToken !== undefined) {
    return {
      scheme: 'email',
      proven: held(verify('email', { email, authToken }, secrets['email'], context), '/email'),
    };
  }
  const outcome = verify('minted', { email, identificationToken }, secrets['minted'], context);
  return { scheme: 'minted', proven: held(outcome, '/email') };
}

function held(outcome: Proven | Refused, field: string): Proven {
  if (!outcome.ok) throw new Refusal(outcome.code, outcome.message, outcome.code === 'bad_request' ? { field } : {});
  return outcome;
}
