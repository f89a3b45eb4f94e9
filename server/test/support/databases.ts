import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after } from 'node:test';
import { openStore } from '../../src/store/store.ts';
import type { Store } from '../../src/store/store.ts';
import { startPostgresCluster } from './postgres-cluster.ts';

/** One fresh, empty database. */
export interface TestDatabase {
  /** How `openStore` and `readConfig` name it. */
  readonly place: { readonly file: string } | { readonly databaseUrl: string };
  /** A node on it; several at once on PostgreSQL, one after the other on SQLite. */
  open(): Promise<Store>;
  /** Runs SQL behind the store's back. */
  execute(sql: string): Promise<void>;
  /** Closes what was opened and deletes it. */
  drop(): Promise<void>;
}

/** One of the two databases that everything must work on. */
export interface DatabaseKind {
  readonly name: 'SQLite' | 'PostgreSQL';
  create(): Promise<TestDatabase>;
  /** PostgreSQL: takes the whole server away, and brings it back with its data. */
  readonly server?: { stop(): Promise<void>; start(): Promise<void> };
}

/**
 * What the contract tests run on. PostgreSQL is a cluster of this process, started at the first call and stopped after
 * the last test. Where it cannot run it is skipped, loudly; with `SERVICES=postgres` that is an error.
 */
export async function databaseKinds(): Promise<readonly DatabaseKind[]> {
  const postgres = await (started ??= startPostgres());
  return postgres ? [sqlite, postgres] : [sqlite];
}

let started: Promise<DatabaseKind | null> | undefined;

const sqlite: DatabaseKind = {
  name: 'SQLite',
  async create() {
    const folder = await mkdtemp(join(tmpdir(), 'chat-widget-sqlite-'));
    const file = join(folder, 'chat.db');
    return track({
      place: { file },
      async execute(sql) {
        using database = new DatabaseSync(file);
        database.exec(sql);
      },
      remove: () => rm(folder, { recursive: true, force: true }),
    });
  },
};

async function startPostgres(): Promise<DatabaseKind | null> {
  const isRequired = (process.env.SERVICES ?? '').split(',').includes('postgres');
  try {
    const cluster = await startPostgresCluster();
    const { server } = cluster;
    after(() => cluster.dispose());
    return {
      name: 'PostgreSQL',
      server,
      async create() {
        const { name, url: databaseUrl } = await cluster.createDatabase();
        return track({
          place: { databaseUrl },
          async execute(sql) {
            const client = server.getPgClient(name, '127.0.0.1');
            await client.connect();
            await client.query(sql).finally(() => client.end());
          },
          remove: () => server.dropDatabase(name),
        });
      },
    };
  } catch (error) {
    if (isRequired) throw new Error('PostgreSQL is required (SERVICES), but does not start.', { cause: error });
    console.error(`\n*** SKIPPED: all tests on PostgreSQL, because it does not start here:\n${String(error)}\n`);
    return null;
  }
}

function track(made: Pick<TestDatabase, 'place' | 'execute'> & { remove(): Promise<void> }): TestDatabase {
  const { place, execute, remove } = made;
  const stores: Store[] = [];
  return {
    place,
    execute,
    async open() {
      const store = await openStore(place);
      stores.push(store);
      return store;
    },
    async drop() {
      await Promise.all(stores.map((store) => store.close()));
      await remove();
    },
  };
}
