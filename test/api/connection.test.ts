import { expect } from '@open-wc/testing';
import { ChatError } from '../../src/api/chat-error.ts';
import { backOffMs, Connection, mayRetry, type ConnectionOptions } from '../../src/api/connection.ts';
import { CloseCode, LIMITS, type ServerFrame } from '../../src/api/protocol.ts';
import { FrameSocket, welcome } from './frame-socket.ts';
import { MovedClock, settled } from './moved-clock.ts';

function setup(options: Partial<ConnectionOptions> = {}) {
  const clock = new MovedClock();
  const abort = new AbortController();
  const sockets: FrameSocket[] = [];
  const statuses: string[] = [];
  const frames: ServerFrame[] = [];
  const refusals: ChatError[] = [];
  const connection = new Connection({
    url: 'ws://chat.test/socket',
    clock,
    signal: abort.signal,
    createSocket: (url) => {
      sockets.push(new FrameSocket(url));
      return sockets.at(-1)!.asWebSocket;
    },
    hello: () => Promise.resolve({ type: 'hello', version: 1 }),
    onFrame: (frame) => frames.push(frame),
    onStatus: (status) => statuses.push(status),
    onRefused: (reason) => refusals.push(reason),
    ...options,
  });
  /** Connects up to the welcome. */
  const reach = async () => {
    await settled();
    const socket = sockets.at(-1)!;
    socket.open();
    socket.says(welcome);
    return socket;
  };
  return { clock, abort, sockets, statuses, frames, refusals, connection, reach };
}

/** Shows or hides the page, as far as scripts can tell. */
function show(visibilityState: DocumentVisibilityState) {
  Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => visibilityState });
  document.dispatchEvent(new Event('visibilitychange'));
}

afterEach(() => {
  Reflect.deleteProperty(document, 'visibilityState');
});

