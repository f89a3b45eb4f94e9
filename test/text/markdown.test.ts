import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import {
  parseMarkdown,
  plainText,
  safeUrl,
  type BlockNode,
  type InlineNode,
  type LinkNode,
} from '../../src/text/markdown.ts';
import { parseLinks } from '../../src/text/links.ts';
import { countWork } from './work.ts';

type Node = BlockNode | InlineNode;

/** Every node of a tree, those within others too. */
function nodesOf(nodes: readonly Node[]): readonly Node[] {
  return nodes.flatMap((node) => {
    if (node.type === 'list') return [node, ...node.items.flatMap(nodesOf)];
    return [node, ...('children' in node ? nodesOf(node.children) : [])];
  });
}

const links = (text: string): LinkNode[] => nodesOf(parseMarkdown(text)).filter((node) => node.type === 'link');

/** A tree in one line, such as `strong(bold)`, to compare with. */
function outline(text: string): string {
  const say = (node: Node): string => {
    if (node.type === 'text') return node.text;
    if (node.type === 'list') {
      return `list${node.start ?? ''}(${node.items.map((item) => item.map(say).join('+')).join('|')})`;
    }
    if (node.type === 'paragraph') return node.children.map(say).join('');
    return `${node.type}(${'children' in node ? node.children.map(say).join('') : node.text})`;
  };
  return parseMarkdown(text).map(say).join(' / ');
}

