import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import type { StoreLog } from './database.ts';
import { StoreUnavailable } from './store-unavailable.ts';

/** Key of the advisory lock, which PostgreSQL keeps per database; any number that nobody else uses. */
const KEY = '4849172645309151';
/** Whoever was killed a moment ago may still hold it: it is asked for this long, ms. */
const PATIENCE_MS = 6_000;
const AGAIN_MS = 250;
/** How often the connection that holds it is tried, ms; without an answer for as long it is given up. */
const PULSE_MS = 10_000;
/** How often a lost lock is asked for, ms. */
const RETAKE_MS = 1_000;
/** How often it is said that it cannot be had, ms. */
const COMPLAINT_MS = 30_000;

/** What a node holds so that no other one is in its way. */
export interface Lock {
  /** False while it is lost, and is asked for again. */
  readonly isHeld: boolean;
  /** Gives it back. */
  close(): Promise<void>;
}

/** Nodes of the other kind, or a second one that is to be alone, are on this database. The message is one sentence. */
export class DatabaseInUse extends Error {
  override readonly name = 'DatabaseInUse';

  constructor(alone: boolean) {
    super(
      alone
        ? 'Another node uses this database: set the same NATS_URL on every node to run several, or stop the other one.'
        : 'A node without NATS_URL uses this database: set the same NATS_URL on every node, or stop that one.',
    );
  }
}

/**
 * A session advisory lock of PostgreSQL for as long as a node runs: exclusive for one that must be alone on the database,
 * because nobody would tell its sockets what another node has stored; shared among those that have a bus. It ends with
 * the connection that holds it, however the node ends.
 */
export class NodeLock implements Lock {
  readonly #url: string;
  readonly #alone: boolean;
  readonly #log: StoreLog;
  readonly #closing = new AbortController();
  #client: pg.Client;
  #isHeld = true;

  private constructor(url: string, alone: boolean, log: StoreLog, client: pg.Client) {
    this.#url = url;
    this.#alone = alone;
    this.#log = log;
    this.#client = client;
    this.#guard(client);
  }

  /**
   * @param alone there may be no other node on this database
   * @param patienceMs how long to ask for it
   * @throws DatabaseInUse, or StoreUnavailable when the database cannot be reached
   */
  static async take(url: string, alone: boolean, log: StoreLog, patienceMs = PATIENCE_MS): Promise<NodeLock> {
    const client = await connect(url);
    try {
      const deadline = performance.now() + patienceMs;
      while (!(await tryLock(client, alone))) {
        if (performance.now() > deadline) throw new DatabaseInUse(alone);
        await wait(AGAIN_MS);
      }
    } catch (error) {
      await client.end().catch(() => {});
      throw error;
    }
    return new NodeLock(url, alone, log, client);
  }

  get isHeld(): boolean {
    return this.#isHeld;
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#client.end().catch(() => {});
  }

  /** Watches over the connection; when it breaks, the lock is gone and is asked for again. */
  #guard(client: pg.Client): void {
    this.#client = client;
    this.#isHeld = true;
    const pulse = setInterval(() => {
      client.query('select 1').catch(() => void client.end().catch(() => {}));
    }, PULSE_MS);
    pulse.unref();
    client.once('end', () => {
      clearInterval(pulse);
      this.#isHeld = false;
      if (!this.#closing.signal.aborted) void this.#retake();
    });
  }

  async #retake(): Promise<void> {
    const { signal } = this.#closing;
    this.#log.warn({}, 'the lock on the database is lost with its connection; it is asked for again');
    let complainedAt = -Infinity;
    while (!signal.aborted) {
      const client = await this.#attempt();
      if (client instanceof pg.Client) {
        if (signal.aborted) return void client.end().catch(() => {});
        this.#log.info({}, 'the lock on the database is held again');
        return this.#guard(client);
      }
      if (client === 'taken' && performance.now() - complainedAt > COMPLAINT_MS) {
        complainedAt = performance.now();
        this.#log.error({}, `${new DatabaseInUse(this.#alone).message} Until then messages may arrive late.`);
      }
      await wait(RETAKE_MS, undefined, { signal, ref: false }).catch(() => {});
    }
  }

  /** The store says itself that the database is away. */
  async #attempt(): Promise<pg.Client | 'taken' | 'away'> {
    let client: pg.Client | undefined;
    try {
      client = await connect(this.#url);
      if (await tryLock(client, this.#alone)) return client;
      await client.end();
      return 'taken';
    } catch {
      await client?.end().catch(() => {});
      return 'away';
    }
  }
}

/** A connection of its own: a pool would give the lock away with the connection. */
async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: url,
    keepAlive: true,
    connectionTimeoutMillis: 5_000,
    query_timeout: PULSE_MS,
    application_name: 'chat-widget-server: node lock',
  });
  // Without a listener it would end the process. What follows is `end`.
  client.on('error', () => {});
  try {
    await client.connect();
  } catch (error) {
    throw new StoreUnavailable(error);
  }
  // The node's machine may be gone without a word; then PostgreSQL is to notice soon. Not every system has all three.
  for (const setting of ['idle = 10', 'interval = 5', 'count = 3'])
    await client.query(`set tcp_keepalives_${setting}`).catch(() => {});
  return client;
}

async function tryLock(client: pg.Client, alone: boolean): Promise<boolean> {
  const name = alone ? 'pg_try_advisory_lock' : 'pg_try_advisory_lock_shared';
  try {
    const { rows } = await client.query<{ taken: boolean }>(`select ${name}(${KEY}) as taken`);
    return rows[0]?.taken === true;
  } catch (error) {
    throw new StoreUnavailable(error);
  }
}
