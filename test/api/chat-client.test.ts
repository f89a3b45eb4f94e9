import { expect } from '@open-wc/testing';
import { deviceClock } from '../../src/api/clock.ts';
import type { ConversationPage } from '../../src/api/protocol.ts';
import { everythingKept, forgetEverything, untilKept } from './kept-on-this-device.ts';
import { isLive, stateOf, texts, World } from './world.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

const world = new World();

describe('a visitor who comes back', () => {
  it('is the same anonymous visitor, and finds what was said', async () => {
    const first = await world.booted();
    const id = first.startConversation();
    await first.send(id, 'until tomorrow');
    first.close();

    const second = await world.booted();
    expect(second.state.contact).to.deep.equal(first.state.contact);
    await stateOf(second, isLive);
    await second.open(id);
    expect(texts(second.state, id)).to.deep.equal(['until tomorrow']);
    expect(world.sessionsMade).to.equal(1);
  });

  it('is asked nothing while nobody has written', async () => {
    const client = await world.booted();
    expect(client.state.booted).to.equal(true);
    expect(client.state.contact).to.equal(null);
    expect(client.state.settings).to.not.equal(null);
    expect(world.sessionsMade).to.equal(0);
    expect(localStorage.length).to.equal(0);
  });

  it('with the same e-mail makes no identify request, over ten page loads and as many route changes', async () => {
    const identity = await world.identity('ten@shop.example');
    for (let page = 0; page < 10; page++) {
      const client = await world.booted(identity);
      await client.identify(identity);
      expect(client.state.contact?.verification).to.equal('verified');
      client.close();
    }
    expect(world.sessionsMade).to.equal(1);
  });

  it('is asked again when the session has expired', async () => {
    const identity = await world.identity('expired@shop.example');
    (await world.booted(identity)).close();
    const clock = { ...deviceClock, now: () => Date.now() + 366 * DAY_MS };
    const client = await world.booted(identity, { clock });
    expect(world.sessionsMade).to.equal(2);
    // By this device's clock the new session is over as well. It is used all the same.
    const id = client.startConversation();
    await client.send(id, 'what year is it?');
    expect(await world.stored(id)).to.deep.equal(['what year is it?']);
    expect(world.sessionsMade).to.equal(2);
  });

  it('leaves a hint for the loader while a session is kept, and none after logging out', async () => {
    const client = await world.booted();
    await client.send(client.startConversation(), 'hello');
    expect(localStorage.getItem(`chat-widget:${world.server.inbox}`)).to.equal('1');
    await client.logout();
    expect(localStorage.length).to.equal(0);
    expect(await everythingKept()).to.equal('[[],[],{}]');
  });
});

describe('a page that is put aside and comes back', () => {
  const goes = (type: 'pagehide' | 'pageshow') =>
    window.dispatchEvent(new PageTransitionEvent(type, { persisted: true }));

  it('has what was said meanwhile, and sends what was written meanwhile', async () => {
    const client = await world.booted();
    const id = client.startConversation();
    await client.send(id, 'one');
    goes('pagehide');
    expect(client.state.connection).to.equal('idle');
    await world.server.agent.answer(id, 'two');
    goes('pageshow');
    await stateOf(client, (state) => texts(state, id).length === 2);
    goes('pagehide');
    const sent = client.send(id, 'three');
    goes('pageshow');
    await sent;
    expect(await world.stored(id)).to.deep.equal(['one', 'two', 'three']);
    expect(client.state.unreadMessages).to.equal(1);
  });
});

describe('when a session begins', () => {
  it('is at load with session="auto"', async () => {
    const client = await world.booted(undefined, { session: 'auto' });
    const { contact } = await stateOf(client, isLive);
    expect(contact?.verification).to.equal('anonymous');
    expect(world.sessionsMade).to.equal(1);
  });

  it('is said by the page with session="manual", also for a session that is kept', async () => {
    const first = await world.booted(undefined, { session: 'manual' });
    expect(world.sessionsMade).to.equal(0);
    const contact = await first.startSession();
    await stateOf(first, isLive);
    first.close();

    const second = await world.booted(undefined, { session: 'manual' });
    expect(second.state.contact).to.equal(null);
    expect(second.state.connection).to.equal('idle');
    expect(await second.startSession()).to.deep.equal(contact);
    expect(world.sessionsMade).to.equal(1);
  });
});

