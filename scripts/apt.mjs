/** Debian packages, for what npm cannot bring: browsers other than Chromium, nats-server. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

let isUpdated = false;

/**
 * Installs packages with apt-get.
 *
 * @param {...string} packages
 * @returns {boolean} whether they are installed now; false without a try where there is no apt, no root, or `NO_APT` is set
 */
export function aptInstall(...packages) {
  const mayInstall = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get') && !process.env.NO_APT;
  if (!mayInstall) return false;
  console.log(`Installing ${packages.join(', ')} with apt-get …`);
  // A stale package list names versions that the mirror has deleted.
  isUpdated ||= aptGet('update', '-qq');
  return aptGet('install', '-y', '-qq', '--no-install-recommends', ...packages);
}

/** @param {...string} args */
function aptGet(...args) {
  const { status } = spawnSync('apt-get', args, {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  return status === 0;
}
