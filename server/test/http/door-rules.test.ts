import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { patchInbox } from '../support/inbox.ts';
import { startServer } from '../support/server.ts';
import type { Overrides, TestServer } from '../support/server.ts';

/** The test is the proxy: what it says in X-Forwarded-For is believed. */
let server: TestServer;
before(async () => {
  server = await startServer({ config: { trustedProxies: ['127.0.0.1', '10.0.0.0/8'] } });
});
after(() => server.close());
beforeEach(() => patchInbox(server, { security: { blockedIps: [], trustedDomains: [] } }));

const from = (address: string) => ({ headers: { 'x-forwarded-for': address } });
const block = (...blockedIps: string[]) => patchInbox(server, { security: { blockedIps } });
const statusFrom = async (address: string, on = server): Promise<number> =>
  (await on.widget('/settings', from(address))).status;

async function withServer(overrides: Overrides, run: (server: TestServer) => Promise<void>): Promise<void> {
  const other = await startServer(overrides);
  await run(other).finally(() => other.close());
}

describe('A blocked address', () => {
  it('is refused on every call, by a rule that has a name, as soon as it is saved', async () => {
    const { token } = await server.session();
    assert.equal(await statusFrom('203.0.113.9'), 200);
    await block('203.0.113.0/24');
    const calls: [string, string, unknown?][] = [
      ['GET', '/settings'],
      ['POST', '/sessions', {}],
      ['GET', '/session'],
      ['PATCH', '/session', { visitor: {} }],
      ['GET', '/conversations'],
      ['POST', '/verification', { email: 'a@b.example' }],
      ['POST', '/verification/confirm', { code: '123456' }],
      ['DELETE', '/session'],
    ];
    for (const [method, path, body] of calls) {
      const origin = 'https://shop.example';
      const headers = { 'x-forwarded-for': '203.0.113.9', origin };
      const answer = await server.widget(path, { method, headers, token, ...(body === undefined ? {} : { body }) });
      assert.deepEqual([answer.status, answer.body.error.code], [403, 'forbidden'], `${method} ${path}`);
      assert.match(answer.body.error.message, /blockedIps/);
      assert.equal(answer.headers.get('access-control-allow-origin'), '*', 'the page may read why');
    }
    assert.equal(await statusFrom('203.0.114.9'), 200);
    await block();
    assert.equal(await statusFrom('203.0.113.9'), 200);
  });

  it('is refused at the upgrade', async () => {
    await block('203.0.113.9', '2001:db8::/32');
    const path = `/v1/widget/${server.inbox}/socket`;
    for (const address of ['203.0.113.9', '::ffff:203.0.113.9', '2001:db8::7']) {
      await assert.rejects(server.socket(path, from(address).headers), { status: 403 }, address);
    }
    await (await server.socket(path, from('203.0.113.10').headers)).close();
  });

  it('is known in each of its forms', async () => {
    await block('203.0.113.9', '2001:db8::/32', '::ffff:198.51.100.0/120');
    for (const address of ['203.0.113.9', '::ffff:203.0.113.9', '::ffff:cb00:7109', '2001:db8::7', '198.51.100.200']) {
      assert.equal(await statusFrom(address), 403, address);
    }
    for (const address of ['203.0.113.8', '2001:db9::7', '198.51.101.1']) assert.equal(await statusFrom(address), 200);
  });

  it('is the peer itself where there is no proxy', async () => {
    await withServer({}, async (bare) => {
      await patchInbox(bare, { security: { blockedIps: ['127.0.0.0/8'] } });
      assert.equal((await bare.widget('/settings')).status, 403);
      assert.equal((await bare.api('/v1/inboxes')).status, 200, 'agents and back ends are not the inbox’s visitors');
    });
  });

  it('must be an address or a range, else nothing is saved, and the answer says which is not', async () => {
    await block('203.0.113.9');
    for (const wrong of ['example.com', '203.0.113.0/33', '203.0.113', '::1/200', '', 'fe80::1%eth0']) {
      const { status, body } = await block('198.51.100.1', wrong);
      assert.deepEqual(
        [status, body.error?.code, body.error?.field],
        [400, 'bad_request', '/settings/security/blockedIps/1'],
      );
    }
    const domain = await patchInbox(server, { security: { trustedDomains: ['shop.example', 'a..b'] } });
    assert.deepEqual([domain.status, domain.body.error?.field], [400, '/settings/security/trustedDomains/1']);
    assert.equal(await statusFrom('203.0.113.9'), 403);
    assert.equal(await statusFrom('198.51.100.1'), 200);
  });
});

