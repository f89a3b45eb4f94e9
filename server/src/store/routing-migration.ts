import { sql } from 'kysely';
import type { ColumnDefinitionBuilder, Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Teams, assignment rules, who has a conversation, and whose turn it is. */
export const routingTables: Migration = {
  async up(db: Kysely<unknown>) {
    const required = (column: ColumnDefinitionBuilder) => column.notNull();
    const key = (column: ColumnDefinitionBuilder) => column.notNull().primaryKey();

    for (const name of ['assigned_agent_id', 'assigned_team_id', 'routing']) {
      await db.schema.alterTable('conversations').addColumn(name, 'text').execute();
    }
    await db.schema
      .alterTable('conversations')
      .addColumn('waiting', 'integer', (column) => column.notNull().defaultTo(0))
      .execute();
    for (const [name, column] of [
      ['conversations_of_agent', 'assigned_agent_id'],
      ['conversations_of_team', 'assigned_team_id'],
    ] as const) {
      await db.schema
        .createIndex(name)
        .on('conversations')
        .columns([column, 'state', 'updated_at', 'number'])
        .execute();
    }
    await db.schema
      .createIndex('conversations_waiting')
      .on('conversations')
      .column('number')
      .where(sql.ref('waiting'), '=', sql.lit(1))
      .execute();

    await db.schema.alterTable('agents').addColumn('capacity', 'integer').execute();
    await db.schema.alterTable('agents').addColumn('absent_since', 'bigint').execute();

    await db.schema
      .createTable('teams')
      .addColumn('id', 'text', key)
      .addColumn('name', 'text', required)
      .addColumn('name_key', 'text', (column) => column.notNull().unique())
      .addColumn('strategy', 'text', required)
      .addColumn('created_at', 'bigint', required)
      .execute();
    await db.schema
      .createTable('team_members')
      .addColumn('team_id', 'text', (column) => column.notNull().references('teams.id').onDelete('cascade'))
      .addColumn('agent_id', 'text', (column) => column.notNull().references('agents.id').onDelete('cascade'))
      .addPrimaryKeyConstraint('team_members_pair', ['team_id', 'agent_id'])
      .execute();
    await db.schema
      .createTable('assignment_rules')
      .addColumn('id', 'text', key)
      .addColumn('inbox_id', 'text', (column) => column.references('inboxes.id'))
      .addColumn('name', 'text', required)
      .addColumn('position', 'integer', required)
      .addColumn('enabled', 'integer', required)
      .addColumn('conditions', 'text', required)
      .addColumn('targets', 'text', required)
      .addColumn('created_at', 'bigint', required)
      .execute();
    await db.schema
      .createTable('turns')
      .addColumn('pool', 'text', required)
      .addColumn('agent_id', 'text', required)
      .addColumn('turn', 'bigint', required)
      .addPrimaryKeyConstraint('turns_pair', ['pool', 'agent_id'])
      .execute();
    await db.schema
      .createTable('leases')
      .addColumn('name', 'text', key)
      .addColumn('holder', 'text', required)
      .addColumn('until', 'bigint', required)
      .execute();
    await db.schema
      .createTable('availability')
      .addColumn('scope', 'text', key)
      .addColumn('online', 'integer', required)
      .addColumn('last_offline_at', 'bigint')
      .execute();
  },
};
