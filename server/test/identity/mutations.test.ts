import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { verifyChaportData } from '../../src/identity/chaport-data.ts';
import { serialisations } from '../../src/identity/chaport-json.ts';
import { verifyChaportLogin } from '../../src/identity/chaport-login.ts';
import { signEmail, verifyEmailHmac } from '../../src/identity/email-hmac.ts';
import { verifyJwt } from '../../src/identity/jwt.ts';
import { mintVisitorToken, verifyMintedToken } from '../../src/identity/minted-token.ts';
import { saltedSha1 } from '../../src/identity/salted-sha1.ts';
import { CLAIMS, context, secrets, signJwt, JWT_SECRET } from '../support/proofs.ts';

/** A change to a text: some characters replaced, taken out or put in, or the whole cut, doubled or swapped around. */
const mutation = fc.oneof(
  fc.record({ at: fc.nat(), remove: fc.nat(4), insert: fc.string({ unit: 'binary', maxLength: 4 }) }),
  fc.record({ at: fc.nat(), remove: fc.constant(1), insert: fc.constantFrom(...'0123456789abcdefABCDEFxyz-_.=+/') }),
);

function mutate(text: string, { at, remove, insert }: { at: number; remove: number; insert: string }): string {
  const start = at % (text.length + 1);
  return text.slice(0, start) + insert + text.slice(start + remove);
}

/** Nothing but the token itself, of all that can be made of it, is ever accepted. */
function onlyItself(
  token: string,
  accepts: (token: string) => boolean,
  same = (a: string, b: string) => a === b,
): void {
  assert.equal(accepts(token), true);
  fc.assert(
    fc.property(fc.array(mutation, { minLength: 1, maxLength: 3 }), (mutations) => {
      const mutant = mutations.reduce(mutate, token);
      assert.equal(accepts(mutant), same(mutant, token), mutant);
    }),
    { numRuns: 2_000 },
  );
}

describe('No token that was changed in any place is accepted', () => {
  const email = 'leela@planet-express.com';

  it('not the HMAC of an e-mail, but for the case of its hex digits [hostile 6]', () => {
    onlyItself(
      signEmail(email, 'test_secret'),
      (authToken) => verifyEmailHmac({ email, authToken }, secrets('test_secret'), context).ok,
      (a, b) => a.toLowerCase() === b && a.length === b.length,
    );
  });

  it('not a JWT [hostile 18]', () => {
    onlyItself(signJwt(CLAIMS), (jwt) => verifyJwt({ jwt }, secrets(JWT_SECRET), context).ok);
  });

  it('not a minted token [hostile 31]', () => {
    const token = mintVisitorToken({ email, firstName: 'Turanga' }, 'secret', context);
    onlyItself(
      token,
      (identificationToken) => verifyMintedToken({ email, identificationToken }, secrets('secret'), context).ok,
    );
  });

  it('not a Chaport token, nor the id that it signs [hostile 32]', () => {
    const [id, salts] = ['bbbdf059-ccb4-4a12-8845-e9a998943f1e', secrets('s4lt')];
    const token = saltedSha1('s4lt', id);
    onlyItself(token, (mutant) => verifyChaportLogin({ visitorId: id, token: mutant }, salts, context).ok);
    onlyItself(id, (mutant) => verifyChaportLogin({ visitorId: mutant, token }, salts, context).ok);
  });
});

describe('Whatever strangers send', () => {
  it('is answered, never thrown at [hostile 4]', () => {
    const anything = fc.anything({ withNullPrototype: true, withBigInt: false, maxDepth: 8 });
    fc.assert(
      fc.property(anything, anything, (one, other) => {
        const keys = secrets('a secret');
        assert.equal(verifyEmailHmac({ email: one, authToken: other }, keys, context).ok, false);
        assert.equal(verifyJwt({ jwt: one }, keys, context).ok, false);
        assert.equal(verifyMintedToken({ email: one, identificationToken: other }, keys, context).ok, false);
        assert.equal(verifyChaportLogin({ visitorId: one, token: other }, keys, context).ok, false);
      }),
    );
  });

  it('is answered when it is JSON in place of visitor data or of claims [hostile 26]', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 12 }), fc.string(), (value, hash) => {
        assert.equal(verifyChaportData({ data: value, hash }, secrets('s4lt'), context).ok, false);
        assert.equal(typeof verifyJwt({ jwt: signJwt(value) }, secrets(JWT_SECRET), context).ok, 'boolean');
      }),
    );
  });
});

describe('Visitor data signed in any of the languages', () => {
  it('is read back by every JSON parser as what it was', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const plain: unknown = JSON.parse(JSON.stringify(value));
        for (const text of serialisations(plain)) assert.deepEqual(JSON.parse(text), plain);
      }),
    );
  });
});
