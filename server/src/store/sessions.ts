import type { Kysely, Selectable } from 'kysely';
import type { Verification } from '../../../src/api/protocol.ts';
import { CONTACT_COLUMNS, toContactRow } from './contact-record.ts';
import { PreparedQueries } from './prepared-queries.ts';
import type { ContactRow, SessionRow } from './rows.ts';
import type { Database, SessionTable } from './schema.ts';
import { uuidV7 } from './uuid-v7.ts';

export interface NewSession {
  /** Of the opaque token; the token itself is stored nowhere. */
  readonly tokenHash: string;
  readonly inboxId: string;
  readonly contactId: string;
  /** How the contact was proven: `anonymous`, `email`, `jwt`, … */
  readonly scheme: string;
  /** Which secret signed the proof. */
  readonly secretId?: string | null;
  /** Of one that was handed over: the session that it came from. */
  readonly fingerprint?: string | null;
  readonly verification: Verification;
  readonly expiresAt: number;
}

/** The scheme of a session that is none yet: its token is a code, good once, for one that is like its `fingerprint`. */
export const HANDOVER = 'handover';

const CONTACT = CONTACT_COLUMNS.map((column) => `k.${column}` as const);
const SESSION = [
  's.id as session_id',
  's.inbox_id as session_inbox_id',
  's.contact_id',
  's.scheme',
  's.secret_id',
  's.fingerprint',
  's.verification',
  's.created_at as session_created_at',
  's.expires_at',
  's.last_seen_at',
  's.revoked_at',
] as const;

/** Contacts on their devices. */
export class Sessions {
  readonly #db: Kysely<Database>;
  readonly #prepared: PreparedQueries;

  constructor(db: Kysely<Database>) {
    this.#db = db;
    this.#prepared = new PreparedQueries(db);
  }

