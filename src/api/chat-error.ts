import type { ErrorCode } from './protocol.ts';

/**
 * The server's codes, and what only a client can know:
 * `offline` nothing was reached or nothing answered in time · `closed` the client was closed or signed out meanwhile ·
 * `not_saved` this browser keeps nothing (IndexedDB missing, blocked or full): unsent messages live as long as the page.
 */
export type ChatErrorCode = ErrorCode | 'offline' | 'closed' | 'not_saved';

/** What accompanies a `ChatError`. */
export interface ChatErrorDetails {
  /** HTTP status, when an HTTP answer was the cause. */
  readonly status?: number;
  /** JSON pointer to the field that is wrong. */
  readonly field?: string;
  /** Try again after so many ms. */
  readonly retryAfterMs?: number;
}

/** Every failure of the client: promises reject with it, the `error` event carries it. */
export class ChatError extends Error {
  override readonly name = 'ChatError';
  readonly code: ChatErrorCode;
  readonly status?: number;
  readonly field?: string;
  readonly retryAfterMs?: number;

  constructor(code: ChatErrorCode, message: string, details?: ChatErrorDetails) {
    super(message);
    this.code = code;
    Object.assign(this, details);
  }

  /** Trying the same again later may succeed. */
  get temporary(): boolean {
    return ['offline', 'unavailable', 'internal', 'rate_limited'].includes(this.code);
  }
}

/** The server does not take what the page says; the visitor is somebody all the same. */
export function isDisbelief(error: unknown): error is ChatError {
  const codes: readonly string[] = ['invalid_proof', 'proof_expired', 'bad_request', 'conflict', 'too_large'];
  return error instanceof ChatError && codes.includes(error.code);
}
