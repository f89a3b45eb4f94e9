import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { pin } from './cores.ts';

/** A server that is measured, on the core for servers. */
export interface ServerProcess {
  readonly port: number;
  readonly pid: number;
  stop(): Promise<void>;
}

/** What each floor and peer prints when it listens. */
const LISTENING = /^listening (\d+)$/;

/**
 * Starts a floor or a peer.
 *
 * @param file in this folder
 * @param program default: this Node
 */
export async function startServer(
  file: string,
  args: readonly string[] = [],
  { env = {}, program = process.execPath }: { env?: NodeJS.ProcessEnv; program?: string } = {},
): Promise<ServerProcess> {
  const child = spawn(program, [fileURLToPath(new URL(file, import.meta.url)), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
  });
  const killAtExit = (): void => void child.kill('SIGKILL');
  process.once('exit', killAtExit);
  const ended = once(child, 'exit').then(() => {
    process.off('exit', killAtExit);
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const port = LISTENING.exec(line)?.[1];
    if (port === undefined) continue;
    child.stdout.resume();
    pin(child.pid!, 'server');
    return {
      port: Number(port),
      pid: child.pid!,
      async stop() {
        child.kill('SIGKILL');
        await ended;
      },
    };
  }
  throw new Error(`${file} ended before it listened.`);
}

/** Kernels count CPU time in hundredths of a second here (`getconf CLK_TCK`). */
const TICKS_PER_SECOND = 100;
const PAGE = 1_024;

/** CPU seconds that a process has used so far, all threads; NaN where there is no /proc. */
export function cpuSeconds(pid: number): number {
  // After the name, which may hold anything, come the fields from the third on; utime and stime are the 14th and 15th.
  const fields = read(pid, 'stat').split(') ').at(-1)?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

/** Memory that a process holds just now, bytes; NaN where there is no /proc. */
export function residentBytes(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(read(pid, 'status'))?.[1]) * PAGE;
}

function read(pid: number, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return '';
  }
}

/** With this in its environment, a Node process collects its garbage when it gets SIGUSR2. */
export const COLLECTING: NodeJS.ProcessEnv = {
  NODE_OPTIONS: `--expose-gc --import ${new URL('collect.ts', import.meta.url).href}`,
};

/** Has a process collect its garbage, and waits until it is quiet. */
export async function collectGarbage(pid: number): Promise<void> {
  process.kill(pid, 'SIGUSR2');
  await quiet(pid);
}

/** Waits until a process does next to nothing, for ten seconds at most. */
export async function quiet(pid: number): Promise<void> {
  for (let tries = 0; tries < 20; tries += 1) {
    const before = cpuSeconds(pid);
    await wait(500);
    if (!(cpuSeconds(pid) - before > 0.02)) return;
  }
}
