import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { AgentConversation, MessageEntry } from '../../../src/api/protocol.ts';
import { uuid } from '../support/ids.ts';
import { secretOf } from '../support/inbox.ts';
import { MailSink } from '../support/mail.ts';
import { signJwt } from '../support/proofs.ts';
import { startServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';
import { agent, visitor } from '../support/socket.ts';
import type { TestSocket } from '../support/socket.ts';

let server: TestServer;
before(async () => {
  server = await startServer();
});
after(() => server.close());

function send(socket: TestSocket, conversationId: string, text = 'x'): string {
  const clientId = uuid();
  socket.send({ type: 'send', conversationId, clientId, text, start: true });
  return clientId;
}

const isEcho = (clientId: string) => (frame: { entry: { type: string } }) =>
  'clientId' in frame.entry && frame.entry.clientId === clientId;

describe('A message', () => {
  it('that is sent again and again, on one socket or several at once, is there once [hostile 70]', async () => {
    const session = await server.session();
    const sockets = [await visitor(server, session), await visitor(server, session), await visitor(server, session)];
    const console = await agent(server);
    const conversationId = uuid();
    const clientId = uuid();
    const frame = { type: 'send', conversationId, clientId, text: 'once', start: true } as const;
    for (let i = 0; i < 10; i++) for (const socket of sockets) socket.send(frame);
    for (const socket of sockets) await socket.next('entry', isEcho(clientId));
    const fence = send(sockets[0] as TestSocket, conversationId);
    await console.next('entry', isEcho(fence));
    assert.equal(console.seen.filter((seen) => seen.type === 'entry' && isEcho(clientId)(seen)).length, 1);
    const { body } = await server.api<AgentConversation>(`/v1/conversations/${conversationId}`);
    assert.deepEqual([body.lastSeq, body.unread], [2, 2]);
  });

  it('stands where the server stored it, whatever time its ids and fields claim [hostile 70]', async () => {
    const socket = await visitor(server);
    const conversationId = uuid();
    const day = 24 * 60 * 60 * 1_000;
    const idOf = (ms: number): string =>
      ms
        .toString(16)
        .padStart(12, '0')
        .replace(/(.{8})(.{4})/, '$1-$2') + uuid().slice(13);
    const entries: MessageEntry[] = [];
    for (const at of [Date.now(), Date.now() + day, Date.now() - day, 0]) {
      const clientId = idOf(at);
      const lie = {
        type: 'send',
        conversationId,
        clientId,
        text: String(at),
        start: true,
        at,
        seq: 99,
        created_at: at,
      };
      socket.raw.send(JSON.stringify(lie));
      entries.push((await socket.next('entry', isEcho(clientId))).entry as MessageEntry);
    }
    assert.deepEqual(
      entries.map(({ seq }) => seq),
      [1, 2, 3, 4],
    );
    for (const { at } of entries) assert.ok(Math.abs(at - Date.now()) < 60_000);
    assert.deepEqual(
      entries.map(({ at }) => at),
      entries.map(({ at }) => at).toSorted((a, b) => a - b),
    );
  });
});

describe('An answer', () => {
  it('that is an error repeats no secret and no address, and no page tells the next one where it was [hostile 78]', async () => {
    const email = 'canary@shop.example';
    const { token } = await server.verified(email);
    const authToken = await server.sign(email);
    const claims = { external_user_id: 'canary-id', email, first_name: 'Canary', exp: 1 };
    const jwt = signJwt(claims, { secret: await secretOf(server, 'jwt') });
    const secrets = [email, encodeURIComponent(email), token, authToken, jwt, server.apiKey, 'canary-id'];
    const query = `?email=${encodeURIComponent(email)}&token=${token}&hash=${authToken}&jwt=${jwt}`;
    const wrong = authToken.replace(/^./, (digit) => (digit === '0' ? '1' : '0'));
    const requests = [
      ['GET', `/v1/nothing/${token}${query}`],
      ['GET', `/${jwt}`],
      ['GET', `/v1/widget/${token}/settings${query}`],
      ['GET', `/v1/widget/demo/conversations/${token}${query}`],
      ['GET', `/v1/contacts${query}`],
      ['GET', `/v1/contacts/chat-auth-token${query}`],
      ['POST', `/v1/widget/demo/sessions${query}`, { email, authToken: wrong }],
      ['POST', '/v1/widget/demo/sessions', { jwt }],
      ['POST', '/v1/widget/demo/sessions', { email: `${email}\n`, authToken }],
      ['POST', '/v1/widget/demo/sessions', `{"email":"${email}","authToken":"${authToken}"`],
      ['POST', '/v1/agent/session', { email, password: authToken }],
      ['DELETE', `/v1/widget/demo/session${query}`],
    ] as const;
    for (const [method, path, body] of requests) {
      const answer = await server.request(path, { method, ...(body && { body }) });
      assert.ok(answer.status >= 400, `${method} ${path}`);
      const said = JSON.stringify([answer.body, [...answer.headers]]);
      for (const secret of secrets) assert.ok(!said.includes(secret), `${method} ${path} says ${secret}: ${said}`);
      assert.equal(answer.headers.get('referrer-policy'), 'no-referrer', path);
    }
    for (const path of ['/console', '/', '/docs', '/healthz']) {
      const { headers } = await server.request(path);
      assert.match(headers.get('referrer-policy') ?? '', /^(no-referrer|same-origin)$/, path);
    }
    for (const secret of secrets) assert.ok(!server.log.join('').includes(secret), `${secret} is in the log`);
  });
});

describe('An e-mail address that strangers type', () => {
  it('gets no mail for all that they say and are told, and one when they ask for a code [hostile 68]', async () => {
    const sink = await new MailSink().start();
    const shop = await startServer({ config: { smtpUrl: sink.url } });
    const victim = 'victim@shop.example';
    const strangers = [];
    for (let i = 0; i < 10; i++) {
      const session = await shop.session({ email: victim, firstName: 'Victim' });
      const socket = await visitor(shop, session);
      const conversationId = uuid();
      await socket.next('entry', isEcho(send(socket, conversationId, 'Please mail me')));
      await shop.widget('/session', { method: 'PATCH', token: session.token, body: { visitor: { email: victim } } });
      const path = `/v1/conversations/${conversationId}`;
      assert.equal((await shop.api(`${path}/messages`, { method: 'POST', body: { text: 'We do' } })).status, 201);
      assert.equal((await shop.api(path, { method: 'PATCH', body: { state: 'resolved' } })).status, 200);
      strangers.push(session);
    }
    assert.deepEqual(sink.mails, []);

    for (const { token } of strangers) {
      const asked = await shop.widget('/verification', { method: 'POST', body: { email: victim }, token });
      assert.equal(asked.status, 202);
    }
    const mail = await sink.next();
    assert.deepEqual(mail.to, [victim]);
    assert.ok(!mail.content.includes('Please mail me') && !mail.content.includes('We do'));
    // Another address is mailed after all that were asked for before.
    const own = await shop.session();
    await shop.widget('/verification', { method: 'POST', body: { email: 'own@shop.example' }, token: own.token });
    assert.deepEqual((await sink.next()).to, ['own@shop.example']);
    assert.equal(sink.mails.length, 2);
    await shop.close();
    await sink.close();
  });
});
