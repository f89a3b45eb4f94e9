import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { AgentContact, ConversationPage, ErrorBody, SessionAnswer } from '../../../src/api/protocol.ts';
import { uuid } from '../support/ids.ts';
import { addInbox, patchInbox, secretOf } from '../support/inbox.ts';
import { signJwt } from '../support/proofs.ts';
import { startServer } from '../support/server.ts';
import type { Answer, TestServer } from '../support/server.ts';
import { visitor } from '../support/socket.ts';

const MINUTE_MS = 60_000;

let server: TestServer;
let secret: string;
before(async () => {
  server = await startServer();
  await addInbox(server, 'other');
  secret = await secretOf(server, 'jwt');
});
after(() => server.close());

let people = 0;
const person = () => ({ external_user_id: `user-${++people}`, email: `user-${people}@x.test`, first_name: 'Amy' });
const soon = () => Math.floor(Date.now() / 1_000) + 600;
const sign = (claims: object) => signJwt({ exp: soon(), ...claims }, { secret });

function send(claims: object, token?: string): Promise<Answer<SessionAnswer & ErrorBody>> {
  return server.widget('/sessions', { method: 'POST', body: { jwt: sign(claims) }, ...(token && { token }) });
}

async function contactOf({ body }: Answer<SessionAnswer>): Promise<AgentContact> {
  return (await server.api<AgentContact>(`/v1/contacts/${body.contact.id}`)).body;
}

async function history(token: string): Promise<string[]> {
  const { body } = await server.widget<ConversationPage>('/conversations', { token });
  return body.conversations.map(({ id }) => id);
}

async function contactsBy(email: string): Promise<readonly AgentContact[]> {
  const search = { method: 'POST', body: { email } };
  const { body } = await server.api<{ contacts: AgentContact[] }>('/v1/contacts/search', search);
  return body.contacts;
}

describe('A visitor with a JWT', () => {
  it('is known with all that the site says, and says anew at each login', async () => {
    const claims = {
      ...person(),
      last_name: 'Wong',
      phone_number: '+1 555',
      contact_custom_attributes: { plan: 'pro', seats: 3 },
    };
    const first = await send(claims);
    assert.equal(first.status, 201);
    assert.equal(first.body.contact.verification, 'verified');
    const { id, number, createdAt, ...known } = await contactOf(first);
    assert.deepEqual(known, {
      name: 'Amy Wong',
      email: claims.email,
      verification: 'verified',
      externalId: claims.external_user_id,
      phone: '+1 555',
      attributes: { plan: 'pro', seats: 3 },
    });

    const moved = {
      ...claims,
      email: `new-${claims.email}`,
      last_name: 'Kroker',
      contact_custom_attributes: { plan: 'free' },
    };
    const second = await send(moved);
    const now = await contactOf(second);
    assert.deepEqual([now.id, now.name, now.email], [id, 'Amy Kroker', moved.email]);
    assert.deepEqual(now.attributes, { seats: 3, plan: 'free' });
    assert.deepEqual(await contactsBy(claims.email), []);
    assert.ok(number > 0 && createdAt > 0);
  });

  it('sees the same history on every device, and nobody else’s', async () => {
    const claims = person();
    const one = await send(claims);
    const socket = await visitor(server, one.body);
    const conversation = uuid();
    socket.send({ type: 'send', conversationId: conversation, clientId: uuid(), text: 'hello', start: true });
    await socket.next('entry');
    assert.deepEqual(await history((await send(claims)).body.token), [conversation]);
    assert.deepEqual(await history((await send(person())).body.token), []);
  });

  it('takes over what this device wrote anonymously', async () => {
    const anonymous = await server.session();
    const socket = await visitor(server, anonymous);
    const conversation = uuid();
    socket.send({ type: 'send', conversationId: conversation, clientId: uuid(), text: 'hello', start: true });
    await socket.next('entry');
    const signedIn = await send(person(), anonymous.token);
    assert.deepEqual(await history(signedIn.body.token), [conversation]);
  });

  it('is who proved the e-mail before, when that one has no id yet', async () => {
    const claims = person();
    const proven = await server.verified(claims.email);
    const linked = await send(claims);
    assert.equal(linked.body.contact.id, proven.contact.id);
    assert.equal((await server.verified(claims.email)).contact.id, proven.contact.id);
  });

  it('never takes over a contact with another id by their e-mail [hostile 29]', async () => {
    const [victim, thief] = [person(), person()];
    const known = await send(victim);
    const refused = await send({ ...thief, email: victim.email.toUpperCase() });
    assert.equal(refused.status, 409);
    assert.equal(refused.body.error.code, 'conflict');
    assert.deepEqual(await contactOf(known), await contactOf(await send(victim)));

    const own = await send(thief);
    const again = await send({ ...thief, email: victim.email });
    assert.equal(again.status, 409);
    assert.equal((await contactOf(own)).email, thief.email);
    assert.equal((await contactsBy(victim.email)).length, 1);
  });

  it('is a contact like others when the e-mail is an agent’s [hostile 30] [hostile 25]', async () => {
    const signedIn = await send({ ...person(), email: server.admin.email, role: 'admin', admin: true });
    assert.equal(signedIn.status, 201);
    const { token } = signedIn.body;
    assert.equal((await server.request('/v1/conversations', { token })).status, 401);
    assert.equal(
      (await server.request('/v1/conversations', { headers: { cookie: `chat_agent=${token}` } })).status,
      401,
    );
    const socket = await server.socket('/v1/agent/socket', { cookie: `chat_agent=${token}` });
    socket.send({ type: 'hello', version: 1, token });
    assert.equal(await socket.closed, 4401);
  });
});

