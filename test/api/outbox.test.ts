import { expect } from '@open-wc/testing';
import { deviceClock } from '../../src/api/clock.ts';
import type { ChatClient, Identity } from '../../src/api/chat-client.ts';
import { DeviceStorage } from '../../src/api/device-storage.ts';
import { Outbox } from '../../src/api/outbox.ts';
import { until } from '../support/until.ts';
import { everythingKept, forgetEverything, untilForgotten, untilKept } from './kept-on-this-device.ts';
import { stateOf, World } from './world.ts';

const world = new World();

const DAY_MS = 24 * 60 * 60 * 1_000;

/** Writes while the server is away, and leaves. */
async function leaveUnsent(...unsent: string[]): Promise<string> {
  return leaveUnsentAs(undefined, ...unsent);
}

async function leaveUnsentAs(identity: Identity | undefined, ...unsent: string[]): Promise<string> {
  return leave(await world.booted(identity), ...unsent);
}

async function leave(client: ChatClient, ...unsent: string[]): Promise<string> {
  const id = client.startConversation();
  await client.send(id, 'sent');
  await world.server.kill();
  await stateOf(client, ({ connection }) => connection === 'waiting');
  for (const text of unsent) void client.send(id, text).catch(() => {});
  await untilKept(...unsent);
  client.close();
  return id;
}

describe('what is about to be sent', () => {
  it('is on the disk first, flushed: not even a power cut takes it', async () => {
    const steps: string[] = [];
    const put = Object.getOwnPropertyDescriptor(IDBObjectStore.prototype, 'put')!;
    IDBObjectStore.prototype.put = function (this: IDBObjectStore, ...what) {
      const { transaction } = this;
      if ((what[0] as { text?: string }).text === 'precious') {
        transaction.addEventListener('complete', () => steps.push(`kept, ${transaction.durability}`));
      }
      return (put.value as typeof this.put).apply(this, what);
    };
    const createSocket = (url: string) => {
      const socket = new WebSocket(url);
      const send = socket.send.bind(socket);
      socket.send = (data) => {
        if ((JSON.parse(data as string) as { text?: string }).text === 'precious') steps.push('sent');
        send(data);
      };
      return socket;
    };
    try {
      const client = await world.booted(undefined, { createSocket });
      const id = client.startConversation();
      await client.send(id, 'one');
      await client.send(id, 'precious');
      expect(steps).to.deep.equal(['kept, strict', 'sent']);
    } finally {
      Object.defineProperty(IDBObjectStore.prototype, 'put', put);
    }
  });
});