describe('X-Forwarded-For', () => {
  it('is not believed from anybody who is not named in TRUSTED_PROXIES [hostile 67]', async () => {
    for (const trustedProxies of [[], ['10.0.0.0/8', '::1']]) {
      await withServer({ config: { trustedProxies } }, async (bare) => {
        await patchInbox(bare, { security: { blockedIps: ['203.0.113.9'] } });
        assert.equal(await statusFrom('203.0.113.9', bare), 200);
        await patchInbox(bare, { security: { blockedIps: ['127.0.0.1'] } });
        assert.equal(await statusFrom('203.0.113.9', bare), 403);
      });
    }
  });

  it('is read from the right: what the visitor wrote there comes before what the proxies saw [hostile 67]', async () => {
    await block('203.0.113.9');
    assert.equal(await statusFrom('198.51.100.1, 203.0.113.9'), 403, 'seen by our proxy');
    assert.equal(await statusFrom('198.51.100.1, 203.0.113.9, 10.1.2.3'), 403, 'seen by the proxy before it');
    assert.equal(await statusFrom('203.0.113.9, 198.51.100.1'), 200, 'made up');
  });

  it('that names no address leaves the peer’s own [hostile 67]', async () => {
    await block('127.0.0.1');
    for (const nonsense of [
      'unknown',
      '',
      'x'.repeat(4_000),
      '203.0.113.9:',
      '[203.0.113.9',
      '"; drop table contacts',
    ]) {
      assert.equal(await statusFrom(nonsense), 403, nonsense.slice(0, 20));
    }
    assert.equal(await statusFrom('203.0.113.9'), 200);
  });

  it('may name a port, and put IPv6 in brackets [hostile 67]', async () => {
    await block('203.0.113.9', '2001:db8:1::/48');
    for (const seen of ['203.0.113.9:1234', '[2001:db8:1::5]:443', '[2001:db8:1::5]', '2001:db8:1::5']) {
      assert.equal(await statusFrom(seen), 403, seen);
    }
    assert.equal(await statusFrom('203.0.113.8:1234'), 200);
  });

  it('gives each visitor behind the proxy limits of their own, IPv6 by its /64 [hostile 67]', async () => {
    const config = { trustedProxies: ['127.0.0.1'] };
    await withServer({ config, limits: { requestsPerAddress: 2, socketsPerAddress: 1 } }, async (few) => {
      for (let i = 0; i < 2; i++) assert.equal(await statusFrom(`2001:db8::${i + 1}`, few), 200);
      const answer = await few.widget('/settings', from('2001:db8::3'));
      assert.equal(answer.status, 429);
      assert.match(answer.body.error.message, /requestsPerAddress/);
      assert.equal(await statusFrom('2001:db8:0:1::1', few), 200);
      assert.equal(await statusFrom('203.0.113.9', few), 200);
      assert.equal(await statusFrom('::ffff:203.0.113.9', few), 200);
      assert.equal(await statusFrom('203.0.113.9', few), 429, 'the mapped form is the same address');

      const path = `/v1/widget/${few.inbox}/socket`;
      await few.socket(path, from('198.51.100.1').headers);
      await assert.rejects(few.socket(path, from('198.51.100.1').headers), { status: 429 });
      await few.socket(path, from('198.51.100.2').headers);
    });
  });
});

describe('X-Forwarded-Proto', () => {
  it('makes the agents’ cookie Secure, from a trusted proxy only [hostile 42]', async () => {
    const signIn = (on: TestServer) =>
      on.request('/v1/agent/session', {
        method: 'POST',
        body: on.admin,
        headers: { 'x-forwarded-proto': 'https' },
      });
    assert.match((await signIn(server)).headers.getSetCookie()[0] ?? '', /; Secure/);
    await withServer({}, async (bare) => {
      assert.doesNotMatch((await signIn(bare)).headers.getSetCookie()[0] ?? '', /Secure/);
    });
  });
});

describe('Trusted domains', () => {
  it('are warned of while there are none', async () => {
    const open = await patchInbox(server, { security: { trustedDomains: [] } });
    assert.match(open.body.warnings.map(({ message }) => message).join(), /Any site may embed/);
    const strict = await patchInbox(server, { security: { trustedDomains: ['*.shop.example'] } });
    assert.doesNotMatch(strict.body.warnings.map(({ message }) => message).join(), /Any site may embed/);
  });

  it('hold for every call of the visitor’s door, and the answer names the rule [hostile 64]', async () => {
    const { token } = await server.session();
    await patchInbox(server, { security: { trustedDomains: ['shop.example'] } });
    const origins = [
      'https://evil.example',
      'null',
      'https://shop.example.evil.net',
      'https://evil-shop.example',
      undefined,
    ];
    for (const origin of origins) {
      for (const [method, path] of [
        ['GET', '/settings'],
        ['POST', '/sessions'],
        ['GET', '/session'],
        ['GET', '/conversations'],
        ['POST', '/verification'],
        ['DELETE', '/session'],
      ] as const) {
        const headers: Record<string, string> = origin === undefined ? {} : { origin };
        const answer = await server.widget(path, {
          method,
          token,
          headers,
          ...(method === 'POST' ? { body: {} } : {}),
        });
        assert.deepEqual([answer.status, answer.body.error.code], [403, 'forbidden'], `${origin} ${method} ${path}`);
        assert.match(answer.body.error.message, /trustedDomains/);
        assert.deepEqual(
          [...answer.headers.keys()].filter((name) => name.startsWith('access-control')),
          [],
        );
      }
    }
    const origin = 'https://shop.example';
    assert.equal((await server.widget('/session', { token, headers: { origin } })).status, 200);
  });
});
