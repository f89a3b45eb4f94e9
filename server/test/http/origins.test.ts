import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { isOwnOrigin, isTrustedDomain, TrustedDomains } from '../../src/origins.ts';
import { startServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';

let server: TestServer;
before(async () => {
  server = await startServer();
});
after(() => server.close());

const trust = (trustedDomains: string[]) =>
  server.api('/v1/inboxes/demo', { method: 'PATCH', body: { settings: { security: { trustedDomains } } } });

const cors = (headers: Headers): string[] => [...headers.keys()].filter((name) => name.startsWith('access-control'));

const preflight = (origin: string, path = '/sessions') =>
  server.widget(path, {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization,content-type',
    },
  });

describe('A trusted domain', () => {
  const cases: [entry: string, origin: string, trusted: boolean][] = [
    ['example.com', 'https://example.com', true],
    ['EXAMPLE.com', 'https://example.com', true],
    ['example.com', 'http://example.com', false],
    ['example.com', 'https://example.com:8443', false],
    ['example.com', 'https://www.example.com', false],
    ['example.com', 'https://evil-example.com', false],
    ['example.com', 'https://example.com.evil.net', false],
    ['example.com', 'https://evil.net/example.com', false],
    ['example.com', 'https://example.com@evil.net', false],
    ['example.com', 'null', false],
    ['example.com', '', false],
    ['example.com', 'file://example.com', false],
    ['*.example.com', 'https://www.example.com', true],
    ['*.example.com', 'https://a.b.example.com', true],
    ['*.example.com', 'https://example.com', false],
    ['*.example.com', 'https://evil-example.com', false],
    ['*.example.com', 'https://.example.com', false],
    ['http://example.com', 'http://example.com', true],
    ['http://example.com', 'https://example.com', false],
    ['https://example.com:443', 'https://example.com', true],
    ['https://example.com:8443', 'https://example.com:8443', true],
    ['localhost:3000', 'http://localhost:3000', true],
    ['localhost', 'http://localhost:3000', false],
    ['*.localhost:3000', 'http://shop.localhost:3000', true],
    ['*.example.com:8443', 'https://www.example.com:8443', true],
    ['*.example.com:8443', 'https://www.example.com', false],
    ['müller.example', 'https://xn--mller-kva.example', true],
    ['*.müller.example', 'https://www.xn--mller-kva.example', true],
    ['xn--mller-kva.example', 'https://muller.example', false],
    ['example.com', 'https://example.com.', false],
    ['exampleXcom', 'https://example.com', false],
    ['example.com', 'https://exampleXcom', false],
  ];
  for (const [entry, origin, trusted] of cases) {
    it(`${entry} ${trusted ? 'trusts' : 'does not trust'} ${origin || 'nothing'} [hostile 64]`, () => {
      assert.equal(new TrustedDomains(['elsewhere.example', entry]).trusts(origin), trusted);
    });
  }
});

describe('A list of trusted domains', () => {
  it('takes domains, wildcards, schemes and ports, and nothing that could not be an origin', () => {
    for (const entry of ['example.com', '*.example.com', 'http://localhost:3000', '127.0.0.1:80', 'müller.example']) {
      assert.ok(isTrustedDomain(entry), entry);
    }
    const wrong = [
      '',
      '*',
      '*.',
      'a b',
      'a..b',
      '.a',
      'a.',
      'a/b',
      'https://a/',
      'ftp://a',
      'a:99999',
      'a:',
      'x@a',
      '-a',
    ];
    for (const entry of [...wrong, 'a.*.b', 'a\0b', 'a?b', 'https://', '[::1]']) {
      assert.ok(!isTrustedDomain(entry), entry);
    }
  });
});

describe('The server’s own origin', () => {
  it('is what the browser believes to talk to', () => {
    assert.ok(isOwnOrigin('http://127.0.0.1:8787', '127.0.0.1:8787'));
    assert.ok(isOwnOrigin('https://chat.example', 'chat.example'), 'TLS may end before us');
    assert.ok(!isOwnOrigin('https://evil.example', 'chat.example'));
    assert.ok(!isOwnOrigin('null', 'null'));
    assert.ok(!isOwnOrigin('https://chat.example', undefined));
  });

  it('is PUBLIC_URL and nothing else, once that is known, but for this machine', () => {
    const publicUrl = 'https://chat.example';
    assert.ok(isOwnOrigin('https://chat.example', 'internal:8787', publicUrl));
    assert.ok(!isOwnOrigin('http://chat.example', 'chat.example', publicUrl));
    assert.ok(!isOwnOrigin('https://rebound.example', 'rebound.example', publicUrl));
    assert.ok(isOwnOrigin('http://localhost:8787', 'localhost:8787', publicUrl));
  });
});

