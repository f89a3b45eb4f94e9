import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { uuidV7 } from './uuid-v7.ts';

/** A name for this database, so that nodes of several installations can share one NATS. */
export const installationTable: Migration = {
  async up(db: Kysely<{ installation: { id: string } }>) {
    await db.schema
      .createTable('installation')
      .addColumn('id', 'text', (column) => column.notNull().primaryKey())
      .execute();
    await db.insertInto('installation').values({ id: uuidV7() }).execute();
  },
};
