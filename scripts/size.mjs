/**
 * `npm run size`: how many bytes a page pays, exactly.
 *
 * | option | |
 * |--------|-|
 * | `--update`    | writes the numbers into test/size.json, which this script compares with otherwise |
 * | `--json FILE` | writes `{"loader": {raw, gzip, brotli}, "launcher": {…}, "panel": {…}, "conversation": {…}, "locale": {…}, "chunks": {NAME: {…}}}` |
 *
 * *loader*: what a pasted tag loads, with what an inbox says written in front. *launcher*: all that is loaded until the
 * launcher of the imported element shows: `chat-widget.js` and what it imports. *panel*: all that is loaded until a new
 * visitor's panel is open: that, and what those files import by `import()`. *conversation*: until the panel of a visitor
 * who comes back is open with a conversation of plain messages. *locale*: the largest file with words of another language
 * than English; each language has two, the second of which comes after the panel. Each file is compressed alone, as it travels. The
 * numbers are exact on the pinned Node, so that no byte comes in unnoticed.
 */
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { ensureBundles } from './build.mjs';
import { filesByStage } from './bundle-graph.mjs';

/** @typedef {{ raw: number, gzip: number, brotli: number }} Bytes */
/** @typedef {{ loader: Bytes, launcher: Bytes, panel: Bytes, conversation: Bytes, locale: Bytes, chunks: Record<string, Bytes> }} Sizes */

const root = fileURLToPath(new URL('..', import.meta.url));
const cdn = path.join(root, 'dist-cdn');
const exactFile = path.join(root, 'test/size.json');

/** Most brotli bytes, all of Lit included. */
const LIMITS = { loader: 2_048, launcher: 10_000, panel: 32_000, locale: 2_560 };

/** As server/src/http/loader.ts writes it in front. */
const LOADER_PREFIX =
  'const CHAT={"inbox":"customer-support-europe","style":":host{--chat-brand:#4364df;--chat-offset-x:24px;--chat-offset-y:32px;}","left":true,"words":["Open chat","The chat did not load. Try again.","en"]};';

/** @param {Iterable<string>} files */
function bytesOf(files) {
  const sum = { raw: 0, gzip: 0, brotli: 0 };
  for (const file of files) {
    sum.raw += readFileSync(file).length;
    sum.gzip += readFileSync(`${file}.gz`).length;
    sum.brotli += readFileSync(`${file}.br`).length;
  }
  return sum;
}

/** @returns {Bytes} */
function loaderBytes() {
  const loader = readFileSync(path.join(cdn, 'loader.js'), 'utf8');
  const source = Buffer.from(LOADER_PREFIX + loader.slice(loader.indexOf('\n') + 1));
  const brotli = brotliCompressSync(source, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
  return { raw: source.length, gzip: gzipSync(source, { level: 9 }).length, brotli: brotli.length };
}

/**
 * @param {Sizes['chunks']} chunks
 * @returns {Bytes}
 */
function largestLocale(chunks) {
  const sources = readdirSync(path.join(root, 'src/text/locales'));
  const sizes = sources.map((name) => {
    const bytes = chunks[`chunks/${name.replace(/\.ts$/, '.js')}`];
    if (!bytes) throw new Error(`${name} is no chunk of its own.`);
    return bytes;
  });
  return sizes.reduce((largest, each) => (each.brotli > largest.brotli ? each : largest));
}

/** @returns {Sizes} */
function measure() {
  const { launcher, panel, conversation } = filesByStage(cdn);
  const names = readdirSync(cdn, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.js'));
  /** @type {Sizes['chunks']} */
  const chunks = {};
  for (const name of names.sort()) {
    // Without its hash, a chunk keeps its name when its content changes.
    const plain = name.replaceAll('\\', '/').replace(/^(chunks.*)-[\w-]{7}(?=\.js$)/, '$1');
    if (chunks[plain]) throw new Error(`Two chunks are called ${plain}.`);
    chunks[plain] = bytesOf([path.join(cdn, name)]);
  }
  return {
    loader: loaderBytes(),
    launcher: bytesOf(launcher),
    panel: bytesOf(panel),
    conversation: bytesOf(conversation),
    locale: largestLocale(chunks),
    chunks,
  };
}

/** @param {Sizes} sizes */
function print({ loader, launcher, panel, conversation, locale, chunks }) {
  const rows = {
    'pasted tag, until intent': loader,
    'until the launcher shows': launcher,
    'until the panel is open': panel,
    'until a conversation shows': conversation,
    'largest file of a language': locale,
    ...chunks,
  };
  console.log(`${''.padEnd(32)}${['raw', 'gzip', 'brotli'].map((title) => title.padStart(10)).join('')}`);
  for (const [name, { raw, gzip, brotli }] of Object.entries(rows)) {
    console.log(`${name.padEnd(32)}${[raw, gzip, brotli].map((bytes) => String(bytes).padStart(10)).join('')}`);
  }
}

/**
 * @param {Sizes} sizes
 * @param {Sizes} expected
 * @returns {string[]} what differs, in words
 */
function compare(sizes, expected) {
  const flatten = (/** @type {Sizes} */ { chunks, ...stages }) => ({ ...stages, ...chunks });
  /** @type {Record<string, Bytes>} */ const now = flatten(sizes);
  /** @type {Record<string, Bytes>} */ const then = flatten(expected);
  return [...new Set([...Object.keys(now), ...Object.keys(then)])].flatMap((name) => {
    const [is, was] = [now[name], then[name]];
    if (!is) return [`${name} is gone.`];
    if (!was) return [`${name} is new: ${is.brotli} bytes brotli.`];
    if (JSON.stringify(is) === JSON.stringify(was)) return [];
    const change = is.brotli - was.brotli;
    return [`${name}: ${is.brotli} bytes brotli, was ${was.brotli} (${change > 0 ? '+' : ''}${change}).`];
  });
}

const { values: options } = parseArgs({ options: { update: { type: 'boolean' }, json: { type: 'string' } } });
await ensureBundles();
const sizes = measure();
print(sizes);
if (options.json) writeFileSync(options.json, `${JSON.stringify(sizes, null, 2)}\n`);

const tooLarge = /** @type {const} */ (['loader', 'launcher', 'panel', 'locale']).filter(
  (part) => sizes[part].brotli > LIMITS[part],
);
for (const part of tooLarge) {
  console.error(`\nToo large: ${part} is ${sizes[part].brotli} bytes brotli, ${LIMITS[part]} are allowed.`);
}
if (options.update) {
  writeFileSync(exactFile, `${JSON.stringify(sizes, null, 2)}\n`);
} else {
  const expected = existsSync(exactFile) ? JSON.parse(readFileSync(exactFile, 'utf8')) : { chunks: {} };
  const changes = compare(sizes, expected);
  for (const change of changes) console.error(`\n${change}`);
  if (changes.length) console.error('\nIs it worth it? Then: npm run size -- --update');
  if (changes.length) process.exitCode = 1;
}
if (tooLarge.length) process.exitCode = 1;
