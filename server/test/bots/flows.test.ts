import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { AgentContact, AgentConversation, MessageEntry, Trigger } from '../../../src/api/protocol.ts';
import { begin, heard, makeBot } from '../support/bots.ts';
import { uuid } from '../support/ids.ts';
import { defineAttribute } from '../support/inbox.ts';
import { startServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';
import { agent, echo, say, visitor } from '../support/socket.ts';
import type { TestSocket } from '../support/socket.ts';

let server: TestServer;
before(async () => {
  server = await startServer();
});
after(() => server.close());
afterEach(async () => {
  const { body } = await server.api<{ triggers: readonly Trigger[] }>('/v1/triggers');
  for (const { id } of body.triggers) await server.api(`/v1/triggers/${id}`, { method: 'DELETE' });
});

interface Run {
  readonly step: string;
  readonly answers: Record<string, unknown>;
  readonly endReason: string | null;
}

const runOf = async (id: string): Promise<Run> => (await server.api<Run>(`/v1/conversations/${id}/bot`)).body;
const conversationOf = async (id: string): Promise<AgentConversation> =>
  (await server.api<AgentConversation>(`/v1/conversations/${id}`)).body;

/** Resolves when agents are told that the bot of a conversation has ended. */
async function ended(console: TestSocket, id: string): Promise<void> {
  await console.next('conversation', ({ conversation }) => {
    const { lastSeq, bot } = conversation as AgentConversation;
    return conversation.id === id && lastSeq > 0 && !bot;
  });
}

async function press(socket: TestSocket, question: MessageEntry, button: string): Promise<void> {
  const clientId = uuid();
  const { conversationId, id: to } = question;
  socket.send({ type: 'send', conversationId, clientId, text: '', answer: { to, button } });
  await echo(socket, clientId);
}

const PEOPLE = { id: 'people', type: 'handover', text: 'Somebody will be with you.' } as const;
const END = { id: 'end', type: 'end' } as const;
const MENU = {
  ...{ id: 'menu', type: 'replies', text: 'What is it about?' },
  replies: [
    { text: 'An order', next: 'order' },
    { text: 'Something else', next: 'people' },
  ],
} as const;
const ORDER = {
  ...{ id: 'order', type: 'ask', text: 'Which order?', retry: 'That is no number.', next: 'end' },
  field: { key: 'order', label: 'Order', type: 'number' },
} as const;

describe('A chatbot', () => {
  it('answers who starts a conversation, asks, and hands over to people', async () => {
    const { id: triggerId } = await makeBot(server, [MENU, { ...ORDER, next: 'people' }, PEOPLE]);
    const [guest, console] = [await visitor(server), await agent(server)];
    const id = begin(guest);
    const question = await heard(guest, id);
    assert.deepEqual(
      [question.text, question.author, question.content?.type],
      ['What is it about?', { kind: 'bot', id: triggerId, name: 'Robo' }, 'replies'],
    );
    assert.equal((await conversationOf(id)).bot, true);
    await press(guest, question, 'reply-1');
    const asked = await heard(guest, id);
    assert.equal(asked.content?.type, 'form');
    const clientId = uuid();
    const answer = { to: asked.id, values: { order: 17 } };
    guest.send({ type: 'send', conversationId: id, clientId, text: '', answer });
    assert.equal((await heard(guest, id)).text, PEOPLE.text);
    await ended(console, id);
    assert.equal((await conversationOf(id)).bot, undefined);
    const { answers, endReason } = await runOf(id);
    assert.deepEqual([answers, endReason], [{ order: 17 }, 'handed_over']);
  });

  it('takes what is typed, says when it is no answer, and hands over after three times', async () => {
    await makeBot(server, [{ ...ORDER }, END]);
    const guest = await visitor(server);
    const console = await agent(server);
    const id = begin(guest);
    assert.equal((await heard(guest, id)).text, 'Which order?');
    await say(guest, id, 'the blue one');
    assert.equal((await heard(guest, id)).text, 'That is no number.');
    await say(guest, id, ' 12 ');
    await ended(console, id);
    assert.deepEqual((await runOf(id)).answers, { order: 12 });

    const other = begin(guest);
    for (const said of ['a', 'b', 'c']) {
      await heard(guest, other);
      await say(guest, other, said);
    }
    await ended(console, other);
    assert.equal((await runOf(other)).endReason, 'handed_over');
  });

  it('is told of with the conversation, so that agents see at once who answers', async () => {
    await makeBot(server, [ORDER, END]);
    const console = await agent(server);
    const id = begin(await visitor(server));
    const { conversation } = await console.next('conversation', (frame) => frame.conversation.id === id);
    assert.equal((conversation as AgentConversation).bot, true);
  });

  it('takes a reply that is typed, and goes elsewhere when something else is said', async () => {
    await makeBot(server, [
      { ...MENU, otherwise: 'what' },
      { id: 'what', type: 'message', text: 'I do not know that.', next: 'end' },
      { ...ORDER },
      PEOPLE,
      END,
    ]);
    const guest = await visitor(server);
    const id = begin(guest);
    await heard(guest, id);
    await say(guest, id, 'AN ORDER');
    assert.equal((await heard(guest, id)).text, 'Which order?');
    const other = begin(guest);
    await heard(guest, other);
    await say(guest, other, 'the weather');
    assert.equal((await heard(guest, other)).text, 'I do not know that.');
  });

  it('keeps what was typed at the contact', async () => {
    await defineAttribute(server, 'size');
    const ask = { id: 'ask', type: 'ask', text: 'Size?', field: { key: 'size', label: 'Size', type: 'text' } };
    await makeBot(server, [
      { ...ask, next: 'thanks' },
      { id: 'thanks', type: 'end', text: 'Thanks.' },
    ]);
    const guest = await visitor(server);
    const id = begin(guest);
    await heard(guest, id);
    await say(guest, id, 'XL');
    assert.equal((await heard(guest, id)).text, 'Thanks.');
    const { contact } = await conversationOf(id);
    const { body } = await server.api<AgentContact>(`/v1/contacts/${contact.id}`);
    assert.equal(body.attributes?.['size'], 'XL');
  });

  it('branches on the page, on what was said and on what was answered', async () => {
    const tell = (to: string) => ({ id: to, type: 'end', text: to });
    await makeBot(server, [
      {
        ...{ id: 'where', type: 'branch', otherwise: 'ask' },
        cases: [
          {
            conditions: [
              ['page_url', 'contains', '/pricing'],
              ['message_text', '=', 'hello'],
            ],
            next: 'sales',
          },
        ],
      },
      { ...ORDER, id: 'ask', next: 'which' },
      {
        ...{ id: 'which', type: 'branch', otherwise: 'small' },
        cases: [{ conditions: [['answer.order', '>', 100]], next: 'big' }],
      },
      ...['sales', 'small', 'big'].map(tell),
    ]);
    const guest = await visitor(server);
    const sales = begin(guest, 'Hello', { pageUrl: 'https://shop.example/pricing?utm_source=news' });
    assert.equal((await heard(guest, sales)).text, 'sales');
    const order = begin(guest, 'Hi', { pageUrl: 'https://shop.example/pricing' });
    await heard(guest, order);
    await say(guest, order, '101');
    assert.equal((await heard(guest, order)).text, 'big');
  });

  it('waits, and goes on by itself when nobody answers', async () => {
    await makeBot(server, [
      { id: 'wait', type: 'wait', seconds: 1, next: 'ask' },
      { ...MENU, id: 'ask', silence: { seconds: 1, next: 'bye' }, replies: [{ text: 'Yes', next: 'bye' }] },
      { id: 'bye', type: 'end', text: 'Bye.', resolve: true },
    ]);
    const guest = await visitor(server);
    const id = begin(guest);
    const question = await heard(guest, id);
    const bye = await heard(guest, id);
    assert.ok(bye.at - question.at >= 1_000);
    await guest.next('entry', ({ entry }) => entry.type === 'resolved' && entry.conversationId === id);
    assert.equal((await conversationOf(id)).state, 'resolved');
  });

  it('is not hurried by what is said in a pause', async () => {
    await makeBot(server, [
      { id: 'wait', type: 'wait', seconds: 2, next: 'bye' },
      { id: 'bye', type: 'end', text: 'Bye.' },
    ]);
    const guest = await visitor(server);
    const id = begin(guest);
    const { at } = await say(guest, id, 'Are you there?');
    const bye = await heard(guest, id);
    assert.ok(bye.seq === 3 && bye.at - at > 1_000);
  });

  it('is silent from the moment that an agent answers', async () => {
    await makeBot(server, [MENU, ORDER, PEOPLE, END]);
    const [guest, console] = [await visitor(server), await agent(server)];
    const id = begin(guest);
    const question = await heard(guest, id);
    await say(console, id, 'I am Bo. How can I help?');
    assert.equal((await conversationOf(id)).bot, undefined);
    await ended(console, id);
    assert.equal((await runOf(id)).endReason, 'taken_over');
    await press(guest, question, 'reply-1');
    await say(console, id, 'Which one?');
    const { body } = await server.api<{ messages: readonly MessageEntry[] }>(`/v1/conversations/${id}/messages`);
    assert.deepEqual(
      body.messages.map(({ author }) => author.kind),
      ['contact', 'bot', 'agent', 'contact', 'agent'],
    );
  });

  it('is sent away by who takes over, and does not go on', async () => {
    await makeBot(server, [MENU, ORDER, PEOPLE, END]);
    const [guest, console] = [await visitor(server), await agent(server)];
    const id = begin(guest);
    await heard(guest, id);
    assert.equal((await server.api(`/v1/conversations/${id}/bot`, { method: 'DELETE' })).status, 204);
    await ended(console, id);
    assert.equal((await runOf(id)).endReason, 'taken_over');
    await say(guest, id, 'An order');
    assert.equal((await conversationOf(id)).lastMessage?.author.kind, 'contact');
  });

  it('answers where its trigger is named, and where its conditions hold', async () => {
    const here = [['page_url', 'contains', '/help']];
    const { id: helper } = await makeBot(server, [{ ...END, text: 'help' }], { conditions: here });
    const slow = { conditions: [['time_on_page', '>', 5]] };
    const { id: named } = await makeBot(server, [{ ...END, text: 'named' }], slow);
    const guest = await visitor(server);
    const one = begin(guest, 'Hi', { pageUrl: 'https://shop.example/help' });
    assert.deepEqual((await heard(guest, one)).author.id, helper);
    const two = begin(guest, 'Hi', { trigger: named });
    assert.deepEqual((await heard(guest, two)).author.id, named);
    const three = begin(guest, 'Hi', { pageUrl: 'https://shop.example/' });
    await guest.next('entry', ({ entry }) => entry.conversationId === three);
    assert.equal((await server.api(`/v1/conversations/${three}/bot`)).status, 404);
  });

  it('believes the page about what only the page knows', async () => {
    await makeBot(server, [
      {
        ...{ id: 'who', type: 'branch', otherwise: 'else' },
        cases: [
          { conditions: [['page_url', '=', 'forged']], next: 'forged' },
          { conditions: [['language', '=', 'de']], next: 'german' },
        ],
      },
      ...['else', 'forged', 'german'].map((id) => ({ id, type: 'end', text: id })),
    ]);
    const guest = await visitor(server);
    const pageUrl = 'https://shop.example/';
    const route = { parameters: { language: 'de', page_url: 'forged' } };
    assert.equal((await heard(guest, begin(guest, 'Hallo', { pageUrl, route }))).text, 'german');
  });

  it('answers a conversation that is sent twice once', async () => {
    await makeBot(server, [{ ...END, text: 'Hello!' }]);
    const guest = await visitor(server);
    const conversationId = uuid();
    const frame = { type: 'send', conversationId, clientId: uuid(), text: 'Hi', start: true } as const;
    guest.send(frame);
    guest.send(frame);
    await heard(guest, conversationId);
    guest.send(frame);
    await say(guest, conversationId, 'Still here');
    const { lastSeq } = await conversationOf(conversationId);
    assert.equal(lastSeq, 3);
  });
});
