import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { brotliCompressSync } from 'node:zlib';
import { startServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';

const WIDGET = `export * from './chunks/chat-widget-abc123.js';\n`;
const CHUNK = `export const words = '${'chat '.repeat(200)}';\n`;

const LOADER = 'const CHAT={"style":""};\npaint();\n';

let folder: string;
let built: TestServer;
let unbuilt: TestServer;
before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'chat-assets-'));
  mkdirSync(join(folder, 'chunks'));
  writeFileSync(join(folder, 'chat-widget.js'), WIDGET);
  writeFileSync(join(folder, 'chat-console.js'), 'export {};\n');
  writeFileSync(join(folder, 'loader.js'), LOADER);
  writeFileSync(join(folder, 'chunks/chat-widget-abc123.js'), CHUNK);
  writeFileSync(join(folder, 'chunks/chat-widget-abc123.js.br'), brotliCompressSync(CHUNK));
  built = await startServer({ config: { assetsDir: folder } });
  unbuilt = await startServer({ config: { assetsDir: join(folder, 'nothing') } });
});
after(async () => {
  await Promise.all([built.close(), unbuilt.close()]);
  rmSync(folder, { recursive: true, force: true });
});

describe('The widget’s files', () => {
  it('may be loaded by any site, as a module and as a classic script', async () => {
    for (const path of ['/chat-widget.js', '/chat-console.js', '/chunks/chat-widget-abc123.js']) {
      const { status, headers } = await built.request<string>(path, { headers: { origin: 'https://shop.example' } });
      assert.equal(status, 200, path);
      assert.match(headers.get('content-type') ?? '', /^(text|application)\/javascript/);
      assert.equal(headers.get('access-control-allow-origin'), '*');
      assert.equal(headers.get('cross-origin-resource-policy'), 'cross-origin');
      assert.equal(headers.get('access-control-allow-credentials'), null);
      assert.equal(headers.get('strict-transport-security'), null, 'no HSTS on plain http');
      assert.ok(!(headers.get('content-security-policy') ?? '').includes('upgrade-insecure-requests'));
    }
  });

  it('with a hash in their names are kept for ever, the others for a minute', async () => {
    const chunk = await built.request<string>('/chunks/chat-widget-abc123.js');
    assert.match(chunk.headers.get('cache-control') ?? '', /max-age=31536000, immutable/);
    const door = await built.request<string>('/chat-widget.js');
    assert.equal(door.headers.get('cache-control'), 'public, max-age=60');
    assert.equal(door.body, WIDGET);
    assert.match(door.headers.get('etag') ?? '', /^(W\/)?"[^"]+"$/);
  });

  it('know the loader by a name that a site may pin, with its hash', async () => {
    const { body, headers } = await built.request<{ src: string; integrity: string }>('/loader.json');
    assert.equal(body.integrity, `sha384-${createHash('sha384').update(LOADER).digest('base64')}`);
    assert.equal(headers.get('cache-control'), 'public, max-age=60');
    assert.equal(headers.get('access-control-allow-origin'), '*');
    const pinned = await built.request<string>(body.src);
    assert.deepEqual([pinned.status, pinned.body], [200, LOADER]);
    assert.match(pinned.headers.get('cache-control') ?? '', /max-age=31536000, immutable/);
    assert.equal(pinned.headers.get('access-control-allow-origin'), '*');

    const plain = await built.request<string>('/loader.js');
    assert.deepEqual([plain.body, plain.headers.get('cache-control')], [LOADER, 'public, max-age=60']);
    const etag = plain.headers.get('etag') ?? '';
    // `fetch` would say `no-cache`, too.
    const again = await built.chat.app.inject({ url: '/loader.js', headers: { 'if-none-match': etag } });
    assert.equal(again.statusCode, 304);

    // Who has pinned an older one, without its hash, goes on with this one, which is not kept for ever under that name.
    const older = await built.request<string>('/loader-00000000.js');
    assert.deepEqual([older.body, older.headers.get('cache-control')], [LOADER, 'public, max-age=60']);
    for (const path of ['/loader-.js', '/loader-..%2fx.js']) assert.equal((await built.request(path)).status, 404);
    for (const path of [body.src, '/loader.json']) assert.equal((await unbuilt.request(path)).status, 503);
  });

  it('travel as the build has compressed them', async () => {
    const { headers, body } = await built.request<string>('/chunks/chat-widget-abc123.js', {
      headers: { 'accept-encoding': 'br' },
    });
    assert.equal(headers.get('content-encoding'), 'br');
    assert.equal(body, CHUNK);
    assert.match(headers.get('vary') ?? '', /accept-encoding/i);
  });

  it('are all that can be had of their folder', async () => {
    for (const path of [
      '/chunks/',
      '/chunks/nothing.js',
      '/chunks/..%2fchat-widget.js',
      '/chunks/%2e%2e/%2e%2e/etc/passwd',
    ]) {
      const { status } = await built.request(path);
      assert.ok([400, 403, 404].includes(status), `${path} ${status}`);
    }
  });
});

