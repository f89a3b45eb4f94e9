import { findServices } from '../scripts/services.mjs';
import { startNats } from '../server/test/bus/nats-server.ts';
import { startPostgresCluster } from '../server/test/support/postgres-cluster.ts';

/** PostgreSQL and NATS for the time of a measurement. */
export interface Services {
  /** An empty database. */
  createDatabase(): Promise<string>;
  readonly natsUrl: string;
  stop(): Promise<void>;
}

/** @throws when one of them cannot be had here */
export async function startServices(): Promise<Services> {
  findServices('postgres,nats');
  const nats = await startNats();
  if (!nats) throw new Error('nats-server does not start here.');
  try {
    const postgres = await startPostgresCluster();
    return {
      natsUrl: nats.url,
      createDatabase: async () => (await postgres.createDatabase()).url,
      async stop() {
        await nats.stop();
        await postgres.dispose();
      },
    };
  } catch (error) {
    await nats.stop();
    throw error;
  }
}
