import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ChatServerProcess } from '../scripts/chat-server-process.mjs';
import type { Limits } from '../server/src/limits.ts';
import { NO_LIMITS } from '../server/test/support/limits.ts';
import { pin } from './cores.ts';
import type { ServerProcess } from './server-process.ts';

const UNBOUNDED = { burst: 1_000_000_000, perSecond: 1_000_000_000 };

/** All that would refuse the load. Everything is still counted and checked, as it is for everybody. */
const LIMITS: Partial<Limits> = {
  ...NO_LIMITS,
  framesPerSocket: UNBOUNDED,
  framesPerAddress: UNBOUNDED,
  typingPerSocket: UNBOUNDED,
  conversationsPerAddress: UNBOUNDED,
  messagesPerMinute: 1_000_000_000,
  sessionsPerAddress: 1_000_000_000,
  requestsPerAddress: 1_000_000_000,
  socketsPerAddress: 1_000_000,
};

/** The real server, from its source, on the core for servers. */
export interface OurServer extends ServerProcess {
  /** Its SQLite file. */
  readonly file: string;
  kill(): Promise<void>;
  /** After `kill`: the same port, the same data. */
  restart(): Promise<void>;
}

export async function startOurs(env: NodeJS.ProcessEnv = {}): Promise<OurServer> {
  const folder = mkdtempSync(path.join(tmpdir(), 'chat-bench-'));
  const server = await ChatServerProcess.start({ LIMITS: JSON.stringify(LIMITS), DATA_DIR: folder, ...env });
  pin(server.pid, 'server');
  return {
    file: path.join(folder, 'chat.db'),
    get port() {
      return Number(new URL(server.url).port);
    },
    get pid() {
      return server.pid;
    },
    kill: () => server.kill(),
    async restart() {
      await server.restart();
      pin(server.pid, 'server');
    },
    async stop() {
      await server.kill();
      await server.dispose();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
