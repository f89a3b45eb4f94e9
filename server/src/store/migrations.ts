import { sql } from 'kysely';
import type { ColumnDefinitionBuilder, Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { attachmentTables } from './attachment-migration.ts';
import { attributeTables } from './attribute-migration.ts';
import { botTables } from './bot-migration.ts';
import { doorTables } from './door-migration.ts';
import { epochColumn } from './epoch-migration.ts';
import { identityTables } from './identity-migration.ts';
import { installationTable } from './installation-migration.ts';
import { messageColumns } from './message-migration.ts';
import { presenceColumns } from './presence-migration.ts';
import { triggerTable } from './trigger-migration.ts';
import { trailTable } from './trail-migration.ts';
import { routingTables } from './routing-migration.ts';
import { visitorIdsOfContact } from './visitor-id-migration.ts';
import type { DialectName } from './schema.ts';

const required = (column: ColumnDefinitionBuilder) => column.notNull();

/**
 * The ladder from an empty database to `schema.ts`, in the order of the names. A step that was released is never
 * changed: what must be different comes as a new step.
 */
export function migrations(dialect: DialectName): Record<string, Migration> {
  /** The type of a serial number, and what makes it one. SQLite: AUTOINCREMENT, so that no number comes twice. */
  const serialType = dialect === 'sqlite' ? 'integer' : 'bigint';
  const serial = (column: ColumnDefinitionBuilder) =>
    dialect === 'sqlite'
      ? column.notNull().primaryKey().autoIncrement()
      : column.generatedByDefaultAsIdentity().notNull().primaryKey();
  /** The log's place: SQLite's own rowid. Nothing is ever deleted from the end of it alone, so no AUTOINCREMENT. */
  const place = (column: ColumnDefinitionBuilder) =>
    dialect === 'sqlite' ? column.notNull().primaryKey() : serial(column);

  return {
    '0001-first-tables': {
      async up(db: Kysely<unknown>) {
        await db.schema
          .createTable('inboxes')
          .addColumn('id', 'text', (column) => column.notNull().primaryKey())
          .addColumn('name', 'text', required)
          .addColumn('settings', 'text', required)
          .addColumn('settings_version', 'integer', required)
          .addColumn('secrets', 'text', required)
          .addColumn('created_at', 'bigint', required)
          .addColumn('updated_at', 'bigint', required)
          .execute();

        await db.schema
          .createTable('contacts')
          .addColumn('number', serialType, serial)
          .addColumn('id', 'text', (column) => column.notNull().unique())
          .addColumn('inbox_id', 'text', (column) => column.notNull().references('inboxes.id'))
          .addColumn('external_id', 'text')
          .addColumn('email', 'text')
          .addColumn('email_key', 'text')
          .addColumn('claimed_email', 'text')
          .addColumn('name', 'text')
          .addColumn('phone', 'text')
          .addColumn('attributes', 'text', required)
          .addColumn('verified_at', 'bigint')
          .addColumn('merged_into', 'text', (column) => column.references('contacts.id'))
          .addColumn('created_at', 'bigint', required)
          .addColumn('updated_at', 'bigint', required)
          .addUniqueConstraint('contacts_email', ['inbox_id', 'email_key'])
          .addUniqueConstraint('contacts_external_id', ['inbox_id', 'external_id'])
          .execute();
        await db.schema
          .createIndex('contacts_email_key')
          .on('contacts')
          .columns(['email_key', 'number'])
          .where(sql.ref('email_key'), 'is not', null)
          .execute();
        await db.schema.createIndex('contacts_inbox').on('contacts').columns(['inbox_id', 'number']).execute();
        await db.schema
          .createIndex('contacts_merged_into')
          .on('contacts')
          .column('merged_into')
          .where(sql.ref('merged_into'), 'is not', null)
          .execute();

        await db.schema
          .createTable('sessions')
          .addColumn('id', 'text', (column) => column.notNull().primaryKey())
          .addColumn('token_hash', 'text', (column) => column.notNull().unique())
          .addColumn('inbox_id', 'text', (column) => column.notNull().references('inboxes.id'))
          .addColumn('contact_id', 'text', (column) => column.notNull().references('contacts.id'))
          .addColumn('scheme', 'text', required)
          .addColumn('secret_id', 'text')
          .addColumn('fingerprint', 'text')
          .addColumn('verification', 'text', required)
          .addColumn('created_at', 'bigint', required)
          .addColumn('expires_at', 'bigint', required)
          .addColumn('last_seen_at', 'bigint', required)
          .addColumn('revoked_at', 'bigint')
          .execute();
        await db.schema.createIndex('sessions_contact').on('sessions').column('contact_id').execute();
        await db.schema.createIndex('sessions_secret').on('sessions').column('secret_id').execute();
        await db.schema.createIndex('sessions_expires').on('sessions').column('expires_at').execute();

        await db.schema
          .createTable('agents')
          .addColumn('number', serialType, serial)
          .addColumn('id', 'text', (column) => column.notNull().unique())
          .addColumn('email', 'text', (column) => column.notNull().unique())
          .addColumn('name', 'text', required)
          .addColumn('role', 'text', required)
          .addColumn('avatar_url', 'text')
          .addColumn('password_hash', 'text', required)
          .addColumn('disabled', 'integer', (column) => column.notNull().defaultTo(0))
          .addColumn('created_at', 'bigint', required)
          .execute();

        await db.schema
          .createTable('agent_sessions')
          .addColumn('id', 'text', (column) => column.notNull().primaryKey())
          .addColumn('token_hash', 'text', (column) => column.notNull().unique())
          .addColumn('agent_id', 'text', (column) => column.notNull().references('agents.id'))
          .addColumn('created_at', 'bigint', required)
          .addColumn('expires_at', 'bigint', required)
          .addColumn('revoked_at', 'bigint')
          .execute();
        await db.schema.createIndex('agent_sessions_agent').on('agent_sessions').column('agent_id').execute();
        await db.schema.createIndex('agent_sessions_expires').on('agent_sessions').column('expires_at').execute();

        await db.schema
          .createTable('api_keys')
          .addColumn('id', 'text', (column) => column.notNull().primaryKey())
          .addColumn('key_hash', 'text', (column) => column.notNull().unique())
          .addColumn('name', 'text', required)
          .addColumn('permissions', 'text', required)
          .addColumn('inbox_id', 'text', (column) => column.references('inboxes.id'))
          .addColumn('created_at', 'bigint', required)
          .addColumn('last_used_at', 'bigint')
          .addColumn('revoked_at', 'bigint')
          .execute();

        await db.schema
          .createTable('conversations')
          .addColumn('number', serialType, serial)
          .addColumn('id', 'text', (column) => column.notNull().unique())
          .addColumn('inbox_id', 'text', (column) => column.notNull().references('inboxes.id'))
          .addColumn('contact_id', 'text', (column) => column.notNull().references('contacts.id'))
          .addColumn('state', 'text', required)
          .addColumn('verification', 'text', required)
          .addColumn('created_at', 'bigint', required)
          .addColumn('updated_at', 'bigint', required)
          .addColumn('last_seq', 'bigint', required)
          .addColumn('last_note_seq', 'bigint', required)
          .addColumn('last_message_seq', 'bigint', required)
          .addColumn('contact_read_seq', 'bigint', required)
          .addColumn('agent_read_seq', 'bigint', required)
          .addColumn('contact_unread', 'integer', required)
          .addColumn('agent_unread', 'integer', required)
          .addColumn('agents', 'text', required)
          .execute();
        // One index per filter that pages are asked with, each ending in the keyset (`keyset.ts`).
        await db.schema
          .createIndex('conversations_of_contact')
          .on('conversations')
          .columns(['contact_id', 'state', 'updated_at', 'number'])
          .execute();
        await db.schema
          .createIndex('conversations_by_state')
          .on('conversations')
          .columns(['state', 'updated_at', 'number'])
          .execute();
        await db.schema
          .createIndex('conversations_of_inbox')
          .on('conversations')
          .columns(['inbox_id', 'state', 'updated_at', 'number'])
          .execute();

        await db.schema
          .createTable('entries')
          .addColumn('pos', serialType, place)
          .addColumn('conversation_number', serialType, (column) =>
            column.notNull().references('conversations.number').onDelete('cascade'),
          )
          .addColumn('log', 'text', required)
          .addColumn('seq', 'bigint', required)
          .addColumn('type', 'text', required)
          .addColumn('id', 'text')
          .addColumn('client_id', 'text')
          .addColumn('author_kind', 'text', required)
          .addColumn('author_id', 'text', required)
          .addColumn('author_name', 'text')
          .addColumn('author_avatar_url', 'text')
          .addColumn('text', 'text')
          .addColumn('page_url', 'text')
          .addColumn('at', 'bigint', required)
          .addUniqueConstraint('entries_seq', ['conversation_number', 'log', 'seq'])
          .execute();
        // Partial: joined, resolved and reopened have no clientId.
        await db.schema
          .createIndex('entries_client_id')
          .unique()
          .on('entries')
          .columns(['client_id', 'conversation_number'])
          .where(sql.ref('client_id'), 'is not', null)
          .execute();

        await db.schema
          .createTable('attachments')
          .addColumn('id', 'text', (column) => column.notNull().primaryKey())
          .addColumn('conversation_number', serialType, (column) =>
            column.notNull().references('conversations.number').onDelete('cascade'),
          )
          .addColumn('entry_pos', serialType, (column) => column.references('entries.pos').onDelete('cascade'))
          .addColumn('uploader_kind', 'text', required)
          .addColumn('uploader_id', 'text', required)
          .addColumn('name', 'text', required)
          .addColumn('media_type', 'text', required)
          .addColumn('bytes', 'bigint', required)
          .addColumn('width', 'integer')
          .addColumn('height', 'integer')
          .addColumn('storage_key', 'text', required)
          .addColumn('created_at', 'bigint', required)
          .execute();
        await db.schema
          .createIndex('attachments_conversation')
          .on('attachments')
          .columns(['conversation_number', 'entry_pos'])
          .execute();
        await db.schema.createIndex('attachments_entry').on('attachments').column('entry_pos').execute();
      },
    },
    '0002-identity': identityTables(serialType, serial),
    '0003-door': doorTables,
    '0004-installation': installationTable,
    '0005-presence': presenceColumns,
    '0006-visitor-ids': visitorIdsOfContact,
    '0007-epoch': epochColumn,
    '0008-messages': messageColumns,
    '0009-attachments': attachmentTables,
    '0010-attributes': attributeTables,
    '0011-triggers': triggerTable,
    '0012-trail': trailTable(serialType, serial),
    '0013-bots': botTables,
    '0014-routing': routingTables,
  };
}
