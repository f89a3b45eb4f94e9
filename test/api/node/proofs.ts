/** What the back ends of sites make: proofs by the schemes that have a secret of their own. */
import { createHash, createHmac } from 'node:crypto';
import type { World } from './world.ts';

export const JWT_SECRET = 'jwt_secret_of_the_tests_0123456789abcdef';
export const SALT = 'salt_of_the_tests';
const DATA_SALT = 'other_salt_of_the_tests';

/** Lets the inbox take every kind of proof. */
export async function takeEveryProof(world: World): Promise<void> {
  await world.server.setSecret('jwt', JWT_SECRET);
  await world.server.setSecret('chaport-login', SALT);
  await world.server.setSecret('chaport-data', DATA_SALT);
  await world.settings({ identity: { chaportLogin: true, chaportData: true } });
}

const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A JWT for a user of the site. */
export function signJwt(id: string, email: string, expiresAt = Date.now() + 60_000): string {
  const claims = { external_user_id: id, email, first_name: 'Ada', exp: Math.floor(expiresAt / 1000), iat: 0 };
  const signed = `${base64url({ alg: 'HS256', typ: 'JWT' })}.${base64url(claims)}`;
  return `${signed}.${createHmac('sha256', JWT_SECRET).update(signed).digest('base64url')}`;
}

const sha1 = (text: string) => createHash('sha1').update(text).digest('hex');

/** Chaport's token for a visitor's id. */
export const signVisitorId = (visitorId: string) => sha1(SALT + visitorId);

/** Chaport's hash of visitor data. */
export const signVisitorData = (visitor: object) => sha1(DATA_SALT + JSON.stringify(visitor));
