/** Which files of `dist-cdn/` a page loads, and when. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/** @typedef {{ now: string[], later: string[] }} Imports what a module imports at once, and what by `import()` */

/**
 * @param {string} file
 * @returns {Imports}
 */
function importsOf(file) {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest);
  /** @type {Imports} */
  const imports = { now: [], later: [] };
  const add = (/** @type {string[]} */ list, /** @type {ts.Node | undefined} */ specifier) => {
    if (!specifier || !ts.isStringLiteralLike(specifier)) throw new Error(`${file} imports what only run time knows.`);
    list.push(path.resolve(path.dirname(file), specifier.text));
  };
  const visit = (/** @type {ts.Node} */ node) => {
    if (ts.isImportDeclaration(node) || (ts.isExportDeclaration(node) && node.moduleSpecifier)) {
      add(imports.now, node.moduleSpecifier);
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      add(imports.later, node.arguments[0]);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return imports;
}

/**
 * Every file that is loaded with these, themselves included.
 *
 * @param {Iterable<string>} entries
 * @returns {Set<string>}
 */
function staticClosure(entries) {
  const files = new Set(entries);
  for (const file of files) for (const next of importsOf(file).now) files.add(next);
  return files;
}

/** What a new visitor's panel loads beyond the launcher, where the page asks for nothing special: names of chunks. */
const PANEL = ['client', 'cw-panel'];

/** What a conversation without anything special loads beyond that. What comes once it stands there is not among it. */
const CONVERSATION = ['live', 'panel-history'];

/**
 * What a page that imports `chat-widget.js` loads, by how far a visitor has got: the `launcher` shows, a new visitor has
 * opened the `panel`, one who came back has opened it with a plain `conversation`. An end-to-end test holds that browsers
 * ask for exactly these.
 *
 * @param {string} cdn the folder of the bundles
 */
export function filesByStage(cdn) {
  const launcher = staticClosure([path.join(cdn, 'chat-widget.js')]);
  const panel = withLater(launcher, PANEL);
  const conversation = withLater(panel, CONVERSATION);
  return { launcher, panel, conversation };
}

/**
 * These files, with those of the chunks that they import by `import()` which have one of these names.
 *
 * @param {Set<string>} files
 * @param {readonly string[]} names
 */
function withLater(files, names) {
  const later = new Set([...files].flatMap((file) => importsOf(file).later));
  const chunks = names.map((name) => {
    const chunk = [...later].find((file) => path.basename(file).startsWith(`${name}-`));
    if (!chunk) throw new Error(`There is no chunk ${name}.`);
    return chunk;
  });
  return staticClosure([...files, ...chunks]);
}
