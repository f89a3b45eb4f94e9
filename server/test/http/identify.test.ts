import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import type {
  AgentContact,
  AgentConversation,
  Contact,
  ConversationPage,
  SessionAnswer,
} from '../../../src/api/protocol.ts';
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

const post = (
  body: unknown,
  token?: string,
): Promise<Answer<SessionAnswer & { error: { code: string; field?: string } }>> =>
  server.widget('/sessions', { method: 'POST', body, ...(token === undefined ? {} : { token }) });

const session = (token: string): Promise<Answer<{ contact: Contact; expiresAt: number; error: { code: string } }>> =>
  server.widget('/session', { token });

/** How many contacts were ever made: their numbers are serial. */
async function contacts(): Promise<number> {
  const { body } = await server.api<{ contacts: { number: number }[] }>('/v1/contacts?limit=1');
  return body.contacts[0]?.number ?? 0;
}

async function history(token: string): Promise<string[]> {
  const { body } = await server.widget<ConversationPage>('/conversations', { token });
  return body.conversations.map(({ id }) => id);
}

async function talk(socket: TestSocket, conversationId: string = uuid(), text = 'hello'): Promise<string> {
  socket.send({ type: 'send', conversationId, clientId: uuid(), text, start: true });
  await socket.next('entry');
  return conversationId;
}

describe('A signed e-mail', () => {
  it('makes a verified session [hostile 1]', async () => {
    const { contact, expiresAt } = await server.verified('leela@planet-express.com', {
      firstName: 'Turanga',
      lastName: 'Leela',
    });
    assert.deepEqual(
      [contact.email, contact.name, contact.verification],
      ['leela@planet-express.com', 'Turanga Leela', 'verified'],
    );
    assert.ok(Math.abs(expiresAt - Date.now() - YEAR_MS) < 60_000);
  });

  it('is the same person on every device, with one history', async () => {
    const [phone, laptop] = [
      await server.verified('fry@planet-express.com'),
      await server.verified('Fry@Planet-Express.com'),
    ];
    assert.equal(phone.contact.id, laptop.contact.id);
    const conversation = await talk(await visitor(server, phone));
    assert.deepEqual(await history(laptop.token), [conversation]);
  });

  it('that was signed for somebody else, or by no secret of ours, opens nothing and makes nobody [hostile 2] [hostile 10]', async () => {
    await server.verified('victim@shop.example');
    const before = await contacts();
    const proofs = [
      await server.sign('other@shop.example'),
      createHmac('sha256', server.inbox).update('victim@shop.example').digest('hex'),
      createHmac('sha256', '').update('victim@shop.example').digest('hex'),
    ];
    for (const authToken of proofs) {
      for (const email of ['victim@shop.example', 'nobody@shop.example']) {
        const { status, body } = await post({ email, authToken });
        assert.deepEqual([status, body.error.code], [401, 'invalid_proof']);
      }
    }
    assert.equal(await contacts(), before);
  });

  it('needs a hash that is one, in upper or lower case [hostile 4] [hostile 5] [hostile 6]', async () => {
    const email = 'leela@planet-express.com';
    const good = await server.sign(email);
    const bad = [
      '',
      null,
      0,
      1,
      [],
      [good],
      {},
      true,
      good.slice(1),
      `${good} `,
      ` ${good}`,
      `${good}\n`,
      `${good}00`,
      good.repeat(900),
    ];
    for (const authToken of bad) {
      const { status, body } = await post({ email, authToken });
      assert.ok(status === 400 || status === 401, JSON.stringify(authToken));
      assert.ok(['bad_request', 'invalid_proof'].includes(body.error.code));
    }
    const { status } = await post({ email, authToken: good.toUpperCase() });
    assert.equal(status, 201, 'upper case is the same number');
  });

  it('that is no e-mail is told so, and where [hostile 9] [hostile 14]', async () => {
    const before = await contacts();
    const bad = [
      '',
      ' a@b.example',
      'a@b.example ',
      'a@b.example\n',
      'a\r\n@b.example',
      'a\0@b.example',
      'a@x.example,b@y.example',
      '"a" <b@y.example>',
      'a b@y.example',
      '@',
      'a@',
      '@b',
      'a@b@c',
      `${'a'.repeat(10_000)}@b.example`,
      'a@b..c',
      'a@b.',
      'a\u202e@b.example',
      '\ud800@b.example',
    ];
    for (const email of bad) {
      for (const body of [{ email }, { email, authToken: await server.sign(email) }]) {
        const answer = await post(body);
        assert.deepEqual([answer.status, answer.body.error.field], [400, '/email'], JSON.stringify(email));
      }
    }
    for (const email of [1, null, [], {}, true]) assert.equal((await post({ email })).status, 400);
    assert.equal((await post({ authToken: '0'.repeat(64) })).body.error.field, '/email');
    assert.equal(await contacts(), before);
  });

  it('does not fall together with another one that only looks alike [hostile 8]', async () => {
    const lookalikes = [
      'ju\u0308rgen@shop.example',
      'j\u00fcrgen@shop.example',
      'k@shop.example',
      '\u212a@shop.example',
      'a+tag@shop.example',
      'a@shop.example',
      'first.last@shop.example',
      'firstlast@shop.example',
      'x@m\u00fcller.example',
      'x@xn--mller-kva.example',
    ];
    const ids = new Set<string>();
    for (const email of lookalikes) ids.add((await server.verified(email)).contact.id);
    assert.equal(ids.size, lookalikes.length);
    const upper = await server.verified('First.Last@SHOP.example');
    assert.ok(ids.has(upper.contact.id), 'A–Z in either case are one person');
  });

  it('of an agent makes a contact, and never an agent [hostile 30]', async () => {
    const { token, contact } = await server.verified(server.admin.email);
    assert.equal(contact.verification, 'verified');
    assert.equal((await server.request('/v1/conversations', { token })).status, 401);
    assert.equal(
      (await server.request('/v1/conversations', { headers: { cookie: `chat_agent=${token}` } })).status,
      401,
    );
  });

  it('opens nothing at all where the secret is empty [hostile 11]', async () => {
    await server.chat.store.inboxes.ensure({
      id: 'unsigned',
      name: 'No secret',
      secrets: { email: { id: 'empty', value: '', createdAt: 0 } },
    });
    const authToken = createHmac('sha256', '').update('a@shop.example').digest('hex');
    const { status } = await server.request('/v1/widget/unsigned/sessions', {
      method: 'POST',
      body: { email: 'a@shop.example', authToken },
    });
    assert.equal(status, 401);
  });
});

