import type { ColumnDataType, ColumnDefinitionBuilder, Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

const required = (column: ColumnDefinitionBuilder) => column.notNull();

/**
 * What proofs, unsigned visitor data and the audit log need.
 *
 * @param serialType the type of a serial number, which `serial` makes one
 */
export function identityTables(
  serialType: ColumnDataType,
  serial: (column: ColumnDefinitionBuilder) => ColumnDefinitionBuilder,
): Migration {
  return {
    async up(db: Kysely<unknown>) {
      await db.schema.alterTable('contacts').addColumn('notes', 'text').execute();
      await db.schema
        .alterTable('contacts')
        .addColumn('unverified', 'text', (column) => column.notNull().defaultTo('[]'))
        .execute();
      await db.schema.alterTable('contacts').addColumn('blocked_at', 'bigint').execute();

      await db.schema
        .createTable('visitor_ids')
        .addColumn('inbox_id', 'text', (column) => column.notNull().references('inboxes.id'))
        .addColumn('visitor_id', 'text', required)
        .addColumn('contact_id', 'text', (column) => column.notNull().references('contacts.id'))
        .addPrimaryKeyConstraint('visitor_ids_key', ['inbox_id', 'visitor_id'])
        .execute();

      await db.schema
        .createTable('used_proofs')
        .addColumn('inbox_id', 'text', (column) => column.notNull().references('inboxes.id'))
        .addColumn('id_hash', 'text', required)
        .addColumn('until', 'bigint', required)
        .addPrimaryKeyConstraint('used_proofs_key', ['inbox_id', 'id_hash'])
        .execute();
      await db.schema.createIndex('used_proofs_until').on('used_proofs').column('until').execute();

      await db.schema
        .createTable('audit_log')
        .addColumn('number', serialType, serial)
        .addColumn('at', 'bigint', required)
        .addColumn('actor_kind', 'text', required)
        .addColumn('actor_id', 'text', required)
        .addColumn('actor_name', 'text', required)
        .addColumn('inbox_id', 'text')
        .addColumn('action', 'text', required)
        .addColumn('details', 'text', required)
        .execute();
      await db.schema.createIndex('audit_log_inbox').on('audit_log').columns(['inbox_id', 'number']).execute();
    },
  };
}
