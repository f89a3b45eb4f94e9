import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Who of the agents is there: their own switch, and until when some node vouches for them. */
export const presenceColumns: Migration = {
  async up(db: Kysely<unknown>) {
    for (const [name, type] of [
      ['away', 'integer'],
      ['online_until', 'bigint'],
    ] as const) {
      await db.schema
        .alterTable('agents')
        .addColumn(name, type, (column) => column.notNull().defaultTo(0))
        .execute();
    }
  },
};
