import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { ContactPage } from '../../src/store/contacts.ts';
import type { ErrorBody, SessionAnswer } from '../../../src/api/protocol.ts';
import { MINTED_TOKEN_MS, mintVisitorToken } from '../../src/identity/minted-token.ts';
import { addInbox, asAgent, secretOf } from '../support/inbox.ts';
import { startServer } from '../support/server.ts';
import type { Answer, RequestOptions, TestServer } from '../support/server.ts';

const PATH = '/conversations/v3/visitor-identification/tokens/create';
const gob = { email: 'gob@bluth.com', firstName: 'Gob', lastName: 'Bluth' };

let server: TestServer;
before(async () => {
  server = await startServer();
  await addInbox(server, 'other');
});
after(() => server.close());

const create = (body: unknown, options: RequestOptions = {}, path = PATH) =>
  server.api<{ token: string } & ErrorBody>(path, { method: 'POST', body, ...options });

async function mint(subject: object = gob): Promise<string> {
  return (await create(subject)).body.token;
}

function use(email: string, identificationToken: string, token?: string): Promise<Answer<SessionAnswer & ErrorBody>> {
  return server.widget('/sessions', { method: 'POST', body: { email, identificationToken }, ...(token && { token }) });
}

async function newKey(permissions: readonly string[], inboxId?: string): Promise<string> {
  const admin = asAgent(server, await server.signIn());
  const body = { name: 'Shop', permissions, ...(inboxId && { inboxId }) };
  return (await admin<{ key: string }>('/v1/api-keys', { method: 'POST', body })).body.key;
}

describe('A back end that used HubSpot', () => {
  it('gets a token by the vendor’s own call, content type and all', async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    for (const path of [PATH, '/visitor-identification/v3/tokens/create']) {
      const { status, body, headers: answered } = await create(gob, { headers }, path);
      assert.equal(status, 200);
      assert.deepEqual(Object.keys(body), ['token']);
      assert.equal(answered.get('cache-control'), 'no-store');
      assert.equal((await use(gob.email, body.token)).status, 201);
    }
    for (const type of ['application/json', 'text/plain', 'application/octet-stream']) {
      assert.equal((await create(gob, { headers: { 'content-type': type } })).status, 200, type);
    }
  });

  it('changes and makes nobody by asking', async () => {
    const email = 'buster@bluth.com';
    const before = await server.api<ContactPage>('/v1/contacts');
    await mint({ email, firstName: 'Buster' });
    assert.deepEqual((await server.api<ContactPage>('/v1/contacts')).body, before.body);
  });

  it('is told what is wrong with its request', async () => {
    for (const body of [
      {},
      { email: 'x' },
      { email: 'a@x,b@y' },
      { email: 7 },
      { ...gob, firstName: 'x'.repeat(129) },
      [],
      'gob',
      '{"email":',
      '',
    ]) {
      const { status, body: answer } = await create(body);
      assert.equal(status, 400, JSON.stringify(body));
      assert.equal(answer.error.code, 'bad_request');
    }
    assert.equal((await create({ email: gob.email, firstName: null, lastName: '' })).status, 200);
  });

  it('needs a key that may', async () => {
    const anonymous = await server.request(PATH, { method: 'POST', body: gob });
    assert.equal(anonymous.status, 401);
    assert.equal((await create(gob, { token: 'cw_wrong' })).status, 401);
    assert.equal((await create(gob, { token: await newKey(['contacts', 'settings']) })).status, 403);
    assert.equal((await create(gob, { token: await newKey(['tokens.create']) })).status, 200);
    const admin = asAgent(server, await server.signIn());
    assert.equal((await admin(PATH, { method: 'POST', body: gob })).status, 403, 'people have no need of it');
  });

  it('gets tokens of its own inbox only', async () => {
    const token = await newKey(['tokens.create'], 'other');
    assert.equal((await create(gob, { token }, `${PATH}?inbox=demo`)).status, 403);
    const { body } = await create(gob, { token });
    assert.equal((await use(gob.email, body.token)).status, 401);
    const there = { method: 'POST', body: { email: gob.email, identificationToken: body.token } };
    assert.equal((await server.request('/v1/widget/other/sessions', there)).status, 201);
    assert.equal((await create(gob, {}, `${PATH}?inbox=other`)).status, 200);
    assert.equal((await create(gob, {}, `${PATH}?inbox=nobody`)).status, 404);
  });
});

describe('A visitor with a minted token', () => {
  it('is verified until the token ends, on many devices at once', async () => {
    const tokens = [await mint(), await mint()];
    const used = await Promise.all([...tokens, ...tokens].map((token) => use(gob.email, token)));
    assert.deepEqual(
      used.map(({ status }) => status),
      [201, 201, 201, 201],
    );
    assert.equal(new Set(used.map(({ body }) => body.contact.id)).size, 1);
    for (const { body } of used) {
      assert.equal(body.contact.verification, 'verified');
      const left = body.expiresAt - Date.now();
      assert.ok(left > MINTED_TOKEN_MS - 60_000 && left <= MINTED_TOKEN_MS);
    }
  });

  it('is called as the token says only where no name is known', async () => {
    const known = await server.verified('lucille@bluth.com', { firstName: 'Lucille' });
    const used = await use(
      'lucille@bluth.com',
      await mint({ email: 'lucille@bluth.com', firstName: 'Lucille', lastName: 'Two' }),
    );
    assert.deepEqual([used.body.contact.id, used.body.contact.name], [known.contact.id, 'Lucille']);
    const fresh = await use(
      'maeby@bluth.com',
      await mint({ email: 'maeby@bluth.com', firstName: 'Maeby', lastName: 'Fünke' }),
    );
    assert.equal(fresh.body.contact.name, 'Maeby Fünke');
  });

  it('is called as the page says where the token says no name', async () => {
    const said = { email: 'annyong@bluth.com', firstName: 'Annyong', lastName: 'Bluth' };
    const identificationToken = await mint({ email: said.email });
    const body = { ...said, identificationToken };
    const used = await server.widget<SessionAnswer>('/sessions', { method: 'POST', body });
    assert.deepEqual([used.status, used.body.contact.name], [201, 'Annyong Bluth']);
  });

  it('is told that the token is too old, so that the page can get another [hostile 31]', async () => {
    const now = Date.now() - MINTED_TOKEN_MS - 1_000;
    const token = mintVisitorToken(gob, await secretOf(server, 'minted'), { inboxId: 'demo', now });
    const { status, body } = await use(gob.email, token);
    assert.deepEqual([status, body.error.code], [401, 'proof_expired']);
  });

  it('is nobody with another e-mail [hostile 31]', async () => {
    const token = await mint();
    const { status, body } = await use('tobias@bluth.com', token);
    assert.deepEqual([status, body.error.code], [401, 'invalid_proof']);
    const search = { method: 'POST', body: { email: 'tobias@bluth.com' } };
    assert.deepEqual((await server.api<ContactPage>('/v1/contacts/search', search)).body.contacts, []);
    assert.equal(
      (await server.widget('/sessions', { method: 'POST', body: { identificationToken: token } })).status,
      400,
    );
  });
});
