/** What happens when a proof, or the session that was made with it, runs out: the page is asked, and may fail. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { ChatClient, ChatClientOptions, TokenProvider } from '../../../src/api/chat-client.ts';
import type { ChatError } from '../../../src/api/chat-error.ts';
import { INBOX } from '../../../scripts/chat-server-process.mjs';
import { MovedClock, settled } from '../moved-clock.ts';
import { stateOf, texts } from './eventually.ts';
import { signJwt, takeEveryProof } from './proofs.ts';
import { heard, sessionRequests, World } from './world.ts';

const world = new World({}, takeEveryProof);
const unhandled: unknown[] = [];
const onUnhandled = (reason: unknown) => unhandled.push(reason);
before(() => process.on('unhandledRejection', onUnhandled));
after(() => {
  process.off('unhandledRejection', onUnhandled);
  assert.deepEqual(unhandled, []);
});

/** Sessions by JWT last so long from now on. */
const sessionsLast = (sessionDuration: string) => world.settings({ identity: { sessionDuration } });

const isOpen = ({ connection }: ChatClient['state']) => connection === 'open';

/** Resolves with the error of this kind. */
const nextError = (client: ChatClient) =>
  new Promise<string>((resolve) => {
    const stop = client.on('error', ({ code }) => {
      stop();
      resolve(code);
    });
  });

/** A provider that counts. */
function provider(give: TokenProvider): { calls: number; readonly ask: TokenProvider } {
  const counted = {
    calls: 0,
    ask: async () => {
      counted.calls++;
      return give();
    },
  };
  return counted;
}

describe('a proof that is over', { timeout: 60_000 }, () => {
  const over = (id: string) => signJwt(id, `${id}@over.example`, Date.now() - 1_000);
  const fresh = (id: string) => signJwt(id, `${id}@over.example`);

  it('is replaced by one that the page gets, asked once: a token alone, or all of an identity', async () => {
    for (const [id, given] of [
      ['token', fresh('token')],
      ['identity', { jwt: fresh('identity') }],
    ] as const) {
      const { ask, ...counted } = provider(() => Promise.resolve(given));
      const page = provider(async () => ask());
      const client = world.visitor({ tokenProvider: page.ask });
      const errors = heard(client, 'error');
      const requests = sessionRequests();
      await client.boot({ jwt: over(id) });
      requests.stop();
      assert.equal(client.state.contact?.email, `${id}@over.example`);
      assert.equal(client.state.contact.verification, 'verified');
      assert.deepEqual([page.calls, counted.calls, requests.made.length, errors.length], [1, 0, 2, 0]);
    }
  });

  it('is asked for when the page has said an e-mail and nothing more', async () => {
    const email = 'only@over.example';
    const page = provider(() => world.server.sign(email));
    const client = world.visitor({ tokenProvider: page.ask });
    await client.boot({ email });
    assert.equal(client.state.contact?.verification, 'verified');
    await client.identify({ email });
    assert.equal(page.calls, 1);
  });

  it('makes a visitor whom nobody knows when the page has no other, or nobody to ask', async () => {
    for (const tokenProvider of [undefined, () => Promise.resolve(null)]) {
      const client = world.visitor({ tokenProvider });
      const errors = heard(client, 'error');
      await client.boot({ jwt: over('nobody') });
      assert.deepEqual(
        errors.map(({ code }) => code),
        ['proof_expired'],
      );
      await client.send(client.startConversation(), 'hello');
      assert.equal(client.state.contact?.verification, 'anonymous');
    }
  });
});

describe('a proof that the server does not believe', { timeout: 60_000 }, () => {
  it('is replaced by one that the page gets, asked once', async () => {
    const email = 'wrong@over.example';
    const page = provider(() => world.server.sign(email));
    const client = world.visitor({ tokenProvider: page.ask });
    const errors = heard(client, 'error');
    await client.boot({ email, authToken: '0'.repeat(64) });
    assert.deepEqual([client.state.contact?.verification, page.calls, errors], ['verified', 1, []]);
  });

  for (const [what, give] of [
    ['has no other', () => Promise.resolve(null)],
    ['gives the same again', () => Promise.resolve('0'.repeat(64))],
    ['gives another that is wrong', () => Promise.resolve('1'.repeat(64))],
  ] as const) {
    it(`is a claim where the page ${what}, and the page hears it once`, async () => {
      const page = provider(give);
      const client = world.visitor({ tokenProvider: page.ask });
      const errors = heard(client, 'error');
      await client.boot({ email: 'wrong@over.example', authToken: '0'.repeat(64) });
      await client.send(client.startConversation(), 'hello');
      assert.deepEqual(
        [client.state.contact?.verification, page.calls, errors.map(({ code }) => code)],
        ['claimed', 1, ['invalid_proof']],
      );
    });
  }
});

