/** All 27 translations, beside the English that they stand for. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { english } from '../../../src/text/english.ts';
import { launcherNames, localeOf } from '../../../src/text/launcher-names.ts';
import { locales } from '../../../src/text/locales.ts';
import { tableOf, valuesOf, withLabels } from '../../../src/text/word-tables.ts';

type Node = string | readonly Node[] | { readonly [key: string]: Node };

const places = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([place]) => place).sort();
const isPlural = (node: Node): node is Readonly<Record<string, string>> => typeof node === 'object' && 'other' in node;

/** What is wrong with a translation, in words. */
function faults(path: string, original: Node, translated: Node, categories: readonly string[]): string[] {
  if (typeof original === 'string') {
    if (typeof translated !== 'string' || !translated.trim()) return [`${path} is empty.`];
    const [wanted, found] = [places(original), places(translated)];
    return wanted.join() === found.join() ? [] : [`${path} has ${found.join()} in the place of ${wanted.join()}.`];
  }
  if (isPlural(original)) {
    const forms = translated as Readonly<Record<string, string>>;
    const missing = categories
      .filter((category) => !(category in forms))
      .map((each) => `${path} has no form "${each}".`);
    const known = Object.keys(forms).filter((form) => !categories.includes(form));
    // A form for one thing alone may do without its number.
    const broken = Object.entries(forms).filter(
      ([form, text]) => places(text).join() !== '{count}' && !['zero', 'one', 'two'].includes(form),
    );
    return [
      ...missing,
      ...known.map((form) => `${path}.${form} is no form of this language.`),
      ...broken.map(([form]) => `${path}.${form} does not say how many.`),
    ];
  }
  const [keys, others] = [Object.keys(original), Object.keys(translated as object)];
  if (keys.sort().join() !== others.sort().join())
    return [`${path} has ${others.join()} in the place of ${keys.join()}.`];
  const [from, to] = [original, translated] as Readonly<Record<string, Node>>[];
  return keys.flatMap((key) => faults(`${path}.${key}`, from[key], to[key], categories));
}

const textsOf = (node: Node): string[] => (typeof node === 'string' ? [node] : Object.values(node).flatMap(textsOf));

describe('the words of each language', () => {
  it('are there in 27 languages beside English', () => {
    assert.deepEqual(
      Object.keys(locales).sort().join(' '),
      'ar cs da de es fa fi fr he hi id it ja ko nl no pl pt-BR ro ru sv th tr uk vi zh-CN zh-TW',
    );
  });

  for (const [name, [load, loadMore]] of Object.entries(locales)) {
    it(`are whole in ${name}: the same places as in English, every plural that the language has`, async () => {
      const tables = { ...(await load()).default, ...(await loadMore()).default };
      const categories = new Intl.PluralRules(name).resolvedOptions().pluralCategories;
      assert.equal(launcherNames[name as keyof typeof launcherNames], tables.launcher.openChat);
      // Typewriters' quotes and dots, and spaces that nobody meant.
      const slips = textsOf(tables as unknown as Node).filter((text) => /["'`]|\.\.|\s{2}|^\s|\s$/.test(text));
      assert.deepEqual(slips, []);
      assert.deepEqual(faults(name, english as unknown as Node, tables as unknown as Node, categories), []);
      // What travels without its keys gets them back.
      for (const [part, table] of Object.entries(english)) {
        const translated = tables[part as keyof typeof tables];
        const values = JSON.parse(JSON.stringify(valuesOf(table as object, translated))) as object;
        assert.deepEqual(tableOf(table as object, values), translated);
        assert.equal(tableOf(table as object, translated), translated);
      }
    });
  }
});

describe('the locale of a language', () => {
  const expected = {
    en: 'en',
    'en-GB': 'en',
    'de-AT': 'de',
    pt: 'pt-BR',
    'pt-PT': 'pt-BR',
    zh: 'zh-CN',
    'zh-Hans': 'zh-CN',
    'zh-SG': 'zh-CN',
    'zh-Hant': 'zh-TW',
    'zh-HK': 'zh-TW',
    'zh-TW': 'zh-TW',
    nb: 'no',
    nn: 'no',
    no: 'no',
    'fa-AF': 'fa',
    'zh-Hant-HK': 'zh-TW',
    'zh-MO': 'zh-TW',
    'es-419': 'es',
    'sr-Latn': undefined,
    hu: undefined,
    und: 'en',
  };
  for (const [lang, name] of Object.entries(expected)) {
    it(`of ${lang} is ${name ?? 'none'}`, () => assert.equal(localeOf(lang), name));
  }
});

describe('a page’s own words', () => {
  it('take the place of texts, of forms and of members of a list, and of nothing else', () => {
    const unknown: string[] = [];
    const say = (path: string) => void unknown.push(path);
    const thread = withLabels('thread', english.thread, { 'thread.sent': 'Delivered', 'panel.send': 'Off' }, say);
    assert.deepEqual(thread, { ...english.thread, sent: 'Delivered' });
    const panel = withLabels('panel', english.panel, { 'panel.charactersLeft.one': 'One left' }, say);
    assert.deepEqual(panel.charactersLeft, { one: 'One left', other: '{count} characters left' });
    assert.equal(english.panel.charactersLeft.one, '{count} character left');
    const closed = withLabels('closed', english.closed, { 'closed.scores.4': 'Best' }, say);
    assert.deepEqual(closed.scores, ['Bad', 'Not so good', 'Okay', 'Good', 'Best']);
    assert.deepEqual(unknown, []);
    const bad = {
      'thread.nothing': 'x',
      thread: 'x',
      'thread.sent': 5,
      'thread.__proto__.x': 'x',
      'thread.constructor': 'x',
    };
    assert.deepEqual(withLabels('thread', english.thread, bad, say), english.thread);
    assert.deepEqual(unknown, Object.keys(bad));
  });
});
