import { DEFAULT_SESSION_MS } from './duration.ts';
import { findSalt } from './salted-sha1.ts';
import type { Verifier } from './proof.ts';

/** Chaport's visitor credentials: `session.user` and `startSession({id, token})`. */
export interface ChaportLoginProof {
  readonly visitorId: unknown;
  readonly token: unknown;
}

/** Ours are UUIDs, Chaport's are hex; with nothing else in it, an id can neither be a lengthened one nor signed data. */
const VISITOR_ID = /^[A-Za-z0-9_-]{1,128}$/;

/**
 * Scheme 4, the login: `token` is `sha1(salt . visitorId)`, no separator, lower-case hex. Which contact the id stands
 * for is the caller's to find.
 */
export const verifyChaportLogin: Verifier<ChaportLoginProof> = ({ visitorId, token }, salts, { sessionMs }) => {
  const wellFormed = typeof visitorId === 'string' && VISITOR_ID.test(visitorId);
  const secretId = wellFormed ? findSalt(token, [visitorId], salts) : undefined;
  if (!wellFormed || secretId === undefined) {
    return { ok: false, code: 'invalid_proof', message: 'The token does not fit the visitor id.' };
  }
  return { ok: true, visitorId, secretId, sessionMs: sessionMs ?? DEFAULT_SESSION_MS };
};
