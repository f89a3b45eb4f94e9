import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startServer } from '../support/server.ts';
import type { Answer, TestServer } from '../support/server.ts';

interface Minted {
  readonly contact_id: number;
  readonly email: string;
  readonly name: string | null;
  readonly auth_token: string;
  readonly error: { readonly code: string; readonly field?: string };
}

let server: TestServer;
before(async () => {
  server = await startServer();
});
after(() => server.close());

const mint = (query: string): Promise<Answer<Minted>> => server.api(`/v1/contacts/chat-auth-token?${query}`);
const byEmail = (email: string): Promise<Answer<Minted>> => mint(`email=${encodeURIComponent(email)}`);

describe('A back end that asks for a customer’s auth-token', () => {
  it('gets the one with which the customer is verified', async () => {
    const { status, headers, body } = await byEmail('john+shop@example.com');
    assert.equal(status, 200);
    assert.equal(headers.get('cache-control'), 'no-store');
    assert.deepEqual(Object.keys(body), ['contact_id', 'email', 'name', 'auth_token']);
    assert.equal(body.email, 'john+shop@example.com');
    assert.ok(Number.isInteger(body.contact_id));
    const session = await server.session({ email: body.email, authToken: body.auth_token });
    assert.deepEqual([session.contact.verification, session.contact.number], ['verified', body.contact_id]);
  });

  it('makes the contact when the e-mail is new, without a name, and finds it from then on', async () => {
    const first = await byEmail('new@example.com');
    assert.equal(first.body.name, null);
    const made = await server.api<{ verification: string }>(`/v1/contacts/${first.body.contact_id}`);
    assert.equal(made.body.verification, 'claimed', 'nobody has used the token yet');
    const { contact } = await server.verified('new@example.com', { firstName: 'Nora', lastName: 'New' });
    assert.equal(contact.number, first.body.contact_id);
    const again = await byEmail('NEW@example.com');
    assert.deepEqual([again.body.contact_id, again.body.name], [first.body.contact_id, 'Nora New']);
    assert.equal(again.body.email, 'NEW@example.com', 'the bytes that were asked for are the ones that are signed');
    assert.equal(again.body.auth_token, await server.sign('NEW@example.com'));
  });

  it('gets it by the contact’s number or UUID too', async () => {
    const { contact } = await server.verified('by-id@example.com');
    for (const id of [contact.number, contact.id]) {
      const { status, body } = await mint(`id=${id}`);
      assert.deepEqual([status, body.auth_token], [200, await server.sign('by-id@example.com')]);
    }
  });

  it('gets none for a contact without an e-mail, and none for a claim', async () => {
    for (const request of [{}, { email: 'claimed@example.com' }]) {
      const { contact } = await server.session(request);
      const { status, body } = await mint(`id=${contact.number}`);
      assert.deepEqual([status, body.error.code], [409, 'conflict']);
    }
  });

  it('is told what is wrong with the question', async () => {
    const wrong: [query: string, status: number][] = [
      ['', 400],
      ['email=a@b.example&id=1', 400],
      ['email=', 400],
      ['email=nonsense', 400],
      ['email=a%00@b.example', 400],
      ['email=a%20@b.example', 400],
      [`email=${'a'.repeat(10_000)}@b.example`, 400],
      ['id=nonsense', 400],
      ['id=0', 400],
      ['id=999999', 404],
      ['id=01a1f7d4-eb93-7815-b519-a27a3e0702e4', 404],
      ['email=a@b.example&inbox=nowhere', 404],
    ];
    for (const [query, status] of wrong) assert.equal((await mint(query)).status, status, query.slice(0, 60));
  });

  it('needs a key, and the permission', async () => {
    const path = '/v1/contacts/chat-auth-token?email=a@b.example';
    assert.equal((await server.request(path)).status, 401);
    assert.equal((await server.request(path, { token: 'nonsense' })).status, 401);
    assert.equal((await server.request(path, { headers: { cookie: await server.cookie() } })).status, 403);
  });
});
