import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What a message holds beyond its text, finding a message by its id, and how a conversation was rated. */
export const messageColumns: Migration = {
  async up(db: Kysely<{ conversations: { state: string; can_rate: number } }>) {
    await db.schema.alterTable('entries').addColumn('extras', 'text').execute();
    // Ids rise with time, so this is written at its end only.
    await db.schema.createIndex('entries_id').on('entries').column('id').where(sql.ref('id'), 'is not', null).execute();
    await db.schema.alterTable('conversations').addColumn('rating', 'integer').execute();
    await db.schema
      .alterTable('conversations')
      .addColumn('can_rate', 'integer', (column) => column.notNull().defaultTo(0))
      .execute();
    await db.updateTable('conversations').set({ can_rate: 1 }).where('state', '=', 'resolved').execute();
  },
};
