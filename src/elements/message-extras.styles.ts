import { css } from 'lit';

/** What few messages have: adopted by a thread with the first of them. */
export const messageExtrasStyles = css`
  .bubble {
    --shade: color-mix(in oklab, currentcolor 10%, transparent);
  }
  /* On the brand, away from the text's own colour: what lies on it reads better, never worse. */
  .own .bubble {
    --shade: oklch(from currentcolor calc(1 - l) 0 0 / 0.14);
  }
  .bubble :is(p, ul, ol, blockquote, pre) + *,
  .bubble * + :is(p, ul, ol, blockquote, pre) {
    margin-block-start: 8px;
  }
  .bubble li + li {
    margin-block-start: 2px;
  }
  .bubble li > :is(ul, ol) {
    margin-block-start: 2px;
  }
  .bubble :is(ul, ol) {
    padding-inline-start: 20px;
    white-space: normal;
  }
  .bubble li :is(p, pre),
  .bubble li {
    white-space: pre-wrap;
  }
  .bubble blockquote {
    padding-inline-start: 10px;
    border-inline-start: 3px solid color-mix(in oklab, currentcolor 35%, transparent);
  }
  .bubble code {
    padding: 1px 5px;
    border-radius: 6px;
    background: var(--shade);
    font-family: ui-monospace, 'SF Mono', Menlo, Consolas, monospace;
    font-size: 0.87em;
    unicode-bidi: isolate;
  }
  .bubble pre {
    overflow-x: auto;
    padding: 8px 10px;
    border-radius: 10px;
    background: var(--shade);
    line-height: 20px;
    white-space: pre;
    overflow-wrap: normal;
    scrollbar-width: thin;
  }
  .bubble pre code {
    padding: 0;
    background: none;
  }
  .bubble pre:focus-visible {
    outline-color: currentcolor;
    outline-offset: 1px;
  }

  .exact bdi + bdi {
    display: block;
  }

  .quote {
    display: grid;
    inline-size: 100%;
    margin-block: 2px 6px;
    padding: 4px 8px 4px 10px;
    padding-inline: 10px 8px;
    border-inline-start: 3px solid color-mix(in oklab, currentcolor 55%, transparent);
    border-radius: 8px;
    background: var(--shade);
    font-size: 13px;
    line-height: 18px;
    text-align: start;
    white-space: normal;
  }
  .quote:hover .quote-words {
    text-decoration: underline;
  }
  .quote:focus-visible {
    outline-color: currentcolor;
    outline-offset: 1px;
  }
  .quote-name {
    font-weight: 600;
  }
  .quote-words {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .edited {
    padding-inline: 4px;
    font-size: 12.5px;
    line-height: 16px;
    color: var(--chat-muted);
  }
  .reactions {
    display: flex;
    flex-wrap: wrap;
    gap: 4px;
    margin-block: 2px;
  }
  .own .reactions {
    justify-content: flex-end;
  }
  .chip {
    display: flex;
    align-items: center;
    gap: 5px;
    min-block-size: 26px;
    padding-inline: 8px;
    border: 1px solid var(--chat-line);
    border-radius: 13px;
    background: var(--chat-surface);
    font-size: 14px;
    line-height: 18px;
    animation: appear var(--chat-duration) var(--chat-ease);
  }
  .chip:enabled:hover {
    border-color: var(--chat-muted);
  }
  .chip:disabled {
    cursor: default;
  }
  .chip.on {
    border-color: var(--chat-brand-text);
    background: var(--chat-brand-tint);
  }
  .chip-count {
    font-size: 12.5px;
    font-weight: 600;
    font-variant-numeric: tabular-nums;
    color: var(--chat-muted);
  }
  .chip.on .chip-count {
    color: var(--chat-brand-text);
  }
  @media (pointer: coarse) {
    .chip {
      min-block-size: 36px;
      padding-inline: 12px;
      border-radius: 18px;
    }
  }
  @media (forced-colors: active) {
    .chip.on {
      border: 2px solid Highlight;
    }
  }
`;
