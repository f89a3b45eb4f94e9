/**
 * The dependency rule: who may import whom.
 *
 * Every import counts: of values, of types only, dynamic, re-exports, and `import('…')` in a type. The first room that
 * holds a file is the file's room. Besides, there are no cycles, nobody imports a public door from inside, and relative
 * imports name their file with its `.ts`.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = fileURLToPath(new URL('..', import.meta.url));
const LIT = ['lit', '@lit/context'];
const { dependencies, optionalDependencies } = JSON.parse(readFileSync(path.join(root, 'server/package.json'), 'utf8'));
const serverPackages = Object.keys({ ...dependencies, ...optionalDependencies });

/**
 * `may`: files, folders (with a slash at the end) and packages; `types`: what only `import type` may name.
 *
 * @type {{ room: string, may: string[], types?: string[] }[]}
 */
const ROOMS = [
  { room: 'src/api/protocol.ts', may: [] },
  { room: 'src/api/rules.ts', may: [] },
  { room: 'src/launcher.ts', may: [] },
  { room: 'src/inbox-style.ts', may: [] },
  { room: 'src/window-colors.ts', may: [] },
  { room: 'src/device.ts', may: [] },
  { room: 'src/countries.ts', may: [] },
  {
    room: 'src/page-settings.ts',
    may: ['src/countries.ts', 'src/device.ts', 'src/window-colors.ts'],
    types: ['src/api/protocol.ts'],
  },
  { room: 'src/load-moment.ts', may: [] },
  { room: 'src/api/', may: ['src/api/', 'idb-keyval'] },
  { room: 'src/text/', may: ['src/text/'], types: ['src/api/protocol.ts'] },
  { room: 'src/context/', may: ['src/context/', '@lit/context'], types: ['src/api/', 'src/text/'] },
  { room: 'src/controllers/', may: ['src/controllers/', 'src/context/', 'src/api/', ...LIT] },
  {
    room: 'src/elements/',
    may: [
      'src/elements/',
      'src/controllers/',
      'src/context/',
      'src/api/',
      'src/text/',
      'src/launcher.ts',
      'src/countries.ts',
      'src/inbox-style.ts',
      'src/page-settings.ts',
      'src/load-moment.ts',
      ...LIT,
    ],
  },
  { room: 'src/compat/', may: ['src/compat/', 'src/elements/chat-widget.ts'], types: ['src/'] },
  { room: 'src/loader.ts', may: ['src/launcher.ts'], types: ['src/'] },
  { room: 'src/ssr.ts', may: ['src/launcher.ts', 'src/inbox-style.ts'] },
  { room: 'src/index.ts', may: ['src/elements/', 'src/controllers/', 'src/api/'] },
  { room: 'src/console.ts', may: ['src/elements/', 'src/controllers/', 'src/api/'] },
  {
    room: 'server/src/',
    may: [
      'server/src/',
      'src/api/protocol.ts',
      'src/api/rules.ts',
      'src/text/markdown.ts',
      'src/text/default-strings.ts',
      'src/text/format-bytes.ts',
      'src/text/label-keys.ts',
      'src/text/launcher-names.ts',
      'src/text/loader-words.ts',
      'src/text/locales.ts',
      'src/text/locales/',
      'src/text/phrase.ts',
      'src/inbox-style.ts',
      'src/window-colors.ts',
      'src/device.ts',
      'src/countries.ts',
      'node:',
      ...serverPackages,
    ],
    // The type of the sockets that @fastify/websocket hands out.
    types: ['ws'],
  },
  { room: 'demo/', may: ['demo/', 'chat-widget-element', ...LIT], types: ['src/index.ts', 'src/console.ts'] },
];

/** Doors to the outside. What stands behind a door must not go through it. */
const DOORS = ['src/index.ts', 'src/console.ts', 'src/loader.ts', 'src/ssr.ts'];

/** @typedef {{ from: string, to: string, typesOnly: boolean, line: number }} Import */

