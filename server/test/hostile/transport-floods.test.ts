import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { CloseCode, LIMITS } from '../../../src/api/protocol.ts';
import type { ConversationPage, ErrorFrame } from '../../../src/api/protocol.ts';
import { readLimits } from '../../src/config.ts';
import { uuid } from '../support/ids.ts';
import { startServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';
import { agent, visitor } from '../support/socket.ts';
import type { TestSocket } from '../support/socket.ts';

/** What everybody starts with. */
const DEFAULTS = { messagesPerMinute: undefined, conversationsPerDay: undefined, ...readLimits({}) };

const SOCKET = '/v1/widget/demo/socket';

function send(socket: TestSocket, conversationId: string, text = 'x'): string {
  const clientId = uuid();
  socket.send({ type: 'send', conversationId, clientId, text, start: true });
  return clientId;
}

const isEcho = (clientId: string) => (frame: { entry: { type: string } }) =>
  'clientId' in frame.entry && frame.entry.clientId === clientId;

const errorsOf = (socket: TestSocket): ErrorFrame[] => socket.seen.filter((frame) => frame.type === 'error');

describe('A flood, with the limits that everybody starts with', () => {
  let server: TestServer;
  let console: TestSocket;
  before(async () => {
    // A thousand sockets that never say hello are to be there together, however slow the machine.
    server = await startServer({ limits: { ...DEFAULTS, helloMs: 120_000 } });
    console = await agent(server);
  });
  after(() => server.close());

  /** The others talk as if nothing was. */
  async function isUsable(): Promise<void> {
    const quiet = await visitor(server);
    const clientId = send(quiet, uuid(), 'a quiet word');
    await Promise.all([quiet.next('entry', isEcho(clientId)), console.next('entry', isEcho(clientId))]);
    await quiet.close();
  }

  it('of 1000 messages is refused, each agent sees a fraction of it, and others are heard [hostile 67]', async () => {
    const flooder = await visitor(server);
    const before = console.seen.length;
    const conversationId = uuid();
    for (let i = 0; i < 1_000; i++) send(flooder, conversationId);
    assert.equal(await flooder.closed, CloseCode.tryLater);
    assert.ok(errorsOf(flooder).some(({ code, retryAfterMs = 0 }) => code === 'rate_limited' && retryAfterMs > 0));
    await isUsable();
    const heard = console.seen.slice(before).filter(({ type }) => type === 'entry').length;
    assert.ok(heard > 0 && heard < 60, `${heard} entries`);
  });

  it('of new conversations ends at what a contact may start in a day [hostile 67]', async () => {
    const session = await server.session();
    const flooder = await visitor(server, session);
    let made = 0;
    let refusal: ErrorFrame | undefined;
    for (let i = 0; i < 1_000 && !refusal; i++) {
      const clientId = send(flooder, uuid());
      const echo = flooder.next('entry', isEcho(clientId)).then(() => void made++);
      const refused = flooder
        .next('error', (error) => error.clientId === clientId)
        .then((error) => void (refusal = error));
      // Whichever does not come gives up at its deadline, unheard.
      await Promise.any([echo, refused]);
      for (const late of [echo, refused]) late.catch(() => {});
    }
    assert.equal(refusal?.code, 'rate_limited');
    assert.ok((refusal?.retryAfterMs ?? 0) > 0);
    assert.ok(made > 0 && made <= 60, `${made} conversations`);
    const { body } = await server.widget<ConversationPage>('/conversations?limit=100', { token: session.token });
    assert.equal(body.conversations.length, made);
    await isUsable();
  });

  it('of sockets ends at what one address may have, whatever it says about itself [hostile 67]', async () => {
    const tried = await Promise.allSettled(
      Array.from({ length: 1_000 }, (_, i) => server.socket(SOCKET, { 'x-forwarded-for': `203.0.113.${i % 256}` })),
    );
    const open = tried.filter((result) => result.status === 'fulfilled').map(({ value }) => value);
    const refused = tried.filter((result) => result.status === 'rejected');
    assert.ok(open.length > 400 && open.length <= DEFAULTS.socketsPerAddress, `${open.length} sockets`);
    assert.deepEqual(new Set(refused.map(({ reason }) => (reason as { status: number }).status)), new Set([429]));
    await Promise.all(open.map((socket) => socket.close()));
    await isUsable();
  });

  it('of typing reaches agents as a few signs [hostile 67]', async () => {
    const typist = await visitor(server);
    const conversationId = uuid();
    await typist.next('entry', isEcho(send(typist, conversationId)));
    const before = console.seen.length;
    for (let i = 0; i < 100; i++) typist.send({ type: 'typing', conversationId, typing: i % 2 === 0 });
    await console.next('entry', isEcho(send(typist, conversationId)));
    const signs = console.seen.slice(before).filter(({ type }) => type === 'typing').length;
    assert.ok(signs > 0 && signs <= 10, `${signs} signs`);
  });

  it('of one message, 10 000 characters and one, or of one frame, 64 KiB and one byte, is refused [hostile 67]', async () => {
    const socket = await visitor(server);
    const conversationId = uuid();
    await socket.next('entry', isEcho(send(socket, conversationId, 'x'.repeat(LIMITS.textLength))));
    const clientId = send(socket, conversationId, 'x'.repeat(LIMITS.textLength + 1));
    assert.equal((await socket.next('error', (error) => error.clientId === clientId)).code, 'too_long');
    socket.raw.send('x'.repeat(LIMITS.frameBytes + 1));
    assert.equal(await socket.closed, CloseCode.tooLarge);
    const { status } = await server.widget('/sessions', { method: 'POST', body: { x: 'x'.repeat(70_000) } });
    assert.equal(status, 413);
    await isUsable();
  });

  it('of requests by a headless browser is held to the same rate as everybody’s, and never by its name [hostile 72]', async () => {
    const agents = ['HeadlessChrome/150.0', 'Chrome/150.0 Chrome-Lighthouse', 'curl/8.0', 'Googlebot/2.1', ''];
    for (const name of agents) {
      const headers = { 'user-agent': name };
      assert.equal((await server.widget('/settings', { headers })).status, 200, name);
      assert.equal((await server.widget('/sessions', { method: 'POST', body: {}, headers })).status, 201, name);
    }
    const headers = { 'user-agent': 'HeadlessChrome/150.0' };
    const statuses = [];
    for (let i = 0; i <= DEFAULTS.sessionsPerAddress; i++) {
      statuses.push((await server.widget('/sessions', { method: 'POST', body: {}, headers })).status);
    }
    assert.equal(statuses[0], 201);
    assert.equal(statuses.at(-1), 429);
  });
});

describe('Behind a proxy', () => {
  it('visitors are counted by the address that it names, an IPv6 /64 as one; nobody else is believed [hostile 67]', async () => {
    const limits = { sessionsPerAddress: 2 };
    const statusesFrom = async (server: TestServer, addresses: readonly string[]): Promise<number[]> => {
      const statuses = [];
      for (const address of addresses) {
        const headers = { 'x-forwarded-for': address };
        statuses.push((await server.widget('/sessions', { method: 'POST', body: {}, headers })).status);
      }
      return statuses;
    };
    const proxied = await startServer({ limits, config: { trustedProxies: ['127.0.0.1'] } });
    const one = ['203.0.113.1', '203.0.113.1', '203.0.113.1', '::ffff:203.0.113.1', '203.0.113.2'];
    assert.deepEqual(await statusesFrom(proxied, one), [201, 201, 429, 429, 201]);
    const neighbours = ['2001:db8::1', '2001:db8::2', '2001:db8::ffff', '2001:db8:0:1::1'];
    assert.deepEqual(await statusesFrom(proxied, neighbours), [201, 201, 429, 201]);
    const spoofed = ['198.51.100.1, 203.0.113.9', '198.51.100.2, 203.0.113.9', '198.51.100.3, 203.0.113.9'];
    assert.deepEqual(await statusesFrom(proxied, spoofed), [201, 201, 429], 'what the proxy has seen itself counts');
    await proxied.close();

    const bare = await startServer({ limits });
    assert.deepEqual(await statusesFrom(bare, ['203.0.113.1', '203.0.113.2', '203.0.113.3']), [201, 201, 429]);
    await bare.close();
  });
});

describe('A connection that comes to nothing', () => {
  let server: TestServer;
  before(async () => {
    server = await startServer({ limits: { requestMs: 1_000, helloMs: 200 } });
  });
  after(() => server.close());

  /** A bare TCP connection that sends one byte of this now and then. */
  async function drip(
    text: string,
    everyMs: number,
  ): Promise<{ readonly wire: Socket; readonly closed: Promise<unknown> }> {
    const { hostname, port } = new URL(server.url);
    const wire = connect(Number(port), hostname);
    // A connection that is written to while it is cut off says so.
    wire.on('error', () => {});
    const closed = new Promise((resolve) => wire.once('close', resolve));
    await once(wire, 'connect');
    let sent = 0;
    // Not to wait, but to be slow.
    // eslint-disable-next-line no-restricted-syntax
    const timer = setInterval(() => wire.write(text[sent++ % text.length] ?? ''), everyMs);
    void closed.finally(() => clearInterval(timer));
    wire.resume();
    return { wire, closed };
  }

  it('is cut off: a head that drips, a body that drips, a silent socket [hostile 73]', async () => {
    const head = await drip(
      'GET /healthz HTTP/1.1\r\nHost: x\r\nX-Slow: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
      100,
    );
    const body = await drip('x', 100);
    body.wire.write(
      'POST /v1/widget/demo/sessions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n',
    );
    const silent = await server.socket(SOCKET);
    assert.equal(await silent.closed, CloseCode.helloTimeout);
    await Promise.all([head.closed, body.closed]);
    assert.equal((await server.request('/healthz')).status, 200);
  });

  it('is cut off also when it has said hello and answers no ping [hostile 73]', async (t) => {
    const impatient = await startServer({ limits: { heartbeatMs: 200 } });
    t.after(() => impatient.close());
    const { token } = await impatient.session();
    const deaf = await impatient.socket(SOCKET);
    deaf.send({ type: 'hello', version: 1, token });
    assert.equal(await deaf.closed, CloseCode.tooSlow);
  });

  it('is gone within a minute with the limits that everybody starts with [hostile 73]', () => {
    assert.ok(DEFAULTS.requestMs <= 55_000 && DEFAULTS.helloMs <= 60_000);
    // One ping to answer, the next one finds it silent, and then it does not say goodbye either.
    const closeMs: unknown = Reflect.get(server.chat.app.websocketServer.options, 'closeTimeout');
    assert.ok(typeof closeMs === 'number' && 2 * DEFAULTS.heartbeatMs + closeMs <= 55_000, `${String(closeMs)} ms`);
  });
});
