import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { WidgetSettingsAnswer } from '../../../src/api/protocol.ts';
import { labelChoices } from '../../src/label-settings.ts';
import { SettingsSchema } from '../../src/settings.ts';
import { defineAttribute } from '../support/inbox.ts';
import { startServer } from '../support/server.ts';
import type { Answer, TestServer } from '../support/server.ts';

interface Preview {
  readonly widget: WidgetSettingsAnswer;
  readonly warnings: readonly { readonly field: string }[];
}

let server: TestServer;
before(async () => {
  server = await startServer();
});
after(() => server.close());

const preview = <T = Preview>(settings: object): Promise<Answer<T>> =>
  server.api<T>('/v1/inboxes/demo/preview', { method: 'POST', body: { settings } });

describe('A form that changes settings', () => {
  it('gets the schema of all settings, with the keywords that say how a field is shown', async () => {
    await defineAttribute(server, 'size');
    await defineAttribute(server, 'score', 'number', { writers: ['api'] });
    const { status, body } = await server.api<object>('/v1/inboxes/schema');
    assert.equal(status, 200);
    // What a form may ask for is among what can be written as its key.
    const examples = ['name', 'email', 'phone', 'size'];
    const expected = JSON.parse(JSON.stringify(SettingsSchema)) as typeof SettingsSchema;
    const { preChat, offline } = expected.properties.forms.properties;
    for (const form of [preChat, offline]) Object.assign(form.items.properties.key, { examples });
    // And each text of the widget, with its English words.
    Object.assign(expected.properties.words.properties.labels.items.properties.key, labelChoices);
    assert.deepEqual(body, expected);
  });

  it('gets what a visitor would get, and nothing is changed', async () => {
    const before = (await server.widget<WidgetSettingsAnswer>('/settings')).body;
    const { status, body } = await preview({ messages: { greeting: 'Ahoy' }, appearance: { color: '#112233' } });
    assert.equal(status, 200);
    assert.deepEqual(body.widget, {
      ...before,
      messages: { ...before.messages, greeting: 'Ahoy' },
      appearance: { ...before.appearance, color: '#112233' },
    });
    assert.deepEqual((await server.widget<WidgetSettingsAnswer>('/settings')).body, before);
  });

  it('is told what to think of, as when it is saved', async () => {
    const { body } = await preview({ security: { trustedDomains: ['*.github.io'] } });
    assert.deepEqual(
      body.warnings.map(({ field }) => field),
      ['/settings/security/trustedDomains'],
    );
  });

  it('is told which field is not valid', async () => {
    const { status, body } = await preview<{ error: { field: string } }>({ appearance: { color: 'red' } });
    assert.deepEqual([status, body.error.field], [400, '/settings/appearance/color']);
    assert.equal(
      (await server.api('/v1/inboxes/nowhere/preview', { method: 'POST', body: { settings: {} } })).status,
      404,
    );
  });

  it('is for admins only', async () => {
    const email = 'grace@shop.example';
    const password = 'a good long password';
    const headers = { cookie: await server.cookie() };
    await server.request('/v1/agents', { method: 'POST', headers, body: { email, password, name: 'Grace' } });
    const cookie = await server.signIn(email, password);
    for (const [method, path, body] of [
      ['GET', '/v1/inboxes/schema', undefined],
      ['POST', '/v1/inboxes/demo/preview', { settings: {} }],
    ] as const) {
      assert.equal((await server.request(path, { method, ...(body && { body }) })).status, 401);
      assert.equal((await server.request(path, { method, headers: { cookie }, ...(body && { body }) })).status, 403);
    }
  });
});
