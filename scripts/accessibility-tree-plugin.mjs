/**
 * What assistive technology is given of a test's page, as readable text, and what it was when somebody last looked at it
 * and said that it is right: test/a11y/snapshots. `UPDATE_TREES=1` writes what there is now. In Chromium only: no other
 * engine here tells (https://chromedevtools.github.io/devtools-protocol/tot/Accessibility/).
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const COMMAND = 'accessibility-tree';
const FOLDER = fileURLToPath(new URL('../test/a11y/snapshots/', import.meta.url));

/** Parts of other nodes, or nothing that is told. */
const SKIPPED = new Set(['RootWebArea', 'none', 'generic', 'InlineTextBox', 'LineBreak', 'ListMarker']);
/** States worth a word; where the focus is changes with every look. */
const STATES = new Set(
  'checked pressed expanded selected disabled invalid required modal level multiline hasPopup live readonly busy'.split(
    ' ',
  ),
);

/** @typedef {import('devtools-protocol').Protocol.Accessibility.AXNode} AXNode */

/** @returns {import('@web/test-runner-core').TestRunnerPlugin<{ name: string }>} */
export function accessibilityTreePlugin() {
  return {
    name: COMMAND,
    async executeCommand({ command, payload, session }) {
      if (command !== COMMAND || !payload) return undefined;
      const browser = /** @type {any} */ (session.browser);
      const client = await browser.getPage(session.id).createCDPSession();
      const { nodes } = await client.send('Accessibility.getFullAXTree');
      await client.detach();
      const tree = written(nodes);
      const file = path.join(FOLDER, `${payload.name}.txt`);
      if (process.env.UPDATE_TREES) {
        mkdirSync(FOLDER, { recursive: true });
        writeFileSync(file, tree);
      }
      return { tree, expected: existsSync(file) ? readFileSync(file, 'utf8') : '' };
    },
  };
}

/** @param {readonly AXNode[]} nodes */
function written(nodes) {
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  /** @type {string[]} */
  const lines = [];
  /** @param {AXNode} node @param {number} depth @param {string} said by what is around it */
  const write = (node, depth, said) => {
    const role = String(node.role?.value ?? '');
    const name = timeless(String(node.name?.value ?? ''));
    // A text that is the whole name of what it stands in is said once.
    const isTold = !node.ignored && !SKIPPED.has(role) && !(role === 'StaticText' && name === said);
    if (isTold)
      lines.push(
        `${'  '.repeat(depth)}${[role, name && JSON.stringify(name), ...told(node)].filter(Boolean).join(' ')}`,
      );
    const before = lines.length;
    for (const id of node.childIds ?? []) {
      const child = byId.get(id);
      if (child) write(child, depth + (isTold ? 1 : 0), isTold ? name : said);
    }
    // A live region that says nothing is there for later, or not yet.
    if (isTold && role === 'status' && !name && lines.length === before) lines.pop();
  };
  if (nodes[0]) write(nodes[0], 0, '');
  return `${lines.join('\n')}\n`;
}

/** @param {AXNode} node */
function told({ properties = [], description, value }) {
  const states = properties
    .filter(({ name, value: { value: is } }) => STATES.has(name) && is !== false && is !== 'false' && is !== 'off')
    .map(({ name, value: { value: is } }) => (is === true ? name : `${name}=${is}`));
  const words = timeless(String(description?.value ?? ''));
  return [
    value?.value ? `value=${JSON.stringify(timeless(String(value.value)))}` : '',
    words && `(${words})`,
    ...states,
  ];
}

/** Dates and times are those of the test. @param {string} words */
function timeless(words) {
  return words
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/\d{1,2}:\d\d(:\d\d)?( ?[AP]M)?/g, '9:41')
    .replace(/[A-Z][a-z]+ \d{1,2}, 20\d\d/g, 'May 4, 2026')
    .replace(/(visitor) [0-9a-f]{4}\b/g, '$1 abcd')
    .replace(/localhost:\d+\S*/g, 'localhost');
}
