import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { toConversationRow } from './conversation-record.ts';
import type { ConversationRow } from './rows.ts';
import { CONVERSATION_COLUMNS } from './schema.ts';
import type { Database } from './schema.ts';

/** Whose turn was when: by pool and agent; a higher number was later. */
export interface Turn {
  readonly pool: string;
  readonly agentId: string;
  readonly turn: number;
}

/** When somebody was there last. */
export interface Availability {
  readonly online: boolean;
  /** When the last one went offline, ms; null: nobody ever did. */
  readonly lastOfflineAt: number | null;
}

/** What is needed to find out who gets a conversation. */
export class Routing {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** Open conversations for which somebody is looked for, oldest first; not while a bot answers. @param after number of the last one of before */
  async waiting(limit: number, after = 0): Promise<readonly ConversationRow[]> {
    const found = await this.#db
      .selectFrom('conversations')
      .select(CONVERSATION_COLUMNS)
      // As it stands in the index's condition: a parameter would keep planners from it.
      .where('waiting', '=', sql.lit(1))
      .where('number', '>', after)
      .where('state', '=', 'open')
      .where('bot', '=', 0)
      .orderBy('number')
      .limit(limit)
      .execute();
    return found.map(toConversationRow);
  }

  /** Open conversations of these agents in these inboxes, oldest first. */
  async assignedTo(
    agentIds: readonly string[],
    inboxIds: readonly string[],
    limit: number,
  ): Promise<readonly ConversationRow[]> {
    if (agentIds.length === 0 || inboxIds.length === 0) return [];
    const found = await this.#db
      .selectFrom('conversations')
      .select(CONVERSATION_COLUMNS)
      .where('assigned_agent_id', 'in', agentIds)
      .where('state', '=', 'open')
      .where('inbox_id', 'in', inboxIds)
      .orderBy('number')
      .limit(limit)
      .execute();
    return found.map(toConversationRow);
  }

  /** How many open conversations each agent has; who has none is missing. */
  async loads(): Promise<ReadonlyMap<string, number>> {
    const found = await this.#db
      .selectFrom('conversations')
      .select(['assigned_agent_id', (select) => select.fn.countAll().as('count')])
      .where('assigned_agent_id', 'is not', null)
      .where('state', '=', 'open')
      .groupBy('assigned_agent_id')
      .execute();
    return new Map(found.map(({ assigned_agent_id: id, count }) => [id ?? '', Number(count)]));
  }

  async turns(): Promise<readonly Turn[]> {
    const found = await this.#db.selectFrom('turns').selectAll().execute();
    return found.map(({ pool, agent_id: agentId, turn }) => ({ pool, agentId, turn }));
  }

  async saveTurns(turns: readonly Turn[]): Promise<void> {
    if (turns.length === 0) return;
    await this.#db
      .insertInto('turns')
      .values(turns.map(({ pool, agentId, turn }) => ({ pool, agent_id: agentId, turn })))
      .onConflict((conflict) =>
        conflict.columns(['pool', 'agent_id']).doUpdateSet((set) => ({ turn: set.ref('excluded.turn') })),
      )
      .execute();
  }

  /**
   * What only one node at a time may do. A holder that died is waited for until its time is over.
   *
   * @param until ms since 1970
   * @returns false: another node has it
   */
  async lease(name: string, holder: string, now: number, until: number): Promise<boolean> {
    const taken = await this.#db
      .insertInto('leases')
      .values({ name, holder, until })
      .onConflict((conflict) =>
        conflict
          .column('name')
          .doUpdateSet({ holder, until })
          .where((where) => where.or([where('leases.until', '<=', now), where('leases.holder', '=', holder)])),
      )
      .returning('name')
      .executeTakeFirst();
    return taken !== undefined;
  }

  async release(name: string, holder: string): Promise<void> {
    await this.#db.deleteFrom('leases').where('name', '=', name).where('holder', '=', holder).execute();
  }

  /** By scope: a team's id, or empty for all agents. Scopes that nobody was ever there for are missing. */
  async availability(): Promise<ReadonlyMap<string, Availability>> {
    const found = await this.#db.selectFrom('availability').selectAll().execute();
    return new Map(
      found.map(({ scope, online, last_offline_at: lastOfflineAt }) => [
        scope,
        { online: online === 1, lastOfflineAt },
      ]),
    );
  }

  /** Notes that somebody is there, or since when (ms) nobody is. Says nothing new where it is so already. */
  async noteAvailability(scope: string, online: boolean, at: number): Promise<void> {
    if (!online) {
      await this.#db
        .updateTable('availability')
        .set({ online: 0, last_offline_at: at })
        .where('scope', '=', scope)
        .where('online', '=', 1)
        .execute();
      return;
    }
    await this.#db
      .insertInto('availability')
      .values({ scope, online: 1, last_offline_at: null })
      .onConflict((conflict) => conflict.column('scope').doUpdateSet({ online: 1 }))
      .execute();
  }
}
