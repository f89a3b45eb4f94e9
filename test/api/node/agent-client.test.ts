/** The agent's client in plain Node, against the real server. */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { ADMIN, ChatServerProcess, INBOX } from '../../../scripts/chat-server-process.mjs';
import { AgentClient } from '../../../src/api/agent-client.ts';
import { ChatClient } from '../../../src/api/chat-client.ts';
import { CookieJar } from './cookie-fetch.ts';
import { stateOf, texts } from './eventually.ts';
import { FaultySocket } from './faulty-socket.ts';

let server: ChatServerProcess;
const clients: { close(): void }[] = [];

function newAgent(jar = new CookieJar(server.url)): AgentClient {
  const agent = new AgentClient({
    server: server.url,
    fetch: jar.fetch,
    createSocket: (url) => new FaultySocket(url, {}, { headers: jar.headers }).asWebSocket,
  });
  clients.push(agent);
  return agent;
}

/** An agent who has signed in and is live. */
async function signedIn(jar?: CookieJar): Promise<AgentClient> {
  const agent = newAgent(jar);
  await agent.boot();
  await agent.signIn(ADMIN.email, ADMIN.password);
  await stateOf(agent, ({ connection }) => connection === 'open');
  return agent;
}

/** A visitor who has said something. */
async function visitor(text: string): Promise<{ client: ChatClient; id: string }> {
  const client = new ChatClient({ server: server.url, inbox: INBOX, persist: 'none' });
  clients.push(client);
  await client.boot();
  const id = client.startConversation();
  await client.send(id, text);
  return { client, id };
}

before(async () => {
  server = await ChatServerProcess.start();
});

afterEach(() => {
  for (const client of clients.splice(0)) client.close();
});

after(() => server.dispose());

