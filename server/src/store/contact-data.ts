import type { Kysely, Transaction } from 'kysely';
import type { TrailItem, Verification } from '../../../src/api/protocol.ts';
import type { Attachments } from './attachments.ts';
import type { Database } from './schema.ts';
import { HANDOVER } from './sessions.ts';
import type { Trail } from './trail.ts';
import { isForeignKeyViolation } from './store-unavailable.ts';

/** What a contact's devices have left beside their conversations. Times are ms since 1970. */
export interface ContactTraces {
  readonly sessions: readonly {
    readonly id: string;
    readonly scheme: string;
    readonly verification: Verification;
    readonly createdAt: number;
    readonly lastSeenAt: number;
    readonly expiresAt: number;
    readonly revokedAt: number | null;
  }[];
  /** Codes that were asked for. */
  readonly verifications: readonly {
    readonly email: string;
    readonly askedAt: number;
    readonly expiresAt: number;
  }[];
  /** Files that were uploaded and not sent. */
  readonly unsentFiles: readonly {
    readonly name: string;
    readonly mediaType: string;
    readonly bytes: number;
    readonly createdAt: number;
  }[];
  /** Which pages they were on, and what the site reported of them; latest first. */
  readonly trail: readonly TrailItem[];
}

/** What is no more. */
export interface Forgotten {
  /** The contact, and who they were before it was known that they are the same. */
  readonly contactIds: readonly string[];
  readonly conversations: readonly { readonly id: string; readonly inboxId: string }[];
}

/** Something may be added while the rest is being deleted; the next attempt finds it. */
const ATTEMPTS = 10;

/** All that hangs on a contact, beyond the conversations: to be shown, and to be deleted. */
export class ContactData {
  readonly #db: Kysely<Database>;
  readonly #attachments: Attachments;
  readonly #trail: Trail;

  constructor(db: Kysely<Database>, attachments: Attachments, trail: Trail) {
    this.#db = db;
    this.#attachments = attachments;
    this.#trail = trail;
  }

  /** The contact's id, and those of the anonymous contacts that were merged into it. */
  async idsOf(contactId: string): Promise<string[]> {
    return idsOf(this.#db, contactId);
  }

  async traces(contactIds: readonly string[]): Promise<ContactTraces> {
    const [sessions, verifications, unsentFiles, trail] = await Promise.all([
      this.#db
        .selectFrom('sessions')
        .select(['id', 'scheme', 'verification', 'created_at as createdAt', 'last_seen_at as lastSeenAt'])
        .select(['expires_at as expiresAt', 'revoked_at as revokedAt'])
        .where('contact_id', 'in', contactIds)
        // Codes for other windows are kept as sessions, and are none.
        .where('scheme', '!=', HANDOVER)
        .orderBy('created_at')
        .execute(),
      this.#db
        .selectFrom('verifications')
        .innerJoin('sessions', 'sessions.id', 'verifications.session_id')
        .select(['verifications.email', 'asked_at as askedAt', 'verifications.expires_at as expiresAt'])
        .where('contact_id', 'in', contactIds)
        .orderBy('asked_at')
        .execute(),
      this.#db
        .selectFrom('attachments')
        .select(['name', 'media_type as mediaType', 'bytes', 'created_at as createdAt'])
        .where('uploader_id', 'in', contactIds)
        .where('message_id', 'is', null)
        .where('discarded_at', 'is', null)
        .orderBy('created_at')
        .execute(),
      this.#trail.all(contactIds),
    ]);
    return { sessions, verifications, unsentFiles, trail };
  }

  /**
   * Deletes a contact, who they were before, and everything that hangs on them, in one transaction. Files are discarded:
   * `Files.sweep` removes them.
   *
   * @returns null when there is no such contact (any more)
   */
  async forget(contactId: string): Promise<Forgotten | null> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#db.transaction().execute((transaction) => this.#forget(transaction, contactId));
      } catch (error) {
        if (attempt === ATTEMPTS || !isForeignKeyViolation(error)) throw error;
      }
    }
  }

  async #forget(db: Transaction<Database>, contactId: string): Promise<Forgotten | null> {
    // The locks of the hot path, in its order: contacts, then conversations, each by id.
    const contactIds: string[] = [];
    for (const id of (await idsOf(db, contactId)).sort()) {
      const locked = await db
        .updateTable('contacts')
        .set((set) => ({ updated_at: set.ref('updated_at') }))
        .where('id', '=', id)
        .returning('id')
        .executeTakeFirst();
      if (locked) contactIds.push(id);
    }
    if (!contactIds.includes(contactId)) return null;
    const found = await db
      .selectFrom('conversations')
      .select(['id', 'number', 'inbox_id as inboxId'])
      .where('contact_id', 'in', contactIds)
      .orderBy('id')
      .execute();

    await this.#attachments.discardOfConversations(
      found.map(({ id }) => id),
      db,
    );
    for (const id of contactIds) await this.#attachments.discardOfUploader(id, db);
    // One after the other: so many could not all be named in one statement.
    for (const { id, number } of found) {
      await db.deleteFrom('conversations').where('number', '=', number).execute();
      await db.deleteFrom('bot_runs').where('conversation_id', '=', id).execute();
    }
    await db
      .deleteFrom('verifications')
      .where('session_id', 'in', (from) =>
        from.selectFrom('sessions').select('id').where('contact_id', 'in', contactIds),
      )
      .execute();
    await db.deleteFrom('sessions').where('contact_id', 'in', contactIds).execute();
    await db.deleteFrom('trail').where('contact_id', 'in', contactIds).execute();
    await db.deleteFrom('visitor_ids').where('contact_id', 'in', contactIds).execute();
    await db.deleteFrom('contacts').where('merged_into', '=', contactId).execute();
    await db.deleteFrom('contacts').where('id', '=', contactId).execute();
    return { contactIds, conversations: found.map(({ id, inboxId }) => ({ id, inboxId })) };
  }
}

async function idsOf(db: Kysely<Database>, contactId: string): Promise<string[]> {
  const merged = await db.selectFrom('contacts').select('id').where('merged_into', '=', contactId).execute();
  return [contactId, ...merged.map(({ id }) => id)];
}
