import type { GoalGroup, Settings, Room } from '../context.ts';
import { finding } from '../findings.ts';
import type { Finding } from '../findings.ts';
import { findBun } from '../install.ts';
import type { AudienceSpec } from '../load/jobs.ts';
import { Load } from '../load/load.ts';
import { startOurs } from '../ours.ts';
import { compare, interleave } from '../rounds.ts';
import { startServer } from '../server-process.ts';
import type { ServerProcess } from '../server-process.ts';
import { median } from '../statistics.ts';
import { turn } from '../turn.ts';

/** One agent types, and so many tabs hear of it. Compared by the CPU that one delivery costs. */
async function deliver({ rounds, quick }: Settings, room: Room, size: number): Promise<Finding[]> {
  const contestant = async (started: Promise<ServerProcess>, kind: AudienceSpec['kind']) => {
    const server = await room.keep(started);
    const load = await room.keep(new Load());
    await load.call('seat', { kind, port: server.port, size });
    return () => turn(load, [server], 'publish', { ms: quick ? 200 : 400 });
  };
  const bun = findBun();
  const turns = Math.min(rounds, size > 1_000 ? 9 : rounds);
  const series = await interleave(turns, {
    ours: await contestant(startOurs(), 'chat'),
    floor: await contestant(startServer('floors/fan-out.ts'), 'bare'),
    socketIo: await contestant(startServer('peers/socket-io.ts', ['all']), 'socket.io'),
    ...(bun && { bun: await contestant(startServer('peers/bun.ts', [], { program: bun }), 'bare') }),
  });
  const id = size === 1_000 ? 'S6' : `S6@${size}`;
  const of = { title: `a delivery to one of ${size.toLocaleString('en-US')}, CPU`, unit: 'µs' };
  const { cpuMicros, rates, loadBusy } = series.ours;
  const against = (name: string, peer: keyof typeof series, most?: number): Finding =>
    finding({
      ...of,
      ...compare(cpuMicros, series[peer].cpuMicros),
      id: `${id}${name && `/${name.toLowerCase()}`}`,
      against: name || 'ws, framed once',
      ...(most !== undefined && { limit: { most } }),
      notes: [
        !name &&
          `${Math.round(median(rates)).toLocaleString('en-US')}/s, theirs ${Math.round(median(series[peer].rates)).toLocaleString('en-US')}/s`,
        !name && loadBusy > 0.95 && 'the load generator was at its limit',
      ],
    });
  return [
    against('', 'floor', 1 / 0.9),
    ...(bun ? [against('Bun', 'bun', 1 / 0.7)] : []),
    against('socket.io', 'socketIo', size >= 10_000 ? 1 / 1.5 : undefined),
  ];
}

/** S6: one says it, all hear it. */
export const fanOut: GoalGroup = {
  goals: ['S6'],
  async run(settings, room) {
    const findings: Finding[] = [];
    for (const size of settings.quick ? [100, 1_000] : [1_000, 10_000]) {
      findings.push(...(await deliver(settings, room, size)));
      await room.clear();
    }
    return findings;
  },
};
