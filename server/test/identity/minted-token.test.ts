import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MINTED_TOKEN_MS, mintVisitorToken, verifyMintedToken } from '../../src/identity/minted-token.ts';
import { context, NOW, secrets } from '../support/proofs.ts';

const gob = { email: 'gob@bluth.com', firstName: 'Gob', lastName: 'Bluth' };
const keys = secrets('a secret of the inbox, made for tokens');
const mint = (subject = gob) => mintVisitorToken(subject, keys[0]?.value ?? '', context);

function codeOf(email: unknown, identificationToken: unknown, more: object = {}): string {
  const outcome = verifyMintedToken({ email, identificationToken }, keys, { ...context, ...more });
  return outcome.ok ? 'ok' : outcome.code;
}

describe('A token that we mint', () => {
  it('stands for its e-mail and its name, for 12 hours', () => {
    const outcome = verifyMintedToken({ email: gob.email, identificationToken: mint() }, keys, context);
    assert.deepEqual(outcome, {
      ok: true,
      email: 'gob@bluth.com',
      profile: { name: 'Gob Bluth' },
      secretId: 'secret-1',
      sessionMs: 12 * 3_600_000,
    });
    const later = verifyMintedToken({ email: gob.email, identificationToken: mint() }, keys, {
      ...context,
      now: NOW + 3_600_000,
    });
    assert.ok(later.ok);
    assert.equal(later.sessionMs, 11 * 3_600_000, 'its own end, however late it is used');
  });

  it('is expired after 12 hours, and says so [hostile 31]', () => {
    const token = mint();
    assert.equal(codeOf(gob.email, token, { now: NOW + MINTED_TOKEN_MS - 1 }), 'ok');
    assert.equal(codeOf(gob.email, token, { now: NOW + MINTED_TOKEN_MS + 1_000 }), 'proof_expired');
  });

  it('opens nothing with another e-mail, expired or not [hostile 31]', () => {
    const token = mint();
    assert.equal(codeOf('michael@bluth.com', token), 'invalid_proof');
    assert.equal(codeOf('michael@bluth.com', token, { now: NOW + MINTED_TOKEN_MS }), 'invalid_proof');
    assert.equal(codeOf('Gob@Bluth.com', token), 'ok', 'one person in either case');
    for (const email of [undefined, null, '', 'gob', [gob.email]]) assert.equal(codeOf(email, token), 'bad_request');
  });

  it('is one of any number, all valid at once', () => {
    const tokens = Array.from({ length: 5 }, () => mint());
    assert.equal(new Set(tokens).size, 5);
    for (const token of [...tokens, ...tokens]) assert.equal(codeOf(gob.email, token), 'ok');
  });

  it('shows whoever sees it neither e-mail nor name', () => {
    const bytes = Buffer.from(mint(), 'base64url').toString('latin1').toLowerCase();
    for (const word of ['gob', 'bluth', 'email']) assert.ok(!bytes.includes(word), word);
  });

  it('counts in one inbox only, even when two share a secret [hostile 21]', () => {
    assert.equal(codeOf(gob.email, mint(), { inboxId: 'other' }), 'invalid_proof');
    const foreign = mintVisitorToken(gob, 'another secret', context);
    assert.equal(codeOf(gob.email, foreign), 'invalid_proof');
  });

  it('is nothing else than what was minted', () => {
    const token = mint();
    for (const wrong of [
      '',
      token.slice(1),
      token.slice(0, -1),
      `${token}=`,
      ` ${token}`,
      `${token}A`,
      'A'.repeat(5_000),
      null,
      1,
      {},
      [token],
    ]) {
      assert.equal(codeOf(gob.email, wrong), 'invalid_proof', JSON.stringify(wrong).slice(0, 60));
    }
    assert.throws(() => mintVisitorToken(gob, '', context), RangeError);
  });
});
