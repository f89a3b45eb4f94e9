import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import type { AgentContact, Contact, ErrorBody, SessionAnswer, SessionRequest } from '../../../src/api/protocol.ts';
import { saltedSha1 } from '../../src/identity/salted-sha1.ts';
import { asAgent, patchInbox, secretOf } from '../support/inbox.ts';
import { startServer } from '../support/server.ts';
import type { Answer, TestServer } from '../support/server.ts';

let server: TestServer;
let loginSalt: string;
let dataSalt: string;
before(async () => {
  server = await startServer();
  loginSalt = await secretOf(server, 'chaport-login');
  dataSalt = await secretOf(server, 'chaport-data');
});
after(() => server.close());

const turnOn = (on: boolean) => patchInbox(server, { identity: { chaportLogin: on, chaportData: on } });

function send(body: SessionRequest, token?: string): Promise<Answer<SessionAnswer & ErrorBody>> {
  return server.widget('/sessions', { method: 'POST', body, ...(token && { token }) });
}

const login = (visitorId: string, token?: string) =>
  send({ visitorId, visitorToken: saltedSha1(loginSalt, visitorId) }, token);

type Visitor = NonNullable<SessionRequest['visitor']>;

const signed = (visitor: Visitor): SessionRequest => ({
  visitor,
  visitorHash: saltedSha1(dataSalt, JSON.stringify(visitor)),
});

async function contactOf(id: string): Promise<AgentContact> {
  return (await server.api<AgentContact>(`/v1/contacts/${id}`)).body;
}

describe('The Chaport schemes', () => {
  it('are off until the inbox turns them on, and then the settings say why they are weak', async () => {
    const id = randomUUID();
    assert.equal((await login(id)).status, 401);
    assert.equal((await send(signed({ name: 'Kim' }))).status, 401);
    const { status, body } = await turnOn(true);
    assert.equal(status, 200);
    for (const field of ['chaportLogin', 'chaportData']) {
      const warning = body.warnings.find((found) => found.field === `/settings/identity/${field}`);
      assert.match(warning?.message ?? '', /SHA-1/);
    }
    assert.equal((await login(id)).status, 201);
  });
});

describe('A Chaport login', () => {
  it('makes the contact under the id that the site has kept, one on all devices', async () => {
    const id = randomUUID();
    const [phone, laptop] = [await login(id), await login(id)];
    assert.deepEqual([phone.body.contact.id, laptop.body.contact.id], [id, id]);
    assert.deepEqual((await contactOf(id)).visitorIds, undefined, 'its own id is no other');
    const elsewhere = `customer-${id}`;
    const { contact } = (await login(elsewhere)).body;
    assert.deepEqual((await contactOf(contact.id)).visitorIds, [elsewhere]);
    assert.equal(phone.body.contact.verification, 'verified');
    const kept = '5820a1375ddf087b2e54921d';
    assert.equal((await login(kept)).body.contact.id, (await login(kept)).body.contact.id);
  });

  it('finds the visitor that this server once named, wherever they turned up first', async () => {
    const anonymous = await server.session();
    const later = await login(anonymous.contact.id);
    assert.equal(later.body.contact.id, anonymous.contact.id);
    const merged = await server.session();
    await login(later.body.contact.id, merged.token);
    assert.equal(
      (await login(merged.contact.id)).body.contact.id,
      anonymous.contact.id,
      'by an id of before the merge too',
    );
  });

  it('lasts as long as the inbox says', async () => {
    const { body } = await login(randomUUID());
    assert.ok(Math.abs(body.expiresAt - Date.now() - 36_000_000) < 60_000);
  });

  it('with a wrong token opens nothing and makes nobody [hostile 32]', async () => {
    const victim = await login(randomUUID());
    const id = victim.body.contact.id;
    const right = saltedSha1(loginSalt, id);
    for (const visitorToken of [
      right.toUpperCase(),
      saltedSha1(dataSalt, id),
      saltedSha1(loginSalt, `.${id}`),
      '',
      right.slice(1),
    ]) {
      assert.equal((await send({ visitorId: id, visitorToken })).status, 401);
    }
    assert.equal((await send({ visitorId: id })).status, 401);
    assert.equal((await send({ visitorToken: right })).status, 401);
    assert.equal((await send({ visitorId: id.toUpperCase(), visitorToken: right })).status, 401);
    const unknown = randomUUID();
    await send({ visitorId: unknown, visitorToken: right });
    assert.equal((await server.api(`/v1/contacts/${unknown}`)).status, 404);
  });
});

