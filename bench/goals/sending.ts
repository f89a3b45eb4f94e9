import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { GoalGroup, Room, Settings } from '../context.ts';
import { finding } from '../findings.ts';
import type { Finding } from '../findings.ts';
import { Load } from '../load/load.ts';
import type { CrowdSpec } from '../load/jobs.ts';
import { startOurs } from '../ours.ts';
import { compare, interleave } from '../rounds.ts';
import type { Series } from '../rounds.ts';
import { startServer } from '../server-process.ts';
import type { ServerProcess } from '../server-process.ts';
import { buildSlowFsync } from '../slow-fsync.ts';
import { median, percentile } from '../statistics.ts';
import { turn } from '../turn.ts';

/** A server that stores, and those who write on it. */
interface Contestant {
  readonly server: ServerProcess;
  readonly kind: CrowdSpec['kind'];
  readonly load: Load;
}

const PEOPLE = 64;
const PER_SECOND = { unit: '/s', better: 'more' } as const;

/** Ours, and the floors: group commit, one commit per message, nothing stored. */
async function start(room: Room, env: NodeJS.ProcessEnv = {}) {
  const folder = mkdtempSync(path.join(tmpdir(), 'chat-bench-floor-'));
  await room.keep({ stop: async () => rmSync(folder, { recursive: true, force: true }) });
  const contestant = async (started: Promise<ServerProcess>, kind: CrowdSpec['kind']): Promise<Contestant> => {
    const server = await room.keep(started);
    const load = await room.keep(new Load());
    await load.call('gather', { kind, ports: [server.port], count: PEOPLE });
    return { server, kind, load };
  };
  const floor = (mode: string): Promise<Contestant> =>
    contestant(startServer('floors/durable.ts', [mode, path.join(folder, `${mode}.db`)], { env }), 'sending');
  return {
    ours: await contestant(startOurs(env), 'chat'),
    group: await floor('group'),
    single: await floor('single'),
    none: await floor('none'),
  };
}

const talking =
  ({ load, server }: Contestant, ms: number) =>
  () =>
    turn(load, [server], 'talk', { depth: 1, ms });

const busy = ({ loadBusy }: Series): string | false => loadBusy > 0.95 && 'the load generator was at its limit';

type Contestants = Awaited<ReturnType<typeof start>>;

/** Several at once: what arrives together is committed together. @param extraMs of each fsync */
async function throughput(settings: Settings, { ours, group, single, none }: Contestants, extraMs: 0 | 1 | 5) {
  const ms = settings.quick ? 300 : 500;
  const series = await interleave(settings.rounds, {
    ours: talking(ours, ms),
    group: talking(group, ms),
    single: talking(single, ms),
    ...(extraMs === 0 && { none: talking(none, ms) }),
  });
  const id = { 0: 'S2', 1: 'S3@1ms', 5: 'S3' }[extraMs];
  const timesSingle = { 0: 5, 1: undefined, 5: 50 }[extraMs];
  const disk = extraMs > 0 ? `, fsync +${extraMs} ms` : '';
  const of = { ...PER_SECOND, title: `durable sends, ${PEOPLE} people${disk}` };
  const { rates } = series.ours;
  const findings = [
    finding({
      ...of,
      ...compare(rates, series.group.rates),
      id,
      against: 'prototype',
      limit: { least: 0.8 },
      notes: [cpuNote(series.ours, series.group), busy(series.ours)],
    }),
    finding({
      ...of,
      ...compare(rates, series.single.rates),
      id: `${id}/single`,
      against: 'a commit each',
      ...(timesSingle && { limit: { least: timesSingle } }),
    }),
  ];
  if (extraMs === 0) {
    findings.push(
      finding({ ...of, ...compare(rates, series.none.rates), id: `${id}/none`, against: 'nothing stored' }),
    );
  }
  return { findings, series };
}

function cpuNote(ours: Series, floor: Series): string {
  return `CPU ${median(ours.cpuMicros).toFixed(1)} µs a message, theirs ${median(floor.cpuMicros).toFixed(1)}`;
}

/** One person alone: nothing to share a commit with. */
async function latency({ rounds, quick }: Settings, room: Room, { ours, group }: Contestants) {
  const alone = async ({ server, kind }: Contestant) => {
    const load = await room.keep(new Load());
    await load.call('gather', { kind, ports: [server.port], count: 1 });
    return () => turn(load, [server], 'talk', { depth: 1, ms: quick ? 150 : 300 });
  };
  const series = await interleave(rounds, { ours: await alone(ours), floor: await alone(group) });
  const of = (share: number): Parameters<typeof compare> => {
    const each = ({ samples }: Series) => samples.map(({ latencies = [] }) => percentile(latencies, share));
    return [each(series.ours), each(series.floor)];
  };
  const title = 'a lone send until it is durable';
  return [
    finding({
      id: 'S4',
      title: `${title}, p50`,
      unit: 'ms',
      against: 'prototype',
      ...compare(...of(0.5)),
      limit: { most: 1.5 },
    }),
    finding({
      id: 'S4/p99',
      title: `${title}, p99`,
      unit: 'ms',
      against: 'prototype',
      ...compare(...of(0.99)),
      limit: { most: 2 },
    }),
  ];
}

/** At half of what each can do at most. */
async function halfLoad(
  { rounds, quick }: Settings,
  { ours, group }: Contestants,
  ceilings: { ours: number; group: number },
): Promise<Finding[]> {
  const paced = ({ load, server }: Contestant, ceiling: number) => {
    const options = { perSecond: Math.round(ceiling / 2), ms: quick ? 500 : 1_500 };
    return () => turn(load, [server], 'pace', options);
  };
  const series = await interleave(Math.min(rounds, 7), {
    ours: paced(ours, ceilings.ours),
    floor: paced(group, ceilings.group),
  });
  const title = `a send until it is durable, at half the ceiling (${Math.round(ceilings.ours / 2)}/s)`;
  const tail = (share: number, name: string, most: number): Finding =>
    finding({
      id: name === 'p99' ? 'S5' : `S5/${name}`,
      title: `${title}, ${name}`,
      unit: 'ms',
      value: percentile(series.ours.latencies, share),
      limit: { most },
      notes: [`the prototype at half of its own: ${percentile(series.floor.latencies, share).toFixed(2)} ms`],
    });
  return [tail(0.99, 'p99', 10), tail(0.999, 'p99.9', 50)];
}

/** S2, S4, S5: messages that are stored. */
export const sending: GoalGroup = {
  goals: ['S2', 'S4', 'S5'],
  async run(settings, room) {
    const contestants = await start(room);
    const { findings, series } = await throughput(settings, contestants, 0);
    const ceilings = { ours: median(series.ours.rates), group: median(series.group.rates) };
    return [
      ...findings,
      ...(settings.wanted.has('S4') ? await latency(settings, room, contestants) : []),
      ...(settings.wanted.has('S5') ? await halfLoad(settings, contestants, ceilings) : []),
    ];
  },
};

/** S3: the same on slower disks. */
export const slowDisk: GoalGroup = {
  goals: ['S3'],
  async run(settings, room) {
    const slow = buildSlowFsync();
    if (!slow) {
      console.warn('S3 is not measured: it takes Linux and a C compiler (cc, gcc or clang) to slow fsync down.');
      return [];
    }
    await room.keep(slow);
    const findings: Finding[] = [];
    for (const extraMs of [1, 5] as const) {
      findings.push(...(await throughput(settings, await start(room, slow.env(extraMs)), extraMs)).findings);
    }
    return findings;
  },
};
