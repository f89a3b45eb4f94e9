/** Asks the page for a fresh proof: patiently, but not for ever, and never in a loop. Loaded when one is needed. */
import { ChatError, type ChatErrorCode } from './chat-error.ts';
import type { Clock } from './clock.ts';
import type { Identity, TokenProvider } from './identity.ts';
import type { SessionRequest } from './protocol.ts';
import { proofOf } from './subject.ts';

/** How long the page may take, ms. */
const PATIENCE_MS = 10_000;
/** How long the page is left alone after it failed, ms: twice as long each time, at most … */
const FIRST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 5 * 60_000;

/** How long to wait after so many failures in a row, ms. */
export function pauseMs(failures: number): number {
  return Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (failures - 1));
}

/**
 * Asks once. Resolves with the identity to go on with, or undefined where the site knows this visitor no more. Rejects
 * with `code` when the page fails, takes too long, or gives the proof again that was refused.
 */
export async function freshProof(
  provider: TokenProvider,
  identity: Identity,
  refused: string | undefined,
  clock: Clock,
  code: ChatErrorCode = 'proof_expired',
): Promise<Identity | undefined> {
  let stop = () => {};
  const limit = new Promise<never>((_, reject) => {
    stop = clock.after(PATIENCE_MS, () => reject(new Error(`it took more than ${PATIENCE_MS / 1000} s`)));
  });
  try {
    const given = await Promise.race([Promise.resolve().then(provider), limit]);
    if (!given) return undefined;
    const fresh = typeof given === 'string' ? withProof(identity, given) : given;
    const proof = proofOf(fresh);
    if (!proof) throw new Error('it gave no proof');
    if (proof === refused) throw new Error('it gave the same proof again');
    return fresh;
  } catch (error) {
    throw new ChatError(code, `The tokenProvider was asked for a fresh proof: ${reasonOf(error)}`);
  } finally {
    stop();
  }
}

/** The identity with another token in the place of its own; an e-mail alone gets its `authToken`. */
function withProof(identity: SessionRequest, token: string): Identity {
  const names = ['jwt', 'identificationToken', 'visitorToken'] as const;
  return { ...identity, [names.find((name) => identity[name]) ?? 'authToken']: token } as Identity;
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