describe('A session made with a JWT', () => {
  it('lasts as long as the inbox says, however far the exp [hostile 20]', async () => {
    const lasts = async (): Promise<number> =>
      (await send({ ...person(), exp: 4_102_444_800 })).body.expiresAt - Date.now();
    assert.ok(Math.abs((await lasts()) - 600 * MINUTE_MS) < MINUTE_MS, '10h by default');
    assert.equal((await patchInbox(server, { identity: { sessionDuration: '30m' } })).status, 200);
    assert.ok(Math.abs((await lasts()) - 30 * MINUTE_MS) < MINUTE_MS);
    for (const sessionDuration of ['', '10', '1d', '1.5h', '0h', '-1h', 'P1D']) {
      const refused = await patchInbox(server, { identity: { sessionDuration } });
      assert.equal(refused.status, 400, sessionDuration);
      assert.equal(refused.body.error?.field, '/settings/identity/sessionDuration');
    }
    await patchInbox(server, { identity: { sessionDuration: '10h' } });
  });

  it('cannot be renewed into a longer one', async () => {
    const signedIn = (await send(person())).body;
    const renewed = await server.session({ firstName: 'Amy' }, signedIn.token);
    assert.equal(renewed.expiresAt, signedIn.expiresAt);
    assert.equal(renewed.contact.verification, 'verified');
  });
});

