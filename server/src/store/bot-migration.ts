import { sql } from 'kysely';
import type { ColumnDefinitionBuilder, Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/**
 * What chatbots say, where they stand in conversations, and in which of them one answers. A run is made before its
 * conversation is, so no key ties it to that.
 */
export const botTables: Migration = {
  async up(db: Kysely<unknown>) {
    const required = (column: ColumnDefinitionBuilder) => column.notNull();
    const zero = (column: ColumnDefinitionBuilder) => column.notNull().defaultTo(0);
    await db.schema.alterTable('conversations').addColumn('bot', 'integer', zero).execute();
    await db.schema
      .createTable('bot_flows')
      .addColumn('trigger_id', 'text', (column) =>
        column.notNull().primaryKey().references('triggers.id').onDelete('cascade'),
      )
      .addColumn('flow', 'text', required)
      .addColumn('secret', 'text', required)
      .execute();
    await db.schema
      .createTable('bot_runs')
      .addColumn('conversation_id', 'text', (column) => column.notNull().primaryKey())
      .addColumn('inbox_id', 'text', required)
      .addColumn('trigger_id', 'text', required)
      .addColumn('flow', 'text', required)
      .addColumn('facts', 'text', required)
      .addColumn('answers', 'text', required)
      .addColumn('step', 'text', required)
      .addColumn('phase', 'text', required)
      .addColumn('turn', 'integer', required)
      .addColumn('tries', 'integer', required)
      .addColumn('heard_seq', 'bigint', required)
      .addColumn('due_at', 'bigint', required)
      .addColumn('claimed_until', 'bigint', required)
      .addColumn('started_at', 'bigint', required)
      .addColumn('ended_at', 'bigint')
      .addColumn('end_reason', 'text')
      .execute();
    await db.schema
      .createIndex('bot_runs_due')
      .on('bot_runs')
      .columns(['due_at', 'claimed_until'])
      .where(sql.ref('ended_at'), 'is', null)
      .execute();
  },
};
