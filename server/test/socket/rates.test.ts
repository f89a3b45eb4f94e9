import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Limits } from '../../src/limits.ts';
import { uuid } from '../support/ids.ts';
import { patchInbox } from '../support/inbox.ts';
import { startServer } from '../support/server.ts';
import type { Overrides, TestServer } from '../support/server.ts';
import { visitor } from '../support/socket.ts';
import type { TestSocket } from '../support/socket.ts';

const HOUR_MS = 60 * 60_000;

async function withServer(limits: Partial<Limits>, run: (server: TestServer) => Promise<void>, more: Overrides = {}) {
  const server = await startServer({ limits, ...more });
  await run(server).finally(() => server.close());
}

function send(socket: TestSocket, conversationId: string): string {
  const clientId = uuid();
  socket.send({ type: 'send', conversationId, clientId, text: 'x', start: true });
  return clientId;
}

async function isTaken(socket: TestSocket, conversationId = uuid()): Promise<void> {
  const clientId = send(socket, conversationId);
  await socket.next('entry', ({ entry }) => 'clientId' in entry && entry.clientId === clientId);
}

async function isRefused(socket: TestSocket, rule: string, conversationId = uuid()): Promise<number> {
  const clientId = send(socket, conversationId);
  const error = await socket.next('error', (frame) => frame.clientId === clientId);
  assert.deepEqual([error.code, error.conversationId], ['rate_limited', conversationId]);
  assert.ok(error.message.includes(rule), error.message);
  return error.retryAfterMs ?? 0;
}

describe('A contact', () => {
  it('starts so many conversations a day and no more, on all devices together [hostile 67]', async () => {
    await withServer({ conversationsPerDay: undefined }, async (server) => {
      await patchInbox(server, { limits: { conversationsPerDay: 3 } });
      const [phone, laptop] = [
        await visitor(server, await server.verified('kim@x.test')),
        await visitor(server, await server.verified('kim@x.test')),
      ];
      const first = uuid();
      await isTaken(phone, first);
      await isTaken(laptop);
      await isTaken(phone);
      for (const socket of [phone, laptop]) {
        const retryAfterMs = await isRefused(socket, 'conversationsPerDay');
        assert.ok(retryAfterMs > 23.9 * HOUR_MS && retryAfterMs <= 24 * HOUR_MS);
      }
      await isTaken(laptop, first);
      await isTaken(await visitor(server));
      await patchInbox(server, { limits: { conversationsPerDay: 4 } });
      await isTaken(phone);
      await isRefused(phone, 'conversationsPerDay');
    });
  });

  it('starts fifty where nobody says otherwise, however quick it is [hostile 67]', async () => {
    await withServer({ conversationsPerDay: undefined }, async (server) => {
      const socket = await visitor(server);
      const clientIds = Array.from({ length: 60 }, () => send(socket, uuid()));
      const last = clientIds.at(-1);
      await socket.next('error', ({ clientId }) => clientId === last);
      const refused = socket.seen.filter(({ type }) => type === 'error');
      assert.equal(refused.length, 10);
    });
  });

  it('writes so many messages a minute and no more, on all devices together [hostile 67]', async () => {
    await withServer({ messagesPerMinute: 6 }, async (server) => {
      const sockets = [
        await visitor(server, await server.verified('kim@x.test')),
        await visitor(server, await server.verified('kim@x.test')),
      ];
      const id = uuid();
      for (const socket of sockets) await isTaken(socket, id);
      for (const socket of sockets) assert.ok((await isRefused(socket, 'messagesPerMinute', id)) > 9_000);
      await isTaken(await visitor(server, await server.verified('lee@x.test')));
    });
  });

  it('is held to a new number of messages as soon as it is saved', async () => {
    await withServer({ messagesPerMinute: undefined }, async (server) => {
      const socket = await visitor(server);
      const id = uuid();
      await isTaken(socket, id);
      await patchInbox(server, { limits: { messagesPerMinute: 3 } });
      await isRefused(socket, 'messagesPerMinute', id);
      await patchInbox(server, { limits: { messagesPerMinute: 120 } });
      await isTaken(socket);
    });
  });

  it('makes so many requests a minute and no more, in all sessions together [hostile 67]', async () => {
    await withServer({ requestsPerContact: 3 }, async (server) => {
      const [one, two] = [await server.verified('kim@x.test'), await server.verified('kim@x.test')];
      const ask = (token: string) => server.widget('/conversations', { token });
      for (const { token } of [one, two, one]) assert.equal((await ask(token)).status, 200);
      for (const { token } of [one, two]) {
        const { status, body, headers } = await ask(token);
        assert.deepEqual([status, body.error.code], [429, 'rate_limited']);
        assert.match(body.error.message, /requestsPerContact/);
        assert.ok(Number(headers.get('retry-after')) > 0);
      }
      assert.equal((await ask((await server.session()).token)).status, 200);
    });
  });
});

