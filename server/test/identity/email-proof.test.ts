import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { emailKey, parseEmail } from '../../src/identity/email.ts';
import { signEmail, verifyEmailHmac } from '../../src/identity/email-hmac.ts';
import { verify } from '../../src/identity/verifier.ts';
import type { InboxSecret } from '../../src/store/rows.ts';
import { context, NOW, secrets } from '../support/proofs.ts';

const EMAIL = 'leela@planet-express.com';
const GOOD = signEmail(EMAIL, 'test_secret');

function codeOf(email: unknown, authToken: unknown, ...values: string[]): string {
  const outcome = verifyEmailHmac(
    { email, authToken },
    secrets(...(values.length > 0 ? values : ['test_secret'])),
    context,
  );
  return outcome.ok ? 'ok' : outcome.code;
}

describe('A signed e-mail', () => {
  it('opens nothing with the hash of another e-mail [hostile 2]', () => {
    assert.equal(codeOf('fry@planet-express.com', GOOD), 'invalid_proof');
  });

  it('opens nothing with something else in place of a hash [hostile 4]', () => {
    for (const hash of ['', null, undefined, 0, 1, [], [GOOD], {}, { toString: () => GOOD }, true, GOOD + GOOD]) {
      assert.equal(codeOf(EMAIL, hash), 'invalid_proof', JSON.stringify(hash));
    }
  });

  it('is accepted in upper-case hex too, which is the same number [hostile 5]', () => {
    assert.equal(codeOf(EMAIL, GOOD.toUpperCase()), 'ok');
  });

  it('opens nothing with a hash that was cut or padded [hostile 6]', () => {
    for (let length = 0; length < 64; length++) assert.equal(codeOf(EMAIL, GOOD.slice(0, length)), 'invalid_proof');
    for (const hash of [` ${GOOD}`, `${GOOD} `, `${GOOD}\n`, `\t${GOOD}`, `${GOOD}\0`, `0x${GOOD}`, `${GOOD}00`]) {
      assert.equal(codeOf(EMAIL, hash), 'invalid_proof', JSON.stringify(hash));
    }
  });

  it('is verified as it was sent, and belongs to the same person in either case [hostile 7]', () => {
    assert.equal(codeOf('User@X.com', signEmail('user@x.com', 'test_secret')), 'invalid_proof');
    assert.equal(codeOf('User@X.com', signEmail('User@X.com', 'test_secret')), 'ok');
    assert.equal(emailKey('A@x'), emailKey('a@x'));
  });

  it('never falls together with another one through Unicode, dots or tags [hostile 8]', () => {
    const people = [
      'j\u00fcrgen@example.com',
      'ju\u0308rgen@example.com',
      'jurgen@example.com',
      'user@m\u00fcller.example',
      'user@xn--mller-kva.example',
      'user@example.com',
      'user+tag@example.com',
      'u.ser@example.com',
      '\u212aelvin@example.com',
      'kelvin@example.com',
      '\u0131d@example.com',
      'id@example.com',
    ];
    assert.equal(new Set(people.map(emailKey)).size, people.length);
    for (const one of people) {
      assert.equal(parseEmail(one), one);
      for (const other of people) {
        assert.equal(
          codeOf(other, signEmail(one, 'test_secret')),
          one === other ? 'ok' : 'invalid_proof',
          `${one} ${other}`,
        );
      }
    }
    assert.equal(parseEmail('user@example.com.'), undefined);
  });

  it('is no address with controls, spaces around it or 10 kB of length, even when signed [hostile 9]', () => {
    for (const email of ['a@x\0', 'a\r\n@x', 'a@x\n', ' a@x', 'a@x ', `${'a'.repeat(10_000)}@x`, 'a@', '@x', 'a', '']) {
      assert.equal(codeOf(email, signEmail(email, 'test_secret')), 'bad_request', JSON.stringify(email));
    }
    for (const email of [null, undefined, 1, [EMAIL], { toString: () => EMAIL }])
      assert.equal(codeOf(email, GOOD), 'bad_request');
  });

  it('opens nothing when it was signed with the public id of the inbox [hostile 10]', () => {
    assert.equal(codeOf(EMAIL, signEmail(EMAIL, 'demo')), 'invalid_proof');
  });

  it('opens nothing where the inbox has no secret, or an empty one [hostile 11]', () => {
    assert.throws(() => signEmail(EMAIL, ''), RangeError);
    const empty = createHmac('sha256', '').update(EMAIL).digest('hex');
    for (const secret of [undefined, { id: 's', value: '', createdAt: NOW } satisfies InboxSecret]) {
      for (const authToken of [GOOD, empty, '']) {
        assert.equal(verify('email', { email: EMAIL, authToken }, secret, context).ok, false);
      }
    }
  });

  it('is compared in constant time, and lengths that differ never throw [hostile 12]', () => {
    for (const file of ['email-hmac', 'jws', 'salted-sha1']) {
      const source = readFileSync(new URL(`../../src/identity/${file}.ts`, import.meta.url), 'utf8');
      assert.match(source, /timingSafeEqual\(/, file);
    }
    assert.doesNotThrow(() => codeOf(EMAIL, 'ab'));
    assert.doesNotThrow(() => codeOf(EMAIL, 'é'.repeat(64)));
  });

  it('counts with an old secret until its grace is over [hostile 13]', () => {
    const secret: InboxSecret = {
      id: 'new',
      value: 'new_secret',
      createdAt: NOW,
      previous: [{ id: 'old', value: 'test_secret', until: NOW + 1_000 }],
    };
    const proof = { email: EMAIL, authToken: GOOD };
    const inGrace = verify('email', proof, secret, { ...context, now: NOW + 999 });
    assert.ok(inGrace.ok);
    assert.equal(inGrace.secretId, 'old');
    assert.equal(verify('email', proof, secret, { ...context, now: NOW + 1_000 }).ok, false);
  });

  it('is one bare address: no list, no display name [hostile 14]', () => {
    for (const email of ['a@x,b@y', '"a" <b@y>', 'a@x b@y', 'a@x;b@y', 'a@b@c', '<a@x>', 'a@x(c)']) {
      assert.equal(codeOf(email, signEmail(email, 'test_secret')), 'bad_request', email);
    }
  });
});
