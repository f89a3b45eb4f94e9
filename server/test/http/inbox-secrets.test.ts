import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { ErrorBody, SessionAnswer } from '../../../src/api/protocol.ts';
import { signEmail } from '../../src/identity/email-hmac.ts';
import type { AuditPage } from '../../src/store/audit-log.ts';
import type { NewSession } from '../../src/store/sessions.ts';
import { asAgent, patchInbox, secretOf, signInAgent } from '../support/inbox.ts';
import { signJwt } from '../support/proofs.ts';
import { startServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';
import { visitor } from '../support/socket.ts';

interface Secret {
  readonly scheme: string;
  readonly id: string;
  readonly value: string;
  readonly previous: readonly { readonly id: string; readonly until: number }[];
  readonly warnings: readonly string[];
}

const SECRETS = '/v1/inboxes/demo/secrets';
const LEELA = 'leela@planet-express.com';
const OLD_VALUE = 'a secret that the back end has signed with for years';

let server: TestServer;
let admin: ReturnType<typeof asAgent>;
before(async () => {
  server = await startServer();
  admin = asAgent(server, await server.signIn());
});
after(() => server.close());

const rotate = (scheme: string, body: object = {}) =>
  admin<{ secret: Secret; endedSessions: number } & ErrorBody>(`${SECRETS}/${scheme}/rotate`, { method: 'POST', body });

async function accepts(email: string, secret: string): Promise<boolean> {
  const body = { email, authToken: signEmail(email, secret) };
  return (await server.widget('/sessions', { method: 'POST', body })).status === 201;
}

describe('The secrets of an inbox', () => {
  it('are one per scheme, no two alike, and an admin may read them', async () => {
    const { status, body, headers } = await admin<{ secrets: Secret[] }>(SECRETS);
    assert.equal(status, 200);
    assert.equal(headers.get('cache-control'), 'no-store');
    assert.deepEqual(body.secrets.map(({ scheme }) => scheme).sort(), [
      'chaport-data',
      'chaport-login',
      'email',
      'jwt',
      'minted',
    ]);
    assert.equal(new Set(body.secrets.map(({ value }) => value)).size, 5);
    for (const { warnings } of body.secrets) assert.deepEqual(warnings, []);
  });

  it('are for nobody else: no agent, no key, no stranger', async () => {
    const agent = asAgent(server, await signInAgent(server));
    const ways = [agent, server.api.bind(server), server.request.bind(server)] as const;
    const expected = [403, 403, 401];
    for (const [index, call] of ways.entries()) {
      assert.equal((await call(SECRETS)).status, expected[index]);
      const rotation = { method: 'POST', body: {} };
      assert.equal((await call(`${SECRETS}/email/rotate`, rotation)).status, expected[index]);
      assert.equal((await call('/v1/audit-log')).status, expected[index]);
    }
    const elsewhere = { method: 'POST', body: {}, headers: { origin: 'https://evil.example' } };
    assert.equal((await admin(`${SECRETS}/email/rotate`, elsewhere)).status, 403, 'no other site may do it either');
  });

  it('never stand in what others read of the inbox, nor in the log', async () => {
    const { body } = await server.api('/v1/inboxes/demo');
    const settings = await server.widget('/settings');
    for (const scheme of ['email', 'jwt', 'minted', 'chaport-data', 'chaport-login'] as const) {
      const value = await secretOf(server, scheme);
      assert.ok(!JSON.stringify([body, settings.body, server.log]).includes(value));
    }
  });
});

describe('A back end that migrates', () => {
  it('signs on with the secret that it has', async () => {
    const { status, body } = await rotate('email', { value: OLD_VALUE });
    assert.equal(status, 200);
    assert.deepEqual(body.secret.warnings, []);
    assert.equal(await accepts(LEELA, OLD_VALUE), true);
  });

  it('may have a short one, which is said to be weak, here and with the settings', async () => {
    const { body } = await rotate('email', { value: 'test_secret' });
    assert.match(body.secret.warnings.join(), /11 bytes/);
    const authToken = '69e0973462bb52a15b4b0a5dc4f855e576a166a62da78052cc5cb6c16d4c7ef2';
    assert.equal((await server.widget('/sessions', { method: 'POST', body: { email: LEELA, authToken } })).status, 201);
    const { body: inbox } = await patchInbox(server, {});
    assert.ok(inbox.warnings.some(({ field }) => field === '/secrets/email'));
    await rotate('email');
  });

  it('cannot use one secret for two schemes', async () => {
    const jwt = await secretOf(server, 'jwt');
    const { status, body } = await rotate('email', { value: jwt });
    assert.deepEqual([status, body.error.code], [409, 'conflict']);
    assert.equal((await rotate('chaport-login', { value: jwt })).status, 409);
  });

  it('is told what cannot be a secret [hostile 11]', async () => {
    for (const body of [
      { value: '' },
      { value: 'a\nb' },
      { value: 'x'.repeat(1_025) },
      { value: 7 },
      { graceHours: -1 },
      { graceHours: 721 },
      { other: 1 },
    ]) {
      assert.equal((await rotate('email', body)).status, 400, JSON.stringify(body));
    }
    assert.equal((await rotate('unknown')).status, 400);
    const nowhere = await admin('/v1/inboxes/nobody/secrets/email/rotate', { method: 'POST', body: {} });
    assert.equal(nowhere.status, 404);
    assert.equal((await admin('/v1/inboxes/nobody/secrets')).status, 404);
  });
});

describe('A secret that is rotated', () => {
  it('is taken until its grace is over, its sessions go on [hostile 13]', async () => {
    const old = await secretOf(server, 'email');
    const session = await server.session({ email: LEELA, authToken: signEmail(LEELA, old) });
    const { body } = await rotate('email', { graceHours: 1 });
    assert.equal(body.endedSessions, 0);
    assert.ok(Math.abs((body.secret.previous[0]?.until ?? 0) - Date.now() - 3_600_000) < 60_000);
    assert.equal(await accepts(LEELA, old), true);
    assert.equal(await accepts(LEELA, body.secret.value), true);

    await server.chat.store.inboxes.changeSecret('demo', 'email', (current) => {
      const previous = current?.previous?.map((secret) => ({ ...secret, until: Date.now() - 1 }));
      return current && { ...current, ...(previous && { previous }) };
    });
    // The store was changed behind the server's back; any rotation makes it look again.
    await rotate('jwt', { graceHours: 0 });
    assert.equal(await accepts(LEELA, old), false);
    assert.equal((await server.widget('/session', { token: session.token })).status, 200);
    assert.equal((await server.session({ firstName: 'Turanga' }, session.token)).contact.verification, 'verified');
  });

  it('ends at once without grace', async () => {
    const old = await secretOf(server, 'email');
    await rotate('email', { graceHours: 0 });
    assert.equal(await accepts(LEELA, old), false);
  });

  it('ends all that was made with it when it is compromised, and nothing else [hostile 13] [hostile 44]', async () => {
    const [first, jwtSecret] = [await secretOf(server, 'email'), await secretOf(server, 'jwt')];
    const byFirst = await visitor(server, await server.session({ email: LEELA, authToken: signEmail(LEELA, first) }));
    const second = (await rotate('email')).body.secret.value;
    const bySecond = await visitor(server, await server.session({ email: LEELA, authToken: signEmail(LEELA, second) }));
    const claims = { external_user_id: 'l', email: LEELA, first_name: 'L', exp: Math.floor(Date.now() / 1_000) + 60 };
    const byJwt = await visitor(server, await server.session({ jwt: signJwt(claims, { secret: jwtSecret }) }));
    const anonymous = await visitor(server);

    const { body } = await rotate('email', { compromised: true, graceHours: 5 });
    assert.equal(body.endedSessions >= 2, true);
    assert.deepEqual(body.secret.previous, []);
    assert.deepEqual([await byFirst.closed, await bySecond.closed], [4401, 4401]);
    for (const { token } of [byFirst, bySecond]) assert.equal((await server.widget('/session', { token })).status, 401);
    for (const secret of [first, second]) assert.equal(await accepts(LEELA, secret), false);
    for (const { token } of [byJwt, anonymous]) assert.equal((await server.widget('/session', { token })).status, 200);
    assert.equal(byJwt.raw.readyState, byJwt.raw.OPEN);
  });
});

describe('A proof that arrives while its secret is found compromised', () => {
  it('opens no session, however late it gets there', async (t) => {
    const authToken = signEmail(LEELA, await secretOf(server, 'email'));
    const { sessions } = server.chat.store;
    const create = sessions.create.bind(sessions);
    // The proof was found good; before there is a session, all of this secret's are ended.
    const late = t.mock.method(sessions, 'create', async (session: NewSession) => {
      await rotate('email', { compromised: true });
      return create(session);
    });
    const answer = await server.widget('/sessions', { method: 'POST', body: { email: LEELA, authToken } });
    assert.equal(late.mock.callCount(), 1);
    assert.deepEqual([answer.status, answer.body.error.code], [401, 'invalid_proof']);
    const made = await late.mock.calls[0]?.result;
    assert.equal(await sessions.revoke(made?.id ?? ''), false, 'it was ended already');
  });

  it('opens no session that lives on', async () => {
    const authToken = signEmail(LEELA, await secretOf(server, 'email'));
    const logIn = () =>
      server.widget<SessionAnswer>('/sessions', { method: 'POST', body: { email: LEELA, authToken } });
    const answers = Promise.all(Array.from({ length: 30 }, logIn));
    await rotate('email', { compromised: true });
    for (const { status, body } of await answers) {
      assert.ok(status === 201 || status === 401);
      if (status === 201) assert.equal((await server.widget('/session', { token: body.token })).status, 401);
    }
    assert.equal((await logIn()).status, 401);
  });
});

describe('The audit log', () => {
  it('says who did what, newest first, and holds no secret', async () => {
    await rotate('minted', { value: OLD_VALUE.toUpperCase() });
    const { body } = await admin<AuditPage>('/v1/audit-log?limit=1');
    const [act] = body.acts;
    assert.deepEqual(
      [act?.action, act?.actor.kind, act?.actor.name, act?.inboxId],
      ['secret.rotated', 'agent', 'Admin', 'demo'],
    );
    assert.deepEqual([act?.details['scheme'], act?.details['isOwnValue']], ['minted', true]);

    const key = await admin<{ id: string; key: string }>('/v1/api-keys', {
      method: 'POST',
      body: { name: 'K', permissions: ['contacts'] },
    });
    await admin(`/v1/api-keys/${key.body.id}`, { method: 'DELETE' });
    await patchInbox(server, { messages: { greeting: 'Hi' } });
    await admin(SECRETS);
    const all: AuditPage['acts'][number][] = [];
    for (let cursor: string | undefined = ''; cursor !== undefined;) {
      const page: AuditPage = (await admin<AuditPage>(`/v1/audit-log?limit=7${cursor && `&before=${cursor}`}`)).body;
      all.push(...page.acts);
      cursor = page.cursor;
    }
    assert.deepEqual(
      all.slice(0, 4).map(({ action }) => action),
      ['secrets.read', 'settings.changed', 'api-key.revoked', 'api-key.made'],
    );
    assert.deepEqual(all[2]?.details, all[3]?.details, 'what was revoked has a name');
    assert.deepEqual(all[1]?.actor.kind, 'key');
    assert.deepEqual(
      all.map(({ number }) => number),
      all.map(({ number }) => number).toSorted((a, b) => b - a),
    );
    const text = JSON.stringify(all);
    for (const secret of [OLD_VALUE, 'test_secret', key.body.key, await secretOf(server, 'email')])
      assert.ok(!text.includes(secret));
    assert.equal((await admin('/v1/audit-log?before=x')).status, 400);
    assert.deepEqual((await admin<AuditPage>('/v1/audit-log?inbox=other')).body.acts, []);
  });
});
