import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Team } from '../../../src/api/protocol.ts';
import { choose } from '../../src/routing/choose.ts';
import type { Workforce } from '../../src/routing/choose.ts';
import { Turns } from '../../src/routing/turns.ts';
import { readSettings } from '../../src/settings.ts';
import type { InboxSettings } from '../../src/settings.ts';
import type { AgentRow, ConversationRow } from '../../src/store/rows.ts';

type Settings = InboxSettings['assignment'];

const DEFAULTS = readSettings({}).assignment;

function agent(id: string, more: Partial<AgentRow> = {}): AgentRow {
  return {
    ...{ id, number: 1, email: `${id}@x.test`, name: id.toUpperCase(), role: 'agent', avatarUrl: null },
    ...{ passwordHash: '', disabled: false, away: false, onlineUntil: 0, capacity: null, absentSince: null },
    ...{ createdAt: 0, ...more },
  };
}

function team(id: string, agentIds: readonly string[], strategy: Team['strategy'] = 'roundRobin'): Team {
  return { id, name: id, agentIds, strategy };
}

function workforce(agents: readonly AgentRow[], more: Partial<Workforce> = {}): Workforce {
  const online = new Set(agents.map(({ id }) => id));
  return { agents, teams: [], online, loads: new Map(), turns: new Turns([]), ...more };
}

function waiting(plan: object | null = {}, more: Partial<ConversationRow> = {}): ConversationRow {
  return {
    ...{ id: 'c', number: 1, inboxId: 'demo', contactId: 'k', state: 'open', verification: 'anonymous' },
    ...{
      createdAt: 0,
      updatedAt: 0,
      lastSeq: 1,
      lastNoteSeq: 0,
      lastMessageSeq: 1,
      contactReadSeq: 0,
      agentReadSeq: 0,
    },
    ...{ contactUnread: 0, agentUnread: 1, agents: [], rating: null, canRate: false, assignedAgentId: null },
    ...{ assignedTeamId: null, bot: false, routing: plan && JSON.stringify(plan), isWaiting: true, ...more },
  };
}

/** Ids of those who get so many conversations, one after the other. */
function given(times: number, plan: object, work: Workforce, settings: Partial<Settings> = {}): (string | undefined)[] {
  const all = { ...DEFAULTS, strategy: 'roundRobin', ...settings } as Settings;
  return Array.from({ length: times }, () => choose(waiting(plan), all, work).agent?.id);
}

describe('Who gets a conversation', () => {
  it('is each in turn', () => {
    const work = workforce([agent('a'), agent('b'), agent('c')]);
    assert.deepEqual(given(6, {}, work), ['a', 'b', 'c', 'a', 'b', 'c']);
  });

  it('is whoever has the fewest open ones, and among those each in turn', () => {
    const work = workforce([agent('a'), agent('b'), agent('c')], { loads: new Map([['a', 2], ['c', 1]]) }); // prettier-ignore
    assert.deepEqual(given(5, {}, work, { strategy: 'leastBusy' }), ['b', 'c', 'b', 'a', 'c']);
  });

  it('is nobody who is offline, disabled or full, and then it waits', () => {
    const agents = [agent('off'), agent('out', { disabled: true }), agent('full', { capacity: 2 }), agent('one')];
    const online = new Set(['out', 'full', 'one']);
    const work = workforce(agents, { online, loads: new Map([['full', 1]]) });
    assert.deepEqual(given(5, {}, work, { capacity: 2 }), ['full', 'one', 'one', undefined, undefined]);
    assert.deepEqual(choose(waiting(), { ...DEFAULTS, capacity: 2 }, work), { agent: null, team: null, waits: true });
  });

  it('is of the team that it is for, by the way of that team', () => {
    const teams = [team('t', ['b', 'c'], 'leastBusy'), team('m', ['a'], 'manual')];
    const work = workforce([agent('a'), agent('b'), agent('c')], { teams, loads: new Map([['b', 1]]) });
    assert.deepEqual(choose(waiting({ teams: ['t'] }), DEFAULTS, work), {
      agent: { id: 'c', name: 'C' },
      team: { id: 't', name: 't' },
    });
    assert.deepEqual(
      choose(waiting({ teams: ['m'] }), DEFAULTS, work),
      { agent: null, team: { id: 'm', name: 'm' } },
      'whose members take theirs themselves',
    );
  });

  it('is somebody else where the inbox says so, when those for whom it is have no room', () => {
    const teams = [team('t', ['a']), team('other', ['b'])];
    const work = workforce([agent('a'), agent('b'), agent('c')], { teams, online: new Set(['b', 'c']) });
    const plan = waiting({ teams: ['t'] });
    assert.deepEqual(choose(plan, DEFAULTS, work), { agent: null, team: { id: 't', name: 't' }, waits: true });
    const other = choose(plan, { ...DEFAULTS, fallback: 'team', fallbackTeam: 'other' }, work);
    assert.deepEqual([other.agent?.id, other.team?.id], ['b', 'other']);
    const anybody = choose(plan, { ...DEFAULTS, fallback: 'everybody' }, work);
    assert.deepEqual([anybody.agent?.id, anybody.team], ['c', null]);
  });

  it('is of its team when it is looked after anew', () => {
    const work = workforce([agent('a'), agent('b')], { teams: [team('t', ['b'])] });
    const row = waiting(null, { assignedTeamId: 't', assignedAgentId: 'gone' });
    assert.equal(choose(row, DEFAULTS, work).agent?.id, 'b');
  });

  it('differs by one at most among those who are there, however many teams they share', () => {
    const people = ['a', 'b', 'c'];
    const someTeams = fc.array(fc.uniqueArray(fc.constantFrom(...people), { minLength: 1 }), {
      minLength: 1,
      maxLength: 4,
    });
    const visits = fc.array(fc.nat(), { maxLength: 80 });
    fc.assert(
      fc.property(someTeams, visits, (sets, order) => {
        const teams = sets.map((ids, index) => team(`t${index}`, ids));
        const work = workforce(people.map((id) => agent(id)), { teams }); // prettier-ignore
        const shares = new Map<string, Map<string, number>>();
        for (const visit of order) {
          const { id, agentIds } = teams[visit % teams.length]!;
          const [got = ''] = given(1, { teams: [id] }, work);
          assert.ok(agentIds.includes(got));
          const key = [...agentIds].sort().join();
          const of = shares.get(key) ?? new Map(agentIds.map((each) => [each, 0]));
          shares.set(key, of.set(got, (of.get(got) ?? 0) + 1));
        }
        for (const counts of shares.values()) {
          const numbers = [...counts.values()];
          assert.ok(Math.max(...numbers) - Math.min(...numbers) <= 1);
        }
      }),
    );
  });

  it('goes on where the last look has left off', () => {
    const agents = [agent('a'), agent('b'), agent('c')];
    const before = workforce(agents);
    assert.deepEqual(given(2, {}, before), ['a', 'b']);
    assert.deepEqual(given(2, {}, workforce(agents, { turns: new Turns(before.turns.taken) })), ['c', 'a']);
  });
});
