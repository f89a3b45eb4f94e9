import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { it } from 'node:test';
import { MINTED_TOKEN_MS, mintVisitorToken } from '../../server/src/identity/minted-token.ts';
import type { ChatServerProcess } from '../../scripts/chat-server-process.mjs';
import { INBOX } from '../../scripts/chat-server-process.mjs';
import type { AgentConversation, ConversationPage, EntryPage } from '../../src/api/protocol.ts';
import type { Page } from './page.ts';
import { pageWithChat, Visitor } from './people.ts';
import { testimonyOf, untilGone, witness } from './witness.ts';
import { inEveryEngine } from './world.ts';

const SECRETS = { jwt: 'the secret for the JWTs of these tests', minted: 'the secret for the minted tokens of these' };

const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

function signJwt(id: string, lastsMs: number): string {
  const exp = Math.floor((Date.now() + lastsMs) / 1000);
  const claims = { external_user_id: id, email: `${id}@proofs.example`, first_name: 'Ada', exp };
  const signed = `${base64url({ alg: 'HS256', typ: 'JWT' })}.${base64url(claims)}`;
  return `${signed}.${createHmac('sha256', SECRETS.jwt).update(signed).digest('base64url')}`;
}

/** How long the first session lasts: from when the page names the visitor, with the chat already open, to the renewal. */
const SHORT = '8s';
/** The proof is over by then: one that still holds would be taken again, and nobody would be asked for another. */
const SHORTER_MS = 5_000;

/** What the page's own script has heard. */
interface Heard {
  readonly errors: readonly string[];
  /** How often it was asked for a fresh proof. */
  readonly asked: number;
}

/** A page that listens, and gives fresh proofs as `provide` says: `release(token)` answers whoever waits. */
function page(attributes: string, provide = 'undefined'): string {
  const script = `<script>
    window.heard = { errors: [], asked: 0 };
    document.addEventListener('chat-error', ({ detail }) => heard.errors.push(detail.code));
    const given = new Promise((resolve) => (window.release = resolve));
    const provide = ${provide};
    window.wasAsked = new Promise((resolve) => {
      document.addEventListener('DOMContentLoaded', () => {
        if (!provide) return;
        document.querySelector('chat-widget').tokenProvider = () => {
          heard.asked++;
          resolve(true);
          return provide();
        };
      });
    });
  </script>`;
  return pageWithChat(attributes).replace('<title>', `${witness()}${script}<title>`);
}

const heardBy = (of: Page): Promise<Heard> => of.evaluate(() => (window as unknown as { heard: Heard }).heard, null);

/** The page names the visitor, as a single-page application does after a sign-in. Resolves when the chat knows it. */
const signIn = (of: Page, jwt: string): Promise<unknown> =>
  of.evaluate(
    (token) =>
      new Promise((resolve) => {
        document.addEventListener('chat-identify', () => resolve(true), { once: true });
        document.querySelector('chat-widget')?.setAttribute('jwt', token);
      }),
    jwt,
  );

async function conversationsOf(server: ChatServerProcess, words: string): Promise<AgentConversation[]> {
  const { body } = await server.request('GET', '/v1/conversations?limit=100');
  const all = [...(body as ConversationPage<AgentConversation>).conversations];
  const said = await Promise.all(all.map(({ id }) => textsOf(server, id)));
  return all.filter((_, index) => said[index]?.includes(words));
}

async function textsOf(server: ChatServerProcess, id: string): Promise<string[]> {
  const { body } = await server.request('GET', `/v1/conversations/${id}/entries?after=0`);
  return (body as EntryPage).entries.flatMap((entry) => (entry.type === 'message' ? entry.text : []));
}

