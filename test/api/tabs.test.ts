import { expect } from '@open-wc/testing';
import type { ChatClient } from '../../src/api/chat-client.ts';
import { deviceClock } from '../../src/api/clock.ts';
import type { ChatState } from '../../src/api/chat-state.ts';
import { OTHERS_MS } from '../../src/api/outbox.ts';
import { until } from '../support/until.ts';
import { FrameSocket } from './frame-socket.ts';
import { everythingKept, untilForgotten, untilKept } from './kept-on-this-device.ts';
import { isLive, stateOf, texts, World } from './world.ts';

const world = new World();

/** A tab that cannot talk to others. */
function mute(): ChatClient {
  const { BroadcastChannel } = window;
  window.BroadcastChannel = class {
    constructor() {
      throw new DOMException('refused', 'SecurityError');
    }
  } as unknown as typeof BroadcastChannel;
  const client = world.page();
  window.BroadcastChannel = BroadcastChannel;
  return client;
}

describe('two tabs', () => {
  it('of one visitor show what is written in either', async () => {
    const [one, two] = [await world.booted(), await world.booted()];
    const id = one.startConversation();
    await one.send(id, 'from one');
    // The second tab had no session: it takes the first one's.
    await stateOf(two, ({ conversations }) => conversations.length === 1);
    await two.open(id);
    await two.send(id, 'from two');
    await stateOf(one, (state) => texts(state, id).length === 2);
    expect(texts(one.state, id)).to.deep.equal(['from one', 'from two']);
    expect(texts(two.state, id)).to.deep.equal(['from one', 'from two']);
    expect(one.state.contact).to.deep.equal(two.state.contact);
    expect(world.sessionsMade).to.equal(1);
  });

  it('that write their first message at the same time are one visitor', async () => {
    const [one, two] = [await world.booted(), await world.booted()];
    await Promise.all([one.send(one.startConversation(), 'one'), two.send(two.startConversation(), 'two')]);
    await stateOf(one, ({ conversations }) => conversations.length === 2);
    await stateOf(two, ({ conversations }) => conversations.length === 2);
    expect(world.sessionsMade).to.equal(1);
  });

  it('send what a third one has kept and cannot send: it is dead, or frozen, or has no connection', async () => {
    const looks: (() => void)[] = [];
    const after = (ms: number, run: () => void) =>
      ms === OTHERS_MS ? (looks.push(run), () => {}) : deviceClock.after(ms, run);
    const living = await world.booted(undefined, { clock: { ...deviceClock, after } });
    const id = living.startConversation();
    await living.send(id, 'one');
    for (const fate of ['dead', 'frozen']) {
      const tab = await world.booted(undefined, { createSocket: (url) => new FrameSocket(url).asWebSocket });
      tab.send(id, `from a ${fate} tab`).catch(() => {});
      await untilKept(fate);
      if (fate === 'dead') tab.close();
      await until(() => looks.length > 0, 'the living tab has not heard of it');
      looks.shift()!();
      await stateOf(living, (state) => texts(state, id).at(-1) === `from a ${fate} tab`);
      await untilForgotten(fate);
    }
    expect(await world.stored(id)).to.deep.equal(['one', 'from a dead tab', 'from a frozen tab']);
  });

  it('send what a dead one has kept also where they are hidden and have let their sockets go, if need be', async () => {
    const looks: (() => void)[] = [];
    const after = (ms: number, run: () => void) =>
      ms === OTHERS_MS ? (looks.push(run), () => {}) : deviceClock.after(ms, run);
    const hidden = await world.booted(undefined, { clock: { ...deviceClock, after } });
    const id = hidden.startConversation();
    await hidden.send(id, 'one');
    const living = await world.booted();
    await stateOf(living, isLive);
    const connections: string[] = [];
    hidden.subscribe(() => connections.push(hidden.state.connection));
    // What a hidden tab hears that the browser is about to freeze.
    document.dispatchEvent(new Event('freeze'));
    living.reconnect();

    await living.send(id, 'from a living tab');
    await untilForgotten('from a living tab');
    await until(() => looks.length > 0, 'the hidden tab has not heard of it');
    looks.shift()!();
    await untilForgotten('unsent');

    const dead = await world.booted(undefined, { createSocket: (url) => new FrameSocket(url).asWebSocket });
    dead.send(id, 'from a dead tab').catch(() => {});
    await untilKept('dead');
    living.close();
    dead.close();
    await until(() => looks.length > 0, 'the hidden tab has not heard of it');
    expect(new Set(connections)).to.deep.equal(new Set(['idle']));
    looks.shift()!();
    await stateOf(hidden, ({ conversations }) => conversations[0]?.lastSeq === 3);
    expect(await world.stored(id)).to.deep.equal(['one', 'from a living tab', 'from a dead tab']);
    await untilForgotten('dead');
  });

  it('show each other’s unsent messages while there is no connection', async () => {
    const [one, two] = [await world.booted(), await world.booted()];
    const id = one.startConversation();
    await one.send(id, 'sent');
    await stateOf(two, isLive);
    await two.open(id);
    await world.server.kill();
    for (const each of [one, two]) await stateOf(each, ({ connection }) => connection === 'waiting');
    const waiting = (state: ChatState) => state.threads[id].pending.map(({ text }) => text).join();
    const sending = one.send(id, 'first');
    one.send(id, 'second').catch(() => {});
    await stateOf(two, (state) => waiting(state) === 'first,second');
    one.discard(one.state.threads[id].pending[1].clientId);
    await stateOf(two, (state) => waiting(state) === 'first');
    await world.server.restart();
    await sending;
    for (const each of [one, two]) await stateOf(each, (state) => texts(state, id).length === 2 && !waiting(state));
    expect(await world.stored(id)).to.deep.equal(['sent', 'first']);
  });

  it('go on together when the server has deleted the session: nothing unsent or half written is lost', async () => {
    let isCut = false;
    const sockets: WebSocket[] = [];
    const createSocket = (url: string) => {
      if (isCut) throw new Error('There is no way.');
      return sockets[sockets.push(new WebSocket(url)) - 1];
    };
    const tabs = [await world.booted(undefined, { createSocket }), await world.booted(undefined, { createSocket })];
    const [one, two] = tabs;
    const id = one.startConversation();
    await one.send(id, 'sent');
    await stateOf(two, isLive);
    await two.open(id);
    isCut = true;
    for (const each of sockets) each.close();
    for (const each of tabs) await stateOf(each, ({ connection }) => connection === 'waiting');
    const unsent = ['first', 'second'].map((text) => one.send(id, text)).concat(two.send(id, 'third'));
    two.drafts.set('', 'half a sentence');
    await untilKept('first', 'second', 'third', 'half a sentence');
    await world.endSession(one.token()!);
    isCut = false;
    for (const each of tabs) each.reconnect();
    const [{ conversationId }] = await Promise.all(unsent);
    for (const each of tabs) {
      const isSent = ({ threads }: ChatState) => Object.values(threads).every(({ pending }) => pending.length === 0);
      const isThere = (state: ChatState) => isLive(state) && state.conversations[0]?.lastSeq === 3 && isSent(state);
      expect((await stateOf(each, isThere)).conversations).to.have.length(1);
    }
    expect((await world.stored(conversationId)).sort()).to.deep.equal(['first', 'second', 'third']);
    expect(one.state.contact).to.deep.equal(two.state.contact);
    expect(two.drafts.get('')).to.equal('half a sentence');
    expect(world.sessionsMade).to.equal(2);
  });

  it('ask once who the visitor is', async () => {
    const identity = await world.identity('tabs@shop.example');
    const [one, two] = await Promise.all([world.booted(identity), world.booted(identity)]);
    expect(one.state.contact).to.deep.equal(two.state.contact);
    expect(world.sessionsMade).to.equal(1);
  });

  it('sign in together', async () => {
    const [one, two] = [await world.booted(), await world.booted()];
    const id = one.startConversation();
    await one.send(id, 'anonymous');
    await stateOf(two, isLive);
    await one.identify(await world.identity('together@shop.example'));
    const { contact } = await stateOf(two, (state) => state.contact?.verification === 'verified');
    expect(contact?.email).to.equal('together@shop.example');
    await stateOf(two, (state) => state.connection === 'open' && state.conversations.length === 1);
    await two.send(id, 'from the other tab');
    await stateOf(one, (state) => texts(state, id).length === 2);
  });

  it('sign in together where tabs cannot talk: the server tells, and nothing that is half written is lost', async () => {
    const one = await world.booted();
    const id = one.startConversation();
    await one.send(id, 'anonymous');
    const two = mute();
    await two.boot();
    await stateOf(two, isLive);
    two.drafts.set('', 'half a sentence');
    await untilKept('half a sentence');
    await one.identify(await world.identity('quietly@shop.example'));
    const { contact, person } = await stateOf(two, (state) => state.contact?.verification === 'verified');
    expect([contact?.email, person, two.drafts.get('')]).to.deep.equal(['quietly@shop.example', 0, 'half a sentence']);
    await stateOf(two, (state) => isLive(state) && state.conversations.length === 1);
    await two.send(id, 'from the other tab');
    expect(await world.stored(id)).to.deep.equal(['anonymous', 'from the other tab']);
  });

  it('that sign in as two people end as one of them, and nothing is mixed [hostile 41]', async () => {
    const [ada, grace] = [await world.identity('ada3@shop.example'), await world.identity('grace3@shop.example')];
    const [one, two] = [await world.booted(), await world.booted()];
    await Promise.all([one.identify(ada), two.identify(grace)]);
    const emails = () => [one.state.contact?.email, two.state.contact?.email];
    await stateOf(one, () => emails()[0] === emails()[1]);
    await stateOf(one, isLive);
    await stateOf(two, isLive);
    await one.send(one.startConversation(), 'who am I?');
    await stateOf(two, ({ conversations }) => conversations.length === 1);
    expect(emails()[0]).to.equal(emails()[1]);
    expect(await everythingKept()).to.include(emails()[0]!);
  });

  it('sign out together [hostile 41]', async () => {
    const identity = await world.identity('bye@shop.example');
    const [one, two] = await Promise.all([world.booted(identity), world.booted(identity)]);
    const id = one.startConversation();
    await one.send(id, 'one');
    await stateOf(two, ({ conversations }) => conversations.length === 1);
    await one.logout();
    const state = await stateOf(two, ({ contact }) => contact === null);
    expect(state.conversations).to.deep.equal([]);
    expect(state.unreadMessages).to.equal(0);
    expect(await everythingKept()).to.not.include('bye@shop.example');
  });

  it('sign out together, also one that the server cannot tell: its socket rests, or is cut [hostile 41]', async () => {
    const identity = await world.identity('cut@shop.example');
    const createSocket = (url: string) => new WebSocket(url.replace(/\/socket$/, '/nowhere'));
    const [one, cut] = [await world.booted(identity), await world.booted(identity, { createSocket })];
    expect(cut.state.contact).to.deep.equal(one.state.contact);
    await one.logout();
    const { connection } = await stateOf(cut, ({ contact }) => contact === null);
    expect(connection).to.not.equal('open');
  });

  it('sign out together where tabs cannot talk: the server tells, and nobody is signed in again by their proof [hostile 41]', async () => {
    const identity = await world.identity('mute@shop.example');
    const one = await world.booted(identity);
    const two = mute();
    await two.boot(identity);
    const id = two.startConversation();
    await two.send(id, 'one');
    await one.logout();
    await stateOf(two, ({ contact }) => contact === null);
    await two.send(two.startConversation(), 'two');
    expect(two.state.contact?.verification).to.equal('anonymous');
    expect(two.state.conversations).to.have.length(1);
  });
});
