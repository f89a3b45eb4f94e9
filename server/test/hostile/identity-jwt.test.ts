import assert from 'node:assert/strict';
import { createHmac, createSign, generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import type { AgentContact, ErrorBody, SessionAnswer } from '../../../src/api/protocol.ts';
import { asAgent, patchInbox, secretOf } from '../support/inbox.ts';
import { base64url, signJwt } from '../support/proofs.ts';
import type { JwtOptions } from '../support/proofs.ts';
import { startServer } from '../support/server.ts';
import type { Answer, TestServer } from '../support/server.ts';

let server: TestServer;
let secret: string;
before(async () => {
  server = await startServer();
  secret = await secretOf(server, 'jwt');
});
after(() => server.close());

const now = (): number => Math.floor(Date.now() / 1_000);
let people = 0;
const person = () => ({
  external_user_id: `user-${++people}`,
  email: `user-${people}@x.test`,
  first_name: 'Amy',
  exp: now() + 600,
});

const sign = (claims: unknown, options: JwtOptions = {}): string => signJwt(claims, { secret, ...options });

function sendToken(jwt: unknown): Promise<Answer<SessionAnswer & ErrorBody>> {
  return server.widget('/sessions', { method: 'POST', body: { jwt } });
}

const send = (claims: unknown, options?: JwtOptions) => sendToken(sign(claims, options));

async function isRefused(jwt: unknown, why = String(jwt).slice(0, 120)): Promise<void> {
  const { status, body } = await sendToken(jwt);
  assert.deepEqual([status, body.error.code], [401, 'invalid_proof'], why);
}

async function isBad(claims: object, why = JSON.stringify(claims).slice(0, 120)): Promise<void> {
  const { status, body } = await send(claims);
  assert.deepEqual([status, body.error.code], [400, 'bad_request'], why);
}

describe('A JWT that chooses its own algorithm', () => {
  it('is refused with none, in any spelling, signed or not [hostile 15]', async () => {
    const claims = person();
    for (const alg of ['none', 'None', 'NONE', 'nOnE', '', null, 0, ['none'], 'HS256 ', 'hs256']) {
      const header = { alg, typ: 'JWT' };
      await isRefused(sign(claims, { header }), JSON.stringify(alg));
      await isRefused(`${base64url(header)}.${base64url(claims)}.`, JSON.stringify(alg));
      await isRefused(`${base64url(header)}.${base64url(claims)}`, JSON.stringify(alg));
    }
    await isRefused(sign(claims, { header: { typ: 'JWT' } }));
  });

  it('is refused with a public key for a secret, and with a secret for a public key [hostile 16]', async () => {
    const admin = asAgent(server, await server.signIn());
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
    const pem = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
    await admin('/v1/inboxes/demo/secrets/jwt/rotate', { method: 'POST', body: { value: pem, graceHours: 0 } });
    try {
      const claims = person();
      const signed = `${base64url({ alg: 'RS256', typ: 'JWT' })}.${base64url(claims)}`;
      const signature = createSign('RSA-SHA256').update(signed).sign(privateKey).toString('base64url');
      await isRefused(`${signed}.${signature}`, 'RS256, signed by the key whose public half is the secret');
      for (const alg of ['RS256', 'ES256', 'PS256', 'EdDSA']) {
        await isRefused(signJwt(claims, { header: { alg, typ: 'JWT' }, secret: pem }), alg);
      }
    } finally {
      const restored = { method: 'POST', body: { value: secret, graceHours: 0 } };
      assert.equal((await admin('/v1/inboxes/demo/secrets/jwt/rotate', restored)).status, 200);
    }
  });

  it('is refused with HS384 and HS512, whatever the header says [hostile 17]', async () => {
    const claims = person();
    for (const [alg, hash] of [
      ['HS384', 'sha384'],
      ['HS512', 'sha512'],
    ] as const) {
      await isRefused(sign(claims, { header: { alg, typ: 'JWT' }, hash }), alg);
      await isRefused(sign(claims, { header: { alg: 'HS256', typ: 'JWT' }, hash }), alg);
    }
    assert.equal((await send(claims)).status, 201);
  });
});

describe('A JWT that was touched', () => {
  it('is refused: another signature, none, padding, another last character, other claims [hostile 18]', async () => {
    const claims = person();
    const jwt = sign(claims);
    const [head = '', body = '', signature = ''] = jwt.split('.');
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const last = alphabet.indexOf(signature.at(-1) ?? '');
    // The last character has two bits to spare: three more spell the same bytes.
    const twins = [1, 2, 3].map((bits) => `${head}.${body}.${signature.slice(0, -1)}${alphabet[last ^ bits]}`);
    const wrong = [
      ...twins,
      signJwt(claims, { secret: 'another secret, as long as the right one' }),
      `${head}.${body}.`,
      `${head}.${body}`,
      `${jwt}=`,
      `${head}=.${body}.${signature}`,
      `${head}.${body}=.${signature}`,
      `${head}.${body}.${Buffer.from(signature, 'base64url').toString('base64')}`,
      `${head}.${base64url({ ...claims, email: 'fry@x.test' })}.${signature}`,
      `${base64url({ typ: 'JWT', alg: 'HS256' })}.${body}.${signature}`,
      ` ${jwt}`,
      `${jwt}\n`,
      `Bearer ${jwt}`,
      `${jwt}.${signature}`,
      '..',
      '',
    ];
    for (const token of wrong) await isRefused(token);
    assert.equal((await sendToken(jwt)).status, 201);
  });
});

describe('The times of a JWT', () => {
  it('need an exp of whole seconds, which ends it to the second [hostile 19]', async () => {
    const { exp: _, ...eternal } = person();
    await isRefused(sign(eternal), 'no exp');
    for (const exp of [`${now() + 60}`, now() + 60.5, -1, 1e308, null, true, [now() + 60], {}]) {
      await isRefused(sign({ ...eternal, exp }), JSON.stringify(exp));
    }
    await isRefused(sign(`${JSON.stringify(eternal).slice(0, -1)},"exp":1e999}`), 'infinite');
    const { status, body } = await send({ ...eternal, exp: now() - 1 });
    assert.deepEqual([status, body.error.code], [401, 'proof_expired']);
  });

  it('must not lie in the future; a far exp makes no longer session [hostile 20]', async () => {
    for (const name of ['nbf', 'iat']) {
      for (const time of [now() + 3_600, 4_102_444_800, 'soon', -1]) {
        await isRefused(sign({ ...person(), [name]: time }), `${name} ${time}`);
      }
      assert.equal((await send({ ...person(), [name]: now() + 30 })).status, 201, 'a clock that is a little ahead');
    }
    const { body } = await send({ ...person(), exp: 4_102_444_800 });
    assert.ok(body.expiresAt - Date.now() <= 10 * 3_600_000);
  });
});

describe('The header of a JWT', () => {
  it('chooses among the inbox’s own keys, and never a file, a query or an address [hostile 22]', async () => {
    const asked: string[] = [];
    const stranger = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.end(JSON.stringify({ keys: [{ kty: 'oct', k: base64url('mine'), alg: 'HS256' }] }));
    }).listen(0, '127.0.0.1');
    await once(stranger, 'listening');
    const url = `http://127.0.0.1:${(stranger.address() as AddressInfo).port}/jwks.json`;

    const kids = [
      '../../../../dev/null',
      '/dev/null',
      "' OR '1'='1",
      url,
      'file:///etc/passwd',
      'unknown',
      '',
      0,
      null,
    ];
    for (const kid of [...kids, ['x'], '__proto__', 'constructor']) {
      const header = { alg: 'HS256', typ: 'JWT', kid };
      await isRefused(sign(person(), { header }), JSON.stringify(kid));
      // The key of an empty file, of a query without rows, of a member that every object has.
      for (const guess of ['', '\n', 'null', 'undefined', 'mine']) {
        const signed = `${base64url(header)}.${base64url(person())}`;
        await isRefused(`${signed}.${createHmac('sha256', guess).update(signed).digest('base64url')}`);
      }
    }
    const elsewhere = { jku: url, x5u: url, jwk: { kty: 'oct', k: base64url('mine') } };
    const header = { alg: 'HS256', typ: 'JWT', ...elsewhere };
    await isRefused(signJwt(person(), { header, secret: 'mine' }), 'a key that the token brings');
    assert.equal((await send(person(), { header })).status, 201, 'with the right key they are only ignored');

    const row = await server.chat.store.inboxes.find(server.inbox);
    const own = { alg: 'HS256', typ: 'JWT', kid: row?.secrets['jwt']?.id };
    assert.equal((await send(person(), { header: own })).status, 201);
    assert.deepEqual(asked, []);
    stranger.close();
  });
});

