import type { Kysely, Selectable, Transaction, Updateable } from 'kysely';
import { emailKey } from '../identity/email.ts';
import { parseRecordId } from './record-id.ts';
import type { AgentRow, AgentSessionRow } from './rows.ts';
import type { AgentSessionTable, AgentTable, Database } from './schema.ts';
import { uuidV7 } from './uuid-v7.ts';

export interface NewAgent {
  /** Stored with A–Z in lower case. */
  readonly email: string;
  readonly name: string;
  readonly role: 'admin' | 'agent';
  readonly passwordHash: string;
  readonly avatarUrl?: string | null;
}

/** What is missing stays as it is. */
export interface AgentPatch {
  readonly name?: string;
  readonly role?: 'admin' | 'agent';
  readonly avatarUrl?: string | null;
  readonly passwordHash?: string;
  readonly disabled?: boolean;
  readonly away?: boolean;
  readonly capacity?: number | null;
}

/** Without this one nobody could make agents, keys or secrets any more. Nothing was changed. */
export class LastAdmin extends Error {
  override readonly name = 'LastAdmin';
}

/** Those who answer, and where they are signed in. */
export class Agents {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** Makes the agent, or answers the one that has this e-mail already, unchanged. */
  async ensure(agent: NewAgent): Promise<{ readonly agent: AgentRow; readonly created: boolean }> {
    const now = Date.now();
    const made = await this.#db
      .insertInto('agents')
      .values({
        id: uuidV7(now),
        email: emailKey(agent.email),
        name: agent.name,
        role: agent.role,
        avatar_url: agent.avatarUrl ?? null,
        password_hash: agent.passwordHash,
        disabled: 0,
        created_at: now,
      })
      .onConflict((conflict) => conflict.column('email').doNothing())
      .returningAll()
      .executeTakeFirst();
    if (made) return { agent: toAgent(made), created: true };
    const found = await this.findByEmail(agent.email);
    if (!found) throw new Error('An agent disappeared while it was looked for.');
    return { agent: found, created: false };
  }

  /** By UUID or number; disabled ones are found too. */
  async find(idOrNumber: string): Promise<AgentRow | null> {
    const id = parseRecordId(idOrNumber);
    if (!id) return null;
    const found = await this.#db.selectFrom('agents').selectAll().where(id.column, '=', id.value).executeTakeFirst();
    return found ? toAgent(found) : null;
  }

  /** Disabled ones are found too. */
  async findByEmail(email: string): Promise<AgentRow | null> {
    if (email.includes('\0')) return null;
    const found = await this.#db
      .selectFrom('agents')
      .selectAll()
      .where('email', '=', emailKey(email))
      .executeTakeFirst();
    return found ? toAgent(found) : null;
  }

  /** By number, disabled ones included. */
  async list(): Promise<AgentRow[]> {
    const found = await this.#db.selectFrom('agents').selectAll().orderBy('number').execute();
    return found.map(toAgent);
  }

  /** Null when there is no such agent. @throws LastAdmin */
  async update(id: string, patch: AgentPatch): Promise<AgentRow | null> {
    const { name, role, avatarUrl, passwordHash, disabled, away, capacity } = patch;
    const change = {
      ...(name !== undefined && { name }),
      ...(role !== undefined && { role }),
      ...(avatarUrl !== undefined && { avatar_url: avatarUrl }),
      ...(passwordHash !== undefined && { password_hash: passwordHash }),
      ...(disabled !== undefined && { disabled: disabled ? 1 : 0 }),
      ...(away !== undefined && { away: away ? 1 : 0 }),
      ...(capacity !== undefined && { capacity }),
    };
    if (Object.keys(change).length === 0) return this.find(id);
    const updated =
      role === 'agent' || disabled
        ? await this.#takeRights(id, change)
        : await this.#db.updateTable('agents').set(change).where('id', '=', id).returningAll().executeTakeFirst();
    return updated ? toAgent(updated) : null;
  }

