import type { Limits } from '../../src/limits.ts';

/** Rates so high that no test meets one by accident, in the servers of all tests; who tests a limit sets it. */
export const NO_LIMITS = {
  framesPerSocket: { burst: 100_000, perSecond: 100_000 },
  framesPerAddress: { burst: 100_000, perSecond: 100_000 },
  socketsPerAddress: 10_000,
  requestsPerAddress: 1_000_000,
  requestsPerSession: 1_000_000,
  requestsPerContact: 1_000_000,
  conversationsPerAddress: { burst: 100_000, perSecond: 100_000 },
  verificationsPerAddress: 100_000,
  verificationsPerSession: 100_000,
  dataPerContact: 100_000,
  trailPerContact: 100_000,
  transcriptMailsPerContact: 100_000,
  sessionsPerAddress: 100_000,
  signInsPerAddress: 100_000,
  signInsPerEmail: 100_000,
  messagesPerMinute: 1_000_000,
  conversationsPerDay: 1_000_000,
} as const satisfies Partial<Limits>;