describe('A JWT that is no good', () => {
  it('is refused with the reason, and makes nobody [hostile 19] [hostile 23]', async () => {
    const claims = person();
    const cases: readonly (readonly [object, number, string, RegExp])[] = [
      [{ ...claims, external_user_id: undefined }, 400, 'bad_request', /external_user_id/],
      [{ ...claims, first_name: undefined }, 400, 'bad_request', /first_name/],
      [{ ...claims, email: undefined }, 400, 'bad_request', /email/],
      [{ ...claims, external_user_id: 7 }, 400, 'bad_request', /external_user_id/],
      [{ ...claims, exp: undefined }, 401, 'invalid_proof', /exp/],
      [{ ...claims, exp: soon() - 660 }, 401, 'proof_expired', /expired/],
      [{ ...claims, nbf: soon() }, 401, 'invalid_proof', /nbf/],
      [{ ...claims, aud: 'other' }, 401, 'invalid_proof', /aud/],
    ];
    for (const [given, status, code, words] of cases) {
      const { status: got, body } = await send(given);
      assert.deepEqual([got, body.error.code], [status, code]);
      assert.match(body.error.message, words);
    }
    assert.deepEqual(await contactsBy(claims.email), []);
  });

  it('leaves the session that it came with as it was', async () => {
    const anonymous = await server.session();
    assert.equal((await send({ ...person(), exp: 1 }, anonymous.token)).status, 401);
    assert.equal((await server.widget('/session', { token: anonymous.token })).status, 200);
  });

  it('is one of another inbox, or a session is [hostile 21] [hostile 45]', async () => {
    const jwt = sign(person());
    assert.equal((await server.request('/v1/widget/other/sessions', { method: 'POST', body: { jwt } })).status, 401);
    const { body } = await server.widget<SessionAnswer>('/sessions', { method: 'POST', body: { jwt } });
    assert.equal((await server.request('/v1/widget/other/session', { token: body.token })).status, 401);
  });

  it('is huge, or poisons objects [hostile 26]', async () => {
    const big = await server.widget('/sessions', { method: 'POST', body: { jwt: 'x'.repeat(1_000_000) } });
    assert.deepEqual([big.status, big.body.error.code], [413, 'too_large']);
    const long = await server.widget('/sessions', { method: 'POST', body: { jwt: 'x'.repeat(40_000) } });
    assert.equal(long.status, 413);
    const many = Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`k${index}`, 1]));
    assert.ok([400, 413].includes((await send({ ...person(), contact_custom_attributes: many })).status));
    const poison = JSON.parse('{"__proto__":{"role":"admin"}}') as object;
    assert.equal((await send({ ...person(), contact_custom_attributes: poison })).status, 400);
    assert.equal(({} as { role?: string }).role, undefined);
  });

  it('never stands in the log, nor does what it says [hostile 78]', async () => {
    const claims = { ...person(), first_name: 'Zapp-in-no-log' };
    const [good, bad] = [sign(claims), sign({ ...claims, exp: 1 })];
    for (const jwt of [good, bad]) await server.widget('/sessions', { method: 'POST', body: { jwt } });
    const log = server.log.join('');
    assert.ok(log.includes('/sessions'));
    for (const word of [good, bad, claims.email, claims.first_name, secret]) assert.ok(!log.includes(word));
  });

  it('is not the only proof, or is no text', async () => {
    const claims = person();
    const body = { jwt: sign(claims), email: claims.email, authToken: await server.sign(claims.email) };
    assert.equal((await server.widget('/sessions', { method: 'POST', body })).status, 400);
    for (const jwt of [1, true, null, [], {}]) {
      assert.equal((await server.widget('/sessions', { method: 'POST', body: { jwt } })).status, 400);
    }
  });
});

describe('Where each JWT counts once', () => {
  it('the second use is refused, also at the same moment [hostile 28]', async () => {
    await patchInbox(server, { identity: { oneTimeTokens: true } });
    const claims = { ...person(), jti: uuid() };
    const uses = await Promise.all([send(claims), send(claims), send(claims)]);
    assert.deepEqual(uses.map(({ status }) => status).sort(), [201, 401, 401]);
    assert.equal((await send(claims)).status, 401);
    assert.equal((await send({ ...claims, jti: uuid() })).status, 201);
    assert.equal((await send({ ...claims, jti: undefined })).status, 401);
    await patchInbox(server, { identity: { oneTimeTokens: false } });
    assert.equal((await send(claims)).status, 201);
  });
});

describe('Where an issuer is set', () => {
  it('tokens of others are refused [hostile 21]', async () => {
    await patchInbox(server, { identity: { issuer: 'https://shop.example' } });
    const claims = person();
    assert.equal((await send(claims)).status, 401);
    assert.equal((await send({ ...claims, iss: 'https://evil.example' })).status, 401);
    assert.equal((await send({ ...claims, iss: 'https://shop.example' })).status, 201);
    await patchInbox(server, { identity: { issuer: '' } });
  });
});
