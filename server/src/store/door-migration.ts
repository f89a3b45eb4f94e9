import type { ColumnDefinitionBuilder, Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

const required = (column: ColumnDefinitionBuilder) => column.notNull();

/** What the rules at the door need: codes that prove a typed e-mail, and how many conversations a contact has started. */
export const doorTables: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('verifications')
      .addColumn('session_id', 'text', (column) =>
        column.notNull().primaryKey().references('sessions.id').onDelete('cascade'),
      )
      .addColumn('email', 'text', required)
      .addColumn('code_hash', 'text', required)
      .addColumn('tries_left', 'integer', required)
      .addColumn('asked_at', 'bigint', required)
      .addColumn('expires_at', 'bigint', required)
      .execute();
    await db.schema.createIndex('verifications_asked').on('verifications').column('asked_at').execute();

    await db.schema
      .createTable('code_mails')
      .addColumn('mailbox_hash', 'text', (column) => column.notNull().primaryKey())
      .addColumn('mailed_at', 'bigint', required)
      .execute();
    await db.schema.createIndex('code_mails_mailed').on('code_mails').column('mailed_at').execute();

    await db.schema
      .createIndex('conversations_started')
      .on('conversations')
      .columns(['contact_id', 'created_at'])
      .execute();
  },
};
