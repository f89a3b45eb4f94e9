import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import { verifyChaportData } from '../../src/identity/chaport-data.ts';
import { serialisations } from '../../src/identity/chaport-json.ts';
import { verifyChaportLogin } from '../../src/identity/chaport-login.ts';
import { saltedSha1 } from '../../src/identity/salted-sha1.ts';
import { verify } from '../../src/identity/verifier.ts';
import type { InboxSecret } from '../../src/store/rows.ts';
import { lengthen } from '../support/sha1-lengthen.ts';
import { context, NOW, secrets } from '../support/proofs.ts';

const salts = secrets('s4lt');
const ID = 'bbbdf059-ccb4-4a12-8845-e9a998943f1e';
const TOKEN = saltedSha1('s4lt', ID);
const sha1 = (text: string) => createHash('sha1').update(text).digest('hex');

const logsIn = (visitorId: unknown, token: unknown) => verifyChaportLogin({ visitorId, token }, salts, context).ok;
const takes = (data: unknown, hash: unknown) => verifyChaportData({ data, hash }, salts, context).ok;

describe('A Chaport login', () => {
  it('is the hash of salt and id, nothing between or after [hostile 32]', () => {
    assert.equal(logsIn(ID, TOKEN), true);
    for (const token of [
      sha1(`s4lt.${ID}`),
      sha1(`s4lt ${ID}`),
      sha1(`${ID}s4lt`),
      sha1(ID),
      sha1(`s4lt${ID}\n`),
      TOKEN.toUpperCase(),
      ` ${TOKEN}`,
      `${TOKEN}\n`,
      TOKEN.slice(1),
      '',
      null,
      0,
      [TOKEN],
    ]) {
      assert.equal(logsIn(ID, token), false, String(token));
    }
    assert.equal(logsIn(ID.toUpperCase(), TOKEN), false);
  });

  it('cannot be lengthened [hostile 32]', () => {
    const { suffix, digest } = lengthen(TOKEN, Buffer.byteLength(`s4lt${ID}`), 'admin');
    const forged = Buffer.concat([Buffer.from(`s4lt${ID}`), suffix]);
    assert.equal(createHash('sha1').update(forged).digest('hex'), digest, 'the attack itself works');
    assert.equal(logsIn(Buffer.concat([Buffer.from(ID), suffix]).toString('latin1'), digest), false);
    assert.equal(logsIn(Buffer.concat([Buffer.from(ID), suffix]).toString('utf8'), digest), false);
  });

  it('names a visitor by letters, digits, - and _ only, even when signed', () => {
    for (const id of ['', 'a b', 'a.b', '{"email":"a@x.com"}', 'a\0', 'ä', 'x'.repeat(129), `${ID}\n`]) {
      assert.equal(logsIn(id, saltedSha1('s4lt', id)), false, JSON.stringify(id));
    }
    for (const id of ['5820a1375ddf087b2e54921d', '1', 'x'.repeat(128)])
      assert.equal(logsIn(id, saltedSha1('s4lt', id)), true);
    for (const id of [null, undefined, 1, ['1'], {}]) assert.equal(logsIn(id, saltedSha1('s4lt', '1')), false);
  });
});

