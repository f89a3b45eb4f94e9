import { css } from 'lit';

export const messageMenuStyles = css`
  :host {
    position: absolute;
    z-index: 4;
    display: block;
    inline-size: max-content;
    min-inline-size: 200px;
    max-inline-size: calc(100% - 8px);
    overflow: auto;
    border-radius: var(--chat-radius-card);
    background: var(--chat-surface);
    box-shadow: var(--chat-shadow-float);
    animation: appear var(--chat-duration) var(--chat-ease);
  }
  .menu {
    display: grid;
    padding: 6px;
    font-size: 14px;
    line-height: 20px;
  }
  .emoji {
    display: flex;
    gap: 2px;
    padding-block-end: 6px;
    margin-block-end: 6px;
    border-block-end: 1px solid var(--chat-line);
  }
  .emoji button {
    display: grid;
    place-items: center;
    inline-size: 36px;
    block-size: 36px;
    border-radius: 50%;
    font-size: 20px;
    line-height: 1;
    color: var(--chat-muted);
    transition: transform var(--chat-duration) var(--chat-ease);
  }
  .emoji button:hover {
    background: var(--chat-brand-tint);
  }
  .emoji [aria-checked='true'] {
    background: var(--chat-brand-tint);
    box-shadow: inset 0 0 0 1px var(--chat-brand-text);
  }
  .item {
    display: flex;
    align-items: center;
    gap: 10px;
    min-block-size: 36px;
    padding-inline: 10px;
    border-radius: 10px;
    text-align: start;
  }
  .item:hover,
  .item:focus-visible {
    background: var(--chat-brand-tint);
  }
  .item svg {
    color: var(--chat-muted);
  }
  .item.delete,
  .item.delete svg {
    color: var(--chat-danger);
  }
  .item.delete:is(:hover, :focus-visible) {
    background: var(--chat-danger-tint);
  }
  :focus-visible {
    outline-offset: -2px;
  }
  p {
    max-inline-size: 220px;
    padding: 6px 10px 8px;
  }
  @media (pointer: coarse) {
    .item {
      min-block-size: 44px;
    }
    .emoji button {
      inline-size: 42px;
      block-size: 44px;
    }
  }
  @media (forced-colors: active) {
    :host {
      border: 1px solid CanvasText;
    }
    .emoji [aria-checked='true'] {
      outline: 2px solid Highlight;
    }
  }
`;
