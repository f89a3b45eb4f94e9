import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { uuid } from '../support/ids.ts';
import { startServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';
import { agent, echo, say, visitor } from '../support/socket.ts';

let server: TestServer;
before(async () => {
  server = await startServer();
});
after(() => server.close());

describe('A message', () => {
  it('comes back to its sender as the acknowledgement, and goes to their other tab and to the agent', async () => {
    const session = await server.session();
    const [tab, otherTab, console] = await Promise.all([
      visitor(server, session),
      visitor(server, session),
      agent(server),
    ]);
    const conversationId = uuid();
    const sent = await say(tab, conversationId, 'Does the tote come in blue?', true);
    assert.equal(sent.seq, 1);
    assert.equal(sent.author.kind, 'contact');
    for (const socket of [tab, otherTab, console]) {
      const { conversation } = await socket.next('conversation', (frame) => frame.conversation.id === conversationId);
      assert.equal(conversation.lastSeq, 0);
    }
    assert.deepEqual(await echo(otherTab, sent.clientId), sent);
    assert.deepEqual(await echo(console, sent.clientId), sent);

    const answer = await say(console, conversationId, 'It does.');
    assert.equal(answer.seq, 3);
    for (const socket of [tab, otherTab]) {
      assert.equal((await socket.next('entry', ({ entry }) => entry.type === 'joined')).entry.seq, 2);
      assert.deepEqual(await echo(socket, answer.clientId), answer);
    }
  });

  it('that is sent again is stored once, and answered to its sender alone [hostile 70]', async () => {
    const session = await server.session();
    const [tab, otherTab] = await Promise.all([visitor(server, session), visitor(server, session)]);
    const conversationId = uuid();
    const frame = { type: 'send', conversationId, clientId: uuid(), text: 'once', start: true } as const;
    for (let i = 0; i < 20; i++) tab.send(frame);
    const first = await echo(tab, frame.clientId);
    for (let i = 1; i < 20; i++) assert.deepEqual(await echo(tab, frame.clientId), first);
    const fence = await say(tab, conversationId, 'twice');
    assert.equal(fence.seq, 2);
    await echo(otherTab, fence.clientId);
    assert.equal(otherTab.seen.filter(({ type }) => type === 'entry').length, 2);
  });

  it('takes its place in the order in which the server stored it, whatever the senders’ clocks say [hostile 70]', async () => {
    const session = await server.session();
    const [one, two] = await Promise.all([visitor(server, session), visitor(server, session)]);
    const conversationId = uuid();
    await say(one, conversationId, 'start', true);
    const sent = Array.from({ length: 50 }, (_, i) => {
      const clientId = uuid();
      (i % 2 ? one : two).send({ type: 'send', conversationId, clientId, text: `${i}` });
      return clientId;
    });
    for (const socket of [one, two]) {
      const seqs: number[] = [];
      for (const clientId of sent) seqs.push((await echo(socket, clientId)).seq);
      assert.deepEqual(
        [...seqs].sort((a, b) => a - b),
        Array.from({ length: 50 }, (_, i) => i + 2),
      );
      const heard = socket.seen.flatMap((frame) => (frame.type === 'entry' ? [frame.entry.seq] : []));
      assert.deepEqual(
        heard,
        Array.from({ length: 51 }, (_, i) => i + 1),
        'frames leave in the order of their seq',
      );
    }
  });

  it('of 10 000 characters is taken; one more, none, and a NUL are refused with their clientId [hostile 67]', async () => {
    const socket = await visitor(server);
    const conversationId = uuid();
    assert.equal((await say(socket, conversationId, 'é'.repeat(10_000), true)).text.length, 10_000);
    const refused = [
      ['x'.repeat(10_001), 'too_long'],
      ['', 'bad_request'],
      [' \n\t ', 'bad_request'],
      ['a\0b', 'bad_request'],
    ] as const;
    for (const [text, code] of refused) {
      const clientId = uuid();
      socket.send({ type: 'send', conversationId, clientId, text });
      const error = await socket.next('error');
      assert.deepEqual([error.code, error.clientId, error.conversationId], [code, clientId, conversationId]);
    }
    assert.equal((await say(socket, conversationId, 'half a \ud800 pair')).text, 'half a \ufffd pair');
  });

  it('keeps the page it was written on, if that is a page', async () => {
    const socket = await visitor(server);
    const conversationId = uuid();
    const pages = ['https://shop.example/bags?x=1', 'javascript:alert(1)', 'file:///etc/passwd', 'nonsense'];
    const kept: unknown[] = [];
    for (const pageUrl of pages) {
      const clientId = uuid();
      socket.send({ type: 'send', conversationId, clientId, text: 'here', start: true, pageUrl });
      kept.push((await echo(socket, clientId)).pageUrl);
    }
    assert.deepEqual(kept, ['https://shop.example/bags?x=1', undefined, undefined, undefined]);
  });

  it('to a conversation that there is not is refused, unless it starts one', async () => {
    const socket = await visitor(server);
    socket.send({ type: 'send', conversationId: uuid(), clientId: uuid(), text: 'x' });
    assert.equal((await socket.next('error')).code, 'not_found');
  });
});

describe('What passes between the two sides besides messages', () => {
  it('is the typing of the one, to the other', async () => {
    const socket = await visitor(server);
    const [console, colleague] = [await agent(server), await agent(server)];
    const conversationId = uuid();
    await say(socket, conversationId, 'hi', true);
    socket.send({ type: 'typing', conversationId, typing: true });
    const notice = await console.next('typing', (frame) => frame.conversationId === conversationId);
    assert.deepEqual([notice.author.kind, notice.typing], ['contact', true]);
    await colleague.next('typing', (frame) => frame.conversationId === conversationId);

    console.send({ type: 'typing', conversationId, typing: true });
    assert.equal((await socket.next('typing')).author.kind, 'agent');
    await colleague.next('typing', ({ author }) => author.kind === 'agent');
    await say(console, conversationId, 'fence');
    assert.ok(
      !console.seen.some((frame) => frame.type === 'typing' && frame.author.kind === 'agent'),
      'no echo of one’s own',
    );
  });

  it('is how far each has read, which only ever grows', async () => {
    const socket = await visitor(server);
    const console = await agent(server);
    const conversationId = uuid();
    for (let i = 0; i < 3; i++) await say(socket, conversationId, `${i}`, true);
    for (const seq of [2, 1, 2, 99]) console.send({ type: 'read', conversationId, seq });
    assert.equal((await socket.next('read')).seq, 2);
    assert.deepEqual(await socket.next('read'), { type: 'read', conversationId, by: 'agent', seq: 3 });
    socket.send({ type: 'read', conversationId, seq: 1 });
    assert.equal((await console.next('read', ({ by }) => by === 'contact')).seq, 1);
    await say(socket, conversationId, 'fence');
    assert.equal(socket.seen.filter((frame) => frame.type === 'read' && frame.by === 'agent').length, 2);
  });

  it('is that a conversation was resolved, and that the visitor’s next message opens it again', async () => {
    const socket = await visitor(server);
    const conversationId = uuid();
    await say(socket, conversationId, 'hi', true);
    const path = `/v1/conversations/${conversationId}`;
    const { status } = await server.api(path, { method: 'PATCH', body: { state: 'resolved' } });
    assert.equal(status, 200);
    await socket.next('entry', ({ entry }) => entry.type === 'resolved');
    const { seq } = await say(socket, conversationId, 'one more thing');
    assert.equal((await socket.next('entry', ({ entry }) => entry.type === 'reopened')).entry.seq, seq - 1);
    const { body } = await server.api<{ state: string }>(path);
    assert.equal(body.state, 'open');
  });
});
