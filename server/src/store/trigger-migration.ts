import type { ColumnDefinitionBuilder, Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What the widgets of an inbox say first, and when. */
export const triggerTable: Migration = {
  async up(db: Kysely<unknown>) {
    const required = (column: ColumnDefinitionBuilder) => column.notNull();
    await db.schema
      .createTable('triggers')
      .addColumn('id', 'text', (column) => column.notNull().primaryKey())
      .addColumn('inbox_id', 'text', (column) => column.notNull().references('inboxes.id'))
      .addColumn('kind', 'text', required)
      .addColumn('name', 'text', required)
      .addColumn('enabled', 'integer', required)
      .addColumn('priority', 'integer', required)
      .addColumn('message', 'text', required)
      .addColumn('conditions', 'text', required)
      .addColumn('delay_seconds', 'integer', required)
      .addColumn('frequency', 'text', required)
      .addColumn('created_at', 'bigint', required)
      .execute();
    await db.schema.createIndex('triggers_inbox').on('triggers').columns(['inbox_id', 'priority']).execute();
  },
};
