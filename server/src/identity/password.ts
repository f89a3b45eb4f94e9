import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** OWASP's scrypt parameters: N = 2^17, r = 8, p = 1; 128 MiB and about a quarter of a second each. */
const LOG_N = 17;
const R = 8;
const P = 1;
const KEY_BYTES = 32;
/** Node's default of 32 MiB would refuse these parameters. */
const MAX_MEMORY = 192 * 1024 * 1024;
/** More would take the threads and the memory that everything else needs. */
const AT_ONCE = 2;

/** Longest password that is looked at, in UTF-16 code units. */
export const PASSWORD_LENGTH = 1_024;

let running = 0;
const waiting: (() => void)[] = [];

async function derive(password: string, salt: Buffer, logN: number, r: number, p: number): Promise<Buffer> {
  if (running >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
  else running += 1;
  try {
    return await new Promise<Buffer>((resolve, reject) => {
      scrypt(password, salt, KEY_BYTES, { N: 2 ** logN, r, p, maxmem: MAX_MEMORY }, (error, key) =>
        error ? reject(error) : resolve(key),
      );
    });
  } finally {
    const next = waiting.shift();
    // A waiter takes over the place of whoever leaves; the count stays.
    if (next) next();
    else running -= 1;
  }
}

/** Hashes a password for storage: `scrypt$17$8$1$salt$key`. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password, salt, LOG_N, R, P);
  return ['scrypt', LOG_N, R, P, salt.toString('base64url'), key.toString('base64url')].join('$');
}

/**
 * True when `password` is the one that was hashed.
 *
 * @param stored what `hashPassword` made; undefined for somebody unknown, which takes the same time and is false
 */
export async function verifyPassword(password: string, stored: string | undefined): Promise<boolean> {
  const [, logN, r, p, salt, key] = stored?.split('$') ?? [];
  if (!logN || !r || !p || !salt || !key) {
    await derive(password, randomBytes(16), LOG_N, R, P);
    return false;
  }
  const expected = Buffer.from(key, 'base64url');
  const given = await derive(password, Buffer.from(salt, 'base64url'), Number(logN), Number(r), Number(p));
  return expected.length === given.length && timingSafeEqual(expected, given);
}
