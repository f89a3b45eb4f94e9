import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('.', import.meta.url));

interface Lock {
  readonly packages: Readonly<Record<string, { readonly version?: string; readonly optional?: boolean }>>;
}

const lockOf = (file: string): Lock => JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as Lock;

/** Installs what the bench measures against, unless that has happened. @throws when it cannot be had */
export function installPeers(): void {
  const record = 'node_modules/.package-lock.json';
  if (existsSync(path.join(folder, record))) {
    const installed = lockOf(record).packages;
    const isDone = Object.entries(lockOf('package-lock.json').packages).every(
      ([where, { version, optional }]) => where === '' || optional || installed[where]?.version === version,
    );
    if (isDone) return;
  }
  console.log('Installing what the bench measures against (npm ci in bench) …');
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: folder,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error('npm ci in bench has failed.');
}

/** Bun's program. Undefined where there is none for this platform. */
export function findBun(): string | undefined {
  const program = path.join(folder, 'node_modules/bun/bin/bun.exe');
  return existsSync(program) && spawnSync(program, ['--version']).status === 0 ? program : undefined;
}
