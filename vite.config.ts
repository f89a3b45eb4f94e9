import { createHash } from 'node:crypto';
import { pathToFileURL } from 'node:url';
import { minifyHTMLLiterals } from 'minify-literals';
import ts from 'typescript';
import { defineConfig, type Plugin } from 'vite';
import { english } from './src/text/english.ts';
import { loaderWordsIn } from './src/text/loader-words.ts';
import type { AllWords } from './src/text/locale.ts';
import { valuesOf } from './src/text/word-tables.ts';

/**
 * The files for `<script type="module">`, in `dist-cdn/`. Each door is a build of its own (`--mode loader`,
 * `--mode widget`, `--mode console`): built together they would share small chunks, and the widget would pay in requests
 * for what the console uses. scripts/build.mjs runs them all.
 */
const DOORS: Record<string, { readonly source: string; readonly file: string }> = {
  loader: { source: 'src/loader.ts', file: 'loader' },
  widget: { source: 'src/index.ts', file: 'chat-widget' },
  console: { source: 'src/console.ts', file: 'chat-console' },
};

/** Of the names of chunks, characters. */
const HASH_LENGTH = 7;

export default defineConfig(({ mode }) => {
  const door = DOORS[mode] ?? DOORS['widget'];
  return {
    plugins: [listProperties(), minifyLiterals(), dropWordKeys(), withLoaderSettings()],
    publicDir: false,
    build: {
      target: 'es2022',
      outDir: 'dist-cdn',
      emptyOutDir: false,
      reportCompressedSize: false,
      // The library mode's own `minify` keeps white space; the one below does not.
      minify: false,
      lib: { entry: { [door.file]: door.source }, formats: ['es'] },
      rolldownOptions: {
        // lit's packages do not say that an import of them does nothing by itself: without this, everybody who imports one
        // name of `lit` gets lit-html with it, and the launcher needs none.
        treeshake: {
          moduleSideEffects: [{ test: /node_modules.(?:lit|lit-html|lit-element|@lit)./, sideEffects: false }],
        },
        output: {
          // All that the door imports at once, as one file. The door itself keeps its name and only points there: all code
          // stands in files that can be cached for ever, and chunks import each other by hashed names, so that a page
          // that writes `chat-widget.js?v=2` does not get every module twice.
          // What comes next is a file each: whoever is named here brings along all that it imports and that no one above
          // has. Cut into shared pieces it would cost more requests, and more bytes.
          codeSplitting: mode !== 'loader' && {
            groups: [
              { name: door.file, tags: ['$initial'] },
              // Also for pages that say more on the tag than most, and other languages.
              { name: 'session-options', test: /src.elements.session-options\./ },
              { name: 'client', test: /src.(?:api.chat-client|elements.(?:is-known|widget-session))\./ },
              // What keeps conversations live: for whoever has one, or is about to.
              { name: 'live', test: /src.api.(?:connection|conversation-log)\./ },
              { name: 'cw-panel', test: /src.elements.(?:cw-panel|panel-stage)\./ },
              { name: 'panel-history', test: /src.elements.panel-history\./ },
              // What others use, too: one file each.
              { name: 'links', test: /src.text.links\.|src.elements.link-view\./ },
              {
                name: 'files',
                test: /src.elements.(?:message-files|file-(?:address|card|icons))|src.text.(?:file-strings|format-bytes)/,
              },
              { name: 'rich-text', test: /src.elements.rich-text\./ },
              { name: 'open-in', test: /src.(?:elements.(?:open-in|chat-window|window-talk)|api.handover)/ },
              { name: 'identification', test: /src.api.(?:identification|subject)/ },
            ],
          },
          entryFileNames: '[name].js',
          // The console's preview holds the widget, cut in its own way.
          // Six characters would be enough for 64 chunks, and there are more. Locales have hashes of their own.
          chunkFileNames: ({ name, facadeModuleId }) =>
            `chunks/${mode === 'console' ? 'console/' : ''}${name}-${localeHashes.get(facadeModuleId ?? '') ?? `[hash:${HASH_LENGTH}]`}.js`,
          comments: { legal: false, annotation: false, jsdoc: false },
          minify: { compress: { target: 'es2022' }, mangle: true, codegen: { removeWhitespace: true } },
        },
      },
    },
  };
});

/** By the path of a locale: of what it was made into. */
const localeHashes = new Map<string, string>();