describe('Visitor data with a hash', () => {
  const vector: Visitor = {
    name: 'Jörg / Co',
    email: 'j@example.com',
    custom: { subscriptionPlan: 'pro', balance: 1000 },
  };

  it('is taken in the words of JavaScript, PHP and Python, and proves the e-mail [hostile 32]', async () => {
    const words = [
      JSON.stringify(vector),
      '{"name":"J\\u00f6rg \\/ Co","email":"j@example.com","custom":{"subscriptionPlan":"pro","balance":1000}}',
      '{"name": "J\\u00f6rg / Co", "email": "j@example.com", "custom": {"subscriptionPlan": "pro", "balance": 1000}}',
    ];
    const answers = await Promise.all(
      words.map((json) => send({ visitor: vector, visitorHash: saltedSha1(dataSalt, json) })),
    );
    assert.deepEqual(
      answers.map(({ status }) => status),
      [201, 201, 201],
    );
    assert.equal(new Set(answers.map(({ body }) => body.contact.id)).size, 1);
    const contact = await contactOf(answers[0]?.body.contact.id ?? '');
    assert.deepEqual([contact.email, contact.verification, contact.name], ['j@example.com', 'verified', 'Jörg / Co']);
    assert.deepEqual(contact.attributes, vector.custom);
    assert.equal(contact.unverified, undefined);
  });

  it('replaces what is known', async () => {
    const first = await send(signed({ email: 'change@x.test', name: 'Old', phone: '1' }));
    const second = await send(
      signed({ email: 'change@x.test', name: 'New', phone: '2', notes: 'vip' }),
      first.body.token,
    );
    const contact = await contactOf(second.body.contact.id);
    assert.deepEqual(
      [contact.id, contact.name, contact.phone, contact.notes],
      [first.body.contact.id, 'New', '2', 'vip'],
    );
  });

  it('gives a visitor who has logged in an e-mail, but never somebody else’s [hostile 29]', async () => {
    const id = randomUUID();
    const token = saltedSha1(loginSalt, id);
    const both = await send({ visitorId: id, visitorToken: token, ...signed({ email: 'both@x.test' }) });
    assert.deepEqual([both.body.contact.id, both.body.contact.email], [id, 'both@x.test']);
    const other = await server.verified('other@x.test');
    const refused = await send({ visitorId: id, visitorToken: token, ...signed({ email: 'other@x.test' }) });
    assert.deepEqual([refused.status, refused.body.error.code], [409, 'conflict']);
    assert.equal((await contactOf(id)).email, 'both@x.test');
    assert.equal((await contactOf(other.contact.id)).email, 'other@x.test');

    const after = (await login(randomUUID())).body;
    const later = await send(signed({ email: 'later@x.test' }), after.token);
    assert.deepEqual([later.body.contact.id, later.body.contact.email], [after.contact.id, 'later@x.test']);
  });

  it('is refused whole when the hash is wrong: it never counts as unsigned [hostile 33]', async () => {
    const anonymous = await server.session();
    for (const visitorHash of ['', 'x', saltedSha1(loginSalt, JSON.stringify(vector)), saltedSha1(dataSalt, '{}')]) {
      assert.equal((await send({ visitor: vector, visitorHash }, anonymous.token)).status, 401);
    }
    assert.equal((await contactOf(anonymous.contact.id)).name, null);
    const { body } = await server.widget<{ contact: Contact }>('/session', { token: anonymous.token });
    assert.equal(body.contact.verification, 'anonymous', 'the session lives on');
  });

  it('proves no e-mail when anybody’s visitor id is signed with the same salt', async () => {
    const admin = asAgent(server, await server.signIn());
    const path = '/v1/inboxes/demo/secrets/chaport-data/rotate';
    const shared = await admin<{ secret: { warnings: string[] } }>(path, {
      method: 'POST',
      body: { value: loginSalt },
    });
    assert.match(shared.body.secret.warnings.join(' '), /share this salt/);
    const { body } = await server.api<{ warnings: { message: string }[] }>('/v1/inboxes/demo');
    assert.ok(body.warnings.some(({ message }) => message.includes('share one salt')));

    const victim = await server.verified('victim@x.test');
    // What a site signs that follows the vendor's published code, when a customer sends this as "visitor id".
    const visitor = { name: 'Thief', email: 'victim@x.test' };
    const visitorHash = saltedSha1(loginSalt, JSON.stringify(visitor));
    const stolen = await send({ visitor, visitorHash });
    assert.equal(stolen.status, 201);
    assert.notEqual(stolen.body.contact.id, victim.contact.id);
    assert.equal(stolen.body.contact.verification, 'claimed');
    assert.equal((await contactOf(victim.contact.id)).name, null);
    await admin(path, { method: 'POST', body: { graceHours: 0 } });
    dataSalt = await secretOf(server, 'chaport-data');
  });
});

