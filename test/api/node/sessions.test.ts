/** Who a visitor is, in plain Node: what identity and logout do to server and state. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { deviceClock } from '../../../src/api/clock.ts';
import { stateOf, texts } from './eventually.ts';
import { heard, sessionRequests, tokensSaid, World } from './world.ts';

const world = new World();

describe('a visitor with a name', { timeout: 60_000 }, () => {
  it('is asked for once: the same e-mail makes no second request', async () => {
    const requests = sessionRequests();
    const client = world.visitor();
    const identity = {
      email: 'once@shop.example',
      authToken: await world.server.sign('once@shop.example'),
      firstName: 'Una',
    };
    await client.boot(identity);
    assert.equal(client.state.contact?.verification, 'verified');
    for (let i = 0; i < 10; i++) await client.identify({ ...identity, email: 'Once@Shop.example' });
    requests.stop();
    assert.equal(requests.made.length, 1);
    assert.equal(client.state.contact?.name, 'Una');
  });

  it('sees on one device what is written on another, live', async () => {
    const identity = await world.identity('two@shop.example');
    const [phone, laptop] = [world.visitor(), world.visitor()];
    await Promise.all([phone.boot(identity), laptop.boot(identity)]);
    await stateOf(laptop, ({ connection }) => connection === 'open');
    const id = phone.startConversation();
    await phone.send(id, 'from the phone');
    await stateOf(laptop, ({ conversations }) => conversations[0]?.lastMessage?.text === 'from the phone');
    await laptop.open(id);
    await laptop.send(id, 'from the laptop');
    await stateOf(phone, (state) => texts(state, id).length === 2);
    assert.deepEqual(texts(phone.state, id), ['from the phone', 'from the laptop']);
    assert.deepEqual(texts(laptop.state, id), ['from the phone', 'from the laptop']);
    assert.equal(laptop.state.unreadMessages, 0);

    await world.answer(id, 'to both');
    await stateOf(laptop, ({ unreadMessages }) => unreadMessages === 1);
    await stateOf(phone, ({ unreadMessages }) => unreadMessages === 1);
    phone.markRead(id);
    await stateOf(laptop, ({ unreadMessages }) => unreadMessages === 0);
  });

  it('takes along what was written before', async () => {
    const client = await world.booted();
    const id = client.startConversation();
    await client.send(id, 'who am I?');
    const email = 'later@shop.example';
    const contact = await client.identify({ email, authToken: await world.server.sign(email) });
    assert.equal(contact.verification, 'verified');
    await client.send(id, 'that is me');
    assert.equal((await world.seenByAgents(id)).contact.email, email);
    assert.deepEqual(texts(client.state, id), ['who am I?', 'that is me']);
  });

  it('without a valid proof is told so, and goes on with a claim that opens no history', async () => {
    const email = 'victim@shop.example';
    const victim = world.visitor();
    await victim.boot({ email, authToken: await world.server.sign(email) });
    await victim.send(victim.startConversation(), 'my secret');

    const client = world.visitor();
    const errors = heard(client, 'error');
    await client.boot();
    const attempt = client.identify({ email, authToken: '0'.repeat(64) });
    await assert.rejects(attempt, { name: 'ChatError', code: 'invalid_proof' });
    assert.deepEqual(
      errors.map(({ code }) => code),
      ['invalid_proof'],
    );
    assert.equal(client.state.contact?.verification, 'claimed');
    await client.send(client.startConversation(), 'hello all the same');
    assert.equal(client.state.conversations.length, 1);
  });

  it('leaves nothing to the next one', async () => {
    const ada = await world.identity('ada@shop.example');
    const grace = await world.identity('grace@shop.example');
    const client = world.visitor();
    await client.boot(ada);
    const id = client.startConversation();
    await client.send(id, 'Ada’s words');
    await world.answer(id, 'to Ada');
    await stateOf(client, ({ unreadMessages }) => unreadMessages === 1);
    const seen: string[] = [];
    client.subscribe(() => {
      const { contact, conversations, unreadMessages } = client.state;
      if (contact?.email === grace.email) seen.push(`${conversations.length} ${unreadMessages}`);
    });
    await client.identify(grace);
    await stateOf(client, ({ connection }) => connection === 'open');
    assert.deepEqual([...new Set(seen)], ['0 0']);
    assert.deepEqual(client.state.threads, {});
    await assert.rejects(client.open(id), { code: 'not_found' });
  });
});

describe('logging out', { timeout: 60_000 }, () => {
  it('ends the session on the server, and empties the state before it resolves', async () => {
    const identity = await world.identity('out@shop.example');
    const { tokens, createSocket } = tokensSaid();
    const client = await world.booted(identity, { createSocket });
    const id = client.startConversation();
    await client.send(id, 'bye');
    await world.answer(id, 'bye bye');
    await stateOf(client, ({ unreadMessages }) => unreadMessages === 1);
    assert.equal(await world.session('GET', tokens[0]), 200);

    await client.logout();
    const { contact, conversations, threads, unreadMessages, connection } = client.state;
    assert.deepEqual(
      { contact, conversations, threads, unreadMessages },
      {
        ...{ contact: null, conversations: [], threads: {}, unreadMessages: 0 },
      },
    );
    assert.equal(connection, 'idle');
    assert.equal(await world.session('GET', tokens[0]), 401);
  });

  it('rejects what was on its way', async () => {
    const client = await world.booted();
    const id = client.startConversation();
    await client.send(id, 'one');
    await world.server.stop();
    await stateOf(client, ({ connection }) => connection === 'waiting');
    const sending = client.send(id, 'two');
    const loggingOut = client.logout();
    await assert.rejects(sending, { code: 'closed' });
    await assert.rejects(loggingOut, { code: 'offline' });
    assert.deepEqual(client.state.threads, {});
    await world.server.restart();
  });

  it('starts somebody new with the next message', async () => {
    const client = await world.booted();
    await client.send(client.startConversation(), 'one');
    const first = client.state.contact!.id;
    await client.logout();
    await client.send(client.startConversation(), 'two');
    assert.notEqual(client.state.contact!.id, first);
    assert.equal(client.state.conversations.length, 1);
  });

  it('is not what a session that runs out is: the page’s proof is used again', async () => {
    const identity = await world.identity('again@shop.example');
    const { tokens, createSocket } = tokensSaid();
    const clock = { ...deviceClock, now: () => Date.now() + 366 * 24 * 60 * 60 * 1000 };
    const client = await world.booted(identity, { createSocket, clock });
    const id = client.startConversation();
    await client.send(id, 'one');
    // By this client's clock the session is over, and now the server says so too.
    await world.session('DELETE', tokens[0]);
    await stateOf(client, ({ connection }) => connection === 'open' && tokens.length === 2);
    await client.send(id, 'two');
    assert.equal((await world.stored(id)).length, 2);
    assert.equal(client.state.contact?.email, identity.email);
  });

  it('is what it looks like to somebody without a name when the session is revoked elsewhere', async () => {
    const { tokens, createSocket } = tokensSaid();
    const client = await world.booted(undefined, { createSocket });
    await client.send(client.startConversation(), 'one');
    await world.session('DELETE', tokens[0]);
    const state = await stateOf(client, ({ contact }) => contact === null);
    assert.deepEqual(state.conversations, []);
    assert.equal(state.connection, 'idle');
  });

  it('is not what the end of a session is whose visitor the page has named: its proof is used again', async () => {
    const identity = await world.identity('revoked@shop.example');
    const { tokens, createSocket } = tokensSaid();
    const client = await world.booted(identity, { createSocket });
    const id = client.startConversation();
    await client.send(id, 'one');
    const { contact } = client.state;
    const errors = heard(client, 'error');
    await world.session('DELETE', tokens[0]);
    await stateOf(client, ({ connection }) => connection === 'open' && tokens.length === 2);
    await client.send(id, 'two');
    assert.deepEqual([client.state.contact, errors], [contact, []]);
  });
});
