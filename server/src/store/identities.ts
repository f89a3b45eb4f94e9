import type { Kysely, Transaction } from 'kysely';
import { emailKey } from '../identity/email.ts';
import { CONTACT_COLUMNS, toContactRow } from './contact-record.ts';
import { UUID } from './record-id.ts';
import type { ContactRow } from './rows.ts';
import type { Database } from './schema.ts';
import { isUniqueViolation } from './store-unavailable.ts';
import { uuidV7 } from './uuid-v7.ts';

export interface FoundContact {
  readonly contact: ContactRow;
  readonly created: boolean;
}

type Queries = Kysely<Database> | Transaction<Database>;

/** Two nodes may make the same person at once; the second finds them at its next attempt. */
const ATTEMPTS = 3;

/** Contacts, by the ways other than an e-mail alone in which a proof names them. All of them become verified. */
export class Identities {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** The visitor ids that logins have proven for this contact, sorted. */
  async visitorIdsOf(contactId: string): Promise<string[]> {
    const found = await this.#db
      .selectFrom('visitor_ids')
      .select('visitor_id')
      .where('contact_id', '=', contactId)
      .orderBy('visitor_id')
      .execute();
    return found.map(({ visitor_id: id }) => id);
  }

  /**
   * The contact with the site's own id, made when there is none, with this e-mail from now on. An id that is new is
   * linked to the contact who has this e-mail and no id yet.
   *
   * @returns null when the e-mail is another contact's: nothing was changed
   */
  async ensureByExternalId(person: {
    readonly inboxId: string;
    readonly externalId: string;
    readonly email: string;
  }): Promise<FoundContact | null> {
    return this.#attempt(async (db) => {
      const { inboxId, externalId, email } = person;
      const [known, owner] = [
        await findOne(db, inboxId, 'external_id', externalId),
        await findOne(db, inboxId, 'email_key', emailKey(email)),
      ];
      if (!known && !owner) return { contact: await insert(db, person), created: true };
      const contact = known ?? owner!;
      if (owner && (owner.id !== contact.id || (owner.externalId !== null && owner.externalId !== externalId)))
        return null;
      if (known && owner && known.verifiedAt !== null) return { contact: known, created: false };
      return {
        contact: await update(db, contact, { external_id: externalId, ...emailColumns(contact, email) }),
        created: false,
      };
    });
  }

  /**
   * The contact behind a visitor's id: a contact's own id, or one that a site has kept from elsewhere. An unknown one
   * makes the contact; if it is a UUID it becomes their own id.
   */
  async ensureByVisitorId({
    inboxId,
    visitorId,
  }: {
    readonly inboxId: string;
    readonly visitorId: string;
  }): Promise<FoundContact> {
    return this.#attempt(async (db) => {
      const own = UUID.test(visitorId) ? await find(db, visitorId) : null;
      const known = own?.inboxId === inboxId ? own : await findAlias(db, inboxId, visitorId);
      const contact = known?.mergedInto ? await find(db, known.mergedInto) : known;
      if (contact)
        return { contact: contact.verifiedAt === null ? await update(db, contact, {}) : contact, created: false };

      const isFree = UUID.test(visitorId) && own === null;
      const made = await insert(db, { inboxId, ...(isFree && { id: visitorId }) });
      if (!isFree) {
        const alias = { inbox_id: inboxId, visitor_id: visitorId, contact_id: made.id };
        await db.insertInto('visitor_ids').values(alias).execute();
      }
      return { contact: made, created: true };
    });
  }

  /**
   * Gives a contact a proven e-mail, in place of the one it had.
   *
   * @returns null when the e-mail is another contact's, or there is no such contact: nothing was changed
   */
  async proveEmail(contactId: string, email: string): Promise<ContactRow | null> {
    return this.#attempt(async (db) => {
      const contact = await find(db, contactId);
      const owner = contact && (await findOne(db, contact.inboxId, 'email_key', emailKey(email)));
      if (!contact || (owner && owner.id !== contact.id)) return null;
      if (owner && contact.verifiedAt !== null) return contact;
      return update(db, contact, emailColumns(contact, email));
    });
  }

  async #attempt<Result>(work: (db: Transaction<Database>) => Promise<Result>): Promise<Result> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#db.transaction().execute(work);
      } catch (error) {
        if (attempt === ATTEMPTS || !isUniqueViolation(error)) throw error;
      }
    }
  }
}

/** The spelling of the first proof stays; a claim of the same address has come true. */
function emailColumns(contact: ContactRow, email: string) {
  const key = emailKey(email);
  const isSame = contact.email !== null && emailKey(contact.email) === key;
  const isClaimed = contact.claimedEmail !== null && emailKey(contact.claimedEmail) === key;
  return { ...(!isSame && { email, email_key: key }), ...(isClaimed && { claimed_email: null }) };
}

async function find(db: Queries, id: string): Promise<ContactRow | null> {
  const found = await db.selectFrom('contacts').select(CONTACT_COLUMNS).where('id', '=', id).executeTakeFirst();
  return found ? toContactRow(found) : null;
}

async function findOne(
  db: Queries,
  inboxId: string,
  column: 'external_id' | 'email_key',
  value: string,
): Promise<ContactRow | null> {
  const found = await db
    .selectFrom('contacts')
    .select(CONTACT_COLUMNS)
    .where('inbox_id', '=', inboxId)
    .where(column, '=', value)
    .executeTakeFirst();
  return found ? toContactRow(found) : null;
}

async function findAlias(db: Queries, inboxId: string, visitorId: string): Promise<ContactRow | null> {
  const alias = await db
    .selectFrom('visitor_ids')
    .select('contact_id')
    .where('inbox_id', '=', inboxId)
    .where('visitor_id', '=', visitorId)
    .executeTakeFirst();
  return alias ? find(db, alias.contact_id) : null;
}

async function insert(
  db: Queries,
  person: { readonly inboxId: string; readonly id?: string; readonly externalId?: string; readonly email?: string },
): Promise<ContactRow> {
  const now = Date.now();
  const { inboxId, id = uuidV7(now), externalId, email } = person;
  const made = await db
    .insertInto('contacts')
    .values({
      id,
      inbox_id: inboxId,
      external_id: externalId ?? null,
      email: email ?? null,
      email_key: email === undefined ? null : emailKey(email),
      attributes: '{}',
      verified_at: now,
      created_at: now,
      updated_at: now,
    })
    .returning(CONTACT_COLUMNS)
    .executeTakeFirstOrThrow();
  return toContactRow(made);
}

/** Writes, and marks the contact as verified. */
async function update(
  db: Queries,
  { id, verifiedAt }: ContactRow,
  change: {
    readonly external_id?: string;
    readonly email?: string;
    readonly email_key?: string;
    readonly claimed_email?: null;
  },
): Promise<ContactRow> {
  const now = Date.now();
  const updated = await db
    .updateTable('contacts')
    .set({ ...change, verified_at: verifiedAt ?? now, updated_at: now })
    .where('id', '=', id)
    .returning(CONTACT_COLUMNS)
    .executeTakeFirstOrThrow();
  return toContactRow(updated);
}
