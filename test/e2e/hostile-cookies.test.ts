import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { HTTPRequest, ResponseForRequest } from 'puppeteer-core';
import type { ChatServerProcess } from '../../scripts/chat-server-process.mjs';
import { INBOX } from '../../scripts/chat-server-process.mjs';
import type { Page, Profile } from './page.ts';
import { pageWithChat } from './people.ts';
import { PuppeteerTab } from './puppeteer-driver.ts';
import { witness } from './witness.ts';
import { inEveryEngine } from './world.ts';

interface Known {
  readonly email: string | null;
  readonly id: string;
}

const attributesOf = (domain: string, more = '') =>
  pageWithChat(`cookie-domain="${domain}" session="auto" ${more}`).replace(
    '<title>',
    `${witness()}<script>
      window.errors = [];
      document.addEventListener('chat-error', ({ detail }) => errors.push(detail.code));
      window.isReady = new Promise((resolve) => document.addEventListener('chat-ready', resolve));
    </script><title>`,
  );

/** Pages by host and path; whatever else is asked for comes from the chat server, as if it stood behind each host. */
function sites(server: ChatServerProcess, pages: Readonly<Record<string, string>>) {
  return async (request: HTTPRequest): Promise<Partial<ResponseForRequest>> => {
    const { host, pathname, search } = new URL(request.url());
    const html = pages[host + pathname];
    if (html !== undefined) return { status: 200, contentType: 'text/html; charset=utf-8', body: html };
    const { authorization, 'content-type': type } = request.headers();
    const answer = await fetch(server.url + pathname + search, {
      method: request.method(),
      headers: { ...(authorization && { authorization }), ...(type && { 'content-type': type }) },
      body: request.postData() ?? null,
    });
    return {
      status: answer.status,
      contentType: answer.headers.get('content-type') ?? 'text/plain',
      body: Buffer.from(await answer.arrayBuffer()),
    };
  };
}

inEveryEngine(
  'A session that a site shares between its hosts',
  (world) => {
    /** A tab on one of the hosts, when it is known who the visitor is. */
    async function visit(profile: Profile, server: ChatServerProcess, pages: Record<string, string>, url: string) {
      const page = await profile.open('about:blank');
      await tabOf(page).answer(sites(server, pages));
      await page.goto(url);
      await page.evaluate(() => (window as unknown as { isReady: Promise<unknown> }).isReady.then(() => null), null);
      return page;
    }

    /** Who the visitor is, as soon as there is a session. */
    const contactOf = (page: Page): Promise<Known> =>
      page.evaluate(async () => {
        const widget = document.querySelector('chat-widget') as unknown as { contact: Known | null };
        while (!widget.contact) await new Promise((look) => requestAnimationFrame(look));
        return { email: widget.contact.email, id: widget.contact.id };
      }, null);

    const errorsOf = (page: Page): Promise<string[]> =>
      page.evaluate(() => (window as unknown as { errors: string[] }).errors, null);

    it('stands in one cookie, Secure and SameSite=Lax, which tells no e-mail and is gone after logging out [hostile 42]', async () => {
      const server = await world().server();
      const email = 'ada@cookies.example';
      const identity = `email="${email}" auth-token="${await server.sign(email)}"`;
      const pages = {
        'www.shop.test/': attributesOf('shop.test', identity),
        'help.shop.test/': attributesOf('shop.test', identity),
        'other.test/': attributesOf('other.test'),
      };
      const profile = await world().newProfile();
      const www = await visit(profile, server, pages, 'https://www.shop.test/');
      const { id } = await contactOf(www);
      const [cookie, ...others] = await tabOf(www).cookies();
      assert.deepEqual(others, []);
      const { name, domain, path, secure, sameSite, value = '' } = cookie ?? {};
      assert.deepEqual(
        { name, domain, path, secure, sameSite },
        { name: `chat-widget-${INBOX}`, domain: '.shop.test', path: '/', secure: true, sameSite: 'Lax' },
      );
      assert.match(value, /^[\w-]{43}(\.page)?$/);

      const help = await visit(profile, server, pages, 'https://help.shop.test/');
      assert.equal((await contactOf(help)).id, id);
      assert.equal((await tabOf(help).cookies())[0]?.value, value, 'nobody was asked anew');

      await help.evaluate(() => {
        return (document.querySelector('chat-widget') as unknown as { logout(): Promise<void> }).logout();
      }, null);
      assert.deepEqual(await tabOf(help).cookies(), []);
      const headers = { authorization: `Bearer ${value.replace('.page', '')}` };
      assert.equal((await fetch(`${server.url}/v1/widget/${INBOX}/session`, { headers })).status, 401);
    });

    it('is never put on a public suffix, on another site, or on what is no domain [hostile 42]', async () => {
      const server = await world().server();
      const domains = ['github.io', 'co.uk', 'evil.test', 'shop.test; SameSite=None', 'com', ''];
      for (const domain of domains) {
        const pages = { 'mine.github.io/': attributesOf(domain), 'shop.co.uk/': attributesOf(domain) };
        for (const url of Object.keys(pages)) {
          const page = await visit(await world().newProfile(), server, pages, `https://${url}`);
          assert.ok((await contactOf(page)).id, 'the session stays with this host');
          assert.deepEqual(await tabOf(page).cookies(), [], `${domain} on ${url}`);
          assert.deepEqual(await errorsOf(page), domain ? ['not_saved'] : [], `${domain} on ${url}`);
        }
      }
    });

    it('that a sibling host has planted is not the visitor’s: the page’s proof wins, the planted token is dead [hostile 36] [hostile 43]', async () => {
      const server = await world().server();
      const email = 'grace@cookies.example';
      const proof = await server.sign(email);
      const pages = {
        'evil.shop.test/': '<!doctype html><title>A sibling</title>',
        'www.shop.test/': attributesOf('shop.test', `email="${email}" auth-token="${proof}"`),
      };
      for (const suffix of ['.page', '']) {
        const attacker = await fetch(`${server.url}/v1/widget/${INBOX}/sessions`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({
            email: 'mallory@cookies.example',
            authToken: await server.sign('mallory@cookies.example'),
          }),
        });
        const { token, contact } = (await attacker.json()) as { token: string; contact: { id: string } };
        const profile = await world().newProfile();
        const sibling = await profile.open('about:blank');
        await tabOf(sibling).answer(sites(server, pages));
        await sibling.goto('https://evil.shop.test/');
        const planted = `chat-widget-${INBOX}=${token}${suffix}; Domain=shop.test; Path=/; Max-Age=3600; Secure`;
        await sibling.evaluate((cookie) => void (document.cookie = cookie), planted);

        const page = await visit(profile, server, pages, 'https://www.shop.test/');
        const known = await contactOf(page);
        assert.deepEqual([known.email, known.id !== contact.id], [email, true], `planted with "${suffix}"`);
        const [cookie] = await tabOf(page).cookies();
        assert.ok(!cookie?.value.includes(token));
        const headers = { authorization: `Bearer ${token}` };
        const { status } = await fetch(`${server.url}/v1/widget/${INBOX}/session`, { headers });
        assert.equal(status, 401, 'whoever planted it does not read along');
      }
    });
  },
  // Only there can a test be on any host.
  ['chromium'],
);

function tabOf(page: Page): PuppeteerTab {
  assert.ok(page.tab instanceof PuppeteerTab);
  return page.tab;
}
