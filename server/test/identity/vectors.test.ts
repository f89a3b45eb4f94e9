import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { verifyChaportData } from '../../src/identity/chaport-data.ts';
import { verifyChaportLogin } from '../../src/identity/chaport-login.ts';
import { signEmail, verifyEmailHmac } from '../../src/identity/email-hmac.ts';
import { verifyJwt } from '../../src/identity/jwt.ts';
import { context, JWT_SECRET, NOW, secrets, signJwt } from '../support/proofs.ts';

/** What five vendors' back ends sign today, to the byte. */
describe('A back end that signs for one of the five systems', () => {
  const emails: readonly (readonly [email: string, hash: string])[] = [
    ['leela@planet-express.com', '69e0973462bb52a15b4b0a5dc4f855e576a166a62da78052cc5cb6c16d4c7ef2'],
    ['Leela@Planet-Express.com', 'b6b003c3b3e4311dc26e7707f8a78e4408921ed5cf92ce5301bae1df1310792c'],
    ['jürgen@müller.example', '44604280e0041c41ab3e04a97e8961ac06c4224f2a76918df776ec702a7e0ae0'],
  ];
  for (const [email, hash] of emails) {
    it(`is understood when it signs ${email} by HMAC [hostile 1]`, () => {
      assert.equal(signEmail(email, 'test_secret'), hash);
      const proven = verifyEmailHmac({ email, authToken: hash }, secrets('test_secret'), context);
      assert.deepEqual(proven, { ok: true, email, secretId: 'secret-1', sessionMs: 365 * 86_400_000 });
    });
  }

  const visitor = { name: 'Jörg / Co', email: 'j@example.com', custom: { subscriptionPlan: 'pro', balance: 1000 } };
  const hashes: readonly (readonly [language: string, hash: string])[] = [
    ['JavaScript', '8ac3af48599e527417e9c074fee7c464ceb06687'],
    ['PHP', '5b37efe40862c8444eb628b72306d4d81677c570'],
    ['Python', 'e9e38686746d070a7294a665d9f1fb83d147f023'],
    ['Python with floats', '0778dbc518a794bbe43ade53c36fc8c60e0a437e'],
  ];
  for (const [language, hash] of hashes) {
    it(`is understood when it signs visitor data in ${language} [hostile 32]`, () => {
      const proven = verifyChaportData({ data: visitor, hash }, secrets('s4lt'), context);
      assert.ok(proven.ok);
      assert.equal(proven.email, 'j@example.com');
      assert.equal(proven.profile?.name, 'Jörg / Co');
      assert.deepEqual(proven.profile?.attributes, { subscriptionPlan: 'pro', balance: 1000 });
    });
  }

  it('is understood when it signs a visitor id [hostile 32]', () => {
    const visitorId = 'bbbdf059-ccb4-4a12-8845-e9a998943f1e';
    const token = '0c356f57c99194585318b41a545d78504f265d8b';
    const proven = verifyChaportLogin({ visitorId, token }, secrets('s4lt'), context);
    assert.deepEqual(proven, { ok: true, visitorId, secretId: 'secret-1', sessionMs: 36_000_000 });
  });

  it('is understood when it signs a JWT, and its far exp does not make the session longer [hostile 20]', () => {
    const jwt =
      'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJleHRlcm5hbF91c2VyX2lkIjoieW91cl9hcHBfdXNlcl8xMjMiLCJlbWFpbCI6InVzZXJAZXhhbXBsZS5jb20iLCJmaXJzdF9uYW1lIjoiSm9obiIsImV4cCI6NDEwMjQ0NDgwMH0.lsoHOCjwDLLQHFO525O-3mkUPFrz1w63UOkXJKlMnNw';
    const payload = {
      external_user_id: 'your_app_user_123',
      email: 'user@example.com',
      first_name: 'John',
      exp: 4_102_444_800,
    };
    assert.equal(signJwt(payload), jwt);
    const proven = verifyJwt({ jwt }, secrets(JWT_SECRET), { ...context, now: NOW, sessionMs: 1_800_000 });
    assert.ok(proven.ok);
    assert.equal(proven.externalId, 'your_app_user_123');
    assert.equal(proven.email, 'user@example.com');
    assert.equal(proven.profile?.name, 'John');
    assert.equal(proven.sessionMs, 1_800_000);
  });
});
