/** By which hashes a site may pin the built browser files (W3C Subresource Integrity). */
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const cdn = fileURLToPath(new URL('../dist-cdn/', import.meta.url));
const VERSION_LENGTH = 8;

/** Every script of `dist-cdn/`, by its path there, with its hash. @returns {Record<string, string>} */
export function integrities() {
  const names = readdirSync(cdn, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.js'));
  const paths = names.map((name) => name.replaceAll('\\', '/')).sort();
  return Object.fromEntries(paths.map((name) => [name, `sha384-${digest(name).toString('base64')}`]));
}

/** The name that the loader has for as long as it stays what it is, as the server serves it. */
export function pinnedLoader() {
  return `loader-${digest('loader.js').toString('base64url').slice(0, VERSION_LENGTH)}.js`;
}

/** @param {string} name */
function digest(name) {
  return createHash('sha384')
    .update(readFileSync(path.join(cdn, name)))
    .digest();
}

/** Prints the hashes of the files that a page names itself. */
export function printIntegrities() {
  const rows = Object.entries(integrities())
    .filter(([name]) => !name.includes('/'))
    .map(([name, hash]) => `${(name === 'loader.js' ? pinnedLoader() : name).padEnd(20)} integrity="${hash}"`);
  console.log(rows.join('\n'));
}
