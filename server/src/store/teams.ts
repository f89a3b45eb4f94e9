import type { Kysely, Selectable, Transaction } from 'kysely';
import type { Team } from '../../../src/api/protocol.ts';
import type { TeamTable } from './outreach-schema.ts';
import type { Database } from './schema.ts';
import { uuidV7 } from './uuid-v7.ts';

export type NewTeam = Omit<Team, 'id'>;

/** There is a team of that name, or no such agent. Nothing was changed. */
export class TeamRefused extends Error {
  override readonly name = 'TeamRefused';
  readonly reason: 'name' | 'agent';
  /** Which of `agentIds`. */
  readonly at: number | undefined;

  constructor(reason: 'name' | 'agent', at?: number) {
    super(`No team was made or changed: ${reason}.`);
    this.reason = reason;
    this.at = at;
  }
}

/** Who works together. */
export class Teams {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** In the order in which they were made. */
  async list(): Promise<readonly Team[]> {
    const [teams, members] = await Promise.all([
      this.#db.selectFrom('teams').selectAll().orderBy('created_at').orderBy('id').execute(),
      this.#db
        .selectFrom('team_members as m')
        .innerJoin('agents as a', 'a.id', 'm.agent_id')
        .select(['m.team_id', 'm.agent_id'])
        .orderBy('a.number')
        .execute(),
    ]);
    return teams.map((team) => toTeam(team, members));
  }

  async find(id: string): Promise<Team | null> {
    return (await this.list()).find((team) => team.id === id) ?? null;
  }

  /** @throws TeamRefused */
  async create({ name, strategy, agentIds }: NewTeam): Promise<Team> {
    const now = Date.now();
    const id = uuidV7(now);
    await this.#db.transaction().execute(async (transaction) => {
      const made = await transaction
        .insertInto('teams')
        .values({ id, name, name_key: nameKey(name), strategy, created_at: now })
        .onConflict((conflict) => conflict.column('name_key').doNothing())
        .returning('id')
        .executeTakeFirst();
      if (!made) throw new TeamRefused('name');
      await setMembers(transaction, id, agentIds);
    });
    return { id, name, strategy, agentIds };
  }

  /** What is missing stays as it is. Null when there is no such team. @throws TeamRefused */
  async update(id: string, { name, strategy, agentIds }: Partial<NewTeam>): Promise<Team | null> {
    const isFound = await this.#db.transaction().execute(async (transaction) => {
      // Locks it first: of two who change its members, one comes after the other.
      const found = await transaction
        .updateTable('teams')
        .set((set) => ({ strategy: strategy ?? set.ref('strategy') }))
        .where('id', '=', id)
        .returning('id')
        .executeTakeFirst();
      if (!found) return false;
      if (name !== undefined) await rename(transaction, id, name);
      if (agentIds) await setMembers(transaction, id, agentIds);
      return true;
    });
    return isFound ? this.find(id) : null;
  }

  /** Conversations that it has keep its id, which is nobody's then. */
  async delete(id: string): Promise<void> {
    await this.#db.transaction().execute(async (transaction) => {
      await transaction.deleteFrom('availability').where('scope', '=', id).execute();
      await transaction.deleteFrom('teams').where('id', '=', id).execute();
    });
  }
}

/** What names are compared by. */
export const nameKey = (name: string): string => name.trim().normalize().toLowerCase();

async function rename(transaction: Transaction<Database>, id: string, name: string): Promise<void> {
  const taken = await transaction
    .selectFrom('teams')
    .select('id')
    .where('name_key', '=', nameKey(name))
    .where('id', '!=', id)
    .executeTakeFirst();
  if (taken) throw new TeamRefused('name');
  await transaction
    .updateTable('teams')
    .set({ name, name_key: nameKey(name) })
    .where('id', '=', id)
    .execute();
}

async function setMembers(transaction: Transaction<Database>, id: string, agentIds: readonly string[]): Promise<void> {
  await transaction.deleteFrom('team_members').where('team_id', '=', id).execute();
  if (agentIds.length === 0) return;
  const found = await transaction.selectFrom('agents').select('id').where('id', 'in', agentIds).execute();
  const there = new Set(found.map((agent) => agent.id));
  const missing = agentIds.findIndex((agentId) => !there.has(agentId));
  if (missing >= 0) throw new TeamRefused('agent', missing);
  await transaction
    .insertInto('team_members')
    .values([...there].map((agentId) => ({ team_id: id, agent_id: agentId })))
    .execute();
}

function toTeam(
  { id, name, strategy }: Selectable<TeamTable>,
  members: readonly { readonly team_id: string; readonly agent_id: string }[],
): Team {
  const agentIds = members.filter(({ team_id }) => team_id === id).map(({ agent_id }) => agent_id);
  return { id, name, agentIds, strategy };
}
