const SECRET = 'jwt_secret_of_the_tests_0123456789abcdef';

/** What a site's back end keeps to sign with; give it to the inbox as its secret for JWTs. */
export const JWT_SECRET = SECRET;

const encode = (bytes: Uint8Array) =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
const utf8 = (text: string) => new TextEncoder().encode(text);

/** A JWT for a user of the site, good for a minute unless said otherwise (ms since 1970). */
export async function signJwt(id: string, email: string, expiresAt = Date.now() + 60_000): Promise<string> {
  const claims = { external_user_id: id, email, first_name: 'Ada', exp: Math.floor(expiresAt / 1000) };
  const signed = [{ alg: 'HS256', typ: 'JWT' }, claims].map((part) => encode(utf8(JSON.stringify(part)))).join('.');
  const key = await crypto.subtle.importKey('raw', utf8(SECRET), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  return `${signed}.${encode(new Uint8Array(await crypto.subtle.sign('HMAC', key, utf8(signed))))}`;
}