describe('the next person on this device', () => {
  it('never sees anything of the one before [hostile 35]', async () => {
    const ada = await world.booted(await world.identity('ada@shop.example'));
    const id = ada.startConversation();
    await ada.send(id, 'Ada’s words');
    ada.close();

    const grace = world.page();
    const seen = new Set<string>();
    grace.subscribe(() => seen.add(`${grace.state.contact?.email} ${grace.state.conversations.length}`));
    await grace.boot(await world.identity('grace@shop.example'));
    await stateOf(grace, isLive);
    expect([...seen].filter((each) => each.includes('ada@'))).to.deep.equal([]);
    expect([...seen].filter((each) => !each.endsWith(' 0'))).to.deep.equal([]);
    expect(await everythingKept()).to.not.include('ada@shop.example');
  });

  it('on a page without an identity is a new anonymous visitor', async () => {
    const ada = await world.booted(await world.identity('ada@shop.example'));
    await ada.send(ada.startConversation(), 'Ada’s words');
    ada.close();
    const somebody = await world.booted();
    expect(somebody.state.contact).to.equal(null);
    await somebody.send(somebody.startConversation(), 'hello');
    expect(somebody.state.contact?.verification).to.equal('anonymous');
    expect(somebody.state.conversations).to.have.length(1);
  });

  it('neither sends nor sees what the one before left unsent; that one does, later [hostile 41]', async () => {
    const adaIdentity = await world.identity('ada2@shop.example');
    const ada = await world.booted(adaIdentity);
    const id = ada.startConversation();
    await ada.send(id, 'one');
    await world.server.kill();
    await stateOf(ada, ({ connection }) => connection === 'waiting');
    void ada.send(id, 'two, unsent').catch(() => {});
    await stateOf(ada, (state) => state.threads[id].pending.length === 1);
    // Closed only when it is on disk.
    await untilKept('two, unsent');
    ada.close();
    await world.server.restart();

    const grace = await world.booted(await world.identity('grace2@shop.example'));
    await stateOf(grace, isLive);
    await grace.send(grace.startConversation(), 'Grace’s words');
    expect(grace.state.threads[id]).to.equal(undefined);
    expect(await world.stored(id)).to.deep.equal(['one']);
    grace.close();

    const again = await world.booted(adaIdentity);
    await stateOf(again, isLive);
    await again.open(id);
    await stateOf(again, (state) => texts(state, id).length === 2);
    expect(await world.stored(id)).to.deep.equal(['one', 'two, unsent']);
  });

  it('sends nothing that the one before left unsent on the same page, not even what begins a conversation [hostile 41]', async () => {
    const [ada, grace] = [await world.identity('ada4@shop.example'), await world.identity('grace4@shop.example')];
    const page = await world.booted(ada);
    await stateOf(page, isLive);
    await world.server.kill();
    await stateOf(page, ({ connection }) => connection === 'waiting');
    const id = page.startConversation();
    void page.send(id, 'Ada’s first words').catch(() => {});
    await untilKept('Ada’s first words');
    const why = await page.identify(grace).catch(({ code }: { code: string }) => code);
    expect([why, page.state.contact, page.state.threads]).to.deep.equal(['offline', null, {}]);
    await world.server.restart();
    await stateOf(page, (state) => isLive(state) && state.contact?.email === 'grace4@shop.example');
    await page.send(page.startConversation(), 'Grace’s words');
    expect(page.state.conversations).to.have.length(1);
    expect((await world.server.request('GET', `/v1/conversations/${id}`)).status).to.equal(404);

    await page.identify(ada);
    await stateOf(page, ({ conversations }) => conversations[0]?.lastMessage?.text === 'Ada’s first words');
    expect(await world.stored(id)).to.deep.equal(['Ada’s first words']);
  });
});

describe('a client that is closed', () => {
  it('lets go of its database, its socket and everything that it waited for', async () => {
    const sockets: WebSocket[] = [];
    const createSocket = (url: string) => {
      sockets.push(new WebSocket(url));
      return sockets.at(-1)!;
    };
    const client = await world.booted(undefined, { createSocket });
    const id = client.startConversation();
    await client.send(id, 'one');
    const closed = new Promise((resolve) => sockets[0].addEventListener('close', resolve));
    client.close();
    await forgetEverything();
    await closed;
    const { body } = await world.server.request<ConversationPage>('GET', '/v1/conversations?limit=1');
    expect(body.conversations[0].id).to.equal(id);
    let code = '';
    await client.send(id, 'two').catch((error: { code: string }) => (code = error.code));
    expect(code).to.equal('closed');
  });
});
