/** The schemes whose signature is a salted SHA-1 that never runs out: off until an inbox turns them on. */
export type WeakScheme = 'chaport-data' | 'chaport-login';

/** A key that may have signed. `id` names it in the sessions made with it. */
export interface Secret {
  readonly id: string;
  readonly value: string;
}

export interface ProofContext {
  readonly inboxId: string;
  /** ms since 1970. */
  readonly now: number;
  /** The inbox's session duration, ms; default 10 hours. Bounds the sessions of schemes that set no term of their own. */
  readonly sessionMs?: number;
  /** JWT: what `iss` must be. Unset: `iss` is not looked at. */
  readonly issuer?: string;
  /** JWT: every token counts once, so it must carry a `jti`. */
  readonly oneTime?: boolean;
  /** The weak schemes that this inbox has turned on; the others refuse whatever they are given. */
  readonly weakSchemes?: readonly WeakScheme[];
}

/** What a proof says about a person besides who it is. */
export interface Profile {
  readonly name?: string;
  readonly phone?: string;
  readonly notes?: string;
  readonly attributes?: Readonly<Record<string, unknown>>;
}

/** Who the proof stands for, and how long a session made with it lasts. What a scheme does not say is absent. */
export interface Proven {
  readonly ok: true;
  /** As signed, byte for byte. */
  readonly email?: string;
  /** The site's own id for the person. */
  readonly externalId?: string;
  /** Chaport: the visitor's id, ours or one that the site has kept. */
  readonly visitorId?: string;
  readonly profile?: Profile;
  readonly secretId: string;
  readonly sessionMs: number;
  /** This proof counts once: refuse the same `id` until `until` (ms since 1970). */
  readonly once?: { readonly id: string; readonly until: number };
}

/** `Proven` by a scheme that always names an e-mail. */
export interface ProvenEmail extends Proven {
  readonly email: string;
}

/** The proof is no good. The message never says how a signature failed: that would help only whoever forges one. */
export interface Refused {
  readonly ok: false;
  readonly code: 'bad_request' | 'invalid_proof' | 'proof_expired' | 'too_large';
  readonly message: string;
}

/** Every scheme is one function of this shape: it reads its arguments and nothing else. */
export type Verifier<Proof, Outcome extends Proven = Proven> = (
  proof: Proof,
  secrets: readonly Secret[],
  context: ProofContext,
) => Outcome | Refused;
