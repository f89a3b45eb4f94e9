/**
 * What custom-elements.json says: the public elements, as documented. scripts/manifest.mjs writes it.
 *
 * Why plugins: the analyzer takes `dispatchEvent(new FooEvent(x))` for an event called "x" and lists private fields and
 * Lit's life cycle. What is public here has a description; what has none is left out.
 */
export default {
  // Attributes that an element inherits are listed with it, if the analyzer reads where they are declared.
  globs: ['chat-widget', 'widget-acts', 'widget-facts', 'widget-properties', 'console/chat-console'].map(
    (name) => `src/elements/${name}.ts`,
  ),
  litelement: true,
  plugins: [onlyDocumented(), publishedPaths()],
};

/** @typedef {{ description?: string, privacy?: string, inheritedFrom?: unknown }} Documented */

function onlyDocumented() {
  const isPublic = (/** @type {Documented} */ item) =>
    Boolean(item.description) && (item.privacy ?? 'public') === 'public';
  return {
    name: 'only-documented',
    packageLinkPhase(/** @type {{ customElementsManifest: any }} */ { customElementsManifest }) {
      for (const module of customElementsManifest.modules) {
        module.declarations = module.declarations.filter((/** @type {any} */ { tagName }) => tagName);
        const names = module.declarations.map((/** @type {any} */ { name }) => name);
        module.exports = module.exports.filter((/** @type {any} */ one) => names.includes(one.declaration.name));
        for (const declaration of module.declarations) {
          for (const kind of ['attributes', 'members', 'events']) {
            if (!declaration[kind]) continue;
            declaration[kind] = declaration[kind].filter(isPublic);
            // Where it is declared inside is nobody's business, and no path that npm gets.
            for (const item of declaration[kind]) delete item.inheritedFrom;
          }
        }
      }
      customElementsManifest.modules = customElementsManifest.modules.filter(
        (/** @type {any} */ { declarations }) => declarations.length > 0,
      );
    },
  };
}

/** Modules are named as npm gets them, not as they are called here. */
function publishedPaths() {
  const published = (/** @type {string} */ path) => path.replace(/^\/?src\/(.*)\.ts$/, 'dist/$1.js');
  return {
    name: 'published-paths',
    packageLinkPhase(/** @type {{ customElementsManifest: any }} */ { customElementsManifest }) {
      for (const module of customElementsManifest.modules) {
        module.path = published(module.path);
        for (const one of module.exports) {
          if (one.declaration.module) one.declaration.module = published(one.declaration.module);
        }
      }
    },
  };
}
