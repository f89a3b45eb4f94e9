import type { Kysely, Selectable } from 'kysely';
import type { InboxRow, InboxSecret } from './rows.ts';
import type { Database, InboxTable } from './schema.ts';

export interface NewInbox {
  readonly id: string;
  readonly name: string;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly secrets?: Readonly<Record<string, InboxSecret>>;
}

export interface SettingsChange {
  /** The whole document. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly name?: string;
  /** The version it was made from; null overwrites whatever is stored. */
  readonly version: number | null;
}

export type SaveSettingsResult =
  | { readonly ok: true; readonly inbox: InboxRow }
  /** `precondition_failed`: somebody else saved in between. */
  | { readonly ok: false; readonly code: 'not_found' | 'precondition_failed' };

/** The embeds: their settings and their secrets. */
export class Inboxes {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** Makes it, or answers the one that has this id already, unchanged. */
  async ensure(inbox: NewInbox): Promise<{ readonly inbox: InboxRow; readonly created: boolean }> {
    const now = Date.now();
    const made = await this.#db
      .insertInto('inboxes')
      .values({
        id: inbox.id,
        name: inbox.name,
        settings: JSON.stringify(inbox.settings ?? {}),
        settings_version: 1,
        secrets: JSON.stringify(inbox.secrets ?? {}),
        created_at: now,
        updated_at: now,
      })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .returningAll()
      .executeTakeFirst();
    if (made) return { inbox: toInbox(made), created: true };
    const found = await this.#db.selectFrom('inboxes').selectAll().where('id', '=', inbox.id).executeTakeFirstOrThrow();
    return { inbox: toInbox(found), created: false };
  }

  async find(id: string): Promise<InboxRow | null> {
    if (id.includes('\0')) return null;
    const found = await this.#db.selectFrom('inboxes').selectAll().where('id', '=', id).executeTakeFirst();
    return found ? toInbox(found) : null;
  }

  /** Oldest first. */
  async list(): Promise<InboxRow[]> {
    const found = await this.#db.selectFrom('inboxes').selectAll().orderBy('created_at').orderBy('id').execute();
    return found.map(toInbox);
  }

  /** Saves the document if nobody else has since `version`: compare and set in one statement. */
  async saveSettings(id: string, { settings, name, version }: SettingsChange): Promise<SaveSettingsResult> {
    const saved = await this.#db
      .updateTable('inboxes')
      .set((set) => ({
        settings: JSON.stringify(settings),
        settings_version: set('settings_version', '+', 1),
        updated_at: Date.now(),
        ...(name !== undefined && { name }),
      }))
      .where('id', '=', id)
      .$if(version !== null, (query) => query.where('settings_version', '=', version))
      .returningAll()
      .executeTakeFirst();
    if (saved) return { ok: true, inbox: toInbox(saved) };
    return { ok: false, code: (await this.find(id)) ? 'precondition_failed' : 'not_found' };
  }

  /**
   * Changes one scheme's secret, the others untouched: nobody else's change comes between what `change` is given and
   * what it answers. An `undefined` from it leaves things as they are. Null when there is no such inbox.
   */
  async changeSecret(
    id: string,
    scheme: string,
    change: (current: InboxSecret | undefined) => InboxSecret | undefined,
  ): Promise<InboxRow | null> {
    return this.#db.transaction().execute(async (transaction) => {
      // Locked by a write that changes nothing, which both databases know; `for update` only one does.
      const locked = await transaction
        .updateTable('inboxes')
        .set((set) => ({ secrets: set.ref('secrets') }))
        .where('id', '=', id)
        .returningAll()
        .executeTakeFirst();
      if (!locked) return null;
      const inbox = toInbox(locked);
      const secret = change(inbox.secrets[scheme]);
      if (!secret) return inbox;
      const changed = await transaction
        .updateTable('inboxes')
        .set({ secrets: JSON.stringify({ ...inbox.secrets, [scheme]: secret }), updated_at: Date.now() })
        .where('id', '=', id)
        .returningAll()
        .executeTakeFirstOrThrow();
      return toInbox(changed);
    });
  }
}

function toInbox(record: Selectable<InboxTable>): InboxRow {
  return {
    id: record.id,
    name: record.name,
    settings: JSON.parse(record.settings) as InboxRow['settings'],
    settingsVersion: record.settings_version,
    secrets: JSON.parse(record.secrets) as InboxRow['secrets'],
    createdAt: record.created_at,
    updatedAt: record.updated_at,
  };
}
