import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { uuidV7 } from './uuid-v7.ts';

/** What clients tell by that the data were put back: whoever restores them writes another one. */
export const epochColumn: Migration = {
  async up(db: Kysely<{ installation: { epoch: string } }>) {
    await db.schema
      .alterTable('installation')
      .addColumn('epoch', 'text', (column) => column.notNull().defaultTo(''))
      .execute();
    await db.updateTable('installation').set({ epoch: uuidV7() }).execute();
  },
};