describe('An e-mail without a proof', () => {
  it('is a claim: no history, and agents see that it is not verified [hostile 3]', async () => {
    const known = await server.verified('zoidberg@planet-express.com');
    await talk(await visitor(server, known));
    const claimed = await server.session({ email: 'zoidberg@planet-express.com', firstName: 'Not Zoidberg' });
    assert.notEqual(claimed.contact.id, known.contact.id);
    assert.equal(claimed.contact.verification, 'claimed');
    assert.deepEqual(await history(claimed.token), []);

    const console = await agent(server);
    const conversation = await talk(await visitor(server, claimed));
    const frame = await console.next('conversation', (heard) => heard.conversation.id === conversation);
    assert.ok('contact' in frame.conversation);
    assert.equal(frame.conversation.contact.email, 'zoidberg@planet-express.com');
    assert.equal(frame.conversation.contact.verification, 'claimed');
    assert.equal(frame.conversation.verification, 'claimed');
  });

  it('stays beside the anonymous visitor who typed it, and the agents hear of it', async () => {
    const first = await server.session();
    const conversation = await talk(await visitor(server, first));
    const console = await agent(server);
    const second = await server.session({ email: 'hermes@planet-express.com' }, first.token);
    assert.equal(second.contact.id, first.contact.id);
    const frame = await console.next('conversation', (heard) => heard.conversation.id === conversation);
    assert.ok('contact' in frame.conversation);
    assert.equal(frame.conversation.contact.email, 'hermes@planet-express.com');
  });

  it('of somebody else starts a new person, and the old session ends [hostile 35]', async () => {
    const first = await server.session({ email: 'a@claim.example' });
    const conversation = await talk(await visitor(server, first));
    const second = await server.session({ email: 'b@claim.example' }, first.token);
    assert.notEqual(second.contact.id, first.contact.id);
    assert.ok(!(await history(second.token)).includes(conversation));
    assert.equal((await session(first.token)).status, 401);
  });

  it('that a verified visitor types stands beside the proven one, and moves nothing', async () => {
    const proven = await server.verified('turanga@planet-express.com');
    const { token, contact } = proven;
    const conversation = await talk(await visitor(server, proven));
    const typed = { visitor: { email: 'elsewhere@planet-express.com' } };
    const { status, body } = await server.widget<{ contact: Contact }>('/session', {
      method: 'PATCH',
      token,
      body: typed,
    });
    assert.deepEqual([status, body.contact], [200, contact]);
    assert.deepEqual(await history(token), [conversation]);
    const { body: seen } = await server.api<AgentContact>(`/v1/contacts/${contact.id}`);
    assert.deepEqual(
      [seen.email, seen.claimedEmail, seen.verification],
      ['turanga@planet-express.com', 'elsewhere@planet-express.com', 'verified'],
    );
    const { body: badge } = await server.api<AgentConversation>(`/v1/conversations/${conversation}`);
    assert.equal(badge.verification, 'verified');
    const search = { method: 'POST', body: { email: typed.visitor.email } };
    const { body: owners } = await server.api<{ contacts: unknown[] }>('/v1/contacts/search', search);
    assert.deepEqual(owners.contacts, [], 'it is nobody’s');
  });

  it('that is the verified visitor’s own changes nothing', async () => {
    const first = await server.verified('amy@planet-express.com');
    const second = await server.session({ email: 'Amy@planet-express.com' }, first.token);
    assert.deepEqual(
      [second.contact.id, second.contact.verification, second.expiresAt],
      [first.contact.id, 'verified', first.expiresAt],
    );
  });
});
