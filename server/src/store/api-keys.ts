import type { Kysely, Selectable } from 'kysely';
import type { ApiKeyRow } from './rows.ts';
import type { ApiKeyTable, Database } from './schema.ts';
import { uuidV7 } from './uuid-v7.ts';

/** `lastUsedAt` may be this old (ms): a key that is used a thousand times a second is not written a thousand times. */
const TOUCH_MS = 60_000;

export interface NewApiKey {
  /** Of the key; the key itself is shown once and stored nowhere. */
  readonly keyHash: string;
  readonly name: string;
  readonly permissions: readonly string[];
  /** Valid for this inbox alone; null or missing: for all. */
  readonly inboxId?: string | null;
}

/** What back ends call with. */
export class ApiKeys {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  async create(key: NewApiKey): Promise<ApiKeyRow> {
    const now = Date.now();
    const made = await this.#db
      .insertInto('api_keys')
      .values({
        id: uuidV7(now),
        key_hash: key.keyHash,
        name: key.name,
        permissions: JSON.stringify(key.permissions),
        inbox_id: key.inboxId ?? null,
        created_at: now,
        last_used_at: null,
        revoked_at: null,
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    return toApiKey(made);
  }

  /** Null when there is none, or it is revoked. */
  async findByHash(keyHash: string): Promise<ApiKeyRow | null> {
    const found = await this.#db
      .selectFrom('api_keys')
      .selectAll()
      .where('key_hash', '=', keyHash)
      .where('revoked_at', 'is', null)
      .executeTakeFirst();
    return found ? toApiKey(found) : null;
  }

  /** Newest first, revoked ones left out. */
  async list(): Promise<ApiKeyRow[]> {
    const found = await this.#db
      .selectFrom('api_keys')
      .selectAll()
      .where('revoked_at', 'is', null)
      .orderBy('id', 'desc')
      .execute();
    return found.map(toApiKey);
  }

  /** Notes that it was used; writes at most once a minute. */
  async touch(key: ApiKeyRow, now = Date.now()): Promise<void> {
    if (key.lastUsedAt !== null && now - key.lastUsedAt < TOUCH_MS) return;
    await this.#db.updateTable('api_keys').set({ last_used_at: now }).where('id', '=', key.id).execute();
  }

  /** What it was; null when it was revoked before, or never was. */
  async revoke(id: string): Promise<ApiKeyRow | null> {
    if (id.includes('\0')) return null;
    const revoked = await this.#db
      .updateTable('api_keys')
      .set({ revoked_at: Date.now() })
      .where('id', '=', id)
      .where('revoked_at', 'is', null)
      .returningAll()
      .executeTakeFirst();
    return revoked ? toApiKey(revoked) : null;
  }
}

function toApiKey(record: Selectable<ApiKeyTable>): ApiKeyRow {
  return {
    id: record.id,
    name: record.name,
    permissions: JSON.parse(record.permissions) as string[],
    inboxId: record.inbox_id,
    createdAt: record.created_at,
    lastUsedAt: record.last_used_at,
    revokedAt: record.revoked_at,
  };
}
