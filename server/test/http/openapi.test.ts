import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';

type Json = Readonly<Record<string, unknown>>;
interface OpenApi {
  readonly openapi: string;
  readonly info: Json;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Json; readonly securitySchemes: Json };
}
interface Operation {
  readonly summary?: string;
  readonly tags?: readonly string[];
  readonly security?: readonly Json[];
  readonly responses: Readonly<Record<string, Json>>;
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly required?: boolean }[];
}

let server: TestServer;
let document: OpenApi;
before(async () => {
  server = await startServer();
  document = (await server.request<OpenApi>('/openapi.json')).body;
});
after(() => server.close());

/** All values of a key, at any depth. */
function* find(value: unknown, key: string): Generator<unknown> {
  if (typeof value !== 'object' || value === null) return;
  for (const [name, child] of Object.entries(value)) {
    if (name === key) yield child;
    yield* find(child, key);
  }
}

describe('/openapi.json', () => {
  it('lists every route that there is to call', () => {
    // Two spaces per level, then the part of the path, then the methods: Fastify's own list of its routes.
    const listed = server.chat.app.printRoutes({ commonPrefix: false });
    const routes = [...listed.matchAll(/── (\/?[^\s(]*) \(([^)]*)\)/g)];
    assert.ok(routes.length > 20);
    const described = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    for (const route of [
      'GET /v1/widget/{inbox}/settings',
      'POST /v1/widget/{inbox}/sessions',
      'GET /v1/widget/{inbox}/session',
      'DELETE /v1/widget/{inbox}/session',
      'GET /v1/widget/{inbox}/conversations',
      'GET /v1/widget/{inbox}/conversations/{id}',
      'GET /v1/widget/{inbox}/conversations/{id}/entries',
      'POST /v1/agent/session',
      'GET /v1/agent/session',
      'DELETE /v1/agent/session',
      'GET /v1/conversations',
      'GET /v1/conversations/{id}',
      'PATCH /v1/conversations/{id}',
      'GET /v1/conversations/{id}/entries',
      'GET /v1/conversations/{id}/messages',
      'POST /v1/conversations/{id}/messages',
      'GET /v1/contacts',
      'POST /v1/contacts/search',
      'GET /v1/contacts/{id}',
      'GET /v1/contacts/chat-auth-token',
      'GET /v1/widget/{inbox}/contact/data',
      'DELETE /v1/widget/{inbox}/contact',
      'GET /v1/widget/{inbox}/conversations/{id}/transcript',
      'POST /v1/widget/{inbox}/conversations/{id}/transcript',
      'GET /v1/conversations/{id}/transcript',
      'GET /v1/contacts/{id}/data',
      'DELETE /v1/contacts/{id}',
      'GET /v1/inboxes',
      'POST /v1/inboxes',
      'GET /v1/inboxes/{id}',
      'PATCH /v1/inboxes/{id}',
      'GET /v1/triggers',
      'POST /v1/triggers',
      'POST /v1/triggers/test',
      'GET /v1/triggers/{id}',
      'PATCH /v1/triggers/{id}',
      'DELETE /v1/triggers/{id}',
      'GET /v1/api-keys',
      'POST /v1/api-keys',
      'DELETE /v1/api-keys/{id}',
      'GET /v1/agents',
      'GET /healthz',
      'GET /readyz',
      'GET /metrics',
      'POST /demo/sign-in',
    ]) {
      assert.ok(described.includes(route), route);
    }
  });

  it('is whole: every reference leads somewhere, every operation says what it is and how it answers', () => {
    assert.match(document.openapi, /^3\.1\./);
    assert.ok(document.info['title'] && document.info['version']);
    for (const reference of find(document, '$ref')) {
      const [, name] = /^#\/components\/schemas\/(\w+)$/.exec(String(reference)) ?? [];
      assert.ok(name && name in document.components.schemas, String(reference));
    }
    for (const [path, methods] of Object.entries(document.paths)) {
      for (const [method, operation] of Object.entries(methods)) {
        const route = `${method} ${path}`;
        assert.ok(operation.summary && operation.tags?.length, route);
        assert.ok(
          Object.keys(operation.responses).some((status) => /^[23]/.test(status)),
          route,
        );
        for (const scheme of (operation.security ?? []).flatMap((choice) => Object.keys(choice))) {
          assert.ok(scheme in document.components.securitySchemes, `${route}: ${scheme}`);
        }
        const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
        const declared = (operation.parameters ?? [])
          .filter(({ in: place }) => place === 'path')
          .map(({ name }) => name);
        assert.deepEqual([...declared].sort(), [...named].sort(), route);
      }
    }
  });

  it('has no place for an e-mail or a secret in any address, but for the one that another vendor has set [hostile 78]', () => {
    const named = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.values(methods).flatMap(({ parameters = [] }) => parameters.map(({ name }) => `${path} ${name}`)),
    );
    assert.deepEqual(
      named.filter((each) => /mail|token|hash|jwt|proof|password|key|secret$/i.test(each.split(' ')[1] ?? '')),
      ['/v1/contacts/chat-auth-token email'],
    );
  });

  it('describes the settings field by field', () => {
    const settings = JSON.stringify(document.components.schemas['InboxSettings']);
    for (const word of ['trustedDomains', 'Brand colour', 'Reply time']) assert.ok(settings.includes(word), word);
  });
});

describe('/docs', () => {
  it('is a page that works under its own policy', async () => {
    const { status, headers, body } = await server.request<string>('/docs/');
    assert.equal(status, 200);
    assert.match(body, /swagger-ui/);
    const policy = headers.get('content-security-policy') ?? '';
    assert.match(policy, /script-src 'self'/);
    assert.ok(!/upgrade-insecure-requests|https:/.test(policy), policy);
    for (const [, script] of body.matchAll(/src="([^"]+)"/g)) {
      assert.equal((await server.request(new URL(script ?? '', `${server.url}/docs/`).pathname)).status, 200, script);
    }
  });
});
