/** A disk that is full whenever one wants, under a server that runs. */
import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readdirSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const BLOCK = Buffer.alloc(64 * 1_024);

/** A folder for a server's data, with little space. */
export interface SmallDisk {
  readonly folder: string;
  /** How it is done here. */
  readonly kind: string;
  /** From now on there is no space left for the process `pid`. */
  fill(pid: number): void;
  /** There is space again. */
  free(pid: number): void;
  dispose(): void;
}

/** A small disk of its own where we may mount one, else a limit on the size of the server's files. @throws where neither can be had */
export function smallDisk(megabytes: number): SmallDisk {
  const folder = mkdtempSync(path.join(tmpdir(), 'chat-small-disk-'));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder]);
  const isMounted = mounted.status === 0;
  if (!isMounted && spawnSync('prlimit', ['--version']).status !== 0) {
    rmSync(folder, { recursive: true });
    throw new Error('A full disk needs Linux: a tmpfs that root may mount, or prlimit.');
  }
  const disk = isMounted ? new MountedDisk(folder) : new LimitedFiles(folder);
  // However this process ends: nobody else would unmount it.
  process.once('exit', () => disk.dispose());
  return disk;
}

/** Something else has filled the disk: writing fails with ENOSPC. */
class MountedDisk implements SmallDisk {
  readonly kind = 'a tmpfs without space';
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  get #ballast(): string {
    return path.join(this.folder, 'ballast');
  }

  fill(): void {
    const file = openSync(this.#ballast, 'a');
    try {
      for (;;) writeSync(file, BLOCK);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    } finally {
      closeSync(file);
    }
  }

  free(): void {
    rmSync(this.#ballast, { force: true });
  }

  dispose(): void {
    spawnSync('umount', ['--lazy', this.folder]);
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The server's files may not grow: writing fails with EFBIG. */
class LimitedFiles implements SmallDisk {
  readonly kind = 'files that may not grow';
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  fill(pid: number): void {
    const sizes = readdirSync(this.folder).map((name) => statSync(path.join(this.folder, name)).size);
    this.#limit(pid, String(Math.max(...sizes)));
  }

  free(pid: number): void {
    this.#limit(pid, 'unlimited');
  }

  dispose(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  #limit(pid: number, bytes: string): void {
    const { status, stderr } = spawnSync('prlimit', ['--pid', String(pid), `--fsize=${bytes}:`]);
    if (status !== 0) throw new Error(`prlimit: ${stderr.toString()}`);
  }
}
