import type { Kysely, Selectable } from 'kysely';
import { decodeNumberCursor, pageLimit } from './keyset.ts';
import type { AuditTable, Database } from './schema.ts';

/** One act. */
export interface AuditRow {
  readonly number: number;
  /** ms since 1970. */
  readonly at: number;
  readonly actor: AuditActor;
  /** Null: it concerns the whole server. */
  readonly inboxId: string | null;
  /** `secret.rotated`, `settings.changed`, … */
  readonly action: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** Who acted; the name is what it was then. */
export interface AuditActor {
  readonly kind: 'agent' | 'key' | 'system';
  readonly id: string;
  readonly name: string;
}

export interface AuditPage {
  readonly acts: readonly AuditRow[];
  readonly cursor?: string;
}

/** Who did what to secrets, keys, settings and contacts. Nothing in it is ever changed or deleted. */
export class AuditLog {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** @param act `details` must hold no secret */
  async write(act: Omit<AuditRow, 'number' | 'at'>): Promise<void> {
    await this.#db
      .insertInto('audit_log')
      .values({
        at: Date.now(),
        actor_kind: act.actor.kind,
        actor_id: act.actor.id,
        actor_name: act.actor.name,
        inbox_id: act.inboxId,
        action: act.action,
        details: JSON.stringify(act.details),
      })
      .execute();
  }

  /** Newest first. @throws BadCursor */
  async page(query: {
    readonly inboxId?: string;
    readonly before?: string;
    readonly limit?: number;
  }): Promise<AuditPage> {
    const { inboxId, before, limit } = query;
    if (inboxId?.includes('\0')) return { acts: [] };
    const size = pageLimit(limit);
    const end = before === undefined ? undefined : decodeNumberCursor(before);
    const found = await this.#db
      .selectFrom('audit_log')
      .selectAll()
      .$if(inboxId !== undefined, (select) => select.where('inbox_id', '=', inboxId!))
      .$if(end !== undefined, (select) => select.where('number', '<', end!))
      .orderBy('number', 'desc')
      .limit(size + 1)
      .execute();
    const acts = found.slice(0, size).map(toAuditRow);
    return found.length > size ? { acts, cursor: String(acts.at(-1)!.number) } : { acts };
  }
}

function toAuditRow(record: Selectable<AuditTable>): AuditRow {
  return {
    number: record.number,
    at: record.at,
    actor: { kind: record.actor_kind, id: record.actor_id, name: record.actor_name },
    inboxId: record.inbox_id,
    action: record.action,
    details: JSON.parse(record.details) as AuditRow['details'],
  };
}
