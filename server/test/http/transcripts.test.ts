import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { ErrorBody } from '../../../src/api/protocol.ts';
import { freePort } from '../support/free-port.ts';
import { uuid } from '../support/ids.ts';
import { addInbox, asAgent, patchInbox, signInAgent } from '../support/inbox.ts';
import { MailSink } from '../support/mail.ts';
import { startServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';
import { say, visitor } from '../support/socket.ts';
import { ask, confirm } from '../support/verification.ts';

let server: TestServer;
let sink: MailSink;
before(async () => {
  sink = await new MailSink().start();
  server = await startServer({ config: { smtpUrl: sink.url } });
});
after(async () => {
  await server.close();
  await sink.close();
});
beforeEach(async () => {
  await patchInbox(server, { behaviour: { transcript: true } });
});

/** Somebody with a conversation that has an answer and a note. */
async function talk(session: { readonly token: string }, on = server): Promise<string> {
  const socket = await visitor(on, session);
  const id = uuid();
  await say(socket, id, 'Where is **my parcel**?', true);
  for (const body of [{ text: 'On its way' }, { text: 'a difficult one', note: true }]) {
    await on.api(`/v1/conversations/${id}/messages`, { method: 'POST', body });
  }
  return id;
}

const download = (id: string, token: string, query = '') =>
  server.widget<string>(`/conversations/${id}/transcript${query}`, { token });
const mail = (id: string, token: string, on = server) =>
  on.widget<{ readonly email?: string } & ErrorBody>(`/conversations/${id}/transcript`, { method: 'POST', token });

describe('A transcript', () => {
  it('is downloaded by its visitor, in their time zone, without the agents’ notes [hostile 49]', async () => {
    const { token } = await server.session({ firstName: 'Ada' });
    const id = await talk({ token });
    const { status, headers, body } = await download(id, token, '?timeZone=Asia/Kathmandu');
    assert.equal(status, 200);
    assert.equal(headers.get('content-type'), 'text/plain; charset=utf-8');
    assert.match(headers.get('content-disposition') ?? '', /^attachment; filename="conversation-\d+\.txt"$/);
    assert.equal(headers.get('cache-control'), 'no-store');
    assert.equal(headers.get('x-content-type-options'), 'nosniff');
    assert.match(body, /\(Asia\/Kathmandu\)/);
    assert.match(body, /^\[\d{4}-\d{2}-\d{2} \d{2}:\d{2}\] Ada: Where is my parcel\?$/m);
    assert.match(body, /Support: On its way$/m);
    assert.ok(!body.includes('difficult'));
    const wrong = await server.widget(`/conversations/${id}/transcript?timeZone=Mars/Olympus`, { token });
    assert.deepEqual([wrong.status, wrong.body.error.field], [400, '/timeZone']);
  });

  it('has the whole of a conversation that is longer than a page', async () => {
    const { token } = await server.session();
    const id = await talk({ token });
    const path = `/v1/conversations/${id}/messages`;
    for (let number = 1; number <= 120; number++) {
      await server.api(path, { method: 'POST', body: { text: `number ${number}.` } });
    }
    const { body } = await download(id, token);
    const numbers = [...body.matchAll(/number (\d+)\./g)].map(([, number]) => Number(number));
    assert.deepEqual(
      numbers,
      Array.from({ length: 120 }, (_, index) => index + 1),
    );
  });

  it('is nobody else’s, and foreign is like missing [hostile 46]', async () => {
    const id = await talk(await server.session());
    const { token } = await server.session();
    const [foreign, missing] = [await download(id, token), await download(uuid(), token)];
    assert.deepEqual([foreign.status, foreign.body], [404, missing.body]);
    assert.equal((await mail(id, (await server.verified('thief@mail.example')).token)).status, 404);
    assert.equal((await server.widget(`/conversations/${id}/transcript`)).status, 401);
  });

  it('is not given to visitors where the inbox gives none, but to agents', async () => {
    const { token } = await server.verified('off@mail.example');
    const id = await talk({ token });
    await patchInbox(server, { behaviour: { transcript: false } });
    const answer = await server.widget(`/conversations/${id}/transcript`, { token });
    assert.deepEqual([answer.status, answer.body.error.code], [403, 'forbidden']);
    assert.equal((await mail(id, token)).status, 403);
    const asBo = asAgent(server, await signInAgent(server));
    const own = await asBo<string>(`/v1/conversations/${id}/transcript`);
    assert.equal(own.status, 200);
    assert.ok(own.body.includes('On its way') && !own.body.includes('difficult'));
    assert.equal((await server.request(`/v1/conversations/${id}/transcript`)).status, 401);
  });

  it('of another inbox is not given to a key that is bound to one', async () => {
    const { hashToken } = await import('../../src/identity/token.ts');
    await addInbox(server, 'elsewhere');
    const key = {
      keyHash: hashToken('bound-key'),
      name: 'Bound',
      permissions: ['conversations'],
      inboxId: 'elsewhere',
    };
    await server.chat.store.apiKeys.create(key);
    const id = await talk(await server.session());
    const answer = await server.request(`/v1/conversations/${id}/transcript`, { token: 'bound-key' });
    assert.equal(answer.status, 404);
  });
});

describe('A transcript by mail', () => {
  it('goes to the verified e-mail, as text and as HTML in which nothing works', async () => {
    await patchInbox(server, { appearance: { teamName: 'Parcels & Co' } });
    const { token } = await server.verified('ada@mail.example', { firstName: '<b>Ada</b>' });
    const id = await talk({ token });
    const answer = await mail(id, token);
    assert.deepEqual([answer.status, answer.body], [202, { email: 'ada@mail.example' }]);
    const { to, subject, content } = await sink.next();
    assert.deepEqual(to, ['ada@mail.example']);
    assert.equal(subject, 'Your conversation with Parcels & Co');
    assert.match(content, /Where is my parcel\?/);
    assert.ok(!content.includes('difficult'));
    const html = content.slice(content.indexOf('<!doctype html>'));
    assert.ok(html.includes('&lt;b&gt;Ada&lt;/b&gt;') && !html.includes('<b>'));
    await patchInbox(server, { appearance: { teamName: null as never } });
  });

  it('goes to an e-mail that a code has proven', async () => {
    const { token } = await server.session();
    const id = await talk({ token });
    await ask(server, token, 'proven@mail.example');
    const { code } = await sink.next();
    const { body } = await confirm(server, token, code);
    assert.equal((await mail(id, body.token)).status, 202);
    assert.deepEqual((await sink.next()).to, ['proven@mail.example']);
  });

  it('goes to no address that was only typed [hostile 68]', async () => {
    const before = sink.mails.length;
    const guest = await server.session();
    const claiming = await server.session({ email: 'victim@mail.example' });
    for (const { token } of [guest, claiming]) {
      const answer = await mail(await talk({ token }), token);
      assert.deepEqual([answer.status, answer.body.error.code], [409, 'conflict']);
    }
    const { token } = await server.verified('real@mail.example');
    await server.widget('/session', { method: 'PATCH', token, body: { visitor: { email: 'victim@mail.example' } } });
    assert.equal((await mail(await talk({ token }), token)).status, 202);
    assert.deepEqual((await sink.next()).to, ['real@mail.example']);
    assert.equal(sink.mails.length, before + 1);
  });

  it('goes a few times an hour at most', async (t) => {
    const strict = await startServer({ config: { smtpUrl: sink.url }, limits: { transcriptMailsPerContact: 2 } });
    t.after(() => strict.close());
    const session = await strict.verified('often@mail.example');
    const id = await talk(session, strict);
    for (const status of [202, 202, 429]) assert.equal((await mail(id, session.token, strict)).status, status);
    const again = await strict.verified('often@mail.example');
    assert.equal((await mail(id, again.token, strict)).status, 429, 'another device is the same person');
    for (let count = 0; count < 2; count++) assert.deepEqual((await sink.next()).to, ['often@mail.example']);
  });

  it('that cannot be sent is noted without the address, and may be asked for again', async (t) => {
    const { promise: failed, resolve: fail } = Promise.withResolvers<void>();
    const lines: string[] = [];
    const write = (line: string): void => {
      lines.push(line);
      if (line.includes('transcript could not be mailed')) fail();
    };
    const smtpUrl = `smtp://127.0.0.1:${await freePort()}`;
    const away = await startServer({ config: { smtpUrl }, logTarget: { write } });
    t.after(() => away.close());
    const session = await away.verified('away@mail.example');
    const id = await talk(session, away);
    assert.equal((await mail(id, session.token, away)).status, 202);
    await failed;
    assert.ok(!lines.join('').includes('away@mail.example'));
    assert.equal((await mail(id, session.token, away)).status, 202);
  });
});
