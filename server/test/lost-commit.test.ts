import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { Conversation, SessionAnswer } from '../../src/api/protocol.ts';
import { databaseKinds } from './support/databases.ts';
import type { TestDatabase } from './support/databases.ts';
import { uuid } from './support/ids.ts';
import { LosingLink } from './support/losing-link.ts';
import { startServer } from './support/server.ts';
import type { TestServer } from './support/server.ts';
import { agent, echo, say, visitor } from './support/socket.ts';
import type { TestSocket } from './support/socket.ts';

const postgres = (await databaseKinds()).find(({ name }) => name === 'PostgreSQL');

if (postgres) {
  describe('What PostgreSQL has stored although its answer to COMMIT was lost, on a node that is alone', () => {
    let database: TestDatabase;
    let link: LosingLink;
    let server: TestServer;
    let session: SessionAnswer;
    let ada: TestSocket;
    let desk: TestSocket;
    let conversationId: string;

    before(async () => {
      database = await postgres.create();
      assert.ok('databaseUrl' in database.place);
      const url = new URL(database.place.databaseUrl);
      link = await LosingLink.to(Number(url.port));
      url.port = String(link.port);
      server = await startServer({ config: { databaseUrl: url.href } });
      session = await server.session();
      [ada, desk] = [await visitor(server, session), await agent(server)];
    });
    after(async () => {
      await server.close();
      await link.close();
      await database.drop();
    });
    beforeEach(async () => {
      conversationId = uuid();
      const { clientId } = await say(ada, conversationId, 'one', true);
      await echo(desk, clientId);
    });

    const all = () => [ada, desk];

    /** The next that this socket is told of how a conversation stands, of those that hold. */
    async function told(socket: TestSocket, holds: (conversation: Conversation) => boolean, id = conversationId) {
      const frame = await socket.next('conversation', ({ conversation: its }) => its.id === id && holds(its));
      return frame.conversation;
    }

    it('is told to visitor and agents although its sender never comes back', async () => {
      void link.loseNext();
      const phone = await visitor(server, session);
      phone.send({ type: 'send', conversationId, clientId: uuid(), text: 'lost answer' });
      assert.equal((await phone.next('error')).code, 'unavailable');
      phone.terminate();
      for (const socket of all()) {
        const { lastMessage } = await told(socket, ({ lastSeq }) => lastSeq === 2);
        assert.equal(lastMessage?.text, 'lost answer');
      }
    });

    it('is told when it was the first message of a conversation', async () => {
      void link.loseNext();
      const phone = await visitor(server, session);
      const id = uuid();
      phone.send({ type: 'send', conversationId: id, clientId: uuid(), text: 'a new one', start: true });
      assert.equal((await phone.next('error')).code, 'unavailable');
      phone.terminate();
      for (const socket of all()) {
        const { lastMessage } = await told(socket, ({ lastSeq }) => lastSeq === 1, id);
        assert.equal(lastMessage?.text, 'a new one');
      }
    });

    it('is told again to everybody when its sender sends it again', async () => {
      const lost = link.loseNext();
      const clientId = uuid();
      const message = { type: 'send', conversationId, clientId, text: 'twice sent' } as const;
      ada.send(message);
      assert.equal((await ada.next('error')).code, 'unavailable');
      await lost;
      ada.send(message);
      for (const socket of all()) assert.equal((await echo(socket, clientId)).seq, 2);
    });

    it('is told when it was a read cursor, which moves only once', async () => {
      void link.loseNext();
      desk.send({ type: 'read', conversationId, seq: 1 });
      assert.equal((await told(ada, ({ agentReadSeq }) => agentReadSeq === 1)).unread, 0);
    });

    it('is told when it was a resolve, which writes nothing the second time', async () => {
      const lost = link.loseNext();
      const path = `/v1/conversations/${conversationId}`;
      const resolve = () => server.api(path, { method: 'PATCH', body: { state: 'resolved' } });
      assert.equal((await resolve()).status, 503);
      await lost;
      assert.equal((await resolve()).status, 200);
      for (const socket of all()) {
        const { state } = await told(socket, ({ lastSeq }) => lastSeq === 2);
        assert.equal(state, 'resolved');
      }
    });

    it('is told to the other agents when it was a note', async () => {
      void link.loseNext();
      const other = await agent(server);
      other.send({ type: 'send', conversationId, clientId: uuid(), text: 'a note', note: true });
      assert.equal((await other.next('error')).code, 'unavailable');
      other.terminate();
      const { entry } = await desk.next('entry', ({ log }) => log === 'notes');
      assert.equal(entry.type === 'note' && entry.text, 'a note');
    });
  });
}