inEveryEngine(
  'A proof that runs out while the chat is open',
  (world) => {
    async function server(): Promise<ChatServerProcess> {
      const started = await world().server();
      for (const [scheme, value] of Object.entries(SECRETS)) await started.setSecret(scheme, value);
      return started;
    }

    /** Sessions by JWT last so long from now on. */
    async function sessionsLast(of: ChatServerProcess, sessionDuration: string): Promise<void> {
      const { status } = await of.request('PATCH', `/v1/inboxes/${INBOX}`, {
        settings: { identity: { sessionDuration } },
      });
      assert.equal(status, 200);
    }

    it('is replaced by the page, asked once; what was queued meanwhile is sent once [hostile 39]', async () => {
      const chat = await server();
      const site = await world().newSite({ '/': page('', '() => given') }, chat);
      const visitor = await Visitor.at(await world().newProfile(), `${site.url}/`);
      await visitor.openChat();
      await sessionsLast(chat, SHORT);
      await signIn(visitor.page, signJwt('once', SHORTER_MS));
      await visitor.write('Said in time');
      await visitor.messages.reads('Said in time', 'Sent');
      await sessionsLast(chat, '10h');

      await visitor.page.evaluate(() => (window as unknown as { wasAsked: Promise<boolean> }).wasAsked, null);
      await visitor.write('Said too late');
      await visitor.messages.reads('Said in time', 'Said too late', /Sending/);
      await visitor.page.evaluate(
        (token) => (window as unknown as { release(token: string): void }).release(token),
        signJwt('once', 600_000),
      );
      await visitor.messages.readsOnceEach('Said in time', 'Said too late', 'Sent');
      assert.deepEqual(await heardBy(visitor.page), { errors: [], asked: 1 });
      const [conversation, ...others] = await conversationsOf(chat, 'Said too late');
      assert.deepEqual(others, []);
      assert.equal(conversation?.contact.email, 'once@proofs.example');
      assert.deepEqual(await textsOf(chat, conversation?.id ?? ''), ['Said in time', 'Said too late']);
      assert.deepEqual((await testimonyOf(visitor.page)).wrong, []);
    });

    it('and that the page cannot replace: the visitor goes on as a stranger, with the draft; the page is told [hostile 39] [hostile 40]', async () => {
      const chat = await server();
      const html = page('', "() => Promise.reject(new Error('the back end is down'))");
      const site = await world().newSite({ '/': html }, chat);
      const visitor = await Visitor.at(await world().newProfile(), `${site.url}/`);
      await visitor.openChat();
      await sessionsLast(chat, SHORT);
      await signIn(visitor.page, signJwt('lapse', SHORTER_MS));
      await visitor.write('Said in time');
      await visitor.messages.reads('Said in time', 'Sent');
      await sessionsLast(chat, '10h');
      await visitor.panel.textbox('Message').type('half a sentence');

      await untilGone(visitor.page, 'Said in time');
      const box = await visitor.panel.textbox('Message').isThere();
      assert.equal(box.value, 'half a sentence');
      const { errors, asked } = await heardBy(visitor.page);
      assert.deepEqual([errors, asked], [['proof_expired'], 1]);

      await visitor.write(', and the rest');
      await visitor.messages.reads('half a sentence, and the rest', 'Sent');
      const [conversation] = await conversationsOf(chat, 'half a sentence, and the rest');
      assert.equal(conversation?.verification, 'anonymous');
      assert.deepEqual((await testimonyOf(visitor.page)).wrong, []);
    });

    it('before the page is loaded is told to the page, and opens no history; nor does one of somebody else [hostile 31]', async () => {
      const chat = await server();
      const email = 'gob@proofs.example';
      const mint = (ageMs: number) => {
        const context = { inboxId: INBOX, now: Date.now() - ageMs };
        return mintVisitorToken({ email }, SECRETS.minted, context);
      };
      const site = await world().newSite(
        {
          '/right': page(`email="${email}" identification-token="${mint(MINTED_TOKEN_MS - 60_000)}"`),
          '/late': page(`email="${email}" identification-token="${mint(MINTED_TOKEN_MS + 1_000)}"`),
          '/other': page(`email="tobias@proofs.example" identification-token="${mint(0)}"`),
        },
        chat,
      );
      const gob = await Visitor.at(await world().newProfile(), `${site.url}/right`);
      await gob.openChat();
      await gob.write('Gob’s secret');
      await gob.messages.reads('Gob’s secret', 'Sent');
      assert.deepEqual(await heardBy(gob.page), { errors: [], asked: 0 });

      for (const [path, code] of [
        ['/late', 'proof_expired'],
        ['/other', 'invalid_proof'],
      ] as const) {
        const stranger = await Visitor.at(await world().newProfile(), site.url + path);
        await stranger.openChat();
        await stranger.panel.textbox('Message').isThere();
        await stranger.write(`A stranger at ${path}`);
        await stranger.messages.reads(`A stranger at ${path}`, 'Sent');
        const { shown } = await testimonyOf(stranger.page);
        assert.ok(shown.every((frame) => !frame.includes('Gob’s secret')));
        assert.deepEqual((await heardBy(stranger.page)).errors, [code]);
        const [conversation] = await conversationsOf(chat, `A stranger at ${path}`);
        assert.notEqual(conversation?.verification, 'verified');
      }
    });
  },
  // What differs between engines is asked of all of them by the other flows.
  ['chromium'],
);