describe('parseMarkdown', () => {
  it('loses no character of what was written', () => {
    for (const text of ['', 'hello', 'a\n\n b ', 'see https://a.example/(x). <b>bold</b> & more', 'me@shop.example!']) {
      expect(plainText(parseMarkdown(text))).to.equal(text);
    }
  });

  it('makes links of addresses as people write them', () => {
    const cases: [text: string, url: string, linked: string][] = [
      ['go to https://a.example/b?c=d#e now', 'https://a.example/b?c=d#e', 'https://a.example/b?c=d#e'],
      ['HTTP://A.EXAMPLE', 'http://a.example/', 'HTTP://A.EXAMPLE'],
      ['www.a.example/x', 'https://www.a.example/x', 'www.a.example/x'],
      ['write to first.last+tag@shop.example.', 'mailto:first.last+tag@shop.example', 'first.last+tag@shop.example'],
      ['mailto:me@shop.example', 'mailto:me@shop.example', 'mailto:me@shop.example'],
      ['tel:+49-30-1234', 'tel:+49-30-1234', 'tel:+49-30-1234'],
    ];
    for (const [text, url, linked] of cases) {
      expect(links(text), text).to.deep.equal([{ type: 'link', url, text: linked }]);
    }
  });

  it('leaves the punctuation of the sentence out of the link', () => {
    const cases: [text: string, linked: string][] = [
      ['https://a.example.', 'https://a.example'],
      ['(https://a.example)', 'https://a.example'],
      ['https://a.example/x_(y)', 'https://a.example/x_(y)'],
      ['(see https://a.example/x_(y)).', 'https://a.example/x_(y)'],
      ['"https://a.example"', 'https://a.example'],
      ['https://a.example?!', 'https://a.example'],
    ];
    for (const [text, linked] of cases) expect(links(text)[0]?.text, text).to.equal(linked);
  });

  it('makes no link of anything else [hostile 55]', () => {
    const texts = [
      'javascript:alert(1)',
      'JaVaScRiPt://x.example/%0aalert(1)',
      'data:text/html,<script>alert(1)</script>',
      'vbscript:x',
      'file:///etc/passwd',
      'http://',
      'https://%',
      'www.',
      'a@b',
      'xhttps://a.example',
      'blob:https://a.example/x',
    ];
    for (const text of texts) {
      for (const { url } of links(text)) expect(url, text).to.match(/^(https?|mailto|tel):/);
    }
    expect(links('javascript:alert(1) http:// www. a@b xhttps://a.example https://%')).to.deep.equal([]);
  });

  it('names the real host when the text suggests another', () => {
    expect(links('https://bank.example@evil.example/x')[0]?.host).to.equal('evil.example');
    expect(links('https://аpple.example')[0]?.host).to.match(/^xn--/);
    expect(links('https://a.example')[0]).to.not.have.property('host');
  });

  it('ends a link where a text changes its direction', () => {
    expect(links('https://a.example/\u202egpj.exe')[0]?.text).to.equal('https://a.example/');
  });

  it('knows bold, italic and code', () => {
    const cases: [text: string, tree: string][] = [
      ['**bold** and __bold__', 'strong(bold) and strong(bold)'],
      ['*italic* and _italic_', 'emphasis(italic) and emphasis(italic)'],
      ['***both*** **b *i* b**', 'strong(emphasis(both)) strong(b emphasis(i) b)'],
      ['これは**太字**です', 'これはstrong(太字)です'],
      ['`a * b` `` a`b `` ` c`', 'code(a * b) code(a`b) code( c)'],
      ['**https://a.example/x_y_z**', 'strong(link(https://a.example/x_y_z))'],
      ['\\*as it stands\\* \\[a](b)', '*as it stands* [a](b)'],
    ];
    for (const [text, tree] of cases) expect(outline(text), text).to.equal(tree);
  });

  it('leaves alone what only looks like a mark', () => {
    const texts = [
      'snake_case_name',
      '2*3*4 and 2 * 3 * 4',
      '**',
      '****',
      '**un',
      '*a\nb*',
      '`a',
      '-5',
      '#1',
      'a > b',
      '[a]',
      '[a](b',
    ];
    for (const text of texts) expect(outline(text), text).to.equal(text);
  });

  it('knows code blocks, quotes and lists, and lists within lists', () => {
    const cases: [text: string, tree: string][] = [
      ['see\n```js\na *b*\n\n  c\n```\nend', 'see / code-block(a *b*\n\n  c) / end'],
      ['```\nnever closed', 'code-block(never closed)'],
      ['> one\n> two\n\nthree', 'quote(one\ntwo) / three'],
      ['> > deep', 'quote(quote(deep))'],
      ['- a\n- b\n  - c\n- d', 'list(a|b+list(c)|d)'],
      ['3. three\n4. four', 'list3(three|four)'],
      ['- a\n\n- b\n1. c', 'list(a|b) / list1(c)'],
      ['Hi,\n* **a**\nbye', 'Hi, / list(strong(a)) / bye'],
    ];
    for (const [text, tree] of cases) expect(outline(text), text).to.equal(tree);
  });

  it('makes links that have words of their own, and says where they lead', () => {
    expect(links('[our shop](https://shop.example/bags)')).to.deep.equal([
      { type: 'link', url: 'https://shop.example/bags', text: 'our shop', host: 'shop.example' },
    ]);
    expect(links('[shop.example](https://shop.example/bags)')[0]).to.not.have.property('host');
    expect(links('[https://bank.example](https://evil.example)')[0]?.host).to.equal('evil.example');
    expect(links('[call us](tel:+49301234)')[0]?.host).to.equal('+49301234');
    expect(links('[write](me@shop.example)')[0]).to.include({ url: 'mailto:me@shop.example', host: 'me@shop.example' });
    expect(links('[x](https://a.example/y_(z))')[0]?.url).to.equal('https://a.example/y_(z)');
    for (const target of [
      'javascript:alert(1)',
      'JAVASCRIPT:alert(1)',
      '&#106;avascript:alert(1)',
      'data:text/html,x',
      '/x',
      '//x',
      '#x',
    ]) {
      expect(outline(`[x](${target})`), target).to.equal(`[x](${target})`);
    }
  });

  it('is plain text again for mails and notifications', () => {
    expect(plainText(parseMarkdown('**Hi** _you_\n\n> said\n\n1. `a`\n2. [b](https://b.example)\n   - c'))).to.equal(
      'Hi you\n> said\n1. a\n2. b (https://b.example/)\n   - c',
    );
  });

  const marks = fc.constantFrom(
    '*',
    '**',
    '_',
    '`',
    '```',
    '[',
    '](',
    ')',
    '>',
    '- ',
    '1. ',
    '\n',
    ' ',
    '\\',
    'https://',
    'a@b.c',
    'javascript:',
  );
  const marked = fc
    .array(fc.oneof(marks, fc.string({ unit: 'grapheme', maxLength: 8 })))
    .map((parts) => parts.join(''));

  it('keeps every word, whatever the marks', () => {
    const word = fc.string({ unit: fc.constantFrom(...'abcxyzäß0189'), minLength: 1, maxLength: 6 });
    const text = fc.array(fc.tuple(marks, word)).map((parts) => parts.flat());
    fc.assert(
      fc.property(text, (parts) => {
        const told = plainText(parseMarkdown(parts.join('')));
        // Of a code block its first line names the language; where a link leads stands behind its words.
        const words =
          parts
            .join('')
            .replace(/^ {0,3}```.*$/gm, '')
            .match(/[a-zäß0-9]+/g) ?? [];
        for (const each of words) if (/^[a-zäß]/.test(each)) expect(told).to.include(each);
      }),
      { numRuns: 500 },
    );
  });

  it('never makes a link of anything but http, https, mailto and tel [hostile 55]', () => {
    fc.assert(
      fc.property(marked, (text) => {
        for (const { url } of links(text)) expect(url).to.match(/^(?:https?|mailto|tel):/);
      }),
      { numRuns: 500 },
    );
  });

  it('finds the same links where nothing else is looked for', () => {
    const text = 'go to https://a.example/b, www.c.example or me@d.example.';
    expect(parseLinks(text).filter((node) => node.type === 'link')).to.deep.equal(links(text));
  });

  it('works in proportion to the text, whatever the text is', () => {
    const units = [
      ...[
        'a@',
        '.',
        'a.',
        'http://%',
        'www.a ',
        ')',
        'https://a((',
        'a@b.',
        'mailto:a',
        'www.www.',
        '+',
        'a',
        ' ',
        '\n',
      ],
      ...[
        '*',
        '_',
        '[',
        '`',
        '>',
        '> ',
        '- ',
        '1. ',
        '\\',
        '**a ',
        '*a _b ',
        '***a',
        '`a``',
        '`x',
        '` ',
        '[[a]]',
        '[](',
      ],
      ...[
        '[a](',
        '[a](x',
        '[a](x(b)',
        '- a\n',
        '  - a\n',
        '>\n',
        '> - ',
        '```\n',
        '```a\n',
        '\n\n a',
        '[a',
        '](',
        '*a*_b_',
      ],
    ];
    for (const unit of units) {
      const work = (length: number) => countWork(() => parseMarkdown(unit.repeat(length / unit.length)));
      const [half, whole] = [work(32_768), work(65_536)];
      expect(whole, `${unit}: for each character`).to.be.lessThan(65_536 * 60);
      expect(whole, `${unit}: twice as long`).to.be.lessThan(half * 2.2 + 1_000);
    }
  });
});

describe('safeUrl', () => {
  it('judges by the protocol that the browser would use', () => {
    for (const url of ['java\nscript:alert(1)', ' javascript:alert(1)', '\u0001javascript:alert(1)', '/relative', '']) {
      expect(safeUrl(url), url).to.equal(null);
    }
    expect(safeUrl('https://a.example')?.href).to.equal('https://a.example/');
  });
});
