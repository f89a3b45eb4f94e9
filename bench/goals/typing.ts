import { Load } from '../load/load.ts';
import type { CrowdSpec } from '../load/jobs.ts';
import type { GoalGroup } from '../context.ts';
import { finding } from '../findings.ts';
import { startOurs } from '../ours.ts';
import { compare, interleave } from '../rounds.ts';
import { startServer } from '../server-process.ts';
import { turn } from '../turn.ts';

/** S1: what is not stored. Compared by the CPU that one costs, for that is what bounds the rate. */
export const typing: GoalGroup = {
  goals: ['S1'],
  async run({ rounds, quick }, room) {
    const count = 64;
    const options = { depth: 4, ms: quick ? 200 : 400 };
    const contestant = async (server: { port: number; pid: number }, kind: CrowdSpec['kind']) => {
      const load = await room.keep(new Load());
      await load.call('gather', { kind, ports: [server.port], count });
      return () => turn(load, [server], 'talk', options);
    };
    const series = await interleave(rounds, {
      ours: await contestant(await room.keep(startOurs()), 'chat typing'),
      floor: await contestant(await room.keep(startServer('floors/typing.ts')), 'typing'),
      socketIo: await contestant(await room.keep(startServer('peers/socket-io.ts', ['echo'])), 'socket.io'),
    });
    const of = { title: 'sign of typing through rights and checks, CPU', unit: 'µs' };
    const { ours, floor, socketIo } = series;
    return [
      finding({
        ...of,
        ...compare(ours.cpuMicros, floor.cpuMicros),
        id: 'S1',
        against: 'ws + JSON',
        limit: { most: 1 / 0.75 },
      }),
      finding({
        ...of,
        ...compare(ours.cpuMicros, socketIo.cpuMicros),
        id: 'S1/socket.io',
        against: 'socket.io',
        limit: { most: 1 },
      }),
    ];
  },
};
