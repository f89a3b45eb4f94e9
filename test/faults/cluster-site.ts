import { ChatServerProcess } from '../../scripts/chat-server-process.mjs';
import { startNats, type TestNats } from '../../server/test/bus/nats-server.ts';
import { bringBack, portOf } from './bring-back.ts';
import { MEASURED } from './memory.ts';
import { postgresDamage } from './postgres-integrity.ts';
import { PostgresService } from './postgres-service.ts';
import type { Random } from './random.ts';
import type { Site, Witness } from './site.ts';
import { CONVERSATIONS, ENTRIES, type StoredConversation, type StoredEntry, type StoredLog } from './stored-log.ts';

/** Two nodes on one PostgreSQL, which meet on one NATS. */
export class ClusterSite implements Site {
  readonly store = 'postgres+nats';
  readonly killable = [
    { share: 6, kill: (random: Random) => this.#killNode(random) },
    { share: 4, kill: (random: Random, witness: Witness) => this.#killService(random, witness) },
  ];
  readonly #postgres: PostgresService;
  readonly #nats: TestNats;
  readonly #nodes: readonly ChatServerProcess[];

  private constructor(postgres: PostgresService, nats: TestNats, nodes: readonly ChatServerProcess[]) {
    this.#postgres = postgres;
    this.#nats = nats;
    this.#nodes = nodes;
  }

  /** @throws where PostgreSQL or NATS cannot run */
  static async start(): Promise<ClusterSite> {
    const nats = await startNats();
    if (!nats) throw new Error('There is no nats-server here.');
    const postgres = await PostgresService.start();
    const env = { ...MEASURED, DATABASE_URL: postgres.databaseUrl, NATS_URL: nats.url };
    const nodes: ChatServerProcess[] = [];
    for (let i = 0; i < 2; i++) nodes.push(await bringBack(() => ChatServerProcess.start(env)));
    return new ClusterSite(postgres, nats, nodes);
  }

  get ports(): readonly number[] {
    return this.#nodes.map(({ url }) => portOf(url));
  }

  get pids(): readonly number[] {
    return this.#nodes.map(({ pid }) => pid);
  }

  sign(email: string): Promise<string> {
    return this.#nodes[0].sign(email);
  }

  async read(): Promise<StoredLog> {
    return this.#postgres.connect(async (ask) => ({
      entries: (await ask(ENTRIES)) as unknown as StoredEntry[],
      conversations: (await ask(CONVERSATIONS)) as unknown as StoredConversation[],
      damage: await postgresDamage(ask),
    }));
  }

  async dispose(): Promise<void> {
    for (const node of this.#nodes) {
      await node.kill();
      await node.dispose();
    }
    await this.#nats.stop();
    await this.#postgres.dispose();
  }

  async #killNode(random: Random): Promise<string> {
    const node = random.pick(this.#nodes);
    await node.kill();
    await bringBack(() => node.restart());
    return `node ${this.#nodes.indexOf(node) + 1}`;
  }

  async #killService(random: Random, witness: Witness): Promise<string> {
    if (random.chance(0.5)) {
      await this.#nats.stop();
      await this.#nats.start();
      return 'NATS';
    }
    await this.#postgres.kill();
    const compare = witness();
    await this.#postgres.restart();
    compare(await this.read());
    return 'PostgreSQL';
  }
}
