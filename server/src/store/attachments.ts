import type { Kysely, Selectable, Transaction } from 'kysely';
import type { StoredAttachment } from '../files/sign.ts';
import { UUID } from './record-id.ts';
import type { AttachmentTable, Database } from './schema.ts';
import { uuidV7 } from './uuid-v7.ts';

/** Whose upload it is. A conversation's contact sees all files in it; before a file is sent, only its uploader does. */
export interface Uploader {
  readonly kind: AttachmentTable['uploader_kind'];
  /** Of the contact, agent or API key. */
  readonly id: string;
}

/** A file, where it stands and where it belongs. */
export interface AttachmentRow {
  readonly file: StoredAttachment;
  readonly inboxId: string;
  readonly conversationId: string;
  /** Null until the message that carries it is sent. */
  readonly messageId: string | null;
  readonly uploader: Uploader;
  readonly storageKey: string;
  readonly createdAt: number;
}

/** What is known of a file when it has arrived. */
export interface NewAttachment extends Omit<AttachmentRow, 'file' | 'messageId' | 'createdAt'> {
  readonly file: Omit<StoredAttachment, 'id'>;
}

/** How much one uploader may upload within 24 hours, this file included. */
export interface DailyLimits {
  readonly files: number;
  readonly bytes: number;
}

/** Nothing was written: the uploader has reached the limit of this name. */
export interface OverLimit {
  readonly rule: 'filesPerDay' | 'fileBytesPerDay';
  /** ms from now until there may be room. */
  readonly retryAfterMs: number;
}

const DAY_MS = 24 * 60 * 60 * 1_000;
/** Most rows that one round of housekeeping takes. */
const ROUND = 500;
/** In the place of the storage key of a file that is gone. */
const GONE = '';

