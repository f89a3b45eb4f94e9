import type { Jobs } from './load/jobs.ts';
import type { Load } from './load/load.ts';
import type { Sample } from './rounds.ts';
import { cpuSeconds } from './server-process.ts';

/** One turn: the load does its loop, and what the server (or all of several) used for it is read off. */
export async function turn<Loop extends 'talk' | 'pace' | 'publish'>(
  load: Load,
  servers: readonly { readonly pid: number }[],
  loop: Loop,
  options: Parameters<Jobs[Loop]>[0],
): Promise<Sample> {
  const used = (): number => servers.reduce((sum, { pid }) => sum + cpuSeconds(pid), 0);
  const before = used();
  const { latencies, ...result } = await load.call(loop, ...([options] as Parameters<Jobs[Loop]>));
  return { ...result, cpuMicros: ((used() - before) / result.count) * 1e6, latencies: [...latencies] };
}
