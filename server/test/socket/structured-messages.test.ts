import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type {
  AgentContact,
  AgentConversation,
  Conversation,
  ErrorFrame,
  MessageContent,
  MessageEntry,
  SendFrame,
  SessionAnswer,
} from '../../../src/api/protocol.ts';
import { uuid } from '../support/ids.ts';
import { defineAttribute, patchInbox } from '../support/inbox.ts';
import { startServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';
import { agent, echo, say, visitor } from '../support/socket.ts';
import type { TestSocket } from '../support/socket.ts';

let server: TestServer;
before(async () => {
  server = await startServer();
  await defineAttribute(server, 'size');
});
after(() => server.close());

const FORM: MessageContent = {
  type: 'form',
  submit: 'Send',
  fields: [
    { key: 'name', label: 'Name', type: 'text', required: true },
    { key: 'email', label: 'E-mail', type: 'email' },
    { key: 'size', label: 'Size', type: 'list', options: ['S', 'L'], help: 'As on the label.' },
    { key: 'gift', label: 'Is it a gift?', type: 'text' },
    { key: 'consent', label: 'All right?', type: 'checkbox' },
  ],
};
const REPLIES: MessageContent = {
  type: 'replies',
  replies: [
    { id: 'yes', text: 'Yes' },
    { id: 'no', text: 'No' },
  ],
};

async function talk() {
  const [socket, console] = [await visitor(server), await agent(server)];
  const id = uuid();
  const first = await say(socket, id, 'Hello', true);
  return { socket, console, id, first };
}

/** The contact's name, as agents see it on a conversation. */
const named = (conversation: Conversation | AgentConversation): string | null =>
  'contact' in conversation ? conversation.contact.name : null;

/** Sends, and takes the echo. */
async function send(socket: TestSocket, conversationId: string, more: Partial<SendFrame>): Promise<MessageEntry> {
  const clientId = uuid();
  socket.send({ type: 'send', conversationId, clientId, text: '', ...more });
  return echo(socket, clientId);
}

/** Sends what must be refused. */
async function refusal(socket: TestSocket, conversationId: string, more: object): Promise<Partial<ErrorFrame>> {
  const clientId = uuid();
  socket.send({ type: 'send', conversationId, clientId, text: '', ...more });
  const { code, field } = await socket.next('error', (frame) => frame.clientId === clientId);
  return { code, ...(field !== undefined && { field }) };
}

describe('A message', () => {
  it('replies to another one, from either side', async () => {
    const { socket, console, id, first } = await talk();
    const answer = await send(console, id, { text: 'Hi', replyTo: first.id });
    assert.equal(answer.replyTo, first.id);
    assert.equal((await send(socket, id, { text: 'Fine', replyTo: answer.id })).replyTo, answer.id);
    const elsewhere = await talk();
    for (const replyTo of [uuid(), elsewhere.first.id]) {
      assert.deepEqual(await refusal(socket, id, { text: 'x', replyTo }), { code: 'bad_request', field: '/replyTo' });
      assert.deepEqual(await refusal(console, id, { text: 'x', replyTo }), { code: 'bad_request', field: '/replyTo' });
    }
  });

  it('offers replies, and the chosen one is said in its own words', async () => {
    const { socket, console, id } = await talk();
    const question = await send(console, id, { text: 'Is it brown?', content: REPLIES });
    const { entry } = await socket.next('entry', (frame) => 'content' in frame.entry);
    assert.deepEqual(entry, question);
    const answer = await send(socket, id, { text: 'Whatever I say', answer: { to: question.id, button: 'no' } });
    assert.deepEqual([answer.text, answer.answer], ['No', { to: question.id, button: 'no' }]);
  });

  it('carries a form, whose answer fills in what is known of the contact, as what nobody has proven', async () => {
    const { socket, console, id, first } = await talk();
    const question = await send(console, id, { text: 'Who are you?', content: FORM });
    const wrong = { to: question.id, values: { name: 'Vera', email: 'no address' } };
    assert.deepEqual(await refusal(socket, id, { answer: wrong }), {
      code: 'bad_request',
      field: '/answer/values/email',
    });
    const values = { name: 'Vera', email: 'vera@shop.example', size: 'L', gift: 'For Ada', consent: true };
    const answer = await send(socket, id, { answer: { to: question.id, values } });
    assert.equal(answer.text, 'Name: Vera\nE-mail: vera@shop.example\nSize: L\nIs it a gift?: For Ada\nAll right?: ✓');
    assert.deepEqual(answer.answer?.values, values);
    assert.deepEqual(await refusal(socket, id, { answer: { to: question.id, values } }), {
      code: 'conflict',
      field: '/answer/to',
    });
    await console.next('conversation', ({ conversation }) => conversation.id === id && named(conversation) === 'Vera');
    const { body: contact } = await server.api<AgentContact>(`/v1/contacts/${first.author.id}`);
    assert.deepEqual(
      [contact.email, contact.verification, contact.attributes, contact.unverified],
      ['vera@shop.example', 'claimed', { size: 'L' }, ['name', 'attributes.size']],
    );
  });

  it('has its form’s answer told to every socket of the contact, and to agents', async () => {
    await patchInbox(server, { forms: { preChat: [{ key: 'email', label: 'E-mail', type: 'email' }] } });
    const { socket, console, id } = await talk();
    const other = await visitor(server, socket);
    const question = await send(console, id, { text: 'Who are you?', content: FORM });
    await send(socket, id, { answer: { to: question.id, values: { name: 'Vera', email: 'vera@shop.example' } } });
    for (const each of [socket, other]) {
      const { contact } = await each.next('contact');
      assert.deepEqual(
        [contact.name, contact.email, contact.verification, contact.known],
        ['Vera', 'vera@shop.example', 'claimed', ['email']],
      );
    }
    const { contact } = await console.next('contact', (frame) => frame.contact.name === 'Vera');
    assert.deepEqual([contact.email, contact.known], ['vera@shop.example', undefined]);
    // Attributes stand in no conversation.
    const second = await send(console, id, { text: 'How large?', content: FORM });
    await send(socket, id, { answer: { to: second.id, values: { name: 'Vera', size: 'L' } } });
    await console.next('contact', (frame) => frame.contact.id === contact.id);
    await patchInbox(server, { forms: { preChat: [] } });
  });

  it('fills in the contact also where only the message was stored, but nothing that was said since', async () => {
    for (const since of [undefined, 'Grace']) {
      const { socket, console, id, first } = await talk();
      const question = await send(console, id, { text: 'Who are you?', content: FORM });
      const clientId = uuid();
      const answer = { to: question.id, values: { name: 'Vera' } };
      // As a node does that dies, or hears no answer to its COMMIT, before it gets to the contact.
      await server.chat.store.append({
        by: { kind: 'contact', contactId: first.author.id, inboxId: server.inbox, verification: 'anonymous' },
        ...{ conversationId: id, log: 'main', type: 'message', clientId, answer },
      });
      if (since !== undefined) await server.chat.store.contacts.update(first.author.id, { name: since });
      socket.send({ type: 'send', conversationId: id, clientId, text: '', answer });
      await echo(socket, clientId);
      const { body: contact } = await server.api<AgentContact>(`/v1/contacts/${first.author.id}`);
      assert.equal(contact.name, since ?? 'Vera');
    }
  });

  it('offers and answers only what is each side’s to offer and to answer', async () => {
    const { socket, console, id } = await talk();
    const question = await send(console, id, { text: 'Is it brown?', content: REPLIES });
    const answer = { to: question.id, button: 'yes' };
    assert.deepEqual(await refusal(socket, id, { text: 'x', content: REPLIES }), {
      code: 'bad_request',
      field: '/content',
    });
    assert.deepEqual(await refusal(console, id, { text: 'x', answer }), { code: 'bad_request', field: '/answer' });
    assert.deepEqual(await refusal(socket, id, { answer, replyTo: question.id }), {
      code: 'bad_request',
      field: '/answer',
    });
    assert.deepEqual(await refusal(console, id, { content: REPLIES }), { code: 'bad_request', field: '/text' });
    assert.deepEqual(await refusal(console, id, { text: 'x', content: REPLIES, note: true }), {
      code: 'bad_request',
      field: '/note',
    });
    assert.deepEqual(await refusal(socket, id, { attachments: [uuid()] }), {
      code: 'bad_request',
      field: '/attachments',
    });
  });

  it('carries as many files as the inbox allows, or none', async () => {
    const { socket, id } = await talk();
    const files = { attachments: [uuid(), uuid()] };
    await patchInbox(server, { limits: { filesPerMessage: 1 } });
    assert.deepEqual(await refusal(socket, id, files), { code: 'bad_request', field: '/attachments' });
    await patchInbox(server, { behaviour: { files: false }, limits: { filesPerMessage: 10 } });
    assert.deepEqual(await refusal(socket, id, files), { code: 'forbidden', field: '/attachments' });
    await patchInbox(server, { behaviour: { files: true } });
    assert.deepEqual(await refusal(socket, id, { text: ' ' }), { code: 'bad_request', field: '/text' });
  });

  it('is structured by a back end too', async () => {
    const { socket, id, first } = await talk();
    const { status } = await server.api<MessageEntry>(`/v1/conversations/${id}/messages`, {
      method: 'POST',
      body: { text: 'Is it brown?', content: REPLIES, replyTo: first.id },
    });
    assert.equal(status, 201);
    const { entry } = await socket.next('entry', (frame) => 'content' in frame.entry);
    assert.deepEqual(entry.type === 'message' && [entry.content, entry.replyTo], [REPLIES, first.id]);
  });
});

describe('The form before a conversation', () => {
  const patch = (token: string, body: unknown) =>
    server.widget<SessionAnswer & { error: { code: string; field?: string } }>('/session', {
      method: 'PATCH',
      token,
      body,
    });

  before(async () => {
    await defineAttribute(server, 'order', 'number');
    await patchInbox(server, {
      forms: {
        preChat: [
          { key: 'email', label: 'E-mail', type: 'email', required: true },
          { key: 'order', label: 'Order', type: 'number' },
        ],
        offline: [{ key: 'phone', label: 'Phone', type: 'phone' }],
        consent: 'I agree.',
      },
    });
  });

  it('fills in the contact, who is told what need not be asked again, and agents see it from the start', async () => {
    const [socket, console] = [await visitor(server), await agent(server)];
    const { status, body } = await patch(socket.token, {
      form: { email: 'grace@shop.example', order: 7, consent: true },
    });
    assert.equal(status, 200);
    assert.deepEqual([body.contact.email, body.contact.verification], ['grace@shop.example', 'claimed']);
    assert.deepEqual([...(body.contact.known ?? [])].sort(), ['consent', 'email', 'order']);
    const id = uuid();
    await say(socket, id, 'Hello', true);
    const { conversation } = await console.next('conversation', (frame) => frame.conversation.id === id);
    assert.ok('contact' in conversation);
    assert.deepEqual([conversation.contact.email, conversation.verification], ['grace@shop.example', 'claimed']);
    assert.equal('known' in conversation.contact, false);
    const again = await server.socket(`/v1/widget/${server.inbox}/socket`);
    const welcome = await again.hello({ token: socket.token });
    assert.deepEqual(welcome.contact, body.contact);
  });

  it('refuses what does not fit, at its field, and writes nothing then', async () => {
    const { token, contact } = await server.session();
    for (const [form, field] of [
      [{ email: 'no address' }, '/form/email'],
      [{ email: '' }, '/form/email'],
      [{ order: '7' }, '/form/order'],
      [{ phone: 'call me' }, '/form/phone'],
      [{ consent: false }, '/form/consent'],
      [{ phone: '0301234', role: 'admin' }, '/form/role'],
      [{ phone: '0301234', constructor: 'x' }, '/form/constructor'],
    ] as const) {
      const { status, body } = await patch(token, { form });
      assert.deepEqual([status, body.error.field], [400, field], JSON.stringify(form));
    }
    for (const body of [
      {},
      { form: null },
      { form: [] },
      { form: { order: { a: 1 } } },
      { form: { email: ['a@b.c'] } },
    ]) {
      assert.equal((await patch(token, body)).status, 400, JSON.stringify(body));
    }
    assert.deepEqual((await server.widget<SessionAnswer>('/session', { token })).body.contact, contact);
  });

  it('starts nothing before the visitor has agreed, whatever their widget shows', async () => {
    const socket = await visitor(server);
    const [id, clientId] = [uuid(), uuid()];
    const start = { type: 'send', conversationId: id, start: true } as const;
    socket.send({ ...start, clientId, text: 'Hello' });
    const refusal = await socket.next('error');
    assert.deepEqual([refusal.code, refusal.field, refusal.clientId], ['forbidden', '/form/consent', clientId]);
    assert.equal((await server.widget(`/conversations/${id}`, { token: socket.token })).status, 404);

    assert.equal((await patch(socket.token, { form: { consent: true } })).status, 200);
    // The order is that in which they were said, though the first has to wait for an answer.
    const said = ['Hello', 'and', 'bye'].map((text, index) => ({ ...start, clientId: uuid(), text, start: index < 1 }));
    for (const frame of said) socket.send(frame);
    const echoes = [];
    for (const frame of said) echoes.push(await echo(socket, frame.clientId));
    assert.deepEqual(
      echoes.map(({ text, seq }) => [text, seq]),
      [
        ['Hello', 1],
        ['and', 2],
        ['bye', 3],
      ],
    );
  });

  it('lets a conversation go on that was begun before it asked for consent', async () => {
    await patchInbox(server, { forms: { consent: '' } });
    const { socket, id } = await talk();
    await patchInbox(server, { forms: { consent: 'I agree.' } });
    assert.equal((await say(socket, id, 'Still here')).text, 'Still here');
  });

  it('takes nothing from anybody’s proven data', async () => {
    const { token } = await server.verified('ada@shop.example', { firstName: 'Ada' });
    const { body } = await patch(token, { form: { email: 'eve@shop.example', phone: '0301234' } });
    assert.deepEqual([body.contact.email, body.contact.verification], ['ada@shop.example', 'verified']);
    const { body: contact } = await server.api<AgentContact>(`/v1/contacts/${body.contact.id}`);
    assert.deepEqual(
      [contact.claimedEmail, contact.phone, contact.unverified],
      ['eve@shop.example', '0301234', ['phone']],
    );
  });
});