describe('connection', () => {
  it('connects when started, says hello first, and is open when welcomed', async () => {
    const { connection, sockets, statuses, reach } = setup();
    expect(sockets).to.have.length(0);
    connection.start();
    const socket = await reach();
    expect(socket.sent).to.deep.equal([{ type: 'hello', version: 1 }]);
    expect(statuses).to.deep.equal(['connecting', 'open']);
  });

  it('sends nothing before it is welcomed, and says so', async () => {
    const { connection, sockets, reach } = setup();
    connection.start();
    await settled();
    sockets[0].open();
    expect(connection.send({ type: 'pong' })).to.equal(false);
    await reach();
    expect(connection.send({ type: 'pong' })).to.equal(true);
  });

  it('answers ping, and does not bother anybody with it', async () => {
    const { connection, frames, reach } = setup();
    connection.start();
    const socket = await reach();
    socket.says({ type: 'ping' });
    expect(socket.sent.at(-1)).to.deep.equal({ type: 'pong' });
    expect(frames).to.deep.equal([welcome]);
  });

  it('takes a new socket as soon as a ping tells of more than has come', async () => {
    const { connection, statuses, sockets, reach } = setup();
    connection.start();
    const socket = await reach();
    socket.says({ type: 'settings', settings: {} as never });
    socket.says({ type: 'ping', sent: 2 });
    socket.says({ type: 'ping', sent: 0 });
    expect(sockets).to.have.length(1);
    socket.says({ type: 'ping', sent: 1 });
    expect(socket.closed).to.equal(true);
    const next = await reach();
    expect(sockets).to.have.length(2);
    expect(statuses).to.deep.equal(['connecting', 'open', 'connecting', 'open']);
    next.says({ type: 'ping', sent: 1 });
    expect(next.closed).to.equal(false);
  });

  it('survives what is no JSON', async () => {
    const { connection, frames, reach } = setup();
    connection.start();
    const socket = await reach();
    socket.dispatchEvent(new MessageEvent('message', { data: '<html>' }));
    expect(frames).to.deep.equal([welcome]);
    expect(connection.status).to.equal('open');
  });

  it('comes back after a loss, with a new hello', async () => {
    const { connection, clock, sockets, statuses, reach } = setup();
    connection.start();
    (await reach()).ends();
    expect(connection.status).to.equal('waiting');
    await clock.move(500);
    await reach();
    expect(sockets).to.have.length(2);
    expect(statuses).to.deep.equal(['connecting', 'open', 'waiting', 'open']);
  });

  it('is waiting from the first failure until it is open, however long an attempt hangs', async () => {
    const { connection, clock, sockets, statuses, reach } = setup();
    connection.start();
    (await reach()).ends();
    await clock.move(500);
    await clock.move(10_000);
    expect(sockets.length).to.be.at.least(2);
    expect(statuses).to.deep.equal(['connecting', 'open', 'waiting']);
    await clock.move(1_000);
    await reach();
    expect(statuses).to.deep.equal(['connecting', 'open', 'waiting', 'open']);
  });

  it('does not give an attempt up that is under way when the page is looked at again', async () => {
    const { connection, clock, sockets, reach } = setup();
    connection.start();
    (await reach()).ends();
    await clock.move(500);
    show('visible');
    await settled();
    expect(sockets).to.have.length(2);
    expect(sockets[1].closed).to.equal(false);
  });

  for (const moment of ['open', 'connecting'] as const) {
    it(`is waiting as soon as the network goes while it is ${moment}, and tries all the same`, async () => {
      const { connection, clock, sockets, reach } = setup();
      connection.start();
      await settled();
      if (moment === 'open') await reach();
      expect(connection.status).to.equal(moment);
      window.dispatchEvent(new Event('offline'));
      expect(connection.status).to.equal('waiting');
      expect(sockets[0].closed).to.equal(true);
      await clock.move(500);
      expect(sockets).to.have.length(2);
      await reach();
      expect(connection.status).to.equal('open');
    });
  }

  it('waits longer with each failure in a row, and starts afresh only when welcomed', async () => {
    const { connection, clock, sockets, reach } = setup();
    const waits: number[] = [];
    connection.start();
    for (let failures = 0; failures < 8; failures++) {
      await settled();
      sockets.at(-1)!.open();
      sockets.at(-1)!.ends();
      waits.push(clock.waits[0]);
      await clock.move(clock.waits[0]);
    }
    waits.forEach((wait, failures) => expect(wait).to.be.at.most(Math.min(30_000, 500 * 2 ** failures)));
    await reach();
    sockets.at(-1)!.ends();
    expect(clock.waits[0]).to.be.at.most(500);
  });

  it('gives a socket up that stays silent for two heartbeats', async () => {
    const { connection, clock, sockets, reach } = setup();
    connection.start();
    const socket = await reach();
    await clock.move(1.5 * LIMITS.heartbeatMs);
    socket.says({ type: 'ping' });
    await clock.move(1.5 * LIMITS.heartbeatMs);
    expect(connection.status).to.equal('open');
    await clock.move(0.5 * LIMITS.heartbeatMs);
    expect(socket.closed).to.equal(true);
    expect(connection.status).to.equal('waiting');
    await clock.move(500);
    expect(sockets).to.have.length(2);
  });

  it('gives a socket up that never welcomes', async () => {
    const { connection, clock, sockets } = setup();
    connection.start();
    await settled();
    sockets[0].open();
    await clock.move(10_000);
    expect(sockets[0].closed).to.equal(true);
    expect(connection.status).to.equal('waiting');
  });

  it('does not listen to a socket that it has given up', async () => {
    const { connection, clock, sockets, frames, reach } = setup();
    connection.start();
    const old = await reach();
    await clock.move(2 * LIMITS.heartbeatMs + 500);
    await reach();
    const heard = frames.length;
    old.says({ type: 'error', code: 'internal', message: 'late' });
    old.ends(CloseCode.signedOut);
    expect(frames).to.have.length(heard);
    expect(connection.status).to.equal('open');
    expect(sockets).to.have.length(2);
  });

  for (const [code, reason] of [
    [CloseCode.tooLarge, 'too_large'],
    [CloseCode.badFrame, 'bad_request'],
    [CloseCode.signedOut, 'unauthorized'],
    [CloseCode.refused, 'forbidden'],
    [CloseCode.noSuchInbox, 'not_found'],
    [4499, 'bad_request'],
  ] as const) {
    it(`stays away after close code ${code}: ${reason}`, async () => {
      const { connection, clock, sockets, refusals, reach } = setup();
      connection.start();
      (await reach()).ends(code);
      expect(connection.status).to.equal('closed');
      expect(refusals.map((error) => error.code)).to.deep.equal([reason]);
      await clock.move(3_600_000);
      expect(sockets).to.have.length(1);
    });
  }

  for (const code of [1000, 1001, 1006, CloseCode.restart, CloseCode.tryLater, CloseCode.tooSlow, 4500]) {
    it(`comes back after close code ${code}`, async () => {
      const { connection, clock, sockets, reach } = setup();
      connection.start();
      (await reach()).ends(code);
      await clock.move(5_000);
      expect(sockets).to.have.length(2);
    });
  }

  it('tries again when hello fails for now, not before the time that was named, and stays away when it fails for good', async () => {
    const answers = [new ChatError('rate_limited', 'later', { retryAfterMs: 8_000 }), new ChatError('forbidden', 'no')];
    const { connection, clock, sockets, refusals } = setup({ hello: () => Promise.reject(answers.shift()!) });
    connection.start();
    await settled();
    expect(connection.status).to.equal('waiting');
    await clock.move(7_999);
    expect(answers).to.have.length(1);
    await clock.move(1);
    await settled();
    expect(connection.status).to.equal('closed');
    expect(refusals[0].code).to.equal('forbidden');
    expect(sockets).to.have.length(0);
  });

  it('does not wait any longer when the network comes back', async () => {
    const { connection, sockets, reach } = setup();
    connection.start();
    (await reach()).ends();
    window.dispatchEvent(new Event('online'));
    await settled();
    expect(sockets).to.have.length(2);
  });

  it('tries again soon where the network needs a moment after it came back', async () => {
    const { connection, clock, sockets, reach } = setup();
    connection.start();
    (await reach()).ends();
    for (let failures = 0; failures < 8; failures++) {
      await clock.move(30_000);
      sockets.at(-1)!.ends();
    }
    const attempts = sockets.length;
    window.dispatchEvent(new Event('online'));
    await settled();
    sockets.at(-1)!.ends();
    await clock.move(500);
    expect(sockets).to.have.length(attempts + 2);
  });

  it('does not wait any longer when somebody says so, and does not disturb what is under way', async () => {
    const { connection, sockets, reach } = setup();
    connection.wake();
    expect(sockets).to.have.length(0);
    connection.start();
    (await reach()).ends();
    connection.wake();
    await settled();
    expect(sockets).to.have.length(2);
    connection.wake();
    await reach();
    connection.wake();
    await settled();
    expect(sockets).to.have.length(2);
    expect(connection.status).to.equal('open');
  });

  it('takes a new socket when the network comes back and the old one has been silent too long', async () => {
    const { connection, clock, sockets, reach } = setup();
    connection.start();
    await reach();
    window.dispatchEvent(new Event('online'));
    expect(sockets).to.have.length(1);
    await clock.move(LIMITS.heartbeatMs + 6_000);
    window.dispatchEvent(new Event('online'));
    await settled();
    expect(sockets).to.have.length(2);
    expect(sockets[0].closed).to.equal(true);
  });

  it('lets its socket go when the page is hidden for minutes, and takes a new one when it is shown', async () => {
    const { connection, clock, sockets, reach } = setup({ mayRest: () => true });
    connection.start();
    const socket = await reach();
    show('hidden');
    for (let minute = 0; minute < 5; minute++) {
      expect(socket.closed).to.equal(false);
      for (let i = 0; i < 3; i++) {
        await clock.move(20_000);
        socket.says({ type: 'ping' });
      }
    }
    expect(socket.closed).to.equal(true);
    expect(connection.status).to.equal('idle');
    show('visible');
    await settled();
    expect(sockets).to.have.length(2);
  });

  it('lets its socket go in a page that was hidden from its beginning', async () => {
    show('hidden');
    const { connection, clock, reach } = setup({ mayRest: () => true });
    connection.start();
    const socket = await reach();
    for (let i = 0; i < 15; i++) {
      expect(socket.closed).to.equal(false);
      await clock.move(20_000);
      socket.says({ type: 'ping' });
    }
    expect(socket.closed).to.equal(true);
  });

  it('waits in a hidden page until what is unsent is away', async () => {
    let isUnsent = true;
    const { connection, clock, reach } = setup({ mayRest: () => !isUnsent });
    connection.start();
    const socket = await reach();
    show('hidden');
    const minutes = async (count: number) => {
      for (let i = 0; i < 3 * count; i++) {
        await clock.move(20_000);
        socket.says({ type: 'ping' });
      }
    };
    await minutes(7);
    expect(socket.closed).to.equal(false);
    isUnsent = false;
    await minutes(5);
    expect(socket.closed).to.equal(true);
  });

  it('lets its socket go when the page is put aside, and takes a new one when it comes back', async () => {
    const { connection, clock, sockets, reach } = setup();
    connection.start();
    await reach();
    window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
    expect(sockets[0].closed).to.equal(true);
    expect(connection.status).to.equal('idle');
    await clock.move(3_600_000);
    expect(sockets).to.have.length(1);
    window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    await reach();
    expect(sockets).to.have.length(2);
    expect(connection.status).to.equal('open');
  });

  it('lets its socket go before the page is frozen, and takes a new one when it goes on', async () => {
    const { connection, sockets, reach } = setup();
    connection.start();
    await reach();
    document.dispatchEvent(new Event('freeze'));
    expect(sockets[0].closed).to.equal(true);
    expect(connection.status).to.equal('idle');
    document.dispatchEvent(new Event('resume'));
    await reach();
    expect(connection.status).to.equal('open');
  });

  it('keeps its socket in a hidden page while it is needed', async () => {
    const { connection, clock, reach } = setup({ mayRest: () => false });
    connection.start();
    const socket = await reach();
    show('hidden');
    for (let i = 0; i < 30; i++) {
      await clock.move(20_000);
      socket.says({ type: 'ping' });
    }
    expect(connection.status).to.equal('open');
  });

  it('leaves no socket, timer or attempt behind when it is let go of for ever', async () => {
    const { connection, abort, clock, sockets, reach } = setup();
    connection.start();
    const socket = await reach();
    abort.abort();
    expect(socket.closed).to.equal(true);
    expect(clock.waits).to.deep.equal([]);
    window.dispatchEvent(new Event('online'));
    connection.start();
    await settled();
    expect(sockets).to.have.length(1);
  });

  it('makes no socket when it is stopped while hello is being prepared', async () => {
    let answer = (_: { type: 'hello'; version: number }) => {};
    const { connection, sockets } = setup({ hello: () => new Promise((resolve) => (answer = resolve)) });
    connection.start();
    connection.stop();
    answer({ type: 'hello', version: 1 });
    await settled();
    expect(sockets).to.have.length(0);
    expect(connection.status).to.equal('idle');
  });
});

describe('back-off', () => {
  it('is full jitter: spread from nearly nothing to its bound', () => {
    const draws = Array.from({ length: 2_000 }, () => backOffMs(4));
    expect(Math.min(...draws)).to.be.below(400);
    expect(Math.max(...draws))
      .to.be.above(7_600)
      .and.at.most(8_000);
  });

  it('never exceeds half a minute', () => {
    for (let i = 0; i < 500; i++) expect(backOffMs(50)).to.be.at.most(30_000);
  });

  it('spreads those that a restarting server sends away', () => {
    const draws = Array.from({ length: 2_000 }, () => backOffMs(0, CloseCode.restart));
    expect(Math.max(...draws))
      .to.be.above(4_500)
      .and.at.most(5_000);
  });

  it('is not for 44xx and 1009', () => {
    expect([1000, 1006, 1009, 1012, 4399, 4400, 4426, 4499, 4500, 4508].map(mayRetry)).to.deep.equal([
      ...[true, true, false, true, true],
      ...[false, false, false, true, true],
    ]);
  });
});
