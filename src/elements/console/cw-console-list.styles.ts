import { css } from 'lit';

export const listStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    min-block-size: 0;
    background: var(--chat-surface);
  }
  .head {
    display: flex;
    align-items: center;
    gap: 8px;
    flex: none;
    min-block-size: 60px;
    padding-inline: 20px 12px;
    border-block-end: 1px solid transparent;
    transition: border-color var(--chat-duration) var(--chat-ease);
  }
  .head.scrolled {
    border-color: var(--chat-line);
  }
  h2 {
    font-size: 17px;
    line-height: 24px;
    font-weight: 600;
    letter-spacing: -0.01em;
  }
  .head select {
    margin-inline-start: auto;
    min-block-size: 36px;
    padding-inline-start: 12px;
    border: 0;
    border-radius: var(--chat-radius-control);
    background-color: transparent;
    color: var(--chat-muted);
    font: inherit;
    font-size: 14px;
  }
  .head select:hover {
    background-color: var(--chat-raised);
  }
  .scroller {
    flex: 1;
    min-block-size: 0;
    overflow-y: auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
    scrollbar-color: var(--chat-line) transparent;
  }
  ul {
    display: grid;
    gap: 2px;
    padding: 2px 8px 16px;
    list-style: none;
  }
  a {
    position: relative;
    display: grid;
    grid-template: 'face name time' 20px 'face last last' 20px / 40px minmax(0, 1fr) auto;
    align-items: center;
    gap: 2px 12px;
    padding: 11px 12px;
    border-radius: var(--chat-radius-card);
    color: inherit;
    text-decoration: none;
    -webkit-tap-highlight-color: transparent;
    transition: background-color var(--chat-duration) var(--chat-ease);
  }
  a:hover {
    background: var(--chat-raised);
  }
  a[aria-current='true'] {
    background: var(--chat-brand-tint);
  }
  :focus-visible {
    outline-offset: -2px;
  }
  .face {
    --face-size: 40px;
    grid-area: face;
  }
  .name {
    grid-area: name;
    display: flex;
    align-items: center;
    gap: 4px;
    min-inline-size: 0;
    font-weight: 500;
  }
  .cut {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    /* A text's own direction says where it is cut; it begins where the list begins all the same. */
    text-align: -webkit-match-parent;
    text-align: match-parent;
  }
  .name svg {
    inline-size: 15px;
    block-size: 15px;
    color: var(--chat-success);
  }
  .shape {
    fill: currentcolor;
    stroke-width: 1;
  }
  .mark {
    stroke: var(--chat-surface);
    stroke-width: 2;
  }
  time {
    grid-area: time;
    font-size: 12.5px;
    line-height: 16px;
    font-variant-numeric: tabular-nums;
    color: var(--chat-muted);
  }
  .last {
    grid-area: last;
    display: flex;
    align-items: center;
    gap: 12px;
    font-size: 14px;
    line-height: 20px;
    color: var(--chat-muted);
  }
  .unread .name {
    font-weight: 700;
  }
  .unread .last {
    color: var(--chat-text);
    font-weight: 550;
  }
  .unread time {
    color: var(--chat-brand-text);
    font-weight: 600;
  }
  .last .cut {
    flex: 1;
    min-inline-size: 0;
  }
  .holder {
    flex: none;
    --face-size: 20px;
  }
  .dot {
    flex: none;
    inline-size: 10px;
    block-size: 10px;
    border-radius: 50%;
    background: var(--chat-accent);
  }
  .state {
    display: grid;
    justify-items: center;
    gap: 4px;
    padding: 48px 32px;
    text-align: center;
    color: var(--chat-muted);
    font-size: 14px;
    line-height: 20px;
  }
  .state strong {
    color: var(--chat-text);
    font-size: 15px;
    line-height: 22px;
    font-weight: 600;
  }
  .mark-of-rest {
    display: grid;
    place-items: center;
    inline-size: 52px;
    block-size: 52px;
    margin-block-end: 12px;
    border-radius: 50%;
    background: var(--chat-brand-tint);
    color: var(--chat-brand-text);
  }
  .mark-of-rest svg {
    inline-size: 24px;
    block-size: 24px;
  }
  .end {
    min-block-size: 1px;
  }
  .end .state {
    padding: 12px 32px 24px;
  }
  @media (pointer: coarse) {
    a {
      padding-block: 13px;
    }
  }
  @media (forced-colors: active) {
    .dot {
      background: Highlight;
      forced-color-adjust: none;
    }
    a[aria-current='true'] {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
  }
`;
