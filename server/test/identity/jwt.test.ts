import assert from 'node:assert/strict';
import { createHmac, generateKeyPairSync } from 'node:crypto';
import { describe, it } from 'node:test';
import { SignJWT } from 'jose';
import { ATTRIBUTE_LIMITS } from '../../src/identity/attributes.ts';
import { JWT_LENGTH, verifyJwt } from '../../src/identity/jwt.ts';
import type { ProofContext } from '../../src/identity/proof.ts';
import { base64url, CLAIMS, context, JWT_SECRET, NOW, NOW_S, secrets, signJwt } from '../support/proofs.ts';

const keys = secrets(JWT_SECRET);

function outcome(jwt: unknown, more: Partial<ProofContext> = {}) {
  return verifyJwt({ jwt }, keys, { ...context, ...more });
}

function codeOf(jwt: unknown, more: Partial<ProofContext> = {}): string {
  const result = outcome(jwt, more);
  return result.ok ? 'ok' : result.code;
}

const claims = (more: object) => signJwt({ ...CLAIMS, ...more });

describe('A JWT', () => {
  it('made by a library of another house is understood, with everything it says', async () => {
    const jwt = await new SignJWT({
      external_user_id: 'u-1',
      email: 'Leela@planet-express.com',
      first_name: ' Turanga ',
      last_name: 'Leela',
      phone_number: '+1 555 0100',
      contact_custom_attributes: { plan: 'premium', seats: 3, tags: ['a', { b: null }] },
    })
      .setProtectedHeader({ alg: 'HS256' })
      .setExpirationTime(NOW_S + 60)
      .setIssuedAt(NOW_S)
      .setAudience('demo')
      .sign(new TextEncoder().encode(JWT_SECRET));
    assert.deepEqual(outcome(jwt), {
      ok: true,
      email: 'Leela@planet-express.com',
      externalId: 'u-1',
      profile: {
        name: 'Turanga Leela',
        phone: '+1 555 0100',
        attributes: { plan: 'premium', seats: 3, tags: ['a', { b: null }] },
      },
      secretId: 'secret-1',
      sessionMs: 10 * 3_600_000,
    });
  });

  it('without a signature that we make ourselves is no proof: alg none in all its spellings [hostile 15]', () => {
    for (const alg of ['none', 'None', 'NONE', 'nOnE', '', null, undefined, 'hs256', 'HS256 ', ['HS256'], 0]) {
      const header = { alg, typ: 'JWT' };
      assert.equal(codeOf(signJwt(CLAIMS, { header })), 'invalid_proof', JSON.stringify(alg));
      assert.equal(codeOf(`${base64url(header)}.${base64url(CLAIMS)}.`), 'invalid_proof', JSON.stringify(alg));
    }
  });

  it('cannot bring an algorithm of its own [hostile 16]', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
    const signed = await new SignJWT(CLAIMS).setProtectedHeader({ alg: 'RS256' }).sign(privateKey);
    const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
    assert.equal(verifyJwt({ jwt: signed }, secrets(pem), context).ok, false);
    for (const alg of ['RS256', 'ES256', 'PS256', 'EdDSA']) {
      assert.equal(codeOf(signJwt(CLAIMS, { header: { alg, typ: 'JWT' } })), 'invalid_proof', alg);
    }
  });

  it('signed by HS384 or HS512 is no proof [hostile 17]', () => {
    for (const [alg, hash] of [
      ['HS384', 'sha384'],
      ['HS512', 'sha512'],
    ] as const) {
      assert.equal(codeOf(signJwt(CLAIMS, { header: { alg }, hash })), 'invalid_proof');
      assert.equal(codeOf(signJwt(CLAIMS, { header: { alg: 'HS256' }, hash })), 'invalid_proof');
    }
  });

  it('has exactly one spelling [hostile 18]', () => {
    const jwt = signJwt();
    const [head = '', body = '', signature = ''] = jwt.split('.');
    assert.equal(codeOf(jwt), 'ok');
    const spare = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    // 43 characters hold 258 bits: the last one has two to spare, which must be zero.
    const last = spare.indexOf(signature.at(-1) ?? '');
    for (let bits = 1; bits < 4; bits++) {
      const twin = `${head}.${body}.${signature.slice(0, -1)}${spare[last + bits]}`;
      assert.deepEqual(Buffer.from(twin.split('.')[2] ?? '', 'base64url'), Buffer.from(signature, 'base64url'));
      assert.equal(codeOf(twin), 'invalid_proof');
    }
    const wrong = [
      signJwt(CLAIMS, { secret: 'another' }),
      `${head}.${body}.`,
      `${head}.${body}`,
      `${jwt}=`,
      `${head}=.${body}.${signature}`,
      `${head}.${body}.${signature}.`,
      `${jwt}.${signature}`,
      `${head}..${signature}`,
      `.${body}.${signature}`,
      ` ${jwt}`,
      `${jwt}\n`,
      `Bearer ${jwt}`,
      `${head}.${body}.${Buffer.from(signature, 'base64url').toString('base64')}`,
      `${head}.${base64url({ ...CLAIMS, email: 'fry@planet-express.com' })}.${signature}`,
      '',
      '..',
      '.'.repeat(1_000),
    ];
    for (const token of wrong) assert.equal(codeOf(token), 'invalid_proof', token.slice(0, 200));
    for (const token of [null, undefined, 1, true, {}, [jwt], { toString: () => jwt }])
      assert.equal(codeOf(token), 'invalid_proof');
  });

  it('needs a header and a body that are JSON objects in UTF-8', () => {
    for (const header of ['', '[]', 'null', '"HS256"', '{"alg":"HS256"', '\ufeff{"alg":"HS256"}']) {
      assert.equal(codeOf(signJwt(CLAIMS, { header })), 'invalid_proof', header);
    }
    for (const body of ['[]', 'null', '1', '{', '\ufeff{}']) assert.equal(codeOf(signJwt(body)), 'invalid_proof', body);
    const signed = `${base64url({ alg: 'HS256' })}.${Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]).toString('base64url')}`;
    assert.equal(
      codeOf(`${signed}.${createHmac('sha256', JWT_SECRET).update(signed).digest('base64url')}`),
      'invalid_proof',
    );
  });

  it('that says it is something else is something else', () => {
    for (const typ of ['JWT', 'jwt', 'application/jwt', undefined])
      assert.equal(codeOf(signJwt(CLAIMS, { header: { alg: 'HS256', typ } })), 'ok');
    for (const typ of ['at+jwt', 'JOSE', 1, null])
      assert.equal(codeOf(signJwt(CLAIMS, { header: { alg: 'HS256', typ } })), 'invalid_proof');
    assert.equal(codeOf(signJwt(CLAIMS, { header: { alg: 'HS256', crit: ['exp'] } })), 'invalid_proof');
  });

  it('needs an exp of whole seconds, and ends at it to the second [hostile 19]', () => {
    const { exp: _, ...eternal } = CLAIMS;
    assert.equal(codeOf(signJwt(eternal)), 'invalid_proof');
    for (const exp of [`${NOW_S + 60}`, NOW_S + 0.5, -1, 1e308, null, true, [NOW_S + 60], {}]) {
      assert.equal(codeOf(claims({ exp })), 'invalid_proof', JSON.stringify(exp));
    }
    const infinite = `{"external_user_id":"u","email":"a@x.com","first_name":"A","exp":1e999}`;
    assert.equal(codeOf(signJwt(infinite)), 'invalid_proof');
    assert.equal(codeOf(claims({ exp: NOW_S - 1 })), 'proof_expired');
    assert.equal(codeOf(claims({ exp: NOW_S })), 'proof_expired');
    assert.equal(codeOf(claims({ exp: NOW_S + 1 })), 'ok');
  });

  it('may come from a clock that is a minute ahead, not from the future [hostile 20]', () => {
    for (const name of ['nbf', 'iat']) {
      assert.equal(codeOf(claims({ [name]: NOW_S + 60 })), 'ok');
      for (const time of [NOW_S + 61, 4_102_444_800, 'soon', -1, 1.5])
        assert.equal(codeOf(claims({ [name]: time })), 'invalid_proof');
    }
    assert.equal(codeOf(claims({ exp: 99_999_999_999 })), 'ok');
  });

  it('counts only in the inbox that it names [hostile 21]', () => {
    for (const aud of ['demo', ['demo'], ['other', 'demo']]) assert.equal(codeOf(claims({ aud })), 'ok');
    for (const aud of ['other', ['other'], [], '', 'demo2', 'DEMO', null, {}, [['demo']]]) {
      assert.equal(codeOf(claims({ aud })), 'invalid_proof', JSON.stringify(aud));
    }
    assert.equal(codeOf(signJwt(), { inboxId: 'other' }), 'ok', 'without aud only the secret tells inboxes apart');
    assert.equal(codeOf(claims({ aud: 'demo' }), { inboxId: 'other' }), 'invalid_proof');
    assert.equal(codeOf(claims({ iss: 'anybody' })), 'ok');
    assert.equal(codeOf(claims({ iss: 'shop' }), { issuer: 'shop' }), 'ok');
    for (const iss of ['anybody', undefined, ['shop']])
      assert.equal(codeOf(claims({ iss }), { issuer: 'shop' }), 'invalid_proof');
  });

  it('chooses its key by kid, and by nothing that names a place [hostile 22]', () => {
    const two = secrets('first secret of this inbox, long', JWT_SECRET);
    const withKid = (kid: unknown) =>
      verifyJwt({ jwt: signJwt(CLAIMS, { header: { alg: 'HS256', kid } }) }, two, context).ok;
    assert.equal(withKid('secret-2'), true);
    const places = [
      'secret-1',
      '../../../dev/null',
      "' OR 1=1 --",
      'https://evil.example/jwks',
      'unknown',
      '',
      2,
      null,
      ['secret-2'],
      '__proto__',
    ];
    for (const kid of places) assert.equal(withKid(kid), false, JSON.stringify(kid));

    const header = {
      alg: 'HS256',
      jku: 'https://evil.example/jwks.json',
      x5u: 'file:///etc/passwd',
      jwk: { kty: 'oct', k: base64url('mine') },
    };
    assert.equal(codeOf(signJwt(CLAIMS, { header, secret: 'mine' })), 'invalid_proof');
    assert.equal(codeOf(signJwt(CLAIMS, { header })), 'ok');
  });

  it('names the person by a text of at most 128 characters [hostile 23]', () => {
    for (const id of [undefined, null, '']) {
      const result = outcome(claims({ external_user_id: id }));
      assert.ok(!result.ok);
      assert.equal(result.code, 'bad_request');
      assert.match(result.message, /external_user_id/);
    }
    for (const id of ['x'.repeat(129), 0, 1, true, false, ['u'], {}, ' ', 'a\nb', 'a\0']) {
      assert.equal(codeOf(claims({ external_user_id: id })), 'bad_request', JSON.stringify(id));
    }
    const ids = ['1', '01', '0', 'x'.repeat(128)].map((id) => outcome(claims({ external_user_id: id })));
    assert.deepEqual(
      ids.map((result) => result.ok && result.externalId),
      ['1', '01', '0', 'x'.repeat(128)],
    );
  });

  it('that lacks the e-mail or the first name is told which', () => {
    for (const name of ['email', 'first_name']) {
      for (const value of [undefined, null, '']) {
        const result = outcome(claims({ [name]: value }));
        assert.ok(!result.ok);
        assert.equal(result.code, 'bad_request');
        assert.match(result.message, new RegExp(name));
      }
    }
    for (const more of [
      { email: 'a@x,b@y' },
      { email: 1 },
      { first_name: 1 },
      { first_name: ' ' },
      { last_name: 7 },
      { phone_number: 49 },
      { phone_number: '1'.repeat(21) },
    ]) {
      assert.equal(codeOf(claims(more)), 'bad_request', JSON.stringify(more));
    }
    assert.equal(codeOf(claims({ last_name: '', phone_number: null, contact_custom_attributes: null })), 'ok');
  });

  it('says nothing by the claims of other systems [hostile 24] [hostile 25]', () => {
    const plain = outcome(signJwt());
    const loud = outcome(
      claims({ user_id: 1, is_visitor: true, role: 'agent', admin: true, sub: 'x', inbox_id: 'other' }),
    );
    assert.ok(loud.ok);
    assert.deepEqual(loud, plain);
  });

  it('is refused when it is huge, deep, or meant to poison objects [hostile 26]', () => {
    assert.equal(codeOf(claims({ first_name: 'x'.repeat(1_000_000) })), 'too_large');
    assert.equal(codeOf('x'.repeat(JWT_LENGTH + 1)), 'too_large');
    const attributes = (value: unknown) => codeOf(claims({ contact_custom_attributes: value }));
    const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, 1]));
    assert.equal(attributes(many(ATTRIBUTE_LIMITS.count)), 'ok');
    assert.equal(attributes(many(ATTRIBUTE_LIMITS.count + 1)), 'bad_request');
    assert.ok(['bad_request', 'too_large'].includes(attributes(many(10_000))));
    const deep = (levels: number): unknown => (levels === 0 ? 1 : { a: deep(levels - 1) });
    assert.equal(attributes(deep(ATTRIBUTE_LIMITS.depth)), 'ok');
    assert.equal(attributes(deep(ATTRIBUTE_LIMITS.depth + 1)), 'bad_request');
    assert.equal(attributes(deep(100)), 'bad_request');
    assert.equal(attributes({ list: Array.from({ length: ATTRIBUTE_LIMITS.nodes }, () => 1) }), 'bad_request');
    assert.equal(attributes({ text: 'x'.repeat(ATTRIBUTE_LIMITS.size) }), 'bad_request');
    for (const value of [[], 'text', 1, true, { a: 'x\0' }, { 'a\0': 1 }, { a: '\ud800' }, { ['k'.repeat(129)]: 1 }]) {
      assert.equal(attributes(value), 'bad_request', JSON.stringify(value));
    }
    for (const name of ['__proto__', 'constructor', 'prototype']) {
      for (const raw of [`{"${name}":{"polluted":1}}`, `{"a":[{"${name}":{"polluted":1}}]}`]) {
        const payload = JSON.stringify(CLAIMS).replace(/\}$/, `,"contact_custom_attributes":${raw}}`);
        assert.equal(codeOf(signJwt(payload)), 'bad_request', payload);
      }
    }
    assert.equal(({} as { polluted?: unknown }).polluted, undefined);
  });

  it('counts once where the inbox says so, and says until when to remember it [hostile 28]', () => {
    const result = outcome(claims({ jti: 'ticket-1' }), { oneTime: true });
    assert.ok(result.ok);
    assert.deepEqual(result.once, { id: 'ticket-1', until: NOW + 3_600_000 });
    for (const jti of [undefined, '', 1, null, 'x'.repeat(256)])
      assert.equal(codeOf(claims({ jti }), { oneTime: true }), 'invalid_proof');
    const relaxed = outcome(claims({ jti: 'ticket-1' }));
    assert.ok(relaxed.ok && relaxed.once === undefined);
  });

  it('tells only the holder of a signed token what is wrong with it', () => {
    const forged = outcome(signJwt({ exp: 1 }, { secret: 'guess' }));
    assert.deepEqual(forged, { ok: false, code: 'invalid_proof', message: 'The token is not valid.' });
  });
});