describe('The pages', () => {
  it('are the shop and the console, with a policy', async () => {
    const shop = await built.request<string>('/');
    assert.deepEqual([shop.status, shop.headers.get('content-type')], [200, 'text/html; charset=utf-8']);
    assert.match(shop.body, /<chat-widget/);
    const console = await built.request<string>('/console');
    assert.equal(console.status, 200);
    assert.match(console.body, /<chat-console><\/chat-console>/);
    const policy = console.headers.get('content-security-policy') ?? '';
    for (const rule of [
      "default-src 'none'",
      "frame-ancestors 'none'",
      "script-src 'self'",
      "require-trusted-types-for 'script'",
    ]) {
      assert.ok(policy.includes(rule), rule);
    }
    assert.ok(!policy.includes('unsafe'));
  });

  it('have an icon, also where a page names none', async () => {
    assert.match((await built.request<string>('/console')).body, /<link rel="icon"[^>]* href="\/favicon\.svg">/);
    for (const path of ['/favicon.svg', '/favicon.ico']) {
      const { status, headers } = await built.request(path);
      assert.deepEqual([status, headers.get('content-type')], [200, 'image/svg+xml'], path);
    }
  });

  it('say what to do where nothing was built', async () => {
    for (const path of ['/', '/console']) {
      const { status, body } = await unbuilt.request<string>(path);
      assert.equal(status, 503);
      assert.match(body, /npm run build/);
    }
    const { status, body } = await unbuilt.request('/chat-widget.js');
    assert.equal(status, 503);
    assert.match(body.error.message, /npm run build/);
  });
});

describe('The demo shop’s back end', () => {
  it('signs its customers in, and nobody else', async () => {
    for (const customer of ['ada', 'grace']) {
      const { body } = await built.request<{ email: string; authToken: string; firstName: string; lastName: string }>(
        '/demo/sign-in',
        { method: 'POST', body: { customer } },
      );
      const { email, authToken, firstName, lastName } = body;
      const { contact } = await built.session({ email, authToken, firstName, lastName });
      assert.deepEqual([contact.verification, contact.name], ['verified', `${firstName} ${lastName}`]);
    }
    const { status } = await built.request('/demo/sign-in', { method: 'POST', body: { customer: 'mallory' } });
    assert.equal(status, 400);
  });
});

describe('Whoever supervises the server', () => {
  it('learns that it lives, is ready, and what it does', async () => {
    for (const path of ['/healthz', '/readyz']) {
      const { status, body } = await built.request<{ ok: boolean }>(path);
      assert.deepEqual([status, body], [200, { ok: true }]);
    }
    const { headers, body } = await built.request<string>('/metrics');
    assert.match(headers.get('content-type') ?? '', /^text\/plain/);
    for (const name of [
      'chat_sockets',
      'chat_append_seconds_count',
      'chat_http_seconds_bucket',
      'chat_store_commits_total',
      'process_cpu_seconds_total',
    ]) {
      assert.match(body, new RegExp(`^${name}`, 'm'), name);
    }
  });
});

