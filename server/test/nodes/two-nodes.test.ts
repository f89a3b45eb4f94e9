import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { CloseCode } from '../../../src/api/protocol.ts';
import type { Entry, EntryPage } from '../../../src/api/protocol.ts';
import { uuid } from '../support/ids.ts';
import { Link } from '../support/link.ts';
import type { TestServer } from '../support/server.ts';
import { agent, echo, say, visitor } from '../support/socket.ts';
import type { TestSocket } from '../support/socket.ts';
import { openCluster } from './cluster.ts';

const cluster = await openCluster();

if (cluster) {
  describe('Two nodes', () => {
    let one: TestServer;
    let two: TestServer;
    /** To NATS, for node 2 alone. */
    let link: Link;
    before(async () => {
      link = await Link.to(cluster.nats.port);
      one = await cluster.node();
      two = await cluster.node(link.port);
    });
    after(async () => {
      await cluster.close();
      await link.close();
    });

    /** A visitor on node 1, an agent on node 2, and what they have said already. */
    async function talk(): Promise<{
      visitor: TestSocket & { readonly token: string };
      agent: TestSocket;
      conversationId: string;
    }> {
      const [asking, answering] = [await visitor(one), await agent(two)];
      const conversationId = uuid();
      const question = await say(asking, conversationId, 'Is anybody there?', true);
      await echo(answering, question.clientId);
      return { visitor: asking, agent: answering, conversationId };
    }

    const entriesOf = (socket: TestSocket): readonly Entry[] =>
      socket.seen.flatMap((frame) => (frame.type === 'entry' ? [frame.entry] : []));

    async function log(node: TestServer, token: string, id: string): Promise<readonly Entry[]> {
      return (await node.widget<EntryPage>(`/conversations/${id}/entries?limit=100`, { token })).body.entries;
    }

    describe('A visitor on node 1 and an agent on node 2', () => {
      it('talk in an inbox that was made while the agent was there', async () => {
        const answering = await agent(two);
        await one.api('/v1/inboxes', { method: 'POST', body: { id: 'made-later', name: 'Made later' } });
        await cluster.haveTold([one, two]);
        const made = await one.request<{ token: string }>('/v1/widget/made-later/sessions', {
          method: 'POST',
          body: {},
        });
        const asking = await one.socket('/v1/widget/made-later/socket');
        await asking.hello({ token: made.body.token });
        const question = await say(asking, uuid(), 'Is anybody there?', true);
        assert.deepEqual(await echo(answering, question.clientId), question);
      });

      it('talk with each other, see each other type and read', async () => {
        const { visitor: asking, agent: answering, conversationId } = await talk();
        const { conversation } = await answering.next(
          'conversation',
          (frame) => frame.conversation.id === conversationId,
        );
        assert.equal(
          conversation.lastSeq,
          0,
          'agents on every node hear of a new conversation before its first message',
        );
        asking.send({ type: 'typing', conversationId, typing: true });
        assert.equal((await answering.next('typing')).author.kind, 'contact');
        answering.send({ type: 'typing', conversationId, typing: true });
        assert.equal((await asking.next('typing')).author.kind, 'agent');
        answering.send({ type: 'read', conversationId, seq: 1 });
        assert.equal((await asking.next('read', ({ by }) => by === 'agent')).seq, 1);
        const answer = await say(answering, conversationId, 'Yes!');
        assert.deepEqual(await echo(asking, answer.clientId), answer);
        assert.deepEqual(
          entriesOf(asking).map(({ seq, type }) => [seq, type]),
          [
            [1, 'message'],
            [2, 'joined'],
            [3, 'message'],
          ],
        );
      });

      it('see settings and rules the moment that they are saved, on whichever node', async () => {
        const widget = await visitor(one);
        const save = (settings: object) => two.api('/v1/inboxes/demo', { method: 'PATCH', body: { settings } });
        await save({ appearance: { teamName: 'Night shift' } });
        assert.equal((await widget.next('settings')).settings.appearance.teamName, 'Night shift');
        await save({ security: { whoMayTalk: 'verified' } });
        assert.equal(await widget.closed, CloseCode.refused);
        await save({ security: { whoMayTalk: 'everybody' } });
      });
    });

    describe('Who signs out on node 1', () => {
      it('is signed out on node 2 at once: visitors, and agents', async () => {
        const { token } = await one.session();
        const elsewhere = await visitor(two, { token });
        assert.equal((await one.widget('/session', { method: 'DELETE', token })).status, 204);
        assert.equal(await elsewhere.closed, CloseCode.signedOut);

        const cookie = await one.signIn();
        const console = await two.socket('/v1/agent/socket', { cookie });
        await console.hello();
        assert.equal((await one.request('/v1/agent/session', { method: 'DELETE', headers: { cookie } })).status, 204);
        assert.equal(await console.closed, CloseCode.signedOut);
      });
    });

    describe('A message that a node has stored, dying before it could say so', () => {
      it('is told to everybody when its sender sends it again elsewhere', async () => {
        const { visitor: asking, agent: answering, conversationId } = await talk();
        const { contact } = (await one.widget<{ contact: { id: string } }>('/session', { token: asking.token })).body;
        const clientId = uuid();
        const by = { kind: 'contact', contactId: contact.id, inboxId: 'demo', verification: 'anonymous' } as const;
        await two.chat.store.append({ by, conversationId, log: 'main', type: 'message', clientId, text: 'last words' });
        asking.send({ type: 'send', conversationId, clientId, text: 'last words' });
        const told = await echo(answering, clientId);
        assert.equal(told.seq, 2);
        assert.deepEqual(await echo(asking, clientId), told);
        assert.deepEqual((await log(one, asking.token, conversationId)).length, 2);
      });
    });

    describe('While NATS is away', () => {
      it('everybody goes on; when it is back they come again for what they missed: late, but not lost', async () => {
        const { visitor: asking, agent: answering, conversationId } = await talk();
        const said: Entry[] = [];
        await cluster.withoutNats(async () => {
          said.push(await say(asking, conversationId, 'Hello?'), await say(asking, conversationId, 'Are you there?'));
          said.push(await say(answering, conversationId, 'Of course.'));
          const fresh = await visitor(one, asking);
          assert.ok(
            fresh.seen.some(({ type }) => type === 'welcome'),
            'whoever comes now is let in',
          );
        });
        const answer = said.at(-1);

        assert.deepEqual(await Promise.all([asking.closed, answering.closed]), [CloseCode.restart, CloseCode.restart]);
        assert.ok(!entriesOf(answering).some(({ seq }) => seq === said[0]?.seq), 'nobody could tell them');
        const again = await one.socket('/v1/widget/demo/socket');
        const welcome = await again.hello({ token: asking.token, since: { [conversationId]: 3 } });
        assert.equal(welcome.conversations.find(({ id }) => id === conversationId)?.lastSeq, answer?.seq);
        const console = await agent(two);
        const kept = await log(two, asking.token, conversationId);
        assert.deepEqual(
          kept.map(({ seq, type }) => [seq, type]),
          [
            [1, 'message'],
            [2, 'message'],
            [3, 'message'],
            [4, 'joined'],
            [5, 'message'],
          ],
        );
        const next = await say(again, conversationId, 'Good.');
        assert.deepEqual(await echo(console, next.clientId), next, 'and everything is live again');
      });

      it('saved settings and an ended session reach other nodes when it is back', async () => {
        const { token } = await one.session();
        const [widget, elsewhere] = [await visitor(two), await visitor(two, { token })];
        await cluster.withoutNats(async () => {
          const settings = { appearance: { teamName: 'Day shift' } };
          await one.api('/v1/inboxes/demo', { method: 'PATCH', body: { settings } });
          await one.widget('/session', { method: 'DELETE', token });
        });
        assert.deepEqual(await Promise.all([widget.closed, elsewhere.closed]), [CloseCode.restart, CloseCode.restart]);
        const again = await two.socket('/v1/widget/demo/socket');
        await again.hello({ token: widget.token, since: {} });
        assert.equal((await again.next('settings')).settings.appearance.teamName, 'Day shift');
        const over = await two.socket('/v1/widget/demo/socket');
        over.send({ type: 'hello', version: 1, token });
        assert.equal(await over.closed, CloseCode.signedOut);
      });
    });

    describe('A node that alone has lost NATS', () => {
      it('makes the others’ sockets come again too, for they have missed what was said there', async () => {
        const { visitor: asking, agent: answering, conversationId } = await talk();
        await link.cut();
        const answer = await say(answering, conversationId, 'Can you hear me?');
        const isBack = cluster.isBack(two);
        link.mend();
        await isBack;
        assert.equal(await asking.closed, CloseCode.restart);
        const again = await one.socket('/v1/widget/demo/socket');
        const { conversations } = await again.hello({ token: asking.token, since: { [conversationId]: 1 } });
        assert.equal(conversations[0]?.lastSeq, answer.seq);
      });
    });
  });
}