  #takeRights(id: string, change: Updateable<AgentTable>): Promise<Selectable<AgentTable> | undefined> {
    return this.#db.transaction().execute(async (transaction) => {
      // One at a time, by a write that changes nothing: two admins must not shut each other out at once.
      await transaction
        .updateTable('installation')
        .set((set) => ({ id: set.ref('id') }))
        .execute();
      const hadAdmin = await hasAdmin(transaction);
      const updated = await transaction
        .updateTable('agents')
        .set(change)
        .where('id', '=', id)
        .returningAll()
        .executeTakeFirst();
      if (hadAdmin && !(await hasAdmin(transaction))) throw new LastAdmin('There must be an admin.');
      return updated;
    });
  }

  /** These agents count as there until `until` (ms), whatever was said before. */
  async holdOnline(ids: readonly string[], until: number): Promise<void> {
    if (ids.length === 0) return;
    await this.#db.updateTable('agents').set({ online_until: until }).where('id', 'in', ids).execute();
  }

  /** Since when (ms) these agents are not online; null: they are. Who was absent before is so since then. */
  async setAbsent(ids: readonly string[], since: number | null): Promise<void> {
    if (ids.length === 0) return;
    await this.#db
      .updateTable('agents')
      .set({ absent_since: since })
      .where('id', 'in', ids)
      .$if(since !== null, (query) => query.where('absent_since', 'is', null))
      .execute();
  }

  /** Which of these agents have a session that is not over at `now` (ms). */
  async signedIn(ids: readonly string[], now: number): Promise<ReadonlySet<string>> {
    if (ids.length === 0) return new Set();
    const found = await this.#db
      .selectFrom('agent_sessions')
      .select('agent_id')
      .distinct()
      .where('agent_id', 'in', ids)
      .where('revoked_at', 'is', null)
      .where('expires_at', '>', now)
      .execute();
    return new Set(found.map(({ agent_id }) => agent_id));
  }

  /** Nobody counts as there for longer than `until` (ms), unless it is said anew: whoever said so may be gone. */
  async capOnline(until: number): Promise<void> {
    await this.#db.updateTable('agents').set({ online_until: until }).where('online_until', '>', until).execute();
  }

  async createSession(session: {
    readonly agentId: string;
    readonly tokenHash: string;
    readonly expiresAt: number;
  }): Promise<AgentSessionRow> {
    const now = Date.now();
    const made = await this.#db
      .insertInto('agent_sessions')
      .values({
        id: uuidV7(now),
        token_hash: session.tokenHash,
        agent_id: session.agentId,
        created_at: now,
        expires_at: session.expiresAt,
        revoked_at: null,
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    return toSession(made);
  }

  /** Null when there is none, it is revoked or expired, or its agent is disabled. */
  async findBySession(
    tokenHash: string,
    now = Date.now(),
  ): Promise<{ readonly session: AgentSessionRow; readonly agent: AgentRow } | null> {
    const session = await this.#db
      .selectFrom('agent_sessions')
      .selectAll()
      .where('token_hash', '=', tokenHash)
      .where('revoked_at', 'is', null)
      .where('expires_at', '>', now)
      .executeTakeFirst();
    if (!session) return null;
    const agent = await this.#db
      .selectFrom('agents')
      .selectAll()
      .where('id', '=', session.agent_id)
      .where('disabled', '=', 0)
      .executeTakeFirst();
    return agent ? { session: toSession(session), agent: toAgent(agent) } : null;
  }

  /** False when it was revoked before, or never was. */
  async revokeSession(id: string): Promise<boolean> {
    return (await this.#revoke('id', id)).length > 0;
  }

  /** Signs the agent out everywhere but in `except`. Answers the ids of the sessions that were not revoked yet. */
  async revokeAllSessions(agentId: string, except = ''): Promise<string[]> {
    return this.#revoke('agent_id', agentId, except);
  }

  /** Forgets sessions that ended before `before` (ms). Answers how many. */
  async deleteExpiredSessions(before: number): Promise<number> {
    const { numDeletedRows } = await this.#db
      .deleteFrom('agent_sessions')
      .where('expires_at', '<', before)
      .executeTakeFirstOrThrow();
    return Number(numDeletedRows);
  }

  async #revoke(column: 'id' | 'agent_id', value: string, except = ''): Promise<string[]> {
    const revoked = await this.#db
      .updateTable('agent_sessions')
      .set({ revoked_at: Date.now() })
      .where(column, '=', value)
      .where('id', '!=', except)
      .where('revoked_at', 'is', null)
      .returning('id')
      .execute();
    return revoked.map(({ id }) => id);
  }
}

async function hasAdmin(transaction: Transaction<Database>): Promise<boolean> {
  const admin = await transaction
    .selectFrom('agents')
    .select('id')
    .where('role', '=', 'admin')
    .where('disabled', '=', 0)
    .executeTakeFirst();
  return admin !== undefined;
}

function toAgent(record: Selectable<AgentTable>): AgentRow {
  return {
    id: record.id,
    number: record.number,
    email: record.email,
    name: record.name,
    role: record.role,
    avatarUrl: record.avatar_url,
    passwordHash: record.password_hash,
    disabled: record.disabled === 1,
    away: record.away === 1,
    onlineUntil: record.online_until,
    capacity: record.capacity,
    absentSince: record.absent_since,
    createdAt: record.created_at,
  };
}

function toSession(record: Selectable<AgentSessionTable>): AgentSessionRow {
  return {
    id: record.id,
    agentId: record.agent_id,
    createdAt: record.created_at,
    expiresAt: record.expires_at,
  };
}
