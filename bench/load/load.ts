import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { pin } from '../cores.ts';
import type { Jobs } from './jobs.ts';

export interface Call {
  readonly id: number;
  readonly job: keyof Jobs;
  readonly args: readonly unknown[];
}

export type Reply = { readonly id: number; readonly result?: unknown; readonly error?: string };

interface Waiting {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** A process that makes load, on the core for load: one per server, so that none runs out of file descriptors. */
export class Load {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, Waiting>();
  #calls = 0;

  constructor() {
    this.#child = fork(fileURLToPath(new URL('main.ts', import.meta.url)), { serialization: 'advanced', execArgv: [] });
    pin(this.#child.pid!, 'load');
    this.#child.on('message', ({ id, result, error }: Reply) => {
      const waiting = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (error === undefined) waiting?.resolve(result);
      else waiting?.reject(new Error(error));
    });
    this.#child.once('exit', (code, signal) => {
      for (const { reject } of this.#waiting.values()) reject(new Error(`The load has ended: ${code ?? signal}`));
    });
  }

  /** @throws what the job threw */
  async call<Job extends keyof Jobs>(
    job: Job,
    ...args: Parameters<Jobs[Job]>
  ): Promise<Awaited<ReturnType<Jobs[Job]>>> {
    const id = (this.#calls += 1);
    const result = new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
    this.#child.send({ id, job, args } satisfies Call);
    return (await result) as Awaited<ReturnType<Jobs[Job]>>;
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await ended;
  }
}
