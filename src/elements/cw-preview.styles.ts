import { css } from 'lit';

export const previewStyles = css`
  :host {
    position: fixed;
    inset-block-end: calc(
      max(var(--chat-offset-y, var(--chat-offset)), env(safe-area-inset-bottom)) + var(--chat-launcher-size) + 12px
    );
    inset-inline-end: max(var(--chat-offset-x, var(--chat-offset)), env(safe-area-inset-right));
    inline-size: min(320px, 100vw - 2 * var(--chat-offset-x, var(--chat-offset)));
    color: var(--chat-text);
  }
  :host([position='left']) {
    inset-inline: max(var(--chat-offset-x, var(--chat-offset)), env(safe-area-inset-left)) auto;
  }
  .card {
    position: relative;
    border-radius: var(--chat-radius-bubble);
    background: var(--chat-surface);
    box-shadow: var(--chat-shadow-panel);
    animation: rise var(--chat-duration) var(--chat-ease);
  }
  .open {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 12px;
    inline-size: 100%;
    padding: 14px 16px;
    padding-inline-end: 48px;
    border-radius: inherit;
    text-align: start;
    --face-size: 36px;
  }
  .open:hover {
    background: var(--chat-brand-tint);
  }
  .words {
    display: grid;
    gap: 2px;
    min-inline-size: 0;
  }
  .name {
    overflow: hidden;
    font-size: 13px;
    line-height: 18px;
    font-weight: 600;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .text {
    display: -webkit-box;
    overflow: hidden;
    font-size: 14px;
    line-height: 20px;
    overflow-wrap: anywhere;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 3;
  }
  .icon-button {
    position: absolute;
    inset-block-start: 6px;
    inset-inline-end: 6px;
  }
  @media (pointer: coarse) {
    .open {
      padding-inline-end: 56px;
    }
    .icon-button {
      inset-block-start: 4px;
      inset-inline-end: 4px;
    }
  }
  @media (forced-colors: active) {
    .card {
      border: 1px solid CanvasText;
    }
  }
`;
