import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { CloseCode } from '../../../src/api/protocol.ts';
import type { Agent } from '../../../src/api/protocol.ts';
import { hashPassword, verifyPassword } from '../../src/identity/password.ts';
import { startServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';

let server: TestServer;
before(async () => {
  server = await startServer();
});
after(() => server.close());

const signIn = (body: unknown, headers: Record<string, string> = {}) =>
  server.request<{ agent: Agent; error: { code: string; message: string } }>('/v1/agent/session', {
    method: 'POST',
    body,
    headers,
  });

async function signedIn(cookie?: string): Promise<[status: number, body: unknown]> {
  const { status, body } = await server.request<unknown>('/v1/agent/session', cookie ? { headers: { cookie } } : {});
  return [status, body];
}

describe('Who has not signed in', () => {
  it('is told so without an error, whatever is sent along', async () => {
    const nobody = [200, { agent: null }];
    for (const cookie of [undefined, 'chat_agent=', 'chat_agent=nonsense', `chat_agent=${'A'.repeat(43)}`]) {
      assert.deepEqual(await signedIn(cookie), nobody);
    }
    const { token } = await server.session();
    for (const key of [server.apiKey, token]) {
      const { status, body, headers } = await server.request<unknown>('/v1/agent/session', { token: key });
      assert.deepEqual([status, body], nobody);
      assert.equal(headers.get('cache-control'), 'no-store');
    }
  });
});

describe('An agent who signs in', () => {
  it('gets a cookie that no script can read and no other site can use', async () => {
    const { status, headers, body } = await signIn(server.admin);
    assert.equal(status, 200);
    assert.deepEqual([body.agent.email, body.agent.role], [server.admin.email, 'admin']);
    assert.ok(!('passwordHash' in body.agent));
    const [cookie = ''] = headers.getSetCookie();
    assert.match(cookie, /^chat_agent=[\w-]{43}; /);
    for (const flag of [/; HttpOnly/, /; SameSite=Lax/, /; Path=\/(;|$)/, /; Max-Age=\d+/]) assert.match(cookie, flag);
    assert.ok(!/Secure|Domain/.test(cookie), 'plain http on this machine');
  });

  it('gets a Secure cookie where the server is reached by https [hostile 42]', async () => {
    const secure = await startServer({ config: { publicUrl: 'https://chat.example' } });
    const { headers } = await secure.request('/v1/agent/session', { method: 'POST', body: secure.admin });
    assert.match(headers.getSetCookie()[0] ?? '', /; Secure/);
    assert.match(headers.get('strict-transport-security') ?? '', /max-age/);
    await secure.close();
  });

  it('is known by it, until signing out, which closes the sockets', async () => {
    const cookie = await server.signIn();
    const { body } = await server.request<{ agent: Agent }>('/v1/agent/session', { headers: { cookie } });
    assert.equal(body.agent.email, server.admin.email);
    const socket = await server.socket('/v1/agent/socket', { cookie });
    assert.equal((await socket.hello()).agent?.email, server.admin.email);
    const out = await server.request('/v1/agent/session', { method: 'DELETE', headers: { cookie } });
    assert.equal(out.status, 204);
    assert.equal(await socket.closed, CloseCode.signedOut);
    assert.deepEqual(await signedIn(cookie), [200, { agent: null }], 'nobody is no error');
    const again = await server.socket('/v1/agent/socket', { cookie });
    again.send({ type: 'hello', version: 1 });
    assert.equal(await again.closed, CloseCode.signedOut);
  });

  it('gets a new token, whatever cookie the browser had [hostile 43]', async () => {
    const planted = `chat_agent=${'A'.repeat(43)}`;
    const { headers } = await signIn(server.admin, { cookie: planted });
    assert.ok(!headers.getSetCookie()[0]?.startsWith(planted));
    const first = await server.signIn();
    await signIn(server.admin, { cookie: first });
    assert.deepEqual(await signedIn(first), [200, { agent: null }]);
  });

  it('with a wrong password, or as nobody, gets the same answer after the same time', async () => {
    const measure = async (email: string): Promise<[unknown, number]> => {
      const started = performance.now();
      const { status, body } = await signIn({ email, password: 'wrong' });
      return [[status, body], performance.now() - started];
    };
    const times = { known: [] as number[], unknown: [] as number[] };
    for (let i = 0; i < 5; i++) {
      const [known, knownMs] = await measure(server.admin.email);
      const [unknown, unknownMs] = await measure(`nobody${i}@shop.example`);
      assert.deepEqual(known, unknown);
      assert.equal((known as [number])[0], 401);
      times.known.push(knownMs);
      times.unknown.push(unknownMs);
    }
    // The quickest of each is the least disturbed: without the work for nobody it would be a hundred times less.
    assert.ok(Math.min(...times.unknown) > Math.min(...times.known) * 0.5, JSON.stringify(times));
  });

  it('may not try for ever', async () => {
    const strict = await startServer({ limits: { signInsPerEmail: 2, signInsPerAddress: 4 } });
    const attempt = (email: string) =>
      strict.request('/v1/agent/session', { method: 'POST', body: { email, password: 'wrong' } });
    const statuses = [];
    for (const email of ['a@x.example', 'a@x.example', 'A@x.example', 'b@x.example', 'c@x.example']) {
      statuses.push((await attempt(email)).status);
    }
    assert.deepEqual(statuses, [401, 401, 429, 401, 429]);
    const { headers, body } = await attempt('d@x.example');
    assert.ok(Number(headers.get('retry-after')) > 0);
    assert.ok((body.error.retryAfterMs ?? 0) > 0);
    await strict.close();
  });

  it('as somebody who may not come in any more is refused', async () => {
    const passwordHash = await hashPassword('was once an agent');
    const { store } = server.chat;
    const { agent } = await store.agents.ensure({
      email: 'gone@shop.example',
      name: 'Gone',
      role: 'agent',
      passwordHash,
    });
    const cookie = await server.signIn('gone@shop.example', 'was once an agent');
    await store.agents.update(agent.id, { disabled: true });
    assert.equal((await signIn({ email: 'gone@shop.example', password: 'was once an agent' })).status, 401);
    assert.equal((await server.request('/v1/conversations', { headers: { cookie } })).status, 401);
  });
});

describe('Another site', () => {
  const hostile: Record<string, string>[] = [
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ];

  it('cannot make an agent’s browser do anything [hostile 65]', async () => {
    const cookie = await server.cookie();
    const unsafe = [
      ['POST', '/v1/agent/session', server.admin],
      ['DELETE', '/v1/agent/session', undefined],
      ['PATCH', '/v1/inboxes/demo', { name: 'hacked' }],
      ['PATCH', '/v1/conversations/1', { state: 'resolved' }],
      ['POST', '/v1/conversations/1/messages', { text: 'hacked' }],
      ['POST', '/v1/api-keys', { name: 'hacked', permissions: ['contacts'] }],
      ['DELETE', '/v1/api-keys/1', undefined],
    ] as const;
    for (const origin of hostile) {
      for (const [method, path, body] of unsafe) {
        const answer = await server.request(path, {
          method,
          headers: { cookie, ...origin },
          ...(body ? { body } : {}),
        });
        assert.deepEqual([answer.status, answer.body.error.code], [403, 'forbidden'], `${method} ${path}`);
      }
    }
    assert.equal((await server.request('/v1/agent/session', { headers: { cookie } })).status, 200);
  });

  it('cannot send a form or plain text, even from here [hostile 65]', async () => {
    const cookie = await server.cookie();
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
      const headers = { cookie, origin: server.url, 'content-type': type };
      const answer = await server.request('/v1/inboxes/demo', { method: 'PATCH', headers, body: '{"name":"hacked"}' });
      assert.deepEqual([answer.status, answer.body.error.code], [415, 'bad_request'], type);
    }
  });

  it('cannot open an agent’s socket [hostile 65]', async () => {
    const cookie = await server.cookie();
    for (const origin of hostile) {
      await assert.rejects(server.socket('/v1/agent/socket', { cookie, ...origin }), { status: 403 });
    }
    await (await server.socket('/v1/agent/socket', { cookie, origin: server.url })).hello();
  });

  it('cannot frame the console [hostile 65]', async () => {
    const { headers } = await server.request('/console');
    assert.match(headers.get('content-security-policy') ?? '', /frame-ancestors 'none'/);
  });
});

describe('A password', () => {
  it('is stored salted, and only the right one fits', async () => {
    const [one, two] = [await hashPassword('pass'), await hashPassword('pass')];
    assert.notEqual(one, two);
    assert.match(one, /^scrypt\$17\$8\$1\$/);
    assert.deepEqual(
      await Promise.all([verifyPassword('pass', one), verifyPassword('Pass', one), verifyPassword('', one)]),
      [true, false, false],
    );
    assert.equal(await verifyPassword('pass', 'not a hash'), false);
  });
});
