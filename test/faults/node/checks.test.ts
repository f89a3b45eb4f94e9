/** The checks of the fault suite see what they are there for. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkStore, checkTold, checkView, StoreWatch } from '../checks.ts';
import type { StoredEntry, StoredLog } from '../stored-log.ts';
import { Verdict } from '../verdict.ts';
import { View } from '../view.ts';

const CONVERSATION = 'c';
const NOTHING = { lost: 0, duplicated: 0, outOfOrder: 0, mismatches: 0 };

const entryOf = (seq: number, text = `mona#${seq} hello`): StoredEntry => ({
  ...{ conversationId: CONVERSATION, seq, text },
  ...{ type: 'message', id: `id ${text}`, clientId: `client ${text}` },
});

function storeOf(entries: readonly StoredEntry[], readSeq = 0): StoredLog {
  const conversation = { id: CONVERSATION, lastSeq: entries.length, contactReadSeq: readSeq, agentReadSeq: readSeq };
  return { entries, conversations: [conversation], damage: [] };
}

const three = [1, 2, 3].map((seq) => entryOf(seq));

function found(check: (verdict: Verdict) => void) {
  const verdict = new Verdict();
  check(verdict);
  return verdict.counts;
}

describe('The checks', () => {
  it('find nothing wrong with what is right', () => {
    assert.deepEqual(
      found((verdict) => checkStore(storeOf(three, 3), verdict)),
      NOTHING,
    );
  });

  it('see a hole, a message twice, and one that was overtaken in the store', () => {
    const counts = (...entries: StoredEntry[]) => found((verdict) => checkStore(storeOf(entries), verdict));
    assert.equal(counts(entryOf(1), entryOf(3)).outOfOrder, 1);
    assert.equal(counts(entryOf(1), { ...entryOf(2, 'mona#1 hello'), clientId: 'another' }).duplicated, 1);
    assert.equal(counts(entryOf(1, 'mona#2 hello'), entryOf(2, 'mona#1 hello')).outOfOrder, 1);
  });

  it('see what was acknowledged and is not stored, or elsewhere', () => {
    const told = { ...entryOf(2), id: 'id mona#2 hello', clientId: 'client mona#2 hello', text: 'mona#2 hello' };
    const counts = (entries: StoredEntry[]) => found((verdict) => checkTold([told], storeOf(entries), verdict));
    assert.deepEqual(counts(three), NOTHING);
    assert.equal(counts([entryOf(1)]).lost, 1);
    assert.equal(counts([{ ...entryOf(2), seq: 1 }]).mismatches, 1);
  });

  it('see what a reader missed, saw changed, or was told twice', () => {
    const counts = (...seen: StoredEntry[]) =>
      found((verdict) => {
        const view = new View('ada', verdict);
        for (const entry of seen) view.hear(entry as never);
        checkView(view, CONVERSATION, three, verdict);
      });
    assert.deepEqual(counts(...three), NOTHING);
    assert.equal(counts(entryOf(1), entryOf(2)).lost, 1);
    assert.equal(counts(entryOf(1), entryOf(2, 'changed'), entryOf(3)).mismatches, 1);
    assert.equal(counts(...three, entryOf(3)).duplicated, 1);
    assert.equal(counts(entryOf(2), entryOf(1), entryOf(3)).outOfOrder, 1);
  });

  it('see that a store has forgotten something, or a read cursor went back', () => {
    const counts = (...stores: StoredLog[]) =>
      found((verdict) => {
        const watch = new StoreWatch(verdict);
        for (const store of stores) watch.look(store);
      });
    assert.deepEqual(counts(storeOf([entryOf(1)]), storeOf(three, 2)), NOTHING);
    assert.equal(counts(storeOf(three), storeOf([entryOf(1)])).lost, 1);
    assert.equal(counts(storeOf(three, 3), storeOf(three, 2)).mismatches, 1);
  });
});