describe('What a JWT says of a person', () => {
  it('begins with an id: a text of 1 to 128 characters, each spelling somebody else [hostile 23]', async () => {
    const ids = [undefined, null, '', ' ', 'x'.repeat(129), 0, 1, 1.5, true, false, ['u'], { id: 1 }, 'a\0b', 'a\nb'];
    for (const id of ids) await isBad({ ...person(), external_user_id: id }, JSON.stringify(id));
    const distinct = ['0', '1', '01', '1.0', 'x', 'X', 'x'.repeat(128)];
    const contacts = await Promise.all(distinct.map((id) => send({ ...person(), external_user_id: id })));
    assert.deepEqual(new Set(contacts.map(({ status }) => status)), new Set([201]));
    assert.equal(new Set(contacts.map(({ body }) => body.contact.id)).size, distinct.length);
  });

  it('is nothing in the words of other systems: no other contact, no other inbox, no role [hostile 24] [hostile 25]', async () => {
    const victim = (await send(person())).body.contact;
    const { number } = (await server.api<AgentContact>(`/v1/contacts/${victim.id}`)).body;
    const claims = person();
    const { status, body } = await send({
      ...claims,
      user_id: number,
      contact_id: number,
      id: victim.id,
      sub: victim.id,
      is_visitor: true,
      inbox_id: 'other',
      role: 'agent',
      admin: true,
      permissions: ['*'],
      verification: 'verified',
    });
    assert.equal(status, 201);
    assert.notEqual(body.contact.id, victim.id);
    const {
      id: _id,
      number: _number,
      createdAt: _at,
      ...known
    } = (await server.api<AgentContact>(`/v1/contacts/${body.contact.id}`)).body;
    assert.deepEqual(known, {
      name: 'Amy',
      email: claims.email,
      verification: 'verified',
      externalId: claims.external_user_id,
    });
    const headers = { cookie: `chat_agent=${body.token}` };
    for (const path of ['/v1/conversations', '/v1/inboxes/demo', '/v1/agents']) {
      assert.equal((await server.request(path, { token: body.token })).status, 401, path);
      assert.equal((await server.request(path, { headers })).status, 401, path);
    }
    assert.deepEqual((await server.request<unknown>('/v1/agent/session', { headers })).body, { agent: null });
  });

  it('may not be huge, deep, or poison for objects [hostile 26]', async () => {
    const big = await sendToken('x'.repeat(1_000_000));
    assert.deepEqual([big.status, big.body.error.code], [413, 'too_large']);
    const many = Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`k${index}`, 1]));
    const some = Object.fromEntries(Array.from({ length: 1_001 }, (_, index) => [`k${index}`, 1]));
    assert.equal((await send({ ...person(), contact_custom_attributes: many })).status, 413);
    await isBad({ ...person(), contact_custom_attributes: some }, '1001 attributes');
    const deep = `${'{"a":'.repeat(100)}1${'}'.repeat(100)}`;
    const withRaw = (attributes: string): string =>
      `${JSON.stringify(person()).slice(0, -1)},"contact_custom_attributes":${attributes}}`;
    for (const attributes of [
      deep,
      `${'['.repeat(2_000)}${']'.repeat(2_000)}`,
      '{"__proto__":{"polluted":1}}',
      '{"constructor":{"prototype":{"polluted":1}}}',
      '{"a":{"prototype":{"polluted":1}}}',
      '{"a":[{"__proto__":{"polluted":1}}]}',
    ]) {
      const { status, body } = await send(withRaw(attributes));
      assert.deepEqual([status, body.error.code], [400, 'bad_request'], attributes.slice(0, 60));
    }
    // At the top such a name is a claim that nobody reads.
    assert.equal((await send(`${JSON.stringify(person()).slice(0, -1)},"__proto__":{"polluted":1}}`)).status, 201);
    assert.equal(({} as { polluted?: unknown }).polluted, undefined);
  });
});

describe('Where a JWT counts', () => {
  it('is the inbox that its aud names, from the issuer that the inbox expects [hostile 21]', async () => {
    for (const aud of ['other', ['other'], [], '', 'DEMO', null, {}]) {
      await isRefused(sign({ ...person(), aud }), JSON.stringify(aud));
    }
    assert.equal((await send({ ...person(), aud: ['other', 'demo'] })).status, 201);
    await patchInbox(server, { identity: { issuer: 'https://shop.example' } });
    for (const iss of [undefined, '', 'https://shop.example/', ['https://shop.example']]) {
      await isRefused(sign({ ...person(), iss }), JSON.stringify(iss));
    }
    assert.equal((await send({ ...person(), iss: 'https://shop.example' })).status, 201);
    await patchInbox(server, { identity: { issuer: '' } });
  });
});
