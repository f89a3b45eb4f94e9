import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Flow } from '../../../src/bots/flow.ts';
import type { Writer } from '../../../src/store/append-request.ts';
import type { ClaimedRun } from '../../../src/store/bot-runs.ts';
import { uuidV7 } from '../../../src/store/uuid-v7.ts';
import type { DatabaseKind, TestDatabase } from '../../support/databases.ts';
import { asContact, bo, message, setScene, stored } from './scene.ts';
import type { Scene } from './scene.ts';

const flow: Flow = { name: 'Robo', steps: [{ id: 'end', type: 'end' }] };
const robo: Writer = { kind: 'bot', botId: uuidV7(), name: 'Robo' };

/** Where chatbots stand. */
export function botContract(kind: DatabaseKind): void {
  describe('chatbots', () => {
    let database: TestDatabase;
    let scene: Scene;
    before(async () => {
      database = await kind.create();
      scene = await setScene(await database.open());
    });
    after(() => database.drop());

    /** A conversation that one answers; its id. Its run is due at 1,000. */
    async function begin(): Promise<string> {
      const { store } = scene;
      const conversationId = uuidV7();
      const run = { conversationId, inboxId: 'demo', triggerId: uuidV7(), flow, facts: { page_url: 'x' }, step: 'end' };
      await store.botRuns.prepare(run, 500, 1_000);
      const guest = asContact(await scene.visitor());
      stored(await store.append(message(guest, conversationId, 'Hello', { start: true, bot: true })));
      return conversationId;
    }

    async function claim(id: string, now = 1_000, until = 2_000): Promise<ClaimedRun> {
      const run = await scene.store.botRuns.claim(id, now, until);
      assert.ok(run);
      return run;
    }

    it('speak where they were begun, until an agent does', async () => {
      const { store } = scene;
      const id = await begin();
      assert.equal((await store.conversations.findForAgents(id))?.bot, true);
      const said = stored(await store.append(message(robo, id, 'How can I help?')));
      assert.deepEqual(said.entries[0]?.author, { kind: 'bot', id: robo.kind === 'bot' && robo.botId, name: 'Robo' });
      assert.equal(said.conversation.contactUnread, 1);
      assert.deepEqual(said.conversation.agents, []);
      stored(await store.append(message(bo, id, 'I do.')));
      assert.equal((await store.conversations.findForAgents(id))?.bot, undefined);
      const late = await store.append(message(robo, id, 'Or I?'));
      assert.deepEqual([late.ok, !late.ok && late.code], [false, 'conflict']);
    });

    it('are silent where a conversation was closed, and where none was begun', async () => {
      const { store } = scene;
      const id = await begin();
      stored(await store.append({ by: bo, conversationId: id, log: 'main', type: 'resolved' }));
      const other = await scene.start(await scene.visitor());
      for (const each of [id, other]) assert.equal((await store.append(message(robo, each, 'Hi'))).ok, false);
    });

    it('are gone on with by one at a time', async () => {
      const { botRuns } = scene.store;
      const id = await begin();
      const claims = await Promise.all([1, 2, 3].map(() => botRuns.claim(id, 1_000, 2_000)));
      assert.equal(claims.filter((run) => run !== null).length, 1);
      assert.equal(await botRuns.claim(id, 1_999, 3_000), null);
      const run = await claim(id, 2_000, 3_000);
      const next = await botRuns.progress(run, { step: 'next', phase: 'listen', answers: { a: 1 }, dueAt: 9_000 }, 0);
      assert.deepEqual([next?.step, next?.phase, next?.answers, next?.turn], ['next', 'listen', { a: 1 }, 1]);
      assert.equal(await botRuns.progress(run, { step: 'again' }, 0), null, 'somebody has gone on');
    });

    it('are found when they are due, and when somebody has said something', async () => {
      const { store } = scene;
      const { botRuns } = store;
      const id = await begin();
      assert.ok(!(await botRuns.due(999, 100)).includes(id));
      assert.ok((await botRuns.due(1_000, 100)).includes(id));
      const run = await claim(id);
      assert.ok(!(await botRuns.due(1_000, 100)).includes(id), 'somebody is at it');
      const { lastMessageSeq: heardSeq } = (await store.conversations.find(id))!;
      await botRuns.progress(run, { phase: 'listen', heardSeq, dueAt: 7_000 }, 0);
      assert.equal(await botRuns.nextDue(6_000), 7_000);
      assert.ok(!(await botRuns.unheard(100)).includes(id));
      stored(await store.append(message(bo, id, 'Me first')));
      assert.ok((await botRuns.unheard(100)).includes(id));
    });

    it('end once, and are prepared once', async () => {
      const { store } = scene;
      const { botRuns } = store;
      const id = await begin();
      assert.equal(await botRuns.end(id, 'done', 3_000), true);
      assert.equal(await botRuns.end(id, 'failed', 4_000), false);
      const { endReason, endedAt } = (await botRuns.find(id))!;
      assert.deepEqual([endReason, endedAt], ['done', 3_000]);
      assert.equal(await botRuns.claim(id, 9_000, 10_000), null);
      assert.equal((await store.append(message(robo, id, 'Hi'))).ok, false);
      const again = { conversationId: id, inboxId: 'demo', triggerId: 'x', flow, facts: {}, step: 'end' };
      await botRuns.prepare(again, 5_000, 6_000);
      assert.equal((await botRuns.find(id))?.endReason, 'done');
    });

    it('are free again where whoever was at them is known to be gone', async () => {
      const { botRuns } = scene.store;
      const id = await begin();
      await claim(id, 700, 99_000);
      await botRuns.freeClaims();
      assert.ok((await botRuns.due(700, 100)).includes(id), 'it was begun');
      await claim(id, 1_001, 2_000);
    });

    it('leave nothing behind of a contact who is forgotten', async () => {
      const { store } = scene;
      const id = await begin();
      const { contactId } = (await store.conversations.find(id))!;
      await store.contactData.forget(contactId);
      assert.equal(await store.botRuns.find(id), null);
    });

    it('say what their trigger’s flow says, with one secret', async () => {
      const { botFlows, triggers } = scene.store;
      const { id } = await triggers.create({
        ...{ inboxId: 'demo', kind: 'bot', name: 'Helper', enabled: true, priority: 0, message: 'Hi' },
        ...{ conditions: [], delaySeconds: 0, frequency: { times: 1, days: 0 } },
      });
      assert.equal(await botFlows.find(id), null);
      const { secret } = await botFlows.save(id, flow);
      assert.match(secret, /^whsec_[A-Za-z0-9+/]{43}=$/);
      const other = { ...flow, name: 'Otto' };
      assert.deepEqual(await botFlows.save(id, other), { flow: other, secret });
      assert.deepEqual(await botFlows.find(id), { flow: other, secret });
      await triggers.delete(id);
      assert.equal(await botFlows.find(id), null);
    });
  });
}