describe('an agent', { timeout: 60_000 }, () => {
  it('who is not signed in sees nothing, and connects to nothing', async () => {
    const agent = newAgent();
    await agent.boot();
    assert.equal(agent.state.booted, true);
    assert.equal(agent.state.agent, null);
    assert.equal(agent.state.connection, 'idle');
  });

  it('with a wrong password is told so', async () => {
    const agent = newAgent();
    await assert.rejects(agent.signIn(ADMIN.email, 'wrong'), { name: 'ChatError', code: 'unauthorized', status: 401 });
  });

  it('sees a new conversation live, answers it, and the visitor sees the answer', async () => {
    const agent = await signedIn();
    const { client, id } = await visitor('Is this in stock?');
    await stateOf(agent, ({ conversations }) => conversations[0]?.lastMessage?.text === 'Is this in stock?');
    assert.equal(agent.conversation(id)?.unread, 1);
    assert.equal(agent.conversation(id)?.contact.id, client.state.contact!.id);
    await agent.open(id);
    agent.markRead(id);
    assert.equal(agent.state.unreadMessages, 0);

    await agent.send(id, 'It is.');
    await stateOf(client, (state) => texts(state, id).length === 2);
    assert.deepEqual(texts(client.state, id), ['Is this in stock?', 'It is.']);
    await stateOf(client, ({ conversations }) => conversations[0].agentReadSeq > 0);
    assert.equal(client.state.conversations[0].agents[0]?.name, agent.state.agent!.name);
  });

  it('sees a contact who is deleted go, with all that was said and is unread', async () => {
    const agent = await signedIn();
    const { id } = await visitor('stays');
    const other = await visitor('goes');
    await stateOf(agent, (state) =>
      [id, other.id].every((each) => state.conversations.some((held) => held.id === each)),
    );
    await agent.open(other.id);
    const { unreadMessages } = agent.state;
    const { status } = await server.request('DELETE', `/v1/contacts/${other.client.state.contact!.id}`);
    assert.equal(status, 204);
    await stateOf(agent, ({ conversations }) => conversations.every((held) => held.id !== other.id));
    assert.equal(agent.state.threads[other.id], undefined);
    assert.equal(agent.state.unreadMessages, unreadMessages - 1);
    assert.ok(agent.conversation(id));
    await stateOf(other.client, ({ conversations }) => conversations.length === 0);
  });

  it('and a visitor see each other typing, until the message is there', async () => {
    const agent = await signedIn();
    const { client, id } = await visitor('hello');
    await agent.open(id);
    client.setTyping(id, true);
    await stateOf(agent, ({ threads }) => threads[id].typing.length === 1);
    client.setTyping(id, false);
    await stateOf(agent, ({ threads }) => threads[id].typing.length === 0);

    agent.setTyping(id, true);
    await stateOf(client, ({ threads }) => threads[id].typing.length === 1);
    assert.equal(client.state.threads[id].typing[0].name, agent.state.agent!.name);
    await agent.send(id, 'hi');
    await stateOf(client, (state) => texts(state, id).length === 2);
    assert.deepEqual(client.state.threads[id].typing, []);
  });

  it('resolves and reopens, and the visitor reopens by writing', async () => {
    const agent = await signedIn();
    const { client, id } = await visitor('one');
    await agent.open(id);
    const isNow =
      (wanted: string) =>
      ({ conversations }: AgentClient['state']) =>
        conversations.find((each) => each.id === id)?.state === wanted;
    await agent.resolve(id);
    await Promise.all([stateOf(agent, isNow('resolved')), stateOf(client, isNow('resolved'))]);
    await agent.reopen(id);
    await Promise.all([stateOf(agent, isNow('open')), stateOf(client, isNow('open'))]);
    await agent.resolve(id);
    await stateOf(agent, isNow('resolved'));
    await client.send(id, 'two');
    await stateOf(agent, isNow('open'));
    await stateOf(agent, (state) => texts(state, id).length === 2);
    assert.deepEqual(
      agent.state.threads[id].entries.map(({ type }) => type),
      ['message', 'resolved', 'reopened', 'resolved', 'reopened', 'message'],
    );
  });

  it('writes a note that no visitor ever gets', async () => {
    const agent = await signedIn();
    const { client, id } = await visitor('one');
    await agent.open(id);
    const note = await agent.send(id, 'a difficult customer', { note: true });
    assert.equal(note.type, 'note');
    assert.deepEqual(agent.state.threads[id].pending, []);
    await agent.send(id, 'How can I help?');
    await stateOf(client, (state) => texts(state, id).length === 2);
    assert.ok(!JSON.stringify(client.state).includes('difficult'));
  });

  it('loads the conversations of a state page by page, and the contacts', async () => {
    const agent = await signedIn();
    const { id, client } = await visitor('to be resolved');
    await agent.resolve(id);
    const fresh = newAgent(new CookieJar(server.url));
    await fresh.signIn(ADMIN.email, ADMIN.password);
    let cursor = await fresh.loadConversations('resolved');
    while (cursor) cursor = await fresh.loadConversations('resolved', cursor);
    assert.equal(fresh.conversation(id)?.state, 'resolved');
    const contact = await fresh.loadContact(client.state.contact!.id);
    assert.equal(contact.number, client.state.contact!.number);
    const { contacts } = await fresh.loadContacts();
    assert.ok(contacts.some((each) => each.id === contact.id));
  });

  it('is still there after a reload, and after the server was killed', async () => {
    const jar = new CookieJar(server.url);
    const before = await signedIn(jar);
    before.close();
    const agent = newAgent(jar);
    await agent.boot();
    assert.equal(agent.state.agent?.email, ADMIN.email);
    await stateOf(agent, ({ connection }) => connection === 'open');
    await server.kill();
    await stateOf(agent, ({ connection }) => connection === 'waiting');
    await server.restart();
    const { id } = await visitor('after the storm');
    await stateOf(agent, ({ conversations }) => conversations.some((each) => each.id === id));
  });

  it('who signs out sees nothing any more, in the other tab neither', async () => {
    const jar = new CookieJar(server.url);
    const [one, two] = [await signedIn(jar), newAgent(jar)];
    await two.boot();
    await stateOf(two, ({ connection }) => connection === 'open');
    await one.signOut();
    assert.equal(one.state.agent, null);
    assert.deepEqual(one.state.conversations, []);
    const state = await stateOf(two, ({ agent }) => agent === null);
    assert.deepEqual(state.conversations, []);
    assert.equal(state.connection, 'idle');
  });
});
