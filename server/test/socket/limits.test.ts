import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect as connectTcp } from 'node:net';
import type { Socket } from 'node:net';
import { describe, it } from 'node:test';
import { CloseCode } from '../../../src/api/protocol.ts';
import type { Limits } from '../../src/limits.ts';
import { uuid } from '../support/ids.ts';
import { startServer } from '../support/server.ts';
import type { Overrides, TestServer } from '../support/server.ts';
import { agent, visitor } from '../support/socket.ts';
import type { TestSocket } from '../support/socket.ts';

async function withServer(limits: Partial<Limits>, run: (server: TestServer) => Promise<void>, more: Overrides = {}) {
  const server = await startServer({ limits, ...more });
  try {
    await run(server);
  } finally {
    await server.close();
  }
}

function send(socket: TestSocket, conversationId: string, text = 'x'): string {
  const clientId = uuid();
  socket.send({ type: 'send', conversationId, clientId, text, start: true });
  return clientId;
}

const isEcho = (clientId: string) => (frame: { entry: { type: string } }) =>
  'clientId' in frame.entry && frame.entry.clientId === clientId;

describe('A visitor who sends too much', () => {
  it('is told per message when to try again, in all tabs together, and reconnecting does not help [hostile 67]', async () => {
    let now = Date.now();
    const limits = { messagesPerMinute: 6 };
    await withServer(
      limits,
      async (server) => {
        const session = await server.session();
        const [one, two] = [await visitor(server, session), await visitor(server, session)];
        const id = uuid();
        for (const socket of [one, two]) await socket.next('entry', isEcho(send(socket, id)));
        const again = await visitor(server, session);
        const refused: string[] = [];
        for (const socket of [one, two, again]) {
          const clientId = send(socket, id);
          const error = await socket.next('error');
          assert.deepEqual([error.code, error.clientId, error.conversationId], ['rate_limited', clientId, id]);
          assert.ok((error.retryAfterMs ?? 0) > 9_000 && (error.retryAfterMs ?? 0) <= 10_000);
          refused.push(clientId);
        }
        now += 10_000;
        const [clientId = ''] = refused;
        one.send({ type: 'send', conversationId: id, clientId, text: 'x' });
        await one.next('entry', isEcho(clientId));
      },
      { now: () => now },
    );
  });

  it('is held to what the inbox says, from the next socket on', async () => {
    const server = await startServer({ limits: { messagesPerMinute: undefined } });
    await server.api('/v1/inboxes/demo', { method: 'PATCH', body: { settings: { limits: { messagesPerMinute: 3 } } } });
    const socket = await visitor(server);
    const id = uuid();
    await socket.next('entry', isEcho(send(socket, id)));
    send(socket, id);
    assert.equal((await socket.next('error')).code, 'rate_limited');
    await server.close();
  });

  it('floods nobody, is answered now and then only, and in the end cut off [hostile 67]', async () => {
    await withServer({ framesPerSocket: { burst: 20, perSecond: 1 } }, async (server) => {
      const [flooder, quiet] = [await visitor(server), await visitor(server)];
      const console = await agent(server);
      const id = uuid();
      for (let i = 0; i < 600; i++) send(flooder, id);
      assert.equal((await flooder.next('error')).code, 'rate_limited');
      assert.equal(await flooder.closed, CloseCode.tryLater);
      assert.ok(flooder.seen.filter(({ type }) => type === 'error').length < 10);
      const clientId = send(quiet, uuid());
      await quiet.next('entry', isEcho(clientId));
      await console.next('entry', isEcho(clientId));
      assert.ok(console.seen.filter(({ type }) => type === 'entry').length <= 21);
    });
  });

  it('shares the limit of its address with whoever else is there [hostile 67]', async () => {
    await withServer({ framesPerAddress: { burst: 10, perSecond: 0.001 } }, async (server) => {
      const [one, two] = [await visitor(server), await visitor(server)];
      const id = uuid();
      for (let i = 0; i < 8; i++) await one.next('entry', isEcho(send(one, id)));
      send(two, uuid());
      const error = await two.next('error');
      assert.equal(error.code, 'rate_limited');
      assert.ok((error.retryAfterMs ?? 0) > 0);
    });
  });

  it('types no faster than a person can [hostile 67]', async () => {
    await withServer({ typingPerSocket: { burst: 3, perSecond: 0.001 } }, async (server) => {
      const [socket, console] = [await visitor(server), await agent(server)];
      const conversationId = uuid();
      await socket.next('entry', isEcho(send(socket, conversationId)));
      for (let i = 0; i < 50; i++) socket.send({ type: 'typing', conversationId, typing: i % 2 === 0 });
      const fence = send(socket, conversationId);
      await console.next('entry', isEcho(fence));
      assert.equal(console.seen.filter(({ type }) => type === 'typing').length, 3);
    });
  });
});