describe('a session that the server ends', { timeout: 60_000 }, () => {
  /** A visitor in the middle of a sentence, whose proof becomes worthless together with the session. */
  async function talking(email: string, options: Partial<ChatClientOptions> = {}) {
    const client = await world.booted(await world.identity(email), options);
    const conversation = client.startConversation();
    await client.send(conversation, 'one');
    await client.open(conversation);
    client.drafts.set(conversation, 'half written');
    const contact = client.state.contact!;
    const errors = heard(client, 'error');
    const rotation = `/v1/inboxes/${INBOX}/secrets/email/rotate`;
    const end = () => world.server.asAdmin('POST', rotation, { compromised: true });
    return { client, conversation, contact, errors, end };
  }

  for (const persist of ['all', 'none'] as const) {
    it(`asks the page for a fresh proof, and the visitor goes on as who they are (persist="${persist}")`, async () => {
      const email = `fresh-${persist}@ended.example`;
      const { promise: given, resolve: give } = Promise.withResolvers<string>();
      const page = provider(() => given);
      const options = { persist, tokenProvider: page.ask };
      const { client, conversation, contact, errors, end } = await talking(email, options);
      await end();
      await stateOf(client, ({ connection }) => connection === 'waiting');
      const sending = client.send(conversation, 'two');
      give(await world.server.sign(email));
      await sending;
      assert.deepEqual([page.calls, client.state.contact, client.state.person, errors], [1, contact, 0, []]);
      assert.equal(client.drafts.get(conversation), 'half written');
      assert.deepEqual(await said(conversation), ['one', 'two']);
    });
  }

  it('is an error where the page has no fresh proof: the visitor goes on with a claim, and what is half written stays', async () => {
    const { client, conversation, errors, end } = await talking('nobody@ended.example');
    await end();
    const { contact, person } = await stateOf(client, (state) => state.contact?.verification === 'claimed');
    assert.deepEqual([contact?.email, person], ['nobody@ended.example', 0]);
    assert.equal(client.drafts.get(conversation), 'half written');
    await stateOf(client, isOpen);
    assert.deepEqual(
      errors.map(({ code }) => code),
      ['invalid_proof'],
    );
  });

  it('is an error where there is no proof to ask with', async () => {
    const { client, conversation, errors, end } = await talking('asked@ended.example');
    // While the session lasts, a page need not say more.
    await client.identify({ email: 'asked@ended.example' });
    await end();
    await stateOf(client, ({ contact }) => contact?.verification === 'claimed');
    await stateOf(client, isOpen);
    assert.deepEqual(
      errors.map(({ code }) => code),
      ['unauthorized'],
    );
    assert.equal(client.drafts.get(conversation), 'half written');
  });
});