describe('Visitor data without a hash', () => {
  const said: Visitor = { name: 'Kim', email: 'kim@x.test', phone: 4930, notes: 'n', custom: { plan: 'pro' } };

  it('fills what is empty, marked as unverified [hostile 33]', async () => {
    const { body } = await send({ visitor: said });
    assert.equal(body.contact.verification, 'claimed');
    const { id, number, createdAt, ...contact } = await contactOf(body.contact.id);
    assert.deepEqual(contact, {
      name: 'Kim',
      email: 'kim@x.test',
      verification: 'claimed',
      phone: '4930',
      notes: 'n',
      attributes: { plan: 'pro' },
      unverified: ['name', 'phone', 'notes', 'attributes.plan'],
    });
    assert.ok(id && number && createdAt);
  });

  it('overwrites nothing but fields of the site’s own [hostile 33]', async () => {
    const { body } = await send({ visitor: said });
    const more = { name: 'Lee', email: 'lee@x.test', phone: '1', notes: 'm', custom: { plan: 'free' } };
    const patched = await server.widget<{ contact: Contact }>('/session', {
      method: 'PATCH',
      token: body.token,
      body: { visitor: more },
    });
    assert.equal(patched.status, 200);
    assert.equal(patched.body.contact.email, 'kim@x.test');
    const contact = await contactOf(body.contact.id);
    assert.deepEqual(
      [contact.name, contact.phone, contact.notes, contact.attributes],
      ['Kim', '4930', 'n', { plan: 'free' }],
    );
  });

  it('never touches a proven e-mail, and opens nobody’s history', async () => {
    const ada = await server.verified('ada@x.test');
    const patch = (visitor: Visitor) =>
      server.widget<{ contact: Contact }>('/session', { method: 'PATCH', token: ada.token, body: { visitor } });
    const { body } = await patch({ email: 'thief@x.test', name: 'Ada' });
    assert.deepEqual(
      [body.contact.email, body.contact.verification, body.contact.name],
      ['ada@x.test', 'verified', 'Ada'],
    );
    const stranger = await send({ visitor: { email: 'ada@x.test' } });
    assert.notEqual(stranger.body.contact.id, ada.contact.id);
    assert.equal(stranger.body.contact.verification, 'claimed');
  });

  it('makes an anonymous session one with a claim, with the same token', async () => {
    const anonymous = await server.session();
    const body = { visitor: { email: 'claim@x.test' } };
    const patched = await server.widget<{ contact: Contact }>('/session', {
      method: 'PATCH',
      token: anonymous.token,
      body,
    });
    assert.equal(patched.body.contact.verification, 'claimed');
    const again = await server.widget<{ contact: Contact }>('/session', { token: anonymous.token });
    assert.equal(again.body.contact.verification, 'claimed');
  });

  it('is refused when it is wrong', async () => {
    const { token } = await server.session();
    for (const visitor of [
      { email: 'x' },
      { name: ['a'] },
      { custom: [1] },
      { custom: 'x' },
      { notes: 'a\0' },
      'x',
      [],
      null,
    ]) {
      const body = { visitor };
      assert.equal(
        (await server.widget('/session', { method: 'PATCH', token, body })).status,
        400,
        JSON.stringify(visitor),
      );
      assert.equal((await server.widget('/sessions', { method: 'POST', body })).status, 400, JSON.stringify(visitor));
    }
    const poison = '{"visitor":{"custom":{"__proto__":{"a":1}}}}';
    assert.equal((await server.widget('/session', { method: 'PATCH', token, body: poison })).status, 400);
    assert.equal(
      (await server.widget('/session', { method: 'PATCH', token, body: { visitor: {}, visitorHash: 'x' } })).status,
      400,
    );
    assert.equal((await server.widget('/session', { method: 'PATCH', body: { visitor: {} } })).status, 401);
  });

  it('is not taken at all where the inbox wants it signed [hostile 33]', async () => {
    await patchInbox(server, { identity: { signedDataOnly: true } });
    const { status, body } = await send({ visitor: said });
    assert.equal(status, 201);
    assert.deepEqual([body.contact.name, body.contact.verification], [null, 'anonymous']);
    const patch = { method: 'PATCH', token: body.token, body: { visitor: said } };
    assert.equal((await server.widget('/session', patch)).status, 403);
    const proven = await send(signed({ name: 'Signed' }), body.token);
    assert.equal(proven.body.contact.name, 'Signed');
    await patchInbox(server, { identity: { signedDataOnly: false } });
  });
});
