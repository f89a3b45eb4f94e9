import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { uuid } from '../support/ids.ts';
import { ServerProcess } from '../support/server-process.ts';
import { agent, say, visitor } from '../support/socket.ts';
import { openCluster } from './cluster.ts';

/** A node that is silent for so long is dead, ms. */
const SILENCE_MS = 900;

const cluster = await openCluster();

if (cluster) {
  describe('What a node has stored, and was killed before it told', () => {
    after(() => cluster.close());

    it('is told by the one that is left, to visitors and agents, although no other takes its place', async () => {
      const one = await cluster.node(undefined, { presenceMs: SILENCE_MS });
      const session = await one.session();
      const [ada, desk] = [await visitor(one, session), await agent(one)];
      const conversationId = uuid();
      await say(ada, conversationId, 'told', true);

      const two = new ServerProcess({
        ...{ DATABASE_URL: cluster.databaseUrl, NATS_URL: cluster.nats.url, DATA_DIR: one.dataDir },
        LIMITS: JSON.stringify({ presenceMs: SILENCE_MS }),
      });
      await two.listening();
      // It tells what an earlier node may have left untold; so it is heard.
      for (const socket of [ada, desk])
        await socket.next('conversation', ({ conversation }) => conversation.lastSeq === 1);
      const { contact } = session;
      // A commit, and not a word about it: the sender is another device of the same contact, and never comes back.
      await one.chat.store.append({
        by: { kind: 'contact', contactId: contact.id, inboxId: one.inbox, verification: 'anonymous' },
        conversationId,
        log: 'main',
        type: 'message',
        clientId: uuid(),
        text: 'untold',
      });
      await two.stop('SIGKILL');
      for (const socket of [ada, desk]) {
        const { conversation } = await socket.next('conversation', (frame) => frame.conversation.lastSeq === 2);
        assert.equal(conversation.lastMessage?.text, 'untold');
      }
    });
  });
}