/** Files as rows; the files themselves are in a `FileStorage`. `Store.append` puts them into messages. */
export class Attachments {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /**
   * Writes a row before its file is put in its place: a file that nobody has heard of is found by it and removed.
   *
   * @param limits none: as much as they like (agents)
   */
  async add(given: NewAttachment, limits?: DailyLimits): Promise<AttachmentRow | OverLimit> {
    return this.#db.transaction().execute(async (transaction) => {
      const now = Date.now();
      const over = limits && (await overLimit(transaction, given, limits, now));
      if (over) return over;
      const { file, uploader } = given;
      const row = {
        id: uuidV7(now),
        inbox_id: given.inboxId,
        conversation_id: given.conversationId,
        message_id: null,
        uploader_kind: uploader.kind,
        uploader_id: uploader.id,
        name: file.name,
        media_type: file.mediaType,
        bytes: file.bytes,
        width: file.width ?? null,
        height: file.height ?? null,
        storage_key: given.storageKey,
        created_at: now,
        discarded_at: null,
      };
      await transaction.insertInto('attachments').values(row).execute();
      return toRow(row);
    });
  }

  /** By UUID; what was discarded is not found. */
  async find(id: string): Promise<AttachmentRow | null> {
    if (!UUID.test(id)) return null;
    const found = await this.#db
      .selectFrom('attachments')
      .selectAll()
      .where('id', '=', id)
      .where('discarded_at', 'is', null)
      .executeTakeFirst();
    return found ? toRow(found) : null;
  }

  /** Takes back an upload that was not sent. False: it was sent, or is somebody else's, or there is none. */
  async discardUnsent(id: string, conversationId: string, uploader: Uploader): Promise<boolean> {
    if (!UUID.test(id)) return false;
    const { numUpdatedRows } = await this.#db
      .updateTable('attachments')
      .set({ discarded_at: Date.now() })
      .where('id', '=', id)
      .where('conversation_id', '=', conversationId)
      .where('uploader_kind', '=', uploader.kind)
      .where('uploader_id', '=', uploader.id)
      .where('message_id', 'is', null)
      .where('discarded_at', 'is', null)
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  /** All files of conversations that go. @param transaction the one in which they do */
  async discardOfConversations(
    conversationIds: readonly string[],
    transaction: Kysely<Database> | Transaction<Database> = this.#db,
  ): Promise<void> {
    if (conversationIds.length === 0) return;
    await transaction
      .updateTable('attachments')
      .set({ discarded_at: Date.now() })
      .where('conversation_id', 'in', conversationIds)
      .where('discarded_at', 'is', null)
      .execute();
  }

  /** What a contact uploaded and never sent. */
  async discardOfUploader(
    uploaderId: string,
    transaction: Kysely<Database> | Transaction<Database> = this.#db,
  ): Promise<void> {
    await transaction
      .updateTable('attachments')
      .set({ discarded_at: Date.now() })
      .where('uploader_id', '=', uploaderId)
      .where('message_id', 'is', null)
      .where('discarded_at', 'is', null)
      .execute();
  }

  /** Uploads that were not sent within the time. @param before ms since 1970 */
  async discardForgotten(before: number): Promise<void> {
    await this.#db
      .updateTable('attachments')
      .set({ discarded_at: Date.now() })
      .where('message_id', 'is', null)
      .where('created_at', '<', before)
      .where('discarded_at', 'is', null)
      .execute();
  }

  /** Some of those whose file is to be removed; call `forget` for each whose file is gone. */
  async discarded(): Promise<readonly { readonly id: string; readonly storageKey: string }[]> {
    return this.#db
      .selectFrom('attachments')
      .select(['id', 'storage_key as storageKey'])
      .where('discarded_at', 'is not', null)
      .where('storage_key', '!=', GONE)
      .orderBy('discarded_at')
      .limit(ROUND)
      .execute();
  }

  /** The files are gone. Of each row only its bytes are kept, for as long as they count as uploaded today. */
  async forget(ids: readonly string[]): Promise<void> {
    if (ids.length > 0) {
      await this.#db
        .updateTable('attachments')
        .set({ storage_key: GONE, name: '' })
        .where('id', 'in', ids)
        .where('discarded_at', 'is not', null)
        .execute();
    }
    await this.#db
      .deleteFrom('attachments')
      .where('discarded_at', 'is not', null)
      .where('storage_key', '=', GONE)
      .where('created_at', '<=', Date.now() - DAY_MS)
      .execute();
  }
}

/**
 * What was discarded counts too: uploading and taking back again is uploading. Two that arrive at once may both find
 * room; how many can is limited where they arrive.
 */
async function overLimit(
  db: Transaction<Database>,
  { file, uploader }: NewAttachment,
  limits: DailyLimits,
  now: number,
): Promise<OverLimit | undefined> {
  const today = await db
    .selectFrom('attachments')
    .select((select) => [
      select.fn.countAll<number | string>().as('files'),
      select.fn.sum<number | string | null>('bytes').as('bytes'),
      select.fn.min('created_at').as('first'),
    ])
    .where('uploader_id', '=', uploader.id)
    .where('created_at', '>', now - DAY_MS)
    .executeTakeFirstOrThrow();
  const retryAfterMs = Math.max(1, Number(today.first ?? now) + DAY_MS - now);
  if (Number(today.files) + 1 > limits.files) return { rule: 'filesPerDay', retryAfterMs };
  if (Number(today.bytes ?? 0) + file.bytes > limits.bytes) return { rule: 'fileBytesPerDay', retryAfterMs };
  return undefined;
}

function toRow(row: Selectable<AttachmentTable>): AttachmentRow {
  return {
    file: {
      id: row.id,
      name: row.name,
      mediaType: row.media_type,
      bytes: row.bytes,
      ...(row.width !== null && row.height !== null && { width: row.width, height: row.height }),
    },
    inboxId: row.inbox_id,
    conversationId: row.conversation_id,
    messageId: row.message_id,
    uploader: { kind: row.uploader_kind, id: row.uploader_id },
    storageKey: row.storage_key,
    createdAt: row.created_at,
  };
}
