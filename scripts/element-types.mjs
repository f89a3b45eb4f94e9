/**
 * What editors and frameworks know of our elements, from the manifest: `types/elements.d.ts`, of which the typings of each
 * framework are made (`types/react.d.ts` and so on), and the data of VS Code.
 *
 * @typedef {Record<string, any>} Declaration an element of the manifest
 */

/** @param {string | undefined} text @param {string} indent */
const comment = (text, indent) =>
  text ? `${indent}/** ${text.replaceAll('*/', '* /').replace(/\s*\n\s*/g, ' ')} */\n` : '';

const firstParagraph = (/** @type {string} */ text) => text.split(/\n\s*\n/)[0] ?? '';

/** What can be set, each name with the class's property that has its type. @param {Declaration} element */
function settable({ attributes = [], members = [] }) {
  const named = attributes.map((/** @type {any} */ one) => ({ ...one, property: one.fieldName ?? one.name }));
  const fields = members
    .filter((/** @type {any} */ one) => one.kind === 'field' && !one.readonly && !one.static)
    .map((/** @type {any} */ one) => ({ ...one, property: one.name }));
  const names = new Set(named.map((/** @type {any} */ { name }) => name));
  return [...named, ...fields.filter((/** @type {any} */ { name }) => !names.has(name))];
}

/** @param {readonly (Declaration & { module: string })[]} elements @returns {string} TypeScript, not formatted */
export function elementTypes(elements) {
  const imports = new Map(elements.map(({ module, name }) => [module, new Set([name])]));
  const parts = elements.map(({ module, name, events = [], ...element }) => {
    for (const { type } of events) imports.get(module)?.add(type.text);
    const key = (/** @type {string} */ text) => (/^\w+$/.test(text) ? text : `'${text}'`);
    const props = settable(element).map(
      (one) => `${comment(one.description, '  ')}  ${key(one.name)}?: ${name}['${one.property}'] | undefined;\n`,
    );
    const heard = events.map(
      (/** @type {any} */ one) => `${comment(one.description, '  ')}  ${key(one.name)}: ${one.type.text};\n`,
    );
    return `${comment(`What can be set on \`<${element.tagName}>\`: its attributes, and its properties.`, '')}export interface ${name}Props {
${props.join('')}}

${comment(`What \`<${element.tagName}>\` fires.`, '')}export interface ${name}Events {
${heard.join('')}}
`;
  });
  const tags = elements.map(
    ({ tagName, name, description }) =>
      `${comment(firstParagraph(description ?? ''), '  ')}  '${tagName}': { element: ${name}; props: ${name}Props; events: ${name}Events };\n`,
  );
  const lines = [...imports].map(
    ([module, names]) => `import type { ${[...names].sort().join(', ')} } from '../dist/${module}.js';`,
  );
  return `// Written by \`npm run manifest\` from the doc comments of the elements.
${lines.join('\n')}

${parts.join('\n')}
/** Our elements by their tags, for the typings of each framework. */
export interface ChatElements {
${tags.join('')}}
`;
}

/**
 * Custom data of VS Code: completion and help for the tags and `--chat-*` (code.visualstudio.com, "Custom Data").
 *
 * @param {readonly Declaration[]} elements
 */
export function editorData(elements) {
  const html = {
    version: 1.1,
    tags: elements.map(({ tagName, description, attributes = [] }) => ({
      name: tagName,
      description: { kind: 'markdown', value: description },
      attributes: attributes.map((/** @type {any} */ one) => ({
        name: one.name,
        description: one.description,
        ...(one.type?.text === 'boolean' && { valueSet: 'v' }),
        ...valuesOf(one.type?.text),
      })),
    })),
  };
  const css = {
    version: 1.1,
    properties: unique(elements.flatMap(({ cssProperties = [] }) => cssProperties)),
    pseudoElements: unique(
      elements.flatMap(({ cssParts = [] }) =>
        cssParts.map((/** @type {any} */ one) => ({ ...one, name: `::part(${one.name})` })),
      ),
    ),
  };
  return { html, css };
}

/** @param {string | undefined} type such as `'lazy' | 'auto'` */
function valuesOf(type) {
  const values = type?.match(/'[^']+'/g)?.map((value) => ({ name: value.slice(1, -1) }));
  return values && { values };
}

/** @param {any[]} items */
function unique(items) {
  return [...new Map(items.map(({ name, description }) => [name, { name, description }])).values()];
}
