import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { CloseCode } from '../../../src/api/protocol.ts';
import type { Contact, ConversationPage } from '../../../src/api/protocol.ts';
import type { ContactPatch } from '../../src/store/contacts.ts';
import { uuid } from '../support/ids.ts';
import { startServer } from '../support/server.ts';
import type { Answer, TestServer } from '../support/server.ts';
import { agent, visitor } from '../support/socket.ts';
import type { TestSocket } from '../support/socket.ts';

const YEAR_MS = 365 * 24 * 60 * 60 * 1_000;

let server: TestServer;
before(async () => {
  server = await startServer();
});
after(() => server.close());

const session = (token: string): Promise<Answer<{ contact: Contact; expiresAt: number; error: { code: string } }>> =>
  server.widget('/session', { token });

async function history(token: string): Promise<string[]> {
  const { body } = await server.widget<ConversationPage>('/conversations', { token });
  return body.conversations.map(({ id }) => id);
}

async function talk(socket: TestSocket, conversationId: string = uuid(), text = 'hello'): Promise<string> {
  socket.send({ type: 'send', conversationId, clientId: uuid(), text, start: true });
  await socket.next('entry');
  return conversationId;
}

describe('An anonymous visitor', () => {
  it('gets a session for a year, as a new person each time', async () => {
    const [one, two] = [
      await server.session(),
      await server.session({ firstName: ' Zoë \n', lastName: 'B\u0000\u202ed' }),
    ];
    assert.match(one.token, /^[\w-]{43}$/);
    assert.ok(Math.abs(one.expiresAt - Date.now() - YEAR_MS) < 60_000);
    assert.equal(one.contact.verification, 'anonymous');
    assert.equal(two.contact.name, 'Zoë B d');
    assert.notEqual(one.contact.id, two.contact.id);
  });

  it('stays who they are when the token is renewed, and the old token is dead [hostile 43]', async () => {
    const first = await server.session();
    const conversation = await talk(await visitor(server, first));
    const second = await server.session({ firstName: 'Ann' }, first.token);
    assert.notEqual(second.token, first.token);
    assert.deepEqual([second.contact.id, second.contact.name], [first.contact.id, 'Ann']);
    assert.deepEqual(await history(second.token), [conversation]);
    assert.equal((await session(first.token)).status, 401);
  });

  it('who logs out while the token is being renewed stays logged out', async (t) => {
    const { token, contact } = await server.session();
    const { contacts } = server.chat.store;
    const update = contacts.update.bind(contacts);
    t.mock.method(contacts, 'update', async (id: string, patch: ContactPatch) => {
      await server.widget('/session', { method: 'DELETE', token });
      return update(id, patch);
    });
    const renewed = await server.widget('/sessions', { method: 'POST', body: { firstName: 'Ann' }, token });
    assert.deepEqual([renewed.status, renewed.body.error.code], [401, 'unauthorized']);
    const { body } = await server.api<{ name: string }>(`/v1/contacts/${contact.id}`);
    assert.equal(body.name, 'Ann', 'it was renewed in the meantime');
  });

  it('gets a token of their own, whatever token they came with [hostile 43]', async () => {
    for (const planted of ['A'.repeat(43), 'short', 'x y', '']) {
      const { token } = await server.session({}, planted);
      assert.notEqual(token, planted);
      assert.equal((await session(planted)).status, 401);
    }
  });
});

describe('What a device wrote anonymously', () => {
  it('joins the contact who signs in, once, and everybody hears it [hostile 38]', async () => {
    const anonymous = await server.session();
    const conversation = await talk(await visitor(server, anonymous));
    const console = await agent(server);
    const elsewhere = await visitor(server, await server.verified('nibbler@planet-express.com'));
    const authToken = await server.sign('nibbler@planet-express.com');
    const signedIn = await server.session({ email: 'nibbler@planet-express.com', authToken }, anonymous.token);

    assert.deepEqual(await history(signedIn.token), [conversation]);
    const told = await elsewhere.next('conversation');
    assert.equal(told.conversation.id, conversation);
    const seen = await console.next('conversation', (frame) => frame.conversation.id === conversation);
    assert.ok('contact' in seen.conversation);
    assert.deepEqual([seen.conversation.contact.id, seen.conversation.verification], [signedIn.contact.id, 'verified']);

    const replay = await server.session(
      { email: 'kif@planet-express.com', authToken: await server.sign('kif@planet-express.com') },
      anonymous.token,
    );
    assert.deepEqual(await history(replay.token), []);
    assert.deepEqual(await history(signedIn.token), [conversation]);
  });

  it('does not join a contact whose e-mail is another than the one that was claimed', async () => {
    const claimed = await server.session({ email: 'one@claim.example' });
    const conversation = await talk(await visitor(server, claimed));
    const authToken = await server.sign('two@claim.example');
    const signedIn = await server.session({ email: 'two@claim.example', authToken }, claimed.token);
    assert.ok(!(await history(signedIn.token)).includes(conversation));
  });

  it('cannot be taken over with the token of another browser that signed out [hostile 37]', async () => {
    const other = await server.session();
    const conversation = await talk(await visitor(server, other));
    await server.widget('/session', { method: 'DELETE', token: other.token });
    const authToken = await server.sign('thief@evil.example');
    const thief = await server.session({ email: 'thief@evil.example', authToken }, other.token);
    assert.ok(!(await history(thief.token)).includes(conversation));
  });
});

