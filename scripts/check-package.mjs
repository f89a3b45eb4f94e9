/**
 * The packages as npm gets them: packs both, looks at what is in them, and installs them into an empty project that has
 * nothing but what they declare as dependencies.
 *
 * There, every export resolves, every one of JavaScript is imported in plain Node (so nothing touches `document` while it
 * loads), the server starts; and publint and attw find nothing to say.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** @typedef {{ name: string, exports?: Record<string, unknown>, dependencies: Record<string, string>, bin?: Record<string, string> }} Manifest */

const root = fileURLToPath(new URL('..', import.meta.url));
const modules = path.join(root, 'node_modules');
const work = mkdtempSync(path.join(tmpdir(), 'chat-package-'));
const START_MS = 120_000;

/** What may be in each package; everything else was put there by mistake. */
const CONTENTS = {
  'chat-widget-element':
    /^(package\.json|README\.md|LICENSE|custom-elements\.json|dist\/.+\.(js|d\.ts|map)|dist-cdn\/.+\.js|types\/.+\.(d\.ts|html-custom-data\.json|css-custom-data\.json))$/,
  'chat-widget-server': /^(package\.json|README\.md|LICENSE|dist\/.+\.(js|d\.ts|map))$/,
};

/** What npm takes from a package's own folder only, and never says is missing; and what nothing in the package imports. */
const REQUIRED = {
  'chat-widget-element': [
    'README.md',
    'LICENSE',
    'custom-elements.json',
    'types/vscode.html-custom-data.json',
    'types/vscode.css-custom-data.json',
    'dist-cdn/loader.js',
    'dist-cdn/chat-widget.js',
    'dist-cdn/chat-console.js',
  ],
  'chat-widget-server': ['README.md', 'LICENSE'],
};

let passed = 0;
let failed = 0;

/**
 * @param {string} what
 * @param {() => unknown} check throws, or rejects, with what is wrong
 */
async function expect(what, check) {
  try {
    await check();
    passed += 1;
    console.log(`✓ ${what}`);
  } catch (error) {
    failed += 1;
    console.error(`✗ ${what}\n${error instanceof Error ? error.message : String(error)}`);
  }
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {string} [cwd]
 */
function run(command, args, cwd = root) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}\n${stdout ?? ''}${stderr ?? ''}${error ?? ''}`);
  return stdout;
}

const node = (/** @type {string[]} */ ...args) => run(process.execPath, args, work);

/**
 * Packs a package and puts it into the project's `node_modules`.
 *
 * @param {string} directory
 */
function install(directory) {
  const [packed] = JSON.parse(
    run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', work], directory),
  );
  const target = path.join(work, 'node_modules', packed.name);
  mkdirSync(target, { recursive: true });
  const tarball = path.join(work, packed.filename);
  run('tar', ['-xzf', tarball, '-C', target, '--strip-components=1']);
  /** @type {Manifest} */
  const manifest = JSON.parse(readFileSync(path.join(target, 'package.json'), 'utf8'));
  for (const name of Object.keys(manifest.dependencies)) link(name);
  return { manifest, target, tarball, files: packed.files.map((/** @type {{ path: string }} */ file) => file.path) };
}

/** @param {string} name of a dependency; its own dependencies are found from where it really stands */
function link(name) {
  const from = path.join(work, 'node_modules', name);
  if (existsSync(from)) return;
  mkdirSync(path.dirname(from), { recursive: true });
  symlinkSync(path.join(modules, name), from, 'junction');
}

/** @param {string} entry path of the program; it has started when it says where it listens */
async function startServer(entry) {
  const child = spawn(process.execPath, [entry], {
    cwd: work,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, PORT: '0', DATA_DIR: path.join(work, 'data'), LOG_LEVEL: 'warn' },
  });
  let output = '';
  const timer = setTimeout(() => child.kill('SIGKILL'), START_MS);
  const read = (/** @type {Buffer} */ chunk) => {
    output += chunk;
    if (/listening on http/.test(output)) child.kill('SIGTERM');
  };
  child.stdout.on('data', read);
  child.stderr.on('data', read);
  await new Promise((resolve) => child.once('exit', resolve));
  clearTimeout(timer);
  if (!/listening on http/.test(output)) throw new Error(output);
}

/** Typings for a framework: there is nothing to import. @param {unknown} conditions of an export */
function isTypesOnly(conditions) {
  return typeof conditions === 'object' && conditions !== null && Object.keys(conditions).join() === 'types';
}

/** @param {string} file @returns {string[]} */
function missingImports(file) {
  const named = readFileSync(file, 'utf8').matchAll(/\b(?:from|import)\s*\(?\s*['"](\.[^'"]+)['"]/g);
  return [...named]
    .map(([, name = '']) => name)
    .filter((name) => {
      const found = path.resolve(path.dirname(file), name);
      return !existsSync(/\.d\.ts$/.test(file) ? found.replace(/\.(js|ts)$/, '.d.ts') : found);
    })
    .map((name) => `${path.relative(work, file)} imports ${name}`);
}

/** A module was made of one source, which its map holds. @param {string} file */
function isMapped(file) {
  const map = `${file}.map`;
  if (!existsSync(map) || !readFileSync(file, 'utf8').includes(`//# sourceMappingURL=${path.basename(map)}`))
    return false;
  const { sources, sourcesContent } = JSON.parse(readFileSync(map, 'utf8'));
  return sources.length === 1 && sourcesContent?.length === 1;
}

