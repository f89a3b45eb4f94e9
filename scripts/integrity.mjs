/**
 * `npm run integrity`: by which hashes a site may pin the browser files (W3C Subresource Integrity), of the built ones.
 *
 * | option | |
 * |--------|-|
 * | (none)                | the files that a page names itself, each as the attribute that goes with it |
 * | `--import-map ORIGIN` | an import map with the hash of every file of the widget, for a chat server at that origin |
 * | `--json FILE`         | also writes `{"loader.js": "sha384-…", …, "chunks/NAME-HASH.js": "sha384-…"}` |
 *
 * An attribute covers the file that it stands on. What that file imports it names by a hash of the content, in which the
 * site trusts the chat server; with the import map the browser checks each of them, too (Chrome 127, Safari 18, Firefox
 * 138; others ignore it).
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { ensureBundles } from './build.mjs';
import { integrities, printIntegrities } from './integrities.mjs';

const { values } = parseArgs({ options: { 'import-map': { type: 'string' }, json: { type: 'string' } } });
await ensureBundles();
const origin = values['import-map'];
if (values.json) writeFileSync(values.json, `${JSON.stringify(integrities(), null, 2)}\n`);
if (origin === undefined) {
  printIntegrities();
} else {
  const widget = Object.entries(integrities()).filter(([name]) => !name.includes('console'));
  const hashes = widget.map(([name, hash]) => [new URL(name, origin).href, hash]);
  console.log(JSON.stringify({ integrity: Object.fromEntries(hashes) }, null, 2));
}