describe('Chaport visitor data', () => {
  const data = { name: 'Jörg / Co', email: 'j@example.com' };

  it('is refused when one character of it is not what was signed [hostile 33]', () => {
    const hash = saltedSha1('s4lt', JSON.stringify(data));
    assert.equal(takes(data, hash), true);
    for (const other of [
      { ...data, name: 'Jorg / Co' },
      { ...data, phone: '1' },
      { name: data.name },
      { email: data.email, name: data.name },
      {},
    ]) {
      assert.equal(takes(other, hash), false, JSON.stringify(other));
    }
    for (const wrong of [hash.toUpperCase(), hash.slice(1), `${hash}0`, '', null, undefined, 1, true, [hash]])
      assert.equal(takes(data, wrong), false);
  });

  it('cannot be lengthened [hostile 32]', () => {
    const json = JSON.stringify(data);
    const { suffix, digest } = lengthen(
      saltedSha1('s4lt', json),
      Buffer.byteLength(`s4lt${json}`),
      ',"email":"v@example.com"}',
    );
    const text = Buffer.concat([Buffer.from(json), suffix]);
    for (const spelling of [text.toString('latin1'), text.toString('utf8')]) {
      assert.equal(takes(spelling, digest), false);
      assert.equal(takes({ name: spelling }, digest), false);
    }
  });

  it('is written as Python writes it', () => {
    const value = {
      name: 'Jörg / Co\x7f 😀 "q" \\ \n\x01\u2028',
      n: [10, 0.1, 1.5e16, 0.0001, 0.00001, 1.25e-7, -3, true, null],
      custom: {},
      l: [],
    };
    const written =
      '{"name": "J\\u00f6rg / Co\\u007f \\ud83d\\ude00 \\"q\\" \\\\ \\n\\u0001\\u2028", ' +
      '"n": [10.0, 0.1, 1.5e+16, 0.0001, 1e-05, 1.25e-07, -3.0, true, null], "custom": {}, "l": []}';
    assert.ok(serialisations(value).includes(written), serialisations(value).join('\n'));
  });

  it('is written as PHP writes it', () => {
    const value = { url: 'https://x.com/ü', n: [1, 1e25, 0.00001, 1.5], custom: [] };
    const plain = '{"url":"https:\\/\\/x.com\\/\\u00fc","n":[1,1.0e+25,1.0e-5,1.5],"custom":[]}';
    assert.ok(serialisations(value).includes(plain), serialisations(value).join('\n'));
    assert.ok(serialisations(value).includes(plain.replace('[1,', '[1.0,')));
  });

  it('keeps the members in the order received', () => {
    assert.equal(takes({ b: 1, a: 2 }, saltedSha1('s4lt', '{"b":1,"a":2}')), true);
    assert.equal(takes({ a: 2, b: 1 }, saltedSha1('s4lt', '{"b":1,"a":2}')), false);
  });

  it('is refused when it is signed but wrong', () => {
    const code = (value: unknown) => {
      const outcome = verifyChaportData(
        { data: value, hash: saltedSha1('s4lt', JSON.stringify(value)) },
        salts,
        context,
      );
      return outcome.ok ? 'ok' : outcome.code;
    };
    const wrong = [
      null,
      [],
      'text',
      { email: 'a@x,b@y' },
      { email: 7 },
      { name: 'a\nb' },
      { name: ['a'] },
      { phone: 'x'.repeat(65) },
      { notes: 1 },
      { notes: 'a\0' },
      { custom: 'x' },
      { custom: [1] },
      JSON.parse('{"__proto__":{"a":1}}'),
      JSON.parse('{"custom":{"constructor":1}}'),
    ];
    for (const value of wrong) assert.equal(code(value), 'bad_request', JSON.stringify(value));
    for (const value of [
      {},
      { email: '', name: null },
      { phone: 4930123 },
      { notes: 'a\nb' },
      { custom: [] },
      { other: 1 },
    ]) {
      assert.equal(code(value), 'ok', JSON.stringify(value));
    }
  });
});

describe('The Chaport schemes', () => {
  const secret: InboxSecret = { id: 's', value: 's4lt', createdAt: NOW };

  it('are off until the inbox turns them on', () => {
    const login = { visitorId: ID, token: TOKEN };
    assert.equal(verify('chaport-login', login, secret, context).ok, false);
    assert.equal(verify('chaport-login', login, secret, { ...context, weakSchemes: ['chaport-data'] }).ok, false);
    assert.equal(verify('chaport-login', login, secret, { ...context, weakSchemes: ['chaport-login'] }).ok, true);
    const data = { data: {}, hash: saltedSha1('s4lt', '{}') };
    assert.equal(verify('chaport-data', data, secret, { ...context, weakSchemes: ['chaport-login'] }).ok, false);
    assert.equal(verify('chaport-data', data, secret, { ...context, weakSchemes: ['chaport-data'] }).ok, true);
  });

  it('refuse everything without a salt [hostile 11]', () => {
    assert.throws(() => saltedSha1('', ID), RangeError);
    const weakSchemes = ['chaport-login', 'chaport-data'] as const;
    for (const none of [undefined, { ...secret, value: '' }]) {
      assert.equal(
        verify('chaport-login', { visitorId: ID, token: sha1(ID) }, none, { ...context, weakSchemes }).ok,
        false,
      );
      assert.equal(verify('chaport-data', { data: {}, hash: sha1('{}') }, none, { ...context, weakSchemes }).ok, false);
    }
  });
});
