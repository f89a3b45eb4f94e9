import { html, nothing } from 'lit';
import type { Language } from '../text/language.ts';
import { parseLinks, type LinkNode } from '../text/links.ts';
import { fill } from '../text/phrase.ts';
import { english } from '../text/thread-strings.ts';

/** A link that opens elsewhere, tells nothing about this page, and says where it really leads when its text does not. */
export function linkView({ url, text, host }: LinkNode, { of }: Language) {
  const target = url.startsWith('http') ? '_blank' : nothing;
  const link = html`<a href=${url} target=${target} rel="noopener noreferrer nofollow ugc">${text}</a>`;
  // The space is no part of the template, from which the build would take it; and it goes where the host is not shown.
  return host
    ? [link, html`<span class="host">${' '}(${fill(of('thread', english).linkHost, { host })})</span>`]
    : link;
}

/** A text with what in it leads somewhere. */
export const linkedText = (text: string, language: Language) =>
  parseLinks(text).map((node) => (node.type === 'text' ? node.text : linkView(node, language)));
