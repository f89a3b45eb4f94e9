import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { freePort } from '../support/free-port.ts';

/** A NATS server of this test process. */
export interface TestNats {
  readonly url: string;
  readonly port: number;
  /** Takes it away; `start` brings it back at the same address. */
  stop(): Promise<void>;
  start(): Promise<void>;
}

/**
 * Starts the `nats-server` of the PATH. Where there is none its tests are skipped, loudly; with `SERVICES=nats` that is
 * an error.
 *
 * @param options of its command line
 */
export async function startNats(options: readonly string[] = []): Promise<TestNats | null> {
  const port = await freePort();
  let running: ChildProcess | undefined;
  const nats: TestNats = {
    url: `nats://127.0.0.1:${port}`,
    port,
    async start() {
      const started = spawn('nats-server', ['--addr', '127.0.0.1', '--port', String(port), ...options], {
        stdio: ['ignore', 'ignore', 'pipe'],
        env: { ...process.env, PATH: `${process.env.PATH ?? ''}:/usr/sbin:/usr/local/sbin` },
      });
      await once(started, 'spawn');
      running = started;
      let isReady = false;
      for await (const line of createInterface({ input: started.stderr })) {
        isReady = line.includes('Server is ready');
        if (isReady) break;
      }
      if (!isReady) throw new Error('nats-server ended before it was ready.');
      started.stderr.resume();
    },
    async stop() {
      if (!running || running.exitCode !== null) return;
      const ended = once(running, 'exit');
      running.kill('SIGKILL');
      await ended;
      running = undefined;
    },
  };
  try {
    await nats.start();
    return nats;
  } catch (error) {
    if ((process.env.SERVICES ?? '').split(',').includes('nats')) {
      throw new Error('nats-server is required (SERVICES), but does not start.', { cause: error });
    }
    console.error(`\n*** SKIPPED: all tests on NATS, because nats-server does not start here: ${String(error)}\n`);
    return null;
  }
}