describe('An address', () => {
  it('has so many sockets and no more, whatever its headers say [hostile 67]', async () => {
    await withServer({ socketsPerAddress: 3 }, async (server) => {
      const path = `/v1/widget/${server.inbox}/socket`;
      const sockets = [];
      for (let i = 0; i < 3; i++) sockets.push(await server.socket(path));
      for (const headers of [{}, { 'x-forwarded-for': '203.0.113.9' }, { forwarded: 'for=203.0.113.9' }]) {
        await assert.rejects(server.socket(path, headers as Record<string, string>), { status: 429 });
      }
      await sockets[0]?.close();
      // The server may hear of it last.
      const isClosed = async (): Promise<boolean> =>
        /chat_sockets\{door="visitor"\} 2$/m.test((await server.request<string>('/metrics')).body);
      while (!(await isClosed()));
      await server.socket(path);
    });
  });

  it('makes so many requests a minute and no more, whatever its headers say [hostile 67] [hostile 72]', async () => {
    await withServer({ requestsPerAddress: 5 }, async (server) => {
      const ask = (i: number) =>
        server.widget('/settings', {
          headers: { 'x-forwarded-for': `203.0.113.${i}`, origin: 'https://shop.example' },
        });
      for (let i = 0; i < 5; i++) assert.equal((await ask(i)).status, 200);
      const refused = await ask(9);
      assert.deepEqual([refused.status, refused.body.error.code], [429, 'rate_limited']);
      assert.ok(Number(refused.headers.get('retry-after')) > 0);
      assert.ok((refused.body.error.retryAfterMs ?? 0) > 0);
      assert.equal(refused.headers.get('access-control-allow-origin'), '*', 'the page may read when to come back');
      assert.equal((await server.request('/healthz')).status, 200);
    });
  });

  it('makes so many sessions a minute and no more', async () => {
    await withServer({ sessionsPerAddress: 2 }, async (server) => {
      for (let i = 0; i < 2; i++) await server.session();
      const refused = await server.widget('/sessions', { method: 'POST', body: {} });
      assert.deepEqual([refused.status, refused.body.error.code], [429, 'rate_limited']);
    });
  });
});

describe('A session', () => {
  it('makes so many requests a minute and no more, while others go on [hostile 67]', async () => {
    await withServer({ requestsPerSession: 3 }, async (server) => {
      const [one, two] = [await server.session(), await server.session()];
      const ask = (token: string) => server.widget('/conversations', { token });
      for (let i = 0; i < 3; i++) assert.equal((await ask(one.token)).status, 200);
      assert.equal((await ask(one.token)).status, 429);
      assert.equal((await ask(two.token)).status, 200);
    });
  });
});

