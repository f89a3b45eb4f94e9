import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';

interface Key {
  readonly id: string;
  readonly name: string;
  readonly permissions: readonly string[];
  readonly inboxId: string | null;
  readonly lastUsedAt: number | null;
  readonly key?: string;
}

let server: TestServer;
before(async () => {
  server = await startServer();
});
after(() => server.close());

async function make(body: object): Promise<Key & { key: string }> {
  const headers = { cookie: await server.cookie() };
  const answer = await server.request<Key & { key: string }>('/v1/api-keys', { method: 'POST', headers, body });
  assert.equal(answer.status, 201);
  return answer.body;
}

async function list(): Promise<{ text: string; keys: Key[] }> {
  const { body } = await server.request<{ apiKeys: Key[] }>('/v1/api-keys', {
    headers: { cookie: await server.cookie() },
  });
  return { text: JSON.stringify(body), keys: body.apiKeys };
}

describe('An API key', () => {
  it('is shown once, and opens what it is for', async () => {
    const made = await make({ name: 'Shop back end', permissions: ['contacts'] });
    assert.match(made.key, /^cw_[\w-]{43}$/);
    const { status } = await server.request('/v1/contacts', { token: made.key });
    assert.equal(status, 200);
    const { text, keys } = await list();
    assert.ok(!text.includes(made.key));
    const { key: _key, lastUsedAt: _used, ...shown } = made;
    const listed = keys.find(({ id }) => id === made.id);
    assert.deepEqual({ ...listed, lastUsedAt: null }, { ...shown, lastUsedAt: null });
  });

  it('opens nothing any more once it is revoked', async () => {
    const made = await make({ name: 'Lost', permissions: ['contacts', 'conversations'] });
    const headers = { cookie: await server.cookie() };
    const revoked = await server.request(`/v1/api-keys/${made.id}`, { method: 'DELETE', headers });
    assert.equal(revoked.status, 204);
    assert.equal((await server.request('/v1/contacts', { token: made.key })).status, 401);
    assert.equal((await server.request(`/v1/api-keys/${made.id}`, { method: 'DELETE', headers })).status, 404);
    assert.ok(!(await list()).keys.some(({ id }) => id === made.id));
  });

  it('is stored as a hash', async () => {
    const made = await make({ name: 'Hash', permissions: ['contacts'] });
    assert.equal(await server.chat.store.apiKeys.findByHash(made.key), null);
  });

  it('is made for something that there is', async () => {
    const headers = { cookie: await server.cookie() };
    const wrong: [body: object, field: string][] = [
      [{ permissions: ['contacts'] }, '/name'],
      [{ name: 'x', permissions: [] }, '/permissions'],
      [{ name: 'x', permissions: ['everything'] }, '/permissions/0'],
      [{ name: 'x', permissions: ['contacts'], inboxId: 'nowhere' }, '/inboxId'],
    ];
    for (const [body, field] of wrong) {
      const answer = await server.request('/v1/api-keys', { method: 'POST', headers, body });
      assert.deepEqual([answer.status, answer.body.error.field], [400, field]);
    }
  });

  it('cannot make, see or revoke keys', async () => {
    for (const [method, path] of [
      ['GET', '/v1/api-keys'],
      ['POST', '/v1/api-keys'],
      ['DELETE', '/v1/api-keys/1'],
    ] as const) {
      const { status, body } = await server.api(path, { method });
      assert.deepEqual([status, body.error.code], [403, 'forbidden'], method);
    }
  });
});
