import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Route } from '../../../src/api/protocol.ts';
import { planRouting } from '../../src/routing/routing-plan.ts';
import type { RoutingBook } from '../../src/routing/routing-plan.ts';
import { readSettings } from '../../src/settings.ts';
import type { AssignmentRule } from '../../src/store/assignment-rules.ts';
import type { AgentRow } from '../../src/store/rows.ts';

const people = ['Ada', 'Bo'].map((name) => ({ id: name.toLowerCase(), name, disabled: false }) as AgentRow);
const book = (...rules: Partial<AssignmentRule>[]): RoutingBook => ({
  agents: [...people, { id: 'ex', name: 'Ex', disabled: true } as AgentRow],
  teams: [{ id: 'sales', name: 'Sales', agentIds: ['ada'], strategy: 'roundRobin' }],
  rules: rules.map((rule, position) => ({
    ...{ id: `r${position}`, inboxId: null, name: 'rule', position, enabled: true, conditions: [], to: ['bo'] },
    ...rule,
  })),
});

function plan(rules: RoutingBook, route?: Route, settings: object = {}, page = 'https://shop.example/pricing') {
  const { assignment } = readSettings({ assignment: settings });
  const parameters = { page_url: page, message_text: 'Do you sell tents?' };
  return planRouting(rules, { inboxId: 'demo', settings: { assignment }, route, parameters });
}

const bo = { agents: ['bo'], teams: [] };
const sales = { agents: [], teams: ['sales'] };

describe('For whom a conversation is', () => {
  it('is nobody’s matter where agents take theirs themselves, else everybody’s', () => {
    assert.equal(plan(book()), null);
    assert.deepEqual(plan(book(), undefined, { strategy: 'roundRobin' }), {});
  });

  it('is said by the first rule that holds, is switched on, and is for this inbox', () => {
    const rules = book(
      { enabled: false },
      { inboxId: 'other' },
      { conditions: [['page_url', 'contains', '/jobs']] },
      { conditions: [['page_url', 'contains', '/pricing'], ['message_text', 'contains', 'tents']], to: ['sales'] }, // prettier-ignore
      {},
    );
    assert.deepEqual(plan(rules), sales);
    assert.deepEqual(plan(rules, undefined, {}, 'https://shop.example/'), bo);
  });

  it('is said by what only the page knows, where the server knows no better', () => {
    const rules = book({ conditions: [['utm_source', '=', 'news']] });
    assert.deepEqual(plan(rules, { parameters: { utm_source: 'News' } }), bo);
    assert.equal(plan(rules, { parameters: { utm_source: 'ads' } }), null);
    const pages = book({ conditions: [['page_url', 'contains', '/vip']] });
    assert.equal(plan(pages, { parameters: { page_url: 'https://shop.example/vip' } }), null);
  });

  it('is said by the page before all rules, by id or name', () => {
    assert.deepEqual(plan(book({}), { to: ['SALES'] }), sales);
    assert.deepEqual(plan(book({}), { to: ['ada', 'Sales'] }), { agents: ['ada'], teams: ['sales'] });
    assert.deepEqual(plan(book({}), { to: ['nobody', 'Ex'] }), bo, 'what names nobody counts for nothing');
  });

  it('is not said by rules that the page does not want', () => {
    assert.equal(plan(book({}), { rules: false }), null);
    assert.deepEqual(plan(book({}), { rules: false, among: ['Sales'] }), sales);
    assert.deepEqual(plan(book({}), { among: ['Sales'] }), bo, 'a rule comes before who is offered');
  });

  it('is not said by pages where the inbox does not let them', () => {
    assert.deepEqual(plan(book({}), { to: ['sales'], rules: false }, { pages: false }), bo);
  });
});
