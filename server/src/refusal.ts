import type { FastifyBaseLogger } from 'fastify';
import type { ErrorCode } from '../../src/api/protocol.ts';
import { BadCursor } from './store/keyset.ts';
import { StoreUnavailable } from './store/store-unavailable.ts';

/** What a refusal may add to its code and sentence. */
export interface RefusalDetails {
  /** JSON pointer to the field that is wrong. */
  readonly field?: string;
  /** Try again after so many ms. */
  readonly retryAfterMs?: number;
  /** HTTP status, where the code's usual one does not say enough (415, for instance). */
  readonly status?: number;
}

/**
 * The server says no, for a reason that the other side may know. Thrown anywhere above the store; `http/errors.ts`
 * makes an HTTP answer of it and `socket/connection.ts` an `error` frame.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: ErrorCode;
  readonly details: RefusalDetails;

  constructor(code: ErrorCode, message: string, details: RefusalDetails = {}) {
    super(message);
    this.code = code;
    this.details = details;
  }
}

/** HTTP status of each error code. */
export const STATUS: Readonly<Record<ErrorCode, number>> = {
  bad_request: 400,
  unauthorized: 401,
  invalid_proof: 401,
  proof_expired: 401,
  identity_required: 403,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  precondition_failed: 412,
  too_long: 400,
  too_large: 413,
  rate_limited: 429,
  unavailable: 503,
  internal: 500,
};

/** The one answer for whatever is missing or belongs to somebody else: the two must not be told apart. */
export function notFound(): Refusal {
  return new Refusal('not_found', 'There is nothing here, or it is not yours.');
}

/** Says which of the limits it was, and when to try again. */
export function tooMany(rule: string, retryAfterMs: number): Refusal {
  return new Refusal('rate_limited', `Too many at once (rule ${rule}).`, { retryAfterMs });
}

/**
 * The one place that makes a refusal of whatever was thrown. What is nobody's business is logged, with the id of the
 * request where there is one, and becomes `internal`.
 */
export function asRefusal(error: unknown, log: FastifyBaseLogger): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof BadCursor) return new Refusal('bad_request', error.message, { field: '/before' });
  if (error instanceof StoreUnavailable) {
    log.warn({ err: error }, 'the store is not available');
    return new Refusal('unavailable', 'The server cannot reach its database just now.', { retryAfterMs: 1_000 });
  }
  log.error({ err: error }, 'not handled');
  return new Refusal('internal', 'Something went wrong on the server.');
}