/** @returns {string[]} paths relative to the root, with slashes */
function sourceFiles() {
  return ['src', 'server/src', 'demo'].flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(ts|js|mjs)$/.test(name) && !/(^|[\\/])(node_modules|frameworks)[\\/]/.test(name))
      .map((name) => `${folder}/${name.replaceAll('\\', '/')}`),
  );
}

/**
 * @param {string} file
 * @returns {Import[]}
 */
function importsOf(file) {
  const source = ts.createSourceFile(file, readFileSync(path.join(root, file), 'utf8'), ts.ScriptTarget.Latest, true);
  /** @type {Import[]} */
  const found = [];
  const add = (/** @type {ts.Node | undefined} */ specifier, /** @type {boolean} */ typesOnly) => {
    if (!specifier || !ts.isStringLiteralLike(specifier)) return;
    const line = source.getLineAndCharacterOfPosition(specifier.getStart(source)).line + 1;
    const { text } = specifier;
    const to = text.startsWith('.') ? path.posix.join(path.posix.dirname(file), text) : text;
    found.push({ from: file, to, typesOnly, line });
  };
  const visit = (/** @type {ts.Node} */ node) => {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, node.importClause?.isTypeOnly ?? false);
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly);
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node.argument.literal, true);
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      add(node.arguments[0], false);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/**
 * @param {string} target
 * @param {string[]} allowed
 */
function isAmong(target, allowed) {
  return allowed.some((one) =>
    one.endsWith('/') || one.endsWith(':')
      ? target.startsWith(one)
      : target === one || (!one.endsWith('.ts') && target.startsWith(`${one}/`)),
  );
}

/**
 * @param {Import} one
 * @returns {string | undefined} what is wrong with it
 */
function faultOf({ from, to, typesOnly }) {
  const room = ROOMS.find(({ room }) => isAmong(from, [room]));
  if (!room) return 'stands in no room: add it to ROOMS in scripts/check-dependencies.mjs';
  const isLocal = to.startsWith('src/') || to.startsWith('server/') || to.startsWith('demo/');
  if (isLocal && !from.startsWith('demo/') && !existsSync(path.join(root, to)))
    return `imports ${to}, which is no file`;
  if (DOORS.includes(to) && !from.startsWith('demo/')) return `imports the public door ${to} from inside`;
  if (isAmong(to, room.may) || (typesOnly && isAmong(to, room.types ?? []))) return undefined;
  return isAmong(to, room.types ?? []) ? `may import only types of ${to}` : `must not import ${to}`;
}

/**
 * Cycles, each once, as lists of files.
 *
 * @param {Map<string, Set<string>>} graph
 */
function cyclesOf(graph) {
  /** @type {Map<string, 'open' | 'done'>} */
  const seen = new Map();
  /** @type {string[][]} */
  const cycles = [];
  const visit = (/** @type {string} */ file, /** @type {string[]} */ trail) => {
    if (seen.get(file) === 'open') cycles.push([...trail.slice(trail.indexOf(file)), file]);
    if (seen.has(file)) return;
    seen.set(file, 'open');
    for (const next of graph.get(file) ?? []) visit(next, [...trail, file]);
    seen.set(file, 'done');
  };
  for (const file of graph.keys()) visit(file, []);
  return cycles;
}

const files = sourceFiles();
const imports = files.flatMap(importsOf);
const faults = imports.flatMap((one) => {
  const fault = faultOf(one);
  return fault ? [`${one.from}:${one.line} ${fault}`] : [];
});
const graph = new Map(
  files.map((file) => [file, new Set(imports.filter(({ from }) => from === file).map(({ to }) => to))]),
);
const cycles = cyclesOf(graph).map((cycle) => `cycle: ${cycle.join(' → ')}`);

const wrong = [...faults, ...cycles];
for (const line of wrong) console.error(line);
console.log(`${files.length} files, ${imports.length} imports, ${wrong.length} against the dependency rule.`);
if (wrong.length) process.exitCode = 1;
