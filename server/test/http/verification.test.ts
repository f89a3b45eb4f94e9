import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { hashToken } from '../../src/identity/token.ts';
import { uuid } from '../support/ids.ts';
import { asAgent, patchInbox, signInAgent } from '../support/inbox.ts';
import { MailSink } from '../support/mail.ts';
import { startServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';
import { agent, visitor } from '../support/socket.ts';
import { ask, codeOf, confirm } from '../support/verification.ts';

const MINUTE_MS = 60_000;
const YEAR_MS = 365 * 24 * 60 * MINUTE_MS;

let server: TestServer;
let sink: MailSink;
let clock = 0;
const now = (): number => Date.now() + clock;
before(async () => {
  sink = await new MailSink().start();
  server = await startServer({ config: { smtpUrl: sink.url, mailFrom: 'Chat <chat@shop.example>' }, now });
});
after(async () => {
  await server.close();
  await sink.close();
});
beforeEach(() => {
  clock = 0;
});

const conversationsOf = async (token: string): Promise<string[]> => {
  const { body } = await server.widget<{ conversations: { id: string }[] }>('/conversations', { token });
  return body.conversations.map(({ id }) => id).sort();
};

/** A code that is not this one. */
const other = (code: string): string => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

async function say(socket: Awaited<ReturnType<typeof visitor>>, conversationId = uuid()): Promise<string> {
  socket.send({ type: 'send', conversationId, clientId: uuid(), text: 'hello', start: true });
  await socket.next('entry');
  return conversationId;
}

describe('A visitor who types an e-mail', () => {
  it('is asked for the mailed code; until then nothing of that address is shown, then all of it', async () => {
    const known = await visitor(server, await server.verified('kim@mail.example', { firstName: 'Kim' }));
    const earlier = await say(known);

    const socket = await visitor(server);
    const console = await agent(server);
    const current = await say(socket);
    const asked = await ask(server, socket.token, 'kim@mail.example');
    assert.equal(asked.status, 202);
    assert.deepEqual(Object.keys(asked.body), ['expiresAt']);
    assert.ok(Math.abs(asked.body.expiresAt - now() - 15 * MINUTE_MS) < MINUTE_MS);
    const claim = await console.next('conversation', ({ conversation }) => {
      return 'contact' in conversation && conversation.contact.email === 'kim@mail.example';
    });
    assert.equal('contact' in claim.conversation && claim.conversation.contact.verification, 'claimed');
    assert.deepEqual(await conversationsOf(socket.token), [current]);

    const mail = await sink.next();
    assert.deepEqual([mail.from, mail.to], ['chat@shop.example', ['kim@mail.example']]);
    assert.equal(mail.subject, `${mail.code} is your code for Support`);
    assert.match(mail.raw, /^From: Chat <chat@shop\.example>$/m);
    assert.match(mail.raw, /^Auto-Submitted: auto-generated$/m);
    assert.equal(mail.content.split(mail.code).length - 1, 3, 'in the subject, the text and the HTML');

    const { status, body } = await confirm(server, socket.token, `${mail.code.slice(0, 3)} ${mail.code.slice(3)}`);
    assert.equal(status, 201);
    assert.deepEqual(
      [body.contact.email, body.contact.name, body.contact.verification],
      ['kim@mail.example', 'Kim', 'verified'],
    );
    assert.ok(Math.abs(body.expiresAt - now() - YEAR_MS) < MINUTE_MS);
    assert.deepEqual(await conversationsOf(body.token), [earlier, current].sort());
    assert.equal(await socket.closed, 4401, 'the old token is over, and so are its sockets');
    assert.equal((await server.widget('/session', { token: socket.token })).status, 401);

    const joined = await console.next('conversation', ({ conversation }) => {
      return conversation.id === current && 'verification' in conversation && conversation.verification === 'verified';
    });
    assert.equal('contact' in joined.conversation && joined.conversation.contact.id, body.contact.id);
    const moved = await known.next('conversation', ({ conversation }) => conversation.id === current);
    assert.equal(moved.conversation.lastSeq, 1, 'and the other device sees it too');
  });

  it('becomes a new verified contact when nobody has that e-mail, under the name that was given', async () => {
    const { token } = await server.session({ firstName: 'Noa', email: 'noa@mail.example' });
    await ask(server, token, 'noa@mail.example');
    const { body } = await confirm(server, token, (await sink.next()).code);
    assert.deepEqual([body.contact.name, body.contact.verification], ['Noa', 'verified']);
    const again = await server.verified('noa@mail.example');
    assert.equal(again.contact.id, body.contact.id);
  });

  it('may correct it: what was written stays theirs', async () => {
    const socket = await visitor(server, await server.session({ email: 'typo@mail.exmaple' }));
    const conversation = await say(socket);
    await ask(server, socket.token, 'right@mail.example');
    const { body } = await confirm(server, socket.token, (await sink.next()).code);
    assert.equal(body.contact.email, 'right@mail.example');
    assert.deepEqual(await conversationsOf(body.token), [conversation]);
  });

  it('who is an agent elsewhere is a contact here, and nothing more [hostile 30]', async () => {
    await signInAgent(server, 'agent@mail.example');
    const { token } = await server.session();
    await ask(server, token, 'agent@mail.example');
    const { body } = await confirm(server, token, (await sink.next()).code);
    assert.deepEqual(Object.keys(body).sort(), ['contact', 'expiresAt', 'token']);
    assert.equal((await server.request('/v1/conversations', { token: body.token })).status, 401);
    const cookie = `chat_agent=${body.token}`;
    assert.equal((await server.request('/v1/conversations', { headers: { cookie } })).status, 401);
  });

  it('is told that an address is none [hostile 4] [hostile 9] [hostile 14]', async () => {
    const { token } = await server.session();
    const long = `${'a'.repeat(10_000)}@mail.example`;
    const wrong = ['', 'kim', 'a@b@c', ' a@b.c', 'a@b.c\n', 'a\0@b.c', 'a@x.c,b@y.c', '"a" <b@y.c>', long, null, 7, {}];
    for (const email of wrong) {
      const answer = await ask(server, token, email);
      assert.deepEqual([answer.status, codeOf(answer)], [400, 'bad_request'], String(email).slice(0, 20));
      assert.equal(answer.body.error.field, '/email');
    }
    for (const code of ['', '12345', '1234567', '12345a', '１２３４５６', null, 123456]) {
      const answer = await confirm(server, token, code);
      assert.deepEqual([answer.status, codeOf(answer)], [400, 'bad_request'], String(code));
    }
  });

  it('needs a session, and none that is verified already', async () => {
    assert.equal(
      (await server.widget('/verification', { method: 'POST', body: { email: 'a@b.example' } })).status,
      401,
    );
    const { token } = await server.verified('sure@mail.example');
    assert.equal((await ask(server, token, 'else@mail.example')).status, 409);
  });
});

describe('A code', () => {
  it('is over after five wrong tries [hostile 67]', async () => {
    const { token } = await server.session();
    await ask(server, token, 'five@mail.example');
    const { code } = await sink.next();
    for (let i = 0; i < 4; i++) assert.equal(codeOf(await confirm(server, token, other(code))), 'invalid_proof');
    assert.equal(codeOf(await confirm(server, token, other(code))), 'proof_expired');
    const right = await confirm(server, token, code);
    assert.deepEqual([right.status, codeOf(right)], [401, 'proof_expired']);
    const again = await ask(server, token, 'five@mail.example');
    assert.deepEqual([again.status, codeOf(again)], [429, 'rate_limited']);
    assert.match(again.body.error.message, /one mail per address and hour/);
    assert.ok((again.body.error.retryAfterMs ?? 0) > 59 * MINUTE_MS);
  });

  it('cannot be guessed by trying many at once', async () => {
    const { token } = await server.session();
    await ask(server, token, 'many@mail.example');
    const { code } = await sink.next();
    const guesses = Array.from({ length: 20 }, () => confirm(server, token, other(code)));
    const codes = (await Promise.all(guesses)).map(codeOf);
    assert.equal(codes.filter((found) => found === 'invalid_proof').length, 4);
    assert.equal(codeOf(await confirm(server, token, code)), 'proof_expired');
  });

  it('is good for fifteen minutes', async () => {
    const [early, late] = [await server.session(), await server.session()];
    await ask(server, early.token, 'early@mail.example');
    const first = await sink.next();
    await ask(server, late.token, 'late@mail.example');
    const second = await sink.next();
    clock = 14 * MINUTE_MS;
    assert.equal((await confirm(server, early.token, first.code)).status, 201);
    clock = 16 * MINUTE_MS;
    assert.equal(codeOf(await confirm(server, late.token, second.code)), 'proof_expired');
  });

  it('is used once, also when it comes twice at a time [hostile 38]', async (t) => {
    const socket = await visitor(server);
    const conversation = await say(socket);
    await ask(server, socket.token, 'once@mail.example');
    const { code } = await sink.next();
    const { verifications } = server.chat.store;
    const attempt = verifications.try.bind(verifications);
    const { promise: allHere, resolve } = Promise.withResolvers<void>();
    // All three have been tried before one of them is used.
    let tried = 0;
    t.mock.method(verifications, 'try', async (id: string, at: number) => {
      const found = await attempt(id, at);
      if (++tried === 3) resolve();
      await allHere;
      return found;
    });
    const answers = await Promise.all([1, 2, 3].map(() => confirm(server, socket.token, code)));
    const made = answers.filter(({ status }) => status === 201);
    assert.equal(made.length, 1);
    assert.equal((await confirm(server, socket.token, code)).status, 401);
    assert.deepEqual(await conversationsOf(made[0]?.body.token ?? ''), [conversation]);
  });

  it('stands in no answer, no log line and not in the database [hostile 78]', async () => {
    const { token } = await server.session();
    const { body } = await ask(server, token, 'secret@mail.example');
    const { code } = await sink.next();
    const attempt = await server.chat.store.verifications.try(await sessionId(token), now());
    for (const text of [JSON.stringify(body), server.log.join(''), JSON.stringify(attempt)]) {
      assert.ok(!text.includes(`"${code}"`) && !new RegExp(`\\b${code}\\b`).test(text));
    }
    assert.ok(!server.log.join('').includes('secret@mail.example'));
  });

  it('opens nothing for a contact who is blocked [hostile 27]', async () => {
    const { contact } = await server.verified('blocked@mail.example');
    const admin = asAgent(server, await server.cookie());
    await admin(`/v1/contacts/${contact.id}`, { method: 'PATCH', body: { blocked: true } });
    const { token } = await server.session();
    await ask(server, token, 'blocked@mail.example');
    const answer = await confirm(server, token, (await sink.next()).code);
    assert.deepEqual([answer.status, codeOf(answer)], [403, 'forbidden']);
    assert.equal((await server.widget('/session', { token })).status, 200, 'and they stay who they were');
  });
});

describe('Asking for codes', () => {
  it('is limited per session and per address, and the answer says which and until when [hostile 67]', async () => {
    const few = await startServer({
      config: { smtpUrl: sink.url },
      limits: { verificationsPerSession: 2, verificationsPerAddress: 4 },
    });
    const [one, two] = [await few.session(), await few.session()];
    const limited = async (token: string, rule: string): Promise<void> => {
      const answer = await ask(few, token, 'limits@mail.example');
      assert.deepEqual([answer.status, codeOf(answer)], [429, 'rate_limited']);
      assert.match(answer.body.error.message, new RegExp(rule));
      assert.ok((answer.body.error.retryAfterMs ?? 0) > 55 * MINUTE_MS);
      assert.ok(Number(answer.headers.get('retry-after')) > 55 * 60);
    };
    for (let i = 0; i < 2; i++) assert.equal((await ask(few, one.token, 'limits@mail.example')).status, 202);
    await limited(one.token, 'verificationsPerSession');
    assert.equal((await ask(few, two.token, 'limits@mail.example')).status, 202);
    await limited(two.token, 'verificationsPerAddress');
    await sink.next();
    await few.close();
  });

  it('is not for inboxes that do not verify, and widgets know which do', async () => {
    const { token } = await server.session();
    const widget = () => server.widget<{ identity: { verifyEmail: boolean } }>('/settings');
    assert.equal((await widget()).body.identity.verifyEmail, true);
    await patchInbox(server, { identity: { requireEmailVerification: false } });
    assert.equal((await widget()).body.identity.verifyEmail, false);
    const answer = await ask(server, token, 'off@mail.example');
    assert.deepEqual([answer.status, codeOf(answer)], [403, 'forbidden']);
    assert.match(answer.body.error.message, /requireEmailVerification/);
    await patchInbox(server, { identity: { requireEmailVerification: true } });
  });
});

async function sessionId(token: string): Promise<string> {
  const found = await server.chat.store.sessions.findByHash(hashToken(token));
  assert.ok(found);
  return found.session.id;
}
