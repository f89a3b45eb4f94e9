import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { Contact } from '../../../src/api/protocol.ts';
import type { ContactData } from '../../src/export-contact.ts';
import { hashToken } from '../../src/identity/token.ts';
import { sendFiles, uploadTo } from '../support/files.ts';
import { uuid } from '../support/ids.ts';
import { addInbox, asAgent, patchInbox, signInAgent } from '../support/inbox.ts';
import { startServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';
import { agent, say, visitor } from '../support/socket.ts';

let server: TestServer;
before(async () => {
  server = await startServer();
});
after(() => server.close());
beforeEach(async () => {
  await patchInbox(server, { behaviour: { export: true, forget: true } });
});

/** A person with a conversation, an answer, a note and a file. */
async function person(email: string) {
  const session = await server.verified(email, { firstName: 'Ada' });
  const body = { visitor: { notes: 'from the page', custom: { plan: 'pro' } } };
  await server.widget('/session', { method: 'PATCH', token: session.token, body });
  const socket = await visitor(server, session);
  const id = uuid();
  await say(socket, id, 'my secret question', true);
  await server.api(`/v1/conversations/${id}/messages`, { method: 'POST', body: { text: 'an answer' } });
  await server.api(`/v1/conversations/${id}/messages`, { method: 'POST', body: { text: 'a note', note: true } });
  await socket.next('entry', ({ entry }) => entry.type === 'message' && entry.text === 'an answer');
  return { ...session, socket, conversationId: id };
}

/** What lies on the disk. */
async function storedFiles(): Promise<string[]> {
  const all = await readdir(join(server.dataDir, 'files'), { recursive: true, withFileTypes: true });
  return all.filter((each) => each.isFile()).map(({ name }) => name);
}

const data = (token: string) => server.widget<ContactData>('/contact/data', { token });
const forget = (token: string) => server.widget('/contact', { method: 'DELETE', token });

describe('A visitor who downloads their data', () => {
  it('gets everything that hangs on them, without secrets, and without what is the agents’', async () => {
    const ada = await person('ada@data.example');
    await server.widget('/verification', { method: 'POST', token: ada.token, body: { email: 'ada@data.example' } });
    const { status, headers, body } = await data(ada.token);
    assert.equal(status, 200);
    assert.match(headers.get('content-disposition') ?? '', /^attachment; filename="[\w-]+\.json"$/);
    assert.equal(headers.get('cache-control'), 'no-store');
    assert.equal(body.contact.email, 'ada@data.example');
    assert.deepEqual(body.contact.attributes, { plan: 'pro' });
    assert.deepEqual(
      body.conversations.map(({ id, entries }) => [id, entries.map((entry) => ('text' in entry ? entry.text : ''))]),
      [[ada.conversationId, ['my secret question', 'an answer']]],
    );
    assert.deepEqual(
      body.sessions.map(({ scheme, verification }) => [scheme, verification]),
      [['email', 'verified']],
    );
    const text = JSON.stringify(body);
    for (const secret of [ada.token, hashToken(ada.token), 'a note', 'from the page', 'admin@shop.example']) {
      assert.ok(!text.includes(secret), secret);
    }
  });

  it('gets nothing of anybody else, and nobody gets theirs [hostile 46]', async () => {
    const [ada, guest] = [await person('owner@data.example'), await server.session()];
    assert.ok(!JSON.stringify((await data(guest.token)).body).includes('secret question'));
    assert.equal((await server.widget('/contact/data')).status, 401);
    await addInbox(server, 'foreign');
    const elsewhere = await server.request('/v1/widget/foreign/contact/data', { token: ada.token });
    assert.equal(elsewhere.status, 401);
  });

  it('is refused where the inbox does not let them, and after many downloads', async (t) => {
    const { token } = await server.session();
    await patchInbox(server, { behaviour: { export: false } });
    const answer = await server.widget('/contact/data', { token });
    assert.deepEqual([answer.status, answer.body.error.code], [403, 'forbidden']);
    const strict = await startServer({ limits: { dataPerContact: 2 } });
    t.after(() => strict.close());
    const own = await strict.session();
    for (const status of [200, 200, 429]) {
      assert.equal((await strict.widget('/contact/data', { token: own.token })).status, status);
    }
  });
});

describe('A visitor who wants to be forgotten', () => {
  it('is, on all devices at once, with all that was said, and agents see it go', async () => {
    const desk = await agent(server);
    const ada = await person('forget@data.example');
    const phone = await visitor(server, await server.verified('forget@data.example'));
    const other = await person('stays@data.example');
    const before = await storedFiles();
    const sent = await uploadTo(server, ada.conversationId, { name: 'sent.txt', content: 'sent', token: ada.token });
    const [file] = await sendFiles(ada.socket, ada.conversationId, [sent.body.id]);
    assert.ok(file);
    await uploadTo(server, ada.conversationId, { name: 'unsent.txt', content: 'unsent', token: ada.token });
    assert.equal((await fetch(server.url + file.url)).status, 200);
    assert.equal((await storedFiles()).length, before.length + 2);

    assert.equal((await forget(ada.token)).status, 204);
    assert.deepEqual([await ada.socket.closed, await phone.closed], [4401, 4401]);
    const gone = await desk.next('gone');
    assert.equal(gone.conversationId, ada.conversationId);
    assert.equal((await data(ada.token)).status, 401);
    assert.equal((await forget(ada.token)).status, 401);
    for (const path of [`/v1/conversations/${ada.conversationId}`, `/v1/contacts/${ada.contact.id}`]) {
      assert.equal((await server.api(path)).status, 404, path);
    }
    assert.notEqual((await fetch(server.url + file.url)).status, 200);
    await server.chat.files.sweep();
    assert.deepEqual(await storedFiles(), before);

    assert.equal((await data(other.token)).body.conversations.length, 1);
    const again = await server.verified('forget@data.example');
    assert.notEqual(again.contact.id, ada.contact.id);
    assert.deepEqual((await data(again.token)).body.conversations, []);
  });

  it('leaves a line in the audit log that does not say who it was', async () => {
    const ada = await person('line@data.example');
    await forget(ada.token);
    const { acts } = await server.chat.store.auditLog.page({ inboxId: 'demo', limit: 1 });
    assert.deepEqual(
      acts.map(({ action, actor, details }) => [action, actor.name, details]),
      [['contact.forgotten', 'Visitor', { conversations: 1 }]],
    );
    const line = JSON.stringify(acts);
    for (const trace of ['line@data.example', 'Ada', ada.contact.id]) assert.ok(!line.includes(trace), trace);
    assert.ok(!server.log.join('').includes('line@data.example'));
  });

  it('is refused where the inbox does not let them: nothing is lost', async () => {
    await patchInbox(server, { behaviour: { forget: false } });
    const ada = await person('kept@data.example');
    const answer = await forget(ada.token);
    assert.deepEqual([answer.status, answer.body.error.code], [403, 'forbidden']);
    assert.equal((await data(ada.token)).body.conversations.length, 1);
    assert.equal((await server.widget('/contact', { method: 'DELETE' })).status, 401);
  });
});

describe('An admin', () => {
  it('downloads everything about a contact, notes too, and it is noted', async () => {
    const ada = await person('whole@data.example');
    const { status, body } = await server.api<ContactData>(`/v1/contacts/${ada.contact.number}/data`);
    assert.equal(status, 200);
    assert.equal(body.contact.notes, 'from the page');
    assert.deepEqual(
      body.conversations[0]?.notes?.map((entry) => 'text' in entry && entry.text),
      ['a note'],
    );
    assert.ok(!JSON.stringify(body).includes(hashToken(ada.token)));
    const { acts } = await server.chat.store.auditLog.page({ inboxId: 'demo', limit: 1 });
    assert.equal(acts[0]?.action, 'contact.exported');
  });

  it('gets what was written anonymously before, which the visitor on that device does not', async () => {
    const guest = await server.session();
    const socket = await visitor(server, guest);
    const id = uuid();
    await say(socket, id, 'before I signed in', true);
    await server.api(`/v1/conversations/${id}`, { method: 'PATCH', body: { state: 'resolved' } });
    const email = 'later@data.example';
    const signed = await server.session({ email, authToken: await server.sign(email) }, guest.token);
    assert.ok(!JSON.stringify((await data(signed.token)).body).includes('before I signed in'));
    const whole = await server.api<ContactData>(`/v1/contacts/${signed.contact.id}/data`);
    assert.ok(JSON.stringify(whole.body).includes('before I signed in'));
    assert.equal((await server.api(`/v1/contacts/${guest.contact.id}`, { method: 'DELETE' })).status, 204);
    for (const path of [`/v1/contacts/${signed.contact.id}`, `/v1/conversations/${id}`]) {
      assert.equal((await server.api(path)).status, 404);
    }
  });

  it('deletes a contact whatever the inbox lets visitors do', async () => {
    await patchInbox(server, { behaviour: { forget: false } });
    const ada = await person('deleted@data.example');
    const asAdmin = asAgent(server, await server.cookie());
    assert.equal((await asAdmin(`/v1/contacts/${ada.contact.id}`, { method: 'DELETE' })).status, 204);
    assert.equal(await ada.socket.closed, 4401);
    assert.equal((await asAdmin(`/v1/contacts/${ada.contact.id}`, { method: 'DELETE' })).status, 404);
    const { acts } = await server.chat.store.auditLog.page({ inboxId: 'demo', limit: 1 });
    assert.deepEqual([acts[0]?.action, acts[0]?.details], ['contact.forgotten', { conversations: 1 }]);
  });

  it('alone may: no agent, no key without the permission or of another inbox, no other site [hostile 52]', async () => {
    const { contact } = await server.verified('safe@data.example');
    const { apiKeys } = server.chat.store;
    await apiKeys.create({ keyHash: hashToken('weak-key'), name: 'Weak', permissions: ['conversations'] });
    await addInbox(server, 'another');
    await apiKeys.create({
      ...{ keyHash: hashToken('bound-key'), name: 'Bound', permissions: ['contacts'], inboxId: 'another' },
    });
    const cookie = await server.cookie();
    const bo = await signInAgent(server);
    const refused = [
      [{ headers: { cookie: bo } }, 403],
      [{ token: 'weak-key' }, 403],
      [{ token: 'bound-key' }, 404],
      [{}, 401],
    ] as const;
    for (const [who, status] of refused) {
      assert.equal((await server.request(`/v1/contacts/${contact.id}/data`, who)).status, status);
      const answer = await server.request(`/v1/contacts/${contact.id}`, { method: 'DELETE', ...who });
      assert.equal(answer.status, status);
    }
    const forged = { cookie, origin: 'https://evil.example' };
    const csrf = await server.request(`/v1/contacts/${contact.id}`, { method: 'DELETE', headers: forged });
    assert.equal(csrf.status, 403);
    assert.equal((await server.api<Contact>(`/v1/contacts/${contact.id}`)).status, 200);
  });
});
