import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { EntryPage } from '../../../src/api/protocol.ts';
import { uuid } from '../support/ids.ts';
import { startServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';
import { agent, say, visitor } from '../support/socket.ts';

let server: TestServer;
before(async () => {
  server = await startServer();
});
after(() => server.close());

describe('A client that comes back', () => {
  it('is told only of what moved, and fetches what it missed without a hole [hostile 71]', async () => {
    const session = await server.session();
    const first = await visitor(server, session);
    const [quiet, busy] = [uuid(), uuid()];
    await say(first, quiet, 'one', true);
    await say(first, busy, 'one', true);
    await first.close();

    for (let i = 2; i <= 120; i++) {
      await server.api(`/v1/conversations/${busy}/messages`, { method: 'POST', body: { text: `answer ${i}` } });
    }
    const again = await server.socket(`/v1/widget/${server.inbox}/socket`);
    const welcome = await again.hello({ token: session.token, since: { [quiet]: 1, [busy]: 1 } });
    assert.deepEqual(
      welcome.conversations.map(({ id, lastSeq, unread }) => ({ id, lastSeq, unread })),
      [{ id: busy, lastSeq: 120, unread: 119 }],
    );

    const seqs: number[] = [];
    for (let last = 1, more = true; more; last = seqs.at(-1) ?? last) {
      const { body } = await server.widget<EntryPage>(`/conversations/${busy}/entries?after=${last}&limit=50`, {
        token: session.token,
      });
      seqs.push(...body.entries.map(({ seq }) => seq));
      more = body.more;
    }
    assert.deepEqual(
      seqs,
      Array.from({ length: 119 }, (_, i) => i + 2),
    );
  });

  it('is told of everything when what it holds is of another epoch: a seq may stand for something else by now', async () => {
    const session = await server.session();
    const first = await visitor(server, session);
    const conversationId = uuid();
    await say(first, conversationId, 'one', true);
    await first.close();
    const welcomed = async (epoch?: string) => {
      const socket = await server.socket(`/v1/widget/${server.inbox}/socket`);
      const since = { [conversationId]: 5 };
      const welcome = await socket.hello({ token: session.token, since, ...(epoch === undefined ? {} : { epoch }) });
      await socket.close();
      return welcome;
    };
    const { epoch, conversations } = await welcomed();
    assert.ok(epoch);
    assert.deepEqual([conversations, (await welcomed(epoch)).conversations], [[], []]);
    const other = await welcomed('another one');
    assert.equal(other.epoch, epoch);
    assert.deepEqual(
      other.conversations.map(({ id, lastSeq }) => [id, lastSeq]),
      [[conversationId, 1]],
    );
    const console = await server.socket('/v1/agent/socket', { cookie: await server.cookie() });
    assert.equal((await console.hello()).epoch, epoch, 'agents are told, too');
  });

  it('learns how far the others have read, although no entry says so', async () => {
    const session = await server.session();
    const first = await visitor(server, session);
    const console = await agent(server);
    const conversationId = uuid();
    const { seq } = await say(first, conversationId, 'Read this.', true);
    await first.close();
    await console.next('entry', ({ entry }) => entry.conversationId === conversationId);
    console.send({ type: 'read', conversationId, seq });
    await console.next('read', (frame) => frame.conversationId === conversationId);

    const again = await server.socket(`/v1/widget/${server.inbox}/socket`);
    const welcome = await again.hello({ token: session.token, since: { [conversationId]: 1 } });
    assert.deepEqual(welcome.conversations, []);
    assert.deepEqual(await again.next('read'), { type: 'read', conversationId, by: 'agent', seq: 1 });
  });

  it('with more than fifty conversations gets the newest, and a cursor for the rest', async () => {
    const session = await server.session();
    const socket = await visitor(server, session);
    const ids = Array.from({ length: 53 }, uuid);
    for (const id of ids) await say(socket, id, 'hello', true);
    await socket.close();
    const again = await server.socket(`/v1/widget/${server.inbox}/socket`);
    const welcome = await again.hello({ token: session.token });
    assert.equal(welcome.conversations.length, 50);
    assert.ok(welcome.cursor);
    const { body } = await server.widget<{ conversations: { id: string }[] }>(
      `/conversations?before=${encodeURIComponent(welcome.cursor)}`,
      { token: session.token },
    );
    const seen = [...welcome.conversations, ...body.conversations].map(({ id }) => id);
    assert.deepEqual([...seen].sort(), [...ids].sort());
  });
});
