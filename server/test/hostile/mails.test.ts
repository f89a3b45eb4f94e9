import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Conversation } from '../../../src/api/protocol.ts';
import { uuid } from '../support/ids.ts';
import { MailSink } from '../support/mail.ts';
import type { ReceivedMail } from '../support/mail.ts';
import { startServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';
import { say, visitor } from '../support/socket.ts';
import { ask, codeOf, confirm } from '../support/verification.ts';

const MINUTE_MS = 60_000;

let server: TestServer;
let sink: MailSink;
let clock = 0;
before(async () => {
  sink = await new MailSink().start();
  server = await startServer({ config: { smtpUrl: sink.url }, now: () => Date.now() + clock });
});
after(async () => {
  await server.close();
  await sink.close();
});

/** Somebody whom a mailed code has proven, their conversation, and every mail that they got about it. */
async function mailed(): Promise<{ token: string; conversation: Conversation; mails: readonly ReceivedMail[] }> {
  const guest = await server.session();
  const id = uuid();
  await say(await visitor(server, guest), id, 'Where is my parcel?', true);
  await ask(server, guest.token, 'ada@mail.example');
  const code = await sink.next();
  const { token } = (await confirm(server, guest.token, code.code)).body;
  assert.equal((await server.widget(`/conversations/${id}/transcript`, { method: 'POST', token })).status, 202);
  const { body } = await server.widget<Conversation>(`/conversations/${id}`, { token });
  return { token, conversation: body, mails: [code, await sink.next()] };
}

describe('Whoever reads a mail on another device', () => {
  it('has nothing in it that opens the conversation: no link, no token, and ids that prove nothing [hostile 69]', async () => {
    const { token, conversation, mails } = await mailed();
    const stranger = await server.session();
    const missing = await server.widget(`/conversations/${uuid()}`, { token: stranger.token });
    for (const { content, subject } of mails) {
      const said = `${subject}\n${content}`;
      assert.doesNotMatch(said, /https?:|href=|\bcw_|#chat/i);
      for (const secret of [token, conversation.id]) assert.ok(!said.includes(secret));
    }
    // The number of a conversation may stand in a mail.
    for (const id of [conversation.id, conversation.number]) {
      for (const below of ['', '/entries', '/transcript']) {
        assert.equal(
          (await server.widget(`/conversations/${id}${below}`)).status,
          401,
          `${id}${below} without a session`,
        );
        const { status, body } = await server.widget(`/conversations/${id}${below}`, { token: stranger.token });
        assert.deepEqual([status, body], [404, missing.body], `${id}${below} with another session`);
      }
    }
  });

  it('proves nothing with its code there; where it was asked for, once, and for a while [hostile 69]', async () => {
    const asking = await server.session();
    await ask(server, asking.token, 'grace@mail.example');
    const { code } = await sink.next();
    const elsewhere = await server.session();
    assert.equal(codeOf(await confirm(server, elsewhere.token, code)), 'proof_expired');
    const claiming = await server.session({ email: 'grace@mail.example' });
    assert.equal(codeOf(await confirm(server, claiming.token, code)), 'proof_expired');

    const proven = await confirm(server, asking.token, code);
    assert.equal(proven.status, 201);
    for (const { token } of [asking, proven.body]) {
      const again = await confirm(server, token, code);
      assert.ok(again.status >= 400, `used twice: ${again.status}`);
    }

    const late = await server.session();
    await ask(server, late.token, 'late@mail.example');
    const { code: old } = await sink.next();
    clock = 16 * MINUTE_MS;
    assert.equal(codeOf(await confirm(server, late.token, old)), 'proof_expired');
  });
});
