import { serialisations } from './chaport-json.ts';
import { DEFAULT_SESSION_MS } from './duration.ts';
import { findSalt } from './salted-sha1.ts';
import type { Verifier } from './proof.ts';
import { readVisitorData } from './visitor-data.ts';

/** Chaport's `visitor` and `visitorIntegrityHash`: `setVisitorData(data, hash)`. */
export interface ChaportDataProof {
  /** The object as parsed from JSON, members in the order received. */
  readonly data: unknown;
  readonly hash: unknown;
}

/**
 * Scheme 4, the data: `hash` is `sha1(salt . json)`, lower-case hex, over what the back end's JSON of the data was
 * (`serialisations`). A lengthened text holds NULs, which no JSON does.
 *
 * The proof covers whatever the data says, the e-mail included; without an e-mail it says nothing about who that is.
 */
export const verifyChaportData: Verifier<ChaportDataProof> = ({ data, hash }, salts, { sessionMs }) => {
  const read = readVisitorData(data);
  if (!read.ok) return { ok: false, code: 'bad_request', message: read.message };
  const secretId = findSalt(hash, serialisations(data), salts);
  if (secretId === undefined) {
    return { ok: false, code: 'invalid_proof', message: 'The hash does not fit the visitor data.' };
  }
  const { email, custom, ...profile } = read.data;
  return {
    ok: true,
    email,
    profile: { ...profile, attributes: custom },
    secretId,
    sessionMs: sessionMs ?? DEFAULT_SESSION_MS,
  };
};
