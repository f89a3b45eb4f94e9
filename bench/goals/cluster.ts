import { availableParallelism } from 'node:os';
import type { GoalGroup } from '../context.ts';
import { unpin } from '../cores.ts';
import { finding } from '../findings.ts';
import { Load } from '../load/load.ts';
import type { CrowdSpec } from '../load/jobs.ts';
import { startOurs } from '../ours.ts';
import { compare, interleave } from '../rounds.ts';
import { startServer } from '../server-process.ts';
import type { ServerProcess } from '../server-process.ts';
import { startServices } from '../services.ts';
import { median } from '../statistics.ts';
import { turn } from '../turn.ts';

const PEOPLE = 64;
/** Below this, nodes, PostgreSQL, NATS and load share what one node alone would use. */
const CORES_FOR_NODES = 4;

/** S10: the same sends with PostgreSQL and NATS; everything shares all cores. */
export const cluster: GoalGroup = {
  goals: ['S10'],
  async run({ rounds, quick }, room) {
    const services = await startServices().catch((error: unknown) => {
      console.warn(`S10 is not measured: PostgreSQL (npm) and nats-server (PATH) are not both here. ${String(error)}`);
    });
    if (!services) return [];
    await room.keep(services);
    const place = async (): Promise<NodeJS.ProcessEnv> => ({
      DATABASE_URL: await services.createDatabase(),
      NATS_URL: services.natsUrl,
    });
    const contestant = async (servers: readonly ServerProcess[], kind: CrowdSpec['kind']) => {
      for (const { pid } of servers) unpin(pid);
      const load = await room.keep(new Load());
      await load.call('gather', { kind, ports: servers.map(({ port }) => port), count: PEOPLE });
      return () => turn(load, servers, 'talk', { depth: 1, ms: quick ? 300 : 500 });
    };
    const [alone, together] = [await place(), await place()];
    const ours = await room.keep(startOurs(alone));
    const two = [await room.keep(startOurs(together)), await room.keep(startOurs(together))];
    const floor = await room.keep(startServer('floors/cluster.ts', [], { env: await place() }));
    const series = await interleave(rounds, {
      ours: await contestant([ours], 'chat'),
      two: await contestant(two, 'chat'),
      floor: await contestant([floor], 'sending'),
    });
    const of = { unit: '/s', better: 'more' } as const;
    const { rates, cpuMicros } = series.ours;
    const hasCores = availableParallelism() >= CORES_FOR_NODES;
    return [
      finding({
        ...of,
        ...compare(rates, series.floor.rates),
        id: 'S10',
        title: `durable sends, ${PEOPLE} people, PostgreSQL and NATS`,
        against: 'prototype',
        limit: { least: 0.8 },
        notes: [
          `CPU ${median(cpuMicros).toFixed(1)} µs a message, theirs ${median(series.floor.cpuMicros).toFixed(1)} (nodes alone)`,
        ],
      }),
      finding({
        ...of,
        ...compare(series.two.rates, rates),
        id: 'S10/+1 node',
        title: 'the same on two nodes',
        against: 'one node',
        ...(hasCores && { limit: { least: 1.6 } }),
        notes: [!hasCores && `not judged on ${availableParallelism()} cores, which both nodes and all else share`],
      }),
    ];
  },
};