describe('One browser, two people', () => {
  it('B gets nothing of A, whose session and sockets are gone [hostile 35] [hostile 36]', async () => {
    const a = await server.verified('a@shop.example');
    const tab = await visitor(server, a);
    const conversation = await talk(tab);
    const authToken = await server.sign('b@shop.example');
    const b = await server.session({ email: 'b@shop.example', authToken }, a.token);
    assert.equal(await tab.closed, CloseCode.signedOut);
    assert.deepEqual(await history(b.token), []);
    assert.equal((await session(a.token)).status, 401);
    assert.deepEqual(await history((await server.verified('a@shop.example')).token), [conversation]);
  });
});

describe('Logging out', () => {
  it('ends the session and closes the sockets of all its tabs, and of no other device [hostile 34]', async () => {
    const phone = await server.verified('leela@planet-express.com');
    const laptop = await visitor(server, await server.verified('leela@planet-express.com'));
    const tabs = [await visitor(server, phone), await visitor(server, phone)];
    const { status } = await server.widget('/session', { method: 'DELETE', token: phone.token });
    assert.equal(status, 204);
    for (const tab of tabs) assert.equal(await tab.closed, CloseCode.signedOut);
    assert.equal((await session(phone.token)).status, 401);
    assert.equal((await server.widget('/session', { method: 'DELETE', token: phone.token })).status, 401);
    await talk(laptop);
  });

  it('closes a socket, too, that was just saying hello and did not hear of it yet', async (t) => {
    const { token } = await server.session();
    const { sessions } = server.chat.store;
    const find = sessions.findByHash.bind(sessions);
    let isHello = true;
    t.mock.method(sessions, 'findByHash', async (hash: string) => {
      const found = await find(hash);
      if (isHello) {
        isHello = false;
        assert.equal((await server.widget('/session', { method: 'DELETE', token })).status, 204);
      }
      return found;
    });
    const socket = await server.socket(`/v1/widget/${server.inbox}/socket`);
    socket.send({ type: 'hello', version: 1, token });
    assert.equal(await socket.closed, CloseCode.signedOut);
    assert.deepEqual(socket.seen, []);
  });
});

describe('A session', () => {
  it('that runs out while a socket is open closes it, and its token is dead', async () => {
    let now = Date.now();
    const clocked = await startServer({ now: () => now, limits: { heartbeatMs: 40 } });
    const { token } = await clocked.verified('leela@planet-express.com');
    const socket = await visitor(clocked, { token });
    now += YEAR_MS + 1_000;
    assert.equal(await socket.closed, CloseCode.signedOut);
    await clocked.close();
  });

  it('of an anonymous visitor slides while it is used', async () => {
    let now = Date.now();
    const clocked = await startServer({ now: () => now });
    const { token } = await clocked.session();
    now += 30 * 24 * 60 * 60 * 1_000;
    await visitor(clocked, { token });
    const { body } = await clocked.widget<{ expiresAt: number }>('/session', { token });
    assert.ok(Math.abs(body.expiresAt - now - YEAR_MS) < 60_000);
    await clocked.close();
  });

  it('is stored as a hash, never as its token', async () => {
    const { token } = await server.session();
    const found = await server.chat.store.sessions.findByHash(token);
    assert.equal(found, null);
  });
});

describe('An inbox for verified visitors only', () => {
  it('refuses everybody else, at the door and at the socket', async () => {
    const strict = await startServer();
    const anonymous = await strict.session();
    const patch = { settings: { security: { whoMayTalk: 'verified' } } };
    await strict.api('/v1/inboxes/demo', { method: 'PATCH', body: patch });
    for (const body of [{}, { email: 'a@shop.example' }]) {
      const answer = await strict.widget('/sessions', { method: 'POST', body });
      assert.deepEqual([answer.status, answer.body.error.code], [403, 'identity_required']);
    }
    const socket = await strict.socket('/v1/widget/demo/socket');
    socket.send({ type: 'hello', version: 1, token: anonymous.token });
    assert.equal(await socket.closed, CloseCode.refused);
    await visitor(strict, await strict.verified('a@shop.example'));
    await strict.close();
  });
});
