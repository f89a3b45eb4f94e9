import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hashCode, hashOfNone, isSameHash, mailboxHash, newCode, readCode } from '../../src/identity/email-code.ts';

describe('A code for a typed e-mail', () => {
  it('has six digits, and each is a new one', () => {
    const codes = Array.from({ length: 200 }, newCode);
    for (const code of codes) assert.match(code, /^\d{6}$/);
    assert.ok(new Set(codes).size > 190);
  });

  it('is read from what people type, and from nothing else', () => {
    for (const typed of ['402915', '402 915', '402-915', ' 402915\n']) assert.equal(readCode(typed), '402915', typed);
    for (const typed of ['', '40291', '4029155', '40291a', '４０２９１５', '+402915']) {
      assert.equal(readCode(typed), undefined, typed);
    }
  });

  it('is kept as a hash that fits in its session, for its address and for itself only', () => {
    const of = { token: 'the token of a session', email: 'Kim@mail.example' };
    const hash = hashCode('402915', of);
    assert.ok(isSameHash(hash, hashCode('402915', { ...of, email: 'kim@MAIL.example' })), 'A–Z in either case');
    const others = [
      hashCode('402915', { ...of, token: 'the token of another' }),
      hashCode('402915', { ...of, email: 'lee@mail.example' }),
      hashCode('402916', of),
      hashOfNone(),
      '',
    ];
    for (const other of others) assert.equal(isSameHash(hash, other), false, other);
    assert.ok(!hash.includes('402915'));
  });
});

describe('A mailbox', () => {
  it('is one in all the spellings that one mail server may deliver to it, so that it is mailed once', () => {
    const spellings = ['kim@m\u00fcller.example', 'KIM@xn--mller-kva.example', 'kim+shop@m\u00dcller.example'];
    assert.equal(new Set(spellings.map(mailboxHash)).size, 1);
    const others = ['kim@muller.example', 'k.im@m\u00fcller.example', 'kim@m\u00fcller.example.org'];
    for (const other of others) assert.notEqual(mailboxHash(other), mailboxHash('kim@m\u00fcller.example'), other);
    assert.notEqual(mailboxHash('+a@x.example'), mailboxHash('+b@x.example'), 'what is all tag is a name');
  });
});