describe('a session that runs out while somebody writes', { timeout: 120_000 }, () => {
  /** A visitor in the middle of a conversation, whose session is just about to be over. */
  async function talking(id: string, tokenProvider: TokenProvider, options: Partial<ChatClientOptions> = {}) {
    await sessionsLast('5s');
    const client = world.visitor({ tokenProvider, ...options });
    // Over before the session is.
    await client.boot({ jwt: signJwt(id, `${id}@runs.example`, Date.now() + 4_000) });
    await sessionsLast('10h');
    const conversation = client.startConversation();
    await client.send(conversation, 'one');
    await client.open(conversation);
    return { client, conversation, contact: client.state.contact! };
  }

  it('asks the page once, keeps all that is on the screen, and sends what was written meanwhile once [hostile 39]', async () => {
    const { promise: given, resolve: give } = Promise.withResolvers<string>();
    const page = provider(() => given);
    const { client, conversation, contact } = await talking('once', page.ask);
    const shown: number[] = [];
    client.subscribe(() => shown.push(texts(client.state, conversation).length));
    await stateOf(client, ({ connection }) => connection === 'waiting');
    const sending = client.send(conversation, 'two');
    assert.equal(client.state.threads[conversation]?.pending.length, 1);
    give(signJwt('once', 'once@runs.example', Date.now() + 90_000));
    await sending;
    assert.deepEqual([page.calls, client.state.contact?.id, client.state.person], [1, contact.id, 0]);
    assert.ok(shown.length > 2 && shown.every((count) => count >= 1));
    assert.deepEqual(await said(conversation), ['one', 'two']);
  });

  it('goes on without a name when the page has no proof any more: what was not sent waits for who wrote it [hostile 39]', async () => {
    const page = provider(() => Promise.reject(new Error('the back end is down')));
    const { client, conversation } = await talking('lapse', page.ask);
    const failed = nextError(client);
    await stateOf(client, ({ connection }) => connection === 'waiting');
    const unsent = client.send(conversation, 'for later').catch(({ code }: ChatError) => code);
    assert.equal(await failed, 'proof_expired');
    assert.equal(await unsent, 'closed');
    const { contact, conversations, threads, person } = client.state;
    assert.deepEqual(
      { contact, conversations, threads, person },
      { contact: null, conversations: [], threads: {}, person: 0 },
    );
    await client.send(client.startConversation(), 'hello?');
    assert.equal(client.state.contact?.verification, 'anonymous');

    // The next one takes nothing over, not even what was written in between.
    const next = await client.identify({ jwt: signJwt('next', 'next@runs.example') });
    await stateOf(client, isOpen);
    assert.deepEqual([client.state.conversations, client.state.person > 0], [[], true]);
    const delivered = new Promise<void>((resolve) => {
      client.on('message', ({ message }) => message.text === 'for later' && resolve());
    });
    const back = await client.identify({ jwt: signJwt('lapse', 'lapse@runs.example') });
    assert.notEqual(back.id, next.id);
    await delivered;
    assert.deepEqual(await said(conversation), ['one', 'for later']);
  });

  for (const [what, fail] of [
    ['throws', () => Promise.reject(new Error('no'))],
    [
      'throws at once',
      () => {
        throw new Error('no');
      },
    ],
    ['never answers', () => new Promise<never>(() => {})],
    ['gives what is no proof', () => Promise.resolve({ email: 'x@runs.example' })],
    ['gives the same proof that is over', undefined],
    ['gives another that is over', () => Promise.resolve(signJwt('x', 'x@runs.example', 1_000))],
  ] as const) {
    it(`leaves a page alone for longer and longer that ${what}, and takes up when it does not any more [hostile 40]`, async () => {
      const over = signJwt('x', 'x@runs.example', Date.now() - 5_000);
      let isMended = false;
      const page = provider(() => {
        if (isMended) return Promise.resolve(signJwt('x', 'x@runs.example'));
        return fail ? fail() : Promise.resolve(over);
      });
      const time = new MovedClock();
      const clock = { now: () => Date.now(), after: (ms: number, run: () => void) => time.after(ms, run) };
      const client = world.visitor({ tokenProvider: page.ask, clock });
      const errors = heard(client, 'error');
      const requests = sessionRequests();
      const booting = client.boot({ jwt: over });
      if (what === 'never answers') {
        await waits(time, 10_000);
        await time.move(10_000);
      }
      await booting;
      await waits(time, 5_000);
      assert.deepEqual([page.calls, errors.map(({ code }) => code)], [1, ['proof_expired']]);
      const before = requests.made.length;

      await time.move(4_900);
      assert.equal(page.calls, 1);
      await time.move(100);
      if (what === 'never answers') {
        await waits(time, 10_000);
        await time.move(10_000);
      }
      await waits(time, 10_000);
      assert.equal(page.calls, 2);
      assert.ok(requests.made.length - before <= 1, 'a proof that is over is not sent again');
      requests.stop();

      isMended = true;
      await time.move(10_000);
      const { contact } = await stateOf(client, ({ contact: known }) => known?.verification === 'verified');
      assert.deepEqual([contact?.email, page.calls, errors.length], ['x@runs.example', 3, 1]);
    });
  }
});

/** Resolves when a timer of this length is set. */
async function waits(time: MovedClock, ms: number): Promise<void> {
  while (!time.waits.includes(ms)) await settled();
}

const said = async (conversation: string) => (await world.stored(conversation)).map(({ text }) => text);
