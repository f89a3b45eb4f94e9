import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Label, WidgetSettings } from '../../../src/api/protocol.ts';
import { TEXTS } from '../../../src/text/label-keys.ts';
import { toInbox } from '../../src/inbox-directory.ts';
import { startServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';
import { visitor } from '../support/socket.ts';

let server: TestServer;
before(async () => {
  server = await startServer();
});
after(() => server.close());

interface Refused {
  readonly error: { readonly code: string; readonly message: string; readonly field?: string };
}

const save = (labels: readonly unknown[] | null) =>
  server.api<Refused>('/v1/inboxes/demo', { method: 'PATCH', body: { settings: { words: { labels } } } });

describe('The words of an inbox', () => {
  it('reach widgets that are open as soon as they are saved, and those that come', async () => {
    const socket = await visitor(server);
    const { headers, body } = await server.widget<WidgetSettings>('/settings');
    assert.equal(body.labels, undefined);
    const labels: readonly Label[] = [
      { key: 'thread.sent', text: 'Delivered' },
      { key: 'thread.sent', language: 'de', text: 'Zugestellt' },
      { key: 'panel.charactersLeft.few', language: 'pl', text: 'Zostały {count} znaki' },
      { key: 'panel.charactersLeft.one', text: 'One more' },
      { key: 'closed.scores.4', text: 'Brilliant' },
    ];
    assert.equal((await save(labels)).status, 200);
    assert.deepEqual((await socket.next('settings')).settings.labels, labels);
    const tagged = { 'if-none-match': headers.get('etag') ?? '' };
    const after = await server.widget<WidgetSettings>('/settings', { headers: tagged });
    assert.deepEqual([after.status, after.body.labels], [200, labels]);
    assert.equal((await save(null)).status, 200);
    assert.equal((await server.widget<WidgetSettings>('/settings')).body.labels, undefined);
  });

  it('are refused on the field that is wrong, and nothing is saved', async () => {
    const good = { key: 'thread.sent', text: 'Delivered' };
    const wrong: [readonly unknown[], string, RegExp][] = [
      [[good, { key: 'thread.snt', text: 'x' }], '1/key', /no text “thread.snt”/],
      [[{ key: '__proto__', text: 'x' }], '0/key', /no text/],
      [[{ key: 'thread', text: 'x' }], '0/key', /no text/],
      [[{ key: 'closed.scores.5', text: 'x' }], '0/key', /no text/],
      [[{ ...good, text: '' }], '0/text', /words that can be read/],
      [[{ ...good, text: ' \n' }], '0/text', /words that can be read/],
      [[{ ...good, text: 'x'.repeat(301) }], '0/text', /300 characters/],
      [[{ text: 'x' }], '0/key', /must be filled in/],
      [[{ ...good, language: 'tlh' }], '0/language', /must be one of/],
      [[{ ...good, sent: 'x' }], '0/sent', /not a known field/],
      [[good, { ...good, language: '' }], '1/key', /same text and language/],
      [[{ key: 'panel.chatWith', text: 'Ask us' }], '0/text', /^\{team\} must stand in the text: “Chat with \{team\}”/],
      [[{ ...good, text: 'Sent to {name}' }], '0/text', /^Nothing is known for \{name\} here/],
      [[{ key: 'panel.charactersLeft.other', text: 'Some left' }], '0/text', /^\{count\} must stand/],
      [[{ key: 'panel.charactersLeft.few', language: 'de', text: '{count}' }], '0/key', /^German has no such form/],
    ];
    for (const [labels, field, says] of wrong) {
      const { status, body } = await save(labels);
      assert.deepEqual([status, body.error.field], [400, `/settings/words/labels/${field}`]);
      assert.match(body.error.message, says);
    }
    assert.equal((await server.widget<WidgetSettings>('/settings')).body.labels, undefined);
  });

  it('can be for each text that the widget has', async () => {
    const labels = [...TEXTS].map(([key, text]) => ({ key, text: text.toUpperCase().replace(/\{\w+\}/g, '') + text }));
    assert.equal((await save(labels)).status, 200);
    assert.equal((await save(null)).status, 200);
  });

  it('are in the way of nothing else when another version of the server has stored them', async () => {
    const stored = { words: { labels: [{ key: 'gone.since', text: 'x' }] } };
    const { store } = server.chat;
    const row = await store.inboxes.find('demo');
    assert.ok(row);
    const saved = await store.inboxes.saveSettings('demo', { settings: stored, version: row.settingsVersion });
    assert.ok(saved.ok);
    assert.deepEqual(toInbox(saved.inbox).settings.words, stored.words);
    const body = { settings: { messages: { greeting: 'Hi' } } };
    assert.equal((await server.api('/v1/inboxes/demo', { method: 'PATCH', body })).status, 200);
    assert.equal((await save(stored.words.labels)).body.error.field, '/settings/words/labels/0/key');
    assert.equal((await save(null)).status, 200);
  });

  it('are offered to the console’s form by key and English words', async () => {
    const { body } = await server.api<{ properties: { words: { properties: { labels: { items: object } } } } }>(
      '/v1/inboxes/schema',
    );
    const { items } = body.properties.words.properties.labels;
    const { key, language } = (items as { properties: Record<string, Record<string, unknown>> }).properties;
    assert.deepEqual(key?.['examples'], [...TEXTS.keys()]);
    assert.equal((key?.['x-labels'] as Record<string, string>)['thread.sent'], 'Sent');
    assert.equal((language?.['x-labels'] as Record<string, string>)['pt-BR'], 'Brazilian Portuguese');
  });
});
