import { html, nothing, type TemplateResult } from 'lit';
import type { Language } from '../text/language.ts';
import { parseMarkdown, type BlockNode, type InlineNode } from '../text/markdown.ts';
import { linkView } from './link-view.ts';

/** A message's text with its markup, as templates: nothing that was written is ever read as HTML. */
export function richText(text: string, language: Language) {
  return blockViews(parseMarkdown(text), language);
}

function blockViews(blocks: readonly BlockNode[], language: Language): unknown[] {
  return blocks.map((block) => blockView(block, blocks.length === 1, language));
}

function blockView(block: BlockNode, isAlone: boolean, language: Language): unknown {
  if (block.type === 'paragraph') {
    const children = block.children.map((node) => inlineView(node, language));
    // Words alone stand in the bubble as they do without markup.
    return isAlone ? children : html`<p>${children}</p>`;
  }
  // One stop in the tab order: what is too wide is scrolled by arrow keys, too.
  if (block.type === 'code-block') return html`<pre dir="ltr" tabindex="0"><code>${block.text}</code></pre>`;
  if (block.type === 'quote') return html`<blockquote>${blockViews(block.children, language)}</blockquote>`;
  const items = block.items.map((item) => html`<li>${blockViews(item, language)}</li>`);
  return block.start === undefined
    ? html`<ul>
        ${items}
      </ul>`
    : html`<ol start=${block.start === 1 ? nothing : block.start}>
        ${items}
      </ol>`;
}

function inlineView(node: InlineNode, language: Language): unknown {
  if (node.type === 'text') return node.text;
  if (node.type === 'link') return linkView(node, language);
  if (node.type === 'code') return html`<code dir="ltr">${node.text}</code>`;
  const children: unknown[] = node.children.map((child) => inlineView(child, language));
  const span: TemplateResult = node.type === 'strong' ? html`<strong>${children}</strong>` : html`<em>${children}</em>`;
  return span;
}
