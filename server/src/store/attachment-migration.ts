import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { ColumnDefinitionBuilder, Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/**
 * Files that were uploaded, also before their conversation is started, which the table of the first step could not hold.
 * A row outlives its conversation until the file itself is gone, hence no foreign keys. And the key by which addresses
 * of files are signed.
 */
export const attachmentTables: Migration = {
  async up(db: Kysely<{ installation: { file_key: string } }>) {
    const required = (column: ColumnDefinitionBuilder) => column.notNull();
    await db.schema.dropIndex('attachments_conversation').execute();
    await db.schema.dropIndex('attachments_entry').execute();
    await db.schema.alterTable('attachments').renameTo('earlier_attachments').execute();
    await db.schema
      .createTable('attachments')
      .addColumn('id', 'text', (column) => column.notNull().primaryKey())
      .addColumn('inbox_id', 'text', required)
      .addColumn('conversation_id', 'text', required)
      .addColumn('message_id', 'text')
      .addColumn('uploader_kind', 'text', required)
      .addColumn('uploader_id', 'text', required)
      .addColumn('name', 'text', required)
      .addColumn('media_type', 'text', required)
      .addColumn('bytes', 'bigint', required)
      .addColumn('width', 'integer')
      .addColumn('height', 'integer')
      .addColumn('storage_key', 'text', required)
      .addColumn('created_at', 'bigint', required)
      .addColumn('discarded_at', 'bigint')
      .execute();
    await sql`
      insert into attachments (id, inbox_id, conversation_id, message_id, uploader_kind, uploader_id, name, media_type,
        bytes, width, height, storage_key, created_at)
      select a.id, c.inbox_id, c.id, e.id, a.uploader_kind, a.uploader_id, a.name, a.media_type, a.bytes, a.width,
        a.height, a.storage_key, a.created_at
      from earlier_attachments a
      join conversations c on c.number = a.conversation_number
      left join entries e on e.pos = a.entry_pos`.execute(db);
    await db.schema.dropTable('earlier_attachments').execute();

    await db.schema.createIndex('attachments_conversation').on('attachments').column('conversation_id').execute();
    await db.schema
      .createIndex('attachments_uploader')
      .on('attachments')
      .columns(['uploader_id', 'created_at'])
      .execute();
    await db.schema
      .createIndex('attachments_unsent')
      .on('attachments')
      .column('created_at')
      .where(sql.ref('message_id'), 'is', null)
      .execute();
    await db.schema
      .createIndex('attachments_discarded')
      .on('attachments')
      .column('discarded_at')
      .where(sql.ref('discarded_at'), 'is not', null)
      .execute();

    await db.schema
      .alterTable('installation')
      .addColumn('file_key', 'text', (column) => column.notNull().defaultTo(''))
      .execute();
    await db
      .updateTable('installation')
      .set({ file_key: randomBytes(32).toString('base64url') })
      .execute();
  },
};