describe('A socket', () => {
  it('that does not say hello is closed, and one that does is not [hostile 73]', async () => {
    await withServer({ helloMs: 50 }, async (server) => {
      const { token } = await server.session();
      const polite = await wireTo(server);
      let heard = '';
      polite.setEncoding('latin1').on('data', (words: string) => (heard += words));
      const hears = async (words: string): Promise<void> => {
        while (!heard.includes(words)) await once(polite, 'data');
      };
      // In one breath with the upgrade: however slow this machine is, its hello is in time.
      polite.write(Buffer.concat([UPGRADE, maskedText(JSON.stringify({ type: 'hello', version: 1, token }))]));
      await hears('"type":"welcome"');
      const silent = await server.socket(`/v1/widget/${server.inbox}/socket`);
      assert.equal(await silent.closed, CloseCode.helloTimeout);
      polite.write(maskedText('{"type":"send"}'));
      await hears('"code":"bad_request"');
      polite.destroy();
    });
  });

  it('that answers no ping is closed by the next one; who answers stays [hostile 73]', async () => {
    let now = Date.now();
    await withServer(
      { heartbeatMs: 1_000 },
      async (server) => {
        const [dead, alive] = [await visitor(server), await visitor(server)];
        alive.raw.on('message', (data: Buffer) => {
          if (data.toString().startsWith('{"type":"ping"')) alive.send({ type: 'pong' });
        });
        for (let ping = 1; ping <= 3; ping++) {
          now += 1_000;
          await alive.next('ping');
          // By the echo of this the pong has been heard.
          await alive.next('entry', isEcho(send(alive, uuid())));
        }
        assert.equal(await dead.closed, CloseCode.tooSlow);
        assert.equal(dead.seen.filter(({ type }) => type === 'ping').length, 1);
      },
      { now: () => now },
    );
  });

  it('that is half open is cut off although it answers nothing, not even the close [hostile 73]', async () => {
    await withServer({ heartbeatMs: 60 }, async (server) => {
      const { token } = await server.session();
      const wire = await wireTo(server);
      wire.write(UPGRADE);
      await once(wire, 'data');
      wire.write(maskedText(JSON.stringify({ type: 'hello', version: 1, token })));
      wire.resume();
      await once(wire, 'close');
    });
  });

  it('that reads too slowly is cut off, and the others do not wait for it', async () => {
    await withServer({ bufferedBytes: 65_536 }, async (server) => {
      const session = await server.session();
      const [slow, quick] = [await visitor(server, session), await visitor(server, session)];
      slow.raw.pause();
      const id = uuid();
      const cut = async (): Promise<boolean> =>
        /chat_socket_closes_total\{code="4509"\} 1/.test((await server.request<string>('/metrics')).body);
      for (let i = 0; i < 1_000 && !(await cut()); i++) {
        for (let j = 0; j < 8; j++) {
          const clientId = send(quick, id, '€'.repeat(10_000));
          await quick.next('entry', isEcho(clientId));
        }
      }
      slow.raw.resume();
      assert.equal(await slow.closed, CloseCode.tooSlow);
      const again = await visitor(server, session);
      await again.next('entry', isEcho(send(again, id)));
    });
  });

  it('that is told too much before it is welcome is cut off, and the others do not wait', async () => {
    await withServer({ bufferedBytes: 65_536 }, async (server) => {
      const session = await server.session();
      const quick = await visitor(server, session);
      const { conversations } = server.chat.store;
      const find = conversations.pageForContact.bind(conversations);
      const [asked, answered] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
      conversations.pageForContact = async (...query) => {
        asked.resolve();
        await answered.promise;
        return find(...query);
      };
      const late = await server.socket(`/v1/widget/${server.inbox}/socket`);
      late.send({ type: 'hello', version: 1, token: session.token });
      await asked.promise;
      const id = uuid();
      for (let i = 0; i < 3; i++) await quick.next('entry', isEcho(send(quick, id, '€'.repeat(10_000))));
      answered.resolve();
      const { body } = await server.request<string>('/metrics');
      assert.match(body, /chat_socket_closes_total\{code="4509"\} 1/);
      assert.equal(await late.closed, CloseCode.tooSlow);
    });
  });
});

/** A bare connection, of which nobody answers anything by themselves. */
async function wireTo(server: TestServer): Promise<Socket> {
  const { hostname, port } = new URL(server.url);
  const wire = connectTcp(Number(port), hostname);
  await once(wire, 'connect');
  return wire;
}

const UPGRADE = Buffer.from(
  'GET /v1/widget/demo/socket HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n' +
    'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
);

/** A masked text frame of at most 125 bytes (RFC 6455, 5.2), with a mask of zeros. */
function maskedText(text: string): Buffer {
  const payload = Buffer.from(text);
  return Buffer.concat([Buffer.from([0x81, 0x80 | payload.length, 0, 0, 0, 0]), payload]);
}
