/**
 * `npm run build`: everything that is published or served.
 *
 * | what | from | for |
 * |------|------|-----|
 * | `dist/`        | src/, by tsc, a file per file | npm |
 * | `dist-cdn/`    | src/, by Vite, in chunks, minified, each with a .br and a .gz beside it | the server, script tags |
 * | `server/dist/` | server/src/ with the wire from src/, by tsc | npm |
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import ts from 'typescript';
import { build } from 'vite';
import { isFresh } from './fresh.mjs';
import { printIntegrities } from './integrities.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const cdn = path.join(root, 'dist-cdn');

/**
 * @param {string} project a tsconfig file
 * @param {string} outDir emptied first: a file whose source was deleted must not be published
 */
function compile(project, outDir) {
  rmSync(path.join(root, outDir), { recursive: true, force: true });
  const tsc = path.join(root, 'node_modules/typescript/bin/tsc');
  const { status } = spawnSync(process.execPath, [tsc, '-p', project], { cwd: root, stdio: 'inherit' });
  if (status !== 0) throw new Error(`tsc -p ${project} failed.`);
  for (const file of javaScriptFiles(path.join(root, outDir))) finishImports(file);
}

/**
 * TypeScript 6.0 leaves `import('./x.ts')` as it is inside a class that has decorators. Names of the same length: the source
 * maps stay right.
 *
 * @param {string} file
 */
function finishImports(file) {
  const source = readFileSync(file, 'utf8');
  const finished = source.replace(/\bimport\((['"])(\.[^'"]+)\.ts\1\)/g, 'import($1$2.js$1)');
  if (finished !== source) writeFileSync(file, finished);
}

/** Compiles what npm gets of the package, into `dist/`. */
export function buildPackage() {
  compile('tsconfig.build.json', 'dist');
}

/** Compiles the server, into `server/dist/`. */
export function buildServer() {
  compile('server/tsconfig.build.json', 'server/dist');
}

/** Bundles what browsers get, into `dist-cdn/`. */
export async function buildBundles() {
  rmSync(cdn, { recursive: true, force: true });
  for (const mode of ['loader', 'widget', 'console']) {
    await build({ root, configFile: path.join(root, 'vite.config.ts'), mode, logLevel: 'warn' });
  }
  for (const file of javaScriptFiles(cdn)) {
    const source = readFileSync(file);
    refuseDecorators(file, source.toString());
    writeFileSync(`${file}.br`, brotliCompressSync(source, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
    writeFileSync(`${file}.gz`, gzipSync(source, { level: 9 }));
  }
}

/** Bundles, unless what is in `dist-cdn/` is newer than all it is made of. */
export async function ensureBundles() {
  const sources = ['src', 'vite.config.ts', 'tsconfig.json', 'package-lock.json'].map((name) => path.join(root, name));
  if (isFresh(path.join(cdn, 'chat-console.js.gz'), ...sources)) return;
  console.log('Building …');
  await buildBundles();
}

/** @param {string} directory */
function javaScriptFiles(directory) {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.js'))
    .map((name) => path.join(directory, name));
}

/**
 * Vite hands decorators through, silently, for files that the tsconfig does not include; no browser reads them.
 *
 * @param {string} file
 * @param {string} source
 */
function refuseDecorators(file, source) {
  const visit = (/** @type {ts.Node} */ node) => {
    if (ts.canHaveDecorators(node) && ts.getDecorators(node)?.length) {
      throw new Error(`${path.relative(root, file)} holds a decorator: is its source included in tsconfig.json?`);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, source, ts.ScriptTarget.Latest));
}

if (import.meta.main) {
  const started = performance.now();
  buildPackage();
  buildServer();
  await buildBundles();
  printIntegrities();
  console.log(`Built dist, dist-cdn and server/dist in ${((performance.now() - started) / 1000).toFixed(1)} s.`);
}
