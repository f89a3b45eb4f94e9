import { css } from 'lit';

export const conversationsStyles = css`
  :host {
    display: block;
  }
  h3 {
    padding: 12px 12px 8px;
    font-size: 13px;
    line-height: 18px;
    font-weight: 600;
    color: var(--chat-muted);
  }
  ul {
    padding: 0;
    list-style: none;
  }
  .row {
    display: grid;
    grid-template: auto auto / auto 1fr auto;
    align-items: center;
    gap: 0 12px;
    inline-size: 100%;
    padding: 12px;
    border-radius: var(--chat-radius-card);
    text-align: start;
    --face-size: 40px;
  }
  .row:hover {
    background: var(--chat-brand-tint);
  }
  .row:focus-visible {
    outline-offset: -2px;
  }
  .row .face,
  .row .logo {
    grid-row: 1 / 3;
  }
  .row-name {
    font-weight: 500;
  }
  .row-name,
  .row-words {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .row time,
  .row-state {
    justify-self: end;
    font-size: 12.5px;
    line-height: 16px;
    font-variant-numeric: tabular-nums;
    color: var(--chat-muted);
  }
  .row-words {
    font-size: 13.5px;
    line-height: 20px;
    color: var(--chat-muted);
    text-align: start;
  }
  .unread .row-name,
  .unread .row-words {
    color: var(--chat-text);
    font-weight: 600;
  }
  .count {
    justify-self: end;
    min-inline-size: 20px;
    padding-inline: 6px;
    border-radius: 10px;
    background: var(--chat-accent);
    color: var(--chat-on-accent);
    font-size: 12px;
    line-height: 20px;
    font-weight: 600;
    font-variant-numeric: tabular-nums;
    text-align: center;
  }

  .more,
  .again {
    min-block-size: 32px;
    border-radius: 8px;
    color: var(--chat-brand-text);
    font-weight: 550;
  }
  .more {
    display: flex;
    align-items: center;
    gap: 4px;
    margin: 4px 0 4px;
    padding-inline: 12px 8px;
  }
  .more svg {
    inline-size: 16px;
    block-size: 16px;
  }
  .more:hover {
    background: var(--chat-brand-tint);
  }
  .again:hover {
    text-decoration: underline;
  }
  .failed {
    padding: 12px;
    color: var(--chat-muted);
    font-size: 13px;
    line-height: 18px;
  }
  .end {
    block-size: 1px;
  }
  @media (pointer: coarse) {
    .more,
    .again {
      min-block-size: 44px;
    }
  }

  @media (forced-colors: active) {
    .count {
      border: 1px solid CanvasText;
    }
  }
`;
