/** What stands within the lines of a message: spans, code and links. Part of markdown.ts, which says what it knows. */
import { findLink, toLink, type LinkNode, type TextNode } from './links.ts';

/** `code`: words as they stand there. */
export interface CodeNode {
  readonly type: 'code';
  readonly text: string;
}

export interface SpanNode {
  readonly type: 'strong' | 'emphasis';
  readonly children: readonly InlineNode[];
}

export type InlineNode = TextNode | LinkNode | CodeNode | SpanNode;

/** Marks within a line. */
const MARK = /[\\`*_[]/g;
const RUN = /\*+|_+/y;
const TICKS = /`+/y;
/** Bounded, so that many that never end cost no more than their length. A target may hold one pair of brackets. */
const LINK = /\[([^[\]\n]{1,500})\]\(([^\s()<>]{1,2048}(?:\([^\s()<>]{0,200}\)[^\s()<>]{0,200})?)\)/y;

/** Reads lines, each for itself: a span ends with its line. */
export function parseLines(lines: readonly string[]): readonly InlineNode[] {
  const line = new LineReader();
  lines.forEach((each, i) => {
    if (i) line.write('\n');
    line.read(each);
  });
  return line.nodes;
}

/** A span that is open: what is in it so far, and the mark that it began with. */
interface OpenSpan {
  readonly mark: string;
  readonly nodes: InlineNode[];
}

/**
 * Reads lines one after the other into one list of nodes. Of each of the four marks one span can be open at a time, so
 * that a node moves up four times at most.
 */
class LineReader {
  readonly nodes: InlineNode[] = [];
  #open: OpenSpan[] = [];

  write(text: string): void {
    const nodes = this.#open.at(-1)?.nodes ?? this.nodes;
    const last = nodes.at(-1);
    if (last?.type === 'text') nodes[nodes.length - 1] = { type: 'text', text: last.text + text };
    else if (text) nodes.push({ type: 'text', text });
  }

  read(line: string): void {
    const ticks = ticksOf(line);
    let link = findLink(line, 0);
    let mark = nextMark(line, 0);
    let at = 0;
    // What comes next is only looked for again when it was passed: each character is searched once.
    while (at < line.length) {
      if (link && link.start < at) link = findLink(line, at);
      if (mark < at) mark = nextMark(line, at);
      if (link && link.start <= mark) {
        this.write(line.slice(at, link.start));
        this.#put(link.node);
        at = link.end;
      } else {
        this.write(line.slice(at, mark));
        at = mark < line.length ? this.#takeMark(line, mark, ticks) : mark;
      }
    }
    while (this.#open.length) this.#giveUp();
  }

  /** Takes the mark at this place, or its first character as text. Returns the place behind it. */
  #takeMark(line: string, at: number, ticks: ReadonlyMap<number, number>): number {
    const character = line[at];
    if (character === '`') {
      const end = ticks.get(at) ?? at;
      TICKS.lastIndex = at;
      const { length } = TICKS.exec(line)![0];
      if (end === at) {
        this.write(line.slice(at, at + length));
        return at + length;
      }
      this.#put({ type: 'code', text: withoutPadding(line.slice(at + length, end)) });
      return end + length;
    }
    if (character === '[') {
      LINK.lastIndex = at;
      const [all = '', text = '', target = ''] = LINK.exec(line) ?? [];
      const node = all ? toLink(target, text) : null;
      if (node) {
        this.#put(node);
        return at + all.length;
      }
    } else if (character === '\\') {
      const next = line[at + 1] ?? '';
      if (next && '\\`*_[]()>-.'.includes(next)) {
        this.write(next);
        return at + 2;
      }
    } else {
      RUN.lastIndex = at;
      const run = RUN.exec(line)![0];
      this.#takeRun(run, line[at - 1] ?? ' ', line[at + run.length] ?? ' ');
      return at + run.length;
    }
    this.write(character);
    return at + 1;
  }

  /** A run of `*` or `_`: ends what it can, begins what it can, else is text. */
  #takeRun(run: string, before: string, after: string): void {
    const character = run[0] ?? '';
    // Within a word a mark is a letter of it, as in `snake_case` and `2*3*4`; only `**` is taken for what it is.
    const isWord = (each: string) => (character === '_' ? /[\p{L}\p{N}]/u : /\w/).test(each);
    const mayEnd = (size: number) => /\S/.test(before) && ((size === 2 && character === '*') || !isWord(after));
    const mayBegin = (size: number) => /\S/.test(after) && ((size === 2 && character === '*') || !isWord(before));
    let left = run.length;
    if (left <= 3) {
      for (let span; (span = this.#open.findLast(({ mark }) => mark[0] === character && mark.length <= left));) {
        if (!mayEnd(span.mark.length) || !this.#close(span)) break;
        left -= span.mark.length;
      }
      for (const size of [2, 1]) {
        const mark = character.repeat(size);
        if (left < size || !mayBegin(size) || this.#open.some((span) => span.mark === mark)) continue;
        this.#open.push({ mark, nodes: [] });
        left -= size;
      }
    }
    this.write(character.repeat(left));
  }

  /** Ends a span; whatever began in it and has no end is text. Returns false where there is nothing in it. */
  #close(span: OpenSpan): boolean {
    if (!span.nodes.length && this.#open.at(-1) === span) return false;
    while (this.#open.at(-1) !== span) this.#giveUp();
    this.#open.pop();
    this.#put({ type: span.mark.length === 2 ? 'strong' : 'emphasis', children: span.nodes });
    return true;
  }

  #giveUp(): void {
    const { mark, nodes } = this.#open.pop()!;
    this.write(mark);
    for (const node of nodes) this.#put(node);
  }

  #put(node: InlineNode): void {
    if (node.type === 'text') this.write(node.text);
    else (this.#open.at(-1)?.nodes ?? this.nodes).push(node);
  }
}

function nextMark(line: string, from: number): number {
  MARK.lastIndex = from;
  return MARK.exec(line)?.index ?? line.length;
}

/** Where each run of backticks that begins code finds the next one of its length. */
function ticksOf(line: string): ReadonlyMap<number, number> {
  const ends = new Map<number, number>();
  const next = new Map<number, number>();
  for (const { 0: run, index } of [...line.matchAll(/`+/g)].reverse()) {
    const end = next.get(run.length);
    if (end !== undefined) ends.set(index, end);
    next.set(run.length, index);
  }
  return ends;
}

/** A space on both sides is there to part the code from its marks. */
function withoutPadding(code: string): string {
  return code.startsWith(' ') && code.endsWith(' ') && code.trim() ? code.slice(1, -1) : code;
}
