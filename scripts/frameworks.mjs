/**
 * Installs and builds the apps in demo/frameworks, each with its own `package.json`. They
 * get the widget as npm gives it to everybody: a copy of what is published of this repository, which must have been built.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildPackage } from './build.mjs';
import { isFresh } from './fresh.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const directory = path.join(root, 'demo/frameworks');

/** Names of the apps, which are those of their folders. The slowest first: two are built at once. */
export const FRAMEWORKS = /** @type {const} */ (['angular', 'svelte', 'vue', 'react']);

/** What a browser gets of an app. @param {string} name */
export const outputOf = (name) => path.join(directory, name, 'dist');

/** @param {string} name */
async function buildApp(name) {
  const cwd = path.join(directory, name);
  const sources = ['src', 'package-lock.json', '../../../src', '../../../types'].map((source) =>
    path.join(cwd, source),
  );
  if (isFresh(path.join(outputOf(name), 'index.html'), ...sources)) return;
  // By the lock file, as `npm ci` does; but that one also wants every optional binary of other systems, which a registry's
  // mirror may lack. No package needs to run scripts.
  await run(cwd, 'npm', 'install', '--no-save', '--ignore-scripts', '--prefer-offline');
  await run(cwd, 'npm', 'run', 'build');
  console.log(`${name}: built`);
}

/** @param {string} cwd @param {string} command @param {string[]} args */
async function run(cwd, command, ...args) {
  const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'], shell: process.platform === 'win32' });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += String(chunk)));
  const [status] = await once(child, 'close');
  if (status !== 0) throw new Error(`${path.relative(root, cwd)}: ${command} ${args.join(' ')} failed.\n${said}`);
}

/** Builds every app that is older than what it is made of. */
export async function buildApps() {
  if (!isFresh(path.join(root, 'dist/index.js'), path.join(root, 'src'))) buildPackage();
  const waiting = [...FRAMEWORKS];
  const lane = async () => {
    for (let name = waiting.shift(); name; name = waiting.shift()) await buildApp(name);
  };
  const ends = await Promise.allSettled([lane(), lane()]);
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
}

if (import.meta.main) await buildApps();
