import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { EntryPage, ErrorBody, MessageContent, MessageEntry } from '../../../src/api/protocol.ts';
import { uuid } from '../support/ids.ts';
import { startServer } from '../support/server.ts';
import type { Answer, TestServer } from '../support/server.ts';
import { agent, echo, say, visitor } from '../support/socket.ts';

let server: TestServer;
before(async () => {
  server = await startServer();
});
after(() => server.close());

const EVIL = `"><img src=x onerror=alert(1)><svg onload=alert(1)> ${'javascript'}:alert(1) \u202e \u2028 {{7*7}} =cmd|'/c'!A0`;

/** A conversation, and a way to offer something in it. */
async function talk() {
  const socket = await visitor(server);
  const id = uuid();
  const first = await say(socket, id, 'Hello', true);
  const offer = (content: unknown): Promise<Answer<MessageEntry & ErrorBody>> =>
    server.api(`/v1/conversations/${id}/messages`, { method: 'POST', body: { text: 'Choose', content } });
  const log = async () =>
    (await server.widget<EntryPage>(`/conversations/${id}/entries`, { token: socket.token })).body.entries;
  return { socket, id, first, offer, log };
}

describe('What a message offers', () => {
  it('is words, whatever stands in them: they come back as they were, in every place [hostile 55]', async () => {
    const { offer, log } = await talk();
    const words = EVIL.slice(0, 80);
    const contents: MessageContent[] = [
      { type: 'replies', replies: [{ id: words.slice(0, 64), text: words }] },
      { type: 'cards', cards: [{ title: words, text: EVIL, buttons: [{ id: 'a', text: words }] }] },
      {
        type: 'form',
        submit: words.slice(0, 40),
        fields: [{ key: 'a', label: words, type: 'list', help: EVIL, options: [words] }],
      },
    ];
    for (const content of contents) {
      const { status, body } = await offer(content);
      assert.equal(status, 201);
      assert.deepEqual(body.content, content);
    }
    const stored = (await log()).flatMap((entry) => (entry.type === 'message' && entry.content ? [entry.content] : []));
    assert.deepEqual(stored, contents);
  });

  it('opens web pages and shows pictures from them, nothing else [hostile 55]', async () => {
    const { offer, log } = await talk();
    const button = (url: string) => ({ type: 'buttons', buttons: [{ id: 'a', text: 'x', url }] });
    const card = (imageUrl: string) => ({ type: 'cards', cards: [{ title: 'x', imageUrl }] });
    const urls = [
      'javascript:alert(1)',
      'JaVaScRiPt:alert(1)',
      ' javascript:alert(1)',
      'java\nscript:alert(1)',
      'data:text/html,<script>alert(1)</script>',
      'vbscript:x',
      'file:///etc/passwd',
      'blob:https://x.y/1',
      '//evil.example',
      '/path',
      'https://',
      'https:// x',
      'https://x.y/\nSet-Cookie: a',
      'https://x.y/"onclick="alert(1)',
      'https://[::1',
      `https://x.y/${'a'.repeat(2_048)}`,
      '',
    ];
    for (const url of urls) {
      for (const content of [button(url), card(url)]) {
        const { status, body } = await offer(content);
        assert.deepEqual([status, body.error?.code], [400, 'bad_request'], url.slice(0, 60));
      }
    }
    assert.equal((await offer(card('http://x.y/a.png'))).status, 400, 'a picture over a line that anybody reads');
    assert.equal((await log()).length, 1);
    assert.equal((await offer(button('https://shop.example/?a=b#c'))).status, 201);
  });

  it('has bounds, and the refusal names what is wrong [hostile 67]', async () => {
    const { offer, log } = await talk();
    const buttons = (count: number, more = {}) =>
      Array.from({ length: count }, (_, index) => ({ id: `${index}`, text: 'x', ...more }));
    const fields = (count: number, more = {}) =>
      Array.from({ length: count }, (_, index) => ({ key: `k${index}`, label: 'x', type: 'text', ...more }));
    const cases: readonly [unknown, string][] = [
      [{ type: 'buttons', buttons: buttons(11) }, '/content/buttons'],
      [{ type: 'buttons', buttons: [] }, '/content/buttons'],
      [{ type: 'buttons', buttons: buttons(1, { text: 'x'.repeat(81) }) }, '/content/buttons/0/text'],
      [{ type: 'buttons', buttons: buttons(2, { id: 'same' }) }, '/content'],
      [{ type: 'replies', replies: buttons(1, { text: '' }) }, '/content/replies/0/text'],
      [{ type: 'replies', replies: buttons(1, { text: 'a\0b' }) }, '/content'],
      [{ type: 'replies', replies: buttons(1, { text: '\ud83d' }) }, '/content'],
      [{ type: 'cards', cards: Array(11).fill({ title: 'x' }) }, '/content/cards'],
      [{ type: 'cards', cards: [{ title: 'x', buttons: buttons(6) }] }, '/content/cards/0/buttons'],
      [{ type: 'cards', cards: Array(2).fill({ title: 'x', buttons: buttons(1) }) }, '/content'],
      [{ type: 'form', fields: fields(31) }, '/content/fields'],
      [{ type: 'form', fields: fields(2, { key: 'same' }) }, '/content/fields'],
      [{ type: 'form', fields: fields(1, { key: '__proto__' }) }, '/content/fields/0/key'],
      [{ type: 'form', fields: fields(1, { key: 'constructor' }) }, '/content/fields'],
      [{ type: 'form', fields: fields(1, { type: 'password' }) }, '/content/fields/0/type'],
      [{ type: 'form', fields: fields(1, { type: 'list' }) }, '/content/fields/0/options'],
      [{ type: 'form', fields: fields(30, { help: 'x'.repeat(300), options: Array(20).fill('x'.repeat(100)) }) }, '/'],
      [{ type: 'html', html: EVIL }, '/content/type'],
      [{ type: 'form' }, '/content/fields'],
      ['<b>', '/content'],
      [[], '/content'],
      [null, '/content'],
    ];
    for (const [content, field] of cases) {
      const { status, body } = await offer(content);
      assert.ok(status === 400 || status === 413, `${status} ${JSON.stringify(content).slice(0, 80)}`);
      if (status === 400 && field !== '/') assert.equal(body.error.field, field, JSON.stringify(content).slice(0, 80));
    }
    assert.equal((await log()).length, 1);
  });

  it('keeps nothing that it does not know, however deep [hostile 26] [hostile 62]', async () => {
    const { id, offer } = await talk();
    const console = await agent(server);
    const deep = `${'{"a":'.repeat(2_000)}1${'}'.repeat(2_000)}`;
    const contents = [
      `{"type":"buttons","buttons":[{"id":"a","text":"x","evil":${deep},"__proto__":{"admin":true}}],"more":${deep}}`,
      `{"type":"replies","replies":[{"id":"a","text":"x"}],"__proto__":{"admin":true},"constructor":{"prototype":{"admin":true}}}`,
    ];
    for (const content of contents) {
      const clientId = uuid();
      const frame = `"type":"send","conversationId":"${id}","clientId":"${clientId}","text":"x"`;
      console.raw.send(`{${frame},"content":${content},"__proto__":{"note":true}}`);
      const said = await echo(console, clientId);
      assert.equal(said.content && Object.keys(said.content).length, 2);
      assert.ok(!/admin|evil|more/.test(JSON.stringify(said)));
      const overHttp = `{"text":"x","content":${content}}`;
      const { status } = await server.api(`/v1/conversations/${id}/messages`, { method: 'POST', body: overHttp });
      assert.equal(status, 400, 'names that harm are refused as they are read');
    }
    assert.equal(({} as { admin?: boolean }).admin, undefined);
    assert.equal((await offer({ type: 'replies', replies: [{ id: 'a', text: 'x' }] })).status, 201);
  });
});

