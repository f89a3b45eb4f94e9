/**
 * A message's text as a tree: light markdown. Pure, and linear in the length of the text: each character is looked at a
 * bounded number of times, whatever a hostile sender writes. The browser turns the tree into Lit templates, the server
 * into plain text; neither ever sees markup.
 *
 * What it knows, after CommonMark 0.31: `**bold**`, `__bold__`, `*italic*`, `_italic_`, `` `code` ``, fenced code, `>`
 * quotes, `-`, `*`, `•` and `1.` lists, `[text](url)`, links that stand there as themselves, and `\` before a mark. Spans
 * end with their line. What begins and never ends is text, and no word is ever lost.
 */
import { parseLines, type InlineNode } from './markdown-lines.ts';

export { safeUrl, type LinkNode, type TextNode } from './links.ts';
export type { CodeNode, InlineNode, SpanNode } from './markdown-lines.ts';

/** Lines of text, with the empty ones between them. */
export interface ParagraphNode {
  readonly type: 'paragraph';
  readonly children: readonly InlineNode[];
}

export interface CodeBlockNode {
  readonly type: 'code-block';
  readonly text: string;
}

export interface QuoteNode {
  readonly type: 'quote';
  readonly children: readonly BlockNode[];
}

export interface ListNode {
  readonly type: 'list';
  /** Number of the first item; absent from lists without numbers. */
  readonly start?: number;
  readonly items: readonly (readonly BlockNode[])[];
}

export type BlockNode = ParagraphNode | CodeBlockNode | QuoteNode | ListNode;

/** Quotes and lists within each other; what lies deeper is text. Each level is one more look at what it holds. */
const DEEPEST = 3;
const FENCE = /^ {0,3}(`{3,}|~{3,})[^`]*$/;
const QUOTE = /^ {0,3}> ?/;
const ITEM = /^ {0,3}(?:[-*•]|(\d{1,9})([.)])) {1,4}(?=\S)/;
const INDENTED = /^ {2,}(?=\S)/;

/** Reads a message. An empty text is an empty list. */
export function parseMarkdown(text: string): readonly BlockNode[] {
  return text ? new BlockReader(text.split(/\r\n?|\n/), 0).read() : [];
}

/** The tree as plain text: for a list's last words, notifications, mails. Behind other words stands where a link leads. */
export function plainText(blocks: readonly BlockNode[]): string {
  return blocks.map(plainBlock).join('\n');
}

function plainBlock(block: BlockNode): string {
  if (block.type === 'code-block') return block.text;
  if (block.type === 'paragraph') return plainInline(block.children);
  if (block.type === 'quote') return plainText(block.children).replace(/^/gm, '> ');
  const { start, items } = block;
  return items
    .map((item, i) => {
      const mark = start === undefined ? '- ' : `${start + i}. `;
      return mark + plainText(item).replaceAll('\n', `\n${' '.repeat(mark.length)}`);
    })
    .join('\n');
}

function plainInline(nodes: readonly InlineNode[]): string {
  return nodes
    .map((node) => {
      if ('children' in node) return plainInline(node.children);
      return node.type === 'link' && node.host ? `${node.text} (${node.url})` : node.text;
    })
    .join('');
}

/** Reads lines into blocks, from the first to the last. */
class BlockReader {
  readonly #lines: readonly string[];
  readonly #depth: number;
  readonly #blocks: BlockNode[] = [];
  /** Lines before this one that are no block of another kind. */
  #plain: string[] = [];
  #at = 0;

  constructor(lines: readonly string[], depth: number) {
    this.#lines = lines;
    this.#depth = depth;
  }

  read(): readonly BlockNode[] {
    const isDeep = this.#depth === DEEPEST;
    for (let line; (line = this.#lines[this.#at]) !== undefined;) {
      const fence = FENCE.exec(line)?.[1];
      if (fence) this.#add(this.#takeCode(fence));
      else if (!isDeep && QUOTE.test(line)) this.#add({ type: 'quote', children: this.#takeQuote() });
      else if (!isDeep && ITEM.test(line)) this.#add(this.#takeList(line));
      else {
        this.#plain.push(line);
        this.#at++;
      }
    }
    this.#add();
    return this.#blocks;
  }

  #add(block?: BlockNode): void {
    // Between blocks there is a distance anyway; of empty lines within a text each is its own.
    const from = this.#blocks.length ? this.#plain.findIndex(isFilled) : 0;
    const to = block ? this.#plain.findLastIndex(isFilled) + 1 : this.#plain.length;
    if (from >= 0 && to > from) {
      this.#blocks.push({ type: 'paragraph', children: parseLines(this.#plain.slice(from, to)) });
    }
    if (block) this.#blocks.push(block);
    this.#plain = [];
  }

  /** Takes the lines from here up to the first that does not belong. */
  #take(belongs: (line: string, next: string | undefined) => boolean): string[] {
    const from = this.#at;
    for (let line; (line = this.#lines[this.#at]) !== undefined && belongs(line, this.#lines[this.#at + 1]);)
      this.#at++;
    return this.#lines.slice(from, this.#at);
  }

  #takeCode(fence: string): CodeBlockNode {
    this.#at++;
    const isEnd = (line: string) => line.trim().startsWith(fence) && /^(?:`+|~+)$/.test(line.trim());
    const text = this.#take((line) => !isEnd(line)).join('\n');
    this.#at++;
    return { type: 'code-block', text };
  }

  #takeQuote(): readonly BlockNode[] {
    const lines = this.#take((line) => QUOTE.test(line)).map((line) => line.replace(QUOTE, ''));
    return new BlockReader(lines, this.#depth + 1).read();
  }

  #takeList(first: string): ListNode {
    const kind = kindOf(first);
    const items: (readonly BlockNode[])[] = [];
    while (kindOf(this.#lines[this.#at]) === kind) {
      const line = this.#lines[this.#at++] ?? '';
      const width = ITEM.exec(line)![0].length;
      // What is indented below belongs to the item, and so does an empty line before it.
      const below = this.#take((each, next) => INDENTED.test(each) || (!isFilled(each) && INDENTED.test(next ?? '')));
      const inner = below.map((each) => each.slice(Math.min(width, each.search(/\S|$/))));
      items.push(new BlockReader([line.slice(width), ...inner], this.#depth + 1).read());
      // An empty line between two items is no end of the list.
      if (this.#lines[this.#at]?.trim() === '' && kindOf(this.#lines[this.#at + 1]) === kind) this.#at++;
    }
    const number = ITEM.exec(first)?.[1];
    return number === undefined ? { type: 'list', items } : { type: 'list', start: Number(number), items };
  }
}

const isFilled = (line: string): boolean => line.trim() !== '';

/** What sort of list an item is of; undefined: it is none. */
function kindOf(line: string | undefined): string | undefined {
  const item = ITEM.exec(line ?? '');
  return item ? (item[2] ?? item[0].trim()) : undefined;
}
