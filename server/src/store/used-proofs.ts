import type { Kysely } from 'kysely';
import type { Database } from './schema.ts';

/** Proofs that count once. */
export class UsedProofs {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /**
   * Uses a proof up.
   *
   * @param proof `idHash` names it within its inbox; `until` (ms) is when it ends by itself and may be forgotten
   * @returns false when it was used before
   */
  async use(proof: { readonly inboxId: string; readonly idHash: string; readonly until: number }): Promise<boolean> {
    await this.#db.deleteFrom('used_proofs').where('until', '<=', Date.now()).execute();
    const made = await this.#db
      .insertInto('used_proofs')
      .values({ inbox_id: proof.inboxId, id_hash: proof.idHash, until: proof.until })
      .onConflict((conflict) => conflict.columns(['inbox_id', 'id_hash']).doNothing())
      .returning('id_hash')
      .executeTakeFirst();
    return made !== undefined;
  }
}
