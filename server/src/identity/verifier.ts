import type { InboxSecret } from '../store/rows.ts';
import { verifyChaportData } from './chaport-data.ts';
import type { ChaportDataProof } from './chaport-data.ts';
import { verifyChaportLogin } from './chaport-login.ts';
import type { ChaportLoginProof } from './chaport-login.ts';
import { verifyEmailHmac } from './email-hmac.ts';
import type { EmailHmacProof } from './email-hmac.ts';
import { verifyJwt } from './jwt.ts';
import type { JwtProof } from './jwt.ts';
import { verifyMintedToken } from './minted-token.ts';
import type { MintedTokenProof } from './minted-token.ts';
import type { ProofContext, Proven, ProvenEmail, Refused, Verifier, WeakScheme } from './proof.ts';
import { usableSecrets } from './secrets.ts';

/** The schemes: what each takes as proof, and what it makes of a good one. */
interface Schemes {
  email: [proof: EmailHmacProof, proven: ProvenEmail];
  jwt: [proof: JwtProof, proven: ProvenEmail];
  minted: [proof: MintedTokenProof, proven: ProvenEmail];
  'chaport-data': [proof: ChaportDataProof, proven: Proven];
  'chaport-login': [proof: ChaportLoginProof, proven: Proven];
}

export type Scheme = keyof Schemes;

/** The table that picks. A scheme is added here, and in a file of its own. */
const verifiers: { readonly [S in Scheme]: Verifier<Schemes[S][0], Schemes[S][1]> } = {
  email: verifyEmailHmac,
  jwt: verifyJwt,
  minted: verifyMintedToken,
  'chaport-data': verifyChaportData,
  'chaport-login': verifyChaportLogin,
};

export const SCHEMES = Object.keys(verifiers) as readonly Scheme[];

/** True for a scheme that an inbox has to turn on. */
export function isWeak(scheme: Scheme): scheme is WeakScheme {
  return scheme === 'chaport-data' || scheme === 'chaport-login';
}

/**
 * Verifies `proof` by `scheme`.
 *
 * @param secret the inbox's secret of that scheme. After a rotation the previous ones count until their time is over; an
 *   empty one counts as none, and without any secret everything is refused.
 */
export function verify<S extends Scheme>(
  scheme: S,
  proof: Schemes[S][0],
  secret: InboxSecret | undefined,
  context: ProofContext,
): Schemes[S][1] | Refused {
  if (isWeak(scheme) && !context.weakSchemes?.includes(scheme)) {
    return { ok: false, code: 'invalid_proof', message: `This inbox has not turned the scheme ${scheme} on.` };
  }
  return verifiers[scheme](proof, usableSecrets(secret, context.now), context);
}
