import type { Kysely, Selectable } from 'kysely';
import type { AttributeDefinition } from '../../../src/api/protocol.ts';
import type { AttributeTable, Database } from './schema.ts';
import { uuidV7 } from './uuid-v7.ts';

export type NewAttribute = Omit<AttributeDefinition, 'id'>;

/** What is missing stays as it is. Key and type stay for ever: what is stored was written by them. */
export type AttributePatch = Partial<Pick<AttributeDefinition, 'label' | 'options' | 'writers'>>;

/** Values by key. */
export type AttributeValues = Readonly<Record<string, unknown>>;

/** Which attributes contacts and conversations have; and what conversations have there. */
export class Attributes {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** In the order in which they were made. */
  async list(owner?: AttributeDefinition['owner']): Promise<AttributeDefinition[]> {
    const found = await this.#db
      .selectFrom('attributes')
      .selectAll()
      .$if(owner !== undefined, (query) => query.where('owner', '=', owner!))
      .orderBy('created_at')
      .orderBy('id')
      .execute();
    return found.map(toDefinition);
  }

  async find(id: string): Promise<AttributeDefinition | null> {
    if (id.includes('\0')) return null;
    const found = await this.#db.selectFrom('attributes').selectAll().where('id', '=', id).executeTakeFirst();
    return found ? toDefinition(found) : null;
  }

  /** Null when its owner has one with this key. */
  async create({ owner, key, label, type, options = [], writers }: NewAttribute): Promise<AttributeDefinition | null> {
    const now = Date.now();
    const made = await this.#db
      .insertInto('attributes')
      .values({
        ...{ id: uuidV7(now), owner, key, label, type, created_at: now },
        options: JSON.stringify(options),
        writers: JSON.stringify(writers),
      })
      .onConflict((conflict) => conflict.columns(['owner', 'key']).doNothing())
      .returningAll()
      .executeTakeFirst();
    return made ? toDefinition(made) : null;
  }

  async update(id: string, { label, options, writers }: AttributePatch): Promise<AttributeDefinition | null> {
    const changed = {
      ...(label !== undefined && { label }),
      ...(options !== undefined && { options: JSON.stringify(options) }),
      ...(writers !== undefined && { writers: JSON.stringify(writers) }),
    };
    if (Object.keys(changed).length === 0) return this.find(id);
    const updated = await this.#db
      .updateTable('attributes')
      .set(changed)
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirst();
    return updated ? toDefinition(updated) : null;
  }

  /** What was stored under its key stays where it is. */
  async delete(id: string): Promise<void> {
    await this.#db.deleteFrom('attributes').where('id', '=', id).execute();
  }

  /** What a conversation has; null when there is none. */
  async ofConversation(conversationId: string): Promise<AttributeValues | null> {
    const found = await this.#db
      .selectFrom('conversations')
      .select('attributes')
      .where('id', '=', conversationId)
      .executeTakeFirst();
    return found ? (JSON.parse(found.attributes) as AttributeValues) : null;
  }

  /**
   * Changes what a contact or a conversation has: compare and set, so that of two who write at once neither is lost.
   *
   * @param change from what there is to what is to be; called again when somebody was quicker
   * @returns what there is now; null when there is no such owner
   */
  async change(
    owner: 'contacts' | 'conversations',
    id: string,
    change: (now: AttributeValues) => AttributeValues,
  ): Promise<AttributeValues | null> {
    for (;;) {
      const found = await this.#db.selectFrom(owner).select('attributes').where('id', '=', id).executeTakeFirst();
      if (!found) return null;
      const next = change(JSON.parse(found.attributes) as AttributeValues);
      const { numUpdatedRows } = await this.#db
        .updateTable(owner)
        .set({ attributes: JSON.stringify(next) })
        .where('id', '=', id)
        .where('attributes', '=', found.attributes)
        .executeTakeFirst();
      if (numUpdatedRows > 0n) return next;
    }
  }
}

function toDefinition(record: Selectable<AttributeTable>): AttributeDefinition {
  const { id, owner, key, label, type } = record;
  const options = JSON.parse(record.options) as string[];
  const writers = JSON.parse(record.writers) as AttributeDefinition['writers'];
  return { id, owner, key, label, type, ...(options.length > 0 && { options }), writers };
}