describe('The script that a site pastes', () => {
  const settingsIn = (script: string): unknown =>
    JSON.parse(/^const CHAT=(\{.*?\});paint\(\);\n$/.exec(script)?.[1] ?? 'null');

  it('has what the inbox says about its launcher in front, for any site, and is another one when that was saved', async () => {
    const before = await built.request<string>('/chat/demo.js', { headers: { 'accept-encoding': 'br' } });
    assert.equal(before.status, 200);
    assert.match(before.headers.get('content-type') ?? '', /^text\/javascript/);
    assert.equal(before.headers.get('access-control-allow-origin'), '*');
    assert.equal(before.headers.get('cross-origin-resource-policy'), 'cross-origin');
    assert.equal(before.headers.get('cache-control'), 'public, max-age=60');
    assert.equal(before.headers.get('content-encoding'), 'br');
    const words = ['Open chat', 'The chat did not load. Try again.', 'en'];
    assert.deepEqual(settingsIn(before.body), { inbox: 'demo', style: ':host{--chat-brand:#4364df;}', words });
    const etag = before.headers.get('etag') ?? '';
    const again = await built.request<string>('/chat/demo.js', { headers: { 'if-none-match': etag } });
    assert.equal(again.status, 304);

    const appearance = { color: '#0a7d4f', position: 'left', offsetX: 44 };
    const settings = { appearance, security: { whoMayTalk: 'verified' } };
    await built.api('/v1/inboxes/demo', { method: 'PATCH', body: { settings } });
    const after = await built.request<string>('/chat/demo.js', { headers: { 'if-none-match': etag } });
    assert.equal(after.status, 200);
    assert.deepEqual(settingsIn(after.body), {
      ...{ inbox: 'demo', style: ':host{--chat-brand:#0a7d4f;--chat-offset-x:44px;}' },
      ...{ left: true, bare: true, words },
    });
  });

  it('is in the browser’s language, with the inbox’s own words, and caches are told so', async () => {
    const words = async (language?: string): Promise<unknown> => {
      const headers: Record<string, string> = language === undefined ? {} : { 'accept-language': language };
      const { body, headers: sent } = await built.request<string>('/chat/demo.js', { headers });
      assert.equal(sent.get('vary'), 'Accept-Encoding, Accept-Language');
      return (settingsIn(body) as { readonly words: unknown }).words;
    };
    const german = ['Chat öffnen', 'Der Chat lädt nicht. Bitte erneut versuchen.', 'de'];
    assert.deepEqual(await words('de-CH,de;q=0.9,en;q=0.8'), german);
    assert.deepEqual((await words('hu, fr;q=0.5, it;q=0.7')) as string[], [
      ...['Apri la chat', 'La chat non si è caricata. Riprova.', 'it'],
    ]);
    for (const unknown of ['hu', '', '*', 'de;q=0', 'x'.repeat(5_000), ';;q=,,-', undefined]) {
      assert.equal(((await words(unknown)) as string[])[2], 'en');
    }
    const labels = [
      { key: 'launcher.openChat', text: 'Ask us' },
      { key: 'launcher.openChat', language: 'de', text: 'Fragen Sie uns' },
      { key: 'launcher.notLoaded', language: 'en', text: 'No chat. Ring 555.' },
    ];
    await built.api('/v1/inboxes/demo', { method: 'PATCH', body: { settings: { words: { labels } } } });
    assert.deepEqual(await words('de'), ['Fragen Sie uns', german[1], 'de']);
    assert.deepEqual(await words('en-GB'), ['Ask us', 'No chat. Ring 555.', 'en']);
    await built.api('/v1/inboxes/demo', { method: 'PATCH', body: { settings: { words: null } } });
  });

  it('is not there for an inbox that is not', async () => {
    assert.equal((await built.request('/chat/nobody.js')).status, 404);
    assert.equal((await built.request('/chat/demo.css')).status, 400);
  });
});
