import type { ColumnDataType, ColumnDefinitionBuilder, Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

const required = (column: ColumnDefinitionBuilder) => column.notNull();

/**
 * Which pages visitors were on, and what the site reported of them.
 *
 * @param serialType the type of a serial number, which `serial` makes one
 */
export function trailTable(
  serialType: ColumnDataType,
  serial: (column: ColumnDefinitionBuilder) => ColumnDefinitionBuilder,
): Migration {
  return {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable('trail')
        .addColumn('number', serialType, serial)
        .addColumn('id', 'text', required)
        .addColumn('inbox_id', 'text', (column) => column.notNull().references('inboxes.id'))
        .addColumn('contact_id', 'text', (column) => column.notNull().references('contacts.id'))
        .addColumn('type', 'text', required)
        .addColumn('at', 'bigint', required)
        .addColumn('url', 'text')
        .addColumn('title', 'text')
        .addColumn('referrer', 'text')
        .addColumn('name', 'text')
        .addColumn('data', 'text')
        .addUniqueConstraint('trail_id', ['contact_id', 'id'])
        .execute();
      // Each ends in what it is read by: a page's keyset (`keyset.ts`), and what is over.
      await db.schema.createIndex('trail_of_contact').on('trail').columns(['contact_id', 'at', 'number']).execute();
      await db.schema.createIndex('trail_of_inbox').on('trail').columns(['inbox_id', 'at']).execute();
    },
  };
}