describe('what is unsent when the page goes', () => {
  it('is on the screen as pending on the next page, and sent as soon as there is a connection', async () => {
    const id = await leaveUnsent('first', 'second', 'third');
    const offline = await world.booted();
    expect(offline.state.threads[id].pending.map(({ text, status }) => [text, status])).to.deep.equal([
      ['first', 'pending'],
      ['second', 'pending'],
      ['third', 'pending'],
    ]);
    offline.close();
    await world.server.restart();
    const online = await world.booted();
    await stateOf(online, ({ threads }) => threads[id]?.pending.length === 0);
    expect(await world.stored(id)).to.deep.equal(['sent', 'first', 'second', 'third']);
    expect(await everythingKept()).to.not.include('second');
  });

  it('is sent after weeks, and after a session that has run out meanwhile', async () => {
    const ada = await world.identity('away@shop.example');
    for (const [identity, days] of [[undefined, 20] as const, [ada, 366] as const]) {
      const id = await leaveUnsentAs(identity, 'first', 'second');
      await world.server.restart();
      const clock = { ...deviceClock, now: () => Date.now() + days * DAY_MS };
      const client = await world.booted(identity, { clock });
      await stateOf(client, ({ threads }) => threads[id]?.pending.length === 0);
      expect(await world.stored(id)).to.deep.equal(['sent', 'first', 'second']);
      client.close();
    }
  });

  it('is sent in a new session when the server knows the old one no more', async () => {
    const left = await world.booted();
    const id = await leave(left, 'first', 'second');
    await world.server.restart();
    await world.endSession(left.token()!);
    const client = await world.booted();
    await stateOf(client, ({ conversations }) => conversations[0]?.lastSeq === 2);
    const { conversations, threads } = await stateOf(client, (state) => !state.threads[id]);
    expect(conversations).to.have.length(1);
    expect(await world.stored(id)).to.deep.equal(['sent']);
    expect(await world.stored(conversations[0].id)).to.deep.equal(['first', 'second']);
    expect(threads[conversations[0].id].pending).to.deep.equal([]);
    await untilForgotten('first');
  });

  it('is sent by one of two tabs only', async () => {
    const id = await leaveUnsent('first', 'second', 'third');
    await world.server.restart();
    const sent: string[] = [];
    const createSocket = (url: string) => {
      const socket = new WebSocket(url);
      const send = socket.send.bind(socket);
      socket.send = (data) => {
        const frame = JSON.parse(data as string) as { type: string; text?: string };
        if (frame.type === 'send') sent.push(frame.text!);
        send(data);
      };
      return socket;
    };
    const tabs = await Promise.all([
      world.booted(undefined, { createSocket }),
      world.booted(undefined, { createSocket }),
    ]);
    for (const tab of tabs) {
      await stateOf(tab, ({ threads }) => (threads[id]?.pending.length ?? 0) === 0);
    }
    expect(sent).to.deep.equal(['first', 'second', 'third']);
    expect(await world.stored(id)).to.deep.equal(['sent', 'first', 'second', 'third']);
  });

  it('stays as failed when the server has refused it, until a person decides', async () => {
    const unknown = '0190a000-0000-7000-8000-000000000002';
    const first = await world.booted();
    let refusal = '';
    await first.send(unknown, 'nowhere to go').catch(({ code }: { code: string }) => (refusal = code));
    expect(refusal).to.equal('not_found');
    await untilKept('failed');
    first.close();

    const second = await world.booted();
    const [failed] = second.state.threads[unknown].pending;
    expect([failed?.text, failed?.status]).to.deep.equal(['nowhere to go', 'failed']);
    second.discard(failed.clientId);
    expect(second.state.threads[unknown].pending).to.deep.equal([]);
    await untilForgotten('nowhere to go');
  });

  it('goes along when an anonymous visitor turns out to be somebody', async () => {
    const id = await leaveUnsent('unsent');
    await world.server.restart();
    const client = await world.booted(await world.identity('somebody@shop.example'));
    expect(client.state.contact?.verification).to.equal('verified');
    await stateOf(client, ({ threads }) => threads[id]?.pending.length === 0);
    expect(await world.stored(id)).to.deep.equal(['sent', 'unsent']);
  });
});

describe('what one tab has taken over from another', () => {
  it('is not sent any more when it was discarded there while there was no connection', async () => {
    const end = new AbortController();
    const { signal } = end;
    /** A tab's outbox, and what it has sent and lost. */
    const tab = async () => {
      const events: string[] = [];
      const outbox = new Outbox({
        ...{ clock: deviceClock, signal, scope: 'chat-widget shop' },
        storage: new DeviceStorage({ signal, onFailure: (cause) => events.push(String(cause)) }),
        transmit: ({ text }) => events.push(`sent ${text}`) > 0,
        wake: () => {},
        onFound: ({ text }) => events.push(`found ${text}`),
        onGone: ({ text }) => events.push(`gone ${text}`),
      });
      await outbox.setOwner('ada', false);
      return { outbox, events };
    };
    try {
      const [one, two] = [await tab(), await tab()];
      const message = { conversationId: 'chat', clientId: '1', text: 'hello', at: 0, status: 'pending' } as const;
      await one.outbox.add(message);
      await until(() => two.events.length === 1, 'the other tab has not found it');
      two.outbox.resume();
      await until(() => two.events.length === 2, 'the other tab has not sent it');
      two.outbox.pause();
      one.outbox.settle('1');
      await until(() => two.events.length === 3, 'the other tab still shows it');
      two.outbox.resume();
      await two.outbox.add({ ...message, clientId: '2', text: 'something else' });
      expect(two.events).to.deep.equal(['found hello', 'sent hello', 'gone hello', 'sent something else']);
    } finally {
      end.abort();
      await forgetEverything();
    }
  });
});

