import { attributesFault } from './attributes.ts';
import type { Attributes } from './attributes.ts';
import { DEFAULT_SESSION_MS } from './duration.ts';
import { parseEmail } from './email.ts';
import { openJws } from './jws.ts';
import { fullName, isLine } from './profile.ts';
import type { OpenedJws } from './jws.ts';
import type { ProofContext, ProvenEmail, Refused, Verifier } from './proof.ts';

/** `{jwt}`: Libredesk's `userJWT` and `setUser(jwt)`. */
export interface JwtProof {
  readonly jwt: unknown;
}

/** Longest token, in characters; attributes are limited to about the same. */
export const JWT_LENGTH = 32_768;

/** How far a site's clock may be ahead of ours, seconds. Only `nbf` and `iat` get it: `exp` is exact. */
const LEEWAY_S = 60;

/** Claims of one line, and how long each may be: Libredesk's limits. */
const LINES = { external_user_id: 128, first_name: 128, last_name: 128, phone_number: 20 } as const;
const REQUIRED = ['external_user_id', 'email', 'first_name'] as const;

/**
 * Scheme 2: an HS256 JWT that the site's back end signs with the inbox's secret.
 *
 * Claims: `external_user_id`, `email`, `first_name` and `exp` are required; `last_name`, `phone_number` and
 * `contact_custom_attributes` are taken when present, null counts as absent; `nbf`, `iat`, `aud` (must name the inbox)
 * and `jti` are honoured when present; `iss` only when the inbox sets an issuer. All others, Libredesk's internal
 * `user_id` and `is_visitor` among them, mean nothing here. The signature and the times come first: only the holder of
 * a token that a site has really signed learns which claim is wrong.
 */
export const verifyJwt: Verifier<JwtProof, ProvenEmail> = ({ jwt }, secrets, context) => {
  if (typeof jwt !== 'string') return refuse('invalid_proof', 'The token is not valid.');
  if (jwt.length > JWT_LENGTH) return refuse('too_large', `A token has at most ${JWT_LENGTH} characters.`);
  const opened = openJws(jwt, secrets);
  if (!opened) return refuse('invalid_proof', 'The token is not valid.');
  return (
    timesRefused(opened.payload, context.now) ?? addressRefused(opened.payload, context) ?? person(opened, context)
  );
};

type Claims = OpenedJws['payload'];

function refuse(code: Refused['code'], message: string): Refused {
  return { ok: false, code, message };
}

/** Seconds since 1970. RFC 7519 allows fractions; a back end that sends them has made its times by mistake. */
function isTime(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function timesRefused(claims: Claims, now: number): Refused | undefined {
  const { exp } = claims;
  if (!isTime(exp)) return refuse('invalid_proof', 'The token needs an exp: whole seconds since 1970.');
  if (exp * 1_000 <= now) return refuse('proof_expired', 'The token has expired.');
  for (const name of ['nbf', 'iat'] as const) {
    const from = claims[name];
    if (from === undefined) continue;
    if (!isTime(from)) return refuse('invalid_proof', `The token's ${name} is not whole seconds since 1970.`);
    if ((from - LEEWAY_S) * 1_000 > now) return refuse('invalid_proof', `The token's ${name} lies in the future.`);
  }
  return undefined;
}

function addressRefused(claims: Claims, { inboxId, issuer, oneTime }: ProofContext): Refused | undefined {
  const { aud, iss, jti } = claims;
  if (aud !== undefined && !(Array.isArray(aud) ? aud : [aud]).includes(inboxId)) {
    return refuse('invalid_proof', 'The token is meant for somebody else: its aud does not name this inbox.');
  }
  if (issuer !== undefined && iss !== issuer) {
    return refuse(
      'invalid_proof',
      'The token comes from somebody else: its iss is not the one that this inbox expects.',
    );
  }
  if (oneTime && !isLine(jti, 255)) {
    return refuse(
      'invalid_proof',
      'This inbox takes each token once, so the token needs a jti of 1 to 255 characters.',
    );
  }
  return undefined;
}

function person({ payload, secretId }: OpenedJws, context: ProofContext): ProvenEmail | Refused {
  for (const name of REQUIRED) {
    if (isAbsent(payload[name])) return refuse('bad_request', `The token lacks ${name}.`);
  }
  const email = parseEmail(payload['email']);
  if (email === undefined) return refuse('bad_request', "The token's email is not an address.");

  const lines: { -readonly [name in keyof typeof LINES]?: string } = {};
  for (const name of Object.keys(LINES) as (keyof typeof LINES)[]) {
    const value = payload[name];
    if (isAbsent(value)) continue;
    if (!isLine(value, LINES[name])) {
      return refuse(
        'bad_request',
        `The token's ${name} must be one line of text of at most ${LINES[name]} characters.`,
      );
    }
    lines[name] = value;
  }

  const attributes = payload['contact_custom_attributes'] ?? undefined;
  const fault = attributes === undefined ? undefined : attributesFault(attributes);
  if (fault) return refuse('bad_request', `The token's contact_custom_attributes ${fault}.`);

  return {
    ok: true,
    email,
    externalId: lines.external_user_id,
    profile: {
      name: fullName(lines.first_name, lines.last_name),
      phone: lines.phone_number,
      attributes: attributes as Attributes | undefined,
    },
    secretId,
    sessionMs: context.sessionMs ?? DEFAULT_SESSION_MS,
    // Both were checked: `jti` with the address, `exp` with the times.
    ...(context.oneTime && { once: { id: String(payload['jti']), until: Number(payload['exp']) * 1_000 } }),
  };
}

/** A back end that has nothing to say leaves the claim out, or sends null or ''. */
function isAbsent(claim: unknown): boolean {
  return claim === undefined || claim === null || claim === '';
}
