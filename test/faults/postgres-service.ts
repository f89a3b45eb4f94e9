import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { startPostgresCluster, type PostgresCluster } from '../../server/test/support/postgres-cluster.ts';
import { bringBack } from './bring-back.ts';

/** Runs a query; resolves with its rows. */
export type Ask = (text: string) => Promise<readonly Readonly<Record<string, unknown>>[]>;

/** PostgreSQL, for one run, that can be killed. */
export class PostgresService {
  readonly databaseUrl: string;
  readonly #cluster: PostgresCluster;
  readonly #database: string;

  private constructor(cluster: PostgresCluster, { name, url }: { readonly name: string; readonly url: string }) {
    this.#cluster = cluster;
    this.#database = name;
    this.databaseUrl = url;
  }

  /** @throws where PostgreSQL cannot run */
  static async start(): Promise<PostgresService> {
    const cluster = await startPostgresCluster();
    return new PostgresService(cluster, await cluster.createDatabase());
  }

  /** Has work done over a connection of its own. */
  async connect<Result>(work: (ask: Ask) => Promise<Result>): Promise<Result> {
    const client = this.#cluster.server.getPgClient(this.#database, '127.0.0.1');
    await client.connect();
    try {
      return await work(async (text) => (await client.query(text)).rows as Record<string, unknown>[]);
    } finally {
      await client.end();
    }
  }

  /** `kill -9` of the postmaster, whose children then end by themselves. */
  async kill(): Promise<void> {
    const pid = Number(readFileSync(path.join(this.#cluster.folder, 'postmaster.pid'), 'utf8').split('\n')[0]);
    process.kill(pid, 'SIGKILL');
    while (isAlive(pid)) await wait(5);
  }

  /** After `kill`: with what was committed. Tried until the killed one's children have let go. */
  async restart(): Promise<void> {
    await bringBack(() => this.#cluster.server.start());
  }

  async dispose(): Promise<void> {
    await this.#cluster.dispose();
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
