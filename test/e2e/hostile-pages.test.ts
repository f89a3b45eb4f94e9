import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { it } from 'node:test';
import type { ChatServerProcess } from '../../scripts/chat-server-process.mjs';
import { INBOX } from '../../scripts/chat-server-process.mjs';
import type { ConversationPage } from '../../src/api/protocol.ts';
import { Visitor } from './people.ts';
import { testimonyOf, witness } from './witness.ts';
import { inEveryEngine } from './world.ts';

interface Shop {
  /** Where the chat's script and server are. */
  readonly chat: string;
  /** Goes to the script's tag. */
  readonly script?: string;
  /** Goes to the tags of all scripts of the page. */
  readonly scripts?: string;
  /** Goes to the head, before everything. */
  readonly head?: string;
}

/** A shop that embeds the chat from another origin. */
function shop({ chat, script = '', scripts = '', head = '' }: Shop): string {
  return `<!doctype html>
<html lang="en">
  <meta charset="utf-8">
  <title>A shop</title>
  ${head}
  ${witness(scripts)}
  <script type="module" ${scripts} ${script} src="${chat}/chat-widget.js"></script>
  <h1>A shop</h1>
  <chat-widget server="${chat}" inbox="${INBOX}"></chat-widget>
</html>`;
}

const answerTo = (question: string) => `About ${question.toUpperCase()}: yes.`;

/** What every page here must allow: both sides say something. */
async function talk(visitor: Visitor, server: ChatServerProcess, question: string): Promise<void> {
  await visitor.openChat();
  await visitor.write(question);
  await visitor.messages.reads(question, 'Sent');
  const { body } = await server.request('GET', '/v1/conversations?limit=1');
  const { conversations } = body as ConversationPage;
  await server.request('POST', `/v1/conversations/${conversations[0].id}/messages`, { text: answerTo(question) });
  await visitor.messages.reads(answerTo(question));
}

async function nothingWentWrong({ page }: Visitor): Promise<void> {
  assert.deepEqual((await testimonyOf(page)).wrong, []);
}

inEveryEngine(
  'A page whose policy names each script by a nonce',
  (world) => {
    it('has the whole conversation without one violation [hostile 74]', async () => {
      const server = await world().server();
      const chat = server.url;
      const policy = [
        "default-src 'none'",
        "script-src 'nonce-bm9uY2U'",
        "style-src 'self'",
        // For the icon of the site, which the browser asks for by itself; the chat is of another origin.
        "img-src 'self'",
        `connect-src ${chat} ${chat.replace('http', 'ws')}`,
        "require-trusted-types-for 'script'",
        'trusted-types lit-html',
        'report-uri /csp-report',
      ].join('; ');
      const html = shop({ chat, scripts: 'nonce="bm9uY2U"' });
      const site = await world().newSite({ '/': { html, headers: { 'content-security-policy': policy } } });
      const visitor = await Visitor.at(await world().newProfile(), `${site.url}/`);
      await talk(visitor, server, 'nonces');
      await nothingWentWrong(visitor);

      // One on purpose: it shows that violations are told of, and comes after all that were told before.
      await visitor.page.evaluate(() => document.body.setAttribute('style', 'color: red'), null);
      await site.nextViolation();
      assert.equal(site.violations.length, 1, site.violations.join('\n'));
      assert.match(site.violations.join(), /style-src/);
    });
  },
  // WebKitGTK has no Trusted Types.
  ['chromium', 'firefox'],
);

