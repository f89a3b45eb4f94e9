import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { GoalGroup } from '../context.ts';
import { finding } from '../findings.ts';
import { start } from '../load/chat-crowd.ts';
import { newVisitors, openVisitor } from '../load/chat.ts';
import { Line } from '../load/line.ts';
import { startOurs } from '../ours.ts';
import { compare, interleave } from '../rounds.ts';
import { startServer } from '../server-process.ts';

const ROUNDS = 9;

/** S11: from `kill -9` until a message is durable again. */
export const restart: GoalGroup = {
  goals: ['S11'],
  async run({ rounds }, room) {
    const ours = await room.keep(startOurs());
    const [visitor] = await newVisitors(ours.port, 1);
    const first = await openVisitor(ours.port, visitor.token);
    await start(first, visitor);

    const folder = mkdtempSync(path.join(tmpdir(), 'chat-bench-floor-'));
    await room.keep({ stop: async () => rmSync(folder, { recursive: true, force: true }) });
    const startFloor = () => startServer('floors/durable.ts', ['group', path.join(folder, 'floor.db')]);
    let floor = await startFloor();

    const timed = async (again: () => Promise<void>) => {
      const startedAt = performance.now();
      await again();
      const ms = performance.now() - startedAt;
      return { count: 1, seconds: ms / 1_000, latencies: [ms] };
    };
    const series = await interleave(Math.min(rounds, ROUNDS), {
      ours: () =>
        timed(async () => {
          await ours.kill();
          await ours.restart();
          const line = await openVisitor(ours.port, visitor.token);
          await start(line, visitor);
          await line.cut();
        }),
      floor: () =>
        timed(async () => {
          await floor.stop();
          floor = await startFloor();
          const line = await Line.open({ port: floor.port, path: '/' });
          const acknowledged = line.next();
          line.say(JSON.stringify({ t: 'msg', id: crypto.randomUUID(), text: 'Is anybody there?' }));
          await acknowledged;
          await line.cut();
        }),
    });
    await floor.stop();
    const of = {
      title: 'kill -9 until a message is durable again',
      unit: 'ms',
      against: 'prototype',
      limit: { most: 2 },
    };
    const [oursMs, floorMs] = [series.ours.latencies, series.floor.latencies];
    return [
      finding({ ...of, ...compare(oursMs, floorMs), id: 'S11', title: `${of.title}, p50` }),
      finding({
        ...of,
        id: 'S11/max',
        title: `${of.title}, worst`,
        value: Math.max(...oursMs),
        floor: Math.max(...floorMs),
      }),
    ];
  },
};
