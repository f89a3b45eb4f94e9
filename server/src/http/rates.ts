import type { FastifyInstance, FastifyRequest } from 'fastify';
import { addressPrefix } from '../address-prefix.ts';
import type { Limits } from '../limits.ts';
import { tooMany } from '../refusal.ts';
import { addressOf } from './address.ts';

const MINUTE_MS = 60_000;

/** The limits that count requests. */
export type Rule =
  | `${'requests' | 'sessions' | 'verifications' | 'signIns'}PerAddress`
  | 'requestsPerSession'
  | 'requestsPerContact'
  | 'verificationsPerSession'
  | 'dataPerContact'
  | 'trailPerContact'
  | 'transcriptMailsPerContact'
  | 'signInsPerEmail';

/**
 * How @fastify/rate-limit is to count per address: for all routes together, or as `config.rateLimit` for one route,
 * which then counts for itself.
 */
export function perAddress(limits: Limits, rule: Rule, windowMs: number = MINUTE_MS) {
  return {
    max: limits[rule],
    timeWindow: windowMs,
    keyGenerator: (request: FastifyRequest) => addressPrefix(addressOf(request)),
    errorResponseBuilder: (_request: FastifyRequest, { ttl }: { readonly ttl: number }) => tooMany(rule, ttl),
  };
}

/** What a limit counts by, and over which time. */
interface Counted {
  readonly limits: Limits;
  readonly windowMs?: number;
  readonly keyOf: (request: FastifyRequest) => string;
}

/** A limit to be asked for once it is known who sends the request. It throws what `tooMany` makes. */
export function limiter(
  app: Pick<FastifyInstance, 'createRateLimit'>,
  rule: Rule,
  { limits, windowMs = MINUTE_MS, keyOf }: Counted,
) {
  const count = app.createRateLimit({
    max: limits[rule],
    timeWindow: windowMs,
    keyGenerator: (request) => `${rule}:${keyOf(request)}`,
  });
  return async (request: FastifyRequest): Promise<void> => {
    const counted = await count(request);
    if (!counted.isAllowed && counted.isExceeded) throw tooMany(rule, counted.ttl);
  };
}
