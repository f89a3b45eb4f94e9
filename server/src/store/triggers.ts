import type { Kysely, Selectable } from 'kysely';
import type { Trigger } from '../../../src/api/protocol.ts';
import type { TriggerTable } from './outreach-schema.ts';
import type { Database } from './schema.ts';
import { uuidV7 } from './uuid-v7.ts';

export type NewTrigger = Omit<Trigger, 'id'>;

/** What is missing stays as it is. Inbox and kind stay for ever. */
export type TriggerPatch = Partial<Omit<Trigger, 'id' | 'inboxId' | 'kind'>>;

/** What the widgets of inboxes say first, and when. */
export class Triggers {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** In the order in which they are tried: the most important first, of equals the oldest. */
  async list({ inboxId, enabled }: { readonly inboxId?: string; readonly enabled?: true } = {}): Promise<Trigger[]> {
    if (inboxId?.includes('\0')) return [];
    const found = await this.#db
      .selectFrom('triggers')
      .selectAll()
      .$if(inboxId !== undefined, (query) => query.where('inbox_id', '=', inboxId!))
      .$if(enabled === true, (query) => query.where('enabled', '=', 1))
      .orderBy('inbox_id')
      .orderBy('priority', 'desc')
      .orderBy('created_at')
      .orderBy('id')
      .execute();
    return found.map(toTrigger);
  }

  async find(id: string): Promise<Trigger | null> {
    if (id.includes('\0')) return null;
    const found = await this.#db.selectFrom('triggers').selectAll().where('id', '=', id).executeTakeFirst();
    return found ? toTrigger(found) : null;
  }

  async create({ inboxId, kind, ...rest }: NewTrigger): Promise<Trigger> {
    const now = Date.now();
    const made = await this.#db
      .insertInto('triggers')
      .values({ id: uuidV7(now), inbox_id: inboxId, kind, ...toColumns(rest), created_at: now })
      .returningAll()
      .executeTakeFirstOrThrow();
    return toTrigger(made);
  }

  /** Null when there is no such trigger. */
  async update(id: string, patch: TriggerPatch): Promise<Trigger | null> {
    const changed = toColumns(patch);
    if (Object.keys(changed).length === 0) return this.find(id);
    const updated = await this.#db
      .updateTable('triggers')
      .set(changed)
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirst();
    return updated ? toTrigger(updated) : null;
  }

  async delete(id: string): Promise<void> {
    await this.#db.deleteFrom('triggers').where('id', '=', id).execute();
  }
}

type Columns = Omit<Selectable<TriggerTable>, 'id' | 'inbox_id' | 'kind' | 'created_at'>;

function toColumns(trigger: Omit<NewTrigger, 'inboxId' | 'kind'>): Columns;
function toColumns(patch: TriggerPatch): Partial<Columns>;
function toColumns({ name, enabled, priority, message, conditions, delaySeconds, frequency }: TriggerPatch) {
  return {
    ...(name !== undefined && { name }),
    ...(enabled !== undefined && { enabled: enabled ? 1 : 0 }),
    ...(priority !== undefined && { priority }),
    ...(message !== undefined && { message }),
    ...(conditions !== undefined && { conditions: JSON.stringify(conditions) }),
    ...(delaySeconds !== undefined && { delay_seconds: delaySeconds }),
    ...(frequency !== undefined && { frequency: JSON.stringify(frequency) }),
  };
}

function toTrigger(record: Selectable<TriggerTable>): Trigger {
  const { id, inbox_id: inboxId, kind, name, priority, message, delay_seconds: delaySeconds } = record;
  return {
    ...{ id, inboxId, kind, name, enabled: record.enabled === 1, priority, message, delaySeconds },
    conditions: JSON.parse(record.conditions) as Trigger['conditions'],
    frequency: JSON.parse(record.frequency) as Trigger['frequency'],
  };
}
