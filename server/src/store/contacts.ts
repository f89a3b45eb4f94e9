import type { Kysely, Transaction } from 'kysely';
import { emailKey } from '../identity/email.ts';
import { CONTACT_COLUMNS, toContactRow } from './contact-record.ts';
import { decodeNumberCursor, pageLimit } from './keyset.ts';
import { parseRecordId } from './record-id.ts';
import { toConversationRow } from './conversation-record.ts';
import { CONVERSATION_COLUMNS } from './schema.ts';
import type { ContactRow, ConversationRow } from './rows.ts';
import type { Database } from './schema.ts';
import { uuidV7 } from './uuid-v7.ts';

export interface ContactPage {
  readonly contacts: readonly ContactRow[];
  readonly cursor?: string;
}

export interface ContactQuery {
  readonly inboxId?: string;
  /** The contact with this e-mail, compared by `emailKey`; claims do not count. */
  readonly email?: string;
  /** The `cursor` of the page before. */
  readonly before?: string;
  readonly limit?: number;
}

/** What is missing stays as it is. */
export interface ContactPatch {
  readonly name?: string | null;
  readonly phone?: string | null;
  readonly notes?: string | null;
  readonly claimedEmail?: string | null;
  readonly attributes?: Readonly<Record<string, unknown>>;
  readonly unverified?: readonly string[];
  /** ms; null lets them in again. */
  readonly blockedAt?: number | null;
}

export interface MergeResult {
  /** False: it was merged before, is no anonymous contact, or the two are not of one inbox. Nothing was changed. */
  readonly merged: boolean;
  /** Those that moved, as they are now. */
  readonly conversations: readonly ConversationRow[];
}

/** People, known and anonymous. */
export class Contacts {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** By UUID or number. Merged ones are found too, see `mergedInto`. */
  async find(idOrNumber: string, inboxId?: string): Promise<ContactRow | null> {
    const id = parseRecordId(idOrNumber);
    if (!id) return null;
    const found = await this.#db
      .selectFrom('contacts')
      .select(CONTACT_COLUMNS)
      .where(id.column, '=', id.value)
      .$if(inboxId !== undefined, (query) => query.where('inbox_id', '=', inboxId!))
      .executeTakeFirst();
    return found ? toContactRow(found) : null;
  }

  /** By the e-mail that is theirs; claims do not count. */
  async findByEmail(inboxId: string, email: string): Promise<ContactRow | null> {
    if (email.includes('\0')) return null;
    return findByEmail(this.#db, inboxId, email);
  }

  /**
   * The contact with this e-mail in this inbox, made when there is none.
   *
   * @param input `verified`: it was proven just now (the first proof's time is kept); otherwise a back end that we
   *   trust says so, which opens no history yet. `name` fills only an unknown name.
   */
  async ensureByEmail(input: {
    readonly inboxId: string;
    readonly email: string;
    readonly name?: string | null;
    readonly verified: boolean;
  }): Promise<{ readonly contact: ContactRow; readonly created: boolean }> {
    const now = Date.now();
    const { inboxId, email, name = null, verified } = input;
    const made = await this.#insert({ inboxId, email, name, verifiedAt: verified ? now : null }, now);
    if (made) return { contact: made, created: true };

    const found = await findByEmail(this.#db, inboxId, email);
    if (!found) throw new Error('A contact disappeared while it was looked for.');
    const isFirstProof = verified && found.verifiedAt === null;
    const isFirstName = name !== null && found.name === null;
    if (!isFirstProof && !isFirstName) return { contact: found, created: false };
    const filled = await this.#db
      .updateTable('contacts')
      .set({ updated_at: now, ...(isFirstProof && { verified_at: now }), ...(isFirstName && { name }) })
      .where('id', '=', found.id)
      .returning(CONTACT_COLUMNS)
      .executeTakeFirstOrThrow();
    return { contact: toContactRow(filled), created: false };
  }

  async createAnonymous(input: {
    readonly inboxId: string;
    readonly name?: string | null;
    readonly claimedEmail?: string | null;
  }): Promise<ContactRow> {
    const made = await this.#insert({ email: null, name: null, verifiedAt: null, ...input }, Date.now());
    if (!made) throw new Error('A new id was taken.');
    return made;
  }

  async update(id: string, patch: ContactPatch): Promise<ContactRow | null> {
    const { name, phone, notes, claimedEmail, attributes, unverified, blockedAt } = patch;
    const updated = await this.#db
      .updateTable('contacts')
      .set({
        updated_at: Date.now(),
        ...(name !== undefined && { name }),
        ...(phone !== undefined && { phone }),
        ...(notes !== undefined && { notes }),
        ...(claimedEmail !== undefined && { claimed_email: claimedEmail }),
        ...(attributes !== undefined && { attributes: JSON.stringify(attributes) }),
        ...(unverified !== undefined && { unverified: JSON.stringify(unverified) }),
        ...(blockedAt !== undefined && { blocked_at: blockedAt }),
      })
      .where('id', '=', id)
      .returning(CONTACT_COLUMNS)
      .executeTakeFirst();
    return updated ? toContactRow(updated) : null;
  }

  /** Newest first, merged ones left out. @throws BadCursor */
  async page({ inboxId, email, before, limit }: ContactQuery = {}): Promise<ContactPage> {
    if (email?.includes('\0') || inboxId?.includes('\0')) return { contacts: [] };
    const size = pageLimit(limit);
    const end = before === undefined ? undefined : decodeNumberCursor(before);
    const found = await this.#db
      .selectFrom('contacts')
      .select(CONTACT_COLUMNS)
      .where('merged_into', 'is', null)
      .$if(inboxId !== undefined, (query) => query.where('inbox_id', '=', inboxId!))
      .$if(email !== undefined, (query) => query.where('email_key', '=', emailKey(email!)))
      .$if(end !== undefined, (query) => query.where('number', '<', end!))
      .orderBy('number', 'desc')
      .limit(size + 1)
      .execute();
    const contacts = found.slice(0, size).map(toContactRow);
    return found.length > size ? { contacts, cursor: String(contacts.at(-1)!.number) } : { contacts };
  }

  /**
   * An anonymous contact turned out to be somebody we know: its *open* conversations become theirs, with every seq as
   * it was, and its sessions end. Happens at most once per anonymous contact; again, it does nothing.
   */
  async merge(anonymousId: string, intoId: string): Promise<MergeResult> {
    return this.#db.transaction().execute(async (transaction) => {
      const now = Date.now();
      const nothing: MergeResult = { merged: false, conversations: [] };
      const into = await transaction
        .selectFrom('contacts')
        .select(['inbox_id', 'verified_at'])
        .where('id', '=', intoId)
        .where('merged_into', 'is', null)
        .executeTakeFirst();
      if (!into) return nothing;
      // The mark comes first and holds the row: a conversation that is being started is waited for, a later one refused.
      const marked = await transaction
        .updateTable('contacts')
        .set({ merged_into: intoId, updated_at: now })
        .where('id', '=', anonymousId)
        .where('id', '!=', intoId)
        .where('inbox_id', '=', into.inbox_id)
        .where('merged_into', 'is', null)
        .where('verified_at', 'is', null)
        .where('email', 'is', null)
        .where('external_id', 'is', null)
        .returning('id')
        .executeTakeFirst();
      if (!marked) return nothing;

      await transaction
        .updateTable('sessions')
        .set({ revoked_at: now })
        .where('contact_id', '=', anonymousId)
        .where('revoked_at', 'is', null)
        .execute();
      // What was uploaded and is still to be sent goes along.
      await transaction
        .updateTable('attachments')
        .set({ uploader_id: intoId })
        .where('uploader_id', '=', anonymousId)
        .where('message_id', 'is', null)
        .execute();
      const conversations = await moveOpen(transaction, anonymousId, intoId, into.verified_at !== null);
      return { merged: true, conversations };
    });
  }

