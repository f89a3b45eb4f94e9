import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Assignment, Writer } from '../../../src/store/append-request.ts';
import type { ContactRow } from '../../../src/store/rows.ts';
import { TeamRefused } from '../../../src/store/teams.ts';
import { uuidV7 } from '../../../src/store/uuid-v7.ts';
import type { DatabaseKind, TestDatabase } from '../../support/databases.ts';
import { asContact, bo, message, setScene, stored } from './scene.ts';
import type { Scene } from './scene.ts';

const SYSTEM: Writer = { kind: 'system' };

/** Who has a conversation, and whose turn it is. */
export function routingContract(kind: DatabaseKind): void {
  describe('who has a conversation', () => {
    let database: TestDatabase;
    let scene: Scene;
    let ada: ContactRow;
    let cyId: string;

    before(async () => {
      database = await kind.create();
      scene = await setScene(await database.open());
      ada = await scene.visitor('Ada');
      const { agent } = await scene.store.agents.ensure({
        email: 'cy@x.test',
        name: 'Cy',
        role: 'agent',
        passwordHash: '',
      });
      cyId = agent.id;
    });
    after(() => database.drop());

    async function assign(conversationId: string, assignment: Assignment, by = SYSTEM) {
      return stored(await scene.store.append({ by, conversationId, log: 'notes', type: 'assigned', assignment }));
    }

    /** Begun so that somebody is looked for. */
    async function startWaiting(plan: object = {}): Promise<string> {
      const id = uuidV7();
      const more = { start: true, routing: JSON.stringify(plan) };
      stored(await scene.store.append(message(asContact(ada), id, 'hello', more)));
      return id;
    }

    const waitingIds = async () => (await scene.store.routing.waiting(100)).map(({ id }) => id);

    it('stands in the notes log, in the row, and in what agents are shown', async () => {
      const id = await scene.start(ada);
      const cy = { id: cyId, name: 'Cy' };
      const { entries, conversation } = await assign(id, { agent: cy, team: { id: 'sales', name: 'Sales' } });
      assert.deepEqual(
        entries.map(({ type, seq }) => [type, seq]),
        [['assigned', 1]],
      );
      assert.deepEqual([conversation.lastSeq, conversation.lastNoteSeq], [1, 1]);
      assert.deepEqual((await scene.store.conversations.findForAgents(id))?.assignee, {
        agentId: cyId,
        teamId: 'sales',
      });
      const row = await scene.store.conversations.find(id);
      assert.ok(row);
      const { entries: notes } = await scene.store.entries.page(row, { log: 'notes' });
      assert.deepEqual(notes, entries);
      assert.equal((await assign(id, { agent: cy })).duplicate, true, 'it is so already');
      assert.deepEqual(
        (await assign(id, { agent: null })).conversation.assignedTeamId,
        'sales',
        'what is missing stays',
      );
      assert.ok(!('assignee' in ((await scene.store.conversations.findForContact(id, ada.id)) ?? {})));
    });

    it('is no visitor’s business', async () => {
      const id = await scene.start(ada);
      const result = await scene.store.append({
        ...{ by: asContact(ada), conversationId: id, log: 'notes', type: 'assigned' },
        assignment: { agent: { id: cyId, name: 'Cy' } },
      });
      assert.equal(result.ok, false);
    });

    it('is looked for, oldest first, until somebody has it or it is closed', async () => {
      const [one, two, three] = [await startWaiting({ teams: ['t'] }), await startWaiting(), await startWaiting()];
      assert.deepEqual(await waitingIds(), [one, two, three]);
      const [row] = await scene.store.routing.waiting(1);
      assert.equal(row?.routing, '{"teams":["t"]}');
      assert.deepEqual(
        (await scene.store.routing.waiting(100, row?.number)).map(({ id }) => id),
        [two, three],
      );
      await assign(one, { agent: { id: cyId, name: 'Cy' } });
      const { entries } = stored(await scene.store.append(message(bo, two)));
      assert.deepEqual(entries.map(({ type }) => type), ['joined', 'message', 'assigned']); // prettier-ignore
      stored(await scene.store.append({ by: SYSTEM, conversationId: three, log: 'main', type: 'resolved' }));
      assert.deepEqual(await waitingIds(), []);
      stored(await scene.store.append(message(asContact(ada), three, 'one more thing')));
      assert.deepEqual(await waitingIds(), [three]);
      await assign(three, {});
    });

    it('is not looked for while a bot answers', async () => {
      const id = uuidV7();
      stored(await scene.store.append(message(asContact(ada), id, 'hi', { start: true, routing: '{}', bot: true })));
      assert.deepEqual(await waitingIds(), []);
      await scene.store.botRuns.end(id, 'handed_over', Date.now());
      assert.deepEqual(await waitingIds(), [id]);
      await assign(id, {});
    });

    it('is said once when two say so at the same time', async () => {
      const id = await startWaiting();
      const expected = { assignedAgentId: null, isWaiting: true };
      const both = await Promise.all([
        assign(id, { agent: { id: cyId, name: 'Cy' }, expected }),
        assign(id, { agent: { id: 'other', name: 'Other' }, expected }),
      ]);
      assert.deepEqual(both.map(({ duplicate }) => duplicate).sort(), [false, true]);
      assert.equal((await scene.store.conversations.find(id))?.lastNoteSeq, 1);
    });

    it('is given back by who hands it over', async () => {
      const id = await scene.start(ada);
      assert.ok(bo.kind === 'agent');
      await assign(id, { agent: { id: bo.agentId, name: bo.name }, team: { id: 'sales', name: 'Sales' } }, bo);
      const { conversation } = stored(
        await scene.store.append({ by: bo, conversationId: id, log: 'main', type: 'left' }),
      );
      assert.deepEqual([conversation.assignedAgentId, conversation.assignedTeamId], [null, 'sales']);
    });

    it('is counted, listed and found by agent and team', async () => {
      const dora = await scene.visitor('Dora', 'other');
      const [one, two, three] = [await scene.start(dora), await scene.start(dora), await scene.start(dora)];
      const di = { id: uuidV7(), name: 'Di' };
      await assign(one, { agent: di });
      await assign(two, { agent: di, team: { id: 'help', name: 'Help' } });
      const { routing, conversations } = scene.store;
      assert.equal((await routing.loads()).get(di.id), 2);
      assert.deepEqual((await routing.assignedTo([di.id], ['other'], 10)).map(({ id }) => id), [one, two]); // prettier-ignore
      assert.deepEqual(await routing.assignedTo([di.id], ['demo'], 10), []);
      const found = async (query: object) =>
        (await conversations.pageForAgents({ inboxId: 'other', ...query })).conversations.map(({ id }) => id);
      assert.deepEqual(await found({ agentId: di.id }), [two, one]);
      assert.deepEqual(await found({ agentId: null, state: 'open' }), [three]);
      assert.deepEqual(await found({ teamId: 'help' }), [two]);
      assert.deepEqual(await found({ agentId: 'nul\0' }), []);
      stored(await scene.store.append({ by: SYSTEM, conversationId: one, log: 'main', type: 'resolved' }));
      assert.equal((await routing.loads()).get(di.id), 1);
    });
  });

  describe('teams and turns', () => {
    let database: TestDatabase;
    let scene: Scene;
    before(async () => {
      database = await kind.create();
      scene = await setScene(await database.open());
    });
    after(() => database.drop());

    it('of a name there is one, and its members are agents', async () => {
      const { teams, agents } = scene.store;
      const { agent } = await agents.ensure({ email: 'cy@x.test', name: 'Cy', role: 'agent', passwordHash: '' });
      const made = await teams.create({ name: 'Sales', strategy: 'roundRobin', agentIds: [agent.id] });
      await assert.rejects(teams.create({ name: 'SALES', strategy: 'manual', agentIds: [] }), TeamRefused);
      await assert.rejects(teams.create({ name: 'New', strategy: 'manual', agentIds: [agent.id, 'x'] }), { at: 1 });
      assert.deepEqual(await teams.list(), [made], 'nothing is left of what was refused');
      const changed = await teams.update(made.id, { name: 'sales', strategy: 'manual', agentIds: [] });
      assert.deepEqual(changed, { id: made.id, name: 'sales', strategy: 'manual', agentIds: [] });
      await teams.delete(made.id);
      assert.equal(await teams.update(made.id, { name: 'x' }), null);
      assert.deepEqual(await teams.list(), []);
    });

    it('rules stand in their order', async () => {
      const { assignmentRules: rules } = scene.store;
      const rule = { inboxId: null, enabled: true, conditions: [], to: ['x'] };
      const one = await rules.create({ ...rule, name: 'one' });
      const two = await rules.create({ ...rule, name: 'two', inboxId: 'other', conditions: [['country', '=', 'DK']] });
      assert.deepEqual(await rules.list(), [one, two]);
      await rules.update(one.id, { position: 9 });
      assert.deepEqual((await rules.list()).map(({ name }) => name), ['two', 'one']); // prettier-ignore
      assert.deepEqual((await rules.list('demo')).map(({ name }) => name), ['one']); // prettier-ignore
      await rules.delete(two.id);
      assert.equal(await rules.find(two.id), null);
      assert.equal(await rules.update(two.id, { name: 'x' }), null);
    });

    it('turns are kept, the newest of each', async () => {
      const { routing } = scene.store;
      await routing.saveTurns([{ pool: 'p', agentId: 'a', turn: 1 }]);
      await routing.saveTurns([{ pool: 'p', agentId: 'a', turn: 3 }, { pool: 'p', agentId: 'b', turn: 2 }]); // prettier-ignore
      const turns = [...(await routing.turns())].sort((one, other) => one.turn - other.turn);
      assert.deepEqual(turns.map(({ agentId, turn }) => [agentId, turn]), [['b', 2], ['a', 3]]); // prettier-ignore
    });

    it('a lease is one node’s until it gives it back or its time is over', async () => {
      const { routing } = scene.store;
      const both = await Promise.all(['one', 'two'].map((node) => routing.lease('work', node, 1_000, 2_000)));
      assert.deepEqual([...both].sort(), [false, true]);
      const [first, second] = both[0] ? ['one', 'two'] : ['two', 'one'];
      assert.equal(await routing.lease('work', first!, 1_500, 2_500), true, 'again, for longer');
      assert.equal(await routing.lease('work', second!, 2_000, 3_000), false);
      assert.equal(await routing.lease('work', second!, 2_500, 3_500), true, 'the other has died');
      await routing.release('work', first!);
      assert.equal(await routing.lease('work', first!, 2_600, 3_600), false);
      await routing.release('work', second!);
      assert.equal(await routing.lease('work', first!, 2_600, 3_600), true);
    });

    it('when the last one went is noted once, and stays when somebody comes', async () => {
      const { routing } = scene.store;
      await routing.noteAvailability('team', false, 5);
      assert.equal((await routing.availability()).get('team'), undefined);
      await routing.noteAvailability('team', true, 10);
      await routing.noteAvailability('team', false, 20);
      await routing.noteAvailability('team', false, 30);
      assert.deepEqual((await routing.availability()).get('team'), { online: false, lastOfflineAt: 20 });
      await routing.noteAvailability('team', true, 40);
      assert.deepEqual((await routing.availability()).get('team'), { online: true, lastOfflineAt: 20 });
    });

    it('since when an agent is gone is noted once', async () => {
      const { agents } = scene.store;
      const { agent } = await agents.ensure({ email: 'di@x.test', name: 'Di', role: 'agent', passwordHash: '' });
      await agents.setAbsent([agent.id], 10);
      await agents.setAbsent([agent.id], 20);
      assert.equal((await agents.find(agent.id))?.absentSince, 10);
      await agents.setAbsent([agent.id], null);
      assert.equal((await agents.find(agent.id))?.absentSince, null);
      assert.equal((await agents.update(agent.id, { capacity: 3 }))?.capacity, 3);
      assert.equal((await agents.update(agent.id, { capacity: null }))?.capacity, null);
    });
  });
}
