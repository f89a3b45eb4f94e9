import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { WidgetSettings } from '../../../src/api/protocol.ts';
import { SCHEMES } from '../../src/identity/verifier.ts';
import { idsFor } from '../../src/new-inbox.ts';
import { uuid } from '../support/ids.ts';
import { asAgent, signInAgent } from '../support/inbox.ts';
import type { InboxAnswer } from '../support/inbox.ts';
import { startServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';
import { agent, say } from '../support/socket.ts';

type Answer = InboxAnswer & { readonly id: string; readonly name: string };

let server: TestServer;
before(async () => {
  server = await startServer();
});
after(() => server.close());

const make = (body: unknown) => server.api<Answer>('/v1/inboxes', { method: 'POST', body });

describe('A new inbox', () => {
  it('has an id made of its name, its site as the only trusted domain, and what it was given', async () => {
    const { status, body, headers } = await make({
      name: 'Café Zürich',
      siteUrl: 'https://cafe.example/menu?today#top',
      teamName: 'Baristas',
      color: '#24584c',
    });
    assert.equal(status, 201);
    assert.equal(body.id, 'cafe-zurich');
    assert.equal(headers.get('location'), '/v1/inboxes/cafe-zurich');
    assert.deepEqual(body.settings.security.trustedDomains, ['cafe.example']);
    assert.deepEqual([body.settings.appearance.teamName, body.settings.appearance.color], ['Baristas', '#24584c']);
    assert.deepEqual(body.warnings, []);
    const again = await server.api<Answer>('/v1/inboxes/cafe-zurich');
    assert.deepEqual(again.body, body);
    assert.equal(again.headers.get('etag'), headers.get('etag'));
  });

  it('gets another id when the best one is taken, also when many are made at once', async () => {
    const made = await Promise.all(Array.from({ length: 5 }, () => make({ name: 'Shop!' })));
    assert.deepEqual(made.map(({ body }) => body.id).sort(), ['shop', 'shop-2', 'shop-3', 'shop-4', 'shop-5']);
  });

  it('serves widgets at once, and has a secret of its own for each scheme', async () => {
    const { body } = await make({ id: 'second', name: 'Second' });
    const widget = await server.request<WidgetSettings>('/v1/widget/second/settings');
    assert.equal(widget.body.appearance.teamName, body.settings.appearance.teamName);
    const row = await server.chat.store.inboxes.find('second');
    const demo = await server.chat.store.inboxes.find('demo');
    assert.deepEqual(Object.keys(row?.secrets ?? {}), SCHEMES);
    const values = [...Object.values(row?.secrets ?? {}), ...Object.values(demo?.secrets ?? {})];
    assert.equal(new Set(values.map(({ value }) => value)).size, 2 * SCHEMES.length);
  });

  it('is heard at once by agents who are there already', async () => {
    const desk = await agent(server);
    await make({ id: 'heard', name: 'Heard' });
    const { body } = await server.request<{ token: string }>('/v1/widget/heard/sessions', { method: 'POST', body: {} });
    const guest = await server.socket('/v1/widget/heard/socket');
    await guest.hello({ token: body.token });
    const conversationId = uuid();
    await say(guest, conversationId, 'Is anybody here?', true);
    const { conversation } = await desk.next('conversation');
    assert.deepEqual([conversation.id, conversation.inboxId], [conversationId, 'heard']);
    const { entry } = await desk.next('entry');
    assert.ok(entry.type === 'message' && entry.text === 'Is anybody here?');
  });

  it('stands in the audit log', async () => {
    await make({ id: 'noted', name: 'Noted' });
    const { acts } = await server.chat.store.auditLog.page({ inboxId: 'noted' });
    assert.deepEqual(
      acts.map(({ action, actor, details }) => [action, actor.kind, details['name']]),
      [['inbox.created', 'key', 'Noted']],
    );
  });

  it('is refused with the field that is wrong, and nothing is made', async () => {
    const before = (await server.chat.store.inboxes.list()).length;
    const wrong: [unknown, number, string][] = [
      [{}, 400, '/name'],
      [{ name: ' ' }, 400, '/name'],
      [{ name: 'A', id: 'Upper Case' }, 400, '/id'],
      [{ name: 'A', id: '-a' }, 400, '/id'],
      [{ name: 'A', id: '../demo' }, 400, '/id'],
      [{ name: 'A', id: 'demo' }, 409, '/id'],
      [{ name: 'A', id: 'schema' }, 409, '/id'],
      [{ name: 'A', siteUrl: 'javascript:alert(1)' }, 400, '/siteUrl'],
      [{ name: 'A', siteUrl: 'not a site' }, 400, '/siteUrl'],
      [{ name: 'A', color: 'red' }, 400, '/color'],
      [{ name: 'A', settings: {} }, 400, '/settings'],
    ];
    for (const [body, status, field] of wrong) {
      const answer = await server.api('/v1/inboxes', { method: 'POST', body });
      assert.deepEqual([answer.status, answer.body.error.field], [status, field], JSON.stringify(body));
    }
    assert.equal((await server.chat.store.inboxes.list()).length, before);
  });

  it('takes a site as people type it', async () => {
    for (const [siteUrl, domain] of [
      ['shop.example', 'shop.example'],
      ['http://localhost:3000/', 'http://localhost:3000'],
      ['https://shop.example:8443', 'shop.example:8443'],
      ['https://bücher.example', 'xn--bcher-kva.example'],
    ] as const) {
      const { body } = await make({ name: 'Typed', siteUrl });
      assert.deepEqual(body.settings.security.trustedDomains, [domain]);
    }
  });

  it('is made by admins and by keys for all inboxes with the permission `settings` alone', async () => {
    const { apiKeys } = server.chat.store;
    const { hashToken } = await import('../../src/identity/token.ts');
    await apiKeys.create({ keyHash: hashToken('weak-key'), name: 'Weak', permissions: ['contacts'] });
    await apiKeys.create({ keyHash: hashToken('bound'), name: 'Bound', permissions: ['settings'], inboxId: 'demo' });
    const asBo = asAgent(server, await signInAgent(server));
    const body = { name: 'Forbidden' };
    for (const answer of [
      await server.request('/v1/inboxes', { method: 'POST', body, token: 'weak-key' }),
      await server.request('/v1/inboxes', { method: 'POST', body, token: 'bound' }),
      await asBo<{ error: { code: string } }>('/v1/inboxes', { method: 'POST', body }),
    ]) {
      assert.deepEqual([answer.status, answer.body.error.code], [403, 'forbidden']);
    }
    const asAdmin = asAgent(server, await server.cookie());
    assert.equal((await asAdmin('/v1/inboxes', { method: 'POST', body: { name: 'Allowed' } })).status, 201);
    assert.equal((await server.request('/v1/inboxes', { method: 'POST', body })).status, 401);
  });
});

describe('The ids of a name', () => {
  it('are plain letters and digits, whatever the name', () => {
    for (const [name, id] of [
      ['Æther & Söhne', 'ther-sohne'],
      ['  Support  ', 'support'],
      ['日本', 'inbox'],
      ['x'.repeat(80), 'x'.repeat(40)],
      ['Schema', 'schema-2'],
    ] as const) {
      assert.equal(idsFor(name).next().value, id);
    }
  });
});
