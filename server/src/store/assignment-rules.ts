import type { Kysely, Selectable } from 'kysely';
import type { AssignmentRule as Wire } from '../../../src/api/protocol.ts';
import type { Condition } from '../../../src/api/rules.ts';
import type { AssignmentRuleTable } from './outreach-schema.ts';
import type { Database } from './schema.ts';
import { uuidV7 } from './uuid-v7.ts';

/** As on the wire, with what was checked. */
export interface AssignmentRule extends Wire {
  readonly conditions: readonly Condition[];
}

export type NewAssignmentRule = Omit<AssignmentRule, 'id' | 'position'> & { readonly position?: number };

export class AssignmentRules {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** In the order in which they are asked. @param inboxId those of one inbox, and those of all */
  async list(inboxId?: string): Promise<readonly AssignmentRule[]> {
    const found = await this.#db
      .selectFrom('assignment_rules')
      .selectAll()
      .orderBy('position')
      .orderBy('created_at')
      .orderBy('id')
      .execute();
    return found.map(toRule).filter((rule) => inboxId === undefined || (rule.inboxId ?? inboxId) === inboxId);
  }

  async find(id: string): Promise<AssignmentRule | null> {
    if (id.includes('\0')) return null;
    const found = await this.#db.selectFrom('assignment_rules').selectAll().where('id', '=', id).executeTakeFirst();
    return found ? toRule(found) : null;
  }

  /** Without a position it comes last. */
  async create(rule: NewAssignmentRule): Promise<AssignmentRule> {
    const now = Date.now();
    const { highest } = await this.#db
      .selectFrom('assignment_rules')
      .select((select) => select.fn.max('position').as('highest'))
      .executeTakeFirstOrThrow();
    const made = await this.#db
      .insertInto('assignment_rules')
      .values({
        ...{ id: uuidV7(now), inbox_id: rule.inboxId, name: rule.name, created_at: now },
        position: rule.position ?? Number(highest ?? 0) + 1,
        enabled: rule.enabled ? 1 : 0,
        conditions: JSON.stringify(rule.conditions),
        targets: JSON.stringify(rule.to),
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    return toRule(made);
  }

  /** What is missing stays as it is; something must be there. Null when there is no such rule. */
  async update(id: string, patch: Partial<NewAssignmentRule>): Promise<AssignmentRule | null> {
    const { inboxId, name, position, enabled, conditions, to } = patch;
    const updated = await this.#db
      .updateTable('assignment_rules')
      .set({
        ...(inboxId !== undefined && { inbox_id: inboxId }),
        ...(name !== undefined && { name }),
        ...(position !== undefined && { position }),
        ...(enabled !== undefined && { enabled: enabled ? 1 : 0 }),
        ...(conditions !== undefined && { conditions: JSON.stringify(conditions) }),
        ...(to !== undefined && { targets: JSON.stringify(to) }),
      })
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirst();
    return updated ? toRule(updated) : null;
  }

  async delete(id: string): Promise<void> {
    await this.#db.deleteFrom('assignment_rules').where('id', '=', id).execute();
  }
}

function toRule(record: Selectable<AssignmentRuleTable>): AssignmentRule {
  return {
    id: record.id,
    inboxId: record.inbox_id,
    name: record.name,
    position: record.position,
    enabled: record.enabled === 1,
    conditions: JSON.parse(record.conditions) as Condition[],
    to: JSON.parse(record.targets) as string[],
  };
}
