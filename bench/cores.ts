import { spawnSync } from 'node:child_process';

/** The first two cores that this process may use: one for servers, one for load. Undefined where nothing can be pinned. */
const cores = findCores();

/** For the head of the report: how many cores there are, and whether servers and load were kept apart. */
export const coresSaid = cores
  ? `servers on core ${cores[0]}, load on core ${cores[1]}`
  : 'nothing pinned to a core (no taskset, or one core only): ratios are less steady here';

/** Keeps a process and its threads on one core. */
export function pin(pid: number, side: 'server' | 'load'): void {
  if (cores) setCores(pid, String(cores[side === 'server' ? 0 : 1]));
}

/** Lets a process use both cores: for what is measured as a whole machine. */
export function unpin(pid: number): void {
  if (cores) setCores(pid, cores.join(','));
}

function setCores(pid: number, list: string): void {
  spawnSync('taskset', ['--all-tasks', '--cpu-list', '--pid', list, String(pid)], { stdio: 'ignore' });
}

function findCores(): readonly [number, number] | undefined {
  const { stdout } = spawnSync('taskset', ['--cpu-list', '--pid', String(process.pid)], { encoding: 'utf8' });
  const list = /list: (\S+)/.exec(stdout ?? '')?.[1] ?? '';
  const [server, load] = list.split(',').flatMap((range) => {
    const [first = NaN, last = first] = range.split('-').map(Number);
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
  return server === undefined || load === undefined || Number.isNaN(server) ? undefined : [server, load];
}