  async create(session: NewSession): Promise<SessionRow> {
    return insert(this.#db, session);
  }

  /** Makes the new one and revokes the old one in one transaction: there is never a moment with both or neither. */
  async rotate(oldId: string, session: NewSession): Promise<SessionRow> {
    return this.#db.transaction().execute(async (transaction) => {
      await revokeOne(transaction, oldId);
      return insert(transaction, session);
    });
  }

  /** Like `rotate`, for a new one that has nothing but the old one to stand on: null when that has ended meanwhile. */
  async renew(oldId: string, session: NewSession): Promise<SessionRow | null> {
    return this.#db.transaction().execute(async (transaction) => {
      return (await revokeOne(transaction, oldId)) ? insert(transaction, session) : null;
    });
  }

  /** Uses a code up: a session like the one that it was made from. Null when the code, or that session, is over. */
  async takeOver(codeHash: string, tokenHash: string, inboxId: string): Promise<SessionRow | null> {
    return this.#db.transaction().execute(async (transaction) => {
      const now = Date.now();
      const code = await transaction
        .updateTable('sessions')
        .set({ revoked_at: now })
        .where('token_hash', '=', codeHash)
        .where('scheme', '=', HANDOVER)
        .where('inbox_id', '=', inboxId)
        .where('revoked_at', 'is', null)
        .where('expires_at', '>', now)
        .returning('fingerprint')
        .executeTakeFirst();
      if (!code) return null;
      const from = await transaction
        .selectFrom('sessions')
        .selectAll()
        .where('id', '=', code.fingerprint)
        .where('revoked_at', 'is', null)
        .where('expires_at', '>', now)
        .executeTakeFirst();
      return from ? insert(transaction, { ...toSession(from), tokenHash, fingerprint: from.id }) : null;
    });
  }

  /** What was handed over from a session that `heir` has taken the place of comes from that one now. */
  async adoptHandedOver({ id, contactId }: Pick<SessionRow, 'id' | 'contactId'>, heir: string): Promise<void> {
    await this.#db
      .updateTable('sessions')
      .set({ fingerprint: heir })
      .where('contact_id', '=', contactId)
      .where('fingerprint', '=', id)
      .execute();
  }

  /** Ends what was handed over from a session. Answers the ids, also of those that were revoked before: a merge does so. */
  async revokeHandedOver({ id, contactId }: Pick<SessionRow, 'id' | 'contactId'>): Promise<string[]> {
    const revoked = await this.#db
      .updateTable('sessions')
      .set({ revoked_at: Date.now() })
      .where('contact_id', '=', contactId)
      .where('fingerprint', '=', id)
      .returning('id')
      .execute();
    return revoked.map((each) => each.id);
  }

  /** The session and its contact; null when there is none, or it is revoked or expired. */
  async findByHash(
    tokenHash: string,
    now = Date.now(),
  ): Promise<{ readonly session: SessionRow; readonly contact: ContactRow } | null> {
    const found = await this.#prepared.first(
      'session',
      (hash, at) =>
        this.#db
          .selectFrom('sessions as s')
          .innerJoin('contacts as k', 'k.id', 's.contact_id')
          .select(CONTACT)
          .select(SESSION)
          .where('s.token_hash', '=', hash)
          .where('s.scheme', '!=', HANDOVER)
          .where('s.revoked_at', 'is', null)
          .where('s.expires_at', '>', at),
      [tokenHash, now],
    );
    if (!found) return null;
    const { session_id: id, session_inbox_id: inbox_id, session_created_at: created_at } = found;
    return { session: toSession({ ...found, id, inbox_id, created_at }), contact: toContactRow(found) };
  }

  /** Notes that it was used; `expiresAt` makes a sliding session slide. */
  async touch(id: string, seen: { readonly lastSeenAt: number; readonly expiresAt?: number }): Promise<void> {
    await this.#db
      .updateTable('sessions')
      .set({ last_seen_at: seen.lastSeenAt, ...(seen.expiresAt !== undefined && { expires_at: seen.expiresAt }) })
      .where('id', '=', id)
      .where('revoked_at', 'is', null)
      .execute();
  }

  /** Notes that an anonymous visitor has said an e-mail, without a proof. */
  async claim(id: string): Promise<void> {
    await this.#db
      .updateTable('sessions')
      .set({ verification: 'claimed' })
      .where('id', '=', id)
      .where('verification', '=', 'anonymous')
      .execute();
  }

  /** False when it was revoked before, or never was. */
  async revoke(id: string): Promise<boolean> {
    return (await this.#revoke('id', id)).length > 0;
  }

  /** Ends what a compromised secret has opened. Answers the ids of those that were not revoked yet. */
  async revokeAllOfSecret(secretId: string): Promise<string[]> {
    return this.#revoke('secret_id', secretId);
  }

  /** Forgets sessions that ended before `before` (ms). Answers how many. */
  async deleteExpired(before: number): Promise<number> {
    const { numDeletedRows } = await this.#db
      .deleteFrom('sessions')
      .where('expires_at', '<', before)
      .executeTakeFirstOrThrow();
    return Number(numDeletedRows);
  }

  async #revoke(column: 'id' | 'secret_id', value: string): Promise<string[]> {
    const revoked = await this.#db
      .updateTable('sessions')
      .set({ revoked_at: Date.now() })
      .where(column, '=', value)
      .where('revoked_at', 'is', null)
      .returning('id')
      .execute();
    return revoked.map(({ id }) => id);
  }
}

/** False when it was revoked before. */
async function revokeOne(db: Kysely<Database>, id: string): Promise<boolean> {
  const revoked = await db
    .updateTable('sessions')
    .set({ revoked_at: Date.now() })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  return revoked !== undefined;
}

async function insert(db: Kysely<Database>, session: NewSession): Promise<SessionRow> {
  const now = Date.now();
  const made = await db
    .insertInto('sessions')
    .values({
      id: uuidV7(now),
      token_hash: session.tokenHash,
      inbox_id: session.inboxId,
      contact_id: session.contactId,
      scheme: session.scheme,
      secret_id: session.secretId ?? null,
      fingerprint: session.fingerprint ?? null,
      verification: session.verification,
      created_at: now,
      expires_at: session.expiresAt,
      last_seen_at: now,
      revoked_at: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  return toSession(made);
}

function toSession(record: Omit<Selectable<SessionTable>, 'token_hash'>): SessionRow {
  return {
    id: record.id,
    inboxId: record.inbox_id,
    contactId: record.contact_id,
    scheme: record.scheme,
    secretId: record.secret_id,
    fingerprint: record.fingerprint,
    verification: record.verification,
    createdAt: record.created_at,
    expiresAt: record.expires_at,
    lastSeenAt: record.last_seen_at,
    revokedAt: record.revoked_at,
  };
}
