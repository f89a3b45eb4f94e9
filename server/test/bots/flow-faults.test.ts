import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { faultOfFlow } from '../../src/bots/flow-faults.ts';
import type { Flow, FlowStep } from '../../src/bots/flow.ts';

const END: FlowStep = { id: 'end', type: 'end' };
const say = (id: string, next: string): FlowStep => ({ id, type: 'message', text: 'Hello', next });
const choose = (id: string, ...to: readonly string[]): FlowStep => ({
  ...{ id, type: 'replies', text: 'Which?' },
  replies: to.map((next, index) => ({ text: `reply ${index}`, next })),
});

const placeOf = (...steps: FlowStep[]): string | undefined => faultOfFlow({ name: 'Robo', steps } as Flow)?.place;

describe('A flow', () => {
  it('may lead back to a question', () => {
    assert.equal(placeOf(choose('menu', 'tell', 'end'), say('tell', 'menu'), END), undefined);
  });

  it('may end in people', () => {
    assert.equal(placeOf(say('hi', 'people'), { id: 'people', type: 'handover' }), undefined);
  });

  for (const [what, steps, place] of [
    ['has two steps with one id', [say('a', 'end'), say('a', 'end'), END], '/steps/1/id'],
    ['leads nowhere', [say('a', 'b'), END], '/steps/0/next'],
    ['offers a reply that leads nowhere', [choose('a', 'end', 'b'), END], '/steps/0/replies/1/next'],
    ['has a step that nothing leads to', [say('a', 'end'), say('b', 'end'), END], '/steps/1'],
    ['goes round without a question', [choose('a', 'b', 'end'), say('b', 'c'), say('c', 'b'), END], '/steps/1'],
    [
      'goes round by waiting',
      [choose('a', 'b', 'end'), { id: 'b', type: 'wait', seconds: 60, next: 'b' }, END],
      '/steps/1',
    ],
    [
      'asks again and again while nobody is there',
      [
        {
          ...{ id: 'a', type: 'replies', text: 'Well?', replies: [{ text: 'Yes', next: 'end' }] },
          silence: { seconds: 5, next: 'a' },
        },
        END,
      ],
      '/steps/0',
    ],
    ['lets nobody out', [choose('a', 'b', 'end'), choose('b', 'b'), END], '/steps/1'],
    [
      'offers the same twice',
      [
        {
          ...{ id: 'a', type: 'replies', text: 'Well?' },
          replies: [
            { text: 'Yes', next: 'end' },
            { text: 'yes ', next: 'end' },
          ],
        },
        END,
      ],
      '/steps/0/replies/1/text',
    ],
    [
      'chooses from nothing',
      [{ id: 'a', type: 'ask', text: 'Size?', field: { key: 'size', label: 'Size', type: 'list' }, next: 'end' }, END],
      '/steps/0/field',
    ],
    ['compares with an unknown parameter', [branch(['moon', '=', 'full']), END], '/steps/0/cases/0/conditions/0/0'],
    ['compares in an unknown way', [branch(['page_url', 'is', 'x']), END], '/steps/0/cases/0/conditions/0/1'],
    ['asks what only the page knows', [branch(['scroll_depth', '>', 50]), END], '/steps/0/cases/0/conditions/0/0'],
    [
      'looks at an answer that nobody gives',
      [branch(['answer.size', '=', 'L']), END],
      '/steps/0/cases/0/conditions/0/0',
    ],
    ['has a button that says something', [talking(), END], '/steps/0/content'],
  ] as readonly [string, FlowStep[], string][]) {
    it(`that ${what} is refused, with the place`, () => {
      assert.equal(placeOf(...steps), place);
    });
  }
});

function branch(condition: readonly unknown[]): FlowStep {
  return { id: 'a', type: 'branch', cases: [{ conditions: [condition], next: 'end' }], otherwise: 'end' };
}

function talking(): FlowStep {
  const content = { type: 'buttons', buttons: [{ id: '1', text: 'Say it' }] } as const;
  return {
    id: 'a',
    type: 'message',
    text: 'Hello',
    content: { ...content, buttons: [...content.buttons] },
    next: 'end',
  };
}