describe('An address', () => {
  it('starts so many conversations and no more, whoever does it there [hostile 67]', async () => {
    let now = Date.now();
    const limits = { conversationsPerAddress: { burst: 3, perSecond: 0.1 } };
    const config = { trustedProxies: ['127.0.0.1'] };
    await withServer(
      limits,
      async (server) => {
        const sockets = [await visitor(server), await visitor(server), await visitor(server)];
        const first = uuid();
        await isTaken(sockets[0]!, first);
        // What is there already starts nothing.
        for (let i = 0; i < 5; i++) await isTaken(sockets[0]!, first);
        await isTaken(sockets[1]!);
        await isTaken(sockets[2]!);
        for (const socket of sockets) {
          const retryAfterMs = await isRefused(socket, 'conversationsPerAddress');
          assert.ok(retryAfterMs > 9_000 && retryAfterMs <= 10_000);
        }
        const elsewhere = await server.socket('/v1/widget/demo/socket', { 'x-forwarded-for': '203.0.113.9' });
        await elsewhere.hello({ token: (await server.session()).token });
        await isTaken(elsewhere);
        now += 10_000;
        await isTaken(sockets[0]!);
      },
      { config, now: () => now },
    );
  });
});

describe('Who asks for inboxes that there are not', () => {
  it('is limited like everybody else, and real ones are still served [hostile 67]', async () => {
    await withServer({ requestsPerAddress: 5 }, async (server) => {
      const statuses = [];
      for (let i = 0; i < 7; i++) statuses.push((await server.request(`/v1/widget/none-${i}/settings`)).status);
      assert.deepEqual(statuses, [404, 404, 404, 404, 404, 429, 429]);
      assert.equal((await server.widget('/settings')).status, 200);
    });
  });
});

describe('A refusal for coming too often', () => {
  it('says by which rule, at each door [hostile 67]', async () => {
    const limits = { sessionsPerAddress: 1, requestsPerSession: 1, signInsPerEmail: 1, signInsPerAddress: 2 };
    await withServer(limits, async (server) => {
      const { token } = await server.session();
      const says = async (rule: string, path: string, body?: unknown): Promise<void> => {
        const options = body === undefined ? { token } : { method: 'POST', body };
        const answer = await server.request(path, options);
        assert.equal(answer.status, 429, rule);
        assert.ok(answer.body.error.message.includes(rule), answer.body.error.message);
        assert.ok((answer.body.error.retryAfterMs ?? 0) > 0);
      };
      await says('sessionsPerAddress', '/v1/widget/demo/sessions', {});
      await server.widget('/session', { token });
      await says('requestsPerSession', '/v1/widget/demo/conversations');
      const credentials = { email: 'nobody@x.test', password: 'x'.repeat(12) };
      await server.request('/v1/agent/session', { method: 'POST', body: credentials });
      await says('signInsPerEmail', '/v1/agent/session', credentials);
      await says('signInsPerAddress', '/v1/agent/session', { ...credentials, email: 'else@x.test' });
    });
  });
});
