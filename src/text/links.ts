/**
 * Finds the links that stand in a text as themselves, and judges those that are written out. Pure, and linear in the
 * length of the text: each character is looked at a bounded number of times, whatever a hostile sender writes.
 */

/** Words, line breaks included. */
export interface TextNode {
  readonly type: 'text';
  readonly text: string;
}

/** A safe link: `url` has one of the protocols http, https, mailto, tel. */
export interface LinkNode {
  readonly type: 'link';
  readonly url: string;
  readonly text: string;
  /** Where it really leads, when `text` says something else: the host, or an address or number. Show it. */
  readonly host?: string;
}

/** A link and where in the text it stands. */
export interface FoundLink {
  readonly node: LinkNode;
  readonly start: number;
  readonly end: number;
}

const SAFE_PROTOCOLS = new Set(['http:', 'https:', 'mailto:', 'tel:']);

/**
 * Where a link may begin. Every quantifier is bounded, so no text makes it slow. An address' local part is looked for
 * only where a word begins (RFC 5321 allows 64 characters).
 */
const LINK_START =
  /(?<![\p{L}\p{N}_])(?:https?:\/\/|www\.(?=[\p{L}\p{N}])|(?:mailto|tel):(?=[\w+])|(?<![.+-])[\w.+-]{1,64}@(?=[\p{L}\p{N}-]{1,63}\.))/giu;

/** A link goes on until white space, quotes, angle brackets, control characters. */
const LINK = /[^\s<>"'`\u0000-\u001f\u007f\u200b\u2028\u2029\u202a-\u202e\u2066-\u2069]{0,2048}/uy;

/** A mail address without `mailto:`; RFC 1035 allows a domain 253 characters. */
const ADDRESS = /[\w.+-]{1,64}@[\p{L}\p{N}.-]{1,253}/uy;

/**
 * A URL if it may be a link, else null. Browsers drop tabs and line breaks in URLs, so what looks like no protocol can
 * be one: the parsed protocol decides, never the text.
 */
export function safeUrl(url: string): URL | null {
  if (!URL.canParse(url)) return null;
  const parsed = new URL(url);
  return SAFE_PROTOCOLS.has(parsed.protocol) ? parsed : null;
}

/** The next link at or after `from`. */
export function findLink(source: string, from: number): FoundLink | null {
  LINK_START.lastIndex = from;
  for (let match; (match = LINK_START.exec(source));) {
    const { index } = match;
    const text = withoutTrailingPunctuation(textAt(ADDRESS, source, index) || textAt(LINK, source, index));
    const node = text.length > match[0].length ? toLink(text) : null;
    if (node) return { node, start: index, end: index + text.length };
    // What is no link is not looked into again, or a text of nothing but beginnings would be read over and over.
    LINK_START.lastIndex = index + Math.max(text.length, match[0].length);
  }
  return null;
}

/** A text in which nothing but links is looked for. */
export function parseLinks(source: string): readonly (TextNode | LinkNode)[] {
  const nodes: (TextNode | LinkNode)[] = [];
  let written = 0;
  for (let link; (link = findLink(source, written));) {
    if (link.start > written) nodes.push({ type: 'text', text: source.slice(written, link.start) });
    nodes.push(link.node);
    written = link.end;
  }
  if (written < source.length) nodes.push({ type: 'text', text: source.slice(written) });
  return nodes;
}

/** A link to `target`; with a `text` that says something else, where it leads is told. Null: it may not be a link. */
export function toLink(target: string, text = target): LinkNode | null {
  const missing = textAt(ADDRESS, target, 0) ? 'mailto:' : /^www\./i.test(target) ? 'https://' : '';
  const url = safeUrl(missing + target);
  if (!url) return null;
  const { host, protocol, pathname } = url;
  const leadsTo = protocol.startsWith('http') ? host : pathname;
  // `https://bank.example@evil.example` and look-alike letters: what is read is not where it leads.
  const reads = text
    .replace(/^(?:https?:\/\/|mailto:|tel:)/i, '')
    .split(/[/?#]/, 1)[0]
    ?.toLowerCase();
  return reads === leadsTo.toLowerCase() || (text === target && !host)
    ? { type: 'link', url: url.href, text }
    : { type: 'link', url: url.href, text, host: leadsTo };
}

/** What matches right there, or nothing. */
function textAt(pattern: RegExp, source: string, start: number): string {
  pattern.lastIndex = start;
  return pattern.exec(source)?.[0] ?? '';
}

/** A full stop after a link belongs to the sentence, and so does a bracket that was opened before the link. */
function withoutTrailingPunctuation(text: string): string {
  let open = 0;
  for (const character of text) open += character === '(' ? 1 : character === ')' ? -1 : 0;
  let end = text.length;
  for (; end > 0; end--) {
    const last = text[end - 1] ?? '';
    if (last === ')' && open < 0) open++;
    else if (!'.,;:!?*]}'.includes(last)) break;
  }
  return text.slice(0, end);
}
