import { createHmac } from 'node:crypto';
import type { ProofContext, Secret } from '../../src/identity/proof.ts';

/** 20 November 2026, noon, UTC. */
export const NOW = Date.UTC(2026, 10, 20, 12);
export const NOW_S = NOW / 1_000;

export const context: ProofContext = { inboxId: 'demo', now: NOW };

export const JWT_SECRET = 'test_secret_test_secret_test_secret';

export function secrets(...values: string[]): Secret[] {
  return values.map((value, index) => ({ id: `secret-${index + 1}`, value }));
}

export function base64url(value: unknown): string {
  return Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
}

export const CLAIMS = {
  external_user_id: 'u-1',
  email: 'leela@planet-express.com',
  first_name: 'Turanga',
  exp: NOW_S + 3_600,
};

/** Signs whatever it is given, so that tokens can be made which no library would make. */
export function signJwt(
  payload: unknown = CLAIMS,
  { header = { alg: 'HS256', typ: 'JWT' }, secret = JWT_SECRET, hash = 'sha256' }: JwtOptions = {},
): string {
  const signed = `${base64url(header)}.${base64url(payload)}`;
  return `${signed}.${createHmac(hash, secret).update(signed).digest('base64url')}`;
}

export interface JwtOptions {
  readonly header?: unknown;
  readonly secret?: string;
  readonly hash?: 'sha256' | 'sha384' | 'sha512';
}
