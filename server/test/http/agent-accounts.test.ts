import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Agent, ErrorBody } from '../../../src/api/protocol.ts';
import { CloseCode } from '../../../src/api/protocol.ts';
import { uuid } from '../support/ids.ts';
import { asAgent, signInAgent } from '../support/inbox.ts';
import { startServer } from '../support/server.ts';
import type { Answer, TestServer } from '../support/server.ts';
import { say, visitor } from '../support/socket.ts';
import type { TestSocket } from '../support/socket.ts';

type Account = Agent & ErrorBody & { number: number; disabled: boolean; password?: string };

const PASSWORD = 'good news everyone';

let server: TestServer;
before(async () => {
  server = await startServer();
});
after(() => server.close());

async function post(body: object): Promise<Answer<Account>> {
  return asAgent(server, await server.cookie())('/v1/agents', { method: 'POST', body });
}

async function patch(id: string | number, body: object): Promise<Answer<Account>> {
  return asAgent(server, await server.cookie())(`/v1/agents/${id}`, { method: 'PATCH', body });
}

/** A new agent; the e-mail is theirs alone. */
async function make(name: string, more: object = {}): Promise<Account> {
  const { status, body } = await post({ email: `${uuid()}@shop.example`, name, password: PASSWORD, ...more });
  assert.equal(status, 201);
  return body;
}

async function atConsole(cookie: string): Promise<TestSocket> {
  const socket = await server.socket('/v1/agent/socket', { cookie });
  await socket.hello();
  return socket;
}

async function names(query = ''): Promise<string[]> {
  return (await server.api<{ agents: Agent[] }>(`/v1/agents${query}`)).body.agents.map(({ name }) => name);
}

describe('An admin', () => {
  it('makes an agent, who signs in with the password that was made up', async () => {
    const { status, headers, body } = await post({ email: 'Amy@shop.example', name: 'Amy Wong' });
    assert.deepEqual([status, headers.get('cache-control')], [201, 'no-store']);
    assert.deepEqual(
      [body.email, body.name, body.role, body.disabled],
      ['amy@shop.example', 'Amy Wong', 'agent', false],
    );
    assert.equal(body.password?.length, 20);
    const cookie = await server.signIn('amy@shop.example', body.password);
    assert.equal((await asAgent(server, cookie)('/v1/conversations')).status, 200);
    assert.equal((await asAgent(server, cookie)('/v1/api-keys')).status, 403, 'who is no admin');
    assert.ok((await names()).includes('Amy Wong'));
  });

  it('makes another admin, with a password of their choice, which is never shown', async () => {
    const made = await make('Bender', { role: 'admin' });
    assert.ok(!('password' in made));
    const cookie = await server.signIn(made.email, PASSWORD);
    assert.equal((await asAgent(server, cookie)('/v1/api-keys')).status, 200);
  });

  it('is told what is wrong, and nothing is made', async () => {
    const before = await names();
    const wrong: [body: object, status: number, field: string | undefined][] = [
      [{ name: 'X' }, 400, '/email'],
      [{ email: 'no address', name: 'X' }, 400, '/email'],
      [{ email: 'x@shop.example' }, 400, '/name'],
      [{ email: 'x@shop.example', name: ' ' }, 400, '/name'],
      [{ email: 'x@shop.example', name: 'a\0b' }, 400, '/name'],
      [{ email: 'x@shop.example', name: 'X', role: 'owner' }, 400, '/role'],
      [{ email: 'x@shop.example', name: 'X', password: 'short' }, 400, '/password'],
      [{ email: server.admin.email.toUpperCase(), name: 'X' }, 409, '/email'],
    ];
    for (const [body, status, field] of wrong) {
      const answer = await post(body);
      assert.deepEqual([answer.status, answer.body.error.field], [status, field], JSON.stringify(body));
    }
    assert.deepEqual(await names(), before);
    assert.equal((await patch(uuid(), { name: 'X' })).status, 404);
    assert.equal((await patch(1, {})).status, 400);
    assert.equal((await patch(1, { email: 'new@shop.example' })).status, 400);
  });

  it('renames an agent, who speaks by the new name from then on; what was said stays signed as it was', async () => {
    const { id, number, email } = await make('Kif');
    const console = await atConsole(await server.signIn(email, PASSWORD));
    const asking = await visitor(server);
    const conversationId = uuid();
    await say(asking, conversationId, 'Hello?', true);
    assert.equal((await say(console, conversationId, 'Hello!')).author.name, 'Kif');
    const { status, body } = await patch(number, { name: 'Kif Kroker' });
    assert.deepEqual([status, body.id, body.name], [200, id, 'Kif Kroker']);
    assert.equal(await console.closed, CloseCode.restart, 'the console comes again');
    const again = await atConsole(await server.signIn(email, PASSWORD));
    assert.equal((await say(again, conversationId, 'Anything else?')).author.name, 'Kif Kroker');
    const { body: page } = await server.api<{ messages: { author: { name: string } }[] }>(
      `/v1/conversations/${conversationId}/messages`,
    );
    assert.deepEqual(
      page.messages.slice(1).map(({ author }) => author.name),
      ['Kif', 'Kif Kroker'],
    );
  });

  it('shuts an agent out at once and everywhere, and lets them in again', async () => {
    const { id, email, name } = await make('Zapp');
    const cookie = await server.signIn(email, PASSWORD);
    const console = await atConsole(cookie);
    assert.equal((await patch(id, { disabled: true })).body.disabled, true);
    assert.equal(await console.closed, CloseCode.signedOut);
    assert.equal((await asAgent(server, cookie)('/v1/conversations')).status, 401);
    await assert.rejects(server.signIn(email, PASSWORD), /401/);
    assert.deepEqual([(await names()).includes(name), await names('?disabled=true')], [false, [name]]);
    assert.equal((await patch(id, { disabled: false })).body.disabled, false);
    assert.equal((await asAgent(server, cookie)('/v1/conversations')).status, 401, 'old sessions stay over');
    await server.signIn(email, PASSWORD);
  });

  it('gives an agent a new password: the old one and all sessions are over', async () => {
    const { id, email } = await make('Fry');
    const cookie = await server.signIn(email, PASSWORD);
    const console = await atConsole(cookie);
    assert.equal((await patch(id, { password: 'a new password' })).status, 200);
    assert.equal(await console.closed, CloseCode.signedOut);
    assert.equal((await asAgent(server, cookie)('/v1/conversations')).status, 401);
    await assert.rejects(server.signIn(email, PASSWORD), /401/);
    await server.signIn(email, 'a new password');
  });

  it('changes no password of their own without the one so far', async () => {
    const { status, body } = await patch(1, { password: 'a new password' });
    assert.deepEqual([status, body.error.field], [403, '/password']);
  });

  it('is the only one who can: no agent, no key', async () => {
    const bo = await signInAgent(server);
    for (const [path, method] of [
      ['/v1/agents', 'POST'],
      ['/v1/agents/1', 'PATCH'],
    ] as const) {
      const body = { email: 'y@shop.example', name: 'Y' };
      assert.equal((await asAgent(server, bo)(path, { method, body })).status, 403);
      assert.equal((await server.api(path, { method, body })).status, 403);
      assert.equal((await server.request(path, { method, body })).status, 401);
    }
  });

  it('finds in the audit log who made and changed whom, without secrets', async () => {
    const { id } = await make('Hermes');
    await patch(id, { password: 'another password', role: 'agent' });
    const { body } = await asAgent(
      server,
      await server.cookie(),
    )<{ acts: { action: string; details: { agentId: string; changed?: string[] } }[] }>('/v1/audit-log');
    const acts = body.acts.filter(({ details }) => details.agentId === id);
    assert.deepEqual(
      acts.map(({ action, details }) => [action, details.changed]),
      [
        ['agent.changed', ['password', 'role']],
        ['agent.made', undefined],
      ],
    );
    assert.ok(!JSON.stringify(acts).includes('another password'));
  });
});

