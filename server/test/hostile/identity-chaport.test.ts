import assert from 'node:assert/strict';
import { createHash, randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import type { AgentContact, ErrorBody, SessionAnswer, SessionRequest } from '../../../src/api/protocol.ts';
import { saltedSha1 } from '../../src/identity/salted-sha1.ts';
import { patchInbox, secretOf } from '../support/inbox.ts';
import { startServer } from '../support/server.ts';
import type { Answer, TestServer } from '../support/server.ts';
import { lengthen } from '../support/sha1-lengthen.ts';

let server: TestServer;
let loginSalt: string;
let dataSalt: string;
before(async () => {
  server = await startServer();
  loginSalt = await secretOf(server, 'chaport-login');
  dataSalt = await secretOf(server, 'chaport-data');
  await patchInbox(server, { identity: { chaportLogin: true, chaportData: true } });
});
after(() => server.close());

const sha1 = (text: string): string => createHash('sha1').update(text).digest('hex');

function send(body: object, token?: string): Promise<Answer<SessionAnswer & ErrorBody>> {
  return server.widget('/sessions', { method: 'POST', body, ...(token && { token }) });
}

async function isRefused(body: object, why: string): Promise<void> {
  const { status, body: answer } = await send(body);
  assert.ok([400, 401].includes(status), why);
  assert.ok(['bad_request', 'invalid_proof'].includes(answer.error.code), why);
}

async function contactOf(id: string): Promise<AgentContact> {
  return (await server.api<AgentContact>(`/v1/contacts/${id}`)).body;
}

describe('A salted SHA-1', () => {
  it('of a visitor id counts in one spelling only, the salt in front and nothing between [hostile 32]', async () => {
    const visitorId = randomUUID();
    const right = saltedSha1(loginSalt, visitorId);
    const victim = await send({ visitorId, visitorToken: right });
    assert.equal(victim.status, 201);
    const wrong = {
      'a dot between': sha1(`${loginSalt}.${visitorId}`),
      'a colon between': sha1(`${loginSalt}:${visitorId}`),
      'a blank between': sha1(`${loginSalt} ${visitorId}`),
      'the salt behind': sha1(`${visitorId}${loginSalt}`),
      'no salt': sha1(visitorId),
      'the other salt': saltedSha1(dataSalt, visitorId),
      'upper-case hex': right.toUpperCase(),
      'a newline signed': sha1(`${loginSalt}${visitorId}\n`),
      'a newline behind': `${right}\n`,
      cut: right.slice(0, -1),
      empty: '',
    };
    for (const [why, visitorToken] of Object.entries(wrong)) await isRefused({ visitorId, visitorToken }, why);
    await isRefused({ visitorId: visitorId.toUpperCase(), visitorToken: right }, 'an upper-case id');
    await isRefused({ visitorId: ` ${visitorId}`, visitorToken: right }, 'a blank before the id');
  });

  it('of a visitor id cannot be lengthened into another [hostile 32]', async () => {
    const visitorId = randomUUID();
    const known = saltedSha1(loginSalt, visitorId);
    // The attack does not know the salt; its length it may try out.
    const { suffix, digest } = lengthen(known, Buffer.byteLength(loginSalt + visitorId), 'admin');
    const forged = Buffer.concat([Buffer.from(visitorId), suffix]);
    const bytes = Buffer.concat([Buffer.from(loginSalt), forged]);
    assert.equal(createHash('sha1').update(bytes).digest('hex'), digest, 'the attack itself works');
    for (const encoding of ['latin1', 'utf8'] as const) {
      await isRefused({ visitorId: forged.toString(encoding), visitorToken: digest }, encoding);
    }
  });

  it('of visitor data cannot be lengthened, nor another serialisation be slipped in [hostile 32]', async () => {
    const visitor = { name: 'Kim', email: 'kim@x.test' };
    const json = JSON.stringify(visitor);
    const { suffix, digest } = lengthen(
      saltedSha1(dataSalt, json),
      Buffer.byteLength(dataSalt + json),
      ',"email":"victim@x.test"}',
    );
    for (const encoding of ['latin1', 'utf8'] as const) {
      const text = Buffer.concat([Buffer.from(json), suffix]).toString(encoding);
      await isRefused({ visitor: text, visitorHash: digest }, encoding);
      await isRefused({ visitor: { ...visitor, name: text }, visitorHash: digest }, encoding);
    }
    const hash = saltedSha1(dataSalt, json);
    const body = `{"visitor":{"name":"Kim","email":"kim@x.test","email":"victim@x.test"},"visitorHash":"${hash}"}`;
    assert.equal((await server.widget('/sessions', { method: 'POST', body })).status, 401, 'a member twice');
    const swapped = { email: visitor.email, name: visitor.name };
    assert.equal((await send({ visitor: swapped, visitorHash: hash })).status, 401, 'members in another order');
    assert.equal((await send({ visitor, visitorHash: hash })).status, 201);
  });
});

describe('Visitor data without a hash', () => {
  it('never change an e-mail that is there, fill one that is not, and mark it [hostile 33]', async () => {
    const ada = await server.verified('ada@x.test', { firstName: 'Ada' });
    const thief: SessionRequest = { visitor: { email: 'thief@x.test', name: 'Thief', phone: '666' } };
    const patched = await server.widget('/session', { method: 'PATCH', token: ada.token, body: thief });
    assert.equal(patched.status, 200);
    const known = await contactOf(ada.contact.id);
    assert.deepEqual([known.email, known.name, known.verification], ['ada@x.test', 'Ada', 'verified']);
    assert.deepEqual([known.phone, known.unverified], ['666', ['phone']]);

    const anonymous = await server.session();
    await server.widget('/session', { method: 'PATCH', token: anonymous.token, body: thief });
    const filled = await contactOf(anonymous.contact.id);
    assert.deepEqual([filled.email, filled.verification], ['thief@x.test', 'claimed']);
    assert.deepEqual(filled.unverified, ['name', 'phone']);
  });

  it('are ignored where the inbox wants a hash, and a wrong hash is never taken for none [hostile 33]', async () => {
    const visitor = { name: 'Kim', email: 'unsigned@x.test' };
    for (const visitorHash of ['', 'x', saltedSha1(loginSalt, JSON.stringify(visitor)), null, 0]) {
      await isRefused({ visitor, visitorHash }, JSON.stringify(visitorHash));
    }
    await patchInbox(server, { identity: { signedDataOnly: true } });
    const { status, body } = await send({ visitor });
    assert.equal(status, 201);
    const { name, email, verification } = await contactOf(body.contact.id);
    assert.deepEqual([name, email, verification], [null, null, 'anonymous']);
    const patch = { method: 'PATCH', token: body.token, body: { visitor } };
    assert.equal((await server.widget('/session', patch)).status, 403);
    await patchInbox(server, { identity: { signedDataOnly: false } });
  });
});
