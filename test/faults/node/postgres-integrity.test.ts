/** The check of a PostgreSQL database sees what it is there for. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { postgresDamage } from '../postgres-integrity.ts';
import { PostgresService } from '../postgres-service.ts';

const isHere = (process.env['SERVICES'] ?? 'postgres').split(',').includes('postgres');

it(
  'The check of a PostgreSQL database finds rows that belong to nothing, and what is twice though it must not be',
  {
    skip: !isHere,
  },
  async () => {
    const postgres = await PostgresService.start();
    try {
      await postgres.connect(async (ask) => {
        await ask('create table parents (one int, two int, primary key (one, two))');
        await ask('create table children (one int, two int, foreign key (one, two) references parents (one, two))');
        await ask('create index children_two on children (two)');
        await ask('insert into parents values (1, 2)');
        await ask('insert into children values (1, 2), (1, 2), (null, 2)');
        assert.deepEqual(await postgresDamage(ask), []);
        // Behind the database's back.
        await ask('set session_replication_role = replica');
        await ask('delete from parents');
        await ask(`update pg_index set indisunique = true where indexrelid = 'children_two'::regclass`);
        const [index, rows, ...more] = await postgresDamage(ask);
        assert.match(index, /children_two/);
        assert.match(rows, /^children_\w*fkey: 2 rows belong to nothing$/);
        assert.deepEqual(more, []);
      });
    } finally {
      await postgres.dispose();
    }
  },
);
