import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import type { ConversationPage, ErrorBody, SessionAnswer } from '../../../src/api/protocol.ts';
import { signEmail } from '../../src/identity/email-hmac.ts';
import { uuid } from '../support/ids.ts';
import { secretOf } from '../support/inbox.ts';
import { startServer } from '../support/server.ts';
import type { Answer, TestServer } from '../support/server.ts';
import { visitor } from '../support/socket.ts';

const LEELA = 'leela@planet-express.com';

let server: TestServer;
let secret: string;
before(async () => {
  server = await startServer();
  secret = await secretOf(server, 'email');
});
after(() => server.close());

function send(email: unknown, authToken?: unknown, token?: string): Promise<Answer<SessionAnswer & ErrorBody>> {
  return server.widget('/sessions', { method: 'POST', body: { email, authToken }, ...(token && { token }) });
}

async function history(token: string): Promise<string[]> {
  const { body } = await server.widget<ConversationPage>('/conversations', { token });
  return body.conversations.map(({ id }) => id);
}

/** What somebody has said stays findable by them. */
async function talk(session: { readonly token: string }): Promise<string> {
  const socket = await visitor(server, session);
  const conversationId = uuid();
  socket.send({ type: 'send', conversationId, clientId: uuid(), text: 'mine', start: true });
  await socket.next('entry');
  return conversationId;
}

/** How many contacts were ever made: their numbers are serial. */
async function lastNumber(): Promise<number> {
  const { body } = await server.api<{ contacts: { number: number }[] }>('/v1/contacts?limit=1');
  return body.contacts[0]?.number ?? 0;
}

describe('A hash', () => {
  it('of another e-mail gets the same words for a known address as for one that nobody has [hostile 2]', async () => {
    await server.verified(LEELA);
    const before = await lastNumber();
    const foreign = signEmail('fry@planet-express.com', secret);
    const [known, unknown] = [await send(LEELA, foreign), await send('nobody@planet-express.com', foreign)];
    assert.deepEqual([known.status, known.body], [401, unknown.body]);
    assert.equal(known.body.error.code, 'invalid_proof');
    assert.ok(!JSON.stringify(known.body).includes('@'));
    assert.equal(await lastNumber(), before);
  });

  it('is taken in upper, lower and mixed case, as the one person whom it proves [hostile 5]', async () => {
    const hash = signEmail(LEELA, secret);
    const mixed = hash.replace(/[a-f]/, (digit) => digit.toUpperCase());
    const ids = [];
    for (const spelling of [hash, hash.toUpperCase(), mixed]) ids.push((await send(LEELA, spelling)).body.contact.id);
    assert.equal(new Set(ids).size, 1);
  });

  it('is refused at every length but its own, and with anything around it [hostile 6] [hostile 12]', async () => {
    const hash = signEmail(LEELA, secret);
    const cut = Array.from({ length: 63 }, (_, index) => hash.slice(0, index + 1));
    const longer = [`${hash}0`, hash + hash, hash.repeat(100)];
    const padded = [` ${hash}`, `${hash} `, `${hash}\n`, `\t${hash}`, `${hash}\r\n`, `${hash}\0`, `0x${hash}`];
    const odd = ['é'.repeat(64), '０'.repeat(64), `${hash.slice(0, 63)}g`];
    for (const authToken of [...cut, ...longer, ...padded, ...odd]) {
      const { status, body } = await send(LEELA, authToken);
      assert.deepEqual([status, body.error.code], [401, 'invalid_proof'], JSON.stringify(authToken));
    }
  });

  it('made with the public id of the inbox, or with no key, opens nothing [hostile 10] [hostile 11]', async () => {
    for (const key of [server.inbox, '', '\0', 'undefined', 'null']) {
      const { status } = await send(LEELA, createHmac('sha256', key).update(LEELA).digest('hex'));
      assert.equal(status, 401, key);
    }
  });

  it('is looked for in the body alone, never in the address [hostile 4]', async () => {
    const query = `?email=${LEELA}&authToken=${signEmail(LEELA, secret)}`;
    const { body } = await server.widget<SessionAnswer>(`/sessions${query}`, { method: 'POST', body: {} });
    assert.equal(body.contact.verification, 'anonymous');
  });
});

describe('An e-mail', () => {
  it('is verified as sent, and is one person with one history in either case [hostile 7]', async () => {
    assert.equal((await send('User@X.com', signEmail('user@x.com', secret))).status, 401);
    assert.equal((await send('user@x.com', signEmail('User@X.com', secret))).status, 401);

    const upper = await send('User@X.com', signEmail('User@X.com', secret));
    const lower = await send('user@x.com', signEmail('user@x.com', secret));
    assert.equal(upper.body.contact.id, lower.body.contact.id);
    const conversation = await talk(upper.body);
    assert.deepEqual(await history(lower.body.token), [conversation]);

    const claimed = await send('USER@x.com');
    assert.equal(claimed.body.contact.verification, 'claimed');
    assert.deepEqual(await history(claimed.body.token), []);
  });

  it('keeps its history from all that only look like it [hostile 8]', async () => {
    const own = await send('j\u00fcrgen@shop.example', signEmail('j\u00fcrgen@shop.example', secret));
    await talk(own.body);
    const lookalikes = [
      'ju\u0308rgen@shop.example',
      'jurgen@shop.example',
      'J\u00dcRGEN@shop.example',
      'j\u00fcrgen+x@shop.example',
      'j.\u00fcrgen@shop.example',
      'j\u00fcrgen@xn--shop.example',
    ];
    for (const email of lookalikes) {
      const { status, body } = await send(email, signEmail(email, secret));
      assert.equal(status, 201, email);
      assert.notEqual(body.contact.id, own.body.contact.id, email);
      assert.deepEqual(await history(body.token), [], email);
    }
    const dotted = await send('j\u00fcrgen@shop.example.', signEmail('j\u00fcrgen@shop.example.', secret));
    assert.equal(dotted.status, 400);
  });

  it('without a hash stays without history on every way in, and agents read “claimed” [hostile 3]', async () => {
    const known = await server.verified('zoidberg@planet-express.com');
    const conversation = await talk(known);
    const { body: claimed } = await send('zoidberg@planet-express.com');
    for (const path of [
      `/conversations/${conversation}`,
      `/conversations/${conversation}/entries`,
      '/conversations/1',
    ]) {
      assert.equal((await server.widget(path, { token: claimed.token })).status, 404, path);
    }
    const socket = await server.socket(`/v1/widget/${server.inbox}/socket`);
    assert.deepEqual((await socket.hello({ token: claimed.token })).conversations, []);
    const { body } = await server.api<{ verification: string }>(`/v1/contacts/${claimed.contact.id}`);
    assert.equal(body.verification, 'claimed');
  });
});
