import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { signEmail } from '../src/identity/email-hmac.ts';
import { mintVisitorToken } from '../src/identity/minted-token.ts';
import { saltedSha1 } from '../src/identity/salted-sha1.ts';
import { uuid } from './support/ids.ts';
import { signJwt } from './support/proofs.ts';
import { startServer } from './support/server.ts';
import type { TestServer } from './support/server.ts';
import { agent, visitor } from './support/socket.ts';

let server: TestServer;
before(async () => {
  server = await startServer();
});
after(() => server.close());

describe('The log', () => {
  it('has a line for each request, and in no line a token, an e-mail, a password or a word that was said [hostile 78]', async () => {
    const email = 'canary+1@shop.example';
    const session = await server.verified(email, { firstName: 'Canarina' });
    const authToken = await server.sign(email);
    const cookie = await server.cookie();
    const secret = (await server.chat.store.inboxes.find('demo'))?.secrets['email']?.value ?? '';
    const socket = await visitor(server, session);
    const console = await agent(server);
    const conversationId = uuid();
    socket.send({ type: 'send', conversationId, clientId: uuid(), text: 'canary words', start: true });
    await console.next('entry');

    // Everything that can go wrong, too.
    await server.api(`/v1/contacts/chat-auth-token?email=${encodeURIComponent(email)}`);
    await server.request(`/v1/contacts?email=${encodeURIComponent(email)}&token=${session.token}`);
    await server.request(`/v1/nothing?token=${session.token}`);
    await server.api(`/v1/contacts/${encodeURIComponent(email)}`);
    await server.request(`/v1/widget/demo/conversations/${email}`);
    await server.request(`/${session.token}?x=${server.apiKey}`, { token: server.apiKey });
    await server.widget('/sessions', {
      method: 'POST',
      body: { email, authToken: authToken.replace(/^./, (sign) => (sign === 'f' ? '0' : 'f')) },
    });
    await server.widget('/sessions', { method: 'POST', body: `{"email":"${email}",` });
    await server.request('/v1/agent/session', { method: 'POST', body: { email, password: 'canary password' } });
    socket.raw.send(`{"type":"send","text":"canary words","token":"${session.token}"}`);
    await socket.next('error');
    server.chat.app.log.error({ err: new Error(`duplicate key (email)=(${email}) token ${session.token}`) }, email);

    const lines = server.log.map(
      (line) => JSON.parse(line) as { msg: string; req?: { path: string }; status?: number; code?: string },
    );
    assert.ok(
      lines.some(
        ({ req, status, code }) => req?.path.endsWith('/sessions') && status === 401 && code === 'invalid_proof',
      ),
      'why a proof was refused',
    );
    assert.ok(lines.some(({ msg, req }) => msg === 'request' && req?.path === '/v1/contacts/chat-auth-token'));
    const text = server.log.join('');
    const canaries = { email, authToken, secret, cookie: cookie.split('=')[1] ?? '', token: session.token };
    const others = { key: server.apiKey, password: 'canary password', words: 'canary words', name: 'Canarina' };
    for (const [name, canary] of Object.entries({ ...canaries, ...others, encoded: encodeURIComponent(email) })) {
      assert.ok(canary.length > 5 && !text.includes(canary), `${name} is in the log`);
    }
  });

  it('leaves out of an address whatever may be a proof or a token [hostile 78]', async () => {
    const jwt = signJwt({ external_user_id: '1', email: 'a@b.example', first_name: 'A', exp: 1 });
    const minted = mintVisitorToken({ email: 'a@b.example' }, 'secret', { inboxId: 'demo', now: 0 });
    const token = randomBytes(32).toString('base64url');
    const dashed = [`-${token.slice(1)}`, `${token.slice(1)}-`, `--${token.slice(4)}--`];
    const proofs = [jwt, minted, signEmail('a@b.example', 'secret'), saltedSha1('salt', 'id'), token, ...dashed];
    for (const proof of proofs) await server.request(`/v1/contacts/${proof}`);
    const text = server.log.join('');
    for (const proof of proofs) assert.ok(!text.includes(proof.slice(4, -4)), proof);
    const id = uuid();
    await server.request(`/v1/contacts/${id}`);
    assert.ok(server.log.join('').includes(id), 'what is no secret stays');
  });

  it('is one line of JSON per event, whatever anybody sends [hostile 55]', async () => {
    await server.request('/a%0d%0ab%1b%5b31m?x=%0a');
    await server.widget('/sessions', { method: 'POST', body: { firstName: 'a\r\n{"level":60}\u001b[31m' } });
    for (const line of server.log) {
      assert.match(line, /^\{.*\}\n$/);
      assert.ok(!/[\u0000-\u0009\u000b-\u001f]/.test(line), line);
    }
  });

  it('has what went wrong in the server, and the client only learns that it did', async () => {
    const { store } = server.chat;
    const { page } = store.contacts;
    store.contacts.page = () => Promise.reject(new Error('the disk is on fire'));
    const { status, body } = await server.api('/v1/contacts');
    store.contacts.page = page;
    assert.deepEqual([status, body.error], [500, { code: 'internal', message: 'Something went wrong on the server.' }]);
    const line = server.log.find((entry) => entry.includes('the disk is on fire')) ?? '{}';
    assert.match((JSON.parse(line) as { reqId: string }).reqId, /^[0-9a-f-]{36}$/);
  });
});
