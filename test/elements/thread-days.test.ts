import { expect } from '@open-wc/testing';
import type { Author, MessageEntry } from '../../src/api/protocol.ts';
import { threadDays } from '../../src/elements/thread-days.ts';

const people: readonly Author[] = [
  { kind: 'contact', id: 'grace', name: 'Grace' },
  { kind: 'agent', id: 'ada', name: 'Ada' },
  { kind: 'system', id: 'system', name: 'Support' },
];

function says(author: Author, seq: number): MessageEntry {
  const id = `01990000-0000-7000-8000-00000000000${seq}`;
  return { type: 'message', conversationId: 'c', seq, at: seq, author, id, clientId: id, text: 'hello' };
}

function sides(side: 'contact' | 'agent'): readonly (readonly [name: string | null, own: boolean])[] {
  const days = threadDays(
    people.map((author, index) => says(author, index + 1)),
    [],
    side,
    people[0],
  );
  const rows = days.flatMap((day) => day.rows);
  return rows.flatMap((row) => (row.type === 'group' ? [[row.author.name, row.own] as const] : []));
}

describe('A thread', () => {
  it('stands what a back end says in the team’s name on the side of the team, under its name', () => {
    expect(sides('contact')).to.deep.equal([
      ['Grace', true],
      ['Ada', false],
      ['Support', false],
    ]);
    expect(sides('agent')).to.deep.equal([
      ['Grace', false],
      ['Ada', true],
      ['Support', true],
    ]);
  });

  it('marks the first message that is new, and none while that one is further up than what is loaded', () => {
    const [grace, ada] = people;
    const entries = [says(grace, 4), says(ada, 5), says(ada, 6)];
    const marked = (readSeq?: number) => {
      const rows = threadDays(entries, [], 'contact', grace, readSeq).flatMap((day) => day.rows);
      const bubbles = rows.flatMap((row) => (row.type === 'group' ? row.bubbles : []));
      return bubbles.filter(({ isNew }) => isNew).map(({ seq }) => seq);
    };
    expect(marked(4)).to.deep.equal([5]);
    expect(marked(5)).to.deep.equal([6]);
    expect(marked(3)).to.deep.equal([5]);
    expect(marked(2)).to.deep.equal([]);
    expect(marked(6)).to.deep.equal([]);
    expect(marked()).to.deep.equal([]);
  });
});
