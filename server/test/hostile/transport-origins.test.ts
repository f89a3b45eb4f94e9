import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { uuid } from '../support/ids.ts';
import { patchInbox } from '../support/inbox.ts';
import { startServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';

const SOCKET = '/v1/widget/demo/socket';

const cors = (headers: Headers): string[] => [...headers.keys()].filter((name) => name.startsWith('access-control'));

describe('A site that is not trusted', () => {
  let server: TestServer;
  before(async () => {
    server = await startServer();
    await patchInbox(server, {
      security: { trustedDomains: ['example.com', '*.example.org', 'https://shop.test:8443'] },
    });
  });
  after(() => server.close());

  const strangers = [
    'https://evil.net',
    'https://example.com.evil.net',
    'https://evil-example.com',
    'https://evilexample.com',
    'https://www.example.com',
    'http://example.com',
    'https://example.com:8443',
    'https://example.com:80',
    'https://example.org',
    'https://evil-example.org',
    'https://example.org.evil.net',
    'https://.example.org',
    'https://shop.test',
    'https://shop.test:443',
    'https://example.com@evil.net',
    'https://evil.net/https://example.com',
    'https://example.com.',
    'https://exämple.com',
    'wss://example.com',
    'file://example.com',
    'chrome-extension://example.com',
    'example.com',
    'null',
    '*',
    '',
  ];

  it('gets 403 on every way in, and no CORS header to read it by [hostile 64]', async () => {
    const routes = [
      ['GET', '/settings'],
      ['POST', '/sessions'],
      ['GET', '/session'],
      ['DELETE', '/session'],
      ['GET', '/conversations'],
      ['GET', `/conversations/${uuid()}/entries`],
      ['OPTIONS', '/sessions'],
    ] as const;
    for (const origin of strangers.map((text) => encodeURI(text))) {
      for (const [method, path] of routes) {
        const headers = { origin, 'access-control-request-method': 'POST' };
        const answer = await server.widget(path, { method, headers, ...(method === 'POST' && { body: {} }) });
        assert.equal(answer.status, 403, `${method} ${path} from ${origin}`);
        assert.deepEqual(cors(answer.headers), [], `${method} ${path} from ${origin}`);
      }
      await assert.rejects(server.socket(SOCKET, { origin }), { status: 403 }, origin);
    }
    const { body } = await server.api<{ contacts: unknown[] }>('/v1/contacts');
    assert.deepEqual(body.contacts, [], 'nobody was made');
  });

  it('is everybody who does not say where they come from, but not the server’s own pages [hostile 64]', async () => {
    assert.equal((await server.widget('/settings')).status, 403);
    assert.equal((await server.widget('/sessions', { method: 'POST', body: {} })).status, 403);
    await assert.rejects(server.socket(SOCKET), { status: 403 });
    for (const referer of ['https://example.com/', 'https://example.com']) {
      assert.equal((await server.widget('/settings', { headers: { referer } })).status, 403);
    }
    const own = await server.widget('/settings', { headers: { origin: server.url } });
    assert.equal(own.status, 200);
  });

  it('is none of those that are named [hostile 64]', async () => {
    const friends = [
      'https://example.com',
      'https://a.example.org',
      'https://a.b.example.org',
      'https://shop.test:8443',
    ];
    for (const origin of friends) {
      const { status, headers } = await server.widget('/settings', { headers: { origin } });
      assert.deepEqual([status, headers.get('access-control-allow-origin')], [200, origin]);
      await (await server.socket(SOCKET, { origin })).close();
    }
  });

  it('cannot put a page of the server into a frame, nor read an answer as a script [hostile 64] [hostile 65]', async () => {
    for (const path of ['/console', '/openapi.json', '/v1/widget/demo/settings', '/v1/nothing']) {
      const { headers } = await server.request(path, { headers: { origin: server.url } });
      assert.match(headers.get('content-security-policy') ?? '', /frame-ancestors 'none'/, path);
      assert.equal(headers.get('x-content-type-options'), 'nosniff', path);
    }
  });

  it('is never answered with its own name and credentials, trusted domains or not [hostile 66]', async () => {
    for (const trustedDomains of [[], ['example.com']]) {
      await patchInbox(server, { security: { trustedDomains } });
      for (const origin of ['https://evil.net', 'null', 'https://example.com']) {
        for (const method of ['GET', 'OPTIONS']) {
          const asked = { origin, 'access-control-request-method': 'POST', cookie: await server.cookie() };
          const { headers } = await server.widget('/settings', { method, headers: asked });
          assert.equal(headers.get('access-control-allow-credentials'), null);
          const allowed = headers.get('access-control-allow-origin');
          const isTrusted = trustedDomains.length > 0 && origin === 'https://example.com';
          assert.equal(allowed, isTrusted ? origin : trustedDomains.length > 0 ? null : '*', origin);
        }
      }
    }
  });
});
