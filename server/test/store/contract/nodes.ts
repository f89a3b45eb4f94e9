import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { ContactRow } from '../../../src/store/rows.ts';
import type { Store } from '../../../src/store/store.ts';
import { uuidV7 } from '../../../src/store/uuid-v7.ts';
import type { DatabaseKind, TestDatabase } from '../../support/databases.ts';
import { asContact, bo, message, setScene, stored, upTo, wholeLog } from './scene.ts';
import type { Scene } from './scene.ts';

/** Two nodes on one PostgreSQL. */
export function nodeContract(kind: DatabaseKind): void {
  describe('two nodes', () => {
    let database: TestDatabase;
    let scene: Scene;
    let nodes: [Store, Store];
    let ada: ContactRow;
    before(async () => {
      database = await kind.create();
      nodes = [await database.open(), await database.open()];
      scene = await setScene(nodes[0]);
      ada = await scene.visitor('Ada');
    });
    after(() => database.drop());

    it('write the same conversations at once without a deadlock, a hole or a double', async () => {
      const ids: string[] = [];
      for (const n of upTo(12)) ids.push(await scene.start(ada, `${n}`));
      // Both get the same requests, in opposite orders, over many turns, each of which touches every conversation.
      const requests = upTo(25).flatMap((n) => ids.map((id) => message(n % 5 ? asContact(ada) : bo, id, `${n}`)));
      const send = async (node: Store, list: typeof requests) => {
        const results = [];
        for (let start = 0; start < list.length; start += 30) {
          const turn = list.slice(start, start + 30).map((request) => node.append(request));
          results.push(...(await Promise.all(turn)));
        }
        return results;
      };
      const [one, other] = await Promise.all([send(nodes[0], requests), send(nodes[1], requests.toReversed())]);
      const results = [...one, ...other].map(stored);
      assert.equal(results.filter(({ duplicate }) => duplicate).length, requests.length);
      for (const id of ids) {
        const log = await wholeLog(nodes[1], id);
        assert.deepEqual(
          log.map(({ seq }) => seq),
          upTo(27),
          'the first, one joined, 25 messages',
        );
      }
      const failures = nodes.map((node) => node.counters.failures);
      assert.deepEqual(failures, [0, 0], 'no batch lost against the other node');
    });

    it('start the same conversation once', async () => {
      for (const id of upTo(20).map(() => uuidV7())) {
        const request = message(asContact(ada), id, 'hi', { start: true });
        const results = await Promise.all([...nodes, ...nodes].map((node) => node.append(request)));
        assert.equal(results.filter((result) => stored(result).created).length, 1);
        assert.equal(results.filter((result) => stored(result).duplicate).length, 3);
        assert.equal((await wholeLog(nodes[0], id)).length, 1);
      }
    });

    it('lose no conversation between a merge and a start', async () => {
      for (const n of upTo(15)) {
        const visitor = await scene.visitor();
        const { contact } = await nodes[0].contacts.ensureByEmail({
          inboxId: 'demo',
          email: `n${n}@x.test`,
          verified: true,
        });
        const ids = upTo(4).map(() => uuidV7());
        const [merge, ...starts] = await Promise.all([
          nodes[0].contacts.merge(visitor.id, contact.id),
          ...ids.map((id) => nodes[1].append(message(asContact(visitor), id, 'hi', { start: true }))),
        ]);
        assert.equal(merge.merged, true);
        for (const [index, start] of starts.entries()) {
          const row = await nodes[0].conversations.find(ids[index]!);
          assert.equal(row?.contactId, start.ok ? contact.id : undefined);
        }
      }
    });
  });
}
