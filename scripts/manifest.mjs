/**
 * `npm run manifest`: writes custom-elements.json from the doc comments in the source, and from it the tables of every
 * Markdown file that asks for one:
 *
 *     <!-- table: chat-widget attributes -->
 *     <!-- /table -->
 *
 * Tables: attributes, properties, methods, events, slots, parts, states, css. With `--check` it writes nothing and fails
 * where something would change.
 */
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { cli } from '@custom-elements-manifest/analyzer/cli.js';
import prettier from 'prettier';
import { editorData, elementTypes } from './element-types.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const isCheck = process.argv.includes('--check');

/** @typedef {Record<string, any>} Declaration an element of the manifest */
/** @typedef {{ heads: string[], rows(element: Declaration): string[][] }} Table */

const code = (/** @type {unknown} */ text) => (text ? `\`${String(text)}\`` : '');
const prose = (/** @type {unknown} */ text) => String(text ?? '');
const typeOf = (/** @type {any} */ item) => code(item.type?.text);

/** @type {Record<string, Table>} */
const TABLES = {
  attributes: {
    heads: ['Attribute', 'Type', 'Default', ''],
    rows: ({ attributes = [], members = [] }) =>
      attributes.map((/** @type {any} */ one) => {
        // The analyzer knows an attribute's type and default from its property.
        const field = members.find((/** @type {any} */ { name }) => name === one.fieldName) ?? one;
        return [code(one.name), typeOf(field), code(field.default), prose(one.description)];
      }),
  },
  properties: {
    heads: ['Property', 'Type', ''],
    rows: ({ members = [] }) =>
      members
        .filter(
          (/** @type {any} */ { kind, attribute, static: isStatic }) => kind === 'field' && !attribute && !isStatic,
        )
        .map((/** @type {any} */ one) => [code(one.name), typeOf(one), prose(one.description)]),
  },
  methods: {
    heads: ['Method', 'Returns', ''],
    rows: ({ members = [] }) =>
      members
        .filter((/** @type {any} */ { kind, static: isStatic }) => kind === 'method' && !isStatic)
        .map((/** @type {any} */ { name, parameters = [], return: returned, description }) => {
          const names = parameters.map((/** @type {any} */ one) => (one.optional ? `${one.name}?` : one.name));
          return [code(`${name}(${names.join(', ')})`), code(returned?.type?.text ?? 'void'), prose(description)];
        }),
  },
  events: {
    heads: ['Event', 'Type', ''],
    rows: ({ events = [] }) =>
      events.map((/** @type {any} */ one) => [code(one.name), typeOf(one), prose(one.description)]),
  },
  slots: {
    heads: ['Slot', ''],
    rows: ({ slots = [] }) =>
      slots.map((/** @type {any} */ one) => [code(one.name) || '(default)', prose(one.description)]),
  },
  parts: {
    heads: ['Part', ''],
    rows: ({ cssParts = [] }) => cssParts.map((/** @type {any} */ one) => [code(one.name), prose(one.description)]),
  },
  states: {
    heads: ['State', ''],
    rows: ({ cssStates = [] }) =>
      cssStates.map((/** @type {any} */ one) => [code(`:state(${one.name})`), prose(one.description)]),
  },
  css: {
    heads: ['Custom property', 'Default', ''],
    rows: ({ cssProperties = [] }) =>
      cssProperties.map((/** @type {any} */ one) => [code(one.name), code(one.default), prose(one.description)]),
  },
};

/** @param {Table} table @param {Declaration} element */
function renderTable({ heads, rows }, element) {
  // A bar ends a cell, a line break ends the table.
  const cell = (/** @type {string} */ text) => text.replaceAll('|', '\\|').replace(/\s*\n\s*/g, ' ');
  const line = (/** @type {string[]} */ cells) => `| ${cells.map(cell).join(' | ')} |`;
  return [line(heads), line(heads.map(() => '---')), ...rows(element).map(line)].join('\n');
}

/**
 * @param {string} markdown
 * @param {Map<string, Declaration>} elements by tag
 */
function fillTables(markdown, elements) {
  return markdown.replace(
    /(<!-- table: (\S+) (\S+) -->)[\s\S]*?(<!-- \/table -->)/g,
    (_all, start, /** @type {string} */ tag, /** @type {string} */ kind, end) => {
      const [element, table] = [elements.get(tag), TABLES[kind]];
      if (!element || !table) throw new Error(`There is no table "${tag} ${kind}".`);
      return `${start}\n\n${renderTable(table, element)}\n\n${end}`;
    },
  );
}

/**
 * @param {string} file
 * @param {string} content
 * @returns {boolean} whether the file says something else now
 */
function update(file, content) {
  let before = '';
  try {
    before = readFileSync(file, 'utf8');
  } catch {
    // A new file.
  }
  if (before === content) return false;
  if (!isCheck) writeFileSync(file, content);
  console.log(`${path.relative(root, file)} ${isCheck ? 'is not up to date: npm run manifest' : 'written'}`);
  return true;
}

/** @returns {string[]} */
function markdownFiles() {
  const docs = path.join(root, 'docs');
  const guides = existsSync(docs) ? readdirSync(docs, { recursive: true, encoding: 'utf8' }) : [];
  return [...readdirSync(root), ...guides.map((name) => path.join('docs', name))]
    .filter((name) => name.endsWith('.md'))
    .map((name) => path.join(root, name));
}

const manifest = await cli({ argv: ['analyze', '--quiet'], cwd: root, noWrite: true });
const file = path.join(root, 'custom-elements.json');
const options = (await prettier.resolveConfig(file)) ?? {};
const changed = [update(file, await prettier.format(JSON.stringify(manifest), { ...options, filepath: file }))];

/** @type {Map<string, Declaration>} */
const elements = new Map(
  manifest.modules.flatMap(({ declarations }) => declarations.map((declaration) => [declaration.tagName, declaration])),
);
for (const tag of ['chat-widget', 'chat-console'])
  if (!elements.has(tag)) throw new Error(`<${tag}> is not documented.`);
const documented = ['index', 'console'].map((module, index) => ({
  module,
  .../** @type {Declaration} */ (elements.get(['chat-widget', 'chat-console'][index] ?? '')),
}));
const { html, css } = editorData(documented);
for (const [name, content] of [
  ['types/elements.d.ts', elementTypes(documented)],
  ['types/vscode.html-custom-data.json', JSON.stringify(html)],
  ['types/vscode.css-custom-data.json', JSON.stringify(css)],
]) {
  const target = path.join(root, name ?? '');
  changed.push(update(target, await prettier.format(content ?? '', { ...options, filepath: target })));
}
for (const name of markdownFiles()) changed.push(update(name, fillTables(readFileSync(name, 'utf8'), elements)));
if (isCheck && changed.some(Boolean)) process.exitCode = 1;