describe('a device that keeps less', () => {
  it('keeps nothing with persist="none"', async () => {
    const client = await world.booted(await world.identity('none@shop.example'), { persist: 'none' });
    await client.send(client.startConversation(), 'one');
    expect(await everythingKept()).to.equal('{}');
  });

  it('keeps an anonymous session but no identified one with persist="anonymous"', async () => {
    const first = await world.booted(undefined, { persist: 'anonymous' });
    await first.send(first.startConversation(), 'one');
    expect(await everythingKept()).to.include(first.state.contact!.id);
    await first.identify(await world.identity('memory@shop.example'));
    const kept = await everythingKept();
    expect(kept).to.not.include('memory@shop.example');
    expect(kept).to.not.include('token');
    expect(localStorage.length).to.equal(0);
  });

  it('works all the same without IndexedDB, and says once that nothing is kept [hostile 75]', async () => {
    const descriptor = Object.getOwnPropertyDescriptor(IDBFactory.prototype, 'open')!;
    IDBFactory.prototype.open = () => {
      throw new DOMException('not here', 'SecurityError');
    };
    try {
      const client = world.page();
      const errors: string[] = [];
      client.on('error', ({ code }) => errors.push(code));
      await client.boot();
      const id = client.startConversation();
      await client.send(id, 'one');
      await client.send(id, 'two');
      expect(errors).to.deep.equal(['not_saved']);
      expect(await world.stored(id)).to.deep.equal(['one', 'two']);
      await client.logout();
      expect(client.state.contact).to.equal(null);
    } finally {
      Object.defineProperty(IDBFactory.prototype, 'open', descriptor);
    }
  });

  it('works all the same when the disk is full [hostile 75]', async () => {
    const descriptor = Object.getOwnPropertyDescriptor(IDBObjectStore.prototype, 'put')!;
    IDBObjectStore.prototype.put = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
    try {
      const client = world.page();
      const errors: string[] = [];
      client.on('error', ({ code }) => errors.push(code));
      await client.boot();
      const id = client.startConversation();
      await client.send(id, 'one');
      expect(errors).to.deep.equal(['not_saved']);
      expect(await world.stored(id)).to.deep.equal(['one']);
    } finally {
      Object.defineProperty(IDBObjectStore.prototype, 'put', descriptor);
    }
  });

  it('works on when its data are cleared while it runs, and says so once [hostile 75]', async () => {
    const client = await world.booted();
    const errors: string[] = [];
    client.on('error', ({ code }) => errors.push(code));
    const id = client.startConversation();
    await client.send(id, 'one');
    await forgetEverything();
    await client.send(id, 'two');
    await forgetEverything();
    await client.send(id, 'three');
    expect(await world.stored(id)).to.deep.equal(['one', 'two', 'three']);
    expect(errors).to.deep.equal(['not_saved']);
  });

  it('sends what is on the screen although its data were cleared meanwhile [hostile 75]', async () => {
    const id = await leaveUnsent('first', 'second');
    const client = await world.booted();
    const shown = () => client.state.threads[id].pending.map(({ text }) => text);
    expect(shown()).to.deep.equal(['first', 'second']);
    await forgetEverything();
    await world.server.restart();
    await stateOf(client, ({ threads }) => threads[id].pending.length < 2);
    await stateOf(client, ({ threads }) => threads[id].pending.length === 0);
    expect(await world.stored(id)).to.deep.equal(['sent', 'first', 'second']);
  });
});