describe('An agent', () => {
  it('changes their own password with the one so far, and is signed out everywhere else', async () => {
    const { email } = await make('Leela');
    const [here, elsewhere] = [await server.signIn(email, PASSWORD), await server.signIn(email, PASSWORD)];
    const other = await atConsole(elsewhere);
    const change = (body: object, cookie = here) =>
      asAgent(server, cookie)<ErrorBody>('/v1/agent/password', { method: 'PUT', body });
    const wrong = await change({ password: 'a wrong password', newPassword: 'my new password' });
    assert.deepEqual([wrong.status, wrong.body.error.field], [400, '/password']);
    const short = await change({ password: PASSWORD, newPassword: 'short' });
    assert.deepEqual([short.status, short.body.error.field], [400, '/newPassword']);
    assert.equal((await change({ password: PASSWORD, newPassword: 'my new password' })).status, 204);
    assert.equal(await other.closed, CloseCode.signedOut);
    assert.equal((await asAgent(server, elsewhere)('/v1/conversations')).status, 401);
    assert.equal((await asAgent(server, here)('/v1/conversations')).status, 200, 'this one stays');
    await assert.rejects(server.signIn(email, PASSWORD), /401/);
    await server.signIn(email, 'my new password');
    assert.equal((await server.api('/v1/agent/password', { method: 'PUT', body: {} })).status, 403, 'no key can');
  });

  it('has only so many tries at it', async (t) => {
    const strict = await startServer({ limits: { signInsPerEmail: 2 } });
    t.after(() => strict.close());
    const cookie = await strict.cookie();
    const body = { password: 'a wrong password', newPassword: 'my new password' };
    const tries = [1, 2, 3].map(() => asAgent(strict, cookie)('/v1/agent/password', { method: 'PUT', body }));
    const statuses = (await Promise.all(tries)).map(({ status }) => status);
    assert.deepEqual(statuses.sort(), [400, 400, 429]);
  });
});

describe('The last admin', () => {
  it('cannot be shut out or made an agent; with another one they can', async (t) => {
    const alone = await startServer();
    t.after(() => alone.close());
    const cookie = await alone.cookie();
    const change = (id: string | number, body: object) =>
      asAgent(alone, cookie)<Account>(`/v1/agents/${id}`, { method: 'PATCH', body });
    for (const body of [{ disabled: true }, { role: 'agent' }]) {
      const answer = await change(1, body);
      assert.deepEqual([answer.status, answer.body.error.code], [409, 'conflict']);
    }
    assert.equal((await change(1, { name: 'The boss' })).body.role, 'admin');
    const other = { email: 'second@shop.example', name: 'Second', role: 'admin' };
    const { body: second } = await asAgent(alone, cookie)<Account>('/v1/agents', { method: 'POST', body: other });
    assert.equal((await change(second.id, { disabled: true })).status, 200);
    assert.equal((await change(1, { role: 'agent' })).status, 409, 'who is shut out does not count');
    assert.equal((await change(second.id, { disabled: false })).status, 200);
    assert.equal((await change(1, { role: 'agent' })).status, 200);
  });
});
