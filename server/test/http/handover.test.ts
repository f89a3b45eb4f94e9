import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { CloseCode } from '../../../src/api/protocol.ts';
import type { HandoverAnswer, SessionAnswer } from '../../../src/api/protocol.ts';
import { patchInbox } from '../support/inbox.ts';
import { startServer } from '../support/server.ts';
import type { Answer, TestServer } from '../support/server.ts';
import { visitor } from '../support/socket.ts';

const SHOP = 'https://shop.example';

let folder: string;
let server: TestServer;
before(async () => {
  // What is built is another test's business: these may run before it is.
  folder = mkdtempSync(join(tmpdir(), 'chat-handover-'));
  for (const name of ['chat-widget.js', 'chat-console.js']) writeFileSync(join(folder, name), 'export {};\n');
  writeFileSync(join(folder, 'loader.js'), 'const CHAT={"style":""};\n');
  server = await startServer({ config: { assetsDir: folder } });
});
after(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

async function codeOf(token: string): Promise<string> {
  const { status, body } = await server.widget<HandoverAnswer>('/session/handover', { method: 'POST', token });
  assert.equal(status, 201);
  return body.code;
}

type Taken = Answer<SessionAnswer & { readonly error: { readonly code: string } }>;
const take = (code: string, origin = SHOP): Promise<Taken> =>
  server.widget('/sessions/handover', { method: 'POST', body: { code, origin } });
const statusOf = async (token: string): Promise<number> => (await server.widget('/session', { token })).status;

describe('A chat window', () => {
  it('gets a session of the same person by a code, which is good once and opens nothing itself', async () => {
    const { token, contact } = await server.session();
    const code = await codeOf(token);
    assert.equal(await statusOf(code), 401);
    const { status, body } = await take(code);
    assert.equal(status, 201);
    assert.equal(body.contact.id, contact.id);
    assert.notEqual(body.token, token);
    assert.deepEqual([await statusOf(token), await statusOf(body.token)], [200, 200]);
    const again = await take(code);
    assert.deepEqual([again.status, again.body.error.code], [401, 'unauthorized']);
  });

  it('gets none by a code of two windows at once but one', async () => {
    const { token } = await server.session();
    const code = await codeOf(token);
    const statuses = (await Promise.all([take(code), take(code), take(code)])).map(({ status }) => status);
    assert.deepEqual(statuses.toSorted(), [201, 401, 401]);
  });

  it('gets none by a session’s own token, by nonsense, or after the page has signed out', async () => {
    const { token } = await server.session();
    for (const code of [token, 'nonsense', '']) assert.equal((await take(code)).status, 401);
    const code = await codeOf(token);
    assert.equal((await server.widget('/session', { method: 'DELETE', token })).status, 204);
    assert.equal((await take(code)).status, 401);
  });

  it('is signed out with the page that opened it', async () => {
    const { token } = await server.session();
    const { body } = await take(await codeOf(token));
    const socket = await visitor(server, body);
    await server.widget('/session', { method: 'DELETE', token });
    assert.equal(await socket.closed, CloseCode.signedOut);
    assert.equal(await statusOf(body.token), 401);
  });

  it('goes on while that page’s token is renewed, and ends with the new one', async () => {
    const { token } = await server.session();
    const { body: taken } = await take(await codeOf(token));
    const renewed = await server.session({ firstName: 'Ann' }, token);
    assert.equal(await statusOf(taken.token), 200);
    await server.widget('/session', { method: 'DELETE', token: renewed.token });
    assert.equal(await statusOf(taken.token), 401);
  });

  it('ends when another person comes to that page', async () => {
    const one = await server.session({ email: 'one@shop.example' });
    const { body: taken } = await take(await codeOf(one.token));
    const other = await server.session({ email: 'other@shop.example' }, one.token);
    assert.notEqual(other.contact.id, one.contact.id);
    assert.equal(await statusOf(taken.token), 401);
  });

  it('ends with the first page also when it was opened from another window, or has renewed its token', async () => {
    const { token } = await server.session();
    const { body: first } = await take(await codeOf(token));
    const renewed = await server.session({ firstName: 'Ann' }, first.token);
    const { body: second } = await take(await codeOf(renewed.token));
    assert.deepEqual([await statusOf(renewed.token), await statusOf(second.token)], [200, 200]);
    await server.widget('/session', { method: 'DELETE', token });
    assert.deepEqual([await statusOf(renewed.token), await statusOf(second.token)], [401, 401]);
  });

  it('loses its line when that page’s visitor becomes somebody who was known', async () => {
    const email = 'known@shop.example';
    const proof = { email, authToken: await server.sign(email) };
    await server.session(proof);
    const guest = await server.session();
    const { body: taken } = await take(await codeOf(guest.token));
    const socket = await visitor(server, taken);
    await server.session(proof, guest.token);
    assert.equal(await statusOf(taken.token), 401);
    assert.equal(await socket.closed, CloseCode.signedOut);
  });

  it('takes no code from a page that the inbox does not trust', async () => {
    const { token } = await server.session();
    const codes = [await codeOf(token), await codeOf(token)];
    await patchInbox(server, { security: { trustedDomains: ['shop.example'] } });
    const statuses = await Promise.all(
      ['https://evil.example', SHOP].map(async (origin, at) => {
        const body = { code: codes[at], origin };
        // The window itself is a page of the server.
        const headers = { origin: server.url };
        return (await server.widget('/sessions/handover', { method: 'POST', body, headers })).status;
      }),
    );
    await patchInbox(server, { security: { trustedDomains: [] } });
    assert.deepEqual(statuses, [403, 201]);
  });
});

describe('The page of a chat window', () => {
  const page = (): Promise<Response> => fetch(`${server.url}/chat/demo`);

  it('runs nothing but our own scripts, and may be framed by the sites that the inbox trusts', async () => {
    const anybodys = (await page()).headers;
    assert.match(anybodys.get('content-security-policy') ?? '', /default-src 'none'.*frame-ancestors \*;/);
    assert.equal(anybodys.get('x-frame-options'), null);
    assert.equal(anybodys.get('cross-origin-opener-policy'), 'unsafe-none');
    await patchInbox(server, { security: { trustedDomains: ['shop.example', '*.shop.example:8443'] } });
    const policy = (await page()).headers.get('content-security-policy') ?? '';
    assert.match(policy, /frame-ancestors 'self' https:\/\/shop\.example https:\/\/\*\.shop\.example:8443;/);
    await patchInbox(server, { security: { trustedDomains: [] } });
  });

  it('has the name of the team for a title, as text', async () => {
    await patchInbox(server, { appearance: { teamName: 'Bags & <b>Co</b>' } });
    assert.match(await (await page()).text(), /<title>Bags &amp; &lt;b&gt;Co&lt;\/b&gt;<\/title>/);
    await patchInbox(server, { appearance: { teamName: '' } });
    assert.match(await (await page()).text(), /<title>Chat<\/title>/);
  });

  it('is there for each inbox, and for nothing else', async () => {
    assert.match(await (await page()).text(), /<chat-widget mode="page" inbox="demo"/);
    for (const name of ['nowhere', 'DEMO', '%22%3E']) {
      const { status } = await fetch(`${server.url}/chat/${name}`);
      assert.ok(status === 404 || status === 400, `${name}: ${status}`);
    }
    assert.equal(
      (await fetch(`${server.url}/chat/demo.js`)).headers.get('content-type'),
      'text/javascript; charset=utf-8',
    );
  });
});
