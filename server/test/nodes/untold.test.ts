import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import type { SessionAnswer } from '../../../src/api/protocol.ts';
import { uuid } from '../support/ids.ts';
import { agent, say, visitor } from '../support/socket.ts';
import { openCluster } from './cluster.ts';

const cluster = await openCluster();

if (cluster) {
  describe('What a node has stored and died before it told', () => {
    after(() => cluster.close());

    it('is told by the next node that starts, to visitors and agents on all nodes', async () => {
      const [one, two] = [await cluster.node(), await cluster.node()];
      const session = (await one.session()) satisfies SessionAnswer;
      const [ada, desk] = [await visitor(one, session), await agent(one)];
      const conversationId = uuid();
      await say(ada, conversationId, 'told', true);
      await desk.next('entry', ({ entry }) => entry.conversationId === conversationId);
      // A commit, and not a word about it: the sender is another device of the same contact, and never comes back.
      const { contact } = session;
      const by = { kind: 'contact', contactId: contact.id, inboxId: one.inbox, verification: 'anonymous' } as const;
      await two.chat.store.append({
        by,
        conversationId,
        log: 'main',
        type: 'message',
        clientId: uuid(),
        text: 'untold',
      });
      await cluster.haveTold([one, two]);
      const heard = [ada, desk].flatMap(({ seen }) => seen.filter((frame) => JSON.stringify(frame).includes('untold')));
      assert.deepEqual(heard, []);

      await cluster.node();
      for (const socket of [ada, desk]) {
        const { conversation } = await socket.next('conversation', (frame) => frame.conversation.lastSeq === 2);
        assert.equal(conversation.id, conversationId);
        assert.equal(conversation.lastMessage?.text, 'untold');
      }
    });
  });
}
