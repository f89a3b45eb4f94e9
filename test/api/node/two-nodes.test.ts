/** A visitor's client on one node and an agent's on another, which is killed and replaced while they talk. */
import assert from 'node:assert/strict';
import { afterEach, before, describe, it } from 'node:test';
import { ADMIN, INBOX } from '../../../scripts/chat-server-process.mjs';
import type { ChatServerProcess } from '../../../scripts/chat-server-process.mjs';
import { AgentClient } from '../../../src/api/agent-client.ts';
import { ChatClient } from '../../../src/api/chat-client.ts';
import { CookieJar } from './cookie-fetch.ts';
import { stateOf, texts } from './eventually.ts';
import { FaultySocket } from './faulty-socket.ts';
import { twoNodes } from './nodes.ts';
import { lines } from './world.ts';

const nodes = await twoNodes();

if (nodes) {
  describe('A visitor on node 1 and an agent on node 2', { timeout: 120_000 }, () => {
    let one: ChatServerProcess;
    let two: ChatServerProcess;
    const clients: { close(): void }[] = [];
    before(async () => {
      [one, two] = await nodes.start();
    });
    afterEach(() => {
      for (const client of clients.splice(0)) client.close();
    });

    async function visitorOn(node: ChatServerProcess): Promise<ChatClient> {
      const client = new ChatClient({ server: node.url, inbox: INBOX, persist: 'none' });
      clients.push(client);
      await client.boot();
      return client;
    }

    async function agentOn(node: ChatServerProcess): Promise<AgentClient> {
      const jar = new CookieJar(node.url);
      const createSocket = (url: string) => new FaultySocket(url, {}, { headers: jar.headers }).asWebSocket;
      const client = new AgentClient({ server: node.url, fetch: jar.fetch, createSocket });
      clients.push(client);
      await client.boot();
      await client.signIn(ADMIN.email, ADMIN.password);
      await stateOf(client, ({ connection }) => connection === 'open');
      return client;
    }

    it('hear and see each other as on one', async () => {
      const [visitor, agent] = [await visitorOn(one), await agentOn(two)];
      const id = visitor.startConversation();
      await visitor.send(id, 'Is this in stock?');
      await stateOf(agent, ({ conversations }) => conversations.some((each) => each.id === id));
      await Promise.all([visitor.open(id), agent.open(id)]);
      agent.setTyping(id, true);
      await stateOf(visitor, ({ threads }) => threads[id]?.typing.length === 1);
      await agent.send(id, 'It is.');
      await stateOf(visitor, (state) => texts(state, id).includes('It is.'));
      visitor.markRead(id);
      await stateOf(agent, () => (agent.conversation(id)?.contactReadSeq ?? 0) >= 3);
    });

    it('lose nothing, and read all in the same order, when node 2 is killed and replaced in mid-talk', async () => {
      const [visitor, agent] = [await visitorOn(one), await agentOn(two)];
      const id = visitor.startConversation();
      await visitor.send(id, 'before');
      await stateOf(agent, ({ conversations }) => conversations.some((each) => each.id === id));
      await Promise.all([visitor.open(id), agent.open(id)]);

      const asked = lines(60, 'question');
      const answered = lines(60, 'answer');
      const sends = asked.slice(0, 30).map((text) => visitor.send(id, text));
      const replies = answered.slice(0, 30).map((text) => agent.send(id, text));
      // Some of them are stored, some are on their way, some have not left.
      await replies[3];
      await two.kill();
      sends.push(...asked.slice(30).map((text) => visitor.send(id, text)));
      replies.push(...answered.slice(30).map((text) => agent.send(id, text)));
      await Promise.all(sends);
      await two.restart();
      await Promise.all(replies);

      const said = ['before', ...asked, ...answered].length;
      await Promise.all([visitor, agent].map((each) => stateOf(each, (state) => texts(state, id).length === said)));
      const log = texts(visitor.state, id);
      assert.deepEqual(texts(agent.state, id), log);
      assert.deepEqual(
        log.filter((text) => !answered.includes(text)),
        ['before', ...asked],
      );
      assert.deepEqual(
        log.filter((text) => answered.includes(text)),
        answered,
      );
      assert.deepEqual([visitor.state.threads[id]?.pending, agent.state.threads[id]?.pending], [[], []]);
    });
  });
}
