import { accessSync, constants, statSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyBaseLogger } from 'fastify';
import type { Bus } from './bus/bus.ts';
import { LocalBus } from './bus/local-bus.ts';
import { ConfigError } from './config.ts';
import type { Config } from './config.ts';
import { FolderInUse, FolderLock } from './store/folder-lock.ts';
import { DatabaseInUse, NodeLock } from './store/node-lock.ts';
import type { Lock } from './store/node-lock.ts';
import { makePrivateFolder } from './store/private-files.ts';
import { openStore } from './store/store.ts';
import type { Store } from './store/store.ts';

/** What stands below the doors of one node. */
export interface Node {
  readonly store: Store;
  readonly bus: Bus;
  /** What keeps other nodes from being in the way. */
  readonly lock: Lock;
  /** Of the data, see `Store.installation`. They are put back only while no node runs. */
  readonly epoch: string;
  close(): Promise<void>;
}

/**
 * Opens store and bus. A lock is taken first, before anything is migrated: nodes without a bus are alone on their data.
 *
 * @throws ConfigError when the place for the data or NATS cannot be used, or another node is in the way
 */
export async function openNode(config: Config, log: FastifyBaseLogger): Promise<Node> {
  /** How to close what is open already, latest first. */
  const closers: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    for (const each of closers.splice(0)) await each();
  };
  try {
    const { databaseUrl } = config;
    const place = databaseUrl === undefined ? { file: databaseFile(config, log) } : { databaseUrl };
    const lock = await takeLock(config, place, log);
    closers.unshift(() => lock.close());
    const store = await openStore({ ...place, log });
    closers.unshift(() => store.close());
    const { id, epoch } = await store.installation();
    const bus = await openBus(config, id, log);
    closers.unshift(() => bus.close());
    return { store, bus, lock, epoch, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The SQLite file of this configuration. */
export function databasePath({ dataDir }: Pick<Config, 'dataDir'>): string {
  return join(dataDir, 'chat.db');
}

function databaseFile(config: Config, log: FastifyBaseLogger): string {
  const { dataDir } = config;
  try {
    makePrivateFolder(dataDir);
    accessSync(dataDir, constants.W_OK);
    // What stands in it is private; what its name means is up to whoever may write in it.
    if (statSync(dataDir).mode & 0o022) log.warn(`DATA_DIR ${dataDir}: others may write in it; chmod 700 ends that`);
  } catch (error) {
    throw new ConfigError(`DATA_DIR ${dataDir} cannot be written to: ${error instanceof Error ? error.message : ''}.`);
  }
  return databasePath(config);
}

async function openBus({ nats }: Config, scope: string, log: FastifyBaseLogger): Promise<Bus> {
  const onError = (error: unknown): void => log.error({ err: error }, 'a message on the bus was lost');
  if (!nats) return new LocalBus(onError);
  const onChange = (isConnected: boolean): void => {
    if (isConnected) log.info('NATS is back; sockets come again for what they missed');
    else log.warn('NATS is away: what is said on other nodes arrives late');
  };
  // Only those who have NATS load its client.
  const { openNatsBus } = await import('./bus/nats-bus.ts');
  try {
    return await openNatsBus(nats, { scope, onError, onChange });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ConfigError(`NATS_URL: no NATS server at ${nats.servers.join(', ')} takes this node (${reason}).`);
  }
}

type Place = { readonly file: string } | { readonly databaseUrl: string };

async function takeLock(config: Config, place: Place, log: FastifyBaseLogger): Promise<Lock> {
  try {
    return 'file' in place
      ? await FolderLock.take(place.file)
      : await NodeLock.take(place.databaseUrl, config.nats === undefined, log);
  } catch (error) {
    if (error instanceof FolderInUse) {
      throw new ConfigError(
        `Another server runs on DATA_DIR ${config.dataDir}: stop it first, or give each a folder of its own.`,
      );
    }
    if (error instanceof DatabaseInUse) throw new ConfigError(error.message);
    if ('databaseUrl' in place) throw error;
    throw new ConfigError(`DATA_DIR ${config.dataDir} cannot be locked: ${(error as Error).message}.`);
  }
}
