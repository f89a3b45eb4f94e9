import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { SqliteFile } from '../../src/store/sqlite.ts';

describe('A query of SQLite', () => {
  const file = new SqliteFile(':memory:');
  after(() => file.close());

  it('is compiled once, however many rows it may find each time', () => {
    file.statement('create table notes (number integer primary key, owner text, text text)').run();
    file.statement('create index notes_of_owner on notes (owner, number)').run();
    const newest = (limit: string) =>
      file.prepare(
        `select n.*, (select count(*) from notes o where o.owner = n.owner) as all_of_them from notes n
         where n.number in (select number from notes where owner = ? order by number desc limit ${limit})
         order by n.number desc limit ${limit}`,
      );
    const [bound, written] = [newest('?'), newest('50')];
    assert.deepEqual(bound.all(['ada', 50, 50]), []);
    file.statement(`insert into notes (owner, text) values ('bob', 'one'), ('bob', 'two'), ('bob', 'three')`).run();
    assert.deepEqual(
      bound.all(['bob', 2, 2]).map((row) => (row as { text: string }).text),
      ['three', 'two'],
    );

    /** The best of many turns, in which nothing else can have been in the way, ms. */
    const best = { bound: Infinity, written: Infinity };
    const time = (name: keyof typeof best, run: () => void): void => {
      const startedAt = performance.now();
      for (let i = 0; i < 50; i += 1) run();
      best[name] = Math.min(best[name], performance.now() - startedAt);
    };
    for (let turn = 0; turn < 200; turn += 1) {
      time('bound', () => bound.all(['ada', 50, 50]));
      time('written', () => written.all(['ada']));
    }
    assert.ok(best.bound < 3 * best.written, `${best.bound} ms, compiled once ${best.written} ms`);
  });
});
