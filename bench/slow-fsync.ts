import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** What makes disks slower. */
export interface SlowFsync {
  /** The environment of a server whose fsync takes so many ms longer. */
  readonly env: (ms: number) => NodeJS.ProcessEnv;
  stop(): Promise<void>;
}

/** Builds it. Null where there is no C compiler, or no LD_PRELOAD. */
export function buildSlowFsync(): SlowFsync | null {
  if (process.platform !== 'linux') return null;
  const folder = mkdtempSync(path.join(tmpdir(), 'chat-bench-fsync-'));
  const library = path.join(folder, 'slow-fsync.so');
  const source = fileURLToPath(new URL('slow-fsync.c', import.meta.url));
  const isBuilt = ['cc', 'gcc', 'clang'].some((compiler) => {
    const { status } = spawnSync(compiler, ['-O2', '-shared', '-fPIC', '-o', library, source, '-ldl']);
    return status === 0;
  });
  const stop = async (): Promise<void> => rmSync(folder, { recursive: true, force: true });
  if (!isBuilt) {
    void stop();
    return null;
  }
  return { env: (ms) => ({ LD_PRELOAD: library, SLOW_FSYNC_US: String(ms * 1_000) }), stop };
}