/** Makes of each table of words in a locale a list of its values: the widget has the keys in its English table. */
function dropWordKeys(): Plugin {
  return {
    name: 'drop-word-keys',
    apply: 'build',
    enforce: 'pre',
    transform: {
      filter: { id: /\/src\/text\/locales\/[\w-]+\.ts$/ },
      async handler(_code, id) {
        const { default: locale } = (await import(pathToFileURL(id).href)) as { default: Partial<AllWords> };
        const parts = Object.keys(locale) as (keyof AllWords)[];
        const values = parts.map((part) => [part, valuesOf(english[part], locale[part] ?? {})]);
        const made = `export default ${JSON.stringify(Object.fromEntries(values))};`;
        localeHashes.set(id, createHash('sha256').update(made).digest('base64url').slice(0, HASH_LENGTH));
        return { code: made, map: null };
      },
    },
  };
}

/** Writes `LoaderSettings` into the first line of the loader, which the server puts those of an inbox in the place of. */
function withLoaderSettings(): Plugin {
  return {
    name: 'with-loader-settings',
    apply: 'build',
    generateBundle(_options, bundle) {
      const loader = bundle['loader.js'];
      if (loader?.type !== 'chunk') return;
      const { lang, name, failure } = loaderWordsIn('en');
      loader.code = `const CHAT=${JSON.stringify({ style: '', words: [name, failure, lang] })};\n${loader.code}`;
    },
  };
}

/** Takes the white space out of html`` and css``. */
function minifyLiterals(): Plugin {
  return {
    name: 'minify-literals',
    enforce: 'pre',
    apply: 'build',
    transform: {
      filter: { id: /\/src\/.*\.ts$/, code: /\b(html|css|svg)`/ },
      async handler(code, id) {
        const result = await minifyHTMLLiterals(code, { fileName: id });
        return { code: withPlainSheets(result?.code ?? code), map: null };
      },
    },
  };
}

/** Each css`` becomes `unsafeCSS()` of its text: compiled, what is put into it needs no checking, and no code for that. */
function withPlainSheets(code: string): string {
  // The launcher knows nothing of Lit: there it is a mere mark.
  if (!code.includes("from 'lit'")) return code.replace(/\bcss(`[^`]*`)|const css = String\.raw;/g, '$1');
  const plain = code.replace(/\bcss(`[^`]*`)/g, 'unsafeCSS($1)');
  return plain === code ? code : `import { unsafeCSS } from 'lit';\n${plain}`;
}

/**
 * The properties of a class, as source. Where there are many, most are one text of names: those that are written in
 * HTML as one would expect. They come last.
 */
function listOf(reactive: readonly { readonly name: string; readonly options: string }[]): string {
  const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  const isPlain = ({ name, options }: { readonly name: string; readonly options: string }) =>
    options === '{}' ? kebab(name) === name : options === `{ attribute: '${kebab(name)}' }`;
  const plain = reactive.length > 20 ? reactive.filter(isPlain) : [];
  const others = reactive.filter((each) => !plain.includes(each)).map(({ name, options }) => `${name}: ${options}`);
  if (!plain.length) return `{ ${others.join(', ')} }`;
  const names = plain.map(({ name }) => name).join(' ');
  const entry = "[name, { attribute: name.replace(/[A-Z]/g, (letter) => '-' + letter.toLowerCase()) }]";
  return `{ ${others.join(', ')}, ...Object.fromEntries('${names}'.split(' ').map((name) => ${entry})) }`;
}

/**
 * Makes of each `@property()` and `@state()` a line in the class's `static properties`, which Lit reads just the same: what
 * decorators are compiled to is far longer, and has to be loaded too.
 */
function listProperties(): Plugin {
  return {
    name: 'list-properties',
    enforce: 'pre',
    apply: 'build',
    transform: {
      filter: { id: /\/src\/.*\.ts$/, code: /@(?:property|state)\(/ },
      handler(code, id) {
        const source = ts.createSourceFile(id, code, ts.ScriptTarget.Latest);
        let result = '';
        let end = 0;
        const replace = (from: number, to: number, by: string) => {
          result += code.slice(end, from) + by;
          end = to;
        };
        for (const statement of source.statements) {
          if (!ts.isClassDeclaration(statement)) continue;
          const reactive = statement.members.flatMap((member) => {
            const [decorator] = (ts.canHaveDecorators(member) && ts.getDecorators(member)) || [];
            const [, kind, given] = /^@(property|state)\((.*)\)$/s.exec(decorator?.getText(source) ?? '') ?? [];
            if (!decorator || !kind || !member.name) return [];
            const options = kind === 'state' ? '{ attribute: false }' : given || '{}';
            return [{ decorator, name: member.name.getText(source), options }];
          });
          if (!reactive.length) continue;
          const body = statement.members.pos;
          replace(body, body, `static properties = ${listOf(reactive)};`);
          for (const { decorator } of reactive) replace(decorator.pos, decorator.end, '');
        }
        return { code: result + code.slice(end), map: null };
      },
    },
  };
}