describe('An answer', () => {
  it('says what was asked, in plain words, and nothing else can be put into it [hostile 55] [hostile 62]', async () => {
    const { socket, id, offer } = await talk();
    const fields = [{ key: 'city', label: EVIL.slice(0, 100), type: 'text' }];
    const { body: form } = await offer({ type: 'form', fields });
    const answers: readonly [unknown, string][] = [
      [{ to: form.id, values: { city: { a: 1 } } }, '/answer/values/city'],
      [{ to: form.id, values: { city: ['x'] } }, '/answer/values/city'],
      [{ to: form.id, values: { city: null } }, '/answer/values/city'],
      [{ to: form.id, values: { city: 'x'.repeat(1_001) } }, '/answer/values/city'],
      [{ to: form.id, values: { city: 'a\0b' } }, '/answer/values/city'],
      [{ to: form.id, values: { role: 'admin' } }, '/answer/values/role'],
      [{ to: form.id, values: JSON.parse('{"__proto__":"x"}') }, '/answer/values/__proto__'],
      [{ to: form.id, values: {} }, '/answer/values'],
      [
        { to: form.id, values: Object.fromEntries(Array.from({ length: 31 }, (_, i) => [`${i}`, 1])) },
        '/answer/values',
      ],
      [{ to: form.id, button: 'a' }, '/answer/values'],
      [{ to: form.id }, '/answer/values'],
      [{ to: "' or 1=1 --", values: { city: 'x' } }, '/answer/to'],
      [{ to: 'a\0b', values: { city: 'x' } }, ''],
      [{ values: { city: 'x' } }, '/answer/to'],
      ['x', '/answer'],
    ];
    for (const [answer, field] of answers) {
      const clientId = uuid();
      socket.raw.send(JSON.stringify({ type: 'send', conversationId: id, clientId, text: '', answer }));
      const refused = await socket.next('error', (frame) => frame.clientId === clientId);
      assert.deepEqual(
        [refused.code, refused.field ?? ''],
        ['bad_request', field],
        JSON.stringify(answer).slice(0, 80),
      );
    }
    const clientId = uuid();
    const lies = {
      author: { kind: 'agent' },
      editedAt: 1,
      deletedAt: 1,
      reactions: [{ emoji: '👍', by: ['x'] }],
      seq: 99,
    };
    const frame = {
      type: 'send',
      conversationId: id,
      clientId,
      text: 'lie',
      answer: { to: form.id, values: { city: EVIL } },
    };
    socket.raw.send(JSON.stringify({ ...frame, ...lies }));
    const said = await echo(socket, clientId);
    assert.equal(said.text, `${EVIL.slice(0, 100)}: ${EVIL}`);
    assert.deepEqual(
      [said.author.kind, said.editedAt, said.deletedAt, said.reactions],
      ['contact', undefined, undefined, undefined],
    );
  });

  it('to what another conversation was asked is none, and tells nothing of it [hostile 46]', async () => {
    const [one, other] = [await talk(), await talk()];
    const { body: form } = await one.offer({ type: 'form', fields: [{ key: 'a', label: 'x', type: 'text' }] });
    const refusals = [];
    for (const to of [form.id, uuid(), other.first.id]) {
      const clientId = uuid();
      const answer = { to, values: { a: 'x' } };
      other.socket.send({ type: 'send', conversationId: other.id, clientId, text: '', answer });
      const { code, message, field } = await other.socket.next('error', (frame) => frame.clientId === clientId);
      refusals.push({ code, message, field });
    }
    assert.deepEqual(refusals[1], refusals[0]);
    assert.deepEqual(refusals[2], refusals[0]);
  });
});

describe('A visitor', () => {
  it('gets nothing of a note by replying to it, reacting to it or changing it [hostile 49]', async () => {
    const { socket, id, log } = await talk();
    const console = await agent(server);
    const clientId = uuid();
    console.send({ type: 'send', conversationId: id, clientId, text: 'careful', note: true });
    const { entry: note } = await console.next('entry', ({ log: which }) => which === 'notes');
    const noteId = 'id' in note ? note.id : '';
    const path = `/conversations/${id}/messages/${noteId}`;
    const call = (below: string, method: string, body?: object) =>
      server.widget<ErrorBody>(path + below, { token: socket.token, method, ...(body && { body }) });
    assert.equal((await call('', 'PATCH', { text: 'x' })).status, 404);
    assert.equal((await call('', 'DELETE')).status, 404);
    assert.equal((await call('/reaction', 'PUT', { emoji: '👍', on: true })).status, 404);
    const reply = uuid();
    socket.send({ type: 'send', conversationId: id, clientId: reply, text: 'x', replyTo: noteId });
    assert.equal((await socket.next('error', (frame) => frame.clientId === reply)).field, '/replyTo');
    assert.equal((await log()).length, 1);
  });
});