inEveryEngine('A page that is shut off from everything', (world) => {
  const shutOff = {
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-embedder-policy': 'require-corp',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': [
      'accelerometer',
      'autoplay',
      'camera',
      'clipboard-read',
      'clipboard-write',
      'display-capture',
      'fullscreen',
      'geolocation',
      'gyroscope',
      'idle-detection',
      'microphone',
      'payment',
      'storage-access',
      'sync-xhr',
      'unload',
    ]
      .map((feature) => `${feature}=()`)
      .join(', '),
    'referrer-policy': 'no-referrer',
  };
  /** An origin that is nobody's: no storage, no cookies, no locks; nor forms. */
  const sandbox = { 'content-security-policy': 'sandbox allow-scripts' };

  /** As browsers say it where a person has switched storage off: some throw when asked for, some when used. */
  const blockStorage = `<script>
    const refuse = () => { throw new DOMException('blocked', 'SecurityError'); };
    for (const name of ['localStorage', 'sessionStorage', 'caches']) {
      Object.defineProperty(window, name, { get: refuse });
    }
    Object.defineProperty(Document.prototype, 'cookie', { get: refuse, set: refuse });
    IDBFactory.prototype.open = refuse;
    IDBFactory.prototype.databases = async () => refuse();
    LockManager.prototype.request = async () => refuse();
    window.BroadcastChannel = class { constructor() { refuse(); } };
  </script>`;

  it('isolated, sandboxed, or without any storage, has a chat that works in memory and throws nothing [hostile 75]', async () => {
    const server = await world().server();
    const chat = server.url;
    const site = await world().newSite({
      '/isolated': { html: shop({ chat }), headers: shutOff },
      '/sandboxed': { html: shop({ chat }), headers: sandbox },
      '/blocked': shop({ chat, head: blockStorage }),
    });
    for (const path of ['/isolated', '/sandboxed', '/blocked']) {
      const visitor = await Visitor.at(await world().newProfile(), site.url + path);
      const question = `${path.slice(1)} pages`;
      await talk(visitor, server, question);
      await nothingWentWrong(visitor);
      await visitor.page.reload();
      await visitor.openChat();
      if (path === '/isolated') {
        await visitor.messages.readsOnceEach(question, answerTo(question));
      } else {
        // Nothing was kept: somebody new.
        await visitor.panel.textbox('Message').isThere();
        await visitor.write('Who am I?');
        await visitor.messages.reads('Who am I?', 'Sent');
        await visitor.panel.doesNotRead(question);
      }
      await nothingWentWrong(visitor);
    }
  });
});

inEveryEngine('A page that trusts the chat with nothing but what it named', (world) => {
  it('loads the script that its hash pins, and no other; nobody else is asked for anything [hostile 77]', async () => {
    const server = await world().server();
    const chat = server.url;
    const script = await readFile(new URL('../../dist-cdn/chat-widget.js', import.meta.url));
    const pin = (bytes: Buffer | string) => `integrity="sha384-${createHash('sha384').update(bytes).digest('base64')}"`;
    const site = await world().newSite({
      '/': shop({ chat, script: pin(script) }),
      '/changed': shop({ chat, script: pin(`${script.toString()} `) }),
    });
    const visitor = await Visitor.at(await world().newProfile(), `${site.url}/`);
    await talk(visitor, server, 'pinned scripts');
    await nothingWentWrong(visitor);

    const { addresses } = await testimonyOf(visitor.page);
    const own = new Set([site.url, chat, chat.replace('http', 'ws')]);
    assert.deepEqual(
      addresses.filter((address) => !own.has(new URL(address).origin)),
      [],
    );
    assert.ok(addresses.some((address) => address.startsWith('ws:') && address.endsWith('/socket')));
    for (const address of addresses) assert.equal(new URL(address).search, '', 'no address carries anything');
    const chunks = addresses.filter((address) => address.includes('/chunks/'));
    assert.ok(chunks.length > 1);
    for (const chunk of chunks) {
      assert.match(chunk, /-[\w-]{7}\.js$/, 'a version of its own');
      assert.match((await fetch(chunk)).headers.get('cache-control') ?? '', /immutable/);
    }

    const other = await Visitor.at(await world().newProfile(), `${site.url}/changed`);
    await other.page.find('heading', 'A shop').isThere();
    const isDefined = await other.page.evaluate(() => customElements.get('chat-widget') !== undefined, null);
    assert.equal(isDefined, false);
  });
});

inEveryEngine('A page that Lighthouse looks at', (world) => {
  it('shows its chat as it does to everybody [hostile 72]', async () => {
    const server = await world().server();
    const head = `<script>
      const name = navigator.userAgent + ' Chrome-Lighthouse HeadlessChrome';
      Object.defineProperty(Navigator.prototype, 'userAgent', { get: () => name });
      Object.defineProperty(Navigator.prototype, 'webdriver', { get: () => true });
    </script>`;
    const site = await world().newSite({ '/': shop({ chat: server.url, head }) });
    const visitor = await Visitor.at(await world().newProfile(), `${site.url}/`);
    await visitor.launcher.isThere();
    await visitor.openChat();
    await visitor.write('Is anybody there?');
    await visitor.messages.reads('Is anybody there?', 'Sent');
    await nothingWentWrong(visitor);
  });
});
