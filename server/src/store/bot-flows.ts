import { randomBytes } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Flow } from '../bots/flow.ts';
import type { Database } from './schema.ts';

/** What a trigger's chatbot says, and what its webhooks are signed with. */
export interface StoredFlow {
  readonly flow: Flow;
  /** `whsec_` and 256 random bits in base64, as Standard Webhooks has it. */
  readonly secret: string;
}

/** What the chatbots of triggers say. */
export class BotFlows {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** Null when the trigger has none. */
  async find(triggerId: string): Promise<StoredFlow | null> {
    if (triggerId.includes('\0')) return null;
    const found = await this.#db
      .selectFrom('bot_flows')
      .select(['flow', 'secret'])
      .where('trigger_id', '=', triggerId)
      .executeTakeFirst();
    return found ? { flow: JSON.parse(found.flow) as Flow, secret: found.secret } : null;
  }

  /** The trigger must be there. What runs goes on as it began; the secret stays. */
  async save(triggerId: string, flow: Flow): Promise<StoredFlow> {
    const json = JSON.stringify(flow);
    const { secret } = await this.#db
      .insertInto('bot_flows')
      .values({ trigger_id: triggerId, flow: json, secret: `whsec_${randomBytes(32).toString('base64')}` })
      .onConflict((conflict) => conflict.column('trigger_id').doUpdateSet({ flow: json }))
      .returning('secret')
      .executeTakeFirstOrThrow();
    return { flow, secret };
  }

  /** The next one that is saved has another secret. */
  async delete(triggerId: string): Promise<void> {
    await this.#db.deleteFrom('bot_flows').where('trigger_id', '=', triggerId).execute();
  }
}