describe('An inbox without trusted domains', () => {
  it('may be embedded anywhere, but never with credentials [hostile 66]', async () => {
    await trust([]);
    for (const origin of ['https://anywhere.example', 'null']) {
      const { status, headers } = await server.widget('/settings', { headers: { origin } });
      assert.equal(status, 200);
      assert.equal(headers.get('access-control-allow-origin'), '*');
      assert.equal(headers.get('access-control-allow-credentials'), null);
      const asked = await preflight(origin);
      assert.equal(asked.status, 204);
      assert.equal(asked.headers.get('access-control-allow-origin'), '*');
      assert.equal(asked.headers.get('access-control-allow-credentials'), null);
      assert.match(asked.headers.get('access-control-allow-headers') ?? '', /Authorization/);
    }
  });

  it('lets a page read why something failed', async () => {
    const origin = 'https://anywhere.example';
    const { status, headers } = await server.request('/v1/widget/nowhere/settings', { headers: { origin } });
    assert.deepEqual([status, headers.get('access-control-allow-origin')], [404, '*']);
    const refused = await server.widget('/session', { headers: { origin } });
    assert.deepEqual([refused.status, refused.headers.get('access-control-allow-origin')], [401, '*']);
  });
});

describe('An inbox with trusted domains', () => {
  it('answers them exactly, and nobody else, at once after it was saved [hostile 64] [hostile 66]', async () => {
    await trust(['shop.example', '*.shop.example']);
    for (const origin of ['https://shop.example', 'https://www.shop.example']) {
      const asked = await preflight(origin);
      assert.deepEqual([asked.status, asked.headers.get('access-control-allow-origin')], [204, origin]);
      assert.match(asked.headers.get('vary') ?? '', /Origin/i);
      const { status, headers } = await server.widget('/settings', { headers: { origin } });
      assert.deepEqual([status, headers.get('access-control-allow-origin')], [200, origin]);
    }
    for (const origin of ['https://evil.example', 'null', 'http://shop.example', 'https://shop.example.evil.net']) {
      for (const answer of [await preflight(origin), await server.widget('/settings', { headers: { origin } })]) {
        assert.equal(answer.status, 403, origin);
        assert.deepEqual(cors(answer.headers), []);
      }
    }
  });

  it('takes its own pages, and no request that hides where it comes from [hostile 64]', async () => {
    const own = await server.widget('/settings', { headers: { origin: server.url } });
    assert.equal(own.status, 200);
    const sameOriginGet = await server.widget('/settings', { headers: { 'sec-fetch-site': 'same-origin' } });
    assert.equal(sameOriginGet.status, 200);
    // A script, a picture or a link of another site comes without an Origin.
    for (const site of ['cross-site', 'same-site', 'none']) {
      assert.equal((await server.widget('/settings', { headers: { 'sec-fetch-site': site } })).status, 403, site);
    }
    assert.equal((await server.widget('/settings')).status, 403);
    assert.equal((await server.widget('/sessions', { method: 'POST', body: {} })).status, 403);
  });

  it('refuses the upgrade of another site’s socket [hostile 64]', async () => {
    const path = `/v1/widget/${server.inbox}/socket`;
    for (const headers of [{ origin: 'https://evil.example' }, { origin: 'null' }, {}]) {
      await assert.rejects(server.socket(path, headers as Record<string, string>), { status: 403 });
    }
    await server.socket(path, { origin: 'https://shop.example' });
  });
});

describe('The agents’ door', () => {
  it('has no CORS at all [hostile 66]', async () => {
    const origin = 'https://shop.example';
    for (const path of ['/v1/conversations', '/v1/agent/session', '/v1/contacts', '/openapi.json']) {
      const { headers } = await server.api(path, { headers: { origin } });
      assert.deepEqual(cors(headers), [], path);
      const asked = await server.request(path, {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': 'GET' },
      });
      assert.equal(asked.status, 404);
      assert.deepEqual(cors(asked.headers), [], path);
    }
  });
});
