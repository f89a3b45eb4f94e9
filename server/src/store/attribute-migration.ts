import type { ColumnDefinitionBuilder, Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Which attributes contacts and conversations have, and a place for those of a conversation. */
export const attributeTables: Migration = {
  async up(db: Kysely<unknown>) {
    const required = (column: ColumnDefinitionBuilder) => column.notNull();
    await db.schema
      .createTable('attributes')
      .addColumn('id', 'text', (column) => column.notNull().primaryKey())
      .addColumn('owner', 'text', required)
      .addColumn('key', 'text', required)
      .addColumn('label', 'text', required)
      .addColumn('type', 'text', required)
      .addColumn('options', 'text', required)
      .addColumn('writers', 'text', required)
      .addColumn('created_at', 'bigint', required)
      .addUniqueConstraint('attributes_key', ['owner', 'key'])
      .execute();
    await db.schema
      .alterTable('conversations')
      .addColumn('attributes', 'text', (column) => column.notNull().defaultTo('{}'))
      .execute();
  },
};
