/** Which trigger is due, which the page lets through, and what a device remembers of them. */
import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import type { WidgetTrigger } from '../../../src/api/protocol.ts';
import { isSpent, TriggerChoice } from '../../../src/api/trigger-choice.ts';
import {
  countVisit,
  forgetInvitation,
  keepInvitation,
  keptInvitation,
  noteShown,
  shownAt,
} from '../../../src/api/trigger-memory.ts';
import { TriggerSwitches } from '../../../src/api/trigger-switches.ts';
import { forgetNote, writeNote } from '../../../src/api/device-notes.ts';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

function trigger(id: string, more: Partial<WidgetTrigger> = {}): WidgetTrigger {
  return {
    ...{ id, kind: 'invitation', message: id, conditions: [], delaySeconds: 0, frequency: { times: 1, days: 0 } },
    ...more,
  };
}

describe('A trigger', () => {
  const reads = (facts: Record<string, unknown>) => (key: string) => facts[key];

  it('is due when all its conditions have held for its delay, without a break', () => {
    const choice = new TriggerChoice();
    const late = [trigger('late', { delaySeconds: 5, conditions: [['scroll_depth', '>', 50], true] })];
    const next = (now: number, depth: number) => choice.next(late, reads({ scroll_depth: depth }), now)?.id;
    assert.equal(next(0, 60), undefined);
    assert.equal(next(4_999, 60), undefined);
    assert.equal(next(5_000, 60), 'late');
    assert.equal(next(6_000, 10), undefined);
    assert.equal(next(7_000, 60), undefined);
    assert.equal(next(11_999, 60), undefined);
    assert.equal(next(12_000, 60), 'late');
    choice.reset();
    assert.equal(next(12_000, 60), undefined);
  });

  it('comes before those that are due later, and of those that are due at once the first does', () => {
    const all = [trigger('late', { delaySeconds: 9 }), trigger('first'), trigger('second')];
    const choice = new TriggerChoice();
    assert.equal(choice.next(all, reads({}), 0)?.id, 'first');
    assert.equal(choice.next(all.slice(0, 1), reads({}), 20_000)?.id, 'late');
  });

  it('is spent when it was shown so often within so many days', () => {
    const now = 100 * DAY_MS;
    assert.equal(isSpent({ times: 1, days: 0 }, [], now), false);
    assert.equal(isSpent({ times: 1, days: 0 }, [1], now), true);
    assert.equal(isSpent({ times: 2, days: 7 }, [now - 8 * DAY_MS, now - DAY_MS], now), false);
    assert.equal(isSpent({ times: 2, days: 7 }, [now - 2 * DAY_MS, now - DAY_MS], now), true);
  });
});

describe('A page', () => {
  const on = (switches: TriggerSwitches) => ['a', 'b', 'c'].filter((id) => switches.isOn(id)).join('');

  it('lets all triggers through, none, only some, or all but some, when the chat begins', () => {
    const switches = new TriggerSwitches();
    assert.equal(on(switches), 'abc');
    const wishes = [
      false,
      'off',
      { enabled: ['b'] },
      { disabled: ['b'] },
      { enabled: [] },
      { disabled: [] },
      true,
    ] as const;
    const through = wishes.map((wish) => {
      switches.set(wish);
      return on(switches);
    });
    assert.deepEqual(through, ['', '', 'b', 'ac', '', 'abc', 'abc']);
  });

  it('later switches those it names, and no others', () => {
    const switches = new TriggerSwitches();
    switches.disable(['a', 'b']);
    assert.equal(on(switches), 'c');
    switches.enable(['a']);
    assert.equal(on(switches), 'ac');
    switches.disable();
    assert.equal(on(switches), '');
    switches.enable(['b', 'c']);
    assert.equal(on(switches), 'bc');
    switches.disable(['c', 'a']);
    assert.equal(on(switches), 'b');
    switches.enable();
    assert.equal(on(switches), 'abc');
  });
});

describe('A device', () => {
  afterEach(() => {
    for (const name of ['visits', 'triggers'] as const) forgetNote(name);
  });

  it('counts a visit once, until nobody has been here for half an hour', () => {
    assert.equal(countVisit(0), 1);
    assert.equal(countVisit(29 * MINUTE_MS), 1);
    assert.equal(countVisit(58 * MINUTE_MS), 1);
    assert.equal(countVisit(88 * MINUTE_MS), 2);
    writeNote('visits', '{"count":"many"}');
    assert.equal(countVisit(0), 1);
    writeNote('visits', 'null');
    assert.equal(countVisit(0), 1);
  });

  it('remembers of each trigger when it was shown, whatever stood there', () => {
    noteShown('a', 1);
    noteShown('a', 2);
    noteShown('b', 3);
    assert.deepEqual([shownAt('a'), shownAt('b'), shownAt('c')], [[1, 2], [3], []]);
    writeNote('triggers', '{"shown":{"a":[1,"2",null],"b":7}}');
    assert.deepEqual([shownAt('a'), shownAt('b')], [[1], []]);
    writeNote('triggers', '{');
    assert.deepEqual(shownAt('a'), []);
  });

  it('remembers what stands before the visitor for this visit', () => {
    const invitation = { kind: 'bot', id: 'a', message: 'Hello', hasCard: true, at: 0 } as const;
    keepInvitation(invitation);
    assert.deepEqual(keptInvitation(29 * MINUTE_MS), invitation);
    assert.equal(keptInvitation(30 * MINUTE_MS), undefined);
    forgetInvitation();
    assert.equal(keptInvitation(0), undefined);
  });
});