/** @param {string} directory */
async function checkPackage(directory) {
  const { manifest, target, tarball, files } = install(directory);
  const { name } = manifest;
  const allowed = CONTENTS[/** @type {keyof typeof CONTENTS} */ (name)];

  await expect(`${name}: holds what it should and nothing else (${files.length} files)`, () => {
    const strange = files.filter((/** @type {string} */ file) => !allowed.test(file));
    if (strange.length) throw new Error(strange.join('\n'));
  });
  await expect(`${name}: holds what nothing in it imports`, () => {
    const required = REQUIRED[/** @type {keyof typeof REQUIRED} */ (name)];
    const missing = required.filter((file) => !files.includes(file));
    if (missing.length) throw new Error(`${missing.join(', ')} missing from ${directory}`);
  });
  await expect(`${name}: is not bundled, and each module has a map with its source in it`, () => {
    const modules = files.filter((/** @type {string} */ file) => /^dist\/.*\.js$/.test(file));
    const wrong = modules.filter((/** @type {string} */ file) => !isMapped(path.join(target, file)));
    if (!modules.length || wrong.length) throw new Error(wrong.join('\n'));
  });
  await expect(`${name}: every file that another one imports is there`, () => {
    const missing = files
      .filter((/** @type {string} */ file) => /\.(js|d\.ts)$/.test(file) && !file.startsWith('dist-cdn/'))
      .flatMap((/** @type {string} */ file) => missingImports(path.join(target, file)));
    if (missing.length) throw new Error(missing.join('\n'));
  });
  for (const [door, conditions] of Object.entries(manifest.exports ?? {})) {
    const specifier = path.posix.join(name, door);
    if (isTypesOnly(conditions)) continue;
    const isJavaScript = !door.endsWith('.json');
    const script = isJavaScript ? `await import('${specifier}')` : `import.meta.resolve('${specifier}')`;
    await expect(`${specifier} ${isJavaScript ? 'is imported in plain Node' : 'resolves'}`, () => {
      node('--input-type=module', '--eval', script);
      if (!isJavaScript) JSON.parse(readFileSync(path.join(target, door), 'utf8'));
    });
  }
  for (const [command, file] of Object.entries(manifest.bin ?? {})) {
    await expect(`${command} starts`, () => startServer(path.join(target, file)));
  }
  await expect(`${name}: publint`, () => node(path.join(modules, 'publint/src/cli.js'), 'run', tarball, '--strict'));
  await expect(`${name}: are the types wrong?`, () =>
    node(path.join(modules, '@arethetypeswrong/cli/dist/index.js'), tarball, '--profile', 'esm-only', '--no-emoji'),
  );
}

try {
  writeFileSync(path.join(work, 'package.json'), '{ "type": "module", "private": true }');
  await checkPackage(root);
  await checkPackage(path.join(root, 'server'));
} finally {
  rmSync(work, { recursive: true, force: true });
}
if (process.env.COUNT_FILE) writeFileSync(process.env.COUNT_FILE, JSON.stringify({ passed, failed }));
if (failed) process.exitCode = 1;