  /** Undefined when the inbox has a contact with this e-mail. */
  async #insert(
    contact: {
      readonly inboxId: string;
      readonly email: string | null;
      readonly name?: string | null;
      readonly claimedEmail?: string | null;
      readonly verifiedAt: number | null;
    },
    now: number,
  ): Promise<ContactRow | undefined> {
    const made = await this.#db
      .insertInto('contacts')
      .values({
        id: uuidV7(now),
        inbox_id: contact.inboxId,
        external_id: null,
        email: contact.email,
        email_key: contact.email === null ? null : emailKey(contact.email),
        claimed_email: contact.claimedEmail ?? null,
        name: contact.name ?? null,
        phone: null,
        attributes: '{}',
        verified_at: contact.verifiedAt,
        merged_into: null,
        created_at: now,
        updated_at: now,
      })
      .onConflict((conflict) => conflict.columns(['inbox_id', 'email_key']).doNothing())
      .returning(CONTACT_COLUMNS)
      .executeTakeFirst();
    return made && toContactRow(made);
  }
}

async function findByEmail(db: Kysely<Database>, inboxId: string, email: string): Promise<ContactRow | null> {
  const found = await db
    .selectFrom('contacts')
    .select(CONTACT_COLUMNS)
    .where('inbox_id', '=', inboxId)
    .where('email_key', '=', emailKey(email))
    .executeTakeFirst();
  return found ? toContactRow(found) : null;
}

/** One conversation after the other, in id order: the order in which the hot path locks them. */
async function moveOpen(
  transaction: Transaction<Database>,
  fromId: string,
  intoId: string,
  isProven: boolean,
): Promise<ConversationRow[]> {
  const open = await transaction
    .selectFrom('conversations')
    .select('id')
    .where('contact_id', '=', fromId)
    .where('state', '=', 'open')
    .orderBy('id')
    .execute();
  const moved: ConversationRow[] = [];
  for (const { id } of open) {
    const record = await transaction
      .updateTable('conversations')
      // The badge says how this conversation was proven, and its contact has just proven who they are.
      .set({ contact_id: intoId, ...(isProven && { verification: 'verified' as const }) })
      .where('id', '=', id)
      // Asked again under the lock: it may have been resolved since.
      .where('state', '=', 'open')
      .returning(CONVERSATION_COLUMNS)
      .executeTakeFirst();
    if (!record) continue;
    moved.push(toConversationRow(record));
    await transaction
      .updateTable('entries')
      .set({ author_id: intoId })
      .where('conversation_number', '=', record.number)
      .where('author_kind', '=', 'contact')
      .execute();
  }
  return moved;
}
