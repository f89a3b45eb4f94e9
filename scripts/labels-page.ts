/**
 * Writes docs/labels.md: every text of the widget, from the English tables and their comments. A test of the server fails
 * when the page is not up to date.
 *
 *     node scripts/run.mjs scripts/labels-page.ts
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import prettier from 'prettier';
import ts from 'typescript';
import { english } from '../src/text/english.ts';
import { TEXTS } from '../src/text/label-keys.ts';

/** Path of the page. */
export const page = fileURLToPath(new URL('../docs/labels.md', import.meta.url));

const HEAD = `# Texts of the widget

All that \`<chat-widget>\` says by itself, in English. Each text can be worded differently by its key: on a page with
\`labels\` (see [Languages](../README.md#languages)), and for a whole inbox in its [settings](settings.md#words). The page's
words go over the inbox's, and those over the widget's. Places in braces, such as \`{name}\`, are filled in.

A key that ends in \`.one\` or \`.other\` is a form of a plural: other languages have other forms (\`.few\`, \`.many\`, …), by the
[rules of CLDR](https://www.unicode.org/cldr/charts/latest/supplemental/language_plural_rules.html). What an inbox says in its
own words (greeting, notice, forms) is a setting of its own.

<!-- Written by scripts/labels-page.ts from src/text. -->
`;

/** The page as it should be. */
export async function labelsPage(): Promise<string> {
  const parts = Object.keys(english).map(sectionOf);
  return prettier.format([HEAD, ...parts].join('\n'), { ...(await prettier.resolveConfig(page)), filepath: page });
}

function sectionOf(part: string): string {
  const { about, comments } = commentsOf(part);
  const rows = [...TEXTS]
    .filter(([key]) => key.startsWith(`${part}.`))
    .map(([key, text]) => {
      const [, name = ''] = key.split('.');
      return `| \`${key}\` | ${cell(text)} | ${cell(comments.get(name) ?? '')} |`;
    });
  return [`## \`${part}\``, '', about, '', '| Key | English | |', '| --- | --- | --- |', ...rows, ''].join('\n');
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replace(/\s+/g, ' ');

/** What the interface of a part's words says of itself, and of each of them. */
function commentsOf(part: string): { readonly about: string; readonly comments: ReadonlyMap<string, string> } {
  const file = [`${part}-strings.ts`, 'strings.ts']
    .map((name) => fileURLToPath(new URL(`../src/text/${name}`, import.meta.url)))
    .find(existsSync);
  if (file === undefined) throw new Error(`The words of ${part} stand nowhere.`);
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const words = source.statements.find(
    (each): each is ts.InterfaceDeclaration => ts.isInterfaceDeclaration(each) && /Strings$/.test(each.name.text),
  );
  if (!words) throw new Error(`${file} has no interface of words.`);
  const members = words.members.map((member): [string, string] => [member.name?.getText() ?? '', commentOf(member)]);
  return { about: commentOf(words), comments: new Map(members) };
}

function commentOf(node: ts.Node): string {
  const [doc] = ts.getJSDocCommentsAndTags(node);
  return doc && ts.isJSDoc(doc) ? (ts.getTextOfJSDocComment(doc.comment) ?? '') : '';
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(page, await labelsPage());
