import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Attachment, MessageEntry } from '../../../src/api/protocol.ts';
import { openBucket } from '../support/bucket.ts';
import type { Bucket } from '../support/bucket.ts';
import { png, sendFiles, upload, uploadTo } from '../support/files.ts';
import { uuid } from '../support/ids.ts';
import { patchInbox } from '../support/inbox.ts';
import { startServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';
import { agent, say, visitor } from '../support/socket.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;

let bucket: Bucket;
before(async () => {
  bucket = await openBucket();
});
after(() => bucket.remove());

for (const place of ['disk', 'bucket'] as const) {
  describe(`Files on ${place}`, () => {
    let server: TestServer;
    before(async () => {
      server = await startServer(place === 'bucket' ? { config: { files: bucket.address } } : {});
    });
    after(() => server.close());

    it('are sent with the very first message, and both sides see them', async () => {
      const console = await agent(server);
      const ada = await visitor(server, await server.verified('ada@shop.example'));
      const conversation = uuid();
      const uploads = await Promise.all([
        uploadTo(server, conversation, { name: 'cat.png', content: png(40, 30), token: ada.token }),
        uploadTo(server, conversation, { name: 'notes.txt', content: 'two cats', token: ada.token }),
      ]);
      const ids = uploads.map(({ status, body }) => (assert.equal(status, 201), body.id));
      const sent = await sendFiles(ada, conversation, ids);
      assert.deepEqual(
        sent.map(({ name, mediaType, bytes, width, height }) => [name, mediaType, bytes, width, height]),
        [
          ['cat.png', 'image/png', png(40, 30).length, 40, 30],
          ['notes.txt', 'text/plain', 8, undefined, undefined],
        ],
      );
      const told = await console.next('entry', ({ entry }) => entry.conversationId === conversation);
      assert.deepEqual((told.entry as MessageEntry).attachments, sent);
      const picture = await fetch(server.url + (sent[0]?.url ?? ''));
      assert.deepEqual([picture.status, picture.headers.get('content-type')], [200, 'image/png']);
      assert.match(picture.headers.get('cache-control') ?? '', /^private, max-age=\d{5,6}, immutable$/);
      assert.ok(Buffer.from(await picture.arrayBuffer()).equals(png(40, 30)));
    });

    it('go the other way: an agent’s, and a back end’s', async () => {
      const ada = await visitor(server);
      const conversation = uuid();
      await say(ada, conversation, 'where is it?', true);
      const cookie = { cookie: await server.cookie(), origin: server.url };
      const path = `/v1/conversations/${conversation}/files`;
      const manual = await upload(server, path, { name: 'manual.pdf', content: '%PDF-1.7 …', headers: cookie });
      assert.equal(manual.status, 201);
      const console = await agent(server);
      const [sent] = await sendFiles(console, conversation, [manual.body.id]);
      const seen = await ada.next('entry', ({ entry }) => entry.type === 'message' && entry.author.kind === 'agent');
      assert.deepEqual((seen.entry as MessageEntry).attachments, [sent]);

      const label = await upload(server, path, { name: 'label.txt', content: 'to Ada', token: server.apiKey });
      const answer = await server.api<MessageEntry>(`/v1/conversations/${conversation}/messages`, {
        method: 'POST',
        body: { attachments: [label.body.id] },
      });
      assert.deepEqual([answer.status, answer.body.attachments?.[0]?.name], [201, 'label.txt']);
    });

    it('are read in parts, so that a film can be wound (RFC 9110, 14)', async () => {
      const { token } = await server.session();
      const { body } = await uploadTo(server, uuid(), { content: '0123456789', token });
      const read = async (headers: Record<string, string>) => {
        const answer = await fetch(server.url + body.url, { headers });
        const text = await answer.text();
        return [answer.status, answer.headers.get('content-range'), answer.ok ? text : ''];
      };
      const { headers } = await fetch(server.url + body.url);
      const etag = headers.get('etag') ?? '';
      assert.equal(headers.get('accept-ranges'), 'bytes');
      assert.deepEqual(await read({ range: 'bytes=2-5' }), [206, 'bytes 2-5/10', '2345']);
      assert.deepEqual(await read({ range: 'bytes=7-' }), [206, 'bytes 7-9/10', '789']);
      assert.deepEqual(await read({ range: 'bytes=-3' }), [206, 'bytes 7-9/10', '789']);
      assert.deepEqual(await read({ range: 'bytes=5-99' }), [206, 'bytes 5-9/10', '56789']);
      assert.deepEqual(await read({ range: 'bytes=10-' }), [416, 'bytes */10', '']);
      assert.deepEqual(await read({ range: 'bytes=2-5', 'if-range': etag }), [206, 'bytes 2-5/10', '2345']);
      for (const all of ['bytes=5-2', 'bytes=0-1,3-4', 'lines=1-2', 'bytes=-', 'bytes=x-']) {
        assert.deepEqual(await read({ range: all }), [200, null, '0123456789'], all);
      }
      assert.deepEqual(await read({ range: 'bytes=2-5', 'if-range': '"other"' }), [200, null, '0123456789']);
      assert.deepEqual(await read({ 'if-none-match': etag }), [304, null, '']);
    });

    it('are gone, row and content, when they are taken back, and when nobody sends them within a day', async () => {
      const { token } = await server.session();
      const conversation = uuid();
      const taken = await uploadTo(server, conversation, { content: 'never mind', token });
      const path = `/conversations/${conversation}/files/${taken.body.id}`;
      assert.equal((await server.widget(path, { token })).status, 200);
      assert.equal((await server.widget(path, { token, method: 'DELETE' })).status, 204);
      assert.equal((await server.widget(path, { token })).status, 404);
      assert.equal((await fetch(server.url + taken.body.url)).status, 403);

      const { attachments } = server.chat.store;
      const forgotten = await uploadTo(server, conversation, { content: 'forgotten', token });
      const row = await attachments.find(forgotten.body.id);
      await attachments.discardForgotten(Date.now() - DAY_MS);
      assert.ok(await attachments.find(forgotten.body.id), 'it is not a day old yet');
      await attachments.discardForgotten(Date.now() + 1);
      assert.equal(await attachments.find(forgotten.body.id), null);
      await server.chat.files.sweep();
      assert.ok(row);
      assert.equal(await server.chat.files.open(row), null);
      assert.deepEqual(await attachments.discarded(), []);
    });
  });
}

describe('Files', () => {
  let server: TestServer;
  before(async () => {
    server = await startServer();
  });
  after(() => server.close());

  it('cannot be sent by anybody but who uploaded them, for that conversation, and only once', async () => {
    const ada = await visitor(server);
    const mallory = await visitor(server);
    const conversation = uuid();
    const { body } = await uploadTo(server, conversation, { content: 'mine', token: ada.token });
    const refusals = [
      [mallory, conversation],
      [mallory, uuid()],
      [ada, uuid()],
    ] as const;
    for (const [socket, id] of refusals) {
      const clientId = uuid();
      socket.send({ type: 'send', conversationId: id, clientId, text: 'x', start: true, attachments: [body.id] });
      assert.equal((await socket.next('error', (frame) => frame.clientId === clientId)).code, 'bad_request');
    }
    assert.equal((await sendFiles(ada, conversation, [body.id])).length, 1);
    const again = uuid();
    ada.send({ type: 'send', conversationId: conversation, clientId: again, text: 'x', attachments: [body.id] });
    assert.equal((await ada.next('error', (frame) => frame.clientId === again)).code, 'bad_request');
  });

  it('uploaded before signing in are still one’s own afterwards', async () => {
    const conversation = uuid();
    const anonymous = await server.session();
    const { body } = await uploadTo(server, conversation, { content: 'before', token: anonymous.token });
    const known = { email: 'grace@shop.example', authToken: await server.sign('grace@shop.example') };
    const grace = await visitor(server, await server.session(known, anonymous.token));
    const [sent] = await sendFiles(grace, conversation, [body.id]);
    assert.equal(sent?.id, body.id);
  });

  it('need a session; and visitors need the inbox’s leave, agents do not', async () => {
    assert.equal((await uploadTo(server, uuid(), { content: 'x' })).status, 401);
    const ada = await visitor(server);
    const conversation = uuid();
    await say(ada, conversation, 'hello', true);
    await patchInbox(server, { behaviour: { files: false } });
    assert.equal((await uploadTo(server, conversation, { content: 'x', token: ada.token })).status, 403);
    const path = `/v1/conversations/${conversation}/files`;
    assert.equal((await upload(server, path, { content: 'x', token: server.apiKey })).status, 201);
    await patchInbox(server, { behaviour: { files: true } });
    const foreign = { cookie: await server.cookie(), origin: 'https://evil.example' };
    assert.equal((await upload(server, path, { content: 'x', headers: foreign })).status, 403);
    assert.equal(
      (await upload(server, `/v1/conversations/${uuid()}/files`, { content: 'x', token: server.apiKey })).status,
      404,
    );
  });

  it('wait, as the first words do, until the visitor has agreed to what they are asked', async () => {
    const { token } = await server.session();
    await patchInbox(server, { forms: { consent: 'I agree.' } });
    const before = await uploadTo(server, uuid(), { content: 'x', token });
    assert.deepEqual(
      [before.status, before.body.error?.code, before.body.error?.field],
      [403, 'forbidden', '/form/consent'],
    );
    const agreed = await server.widget('/session', { method: 'PATCH', token, body: { form: { consent: true } } });
    assert.equal(agreed.status, 200);
    assert.equal((await uploadTo(server, uuid(), { content: 'x', token })).status, 201);
    await patchInbox(server, { forms: { consent: '' } });
  });

  it('go with their message, row and content', async () => {
    const ada = await visitor(server);
    const conversation = uuid();
    const { body } = await uploadTo(server, conversation, { content: 'regretted', token: ada.token });
    const [sent] = await sendFiles(ada, conversation, [body.id]);
    const row = await server.chat.store.attachments.find(body.id);
    assert.ok(sent && row?.messageId);
    const path = `/conversations/${conversation}/messages/${row.messageId}`;
    assert.equal((await server.widget(path, { method: 'DELETE', token: ada.token })).status, 204);
    assert.equal((await fetch(server.url + sent.url)).status, 403);
    await server.chat.files.sweep();
    assert.equal(await server.chat.files.open(row), null);
  });

  it('of one message are as many as the inbox says', async () => {
    await patchInbox(server, { limits: { filesPerMessage: 2 } });
    const ada = await visitor(server);
    const conversation = uuid();
    const ids: string[] = [];
    for (const content of ['1', '2', '3']) {
      ids.push((await uploadTo(server, conversation, { content, token: ada.token })).body.id);
    }
    const clientId = uuid();
    ada.send({ type: 'send', conversationId: conversation, clientId, text: '', start: true, attachments: ids });
    assert.equal((await ada.next('error', (frame) => frame.clientId === clientId)).code, 'bad_request');
    assert.equal((await sendFiles(ada, conversation, ids.slice(0, 2))).length, 2);
    await patchInbox(server, { limits: { filesPerMessage: 10 } });
  });

  it('have an address that stays the same for hours, so that browsers keep what they have', async () => {
    const { token } = await server.session();
    const conversation = uuid();
    const { body } = await uploadTo(server, conversation, { content: 'x', token });
    const again = await server.widget<Attachment>(`/conversations/${conversation}/files/${body.id}`, { token });
    assert.equal(again.body.url.split('?')[0], body.url.split('?')[0]);
    const exp = Number(new URL(again.body.url, server.url).searchParams.get('exp'));
    assert.equal(exp % (6 * 60 * 60), 0);
    const hours = (exp * 1_000 - Date.now()) / (60 * 60 * 1_000);
    assert.ok(hours > 24 && hours <= 30, String(hours));
  });

  it('leave nothing behind where they arrive, whatever becomes of them', async () => {
    const { token } = await server.session();
    await patchInbox(server, { limits: { fileBytes: 2_000 } });
    await uploadTo(server, uuid(), { content: Buffer.alloc(3_000), token });
    await uploadTo(server, uuid(), { content: '', token });
    await uploadTo(server, uuid(), { content: 'fine', token });
    assert.deepEqual(readdirSync(join(server.dataDir, 'files', 'arriving')), []);
    await patchInbox(server, { limits: { fileBytes: 25_000_000 } });
  });
});
