import { createHash } from 'node:crypto';
import type { Compilable, CompiledQuery, Kysely } from 'kysely';
import type { Database } from './schema.ts';

/** Stands for a value while its query is compiled. */
class Slot {
  readonly index: number;

  constructor(index: number) {
    this.index = index;
  }
}

type Value = string | number;

/** A query whose plan is worth keeping. */
export interface PreparedQuery<Row = unknown> extends CompiledQuery<Row> {
  /** The same for the same text, and for no other. */
  readonly statementName: string;
}

/**
 * Queries that are asked all the time, built and compiled once: that takes Kysely longer than SQLite needs to answer
 * them, and PostgreSQL longer to plan them than to answer them.
 */
export class PreparedQueries {
  readonly #db: Kysely<Database>;
  readonly #compiled = new Map<string, PreparedQuery>();

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /**
   * @param name of the query; what it depends on beyond its values must be in here, and must have few forms
   * @param build called once per name, with placeholders: it must hand them on, and look at none of them
   */
  async all<Row, Values extends readonly Value[]>(
    name: string,
    build: (...values: Values) => Compilable<Row>,
    values: readonly [...Values],
  ): Promise<Row[]> {
    let compiled = this.#compiled.get(name);
    if (!compiled) {
      const query = build(...(values.map((_, index) => new Slot(index)) as unknown as Values)).compile();
      compiled = { ...query, statementName: createHash('sha256').update(query.sql).digest('base64url') };
      this.#compiled.set(name, compiled);
    }
    const parameters = compiled.parameters.map((each) => (each instanceof Slot ? values[each.index] : each));
    const { rows } = await this.#db.executeQuery({ ...compiled, parameters });
    return rows as Row[];
  }

  /** The first row; undefined when there is none. */
  async first<Row, Values extends readonly Value[]>(
    name: string,
    build: (...values: Values) => Compilable<Row>,
    values: readonly [...Values],
  ): Promise<Row | undefined> {
    return (await this.all(name, build, values))[0];
  }
}
