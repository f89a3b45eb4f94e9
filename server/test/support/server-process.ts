import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

/** `server/src/main.ts` as a process of its own; it does not outlive the test that started it, whatever fails there. */
export class ServerProcess {
  readonly child: ChildProcess;
  output = '';
  readonly exited: Promise<[code: number | null, signal: string | null]>;

  /** @param words of the command line, after the program's name */
  constructor(env: Readonly<Record<string, string>>, words: readonly string[] = []) {
    this.child = spawn(process.execPath, [MAIN, ...words], {
      env: {
        PATH: process.env['PATH'],
        NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
        HOST: '127.0.0.1',
        PORT: '0',
        LOG_LEVEL: 'warn',
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
    }
    this.exited = once(this.child, 'close') as Promise<[number | null, string | null]>;
    after(async () => {
      if (this.child.exitCode === null && this.child.signalCode === null) await this.stop('SIGKILL');
    });
  }

  async listening(): Promise<string> {
    for (;;) {
      const url = /listening on (http:\/\/\S+)\n/.exec(this.output)?.[1];
      // All of it is written at once, and ends with an empty line.
      if (url && this.output.endsWith('\n\n')) return url;
      const ended = await Promise.race([this.exited, once(this.child.stdout!, 'data')]);
      if (this.child.exitCode !== null) throw new Error(`ended: ${String(ended)} ${this.output}`);
    }
  }

  async stop(signal: 'SIGTERM' | 'SIGKILL'): Promise<[number | null, string | null]> {
    this.child.kill(signal);
    return this.exited;
  }
}
