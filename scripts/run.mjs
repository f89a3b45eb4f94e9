/**
 * The bootstrap of every npm script: `node scripts/run.mjs SCRIPT [arguments]`.
 *
 * It is the only file of this repository that a bare machine runs with its own Node, so it takes any Node from 18 on
 * and has no dependencies. It installs what the lock file names if that has not happened yet, then runs SCRIPT on the
 * Node that `tools/node-runtime` pins.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const binaries = path.join(root, 'node_modules', '.bin');
const isWindows = process.platform === 'win32';

/** Does the record that npm keeps of what it installed agree with the lock file? (Times say nothing after a checkout.) */
function isInstalled() {
  const record = path.join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(record)) return false;
  const readPackages = (/** @type {string} */ file) => JSON.parse(readFileSync(file, 'utf8')).packages;
  const installed = readPackages(record);
  return Object.entries(readPackages(path.join(root, 'package-lock.json'))).every(
    ([where, { version, optional }]) => where === '' || optional || installed[where]?.version === version,
  );
}

function install() {
  console.log('Installing dependencies (npm ci) …');
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: 'inherit',
    shell: isWindows,
  });
  if (status !== 0) process.exit(status ?? 1);
}

/** The pinned Node; on platforms without one, the Node that runs us if it is new enough. */
function findNode() {
  const pinned = path.join(binaries, isWindows ? 'node.cmd' : 'node');
  if (existsSync(pinned)) return pinned;
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 24 || (major === 24 && minor >= 4)) return process.execPath;
  console.error(
    `No pinned Node exists for ${process.platform}-${process.arch}, and Node ${process.version} is too old: ` +
      'install Node 24.4 or newer.',
  );
  process.exit(1);
}

if (!isInstalled()) install();
const child = spawn(findNode(), process.argv.slice(2), {
  cwd: root,
  stdio: 'inherit',
  shell: isWindows,
  env: { ...process.env, PATH: binaries + path.delimiter + process.env.PATH },
});
// Whoever stops us means the child. Ctrl+C reaches it without our help.
process.on('SIGINT', () => {});
process.on('SIGTERM', (signal) => child.kill(signal));
process.on('SIGHUP', (signal) => child.kill(signal));
// A signal to npm ends the shell between npm and us, and tells us nothing: we are only handed to another parent.
const parent = process.ppid;
setInterval(() => process.ppid === parent || child.kill('SIGTERM'), 500).unref();
child.on('exit', (code, signal) => process.exit(signal ? 1 : code));
